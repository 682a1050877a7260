"""What hands do on the timeline becomes what the desk does: a wish is written, a booking moved or pulled."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from civicdesk.desk.calendar import Calendar, Entry, midnight_of
from civicdesk.ui.pages.rooms.judging import Held, Judging
from civicdesk.ui.pages.rooms.wish import BookingWish
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.timeline import Timeline
from civicdesk.ui.widgets.timeline.hand import Ghost


class Dragging(QObject):
    """Listens to a timeline; rows are rooms, or the days of one room."""

    drawn = Signal(object)  # BookingWish
    moved = Signal(object)  # Held

    def __init__(self, runner: Runner, timeline: Timeline) -> None:
        super().__init__(timeline)
        self._runner, self._timeline = runner, timeline
        self._calendar: Calendar | None = None
        self._judging: Judging | None = None
        self._room_id: UUID | None = None
        self._entries: dict[object, Entry] = {}
        timeline.judge = self._judge
        timeline.create_wanted.connect(self._draw)
        timeline.move_wanted.connect(self._move)

    def use(self, calendar: Calendar, room_id: UUID | None) -> None:
        """Work on these days, of one room if it is given."""
        self._calendar, self._room_id = calendar, room_id
        self._judging = Judging(calendar)
        self._entries = {entry.id: entry for entry in calendar.entries}

    def _judge(self, ghost: Ghost) -> str:
        held = self._held(ghost.key, self._timeline.plan.rows[ghost.row].key, ghost.start, ghost.end)
        return self._judging.sentence(held, self._runner.at()) if held and self._judging else ""

    def _draw(self, row: object, start: int, end: int) -> None:
        if held := self._held(None, row, start, end):
            wish = BookingWish(room_id=held.room_id, starts_at=held.starts_at, ends_at=held.ends_at)
            self.drawn.emit(wish)

    def _move(self, key: object, row: object, start: int, end: int) -> None:
        if held := self._held(key, row, start, end):
            self.moved.emit(held)

    def _held(self, key: object, row: object, start: int, end: int) -> Held | None:
        if self._calendar is None:
            return None
        entry = self._entries.get(key)
        room_id = row if isinstance(row, UUID) else entry.room_id if entry else self._room_id
        assert isinstance(room_id, UUID)
        return Held(entry, room_id, self._instant(row, start), self._instant(row, end))

    def _instant(self, row: object, minute: int) -> datetime:
        assert self._calendar is not None
        first = midnight_of(row) if isinstance(row, date) else self._calendar.midnight
        return first + timedelta(minutes=minute)
