"""The running desk, by what comes to it from outside: keys, a reader, a screen reader, a second start, the end."""

from __future__ import annotations

import random
import shutil
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from civicdesk.database import Database
from civicdesk.desk import audit, centre, hours, opening, setup, visits
from tests import builders
from tests.outside.conftest import until
from tests.outside.halves import halves

if TYPE_CHECKING:
    from tests.outside.conftest import Assistive, Program, Screen

pytestmark = pytest.mark.outside

LAYOUTS = (("us",), ("tr",), ("tr", "-variant", "f"))
SCREENS = ("today", "check_in", "visitors", "settings", "evacuation", "invite")
PAGES = {"check_in": "checkin_page", "today": "today_check_in"}
NAME = "Ad soyad"
GAP_MS = "200"
"""A reader keeps its own time; the one that these tests play is kept waiting when the computer is busy."""
KILLS = 5
BURST = 5


def _now() -> datetime:
    """The time, but not the last minute of a day: at midnight even this centre closes, and everybody goes."""
    at = datetime.now(UTC)
    if (left := hours.midnight_after(at) - at) < timedelta(minutes=1):
        time.sleep(left.total_seconds() + 1)
    return datetime.now(UTC)


@pytest.fixture
def file(empty_file: Path, tmp_path: Path) -> Path:
    """A centre that never closes, so that its day is now, with Deniz and Elif at the desk."""
    path = Path(shutil.copy(empty_file, tmp_path / "desk.db"))
    database, at = Database(path), _now()
    with database.begin() as session:
        builders.centre(session).observes_holidays = False
        opening.set_hours(session, dict.fromkeys(range(7), opening.WHOLE_DAY), at=at)
        builders.member_of_staff(session, "Deniz Polat", builders.Role.MANAGER, pin="135791")
        builders.member_of_staff(session)
        centre.set_mark(session, "setup", setup.DONE, at)
    database.close()
    return path


def _visitors_inside(file: Path, count: int) -> list[str]:
    """Let visitors in; the codes of their badges."""
    database, at = Database(file), _now()
    with database.begin() as session:
        inside = [
            visits.check_in(session, visits.Arrival(name=f"Ziyaretçi {n}"), at=at, key=f"in-{n}")
            for n in range(count)
        ]
        codes = [paper.code for visit in inside if (paper := visits.badge_of(session, visit.id))]
    database.close()
    return codes


def _ask(file: Path, query: str, *values: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(file)) as connection:
        return connection.execute(query, values).fetchall()


def _answers(file: Path, code: str) -> list[tuple[object, ...]]:
    """What the desk answered to a badge, how its visitor left, and what the reader sent."""
    return _ask(
        file,
        "SELECT scan.result, visit.left_how, visit.left_at IS NOT NULL, length(scan.raw) FROM scan"
        " JOIN visit ON visit.id = scan.visit_id WHERE scan.code = ?",
        code,
    )


def _left(file: Path) -> set[object]:
    return {name for (name,) in _ask(file, _LEFT)}


_LEFT = (
    "SELECT visitor.name FROM visit JOIN visitor ON visitor.id = visit.visitor_id"
    " JOIN scan ON scan.visit_id = visit.id AND scan.result = 'checked_out'"
    " JOIN passage ON passage.visit_id = visit.id AND passage.direction = 'out'"
    " WHERE visit.left_at IS NOT NULL"
)


class Desk:
    """The running program on a screen, and somebody who sees it by its accessible names."""

    def __init__(self, screen: Screen, seen: Assistive, file: Path) -> None:
        self.screen, self.seen, self.file = screen, seen, file
        self.program: Program = self._start()

    def start_again(self) -> None:
        """After the end, the same once more."""
        self.program = self._start()

    def _start(self) -> Program:
        program = self.screen.start_python("-m", "civicdesk", "open", "--database", self.file)
        self.seen.wait(name="Kilitli")
        self.screen.wait_for_window("^CivicDesk$")
        return program

    def kill(self) -> None:
        """kill -9."""
        self.program.process.kill()
        self.program.process.wait()

    def sign_in_by_keys(self) -> None:
        """Deniz's tile is chosen from the start; the PIN is typed on the keyboard."""
        self.seen.wait(name="Deniz Polat, kodunuzu girin")
        self.screen.type_keys("135791", delay_ms=60)
        self.screen.press("Return")
        self.seen.wait(handle="today_check_in")

    def sign_in_by_names(self) -> None:
        """Elif signs in, by nothing but the names of the controls."""
        self.seen.press(name="Elif Aksoy, Danışma")
        self.seen.wait(name="Elif Aksoy, kodunuzu girin")
        for digit in builders.PIN:
            self.seen.press(name=digit, role="push button")
        self.seen.press(name="Bitti")
        self.seen.wait(handle="today_check_in")

    def sign_in_by_card(self) -> None:
        """Deniz holds a card under the reader."""
        [(code,)] = _ask(self.file, "SELECT card_code FROM staff WHERE name = 'Deniz Polat'")
        self.screen.scan(str(code))
        self.seen.wait(handle="today_check_in")

    def go(self, way: str) -> None:
        """Open a screen by the rail or from Today."""
        self.seen.press(handle="rail_today" if way == "invite" else f"rail_{way}")
        if way == "invite":
            self.seen.press(handle="today_invite")
        self.seen.wait(handle=PAGES.get(way, f"{way}_page"))
        if way == "check_in":
            self.screen.press("F2")

    def check_in(self, name: str) -> str:
        """Let somebody in by names alone; the notice that says so."""
        self.seen.press(name="Giriş", role="check box")
        self.seen.write(name, name=NAME, role="text")
        self.seen.press(name="Yazdırmadan giriş yap")
        [[number]] = until_found(lambda: _ask(self.file, _NUMBER, name))
        notice = f"{name} içeride · kart {number}"
        self.seen.wait(name=notice)
        return notice


