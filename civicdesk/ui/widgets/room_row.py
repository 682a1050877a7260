"""A room at this moment: who has it, until when, how full it is."""

from __future__ import annotations

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from civicdesk.desk.rooms_now import RoomNow, RoomState
from civicdesk.models import Booking
from civicdesk.text import _, clock, number
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.meter import Meter
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.themed import named


class RoomRow(Pressable):
    """One room in the card “Rooms now”; pressed, it leads to the room's day.

    Where nobody came that the desk knows of, it asks, and is answered in one tap.
    """

    here_wanted = Signal(object)  # Booking
    free_wanted = Signal(object)

    def __init__(self, room: RoomNow) -> None:
        super().__init__("row", opens=True)
        self.room = room
        title, until = ElidedLabel(room.room.name, "strong"), ElidedLabel(_until(room), "second")
        second, share = ElidedLabel(_holder(room), "second"), ElidedLabel(_share(room), "body")
        booked, pills = ElidedLabel(_booked(room), "second"), _pills(room)
        self.meter = Meter(name=f"room_{room.room.id.hex}_meter")
        self.meter.say(room.people, room.room.capacity, tone="warn" if room.seems_empty else "primary")
        said = (title, until, *pills, second, share, booked)
        named(self, f"room_{room.room.id.hex}", ", ".join(part.text() for part in said if part.text()))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(6)
        self._line(title, until)
        self._line(second)
        if pills:
            self._column.addWidget(FlowRow(pills, spacing=6))
        self._line(self.meter, share, *((booked,) if booked.text() else ()))
        self.buttons = self._ask(room.booking) if room.booking and room.seems_empty else ()
        if self.buttons:
            self._column.addWidget(FlowRow(self.buttons))
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(bool(pills or self.buttons))
        self.setSizePolicy(policy)
        self.dress()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, roomy(56)))

    def dress(self) -> None:
        self._column.setContentsMargins(roomy(16), roomy(10), roomy(16), roomy(10))

    def _line(self, first: ElidedLabel | Meter, *others: ElidedLabel) -> None:
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(first, 1)
        for other in others:
            row.addWidget(other)
        self._column.addLayout(row)

    def _ask(self, booking: Booking) -> tuple[Button, Button]:
        key, name = self.room.room.id.hex, self.room.room.name
        here = Button(_("They came"), name=f"room_{key}_here")
        free = Button(_("Free the room"), name=f"room_{key}_free")
        for button in (here, free):
            button.setAccessibleName(f"{name}: {button.words()}")
        here.clicked.connect(lambda _on=False: self.here_wanted.emit(booking))
        free.clicked.connect(lambda _on=False: self.free_wanted.emit(booking))
        return here, free


def room_said(room: RoomNow) -> tuple[str, ...]:
    """All that a row depends on."""
    pills = ",".join(pill.text() for pill in _pills(room))
    key = room.booking.id.hex if room.booking else ""
    return room.room.name, key, _until(room), _holder(room), pills, _share(room), _booked(room)


def _until(room: RoomNow) -> str:
    booking = room.booking
    if booking is None:
        if room.following is None:
            return _("free all day")
        return _("free until {}").format(clock(room.following.starts_at))
    if room.state == RoomState.NOBODY:
        return _("since {}").format(clock(booking.starts_at))
    if room.state == RoomState.SETTING_UP:
        return _("from {}").format(clock(booking.starts_at))
    at = room.clears_at if room.state == RoomState.CLEARING else booking.ends_at
    return _("until {}").format(clock(at or booking.ends_at))


def _holder(room: RoomNow) -> str:
    if room.booking is not None:
        return _said(room.booking)
    return _said(room.freed) if room.freed else _("Free")


def _said(booking: Booking) -> str:
    return " · ".join(
        filter(None, (booking.organisation.name if booking.organisation else "", booking.title))
    )


def _pills(room: RoomNow) -> list[Pill]:
    """What is not as usual, each in a word of its own."""
    pills = []
    if room.state == RoomState.NOBODY:
        pills.append(Pill(_("Nobody came?"), "warn", "user-round-x"))
    elif room.state == RoomState.SETTING_UP:
        pills.append(Pill(_("being set up"), "info", "armchair"))
    elif room.state == RoomState.CLEARING:
        pills.append(Pill(_("being cleared"), "info", "refresh-cw"))
    if room.is_tentative:
        pills.append(Pill(_("Tentative"), "warn", "circle-help"))
    if room.booking is not None and room.booking.room_id != room.room.id and room.booking.room:
        pills.append(Pill(_("whole: {}").format(room.booking.room.name), "primary"))
    if room.booking is None and room.freed is not None:
        pills.append(Pill(_("set free: nobody came"), "warn", "door-open"))
    return pills


def _share(room: RoomNow) -> str:
    if room.booking is None and not room.people:
        return "—"
    return f"{room.people}/{room.room.capacity}"


def _booked(room: RoomNow) -> str:
    """How many were booked, beside how many are in."""
    if room.booking is None or room.state == RoomState.CLEARING:
        return ""
    return _("booked {}").format(number(room.booking.people))
