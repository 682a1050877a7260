"""The print queue at work: one thread a printer, so that one that hangs holds up nobody else."""

from __future__ import annotations

import logging
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import print_jobs
from civicdesk.desk.print_jobs import Claim
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

AWAY_S = 10.0
"""How often one in trouble is asked that nothing waits for."""

_OF_THE_JOB = (None, Trouble.GONE, Trouble.UNDRAWN)
"""What says nothing of the printer: it goes on with the next job at once."""

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
        self._tidied_on: date | None = None

    def start(self) -> int:
        """What a stop cut short becomes UNSURE; how many jobs that was. Call it before `use`."""
        with self.database.begin(desk=self.desk) as session:
            return print_jobs.recover(session, at=self.at())

    def use(self, lines: Sequence[Line]) -> None:
        """Work with these printers from now on; one that did not change goes on undisturbed."""
        wanted = {line.printer.name: line for line in lines}
        for name, worker in list(self._workers.items()):
            line = wanted.get(name)
            if line and line.printer == worker.line.printer and worker.is_alive():
                worker.line = line  # what it prints now it goes on with
            else:
                worker.end()
                self._leaving.append(self._workers.pop(name))
                self.states.pop(name, None)
        self._leaving = [worker for worker in self._leaving if worker.is_alive()]
        for name, line in wanted.items():
            if name not in self._workers:
                before = [worker for worker in self._leaving if worker.has_device_of(line.printer)]
                self._workers[name] = _Worker(self, line, before)
        for worker in self._workers.values():
            if worker.ident is None:
                worker.start()
        self.wake()

    def wake(self, but: str = "") -> None:
        """Something was asked for, or a person decided something."""
        for worker in list(self._workers.values()):
            if worker.called != but:
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

    def claim(self, name: str) -> Claim:
        """What a printer may take now: its own kinds, and those of printers in trouble that it stands in for."""
        kinds: set[str] = set()
        workers = list(self._workers.values())
        for worker in workers:
            if worker.called == name:
                kinds.update(worker.line.kinds)
            elif not self.is_well(worker.called) and worker.called in self.states:
                kinds.update(kind for kind, stand_in in worker.line.stand_ins.items() if stand_in == name)
        others = tuple(sorted(worker.called for worker in workers if worker.called != name))
        return Claim(name, tuple(sorted(kinds)), others)

    def is_well(self, name: str) -> bool:
        """Whether a printer said that it can print."""
        status = self.states.get(name)
        return status is not None and status.trouble is None

    def tidy(self) -> None:
        """Let go of what ended long ago, once a day."""
        at = self.at()
        if self._tidied_on != at.date():
            with self.database.begin(desk=self.desk) as session:
                print_jobs.forget(session, at=at)
            self._tidied_on = at.date()


