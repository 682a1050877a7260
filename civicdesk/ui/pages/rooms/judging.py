"""Whether a booking could stand where it is held: judged by the desk's own rules over the days already read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from civicdesk.desk.booking_rules import Facts, Times, objections
from civicdesk.desk.calendar import Calendar, Entry
from civicdesk.desk.claims import HOLDING
from civicdesk.desk.hours import Day
from civicdesk.models import Booking, Room
from civicdesk.text import local

_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True)
class Held:
    """Where and when the hand holds a booking; `entry` is None for a new one."""

    entry: Entry | None
    room_id: UUID
    starts_at: datetime
    ends_at: datetime

    @property
    def is_moved(self) -> bool:
        """Whether it is as long as before."""
        assert self.entry is not None
        return self.ends_at - self.starts_at == self.entry.ends_at - self.entry.starts_at


class Judging:
    """Answers in the time of one frame: nothing is looked up."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._rooms = {room.id: room for room in calendar.rooms}
        self._by_room: dict[UUID, list[Entry]] = {}
        for entry in calendar.entries:
            if entry.state in HOLDING:
                self._by_room.setdefault(entry.room_id, []).append(entry)

    def sentence(self, held: Held, at: datetime) -> str:
        """Why it cannot stand there, or nothing."""
        found = objections(self._facts(held, self._rooms[held.room_id], at))
        return found[0].sentence if found else ""

    def _facts(self, held: Held, room: Room, at: datetime) -> Facts:
        entry, layouts = held.entry, self._calendar.layouts.get(room.id, {})
        keeps_start = entry is not None and entry.starts_at == held.starts_at
        return Facts(
            at=at,
            times=Times(
                starts_at=held.starts_at,
                ends_at=held.ends_at,
                setup_minutes=entry.setup_minutes if entry else 0,
                clear_minutes=entry.clear_minutes if entry else 0,
            ),
            room=room,
            people=entry.people if entry else 1,
            layout=entry.layout if entry and entry.layout in layouts else "",
            layouts=layouts,
            days=self._days(held),
            taken_by=self._taken_by(held),
            notice=self._calendar.notice,
            ahead=self._calendar.ahead,
            keeps_start=keeps_start,
            keeps_times=entry is not None and keeps_start and entry.ends_at == held.ends_at,
        )

    def _days(self, held: Held) -> list[Day]:
        first, last = local(held.starts_at).date(), local(held.ends_at - _MINUTE).date()
        return [each for each in self._calendar.days if first <= each.on <= last]

    def _taken_by(self, held: Held) -> Booking | None:
        before = held.entry.setup_minutes if held.entry else 0
        after = held.entry.clear_minutes if held.entry else 0
        begins, ends = held.starts_at - before * _MINUTE, held.ends_at + after * _MINUTE
        own = held.entry.id if held.entry else None
        for room_id in self._related(held.room_id):
            for other in self._by_room.get(room_id, ()):
                if other.id != own and other.held_from < ends and other.held_until > begins:
                    return self._calendar.booking(other)
        return None

    def _related(self, room_id: UUID) -> Iterator[UUID]:
        """The room, its parts, and the whole it is part of; of a room read alone all that was read holds it."""
        if len(self._rooms) == 1:
            yield from self._by_room
            return
        yield room_id
        for room in self._rooms.values():
            if room.part_of_id == room_id:
                yield room.id
        if whole := self._rooms[room_id].part_of_id:
            yield whole
