"""Readers on serial ports: which there are, how each is, another one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.settings import SerialReaderSettings, Settings
from civicdesk.text import _
from civicdesk.ui.reader_words import state_words
from civicdesk.ui.reading import ReaderState, Way
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card, empty
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.tone_icon import ToneIcon

_SPEEDS = (1_200, 2_400, 4_800, 9_600, 19_200, 38_400, 57_600, 115_200)
_MOST = 8
_LONGEST = 400


@dataclass(frozen=True)
class Port:
    """A serial port of this computer, and what hangs on it."""

    name: str
    what: str


def ports() -> list[Port]:
    """The serial ports there are. Takes a while: not for the GUI thread."""
    from serial.tools import list_ports  # noqa: PLC0415

    found = sorted(list_ports.comports(), key=lambda port: port.device)
    return [Port(port.device, port.product or port.description or "") for port in found]


class PortsCard(Card):
    """Asks for other serial readers."""

    change_wanted = Signal(object)  # the settings to change, by name

    def __init__(self, runner: Runner) -> None:
        super().__init__(name="reader_ports", padded=True)
        self._runner = runner
        self._readers: tuple[SerialReaderSettings, ...] = ()
        self._states: dict[str, ReaderState] = {}
        self._found: Sequence[Port] | None = None
        self.none = label("", "body", wrap=True)
        self._rows = QVBoxLayout()
        self.found = label("", "second", wrap=True)
        self._pills = QVBoxLayout()
        self.port = text_field("", name="reader_port")
        self.port.setMaxLength(_LONGEST)
        self.speed = ChoiceField(
            "", [(baud, str(baud)) for baud in _SPEEDS], name="reader_speed", value=9_600
        )
        self.parts = {part: LabelledField("", part) for part in (self.port, self.speed)}
        self.add_ = Button("", "plus", name="reader_port_add", role="primary")
        self.again = Button("", "refresh-cw", name="reader_ports_again")
        self._lay_out()
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        """Show the serial readers of this computer."""
        if settings.serial_readers != self._readers:
            self._readers = settings.serial_readers
            self._fill()

    def show_states(self, states: Sequence[ReaderState]) -> None:
        """How each of them is."""
        serial = {each.name: each for each in states if each.way is Way.SERIAL}
        if serial != self._states:
            self._states = serial
            self._fill()

    def look(self) -> None:
        """Look which ports this computer has."""
        self.again.setEnabled(False)
        self._runner.background(ports, then=self._show_found, owner=self)

    def retranslate(self) -> None:
        self.set_title(_("Readers on serial ports"))
        self.none.setText(
            _("None. A reader that is set to a serial port (COM, USB-COM) is added here by its port.")
        )
        self.parts[self.port].set_words(_("Port"))
        self.parts[self.speed].set_words(_("Speed (baud)"))
        self.port.setPlaceholderText(_("such as /dev/ttyACM0 or COM3"))
        self.add_.setText(_("Add reader"))
        self.again.setText(_("Look for ports again"))
        if self._found is not None:
            self._show_found(self._found)
        self._fill()

    def _lay_out(self) -> None:
        self.add(self.none)
        self.body.addLayout(self._rows)
        for part, least in ((self.port, 300), (self.speed, 160)):
            part.setMinimumWidth(scaled(least))
        self.add(FlowRow([self.parts[self.port], self.parts[self.speed]], spacing=16, grow=True))
        self.add(self.found)
        self.body.addLayout(self._pills)
        self.add(FlowRow([self.add_, self.again]))
        self._pills.setSpacing(roomy(8))
        self.add_.clicked.connect(self._add)
        self.again.clicked.connect(self.look)
        self.port.returnPressed.connect(self._add)
        self.port.textEdited.connect(lambda _typed: self.parts[self.port].refuse(""))

    def _fill(self) -> None:
        empty(self._rows)
        self.none.setVisible(not self._readers)
        for place, reader in enumerate(self._readers):
            row = self._row(place, reader)
            self._rows.addWidget(row)
            row.show()

    def _row(self, place: int, reader: SerialReaderSettings) -> QWidget:
        remove = Button(_("Remove"), "trash-2", name=f"reader_port_remove_{place + 1}")
        remove.setAccessibleName(_("Remove the reader on {port}").format(port=reader.port))
        remove.clicked.connect(partial(self._remove, reader))
        state = self._states.get(reader.port)
        said = state_words(state) if state else None
        speed = _("{} baud").format(reader.baud)
        return ListRow(
            reader.port,
            " · ".join(filter(None, (speed, said.sentence if said else ""))),
            name=f"reader_port_{place + 1}",
            lead=ToneIcon("cable", said.tone if said else "info", size=36),
            pills=[Pill(said.word, said.tone, said.icon)] if said else [],
            button=remove,
        )

    def _show_found(self, found: Sequence[Port]) -> None:
        self._found = found
        self.again.setEnabled(True)
        empty(self._pills)
        if not found:
            self.found.setText(_("No serial port was found. Plug the reader in and look again."))
            return
        self.found.setText(_("Found on this computer; press one to choose it:"))
        self._pills.addWidget(FlowRow([self._pill(place, port) for place, port in enumerate(found)]))

    def _pill(self, place: int, port: Port) -> Button:
        words = f"{port.name} · {port.what}" if port.what not in ("", "n/a", port.name) else port.name
        pill = Button(words, name=f"reader_port_found_{place + 1}", role="pill")
        pill.clicked.connect(lambda _on=False: self._choose(port.name))
        return pill

    def _choose(self, name: str) -> None:
        self.port.setText(name)
        self.parts[self.port].refuse("")

    def _add(self) -> None:
        name = self.port.text().strip()
        if reason := self._refusal(name):
            self.parts[self.port].refuse(reason)
            self.port.setFocus()
            return
        new = SerialReaderSettings(port=name, baud=int(str(self.speed.value())))
        self.port.clear()
        self.parts[self.port].refuse("")
        self.change_wanted.emit({"serial_readers": (*self._readers, new)})

    def _refusal(self, name: str) -> str:
        if not name:
            return _("Which port? Choose one of those found, or write its name.")
        if any(reader.port == name for reader in self._readers):
            return _("The reader on this port is there already.")
        if "\0" in name or not name.isprintable():
            return _("This is not the name of a port.")
        if len(self._readers) >= _MOST:
            return _("There are {} readers already. Remove one first.").format(_MOST)
        return ""

    def _remove(self, reader: SerialReaderSettings, _on: bool = False) -> None:
        left = tuple(each for each in self._readers if each != reader)
        self.change_wanted.emit({"serial_readers": left})
