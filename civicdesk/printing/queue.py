"""The print queue at work: one thread a printer, so that one that hangs holds up nobody else."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import print_jobs
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import JobState, PrintJob, Trouble
from civicdesk.printing.printers.port import Form, Outcome, Printer, Sheet, Status
from civicdesk.settings import PrinterSettings

POLL_S = 2.0
"""How often a printer in trouble is asked whether it is well again."""

STOP_S = 3.0
"""How long the desk waits for its printers when it closes."""

IDLE_S = 30.0
"""How often one that has nothing to do is asked, so that missing paper is known before it is needed."""

Draw = Callable[[Session, PrintJob, Form, datetime], Sheet]
Told = Callable[[str, Status], None]
Bug = Callable[[BaseException], None]
_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Line:
    """One printer at work: the kinds of documents that go to it, and who stands in for it, by kind."""

    printer: PrinterSettings
    kinds: tuple[str, ...] = ()
    stand_ins: Mapping[str, str] = field(default_factory=dict)


class _Taken(NamedTuple):
    job_id: UUID
    attempt: int
    sheet: Sheet


class PrintQueue:
    """Takes jobs out of the database and brings them to the printers. Nothing here touches a screen.

    `told` and `bug` are called on the threads of the printers.
    """

    def __init__(
        self,
        database: Database,
        *,
        make: Callable[[PrinterSettings], Printer],
        draw: Draw,
        at: Callable[[], datetime],
        told: Told,
        bug: Bug,
        desk: str = "",
    ) -> None:
        self.database, self.make, self.draw, self.at = database, make, draw, at
        self.told, self.bug, self.desk = told, bug, desk
        self.states: dict[str, Status] = {}
        self._workers: dict[str, _Worker] = {}
        self._leaving: list[_Worker] = []

    def start(self) -> int:
        """What a stop cut short becomes UNSURE; how many jobs that was. Call it before `use`."""
        with self.database.begin(desk=self.desk) as session:
            return print_jobs.recover(session, at=self.at())

    def use(self, lines: Sequence[Line]) -> None:
        """Work with these printers from now on; one that did not change goes on undisturbed."""
        wanted = {line.printer.name: line for line in lines}
        gone: dict[str, _Worker] = {}
        for name, worker in list(self._workers.items()):
            if wanted.get(name) != worker.line:
                worker.end()
                gone[name] = self._workers.pop(name)
                self.states.pop(name, None)
        for name, line in wanted.items():
            if name not in self._workers:
                self._workers[name] = _Worker(self, line, after=gone.get(name))
                self._workers[name].start()
        self._leaving = [*(one for one in self._leaving if one.is_alive()), *gone.values()]

    def wake(self) -> None:
        """Something was asked for, or a person decided something."""
        for worker in list(self._workers.values()):
            worker.wanted.set()

    def stop(self, within: float = STOP_S) -> None:
        """Let every printer end what it can; what is cut short is UNSURE.

        Nobody waits longer than `within` seconds: a printer that hangs is left to itself, and does not touch the
        database any more. What it has stays SENDING there, and is asked about after the next start.
        """
        until = time.monotonic() + within
        workers = [*self._workers.values(), *self._leaving]
        for worker in workers:
            worker.end()
        for worker in workers:
            worker.join(max(0.0, until - time.monotonic()))
            worker.is_left = worker.is_alive()
        self._workers.clear()
        self._leaving.clear()

    @staticmethod
    def is_at_work() -> bool:
        """Whether this is the thread of a printer: what it writes down itself need not wake it."""
        return isinstance(threading.current_thread(), _Worker)

    def is_well(self, name: str) -> bool:
        """Whether a printer said that it can print."""
        status = self.states.get(name)
        return status is not None and status.trouble is None


class _Worker(threading.Thread):
    """One printer's thread."""

    def __init__(self, queue: PrintQueue, line: Line, after: _Worker | None = None) -> None:
        super().__init__(name=f"printer {line.printer.name}", daemon=True)
        self.queue, self.line, self.after = queue, line, after
        self.is_left = False
        self.called, self.kinds = line.printer.name, line.kinds
        self.wanted, self.ends = threading.Event(), threading.Event()
        self._printer: Printer | None = None

    def run(self) -> None:
        if self.after is not None:
            self.after.join()  # it has the printer still; the desk does not wait for it, so this thread does
            self.after = None
        try:
            self._printer = self.queue.make(self.line.printer)
        except Exception as bug:
            self.queue.bug(bug)
            return
        try:
            while not self.ends.is_set():
                self.wanted.clear()
                pause = self._turn()
                if pause:
                    self.wanted.wait(pause)
        finally:
            self._printer.close()

    def end(self) -> None:
        """End after what is under way."""
        self.ends.set()
        self.wanted.set()

    def _turn(self) -> float:
        """Print what is due; how many seconds to rest afterwards."""
        try:
            return self._work()
        except Unavailable as trouble:
            _log.warning(
                "%s: %s", self.called, trouble
            )  # the disk is full or busy: the desk says so elsewhere
            return POLL_S
        except Exception as bug:
            self.queue.bug(bug)
            return IDLE_S

    def _work(self) -> float:
        assert self._printer is not None
        status = self._printer.status()
        if self.ends.is_set():
            return 0
        self._tell(status)
        if status.trouble is not None:
            self._wait_on(status.trouble)
            return POLL_S if self._due() else IDLE_S / 3
        self._wake_jobs()
        while not self.ends.is_set() and (taken := self._take()):
            outcome = self._print(taken)
            self._finish(taken, outcome)
            if outcome.trouble is not None:
                return POLL_S
        return self._rest()

    def _print(self, taken: _Taken) -> Outcome:
        assert self._printer is not None
        outcome = self._printer.print(
            taken.sheet, lambda status: self._tell_of(taken, status), lambda: self._is_given_up(taken)
        )
        self._tell(Status(outcome.trouble, outcome.is_near_end))
        return outcome

    def _take(self) -> _Taken | None:
        at = self.queue.at()
        assert self._printer is not None
        with self.queue.database.begin(desk=self.queue.desk) as session:
            job = print_jobs.take_next(session, self.called, self.kinds, at=at)
            if job is None:
                return None
            job_id, attempt = job.id, job.attempts
        try:
            with self.queue.database.read() as session:
                sheet = self.queue.draw(session, job, self._printer.form, at)
        except Refusal:
            self._end(job_id, attempt, Outcome(JobState.CANCELLED, Trouble.GONE))
            return self._take()
        except Exception:
            # not a byte was sent; a person decides when it is tried again
            self._end(job_id, attempt, Outcome(JobState.UNSURE, Trouble.FAULT))
            raise
        return _Taken(job_id, attempt, sheet)

    def _finish(self, taken: _Taken, outcome: Outcome) -> None:
        if outcome.state is JobState.UNSURE and self.ends.is_set():
            outcome = Outcome(JobState.UNSURE, outcome.trouble or Trouble.STOPPED)
        self._end(taken.job_id, taken.attempt, outcome)

    def _end(self, job_id: UUID, attempt: int, outcome: Outcome) -> None:
        if self.is_left:
            return  # the desk is closed
        with self.queue.database.begin(desk=self.queue.desk) as session:
            print_jobs.finish(session, job_id, attempt, outcome.state, outcome.trouble, at=self.queue.at())

    def _is_given_up(self, taken: _Taken) -> bool:
        if self.ends.is_set():
            return True
        with self.queue.database.read() as session:
            return print_jobs.is_given_up(session, taken.job_id, taken.attempt)

    def _tell_of(self, taken: _Taken, status: Status) -> None:
        if self.ends.is_set():
            return
        with suppress(Unavailable), self.queue.database.begin(desk=self.queue.desk) as session:
            print_jobs.tell(session, taken.job_id, taken.attempt, status.trouble)
        self._tell(status)

    def _tell(self, status: Status) -> None:
        if not self.ends.is_set() and self.queue.states.get(self.called) != status:
            self.queue.states[self.called] = status
            self.queue.told(self.called, status)

    def _wait_on(self, trouble: Trouble) -> None:
        if self._due() is None:
            return
        well = {kind: name for kind, name in self.line.stand_ins.items() if self.queue.is_well(name)}
        with self.queue.database.begin(desk=self.queue.desk) as session:
            print_jobs.wait_on(session, self.called, self.kinds, trouble, well)
        if well:
            self.queue.wake()

    def _wake_jobs(self) -> None:
        if self._due() is not None:
            with self.queue.database.begin(desk=self.queue.desk) as session:
                print_jobs.wake(session, self.called, self.kinds, at=self.queue.at())

    def _due(self) -> datetime | None:
        with self.queue.database.read() as session:
            return print_jobs.next_due(session, self.called, self.kinds)

    def _rest(self) -> float:
        due = self._due()
        if due is None:
            return IDLE_S
        return min(max((due - self.queue.at()).total_seconds(), 0.2), POLL_S)
