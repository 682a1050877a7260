"""Several desks' programs at once, each a process of its own on the same file."""

from __future__ import annotations

import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import func, select

from civicdesk.database import Database
from civicdesk.desk import hand_overs, mail_moves
from civicdesk.models import HandedOver, HandOver, MailMove, MailState, Place, SignedPickup
from tests.builders import TUESDAY
from tests.desk import post_racer, postbox

pytestmark = pytest.mark.slow

ROOT = Path(__file__).parents[2]
ITEMS = 40


def test_four_who_hand_over_the_same_items_give_each_away_once(file: Path) -> None:
    database = Database(file)
    with database.begin() as session:
        postbox.person(session, postbox.let(session, 214, "Barış Vakfı"))
        for _n in range(ITEMS):
            postbox.item(session, 214)
    racers = [
        subprocess.Popen(
            [sys.executable, "-m", post_racer.__name__, str(file), manners],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for manners in ("polite", "rude") * 2
    ]
    for each in racers:
        assert each.stdout
        assert each.stdout.readline() == "ready\n"
    for each in racers:
        assert each.stdin
        each.stdin.write("go\n")
        each.stdin.flush()
    won = [int(each.communicate(timeout=120)[0]) for each in racers]

    assert [each.returncode for each in racers] == [0] * 4
    assert sum(won) == ITEMS
    with database.read() as session:
        moves = session.scalars(select(MailMove.item_id).where(MailMove.what == "handed_over")).all()
        assert len(moves) == len(set(moves)) == ITEMS
        for table in (HandedOver, HandOver):
            assert session.scalar(select(func.count()).select_from(table)) == ITEMS
        assert session.scalars(select(SignedPickup)).all() == []
        assert set(session.scalars(select(MailState.place))) == {Place.HANDED_OVER}
    database.close()


def test_a_power_cut_in_the_middle_of_a_hand_over_loses_nothing(file: Path) -> None:
    database = Database(file)
    with database.begin() as session:
        postbox.person(session, postbox.let(session, 214, "Barış Vakfı"))
        items = [postbox.item(session, 214) for _n in range(3)]
    command = [sys.executable, "-m", post_racer.__name__, str(file), "cut"]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == -signal.SIGKILL

    with database.begin() as session:
        (kept,) = hand_overs.unfinished(session)
        assert {mail_moves.state(session, item.id).place for item in items} == {Place.WAITING}
        made = hand_overs.hand_over(session, kept.key, at=TUESDAY)
        assert made.items == 3
        assert hand_overs.signature_of(session, made) is not None
    with database.read() as session:
        assert {mail_moves.state(session, item.id).place for item in items} == {Place.HANDED_OVER}
        assert hand_overs.unfinished(session) == []
    database.close()
