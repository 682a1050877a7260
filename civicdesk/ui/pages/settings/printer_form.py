"""What is written of a printer; most of it is filled in by choosing what was found."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.errors import Refusal
from civicdesk.printing.printers import profiles
from civicdesk.settings import PrinterSettings
from civicdesk.text import _
from civicdesk.ui.pages.settings.printer_plan import LONGEST_NAME, Written
from civicdesk.ui.pages.settings.section import Tick
from civicdesk.ui.paper_words import link_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented

LINKS = ("network", "usb", "serial", "system", "file")
_USUAL = "default"
BAUDS = (9600, 19200, 38400, 57600, 115200)
_FIELD_OF = {
    "name": ("name_missing", "name_long", "name_taken"),
    "address": ("address_missing", "address_wrong"),
    "code_page": ("code_page_missing",),
}

Choices = list[tuple[object, str]]


class PrinterForm(QWidget):
    """Name, way to it, paper and manners of a printer. Text, serial ports and pages have settings of their own."""

    save_wanted = Signal()
    address_try_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.printer: PrinterSettings | None = None
        self.banner = RefusalBanner(name="printer_banner")
        self.link = Segmented([], name="printer_link", spoken="", value="network")
        self.name, self.address = text_field("", name="printer_name"), text_field("", name="printer_address")
        self.try_address = Button("", "search", name="printer_try_address")
        self.paper = Segmented([], name="printer_width", spoken="", value=80)
        self.way = Segmented([], name="printer_way", spoken="", value="raster")
        self.code_page = ChoiceField("", name="printer_code_page")
        self.profile = ChoiceField("", name="printer_profile")
        self.baud = ChoiceField("", name="printer_baud")
        self.cuts, self.answers = Tick(name="printer_cuts"), Tick(name="printer_answers")
        self.save = Button("", name="printer_save", role="primary")
        self.cancel = Button("", name="printer_cancel")
        fields: tuple[QWidget, ...] = (self.link, self.name, self.address, self.paper, self.way)
        choices: tuple[QWidget, ...] = (self.code_page, self.profile, self.baud)
        self._fields: dict[QWidget, LabelledField] = {
            each: LabelledField("", each) for each in (*fields, *choices)
        }
        self._build()
        self._connect()
        self.show_printer(None)
        self.retranslate()

    def show_printer(self, printer: PrinterSettings | None) -> None:
        """Show a printer to change, or an empty form."""
        self.printer = printer
        self.clear()
        shown = printer or PrinterSettings.model_construct(name="", link="network", address="")
        self.name.setText(shown.name)
        self._fill(shown)

    def take(self, name: str, link: str, address: str) -> None:
        """Write down what was found; a name that somebody wrote stays."""
        self.clear()
        self.link.set_value(link)
        self.address.setText(address)
        if not self.name.text().strip():
            self.name.setText(name[:LONGEST_NAME])
        self._arrange()

    def written(self) -> Written:
        """What stands in the form."""
        return Written(
            name=self.name.text(),
            link=str(self.link.value()),
            address=self.address.text(),
            width_mm=58 if self.paper.value() == 58 else 80,  # noqa: PLR2004
            way=str(self.way.value()),
            profile=str(self.profile.value()),
            code_page=str(self.code_page.value()),
            baud=int(str(self.baud.value())),
            cuts=self.cuts.isChecked(),
            answers=self.answers.isChecked(),
        )

    def refuse(self, refusal: Refusal) -> QWidget:
        """Say why not, under the field it is about; returns where that stands."""
        self.clear()
        for field, reasons in _FIELD_OF.items():
            if refusal.reason in reasons:
                widget = getattr(self, field)
                self._fields[widget].refuse(str(refusal))
                widget.setFocus()
                return self._fields[widget]
        self.banner.show_refusal(str(refusal))
        return self.banner

    def show_asking(self) -> None:
        """Somebody is asked at the address."""
        self.clear()
        self.banner.show_refusal(_("Asking at this address…"), tone="info")

    def show_answer(self, answer: str, *, is_well: bool) -> None:
        """Who answered at the address."""
        self.banner.show_refusal(answer, tone="ok" if is_well else "warn")

    def clear(self) -> None:
        """Nothing is refused."""
        self.banner.clear()
        for field in self._fields.values():
            field.refuse("")

    def retranslate(self) -> None:
        """Write the words in the language spoken now."""
        said: dict[QWidget, str] = {
            self.link: _("How is it joined?"),
            self.name: _("Name of the printer"),
            self.paper: _("Paper"),
            self.way: _("Badges go to it"),
            self.code_page: _("Code page"),
            self.profile: _("Model"),
            self.baud: _("Speed of the port"),
        }
        for field, words in said.items():
            self._fields[field].set_words(words)
        self._offer_models(str(self.profile.value() or _USUAL))
        self.link.set_choices([(link, link_words(link)) for link in LINKS])
        self.paper.set_choices([(width, _("{} mm").format(width)) for width in (58, 80)])
        self.way.set_choices(
            [("raster", _("as a picture: every script")), ("text", _("as text: for slow links"))]
        )
        self.cuts.say(_("Cuts the paper"))
        self.answers.say(_("Says how it is"))
        self.try_address.setText(_("Try this address"))
        self.save.setText(_("Save"))
        self.cancel.setText(_("Cancel"))
        self._arrange()

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(roomy(12))
        fields = self._fields
        self._ticks = FlowRow([self.cuts, self.answers], spacing=24)
        for part in (
            self.banner,
            fields[self.link],
            FlowRow([fields[self.name], fields[self.address]], spacing=12, grow=True),
            FlowRow([self.try_address]),
            FlowRow([fields[self.paper], fields[self.way]], spacing=12, grow=True),
            FlowRow([fields[self.profile], fields[self.code_page]], spacing=12, grow=True),
            fields[self.baud],
            self._ticks,
            FlowRow([self.save, self.cancel]),
        ):
            whole.addWidget(part)

    def _connect(self) -> None:
        self.link.chosen.connect(lambda _key: self._choose_link())
        self.way.chosen.connect(lambda _key: self._arrange())
        self.save.clicked.connect(lambda _on=False: self.save_wanted.emit())
        self.name.returnPressed.connect(self.save_wanted)
        self.address.returnPressed.connect(self.save_wanted)
        self.try_address.clicked.connect(lambda _on=False: self.address_try_wanted.emit(self.address.text()))

    def _choose_link(self) -> None:
        self.clear()
        self.address.clear()
        self._arrange()

    def _fill(self, shown: PrinterSettings) -> None:
        self.link.set_value(shown.link)
        self.address.setText(shown.address)
        self.paper.set_value(shown.width_mm)
        self.way.set_value(shown.way)
        self.code_page.set_choices(_with(profiles.code_pages(), shown.code_page))
        self.code_page.set_value(shown.code_page)
        self._offer_models(shown.profile)
        self.profile.set_value(shown.profile)
        self.baud.set_choices(_with(BAUDS, shown.baud))
        self.baud.set_value(shown.baud)
        self.cuts.setChecked(shown.cuts)
        self.answers.setChecked(shown.answers)
        self._arrange()

    def _offer_models(self, own: str) -> None:
        models = [name for name in profiles.names() if name != _USUAL]
        self.profile.set_choices([(_USUAL, _("None of these")), *_with(models, "" if own == _USUAL else own)])

    def _arrange(self) -> None:
        """Only what matters for this printer is asked."""
        link = str(self.link.value())
        is_roll = link != "system"
        is_text = is_roll and self.way.value() == "text"
        for field, is_shown in (
            (self.paper, is_roll),
            (self.way, is_roll),
            (self.code_page, is_text),
            (self.profile, is_roll),
            (self.baud, link == "serial"),
        ):
            self._fields[field].setVisible(is_shown)
        self._ticks.setVisible(is_roll)
        self.try_address.setVisible(link == "network")
        self._fields[self.address].set_words(_address_words(link))
        self.address.setPlaceholderText(_EXAMPLES.get(link, ""))


_EXAMPLES = {
    "network": "192.168.1.50",
    "usb": "04b8:0e15",
    "serial": "/dev/ttyUSB0",
    "system": "HP_LaserJet",
    "file": "/dev/usb/lp0",
}


def _address_words(link: str) -> str:
    said = {
        "network": lambda: _("Address in the network"),
        "usb": lambda: _("Maker and product number"),
        "serial": lambda: _("Port"),
        "system": lambda: _("Name in this computer"),
        "file": lambda: _("Device"),
    }
    return said[link]() if link in said else ""


def _with(offered: Sequence[object], own: object) -> Choices:
    """What is on offer; a printer's own setting from elsewhere is among it."""
    more = [own] if own and own not in offered else []
    return [(each, str(each)) for each in (*offered, *more)]
