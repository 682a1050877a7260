"""Days on which the power goes, the disk is full, or another program is in the way: with real processes."""

from __future__ import annotations

import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing
from pathlib import Path

import pytest

from civicdesk import database as module
from civicdesk.database import Database
from civicdesk.desk import audit, visits
from civicdesk.errors import Unavailable
from tests import builders
from tests.builders import TUESDAY
from tests.outside.halves import halves

pytestmark = pytest.mark.outside

SCRIPT = Path(__file__).with_name("bad_day.py")
KILLS = 24
READ_ONLY = "The database file is read-only. Ask for the right to write to it."
FULL = "The disk is full. Free some space; what was shown as done is kept."
BUSY = "The database is busy with another program. Wait a moment and try again."


@pytest.fixture
def processes() -> Iterator[ExitStack]:
    with ExitStack() as stack:
        yield stack


def _start(stack: ExitStack, *arguments: object, before: tuple[str, ...] = ()) -> subprocess.Popen[str]:
    process = subprocess.Popen(
        [*before, sys.executable, str(SCRIPT), *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        bufsize=1,
    )
    stack.enter_context(process)
    stack.callback(process.kill)
    return process


def _line(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line, "the process died by itself"
    return line.strip()


def _tell(process: subprocess.Popen[str], line: object = "") -> None:
    assert process.stdin is not None
    process.stdin.write(f"{line}\n")
    process.stdin.flush()


def _done(file: Path) -> set[str]:
    with closing(sqlite3.connect(file)) as connection:
        return {key for (key,) in connection.execute("SELECT key FROM done_action")}


def _until_killed(process: subprocess.Popen[str], first: int) -> list[tuple[str, int]]:
    """What one working process said before it was killed at some moment."""
    _tell(process, first)
    lines = [_line(process).split()]
    while lines[0][0] != "pid":  # a child may be heard before its parent
        lines.append(_line(process).split())
        lines.sort(key=lambda words: words[0] != "pid")
    child = int(lines[0][1])
    lines += [_line(process).split() for _said in range(random.randint(1, 8))]
    time.sleep(random.uniform(0, 0.01))  # the moment itself is what is tried
    os.kill(child, signal.SIGKILL)
    while lines[-1][0] != "dead":
        lines.append(_line(process).split())
    return [(what, int(number)) for what, number in lines if what in ("in", "out")]


def test_killed_at_any_moment_what_was_shown_is_there_and_nothing_is_half(
    file: Path, processes: ExitStack
) -> None:
    process = _start(processes, "fork", file)
    shown: set[str] = set()
    last = 1
    for _kill in range(KILLS):
        said = _until_killed(process, last)
        last = max((number for what, number in said if what == "in"), default=last)
        shown |= {f"{what}-{number}" for what, number in said}

        assert shown <= _done(file)
        assert halves(file) == {}

    keys = _done(file)
    # at most the last deed of each process was done without being shown; doing it again did it once
    assert len(keys - shown) <= KILLS
    database = Database(file)
    database.prepare()
    database.verify()
    with database.read() as session:
        assert not list(audit.broken(session))
    database.close()
    with closing(sqlite3.connect(file)) as connection:
        [visits_made] = connection.execute("SELECT count(*) FROM visit").fetchone()
    assert visits_made == len([key for key in keys if key.startswith("in-")])


def test_killed_while_a_new_file_is_made_the_next_start_makes_it(
    tmp_path: Path, processes: ExitStack
) -> None:
    process = _start(processes, "make", tmp_path)
    for kill in range(12):
        name = f"new-{kill}.db"
        _tell(process, name)
        child = int(_line(process))
        time.sleep(kill * 0.006)  # from before the file exists until after it is whole
        os.kill(child, signal.SIGKILL)
        assert _line(process) == "ended"

        database = Database(tmp_path / name)
        database.prepare()
        database.verify()
        with database.read() as session:
            assert visits.inside(session) == []
        database.close()


def test_of_two_desks_one_checks_the_visitor_in(file: Path, processes: ExitStack) -> None:
    database = Database(file)
    with database.begin() as session:
        visit = builders.visit(session)
        visits.check_out(session, visit.id, at=TUESDAY)
    desks = [_start(processes, "race", file, "Selin Karaca") for _desk in range(2)]
    assert [_line(desk) for desk in desks] == ["ready", "ready"]
    for desk in desks:
        _tell(desk)

    assert sorted(_line(desk) for desk in desks) == ["already_inside", "inside"]
    with database.read() as session:
        assert len(visits.inside(session)) == 1
    database.close()


def test_a_file_that_another_process_holds(
    file: Path, processes: ExitStack, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BUSY_MS", 0)
    database = Database(file)
    other = _start(processes, "hold", file)
    assert _line(other) == "held"
    with pytest.raises(Unavailable) as trouble, database.begin() as session:
        builders.visit(session)
    with database.read() as session:
        assert visits.inside(session) == []
    _tell(other)
    other.wait()
    with database.begin() as session:
        builders.visit(session)
    database.close()

    assert str(trouble.value) == BUSY


def _obeying_the_rights() -> tuple[str, ...]:
    """Root writes to every file, unless it gives that power up."""
    if os.geteuid() != 0:
        return ()
    return (
        "setpriv",
        "--bounding-set=-dac_override,-dac_read_search",
        "--inh-caps=-dac_override,-dac_read_search",
    )


@pytest.mark.parametrize(
    ("rights", "said"),
    [
        ((0o444, 0o755), READ_ONLY),
        ((0o444, 0o555), READ_ONLY),
        ((0o644, 0o555), READ_ONLY),
        ((0o000, 0o755), "The database file cannot be opened. Check the disk and the folder."),
        ((0o644, 0o000), "The database file cannot be opened. Check the disk and the folder."),
        ((0o644, 0o755), "opened"),
    ],
    ids=["file", "file and folder", "folder", "no right at all", "a closed folder", "all rights"],
)
def test_without_the_right_to_write_the_desk_says_so(
    file: Path, processes: ExitStack, tmp_path: Path, rights: tuple[int, int], said: str
) -> None:
    place = tmp_path / "place"
    place.mkdir()
    kept = Path(shutil.copy(file, place / "desk.db"))
    kept.chmod(rights[0])
    place.chmod(rights[1])
    try:
        assert _line(_start(processes, "prepare", kept, before=_obeying_the_rights())) == said
    finally:
        place.chmod(0o755)


def _with_a_disk_of_its_own() -> tuple[str, ...]:
    unshare = ("unshare", "--mount") if os.geteuid() == 0 else ("unshare", "--mount", "--map-root-user")
    may = subprocess.run(
        [*unshare, "mount", "-t", "tmpfs", "tmpfs", "/mnt"], capture_output=True, check=False
    )
    if may.returncode:
        pytest.skip("this machine lets nobody mount a small disk; test_database.py fills one without")
    return unshare


def test_a_disk_that_fills_up_keeps_what_was_shown_and_goes_on_when_there_is_room(
    file: Path, processes: ExitStack
) -> None:
    desk = _start(processes, "fill", file, before=_with_a_disk_of_its_own())
    assert desk.stdout is not None
    full, again, read, new, went_on = desk.stdout.read().splitlines()

    assert [full, again, new] == [FULL] * 3
    _read, inside, _of, done = read.split()
    assert int(inside) == int(done) > 5
    assert went_on == "went on 1"
    assert halves(file) == {}
