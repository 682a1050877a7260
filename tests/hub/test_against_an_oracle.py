"""Desks that push at once: what the hub ends with is what the greatest stamps say, and a reader missed nothing."""

from __future__ import annotations

import threading
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from random import Random
from typing import Any

from civicdesk.sync.pg_hub import PgHub
from civicdesk.sync.port import FIRST_CHAIN, Row
from tests.hub.payloads import a_booking, a_room, new_id, now_ms, payload, row
from tests.postgres import TrialHub

DESKS = 4
GROUPS = {"name": "name", "contact": "phone", "needs": "needs"}
State = dict[tuple[str, str], tuple[int, Any]]


def wishes(random: Random, ids: list[str], node: int, batches: int) -> list[list[dict[str, Any]]]:
    """What a desk pushes: any groups of any rows, in any order of stamps, some batches twice."""
    begun = now_ms() - 100_000
    made: list[list[dict[str, Any]]] = []
    for _ in range(batches):
        batch = []
        for id_ in random.sample(ids, 25):
            at = (begun + random.randrange(90_000)) << 21 | random.randrange(64) << 15 | node
            chosen = random.sample(sorted(GROUPS.values()), random.randint(1, 3))
            batch.append(row("visitor", at, id_, **{name: f"{node}-{random.random()}" for name in chosen}))
        made += [batch, batch] if random.random() < 0.2 else [batch]
    return made


def push_all(port: PgHub, incarnation: str, batches: list[list[dict[str, Any]]]) -> None:
    chain = FIRST_CHAIN
    for batch in batches:
        chain = port.push(incarnation, chain, payload(*batch)).chain


def oracle(batches: list[list[dict[str, Any]]]) -> State:
    state: State = {}
    for batch in batches:
        for said in batch:
            for group, (at, _base, values) in said["g"].items():
                key = said["i"], group
                state[key] = max(state.get(key, (0, {})), (at, values), key=lambda cell: cell[0])
    return state


def seen(rows: list[Row]) -> State:
    return {(r.id, group): (cell.stamp, cell.values) for r in rows for group, cell in r.groups.items()}


def test_the_greatest_stamp_stays_whoever_pushes_when_and_a_reader_misses_nothing(hub: TrialHub) -> None:
    random = Random(20261122)
    ids = [new_id().hex for _ in range(80)]
    desks = [hub.enrolled(f"desk {n}") for n in range(DESKS)]
    reader, reads_as, _ = hub.enrolled("reader")
    said = [wishes(random, ids, node, 12) for _, _, node in desks]
    is_over = threading.Event()

    def follow() -> State:
        known: State = {}
        cursor = 0
        while True:
            last_round = is_over.is_set()
            page = reader.pull(reads_as, 1, cursor, 40)
            known.update(seen(list(page.rows)))
            cursor = page.until
            if last_round and not page.more:
                return known

    with ThreadPoolExecutor(DESKS + 1) as pool:
        following = pool.submit(follow)
        pushing = [
            pool.submit(push_all, port, inc, batches)
            for (port, inc, _), batches in zip(desks, said, strict=True)
        ]
        try:
            for one in pushing:
                one.result(timeout=120)
        finally:
            is_over.set()
        followed = following.result(timeout=120)

    right = oracle([batch for batches in said for batch in batches])
    assert seen(list(reader.pull(reads_as, 1, 0, 10_000).rows)) == right
    assert followed == right
    lost = {(c.row_id, c.group, c.loser_stamp) for c in reader.inbox(0)}
    assert lost
    assert all(right[row_id, group][0] > stamp for row_id, group, stamp in lost)


def test_desks_that_book_at_once_never_share_a_room(hub: TrialHub) -> None:
    random = Random(20261123)
    rooms = [a_room() for _ in range(3)]
    desks = [hub.enrolled(f"desk {n}") for n in range(DESKS)]

    def book(port: PgHub, incarnation: str, node: int, seed: int) -> int:
        own = Random(seed)
        chain, late = FIRST_CHAIN, 0
        for _ in range(8):
            batch = []
            for _ in range(6):
                begins = own.randrange(8, 20)
                batch.append(
                    a_booking(
                        now_ms() << 21 | node, own.choice(rooms), f"{begins:02}:00", f"{begins + 1:02}:30"
                    )
                )
            done = port.push(incarnation, chain, payload(*batch))
            chain, late = done.chain, late + done.clashes
        return late

    with ThreadPoolExecutor(DESKS) as pool:
        late = sum(pool.map(lambda desk: book(*desk, random.randrange(999)), desks))

    held = hub.rows("SELECT room_id, lower(during), upper(during) FROM app.slot_claim ORDER BY 1, 2")
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(held))
    assert len(held) + late == DESKS * 8 * 6
    assert hub.rows("SELECT count(*) FROM app.booking WHERE state = 'clash'") == [(late,)]
