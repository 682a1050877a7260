"""Lines between desks and a PostgreSQL server that are cut at any byte, slow, or dead without a word."""

from __future__ import annotations

import random
import shutil
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from civicdesk.sync.pg_hub import Address, Limits, PgHub
from civicdesk.sync.port import CONTRACT, Away
from tests import postgres
from tests.sync import oracle
from tests.sync.deeds import DEEDS
from tests.sync.editing import Story
from tests.sync.lives import Desk, settle
from tests.sync.proxy import Fault, Proxy
from tests.sync.worlds import empty_desk, join, small_batches

pytestmark = pytest.mark.slow
NIGHTS, SEED = 24, 7


class Lines:
    """Three desks that reach their hub by TLS through one proxy."""

    def __init__(self, folder: Path) -> None:
        self._hub = postgres.a_hub(postgres.shared_server())
        self.proxy = Proxy(("127.0.0.1", postgres.shared_server().port))
        story = Story()
        self.desks = []
        for name in ("front", "post", "upstairs"):
            shutil.copy(empty_desk(), folder / f"{name}.db")
            self.desks.append(Desk(folder / f"{name}.db", lambda name=name: self.connect(name), story, name))
        join(self.desks)
        self.story = story

    def connect(self, name: str, limits: Limits | None = None) -> PgHub:
        credential = self._hub.credential(name)
        ca = postgres.shared_server().ca_file
        where = Address("localhost", self.proxy.port, self._hub.database, credential.role, ca)
        return PgHub(where, credential.secret, limits)

    def check(self) -> None:
        self.proxy.fault = Fault()
        settle(self.desks)
        with closing(self.connect("observer")) as port:
            incarnation = uuid4().hex
            port.enrol(incarnation, None)
            oracle.check(self.desks, port, incarnation, self.story)

    def close(self) -> None:
        for desk in self.desks:
            desk.close()
        self.proxy.close()
        self._hub.close()


@pytest.fixture
def lines(tmp_path: Path) -> Iterator[Lines]:
    made = Lines(tmp_path)
    yield made
    made.close()


def test_nights_with_cuts_at_any_byte_end_alike_everywhere(lines: Lines) -> None:
    chance = random.Random(SEED)
    # a night is some ten to forty thousand bytes, so cuts fall into greeting, push, page and check alike
    with small_batches():
        for _night in range(NIGHTS):
            desk = chance.choice(lines.desks)
            for _deed in range(chance.randrange(1, 6)):
                chance.choice(DEEDS)(desk.editor, chance.randrange(60), chance.randrange(60))
            lines.proxy.fault = Fault(cut_after=chance.randrange(1_000, 40_000))
            desk.sync()
        cuts = lines.proxy.cuts
        lines.check()

    assert cuts > NIGHTS // 3
    assert [desk.rows("SELECT forks FROM sync_state") for desk in lines.desks] == [[(0,)]] * 3


def test_a_push_whose_answer_never_came_is_known_to_have_arrived(lines: Lines) -> None:
    desk = lines.desks[0]
    desk.editor.insert("closure", "ab" * 16, on="2026-12-01")
    with closing(lines.connect("front")) as port:
        port.hello(uuid4().hex, CONTRACT)
        quiet = lines.proxy.bytes
    assert quiet > 0
    pushed = 0
    for cut in range(2_000, 12_000, 250):
        lines.proxy.fault = Fault(cut_after=cut)
        before = len(lines.story.sent)
        desk.editor.write("closure", "ab" * 16, "reason")
        pushed += desk.sync(is_thorough=False) is None and len(lines.story.sent) > before
    lines.check()

    assert desk.rows("SELECT forks FROM sync_state") == [(0,)]


def test_a_slow_line_only_takes_longer(lines: Lines) -> None:
    lines.proxy.fault = Fault(delay_s=0.005)
    lines.desks[0].editor.insert("closure", "ab" * 16, on="2026-12-01")
    assert lines.desks[0].sync() is not None
    lines.check()


@pytest.mark.parametrize("silent_after", [0, 3_000, 9_000])
def test_a_line_that_falls_silent_is_given_up_in_time(lines: Lines, silent_after: int) -> None:
    lines.proxy.fault = Fault(silent_after=silent_after)
    began = time.monotonic()
    with closing(lines.connect("front", Limits(connect=2, answer=1))) as port, pytest.raises(Away):
        _greet_until_it_falls_silent(port)

    assert time.monotonic() - began < 8


def _greet_until_it_falls_silent(port: PgHub) -> None:
    for _call in range(200):
        port.hello(uuid4().hex, CONTRACT)


def test_a_server_that_cannot_be_reached_is_away_at_once(lines: Lines) -> None:
    lines.proxy.close()
    with closing(lines.connect("front")) as port, pytest.raises(Away):
        port.hello(uuid4().hex, CONTRACT)
