"""A desk with a print queue at work, for tests: real printers on loopback, a real file, no waiting by the clock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from datetime import datetime
from uuid import UUID

import zxingcpp
from PIL import Image
from sqlalchemy import select

from civicdesk.database import Changes, Database
from civicdesk.desk import print_jobs, visits
from civicdesk.models import Badge, JobState, PrintJob, Visit
from civicdesk.printing.printers.port import Printer, Status
from civicdesk.printing.printers.thermal import ThermalPrinter
from civicdesk.printing.queue import Line, PrintQueue
from civicdesk.printing.sheets import sheet_for
from civicdesk.rehearsal import thermal_printer
from civicdesk.settings import PrinterSettings
from tests.builders import TUESDAY

PATIENCE_S = 60


class Desk:
    """A file, a queue and what was told; `wait` looks whenever something was written or told."""

    def __init__(
        self, database: Database, make: Callable[[PrinterSettings], Printer] = ThermalPrinter
    ) -> None:
        self.database, self.now = database, TUESDAY
        self.told: list[tuple[str, Status]] = []
        self.bugs: list[BaseException] = []
        self._changed = threading.Condition()
        database.on_change = self._note
        self.queue = PrintQueue(
            database, make=make, draw=sheet_for, at=self.at, told=self._hear, bug=self._catch, desk="desk-1"
        )

    def at(self) -> datetime:
        return self.now

    def come(self, *names: str) -> list[UUID]:
        """Visitors who check in; their visits."""
        with self.database.begin() as session:
            made = [visits.check_in(session, visits.Arrival(name=name), at=self.now) for name in names]
            return [visit.id for visit in made]

    def ask(self, visit_ids: Iterable[UUID], printer: str = "") -> list[UUID]:
        with self.database.begin() as session:
            return print_jobs.ask_badges(session, visit_ids, at=self.now, printer=printer)

    def codes(self, visit_ids: Iterable[UUID]) -> set[str]:
        """What stands in the codes of these visits' badges."""
        with self.database.read() as session:
            return set(session.scalars(select(Badge.code).where(Badge.visit_id.in_(list(visit_ids)))))

    def states(self) -> dict[str, JobState]:
        """What became of each job, by the number on the badge."""
        with self.database.read() as session:
            return {job.label: JobState(job.state) for job in session.scalars(select(PrintJob))}

    def troubles(self) -> list[str]:
        with self.database.read() as session:
            return list(session.scalars(select(PrintJob.trouble).order_by(PrintJob.asked_at, PrintJob.id)))

    def wait(self, until: Callable[[], bool], otherwise: str = "") -> None:
        with self._changed:
            if not self._changed.wait_for(until, PATIENCE_S):
                raise AssertionError(f"{otherwise or 'it never came to that'}: {self.states()}, {self.bugs}")

    def wait_for(self, *states: JobState) -> None:
        """Wait until nothing stands in any other state."""
        self.wait(lambda: self._found() <= set(states), f"not everything is {states}")

    def _found(self) -> set[str]:
        with self.database.read() as session:
            return set(session.scalars(select(PrintJob.state).distinct()))

    def _note(self, changes: Changes) -> None:
        with self._changed:
            self._changed.notify_all()
        if PrintJob in changes and not PrintQueue.is_at_work():
            self.queue.wake()

    def _hear(self, name: str, status: Status) -> None:
        with self._changed:
            self.told.append((name, status))
            self._changed.notify_all()

    def _catch(self, bug: BaseException) -> None:
        with self._changed:
            self.bugs.append(bug)
            self._changed.notify_all()


def till(printer: thermal_printer.ThermalPrinter, name: str = "Till", **values: object) -> PrinterSettings:
    """The settings of a printer on loopback, which is not waited for long unless told otherwise."""
    given = {"patience_s": 1.0, **values}
    return PrinterSettings(name=name, link="network", address=printer.address, **given)  # type: ignore[arg-type]


def line(settings: PrinterSettings, *kinds: str, **stand_ins: str) -> Line:
    return Line(settings, kinds, stand_ins)


def on_paper(printer: thermal_printer.ThermalPrinter) -> list[str]:
    """The codes that came out, whether the printer drew them or got them as dots."""
    return [code for badge in list(printer.printed) for code in badge.codes or _read(badge.image)]


def _read(image: Image.Image) -> list[str]:
    if not image.height:
        return []  # cut off after a reset, before anything new was on it
    found = zxingcpp.read_barcodes(image.convert("L"), formats=zxingcpp.BarcodeFormat.QRCode)
    return [code.text for code in found]


def names(count: int) -> list[str]:
    """So many names, no two alike."""
    return [
        "Konuk " + "".join(chr(97 + n // 26**place % 26) for place in range(3)).capitalize()
        for n in range(count)
    ]


def newest(database: Database) -> Visit:
    with database.read() as session:
        return visits.inside(session)[0]
