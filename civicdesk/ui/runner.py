"""Where pages hand in work, and where all of it reports back."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import Staff
from civicdesk.ui import sweeping

T = TypeVar("T")
UseCase = Callable[[Session], T]
Then = Callable[[T], None]
Refused = Callable[[Refusal], None]

_log = logging.getLogger(__name__)


def _nothing(_result: object) -> None:
    """The `then` of work whose result nobody needs."""


def wall_clock() -> datetime:
    """Now, in UTC."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Notice:
    """A sentence for the notice bar: what was done, how to take it back, or what to do next."""

    sentence: str
    tone: str = "ok"
    undo: UseCase[object] | None = None
    action: tuple[str, Callable[[], None]] | None = None


class Runner(QObject):
    """Runs a use case in a transaction, or a slow job off the GUI thread.

    Either way `then` gets the result on the GUI thread. A refusal goes to `refused` where a page shows it itself,
    else it becomes a notice, as does whatever the world outside did not answer.
    """

    changed = Signal(object)  # Changes, after every commit on any thread
    notice = Signal(object)  # Notice
    _landed = Signal(object)

    def __init__(
        self, path: Path, *, desk: str = "desk-1", clock: Callable[[], datetime] = wall_clock
    ) -> None:
        super().__init__()
        self.database = Database(path, on_change=self.changed.emit)
        self.desk = desk
        self.at = clock
        self.staff: Staff | None = None
        self._under_way: set[object] = set()
        self._pool = ThreadPoolExecutor(max_workers=2, thread_name_prefix="desk")
        self._landed.connect(_land)

    def now(self, use_case: UseCase[T], then: Then[T] = _nothing, refused: Refused | None = None) -> None:
        """For work that only waits on the local database."""
        self._report(partial(self._in_transaction, use_case), then, refused)

    def read(self, query: UseCase[T], then: Then[T] = _nothing, refused: Refused | None = None) -> None:
        """For a look at the local database that changes nothing."""
        self._report(partial(self._in_snapshot, query), then, refused)

    def background(
        self,
        job: Callable[[], T],
        then: Then[T] = _nothing,
        refused: Refused | None = None,
        owner: QObject | None = None,
    ) -> None:
        """For work that waits on a printer, the network or a big file. No widgets inside.

        The result is dropped when `owner` was closed meanwhile.
        """
        under_way = object()
        self._under_way.add(under_way)
        sweeping.rest(under_way)

        def land(outcome: Callable[[], T]) -> None:
            self._resume(under_way)
            self._report_unless_gone(owner, outcome, then, refused)

        future = self._pool.submit(job)
        future.add_done_callback(lambda done: self._landed.emit(partial(land, done.result)))

    def say(self, sentence: str, tone: str = "ok", undo: UseCase[object] | None = None) -> None:
        """Put a sentence into the notice bar; `undo` takes back what it tells."""
        self.notice.emit(Notice(sentence, tone, undo))

    def close(self) -> None:
        """Wait for what is under way, then let go of the file."""
        self._pool.shutdown(wait=True)
        for under_way in tuple(self._under_way):
            self._resume(under_way)
        self.database.close()

    def _resume(self, under_way: object) -> None:
        self._under_way.discard(under_way)
        sweeping.resume(under_way)

    def _in_transaction(self, use_case: UseCase[T]) -> T:
        by = self.staff.id if self.staff else None
        with self.database.begin(by=by, desk=self.desk) as session:
            return use_case(session)

    def _in_snapshot(self, query: UseCase[T]) -> T:
        with self.database.read() as session:
            return query(session)

    def _report_unless_gone(
        self, owner: QObject | None, outcome: Callable[[], T], then: Then[T], refused: Refused | None
    ) -> None:
        if owner is None or isValid(owner):
            self._report(outcome, then, refused)

    def _report(self, outcome: Callable[[], T], then: Then[T], refused: Refused | None) -> None:
        try:
            result = outcome()
        except Refusal as refusal:
            if refused is not None:
                refused(refusal)
            else:
                self.notice.emit(Notice(str(refusal), "bad"))
        except Unavailable as trouble:
            _log.warning("unavailable: %s", trouble.__cause__ or trouble)
            self.notice.emit(Notice(str(trouble), "bad"))
        else:
            then(result)


def _land(land: Callable[[], None]) -> None:
    land()
