"""The part of the day that is about paper: a printer is added, runs out, breaks off, and loses nothing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk import demo
from civicdesk.app import CivicDesk
from civicdesk.database import Database
from civicdesk.desk import print_jobs, staff, visits
from civicdesk.models import Badge, JobState, PaperKind, PrintJob
from civicdesk.rehearsal.codes_on_paper import codes_in
from civicdesk.rehearsal.report import Step
from civicdesk.rehearsal.stage import Missing, Stage
from civicdesk.rehearsal.thermal_paper import Badge as Paper
from civicdesk.rehearsal.thermal_printer import ThermalPrinter
from civicdesk.text import _
from civicdesk.ui.desk_window import DeskWindow
from civicdesk.ui.pages.settings.reader_card import CardPicture

_SOME_BADGES = 9_000
"""Rows of dots on a roll that ends in the midst of everybody's badges."""

_HALF_A_BADGE = 20_000
"""Bytes after which a badge has begun to come out."""

_BLANK = 100
"""Rows of dots below which a cut paper carries nothing."""

T = TypeVar("T")


class PaperPart:
    """Works with a thermal printer on a real port of this computer, through the screens."""

    def __init__(self, civicdesk: CivicDesk, stage: Stage, out: Path) -> None:
        self.civicdesk, self.stage, self.out = civicdesk, stage, out
        self.printer = ThermalPrinter()

    def steps(self) -> tuple[tuple[str, Callable[[Step], None]], ...]:
        """What is played, in order."""
        return (
            ("A printer is added by its address, and its test card comes out", self._add),
            ("A reader is tried with the test card; the design of the badge is looked at", self._set_up),
            ("The first badge is looked at, then it comes out", self._first),
            ("Paper runs out among everybody's badges; after a new roll each is there once", self._run_out),
            (
                "A printer that breaks off in mid-badge: the desk asks, and prints again when told",
                self._break,
            ),
            ("Every code on the paper reads; nothing twice, nothing lost", self._read_paper),
            ("The printer is taken away; badges are files again", self._remove),
        )

    def close(self) -> None:
        """Switch the printer off."""
        if self.printer.port:
            self.printer.__exit__(None, None, None)

    def _add(self, step: Step) -> None:
        self.printer.__enter__()
        stage = self.stage
        self._change_to("Deniz Polat")
        stage.click("rail_settings")
        stage.click("settings_row_printers")
        stage.click("printers_new")
        stage.write("printer_name", "Giriş yazıcısı")
        stage.write("printer_address", self.printer.address)
        stage.click("printer_try_address")
        stage.sees(_("The printer answers and is ready."))
        stage.picture("30-printer-added")
        stage.click("printer_save")
        stage.read_notice()
        stage.click("printer_giri__yaz_c_s__try")
        self._wait_for(lambda: len(self._papers()) == 1, "no test card came out")
        stage.wait(lambda: self._states() == {JobState.PRINTED: 1}, "the desk does not know that it came out")
        stage.picture("31-printer-tried")
        stage.click("trial_close")
        step.checks.append("the test card came out, and the desk says so because the printer did")

    def _set_up(self, step: Step) -> None:
        stage = self.stage
        stage.click("settings_row_reader")
        card = stage.find("reader_test_card")
        assert isinstance(card, CardPicture)
        stage.scan(card.code)
        stage.sees(_("Test card: the reader works"))
        stage.picture("28-reader")
        stage.click("settings_row_badges")
        stage.picture("29-badge-design")
        step.checks.append("the page says that the reader works")

    def _first(self, step: Step) -> None:
        stage = self.stage
        stage.click("rail_visitors")
        stage.click("visitors_all_badges")
        stage.wait(lambda: stage.is_there("preview_print"), "the first badge was not shown")
        stage.wait(lambda: stage.find("preview_print").isEnabled(), "the first badge was not drawn")
        stage.picture("32-first-badge")
        self.printer.reload(_SOME_BADGES)
        stage.click("preview_print")
        step.checks.append("shown page by page, with its printer")

    def _run_out(self, step: Step) -> None:
        stage, everybody = self.stage, len(self._read(visits.inside))
        self._wait_for(lambda: self.printer.faults.paper_out, "the roll did not end")
        stage.wait(lambda: self._waiting() > 0, "nothing waits")
        stage.click("rail_today")
        stage.wait(self._chip_complains, "the chip does not say that there is no paper")
        stage.read_notice()
        stage.picture("33-no-paper-today")
        stage.click("chip_printer")
        stage.picture("34-no-paper-queue")
        out = len(self._papers())
        self.printer.reload()
        self._wait_for(lambda: len(self._papers()) == everybody + 1, "not every badge came out")
        stage.wait(lambda: self._states() == {JobState.PRINTED: everybody + 1}, "not every job is settled")
        stage.picture("35-queue-done")
        step.checks.append(f"{out - 1} came out before the roll ended, {everybody} in all, each once")

    def _break(self, step: Step) -> None:
        stage, before = self.stage, len(self._papers())
        visit = self._read(lambda session: visits.inside(session)[0])
        self.printer.reset_after(_HALF_A_BADGE)
        with self._database().begin() as session:
            visits.reprint(session, visit.id, at=self._at())
        self._desk().paper.badge(visit.id)
        stage.wait(lambda: self._states().get(JobState.UNSURE) == 1, "the desk does not ask")
        if len(self._papers()) != before:
            raise Missing("a badge came out of a printer that broke off")
        stage.read_notice()
        stage.picture("36-did-it-come-out")
        stage.click("queue_banner_2")
        self._wait_for(lambda: len(self._papers()) == before + 1, "it was not printed again")
        stage.wait(lambda: JobState.UNSURE not in self._states(), "the desk still asks")
        step.checks.append("asked, answered, printed once more")

    def _read_paper(self, step: Step) -> None:
        folder = self.out / "paper"
        folder.mkdir(exist_ok=True)
        for place, paper in enumerate(self._papers()):
            paper.image.save(folder / f"{place:02}.png")
        read = [codes_in(paper.image) for paper in self._papers()]
        if None in read:
            step.checks.append("no reader installed; the codes were not read")
            return
        found = [code for codes in read for code in codes or ()]
        wanted = self._read(_codes_of_badges)
        badges = [code for code in found if code in wanted]
        if not badges or len(found) != len(self._papers()):
            raise Missing(f"{len(found)} codes read on {len(self._papers())} papers")
        if sorted(badges) != sorted(wanted):
            raise Missing(f"{len(badges)} badges on paper, {len(wanted)} in the queue")
        step.checks.append(
            f"{len(found)} papers in {folder.name}, every code read, {len(wanted)} badges once each"
        )

    def _remove(self, step: Step) -> None:
        desk = self._desk()
        desk.settings_wanted.emit(desk.settings.with_(printers=(), routes={}))
        self.stage.wait(
            lambda: not desk.paper.printers.printer_of(PaperKind.BADGE), "the printer is still set"
        )
        self.close()
        self._change_to("Elif Aksoy")
        step.checks.append("no printer is set")

    def _papers(self) -> list[Paper]:
        """What came out, without the blank strips that a printer cuts off after it broke off."""
        return [paper for paper in list(self.printer.printed) if paper.image.height > _BLANK]

    def _change_to(self, name: str) -> None:
        """Lock the desk and have somebody else sign in."""
        names = [member.name for member in self._read(staff.everyone)]
        self.stage.read_notice()
        self.stage.click("lock")
        self.stage.sign_in(names.index(name), demo.PIN)
        self.stage.wait(lambda: not self._desk().is_locked, f"{name} was not let in")

    def _chip_complains(self) -> bool:
        return self.stage.is_there("chip_printer") and self._desk().top_bar.printer.tone in ("warn", "bad")

    def _wait_for(self, condition: Callable[[], bool], otherwise: str) -> None:
        self.stage.wait(condition, otherwise)

    def _states(self) -> dict[str, int]:
        jobs = self._read(lambda session: list(session.scalars(select(PrintJob.state))))
        return {state: jobs.count(state) for state in set(jobs)}

    def _waiting(self) -> int:
        return self._read(lambda session: sum(print_jobs.count_open(session).values()))

    def _read(self, query: Callable[[Session], T]) -> T:
        with self._database().read() as session:
            return query(session)

    def _at(self) -> datetime:
        assert self.civicdesk.runner is not None
        return self.civicdesk.runner.at()

    def _database(self) -> Database:
        assert self.civicdesk.runner is not None
        return self.civicdesk.runner.database

    def _desk(self) -> DeskWindow:
        assert self.civicdesk.desk is not None
        return self.civicdesk.desk


def _codes_of_badges(session: Session) -> list[str]:
    """The codes of all badges that the queue says came out."""
    done = select(PrintJob.subject_id).where(
        PrintJob.kind == PaperKind.BADGE, PrintJob.state == JobState.PRINTED
    )
    return list(session.scalars(select(Badge.code).where(Badge.id.in_(done))))
