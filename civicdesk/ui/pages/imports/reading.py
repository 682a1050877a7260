"""Reading a file while the desk goes on: what it is, how far it is, and a way to stop it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from threading import Event
from typing import Any, TypeVar

from PySide6.QtCore import QObject, Signal

from civicdesk.desk import tables_in
from civicdesk.ui.pages.imports.subject import FileSeen, Subject
from civicdesk.ui.runner import Refused, Runner, Then

T = TypeVar("T")


class Reading(QObject):
    """One file at a time; what is stopped or overtaken by another file tells nothing any more."""

    told = Signal(int, int)  # so many of so many; of 0 while nobody knows

    def __init__(self, runner: Runner, owner: QObject, subject: Subject) -> None:
        super().__init__(owner)
        self._runner, self._owner, self._subject = runner, owner, subject
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
        self, lines: Sequence[Any], key: str, override: str, then: Then[int], refused: Refused
    ) -> None:
        """Take in what was chosen, all or none."""
        at, stop = self._runner.at(), self._begin()
        by, desk = self._runner.staff, self._runner.desk

        def job() -> int:
            with self._runner.database.begin(by=by.id if by else None, desk=desk) as session:
                return self._subject.take_in(
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
        return self._subject.read(path, raw, at=at, tell=self.told.emit, is_stopped=stop.is_set)

    def _preview(self, seen: FileSeen, at: datetime, stop: Event) -> FileSeen:
        lacking = self._subject.lacking(seen.columns) if seen.table else []
        if lacking:
            return replace(seen, preview=None, lacking=lacking)
        with self._runner.database.read() as session:
            preview = self._subject.preview(session, seen, at=at, tell=self.told.emit, is_stopped=stop.is_set)
        return replace(seen, preview=preview, lacking=())
