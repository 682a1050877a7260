"""A desk in a process of its own, for tests that kill it, starve it or set two against each other.

Says each check-in and check-out on its output after it is done, as the screen would.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from sqlalchemy.orm import Session

from civicdesk import text
from civicdesk.database import Database
from civicdesk.desk import visits
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import Visit, Visitor
from tests.builders import TUESDAY


def say(*words: object) -> None:
    # one write, so that a kill cannot halve a line
    os.write(1, (" ".join(map(str, words)) + "\n").encode())


def check_in(session: Session, name: str, key: str) -> Visit:
    return visits.check_in(session, visits.Arrival(name=name), at=TUESDAY, key=key)


def work(path: Path, first: int) -> None:
    """Visitors come and go until somebody kills this process. The first was perhaps done before: one tap twice."""
    database = Database(path)
    database.prepare()
    number = first
    while True:
        with database.begin() as session:
            visit = check_in(session, f"Ziyaretçi {number}", f"in-{number}")
        say("in", number)
        with database.begin() as session:
            visits.check_out(session, visit.id, at=TUESDAY + timedelta(minutes=1), key=f"out-{number}")
        say("out", number)
        number += 1


def fork(path: Path) -> None:
    """A new process for each number that is asked for; forking spares the imports, it is killed all the same."""
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            work(path, int(line))
        say("pid", child)
        os.waitpid(child, 0)
        say("dead", child)


def make(folder: Path) -> None:
    """A new process that makes a new file, for each name that is asked for."""
    import alembic.command  # noqa: F401, PLC0415  a fork spares it

    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            Database(folder / line.strip()).prepare()
            signal.pause()
        say(child)
        os.waitpid(child, 0)
        say("ended")


def race(path: Path, visitor: str) -> None:
    """Check one returning visitor in when told to."""
    database = Database(path)
    with database.read() as session:
        known = session.query(Visitor).filter_by(name=visitor).one()
    say("ready")
    sys.stdin.readline()
    try:
        with database.begin() as session:
            visits.check_in(session, visits.Arrival(visitor=known), at=TUESDAY + timedelta(hours=1))
    except Refusal as refusal:
        say(refusal.reason)
    else:
        say("inside")
    database.close()


def hold(path: Path) -> None:
    """Another program that holds the file until told to let go."""
    database = Database(path)
    with database.begin() as session:
        visits.inside(session)
        say("held")
        sys.stdin.readline()
    database.close()


def prepare(path: Path) -> None:
    """Open the file and say what came of it."""
    try:
        Database(path).prepare()
    except Unavailable as trouble:
        say(trouble)
    else:
        say("opened")


def fill(path: Path) -> None:
    """On a small disk of its own: fill it, meet the end, make room, go on."""
    disk = path.parent / "disk"
    disk.mkdir()
    subprocess.run(["mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", str(disk)], check=True)
    here = disk / "desk.db"
    here.write_bytes(path.read_bytes())
    ballast = disk / "ballast"
    database = Database(here)
    free = os.statvfs(disk).f_bavail * os.statvfs(disk).f_frsize
    ballast.write_bytes(b"x" * (free - 2_000_000))
    done = _until_full(database)
    _until_full(database)
    with database.read() as session:
        say("read", len(visits.inside(session)), "of", done)
    prepare(disk / "new.db")
    ballast.unlink()
    with database.begin() as session:
        check_in(session, "Sonra Gelen", "after")
    with database.read() as session:
        say("went on", len(visits.inside(session)) - done)
    database.verify()
    database.close()
    path.write_bytes(here.read_bytes())


def _until_full(database: Database) -> int:
    done = 0
    try:
        for number in range(300):
            with database.begin() as session:
                check_in(session, f"Ziyaretçi {number}", f"{number}-{done}")
            done += 1
    except Unavailable as trouble:
        say(trouble)
    return done


if __name__ == "__main__":
    text.use_language("en")
    what, file, *more = sys.argv[1:]
    {"fork": fork, "make": make, "race": race, "hold": hold, "prepare": prepare, "fill": fill}[what](
        Path(file), *more
    )
