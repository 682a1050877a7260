"""Reading a file while the desk goes on: what it is, how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from civicdesk.desk import bookings_in, bookings_table, ical_in, tables_in
from civicdesk.desk.bookings_in import Entry, Line, Preview
from civicdesk.desk.tables_in import Table
from civicdesk.ui.runner import Refused, Runner, Then

T = TypeVar("T")


@dataclass(frozen=True)
class FileSeen:
    """A file that was read, how its columns and rooms are understood, and what would become of its rows."""

    name: str
    table: Table | None = None
    events: Sequence[Entry] = ()
    columns: Mapping[str, int | None] = field(default_factory=dict)
    rooms: Mapping[str, UUID | None] = field(default_factory=dict)
    preview: Preview | None = None

    @property
    def lacking(self) -> list[str]:
        """The columns without which nothing can be shown."""
        return bookings_table.lacking(self.columns) if self.table else []


class Reading(QObject):
    """One file at a time; what is stopped or overtaken by another file tells nothing any more."""

    told = Signal(int, int)  # so many of so many; of 0 while nobody knows

    def __init__(self, runner: Runner, owner: QObject) -> None:
        super().__init__(owner)
        self._runner, self._owner = runner, owner
        self._stop = Event()

    def open(self, path: Path, then: Then[FileSeen], refused: Refused) -> None:
        """Read a file and show what would become of it."""
        at, stop = self._runner.at(), self._begin()
        self._look(lambda: self._preview(self._seen(path, at, stop), at, stop), stop, then, refused)

    def again(self, seen: FileSeen, then: Then[FileSeen], refused: Refused) -> None:
        """Look at the same file with other columns or rooms."""
        at, stop = self._runner.at(), self._begin()
        self._look(lambda: self._preview(seen, at, stop), stop, then, refused)

    def take_in(
        self, lines: Sequence[Line], key: str, override: str, then: Then[int], refused: Refused
    ) -> None:
        """Book what was chosen, all or none."""
        at, stop = self._runner.at(), self._begin()
        by, desk = self._runner.staff, self._runner.desk

        def job() -> int:
            with self._runner.database.begin(by=by.id if by else None, desk=desk) as session:
                return bookings_in.take_in(
                    session,
                    lines,
                    at=at,
                    key=key,
                    override=override,
                    tell=self.told.emit,
                    is_stopped=stop.is_set,
                )

        self._runner.background(job, then, refused, self._owner)

    def stop(self) -> None:
        """Whatever is under way ends soon, and nothing of it is kept."""
        self._stop.set()

    def _look(self, job: Callable[[], FileSeen], stop: Event, then: Then[FileSeen], refused: Refused) -> None:
        """Read something; nobody hears of it any more once it was stopped."""

        def unless_stopped(tell: Callable[[T], None]) -> Callable[[T], None]:
            return lambda found: None if stop.is_set() else tell(found)

        self._runner.background(job, unless_stopped(then), unless_stopped(refused), self._owner)

    def _begin(self) -> Event:
        self._stop.set()
        self._stop = Event()
        return self._stop

    def _seen(self, path: Path, at: datetime, stop: Event) -> FileSeen:
        raw = tables_in.load(path)
        if ical_in.is_calendar(raw):
            events = ical_in.read(raw, at=at, tell=self.told.emit, is_stopped=stop.is_set)
            return FileSeen(path.name, events=events)
        table = tables_in.read(raw, tell=self.told.emit, is_stopped=stop.is_set)
        return FileSeen(path.name, table, columns=bookings_table.columns(table))

    def _preview(self, seen: FileSeen, at: datetime, stop: Event) -> FileSeen:
        if seen.lacking:
            return replace(seen, preview=None)
        entries = bookings_table.entries(seen.table, seen.columns) if seen.table else seen.events
        with self._runner.database.read() as session:
            preview = bookings_in.preview(
                session, entries, at=at, rooms=seen.rooms, tell=self.told.emit, is_stopped=stop.is_set
            )
        return replace(seen, preview=preview)