class _Worker(threading.Thread):
    """One printer's thread. `before` are those that may have the same device still."""

    def __init__(self, queue: PrintQueue, line: Line, before: Sequence[_Worker] = ()) -> None:
        super().__init__(name=f"printer {line.printer.name}", daemon=True)
        self.queue, self.line, self.before = queue, line, before
        self.is_left = False
        self.called = line.printer.name
        self.wanted, self.ends = threading.Event(), threading.Event()
        self._printer: Printer | None = None
        self._woken_for: Claim | None = None
        self._owed: tuple[UUID, int, Outcome] | None = None

    def has_device_of(self, printer: PrinterSettings) -> bool:
        """Whether it talks to the same printer, perhaps under another name."""
        own = self.line.printer
        return own.name == printer.name or (own.link, own.address) == (printer.link, printer.address)

    def run(self) -> None:
        for worker in self.before:
            worker.join()  # it has the printer still; the desk does not wait for it, so this thread does
        self.before = ()
        if self.ends.is_set():
            return
        try:
            self._printer = self.queue.make(self.line.printer)
        except Exception as bug:
            self._tell(Status(Trouble.FAULT))
            self.queue.bug(bug)
            return
        try:
            self._go_on()
        finally:
            self._printer.close()

    def end(self) -> None:
        """End after what is under way."""
        self.ends.set()
        self.wanted.set()

    def _go_on(self) -> None:
        while not self.ends.is_set():
            self.wanted.clear()
            if pause := self._turn():
                self.wanted.wait(pause)
        with suppress(Unavailable):  # else it stays SENDING, and is asked about after the next start
            self._write_down()

    def _turn(self) -> float:
        """Print what is due; how many seconds to rest afterwards."""
        try:
            self._write_down()
            return self._work()
        except Unavailable as trouble:
            # the disk is full or busy: the desk says so elsewhere
            _log.warning("%s: %s", self.called, trouble)
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
            return self._wait_on(status.trouble)
        self._wake_jobs()
        while not self.ends.is_set() and (job := self._take()):
            outcome = self._bring_out(job)
            self._settle(job, outcome)
            if outcome.trouble not in _OF_THE_JOB:
                return POLL_S
            self._wake_jobs()
        return self._rest()

    def _take(self) -> PrintJob | None:
        with self.queue.database.begin(desk=self.queue.desk) as session:
            return print_jobs.take_next(session, self.queue.claim(self.called), at=self.queue.at())

    def _bring_out(self, job: PrintJob) -> Outcome:
        """Draw a job and print it; what became of it, whatever goes wrong."""
        try:
            sheet = self._draw(job)
        except Refusal:
            return Outcome(JobState.CANCELLED, Trouble.GONE)
        except Unavailable:
            return Outcome(JobState.WAITING)
        except Exception as bug:
            self.queue.bug(bug)
            return Outcome(JobState.WAITING, Trouble.UNDRAWN)
        try:
            return self._print(job, sheet)
        except Exception as bug:  # a person decides when that is tried again: it would fail again by itself
            self.queue.bug(bug)
            return Outcome(JobState.UNSURE, Trouble.FAULT)

    def _draw(self, job: PrintJob) -> Sheet:
        assert self._printer is not None
        with self.queue.database.read() as session:
            return self.queue.draw(session, job, self._printer.form, self.queue.at())

    def _print(self, job: PrintJob, sheet: Sheet) -> Outcome:
        assert self._printer is not None
        outcome = self._printer.print(
            sheet, lambda status: self._tell_of(job, status), lambda: self._is_given_up(job)
        )
        self._tell(Status(outcome.trouble, outcome.is_near_end))
        if outcome.state is JobState.UNSURE and self.ends.is_set():
            return Outcome(JobState.UNSURE, outcome.trouble or Trouble.STOPPED)
        return outcome

    def _settle(self, job: PrintJob, outcome: Outcome) -> None:
        """Write down what became of a job; where the file is busy, before anything else is done."""
        self._owed = (job.id, job.attempts, outcome)
        self._write_down()

    def _write_down(self) -> None:
        if self._owed is None or self.is_left:
            return  # nothing to say, or the desk is closed
        job_id, attempt, outcome = self._owed
        with self.queue.database.begin(desk=self.queue.desk) as session:
            print_jobs.finish(session, job_id, attempt, outcome.state, outcome.trouble, at=self.queue.at())
        self._owed = None

    def _is_given_up(self, job: PrintJob) -> bool:
        if self.ends.is_set():
            return True
        try:
            with self.queue.database.read() as session:
                return print_jobs.is_given_up(session, job.id, job.attempts)
        except Unavailable:
            return False

    def _tell_of(self, job: PrintJob, status: Status) -> None:
        if self.ends.is_set():
            return
        with suppress(Unavailable), self.queue.database.begin(desk=self.queue.desk) as session:
            print_jobs.tell(session, job.id, job.attempts, status.trouble)
        self._tell(status)

    def _tell(self, status: Status) -> None:
        before = self.queue.states.get(self.called)
        if self.ends.is_set() or before == status:
            return
        self.queue.states[self.called] = status
        if before is None or before.trouble != status.trouble:
            self.queue.wake(but=self.called)  # who stands in for it has more to do, or less
        self.queue.told(self.called, status)

    def _wait_on(self, trouble: Trouble) -> float:
        """Say on the jobs why they wait, but for those that another printer takes."""
        self._woken_for = None
        if self._due() is None:
            return AWAY_S
        helped = {kind for kind, name in self.line.stand_ins.items() if self.queue.is_well(name)}
        own = tuple(kind for kind in self.line.kinds if kind not in helped)
        left = replace(self.queue.claim(self.called), kinds=own)
        with self.queue.database.begin(desk=self.queue.desk) as session:
            print_jobs.wait_on(session, left, trouble)
        return POLL_S

    def _wake_jobs(self) -> None:
        """What waited for the printer to be well is due now; what failed on a well one waits its time."""
        claim = self.queue.claim(self.called)
        if claim != self._woken_for:
            with self.queue.database.begin(desk=self.queue.desk) as session:
                print_jobs.wake(session, claim, at=self.queue.at())
            self._woken_for = claim

    def _due(self) -> datetime | None:
        with self.queue.database.read() as session:
            return print_jobs.next_due(session, self.queue.claim(self.called))

    def _rest(self) -> float:
        due = self._due()
        if due is None:
            self.queue.tidy()
            return IDLE_S
        return min(max((due - self.queue.at()).total_seconds(), 0.2), POLL_S)
