"""Whatever is asked, taken, finished, cut short, moved and cancelled, in any order: nothing is lost or doubled."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import print_jobs
from civicdesk.desk.print_jobs import Claim
from civicdesk.errors import Refusal
from civicdesk.models import JobState, PrintJob, Trouble
from tests import builders

pytestmark = pytest.mark.slow

VISITORS = 4
PRINTERS = ("Till", "Back")
CLAIMS = {"Till": Claim("Till", ("badge",), ("Back",)), "Back": Claim("Back", ("badge",), ("Till",))}

visitor = st.integers(0, VISITORS - 1)
printer = st.sampled_from(PRINTERS)
pause = st.sampled_from((0, 1, 5, 40, -3_600, 3_600))


@dataclass(frozen=True)
class Held:
    """What a printer has in hand."""

    job: UUID
    attempt: int
    visitor: int


class Desk(RuleBasedStateMachine):
    """A desk with two printers. `paper` is what came out; `leave` is how often a person allowed another one.

    What comes out is only ever what a printer holds, and it says so afterwards, or loses the word.
    """

    template: Path

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        file = Path(self.folder.name) / "desk.db"
        shutil.copy(self.template, file)
        self.database = Database(file)
        self.now = builders.TUESDAY
        with self.write() as session:
            builders.centre(session)
            made = [builders.visit(session, f"Konuk {'abcd'[n]}") for n in range(VISITORS)]
            self.visits = [visit.id for visit in made]
            self.jobs = dict(enumerate(print_jobs.ask_badges(session, self.visits, at=self.now)))
        self.held: dict[str, Held] = {}
        self.paper: Counter[int] = Counter()
        self.leave: Counter[int] = Counter()

    def teardown(self) -> None:
        try:
            self._everything_that_waits_comes_out_in_the_end()
            self.nothing_is_printed_twice_without_a_person_saying_so()
        finally:
            self.database.close()
            self.folder.cleanup()

    def _everything_that_waits_comes_out_in_the_end(self) -> None:
        self.now += timedelta(minutes=1)
        waits = {who for who in self.jobs if self._state(who) == JobState.WAITING}
        for _n in range(2 * VISITORS):
            if self.held:
                self.comes_out(PRINTERS[0], JobState.PRINTED)
            for name in PRINTERS:
                if name not in self.held:
                    self.take(name)
        for who in waits:
            assert self._state(who) == JobState.PRINTED
            assert self.paper[who] >= 1

    @contextmanager
    def write(self) -> Iterator[Session]:
        with self.database.begin() as session:
            yield session

    @rule(who=visitor, name=st.sampled_from(("", *PRINTERS)))
    def ask_again(self, who: int, name: str) -> None:
        with self.write() as session:
            jobs = print_jobs.ask_badges(session, [self.visits[who]], at=self.now, printer=name)
        assert jobs == [self.jobs[who]]

    @precondition(lambda self: len(self.held) < len(PRINTERS))
    @rule(name=printer)
    def take(self, name: str) -> None:
        if name in self.held:
            [name] = set(PRINTERS) - {name}
        with self.write() as session:
            job = print_jobs.take_next(session, CLAIMS[name], at=self.now)
        if job:
            who = next(who for who, one in self.jobs.items() if one == job.id)
            self.held[name] = Held(job.id, job.attempts, who)

    @precondition(lambda self: self.held)
    @rule(name=printer, trouble=st.sampled_from((None, Trouble.PAPER_OUT)))
    def tell(self, name: str, trouble: Trouble | None) -> None:
        held = self.held.get(name) or next(iter(self.held.values()))
        with self.write() as session:
            print_jobs.tell(session, held.job, held.attempt, trouble)

    @precondition(lambda self: self.held)
    @rule(name=printer, state=st.sampled_from((JobState.PRINTED, JobState.SENT)))
    def comes_out(self, name: str, state: JobState) -> None:
        held = self._let_go(name)
        self.paper[held.visitor] += 1
        self._finish(held, state, None)

    @precondition(lambda self: self.held)
    @rule(name=printer)
    def nothing_comes_out(self, name: str) -> None:
        self._finish(self._let_go(name), JobState.WAITING, Trouble.AWAY)

    @precondition(lambda self: self.held)
    @rule(name=printer, is_out=st.booleans())
    def the_line_is_cut(self, name: str, is_out: bool) -> None:
        held = self._let_go(name)
        self.paper[held.visitor] += is_out
        self._finish(held, JobState.UNSURE, Trouble.CUT_OFF)

    @precondition(lambda self: self.held)
    @rule(out=st.sets(printer))
    def power_is_cut(self, out: set[str]) -> None:
        for name, held in self.held.items():
            self.paper[held.visitor] += name in out
        self.held.clear()
        self.database.close()
        self.database = Database(self.database.path)
        with self.write() as session:
            print_jobs.recover(session, at=self.now)

    @rule(who=visitor)
    def a_person_says_it_came_out(self, who: int) -> None:
        self._decide(who, print_jobs.came_out)

    @rule(who=visitor, name=st.sampled_from(("", *PRINTERS)))
    def a_person_wants_it_again(self, who: int, name: str) -> None:
        was = self._state(who)
        if self._decide(who, lambda s, job, at: print_jobs.print_again(s, job, at=at, printer=name)):
            self.leave[who] += was in (JobState.UNSURE, JobState.SENDING)

    @rule(who=visitor, name=printer)
    def move(self, who: int, name: str) -> None:
        with self.write() as session:
            print_jobs.move(session, [self.jobs[who]], name, at=self.now)

    @rule(who=visitor)
    def cancel(self, who: int) -> None:
        with self.write() as session:
            print_jobs.cancel(session, [self.jobs[who]], at=self.now)

    @rule(who=visitor)
    def bring_back(self, who: int) -> None:
        with self.write() as session:
            print_jobs.bring_back(session, [self.jobs[who]], at=self.now)

    @rule(name=printer, is_well=st.booleans())
    def a_printer_is_looked_at(self, name: str, is_well: bool) -> None:
        with self.write() as session:
            if is_well:
                print_jobs.wake(session, CLAIMS[name], at=self.now)
            else:
                print_jobs.wait_on(session, CLAIMS[name], Trouble.COVER_OPEN)

    @rule(seconds=pause)
    def time_goes_by_or_the_clock_is_set(self, seconds: int) -> None:
        self.now += timedelta(seconds=seconds)

    @invariant()
    def nothing_is_printed_twice_without_a_person_saying_so(self) -> None:
        for who, count in self.paper.items():
            assert count <= 1 + self.leave[who]

    @invariant()
    def what_is_being_sent_is_in_the_hands_of_a_printer(self) -> None:
        for who in self.jobs:
            if self._state(who) == JobState.SENDING:
                assert any(held.visitor == who for held in self.held.values())

    def _let_go(self, name: str) -> Held:
        return self.held.pop(name if name in self.held else next(iter(self.held)))

    def _finish(self, held: Held, state: JobState, trouble: Trouble | None) -> None:
        with self.write() as session:
            print_jobs.finish(session, held.job, held.attempt, state, trouble, at=self.now)

    def _state(self, who: int) -> JobState:
        with self.database.read() as session:
            return JobState(session.get_one(PrintJob, self.jobs[who]).state)

    def _decide(self, who: int, decide: Callable[..., object]) -> bool:
        try:
            with self.write() as session:
                decide(session, self.jobs[who], at=self.now)
        except Refusal:
            return False
        return True


def test_nothing_is_lost_and_nothing_doubled_in_any_order(empty_file: Path) -> None:
    Desk.template = empty_file
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=100,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
        ),
    )