_NUMBER = (
    "SELECT visit.number FROM visit JOIN visitor ON visitor.id = visit.visitor_id WHERE visitor.name = ?"
)


def until_found(look: Callable[[], list[tuple[object, ...]]]) -> list[tuple[object, ...]]:
    """Wait until the file holds it."""
    until(lambda: bool(look()), "a row in the file")
    return look()


@pytest.fixture
def desk(screen: Screen, reader_for: Callable[[str], Assistive]) -> Callable[[Path], Desk]:
    screen.env["CIVICDESK_READER_GAP_MS"] = GAP_MS
    return lambda file: Desk(screen, reader_for("CivicDesk"), file)


def test_a_badge_checks_its_visitor_out_from_any_screen_and_whatever_the_keyboard_is_set_to(
    desk: Callable[[Path], Desk], file: Path
) -> None:
    rounds = list(product(LAYOUTS, (False, True), SCREENS))
    codes = _visitors_inside(file, len(rounds))
    running = desk(file)
    running.sign_in_by_keys()
    _half_type(running)
    is_caps_on = False

    for (layout, caps, way), code in zip(rounds, codes, strict=True):
        if way == SCREENS[0]:
            running.screen.layout(*layout)
        if caps != is_caps_on:
            running.screen.caps_lock()
            is_caps_on = caps
        running.go(way)
        if way in HALF:
            _focus_the_name(running)
        running.screen.scan(code)
        until(lambda code=code: bool(_answers(file, code)), f"the scan on {way}, {layout}, caps {caps}")

        assert _answers(file, code) == [("checked_out", "scan", True, len(code))]
        _still_half_typed(running, way)
    assert running.seen.wait(handle="answer")["name"] == f"Çıktı: Güle güle, Ziyaretçi {len(codes) - 1}"
    assert _ask(file, "SELECT count(*) FROM scan") == [(len(codes),)]
    assert _ask(file, "SELECT count(*) FROM presence") == [(0,)]


HALF = {"check_in": (":]k", "Şük"), "invite": ('"[d', "İğd")}
"""Keys and what a Turkish keyboard makes of them, on the screens where a name is written."""


def _half_type(running: Desk) -> None:
    running.screen.layout("tr")
    for way, (keys, half) in HALF.items():
        running.go(way)
        _focus_the_name(running)
        running.screen.type_keys(keys)
        until(lambda half=half: running.seen.read(name=NAME, role="text") == half, f"{half} on {way}")


