"""Makes the demo centre: one file with years of visits in it, whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

from civicdesk.demo import collectors, events, furnishing, organisations, repeated, rooms, staff, visits
from civicdesk.demo.calendar import Calendar
from civicdesk.demo.chance import Dice
from civicdesk.demo.clock import NOW, TODAY, Day, ms_of, stamp
from civicdesk.demo.people import People
from civicdesk.demo.post import Post
from civicdesk.demo.today import Today
from civicdesk.demo.writer import Writer

Progress = Callable[[int, int], bool]
"""Told how many days of how many are done; says whether to go on."""

_AHEAD = timedelta(days=21)
_EVENTS_A_DAY = 2.2
_GUESTS_A_DAY = 87
_COMPANIONS = ("-wal", "-shm", "-journal")


class Cancelled(Exception):
    """The making was stopped; nothing is left of it."""


@dataclass(frozen=True)
class DemoCentre:
    """What was made."""

    path: Path
    years: int
    seed: int
    visits: int
    visitors: int


def _always(_done: int, _total: int) -> bool:
    return True


def make(
    path: Path, *, years: int = 3, seed: int = 2026, scale: int = 1, progress: Progress = _always
) -> DemoCentre:
    """Make the demo centre as a new file; the same seed makes the same rows.

    Each of the `years` ends on the demo day. `scale` makes that many times the visits, for measuring. Raises
    Cancelled, and leaves nothing, when `progress` says no.
    """
    with _whole_or_nothing(path) as part:
        writer = Writer(part)
        try:
            made = _Making(writer, seed, years, scale)
            made.run(progress)
            writer.finish()
        except BaseException:
            writer.abandon()
            raise
    return DemoCentre(path, years, seed, made.book.number, len(made.people))


class _Making:
    """The order in which the demo comes about."""

    def __init__(self, writer: Writer, seed: int, years: int, scale: int) -> None:
        dice = Dice(seed)
        self._writer, self._dice, self._scale = writer, dice, scale
        self._first_days = [_years_ago(ago) + timedelta(days=1) for ago in range(years, 0, -1)]
        self._calendar = Calendar(self._first_days[0], TODAY + _AHEAD)
        founded = ms_of(NOW) - (TODAY - self._first_days[0] + timedelta(days=1)) // timedelta(milliseconds=1)
        rooms.write_centre(writer, dice, founded, scale)
        rooms.write_hours(writer, dice, founded, self._calendar)
        # what came later draws from dice of its own, so that the years before it stay as they were
        spare = Dice(seed + 1)
        self._rooms = rooms.write_rooms(writer, dice, spare, founded)
        furnishing.write(writer, spare, founded, self._rooms)
        self._work_area = next(room for room in self._rooms if room.is_work_area)
        self._members = organisations.write(writer, dice, founded)
        boxes = organisations.write_mailboxes(writer, dice, founded, self._members)
        self.people = People(writer, dice)
        reception = staff.write(writer, dice, founded)
        self.book = visits.Book(writer, dice, self.people, reception)
        fresh = Dice(seed + 2)
        on_file = collectors.write(writer, fresh, founded, self._members)
        self._post = Post(
            writer, fresh, members=self._members, boxes=boxes, on_file=on_file, reception=reception
        )
        self._diary = events.Diary(dice, self._rooms, self._members)
        self._repeated = repeated.Repeated(writer, spare, self._rooms, self._members)
        self._today = Today(writer, dice, self.book, self._rooms, self._members)

    def run(self, progress: Progress) -> None:
        days = self._plan()
        for done, day in enumerate(days):
            if not progress(done, len(days)):
                raise Cancelled
            self._write_day(day)
        self._post.write(days)
        self._today.write(self._ahead())
        self._write_marks()
        if not progress(len(days), len(days)):
            raise Cancelled

    def _plan(self) -> list[Day]:
        """Fill the diary year by year; returns all days that were open up to the demo day."""
        days: list[Day] = []
        for first, following in zip(self._first_days, [*self._first_days[1:], None], strict=True):
            last = following - timedelta(days=1) if following else TODAY - timedelta(days=1)
            year = self._calendar.open_days(first, last)
            self._diary.fill_year(year, () if following else self._today.over)
            days += year
        return [*days, self._today.morning]

    def _write_day(self, day: Day) -> None:
        self.people.new_day()
        stays = []
        for event in self._diary.on(day):
            events.write(self._writer, event)
            stays += visits.guests_of(self._dice, event)
            if event.heads:
                self._count(event)
        stays += visits.walk_ins(self._dice, day, self._walk_ins(day), self._members, self._work_area)
        if day == self._today.morning:
            stays = [*self._today.all_gone(stays), *self._today.stays()]
        self.book.write_day(day, stays)

    def _count(self, event: events.Event) -> None:
        by_category = visits.categories(self._dice, event)
        self.book.count_heads(event, event.start + self._dice.randint(5, 15), 1, by_category)
        self.book.count_heads(event, event.end, -1, by_category)

    def _walk_ins(self, day: Day) -> int:
        usual = visits.WALK_INS + (self._scale - 1) * (visits.WALK_INS + _GUESTS_A_DAY)
        share = min(1, (day.closes - day.opens) / 540)
        return round(usual * share * self._dice.uniform(0.75, 1.25))

    def _ahead(self) -> list[events.Event]:
        days = self._calendar.open_days(TODAY + timedelta(days=1), TODAY + _AHEAD)
        known = self._repeated.write()
        for event in known:
            self._diary.put(event)
        self._diary.fill_ahead(days, round(len(days) * _EVENTS_A_DAY))
        later = [event for event in known if event.day not in days]
        return [*(event for day in days for event in self._diary.on(day)), *later]

    def _write_marks(self) -> None:
        now = stamp(ms_of(NOW))
        self._writer.add("counter", name="visit", value=self.book.number)
        self._writer.add("mark", name="setup", value="done", at=now)
        self._writer.add("mark", name="demo", value=NOW.isoformat(), at=now)


def _years_ago(years: int) -> date:
    return TODAY.replace(year=TODAY.year - years)


@contextmanager
def _whole_or_nothing(path: Path) -> Iterator[Path]:
    """A name to write under; the file gets its own name only when it is whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    _remove(part, ("", *_COMPANIONS))
    try:
        yield part
        # a journal left by an older file of this name would be played back into the new one
        _remove(path, _COMPANIONS)
        part.replace(path)
    finally:
        _remove(part, ("", *_COMPANIONS))


def _remove(path: Path, endings: Iterable[str]) -> None:
    for ending in endings:
        path.with_name(path.name + ending).unlink(missing_ok=True)
