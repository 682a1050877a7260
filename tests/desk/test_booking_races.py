"""Several programs at once, each a process of its own on the same file."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from civicdesk.database import Database
from civicdesk.models import Booking, Claim
from tests.desk import racer

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
EACH = 125


def test_eight_who_book_the_same_hour_a_thousand_times_leave_one(file: Path) -> None:
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", racer.__name__, str(file), str(EACH), manners],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for manners in ("polite", "rude") * 4
    ]
    for each in racers:
        assert each.stdout
        assert each.stdout.readline() == "ready\n"
    for each in racers:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    won = [int(each.communicate(timeout=120)[0]) for each in racers]

    assert [each.returncode for each in racers] == [0] * 8
    assert sum(won) == 1
    database = Database(file)
    with database.read() as session:
        [booking] = session.scalars(select(Booking)).all()
        assert session.scalar(select(func.count()).select_from(Claim)) == 12
        assert session.scalars(select(Claim.booking_id).distinct()).all() == [booking.id]
    database.close()