def _focus_the_name(running: Desk) -> None:
    field = running.seen.wait(name=NAME, role="text")
    if field["focused"]:
        return
    x, y, width, height = field["box"]
    running.screen.run("xdotool", "mousemove", str(x + width // 2), str(y + height // 2), "click", "1")
    until(lambda: running.seen.wait(name=NAME, role="text")["focused"], "the focus in the name field")


def _still_half_typed(running: Desk, way: str) -> None:
    if way in HALF:
        field = running.seen.wait(name=NAME, role="text")
        assert (field["text"], field["focused"]) == (HALF[way][1], True)


def test_a_screen_reader_signs_in_and_lets_a_visitor_in_by_names_alone(
    desk: Callable[[Path], Desk], file: Path
) -> None:
    _visitors_inside(file, 2)
    running = desk(file)
    running.sign_in_by_names()
    running.seen.wait(name="2 İçeride kapasite 320")
    running.check_in("Şükrü Işık Çağlı")
    assert running.seen.read(name=NAME, role="text") == ""  # ready for the next
    running.seen.press(name="Bugün", role="check box")
    running.seen.wait(name="3 İçeride kapasite 320")

    assert _ask(file, "SELECT left_at FROM visit WHERE number = 3") == [(None,)]
    [(by, action)] = _ask(
        file,
        "SELECT staff.name, action FROM audit_entry JOIN staff ON staff.id = by_id WHERE action = 'check_in'",
    )
    assert (by, action) == ("Elif Aksoy", "check_in")
    assert halves(file) == {}


def test_a_second_start_brings_the_first_to_the_front(screen: Screen, file: Path, tmp_path: Path) -> None:
    other = Path(shutil.copy(file, tmp_path / "other.db"))
    first, second = (_start_and_see(screen, each) for each in (file, other))
    assert _in_front(screen) == second.process.pid

    for _again in range(2):
        again = screen.start_python("-m", "civicdesk", "open", "--database", file)
        until(lambda again=again: again.process.poll() is not None, "the end of the second start")
        assert again.process.returncode == 0
        until(lambda: _in_front(screen) == first.process.pid, "the first desk in front")
        assert _owners(screen) == {first.process.pid, second.process.pid}
        screen.run(
            "xdotool", "search", "--pid", str(first.process.pid), "--name", "^CivicDesk$", "windowminimize"
        )
    assert first.process.poll() is None
    assert second.process.poll() is None


def _start_and_see(screen: Screen, file: Path) -> Program:
    program = screen.start_python("-m", "civicdesk", "open", "--database", file)
    until(lambda: _in_front(screen) == program.process.pid, "the window of the desk")
    return program


def _in_front(screen: Screen) -> int:
    return next(iter(_pids(screen, "getactivewindow", "getwindowpid")), 0)


def _owners(screen: Screen) -> set[int]:
    found = screen.run("xdotool", "search", "--onlyvisible", "--name", "^CivicDesk$").split()
    return {pid for window in found for pid in _pids(screen, "getwindowpid", window)}


def _pids(screen: Screen, *order: str) -> Sequence[int]:
    # there may be no window, or it went meanwhile
    return [int(pid) for pid in screen.run("sh", "-c", f"xdotool {' '.join(order)} || true").split()]


def test_killed_right_after_the_notice_the_visitor_is_inside_all_the_same(
    desk: Callable[[Path], Desk], file: Path
) -> None:
    running = desk(file)
    running.sign_in_by_names()
    running.check_in("İpek Ağaoğlu")
    running.kill()
    running.start_again()  # sees to it that the desk is locked
    running.seen.wait(name="İçeride 1 kişi · açık 00:00–00:00")

    assert halves(file) == {}
    _is_whole(file)
    assert _ask(file, "SELECT number, left_at FROM visit") == [(1, None)]


def test_killed_in_a_burst_of_scans_no_answer_is_lost_and_nobody_left_by_half(
    desk: Callable[[Path], Desk], file: Path
) -> None:
    codes = _visitors_inside(file, KILLS * BURST)
    running = desk(file)
    for kill in range(KILLS):
        first = kill * BURST
        said = [f"Çıktı: Güle güle, Ziyaretçi {first + n}" for n in range(BURST)]
        running.sign_in_by_card()
        burst = running.screen.start_scans(codes[first : first + BURST])
        seen = running.seen.watch(said[random.randrange(BURST - 1) :], handle="answer")
        time.sleep(random.uniform(0, 0.3))  # the moment itself is what is tried
        running.kill()
        until(lambda burst=burst: burst.process.poll() is not None, "the end of the scans")

        assert seen.removeprefix("Çıktı: Güle güle, ") in _left(file)
        assert halves(file) == {}
        assert _ask(file, "SELECT count(*) FROM visit WHERE left_at IS NOT NULL") == [(len(_left(file)),)]
        if kill < KILLS - 1:
            running.start_again()
    _is_whole(file)


def _is_whole(file: Path) -> None:
    database = Database(file)
    database.prepare()
    database.verify()
    with database.read() as session:
        assert not list(audit.broken(session))
    database.close()


def test_what_a_person_types_on_a_turkish_keyboard_reaches_the_field_letter_by_letter(
    desk: Callable[[Path], Desk], file: Path, screen: Screen
) -> None:
    del screen.env["CIVICDESK_READER_GAP_MS"]
    running = desk(file)
    screen.layout("tr")
    running.sign_in_by_names()
    running.go("check_in")
    screen.type_keys('[];i,. ":]kr] I;ik')
    typed = "ğüşıöç İŞükrü Işık"
    until(lambda: running.seen.read(name=NAME, role="text") == typed, typed)
