"""Printers: five hundred badges asked for in one action, and what one that hangs costs the clerk."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

from sqlalchemy import delete

from civicdesk.database import Changes, Database
from civicdesk.desk import print_jobs, visits
from civicdesk.models import PrintJob
from civicdesk.printing.printers.thermal import ThermalPrinter
from civicdesk.printing.queue import Line, PrintQueue
from civicdesk.printing.sheets import sheet_for
from civicdesk.rehearsal.thermal_printer import ThermalPrinter as Loopback
from civicdesk.settings import PrinterSettings
from tests.bench import centres
from tests.bench.paper import fill
from tests.bench.rows import Row, Times, percentile, timed, within

MANY = 500
_RUNS, _QUICK_RUNS = 300, 60
_PATIENCE_S = 60.0


def rows(*, quick: bool) -> Iterator[Row]:
    runs = _QUICK_RUNS if quick else _RUNS
    with centres.copy() as file:
        clock = centres.OpenHours()
        fill(file, clock, MANY)
        yield _queued(file, clock, runs // 15)
        alone = _check_ins(file, clock, runs)
        for words, faults in _FAULTS:
            with Loopback() as printer, _at_work(file, clock, printer) as (database, answers):
                printer.set(**faults)
                with database.begin() as session:
                    asked = [visit.id for visit in visits.inside(session)[:MANY]]
                    print_jobs.ask_badges(session, asked, at=clock().astimezone(UTC))
                assert answers(), "the printer was never asked to print"
                beside = _check_ins(file, clock, runs, database)
                printer.refuse()
            yield within(
                f"check-in while a printer {words}",
                beside,
                p99=50,
                limit=alone,
                limit_is=f"without a printer (p99 {percentile(alone, 99):.2f})",
            )


_FAULTS: tuple[tuple[str, dict[str, object]], ...] = (
    ("hangs", {"deaf": True}),
    (f"prints {MANY} badges", {}),
)


def _queued(file: Path, clock: centres.OpenHours, runs: int) -> Row:
    """All badges of a full house asked for by one tap, committed."""
    database = Database(file)
    with database.read() as session:
        inside = [visit.id for visit in visits.inside(session)][:MANY]
    assert len(inside) == MANY

    def ask() -> None:
        with database.begin() as session:
            assert len(print_jobs.ask_badges(session, inside, at=clock().astimezone(UTC))) == MANY

    taken: Times = []
    for _n in range(runs + 1):
        with database.begin() as session:
            session.execute(delete(PrintJob))
        taken.append(timed(ask))
    with database.begin() as session:
        session.execute(delete(PrintJob))
    database.close()
    return within(f"{MANY} badges queued in one action", taken[1:], p99=100)


def _check_ins(file: Path, clock: centres.OpenHours, runs: int, shared: Database | None = None) -> Times:
    """Check-ins one after the other, as a clerk's taps are: with a moment between them."""
    database = shared or Database(file)
    between = threading.Event()
    taken: Times = []
    for n in range(runs):
        at = clock.forward().astimezone(UTC)
        arrival = visits.Arrival(name=f"Geleni {_word(n)} {_word(int(clock().timestamp()))}")

        taken.append(timed(partial(_check_in, database, arrival, at)))
        between.wait(0.005)
    if shared is None:
        database.close()
    return taken[1:]


def _check_in(database: Database, arrival: visits.Arrival, at: datetime) -> None:
    with database.begin() as session:
        visits.check_in(session, arrival, at=at, override="a full house", is_namesake=True)


@contextmanager
def _at_work(
    file: Path, clock: centres.OpenHours, printer: Loopback
) -> Iterator[tuple[Database, Callable[[], bool]]]:
    """The print queue on this file; the second is whether a job was taken, waited for."""
    taken = threading.Event()

    def note(changes: Changes) -> None:
        if PrintJob in changes and PrintQueue.is_at_work():
            taken.set()

    database = Database(file, on_change=note)
    queue = PrintQueue(
        database,
        make=ThermalPrinter,
        draw=sheet_for,
        at=lambda: clock().astimezone(UTC),
        told=lambda _name, _status: None,
        bug=_raise,
    )
    settings = PrinterSettings(
        name="Till", link="network", address=printer.address, answers=False, patience_s=_PATIENCE_S
    )
    queue.use([Line(settings, ("badge",))])

    def is_taken() -> bool:
        queue.wake()
        return taken.wait(_PATIENCE_S)

    yield database, is_taken
    queue.stop()
    with database.begin() as session:
        session.execute(delete(PrintJob))
    database.close()


def _raise(bug: BaseException) -> None:
    raise bug


def _word(n: int) -> str:
    return "".join(chr(97 + n // 26**place % 26) for place in range(6)).capitalize()
