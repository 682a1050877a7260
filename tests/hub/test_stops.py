"""The hub is killed, cut off or silent in the middle: what it acknowledged stays, and nothing is half there."""

from __future__ import annotations

import shutil
import socket
import subprocess
import threading
import time
from collections import Counter
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from civicdesk.sync.pg_hub import Address, Limits, PgHub
from civicdesk.sync.port import CONTRACT, FIRST_CHAIN, Away
from tests.disks import fill, small_disk
from tests.hub.payloads import payload, row, stamp
from tests.postgres import Server, TrialHub, a_hub, running

BATCH = 40


@pytest.fixture
def durable() -> Iterator[TrialHub]:
    with running(Server(is_durable=True)) as server:
        hub = a_hub(server)
        yield hub
        hub.close()


def batch(node: int, number: int) -> str:
    return payload(*(row("visitor", stamp(node), name=f"batch {number}") for _ in range(BATCH)))


@pytest.mark.slow
def test_killed_in_the_middle_of_pushes_nothing_acknowledged_is_lost_and_nothing_half_applied(
    durable: TrialHub,
) -> None:
    port, incarnation, node = durable.enrolled("front")
    acknowledged: list[int] = []
    numbers = count()
    for round_ in range(3):
        chain = port.hello(incarnation, CONTRACT).chain
        killing = threading.Timer(0.15 + 0.07 * round_, durable.server.kill)
        killing.start()
        try:
            while True:
                number = next(numbers)
                assert chain is not None
                chain = port.push(incarnation, chain, batch(node, number)).chain
                acknowledged.append(number)
        except Away:
            pass
        killing.join()
        durable.server.start()

    found = dict(durable.rows("SELECT name, count(*) FROM app.visitor GROUP BY name"))
    assert len(acknowledged) > 4
    assert set(found.values()) == {BATCH}
    assert {f"batch {number}" for number in acknowledged} <= set(found)
    receipts = durable.rows("SELECT count(*) FROM sync.receipt")
    assert receipts == [(len(found),)]


@pytest.fixture
def cramped() -> Iterator[tuple[TrialHub, Path]]:
    """A hub on a small disk, and that disk."""
    server = Server(is_durable=True, settings=("max_wal_size=32MB", "min_wal_size=32MB"))
    with small_disk(server.home / "disk", "200m") as disk, running(server):
        hub = a_hub(server)
        move(server, disk)
        yield hub, disk
        hub.close()
    server.remove()


@pytest.mark.slow
def test_a_hub_whose_disk_is_full_is_away_and_takes_everything_later(cramped: tuple[TrialHub, Path]) -> None:
    hub, disk = cramped
    port, incarnation, node = hub.enrolled("front")
    filler = fill(disk)
    arrived = push_until_away(port, incarnation, node)
    filler.unlink()
    hub.server.stop()
    hub.server.start()

    again = hub.reopen(port)
    chain = again.hello(incarnation, CONTRACT).chain
    assert chain is not None
    again.push(incarnation, chain, batch(node, arrived))

    rows = again.pull(incarnation, 1, 0, 20_000).rows
    found = Counter(row.groups["name"].values["name"] for row in rows)
    assert found == {f"batch {number}": BATCH for number in range(arrived + 1)}


def push_until_away(port: PgHub, incarnation: str, node: int) -> int:
    """How many batches arrived."""
    chain = port.hello(incarnation, CONTRACT).chain
    for number in count():
        assert chain is not None
        try:
            chain = port.push(incarnation, chain, batch(node, number)).chain
        except Away:
            return number
    raise AssertionError


def move(server: Server, disk: Path) -> None:
    """Let the server's files lie on this disk."""
    server.stop()
    data = server.home / "data"
    subprocess.run(["cp", "-a", str(data), str(disk)], check=True)
    shutil.rmtree(data)
    data.symlink_to(disk / "data")
    server.start()


def test_whether_a_push_arrived_whose_answer_was_lost_is_told_by_the_chain(hub: TrialHub) -> None:
    port, incarnation, node = hub.enrolled("front")
    said = batch(node, 1)
    done = port.push(incarnation, FIRST_CHAIN, said)

    assert hub.reopen(port).hello(incarnation, CONTRACT).chain == done.chain


@pytest.fixture
def silent() -> Iterator[Address]:
    """A machine that takes the call and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as door:
        yield Address("127.0.0.1", door.getsockname()[1], "hub", "desk", None)


def test_a_hub_that_takes_the_call_and_says_nothing_is_away_in_time(silent: Address) -> None:
    began = time.monotonic()
    with pytest.raises(Away):
        PgHub(silent, "secret", Limits(connect=2)).hello("0" * 32, CONTRACT)

    assert time.monotonic() - began < 8


def test_an_answer_that_does_not_come_is_given_up_and_the_next_question_is_answered(hub: TrialHub) -> None:
    port, incarnation, node = hub.enrolled("front")
    port.close()
    hasty = hub.reopen(PgHub(port._address, port._secret, Limits(answer=0.4)))
    with hub.admin() as admin, admin.transaction():
        admin.execute("LOCK TABLE sync.scope")
        with pytest.raises(Away):
            hasty.push(incarnation, FIRST_CHAIN, batch(node, 1))

    assert hasty.hello(incarnation, CONTRACT).chain == FIRST_CHAIN


def test_a_session_can_be_called_off_from_another_thread(hub: TrialHub) -> None:
    port, incarnation, node = hub.enrolled("front")
    port.hello(incarnation, CONTRACT)
    with hub.admin() as admin, admin.transaction():
        admin.execute("LOCK TABLE sync.scope")
        threading.Timer(0.3, port.cancel).start()
        with pytest.raises(Away):
            port.push(incarnation, FIRST_CHAIN, batch(node, 1))

    assert port.hello(incarnation, CONTRACT).chain == FIRST_CHAIN
