"""A room at this moment: who has it, until when, how full it is."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from civicdesk.desk.today import NO_SHOW_AFTER, RoomNow, Today
from civicdesk.text import _, clock
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.meter import Meter
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.themed import named


class RoomRow(Pressable):
    """One room in the card “Rooms now”; pressed, it leads to the room's day."""

    def __init__(self, room: RoomNow, seen: Today) -> None:
        super().__init__("row", opens=True)
        title = ElidedLabel(room.room.name, "strong")
        until = ElidedLabel(_until(room, seen), "second")
        second = ElidedLabel(_holder(room), "second")
        meter = Meter(name=f"room_{room.room.id.hex}_meter")
        meter.say(room.people, room.room.capacity, tone="warn" if room.seems_empty else "primary")
        share = ElidedLabel(_share(room), "body")
        named(
            self,
            f"room_{room.room.id.hex}",
            ", ".join((title.text(), until.text(), second.text(), share.text())),
        )
        self._column = QVBoxLayout(self)
        self._column.setSpacing(6)
        for line, stretches in (((title, until), (1, 0)), ((second,), (1,)), ((meter, share), (1, 0))):
            row = QHBoxLayout()
            row.setSpacing(12)
            for widget, stretch in zip(line, stretches, strict=True):
                row.addWidget(widget, stretch)
            self._column.addLayout(row)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.dress()

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, roomy(56)))

    def dress(self) -> None:
        self._column.setContentsMargins(roomy(16), roomy(10), roomy(16), roomy(10))


def room_said(room: RoomNow, seen: Today) -> tuple[str, ...]:
    """All that a row depends on."""
    return room.room.name, _until(room, seen), _holder(room), _share(room), str(room.seems_empty)


def _until(room: RoomNow, seen: Today) -> str:
    if room.seems_empty and room.booking:
        released = room.booking.starts_at + 2 * NO_SHOW_AFTER
        return _("ask again at {}").format(clock(released)) if released > seen.at else _("still empty")
    if room.booking:
        return _("until {}").format(clock(room.booking.ends_at))
    return _("free until {}").format(clock(room.following.starts_at)) if room.following else _("free all day")


def _holder(room: RoomNow) -> str:
    if room.booking is None:
        return _("Free")
    parts = (room.booking.organisation.name if room.booking.organisation else "", room.booking.title)
    said = " · ".join(filter(None, parts))
    return _("Nobody came? {}").format(said) if room.seems_empty else said


def _share(room: RoomNow) -> str:
    if room.booking is None and not room.people:
        return "—"
    return f"{room.people}/{room.room.capacity}"
