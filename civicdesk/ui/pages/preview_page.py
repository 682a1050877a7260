"""The first look at a kind of paper: how it will come out, and of which printer and tray."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.settings import PrinterSettings, Settings
from civicdesk.text import _, ngettext, number
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import page_head
from civicdesk.ui.pages.settings.printer_plan import printers_for
from civicdesk.ui.pages.side import WithSide
from civicdesk.ui.runner import Runner
from civicdesk.ui.system_printer import FoundPrinter, found_printers, tray_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import BigButton, Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.label import ElidedLabel, label
from civicdesk.ui.widgets.paper_view import PaperView
from civicdesk.ui.widgets.touch import TouchScrollArea

_SIDE_WIDTH = 330
_ALL_TRAYS = ""

Find = Callable[[], Sequence[FoundPrinter]]


class PreviewPage(Page):
    """The document on the left, where it goes on the right; what is chosen is chosen for all of its kind."""

    print_wanted = Signal(str, object)  # kind, RouteSettings
    redraw_wanted = Signal(str, str)  # kind, printer: paper of another form, so the document looks different
    printers_wanted = Signal()

    def __init__(self, runner: Runner, find: Find = found_printers) -> None:
        super().__init__(runner)
        self.setObjectName("preview_page")
        self._find, self._found = find, dict[str, FoundPrinter]()
        self.found_is_known = False
        self._words, self._kind, self._settings = "", "", Settings.model_construct()
        self._form = ""
        self.back = IconButton("arrow-left", "", name="preview_back")
        self.title, self.second = ElidedLabel("", "title"), label("", "second", wrap=True)
        self.view = PaperView(runner, name="preview_paper")
        self.printer = ChoiceField("", name="preview_printer")
        self.tray = ChoiceField("", name="preview_tray")
        self._printer, self._tray = LabelledField("", self.printer), LabelledField("", self.tray)
        self.paper, self.hint = label("", "second", wrap=True), label("", "second", wrap=True)
        self.set_up = Button("", "printer", name="preview_set_up")
        self.card = Card(name="preview_way", padded=True)
        self.cancel = BigButton("", name="preview_cancel")
        self.print = BigButton("", "printer", name="preview_print", role="primary")
        self._build()
        self._connect()
        self.retranslate()

    def show_paper(self, words: str, pdf: bytes, kind: str, settings: Settings) -> None:
        """Show a document of a kind, and where such documents go by these settings."""
        self._words, self._kind, self._settings = words, kind, settings
        self._found, self.found_is_known = {}, False
        self._offer()
        self.printer.set_value(self._usual())
        self._form = self._form_of(self._chosen())
        self.view.show_pdf(pdf, words)
        self.retranslate()
        self._show_trays(self._usual_tray())
        self.runner.background(self._find, self._show_found, owner=self)

    def show_drawn(self, pdf: bytes) -> None:
        """The same document, drawn anew for the printer that was chosen."""
        self._form = self._form_of(self._chosen())
        self.view.show_pdf(pdf, self._words)
        self._say_way()

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.title.setText(self._words)
        self.second.setText(self._lead())
        self.card.set_title(_("Where it is printed"))
        self._printer.set_words(_("Printer"))
        self._tray.set_words(_("Tray"))
        self.set_up.setText(_("Set up a printer"))
        self.cancel.setText(_("Cancel"))
        self.print.setText(_("Print"))
        self._show_trays(str(self.tray.value() or _ALL_TRAYS))
        self._say_way()
        self._columns.fit()

    def _lead(self) -> str:
        if self._settings.route(self._kind).is_seen:
            return _("This is how it comes out.")
        return _(
            "This is how it comes out. You see it before the first print; from then on it prints at once."
        )

    def _offer(self) -> None:
        offered = printers_for(self._kind, self._settings)
        self.printer.set_choices([(printer.name, printer.name) for printer in offered])
        self._printer.setVisible(bool(offered))
        self.set_up.setVisible(not offered)
        self.print.setEnabled(bool(offered))

    def _usual(self) -> str:
        """The printer of this kind, or the first that could be."""
        offered = [printer.name for printer in printers_for(self._kind, self._settings)]
        said = self._settings.route(self._kind).printer
        return said if said in offered else next(iter(offered), "")

    def _usual_tray(self) -> str:
        """The tray of this kind; it belongs to its printer and to no other."""
        route = self._settings.route(self._kind)
        return route.tray if self.printer.value() == route.printer else _ALL_TRAYS

    def _chosen(self) -> PrinterSettings | None:
        return self._settings.printer(str(self.printer.value() or ""))

    def _form_of(self, printer: PrinterSettings | None) -> str:
        """What a printer prints on, as far as the drawing depends on it."""
        return f"{printer.width_mm}" if printer and printer.is_thermal else ""

    def _show_found(self, found: Sequence[FoundPrinter]) -> None:
        self._found, self.found_is_known = {printer.name: printer for printer in found}, True
        self._show_trays(str(self.tray.value() or self._usual_tray()))

    def _show_trays(self, wanted: str) -> None:
        """The trays of the printer that is chosen; the one in use is there even when the printer is away."""
        chosen = self._chosen()
        found = self._found.get(chosen.address) if chosen and chosen.link == "system" else None
        trays = found.trays if found else ()
        usual = self._usual_tray()
        if usual and usual not in trays:
            trays = (*trays, usual)
        choices: list[tuple[object, str]] = [(_ALL_TRAYS, _("as the printer likes"))]
        self.tray.set_choices([*choices, *((tray, tray_words(tray)) for tray in trays)])
        self.tray.set_value(wanted if wanted in trays else _ALL_TRAYS)
        self._tray.setVisible(bool(trays))

    def _printer_chosen(self) -> None:
        chosen = self._chosen()
        self._show_trays(self._usual_tray())
        self._say_way()
        if chosen is not None and self._form_of(chosen) != self._form:
            self.redraw_wanted.emit(self._kind, chosen.name)

    def _say_way(self) -> None:
        """How large the paper is, and what to know about the printer that is chosen."""
        self.paper.setText(self._paper_words())
        self.hint.setText(self._hint_words())

    def _paper_words(self) -> str:
        if not self.view.pages:
            return ""
        wide, high = (number(round(side)) for side in self.view.mm)
        pages = ngettext("{count} page", "{count} pages", self.view.pages).format(count=self.view.pages)
        return _("{width} × {height} mm · {pages}").format(width=wide, height=high, pages=pages)

    def _hint_words(self) -> str:
        chosen = self._chosen()
        if chosen is None:
            return _("This desk has no printer for this yet.")
        if self._form_of(chosen) != self._form:
            return _("This printer has other paper: it comes out in another layout than shown.")
        return _("The choice is kept for all papers of this kind.")

    def _print(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        before = self._settings.route(self._kind)
        changed = {
            "printer": chosen.name,
            "tray": str(self.tray.value() or _ALL_TRAYS),
            "fallback": "" if before.fallback == chosen.name else before.fallback,
            "is_seen": True,
        }
        self.print_wanted.emit(self._kind, before.model_copy(update=changed))

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.cancel.clicked.connect(self.back_wanted)
        self.print.clicked.connect(lambda _on=False: self._print())
        self.set_up.clicked.connect(self.printers_wanted)
        self.printer.chosen.connect(lambda _name: self._printer_chosen())
        self.view.opened.connect(self._say_way)
        self.view.page_changed.connect(lambda _page: self._say_way())

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 20)
        whole.setSpacing(12)
        whole.addLayout(page_head(self.back, self.title, self.second))
        self.side = self._right()
        self._columns = WithSide(self, self.view, self.side, self._side_width)
        whole.addWidget(self._columns, 1)

    def _right(self) -> QWidget:
        self.print.setProperty("grown", "huge")
        for field in (self.printer, self.tray):  # a name may be long
            field.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
            field.setMinimumContentsLength(8)
        for part in (self._printer, self._tray, self.set_up, self.paper, self.hint):
            self.card.add(part)
        inside, side = QWidget(), QWidget()
        top = QVBoxLayout(inside)
        top.setContentsMargins(0, 0, 0, 0)
        top.addWidget(self.card)
        top.addStretch(1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(TouchScrollArea(inside), 1)
        column.addWidget(self.cancel)
        column.addWidget(self.print)
        return side

    def showEvent(self, event: QShowEvent) -> None:
        """Enter prints, as long as nobody has gone elsewhere by key."""
        super().showEvent(event)
        if not event.spontaneous():
            self.print.setFocus()

    def _side_width(self) -> int:
        return max(roomy(_SIDE_WIDTH), self.side.minimumSizeHint().width())
