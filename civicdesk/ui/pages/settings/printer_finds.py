"""What this computer sees by itself: USB printers, serial ports, and the printers its system knows."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.text import _, ngettext
from civicdesk.ui.paper_words import link_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.themed import Themed
from civicdesk.ui.widgets.tone_icon import ToneIcon

if TYPE_CHECKING:
    from civicdesk.printing.printers.find import Tried

_MOST = 40
_ICONS = {"usb": "usb", "serial": "plug", "system": "printer"}


@dataclass(frozen=True)
class Found:
    """Something that may be a printer: how it is joined, where, and what it calls itself."""

    link: str
    address: str
    name: str


Look = Callable[[], Sequence[Found]]


def try_address(address: str) -> Tried:
    """Whether a printer answers at the address that somebody wrote. Call it off the GUI thread."""
    from civicdesk.printing.printers.find import try_network  # noqa: PLC0415

    return try_network(address)


def look_around() -> list[Found]:
    """Everything that can be seen without sending a byte. Takes a few seconds; call it off the GUI thread."""
    with ThreadPoolExecutor(max_workers=3) as pool:
        return [one for part in pool.map(lambda look: look(), (_usb, _system, _serial)) for one in part]


def trays() -> dict[str, tuple[str, ...]]:
    """The trays of the printers that this computer knows, by their names in it. Call it off the GUI thread."""
    from civicdesk.ui.system_printer import found_printers  # noqa: PLC0415

    return {one.name: one.trays for one in found_printers()}


class FindsCard(Themed, QWidget):
    """A button that looks, and what was found; pressing one of it writes it into the form."""

    chosen = Signal(str, str, str)  # name, link, address

    def __init__(self, runner: Runner, look: Look = look_around) -> None:
        super().__init__()
        self.setObjectName("printer_finds")
        self._runner, self._look = runner, look
        self._found: Sequence[Found] | None = None
        self._is_looking = False
        self.search = Button("", "search", name="printers_find")
        self.note = label("", "second", wrap=True)
        self.note.setObjectName("printer_finds_note")
        self.rows = QWidget()
        self._column = QVBoxLayout(self.rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(roomy(8))
        for part in (FlowRow([self.search]), self.note, self.rows):
            whole.addWidget(part)
        self.search.clicked.connect(lambda _on=False: self.look())
        self.retranslate()

    def look(self) -> None:
        """Look again."""
        if not self._is_looking:
            self._is_looking = True
            self._show()
            self._runner.background(self._look, then=self._show_found, owner=self)

    def clear(self) -> None:
        """Nothing was looked for yet."""
        self._found = None
        self._show()

    def retranslate(self) -> None:
        self.search.setText(_("Find printers"))
        self._show()

    def _show_found(self, found: Sequence[Found]) -> None:
        self._found, self._is_looking = found, False
        self._show()

    def _show(self) -> None:
        self.search.setEnabled(not self._is_looking)
        self.note.setText(self._words())
        empty(self._column)
        for place, one in enumerate((self._found or ())[:_MOST]):
            self._column.addWidget(self._row(place, one))
        self.rows.setVisible(bool(self._found))

    def _words(self) -> str:
        if self._is_looking:
            return _("Looking at USB, serial ports and the printers of this computer…")
        if self._found is None:
            return _("For a printer in the network, write its address; the network is never searched.")
        if not self._found:
            return _("Nothing was found. Plug the printer in, switch it on, and press “Find printers” again.")
        words = ngettext("{} found. Press it.", "{} found. Press yours.", len(self._found))
        return words.format(len(self._found))

    def _row(self, place: int, one: Found) -> ListRow:
        second = (
            link_words(one.link) if one.name == one.address else f"{link_words(one.link)} · {one.address}"
        )
        row = ListRow(
            one.name,
            second,
            name=f"printer_found_{place + 1}",
            lead=ToneIcon(_ICONS.get(one.link, "printer"), size=36),
            opens=True,
        )
        row.clicked.connect(lambda: self.chosen.emit(one.name, one.link, one.address))
        return row


def _system() -> list[Found]:
    from civicdesk.ui.system_printer import found_printers  # noqa: PLC0415

    return [Found("system", one.name, one.description or one.name) for one in found_printers()]


def _usb() -> list[Found]:
    from civicdesk.printing.printers.find import usb_printers  # noqa: PLC0415

    return [Found("usb", one.address, one.name) for one in usb_printers()]


def _serial() -> list[Found]:
    from civicdesk.printing.printers.find import serial_ports  # noqa: PLC0415

    found = ((one.address, one.name.removeprefix(f"{one.address} · ")) for one in serial_ports())
    return [Found("serial", address, name) for address, name in found]
