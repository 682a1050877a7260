"""One printer of this desk in the list: what it is, how it is, and what can be done with it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.printing.printers.port import Status
from civicdesk.settings import PrinterSettings
from civicdesk.text import _, ngettext
from civicdesk.ui.paper_words import link_words, status_tone, status_words, trouble_advice
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel, label
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.tone_icon import ToneIcon

_WIDE = 760
"""From this width on, at the clerk's text size, the buttons stand beside the words."""

_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x"}


class PrinterRow(Themed, QWidget):
    """Name, kind, state and advice; for managers with buttons to try, change and remove it."""

    try_wanted = Signal()
    change_wanted = Signal()
    remove_wanted = Signal()
    remove_confirmed = Signal()

    def __init__(self, printer: PrinterSettings, status: Status | None, *, is_for_managers: bool) -> None:
        super().__init__()
        self.printer = printer
        name = name_of(printer)
        self.lead = ToneIcon("printer", size=44)
        self.title, self.second = ElidedLabel(printer.name, "strong"), ElidedLabel(_kind(printer), "second")
        self.state, self.advice = Pill("", ""), label("", "second", wrap=True)
        self.question = RefusalBanner(name=f"{name}_question")
        self.try_ = Button(_("Try"), "play", name=f"{name}_try")
        self.change = Button(_("Change"), "pencil", name=f"{name}_change")
        self.remove = Button(_("Remove"), "trash-2", name=f"{name}_remove", role="quiet")
        self.buttons = FlowRow([self.try_, self.change, self.remove])
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._whole = QVBoxLayout(self)
        self._build(is_for_managers)
        self._connect()
        named(self, name, "")
        self.show_status(status)

    def show_status(self, status: Status | None) -> None:
        """Say how the printer is."""
        if not self.printer.answers and status is not None and status.trouble is None:
            words, tone = _("Gives no answers"), "info"
        else:
            words, tone = status_words(status), status_tone(status)
        self.state.setObjectName(f"{self.objectName()}_state")
        self.state.show_as(words, tone, _ICONS.get(tone, ""))
        trouble = status.trouble if status else None
        self.advice.setText(trouble_advice(trouble) if trouble else "")
        self.advice.setVisible(bool(trouble))
        self.setAccessibleName(f"{self.printer.name}, {_kind(self.printer)}, {words}")

    def ask(self, waiting: int) -> None:
        """Ask before the printer goes, because something waits for it."""
        words = ngettext(
            "{} print waits for this printer. It then goes where the settings below send it.",
            "{} prints wait for this printer. They then go where the settings below send them.",
            waiting,
        )
        self.question.show_refusal(
            words.format(waiting),
            (_("Remove all the same"), self.remove_confirmed.emit),
            (_("Keep the printer"), self.question.clear),
            tone="warn",
        )

    def dress(self) -> None:
        self._whole.setContentsMargins(roomy(16), roomy(10), roomy(16), roomy(10))
        self._whole.setSpacing(roomy(10))
        self._body.setSpacing(roomy(12))
        self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def _build(self, is_for_managers: bool) -> None:
        words = QVBoxLayout()
        words.setSpacing(4)
        for part in (self.title, self.second, FlowRow([self.state]), self.advice):
            words.addWidget(part)
        told = QHBoxLayout()
        told.setSpacing(roomy(14))
        told.addWidget(self.lead, 0, Qt.AlignmentFlag.AlignTop)
        told.addLayout(words, 1)
        self._body.addLayout(told, 1)
        self._body.addWidget(self.buttons)
        self.buttons.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        if not is_for_managers:
            self.buttons.hide()  # shown before it has a parent it would be a window of its own for a moment
        self._whole.addLayout(self._body)
        self._whole.addWidget(self.question)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self.dress()

    def _connect(self) -> None:
        self.try_.clicked.connect(lambda _on=False: self.try_wanted.emit())
        self.change.clicked.connect(lambda _on=False: self.change_wanted.emit())
        self.remove.clicked.connect(lambda _on=False: self.remove_wanted.emit())

    def _arrange(self) -> None:
        is_wide = self.width() >= scaled(_WIDE)
        way = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        if self._body.direction() != way:
            self._body.setDirection(way)


def name_of(printer: PrinterSettings) -> str:
    """The stable name of a printer's controls: its own name without what tools stumble over."""
    return "printer_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in printer.name).lower()


def _kind(printer: PrinterSettings) -> str:
    if printer.is_thermal:
        roll = _("Thermal printer, {} mm").format(printer.width_mm)
        return " · ".join((roll, link_words(printer.link), printer.address))
    return " · ".join((_("Page printer"), link_words(printer.link), printer.address))
