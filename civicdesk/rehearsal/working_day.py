"""A Saturday afternoon at the demo centre, from the PIN to closing time."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QApplication, QLineEdit
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from civicdesk import codes, demo
from civicdesk.app import CivicDesk
from civicdesk.desk import audit, invitations, visits
from civicdesk.models import AuditEntry, Badge, HeadTotal, How, Invitation, Scan, Visit, Visitor
from civicdesk.rehearsal.codes_on_paper import read_codes
from civicdesk.rehearsal.paper_part import PaperPart
from civicdesk.rehearsal.post_day import PostDay
from civicdesk.rehearsal.report import Report, Step
from civicdesk.rehearsal.reports_part import ReportsPart
from civicdesk.rehearsal.rooms_part import RoomsPart
from civicdesk.rehearsal.stage import Missing, Stage, StageClock
from civicdesk.text import _, number, use_language
from civicdesk.ui.desk_window import DeskWindow

_SHOP = "8690504012345"
_SITE = "https://example.com/i/8812"


def play_day(qt: QApplication, out: Path, report: Report) -> None:
    """Play the day."""
    day = WorkingDay(qt, out, report)
    try:
        day.play()
    finally:
        day.close()


class WorkingDay:
    """The steps of the day, in the order of the day."""

    def __init__(self, qt: QApplication, out: Path, report: Report) -> None:
        self.report, self.out = report, out
        self.clock = StageClock(demo.NOW)
        self.civicdesk = CivicDesk(qt, is_demo=True, database=out / "demo.db")
        self.civicdesk.clock = self.clock
        self.stage = Stage(self.civicdesk, out / "pictures")
        self.papers: list[Path] = []
        self.paper = PaperPart(self.civicdesk, self.stage, out)
        self.post = PostDay(self.civicdesk, self.stage, out, self.papers)

    def play(self) -> None:
        """Every step, even after one that fails; without a desk there is nothing to play."""
        steps: tuple[tuple[str, Callable[[Step], None]], ...] = (
            ("The demo centre is made and the desk opens locked", self._open),
            ("A wrong code is refused, the right one opens the desk", self._sign_in),
            ("Today shows who is expected, inside and where", self._today),
            *ReportsPart(self.civicdesk, self.stage, self.out).steps(),
            ("A returning visitor is found by three letters and checked in with a badge", self._check_in),
            ("Every code on the badge reads", self._read_badge),
            ("The same tap again does nothing twice", self._once),
            ("A badge checks its visitor out while somebody types in a field", self._scan_out),
            ("The same badge ten times in a second is one check-out", self._ten_scans),
            ("Codes of a shop and of a site, and a damaged one, are refused with a reason", self._foreign),
            ("An expected visitor comes in with one scan of the pass", self._pass),
            ("A visitor is expected, and gets a pass", self._invite),
            ("A national ID number is refused", self._national_id),
            *self.paper.steps(),
            ("English, dark, high contrast, large letters, portrait", self._looks),
            *RoomsPart(self.civicdesk, self.stage).steps(),
            *self.post.steps(),
            ("Heads are counted without names", self._heads),
            ("The evacuation list is one tap away", self._evacuation),
            ("Half-typed text survives the lock, and the list is there while locked", self._lock),
            ("Closing time takes as left whoever is still inside", self._closing),
            ("The audit trail is whole", self._trail),
        )
        for title, act in steps:
            with self.report.step(title) as step:
                act(step)
            if self.civicdesk.desk is None:
                return

    def close(self) -> None:
        """Put the desk away."""
        self.civicdesk.window.close()
        self.civicdesk.close()
        self.paper.close()
        self.post.close()

    def _read(self, query: Callable[[Session], object]) -> object:
        runner = self.civicdesk.runner
        assert runner is not None
        with runner.database.read() as session:
            return query(session)

    def _number(self, query: Callable[[Session], int | None]) -> int:
        found = self._read(query)
        return found if isinstance(found, int) else 0

    def _open(self, step: Step) -> None:
        self.civicdesk.show()
        self.stage.wait(lambda: self.civicdesk.desk is not None, "the desk did not open")
        desk = self.civicdesk.desk
        assert desk is not None
        self.stage.come_to_the_front()
        desk.paper.made.connect(self.papers.append)
        self.stage.sees("Elif Aksoy")
        visitors = self._number(lambda session: session.scalar(select(func.count()).select_from(Visitor)))
        step.checks.append(f"{visitors} visitors in the demo centre")
        self.stage.picture("01-lock")

    def _sign_in(self, step: Step) -> None:
        self._pin("111222")
        self.stage.wait(self._is_refused, "the wrong code was not refused")
        self.stage.picture("02-wrong-code")
        self._pin(demo.PIN)
        self.stage.wait(lambda: not self._desk().is_locked, "the right code did not open the desk")
        step.checks.append("wrong code refused, right code accepted")

    def _is_refused(self) -> bool:
        return self._number(lambda session: session.scalar(_count_audit("wrong_pin"))) > 0

    def _today(self, step: Step) -> None:
        self.stage.sees(_("Expected visitors"))
        self.stage.sees("47")
        self.stage.picture("03-today")
        step.checks.append("47 inside, as the demo centre was made")

    def _check_in(self, step: Step) -> None:
        before = self._inside()
        self.stage.touch("today_check_in")
        self.stage.click("visitor_name")
        self.stage.touch_keys("sel")
        self.stage.wait(lambda: self.stage.is_there("suggestion_1"), "no suggestion for “sel”")
        self.stage.picture("04-suggestions")
        self.stage.touch("suggestion_1")
        field = self.stage.find("visitor_name")
        if not isinstance(field, QLineEdit) or field.text() == "sel":
            raise Missing("the suggestion was not taken")
        self.stage.wait(lambda: not self.stage.is_there("keyboard_dock"), "the keyboard stays in the way")
        self.stage.picture("05-check-in")
        self.stage.touch("check_in_and_print")
        self._allow_namesake()
        self.stage.wait(lambda: self._inside() == before + 1, "nobody came in")
        self.stage.wait(lambda: bool(self.papers), "no badge was made")
        step.checks.append(f"badge {self.papers[-1].name}")
        self.stage.picture("06-checked-in")

    def _allow_namesake(self) -> None:
        if self.stage.is_there("refusal_action_1"):
            self.stage.touch("refusal_action_1")

    def _read_badge(self, step: Step) -> None:
        found = read_codes(self.papers[-1])
        if found is None:
            step.checks.append("no reader installed; not checked")
            return
        latest = self._latest_badge()
        if found != [latest.code]:
            raise Missing(f"the badge reads {found}, not {latest.code}")
        step.checks.append("the code on the paper is the code in the database")

    def _once(self, step: Step) -> None:
        before = self._inside()
        for _again in range(2):
            self.stage.touch("check_in_and_print")
        if self._inside() != before:
            raise Missing("somebody came in without a name")
        step.checks.append("an empty form checks nobody in")

    def _scan_out(self, step: Step) -> None:
        badge = self._latest_badge()
        before = self._inside()
        self.stage.write("visitor_name", "Yarım ad")
        self.stage.scan(badge.code)
        self.stage.wait(lambda: self._inside() == before - 1, "the scan did not check out")
        field = self.stage.find("visitor_name")
        if not isinstance(field, QLineEdit) or field.text() != "Yarım ad":
            raise Missing("the scan reached the field")
        step.checks.append("the field still says “Yarım ad”")
        self.stage.picture("07-checked-out")
        self.stage.click("clear_form")

    def _ten_scans(self, step: Step) -> None:
        visit = self._read(lambda session: visits.inside(session)[0])
        assert isinstance(visit, Visit)
        badge = self._read(lambda session: visits.badge_of(session, visit.id))
        assert isinstance(badge, Badge)
        before, scans = self._inside(), self._scans()
        self.clock.forward(minutes=1)
        for _again in range(10):
            self.stage.scan(badge.code)
        self.stage.wait(lambda: self._scans() == scans + 10, "not every scan was kept")
        if self._inside() != before - visit.people:
            raise Missing(f"{before - self._inside()} people went out")
        step.checks.append("ten scans kept, one check-out")

    def _foreign(self, step: Step) -> None:
        good = codes.make(codes.Kind.BADGE)
        damaged = good[:-1] + str((int(good[-1]) + 1) % 10)
        for code, picture in ((_SHOP, "08-shop-code"), (_SITE, ""), (damaged, "09-damaged-code"), (good, "")):
            before = self._scans()
            self.stage.scan(code)
            self.stage.wait(partial(self._scans_are, before + 1), f"the scan of {code} was not kept")
            if picture:
                self.stage.picture(picture)
        results = self._read(_latest_results)
        if results != ["unknown", "damaged", "foreign", "foreign"]:
            raise Missing(f"the answers were {results}")
        step.checks.append("foreign, foreign, damaged, unknown")

    def _pass(self, step: Step) -> None:
        invitation = self._read(lambda session: invitations.expected(session, self.clock())[3])
        assert isinstance(invitation, Invitation)
        self.clock.at = max(self.clock.at, invitation.expected_at)
        self.stage.click("rail_today")  # somebody is at the desk by then, so it does not lock itself
        self.stage.picture("10-today-again")
        before = self._inside()
        self.stage.scan(invitation.code)
        self.stage.wait(lambda: self._inside() == before + invitation.people, "the pass let nobody in")
        self.stage.sees(invitation.visitor.name)
        self.stage.picture("11-welcome")
        step.checks.append("one scan, inside, with a badge")

    def _invite(self, step: Step) -> None:
        before = self._number(_invitations)
        self.stage.click("rail_today")
        self.stage.click("today_invite")
        self.stage.write("invite_name", "Çiğdem Şükrüoğlu")
        self.stage.picture("12-expect")
        self.stage.click("invite_save")
        self.stage.wait(lambda: self._number(_invitations) == before + 1, "nobody is expected")
        self.stage.picture("13-pass")
        step.checks.append("a pass with a code was made")

    def _national_id(self, step: Step) -> None:
        before = self._inside()
        self.stage.click("rail_check_in")
        self.stage.write("visitor_name", "Ali 10000000146")
        self.stage.click("check_in_and_print")
        self.stage.picture("14-national-id")
        if self._inside() != before:
            raise Missing("a national ID number was kept")
        self.stage.click("clear_form")
        step.checks.append("refused, with the reason at the field")

    def _heads(self, step: Step) -> None:
        before = self._number(_counted)
        self.stage.click("rail_head_count")
        self.stage.touch("count_add_5_adult*")
        self.stage.wait(lambda: self._number(_counted) > before, "nobody was counted")
        self.stage.picture("15-head-count")
        step.checks.append(f"{self._number(_counted) - before} more counted")

    def _evacuation(self, step: Step) -> None:
        papers = len(self.papers)
        self.stage.click("rail_evacuation")
        self.stage.picture("16-evacuation")
        self.stage.click("evacuation_print")
        self.stage.wait(lambda: len(self.papers) > papers, "no list was made")
        step.checks.append(f"list {self.papers[-1].name}, {self.papers[-1].stat().st_size} bytes")

    def _lock(self, step: Step) -> None:
        self.stage.click("rail_check_in")
        self.stage.write("visitor_name", "Yarım kalan")
        self.clock.forward(minutes=6)
        self._desk().tick()
        if not self._desk().is_locked:
            raise Missing("the desk did not lock itself")
        self.stage.click("lock_evacuation")
        self.stage.picture("17-evacuation-while-locked")
        self.stage.click("evacuation_back")
        self._pin(demo.PIN)
        self.stage.wait(lambda: not self._desk().is_locked, "the desk stayed locked")
        self.stage.click("rail_check_in")
        field = self.stage.find("visitor_name")
        if not isinstance(field, QLineEdit) or field.text() != "Yarım kalan":
            raise Missing(f"the half-typed name is gone: {getattr(field, 'text', str)()!r}")
        self.stage.click("clear_form")
        step.checks.append("locked after inactivity, text kept")

    def _looks(self, step: Step) -> None:
        self.stage.click("rail_visitors")
        self.stage.picture("25-visitors")
        self.stage.click("rail_settings")
        self.stage.picture("26-settings")
        self.stage.click("rail_today")
        settings = self._desk().settings
        looks: tuple[tuple[str, dict[str, object], QSize], ...] = (
            ("18-today-english", {"language": "en"}, QSize(1366, 768)),
            ("19-today-dark", {"theme": "dark"}, QSize(1366, 768)),
            ("20-today-contrast", {"theme": "contrast"}, QSize(1366, 768)),
            ("21-today-large", {"scale": 2.0}, QSize(1366, 768)),
            ("22-today-portrait", {}, QSize(1080, 1920)),
            ("23-today-1080", {}, QSize(1920, 1080)),
        )
        for name, change, size in looks:
            self._desk().settings_wanted.emit(settings.with_(**change))
            self.stage.settle()
            self.civicdesk.window.resize(size)
            picture = self.stage.picture(name)
            if self.civicdesk.window.size() != size:
                raise Missing(f"{picture.name}: the screens need {self.civicdesk.window.size().toTuple()}")
        self._desk().settings_wanted.emit(settings)
        self.civicdesk.window.resize(1366, 768)
        use_language(settings.language)
        step.checks.append(f"{len(looks)} pictures")

    def _closing(self, step: Step) -> None:
        self.clock.at = demo.NOW.replace(hour=15, minute=1)  # 18:01 in Istanbul
        self._desk().tick()
        self.stage.settle()
        left = self._number(lambda session: session.scalar(_count_presumed()))
        if self._inside() or not left:
            raise Missing(f"{self._inside()} are inside after closing time")
        self.stage.picture("24-after-closing")
        step.checks.append(f"{number(left)} visits taken as left, marked as presumed")

    def _trail(self, step: Step) -> None:
        broken = self._read(lambda session: list(audit.broken(session)))
        if broken:
            raise Missing("an entry of the audit trail was changed")
        step.checks.append("every entry seals the one before it")

    def _pin(self, pin: str) -> None:
        self.stage.sign_in(0, pin)

    def _desk(self) -> DeskWindow:
        assert self.civicdesk.desk is not None
        return self.civicdesk.desk

    def _inside(self) -> int:
        return self._number(lambda session: sum(visit.people for visit in visits.inside(session)))

    def _scans_are(self, count: int) -> bool:
        return self._scans() == count

    def _scans(self) -> int:
        return self._number(lambda session: session.scalar(select(func.count()).select_from(Scan)))

    def _latest_badge(self) -> Badge:
        badge = self._read(lambda session: session.scalar(select(Badge).order_by(Badge.id.desc()).limit(1)))
        assert isinstance(badge, Badge)
        return badge


def _count_audit(action: str) -> Select[int]:
    return select(func.count()).select_from(AuditEntry).where(AuditEntry.action == action)


def _count_presumed() -> Select[int]:
    return (
        select(func.count())
        .select_from(Visit)
        .where(Visit.left_how == How.PRESUMED, Visit.arrived_at > demo.NOW - timedelta(hours=15))
    )


def _latest_results(session: Session) -> list[str]:
    return list(session.scalars(select(Scan.result).order_by(Scan.id.desc()).limit(4)))


def _invitations(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Invitation)) or 0


def _counted(session: Session) -> int:
    return session.scalar(select(func.sum(HeadTotal.people))) or 0
