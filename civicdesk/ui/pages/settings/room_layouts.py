"""How a room can be set up, and how many it seats then."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk import furnishing
from civicdesk.models import LayoutKind
from civicdesk.text import _
from civicdesk.ui.booking_words import layout_words
from civicdesk.ui.pages.settings.section import Tick
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.stepper import Stepper

_USUAL = 10


class LayoutsCard(Card):
    """Every way of setting up with its seats; those that are ticked can be chosen in a booking."""

    wanted = Signal(object)  # dict[str, int]

    def __init__(self) -> None:
        super().__init__(name="room_layouts", padded=True)
        self._shown: dict[str, int] = {}
        self.lead = label("", "second", wrap=True)
        self.banner = RefusalBanner(name="layouts_banner")
        self.fields = {kind.value: LayoutField(kind) for kind in LayoutKind}
        self.save = Button("", name="layouts_save", role="primary")
        for part in (
            self.lead,
            self.banner,
            FlowRow(list(self.fields.values()), spacing=12, grow=True),
            FlowRow([self.save]),
        ):
            self.add(part)
        self.save.clicked.connect(lambda _on=False: self.wanted.emit(self.seats()))
        self.retranslate()

    def seats(self) -> dict[str, int]:
        """What is ticked, with the seats written."""
        return {kind: field.seats.value() for kind, field in self.fields.items() if field.tick.isChecked()}

    def begin(self, seats: dict[str, int], capacity: int) -> None:
        """Show another room; what is not offered yet would seat as many as the room holds."""
        self.banner.clear()
        self._write(seats, capacity)

    def show_seats(self, seats: dict[str, int], capacity: int) -> None:
        """Show what is kept now; what is half written stays."""
        if self.seats() == self._shown:
            self._write(seats, capacity)

    def retranslate(self) -> None:
        self.set_title(_("Layouts"))
        self.lead.setText(_("How the room can be set up, and how many it seats then."))
        self.save.setText(_("Save layouts"))
        for field in self.fields.values():
            field.retranslate()

    def _write(self, seats: dict[str, int], capacity: int) -> None:
        self._shown = dict(seats)
        for kind, field in self.fields.items():
            field.show_seats(seats.get(kind), capacity)


class LayoutField(QWidget):
    """One way of setting up: whether the room can be, and how many it seats."""

    def __init__(self, kind: LayoutKind) -> None:
        super().__init__()
        self.kind = kind
        self.tick = Tick(name=f"layout_{kind}")
        self.seats = Stepper("", name=f"layout_{kind}_seats", highest=furnishing.MOST_SEATS, value=_USUAL)
        self.seats.setEnabled(False)
        self.tick.toggled.connect(self.seats.setEnabled)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(4)
        column.addWidget(self.tick)
        column.addWidget(self.seats)
        self.setMinimumWidth(roomy(190))

    def show_seats(self, seats: int | None, capacity: int) -> None:
        """So many seats, or not this way."""
        self.tick.setChecked(seats is not None)
        self.seats.set_value(capacity if seats is None else seats)

    def retranslate(self) -> None:
        self.tick.say(layout_words(self.kind))
        self.seats.setAccessibleName(_("{layout}: seats").format(layout=layout_words(self.kind)))
