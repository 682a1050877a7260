"""What the hub reads for a desk follows what the desk asks about, not how much its centre has.

PostgreSQL takes a centre that came after it last counted for an empty one, and may then read all of it for each row.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
import pytest

from civicdesk.models import new_id
from civicdesk.sync.port import FIRST_CHAIN
from tests.hub.by_hand import sql_by_hand
from tests.hub.payloads import a_booking, payload, row, stamp
from tests.postgres import TrialHub

THERE, PUSHED = 2_000, 20
Make = Callable[[int, str], dict[str, Any]]

MADE: dict[str, Make] = {
    "visitor": lambda at, id_: row("visitor", at, id_, name=f"of {at}", phone="1"),
    "booking": lambda at, id_: a_booking(at, new_id().hex, id_=id_, title=f"of {at}"),
    "passage": lambda at, id_: row("passage", at, id_, visit_id="ab", direction="in", at="x"),
}


class Desk:
    """A desk whose questions are asked by hand, so that it is seen what the server reads for each."""

    def __init__(self, hub: TrialHub, connection: psycopg.Connection[Any], name: str, scope: int) -> None:
        port, self.incarnation, self.node = hub.enrolled(name, scope)
        port.close()
        self._connection, self._chain = connection, FIRST_CHAIN
        self.scope = scope

    def push(self, *rows: dict[str, Any]) -> int:
        """How many rows were read for it."""
        said, read = self._ask(
            "SELECT sync_v1.push(%s, %s, %s)", self.incarnation, self._chain, payload(*rows)
        )
        self._chain = said["chain"]
        return read

    def pull(self, after: int, limit: int = 1_000) -> tuple[dict[str, Any], int]:
        return self._ask("SELECT sync_v1.pull(%s, %s, %s, %s)", self.incarnation, self.scope, after, limit)

    def _ask(self, question: str, *given: object) -> tuple[Any, int]:
        with self._connection.transaction():
            before = self._read()
            answer = self._connection.execute(question, given).fetchone()
            assert answer is not None
            return answer[0], self._read() - before

    def _read(self) -> int:
        """What this connection has read so far and not yet told the server's statistics."""
        read = self._connection.execute(
            "SELECT sum(seq_tup_read + coalesce(idx_tup_fetch, 0))::int FROM pg_stat_xact_user_tables"
            " WHERE schemaname = 'app'"
        ).fetchone()
        assert read is not None
        return int(read[0])


@contextmanager
def a_desk(hub: TrialHub, name: str, scope: int) -> Iterator[Desk]:
    with sql_by_hand(hub, name, scope) as connection:
        yield Desk(hub, connection, name, scope)


@pytest.fixture
def counted(hub: TrialHub) -> TrialHub:
    """A hub whose tables were counted when there was one centre, and not since."""
    with a_desk(hub, "first", 1) as desk:
        for make in MADE.values():
            desk.push(*(make(stamp(desk.node), new_id().hex) for _ in range(300)))
    with hub.admin() as admin:
        for (table,) in hub.rows("SELECT oid::regclass::text FROM pg_class WHERE relnamespace = 'app'::regnamespace"
                                 " AND relkind = 'r'"):  # fmt: skip
            admin.execute(f"ALTER TABLE {table} SET (autovacuum_enabled = off)")
        admin.execute("ANALYZE")
    return hub


@pytest.mark.parametrize("table", MADE)
def test_a_push_reads_what_it_pushes_however_much_the_centre_has(counted: TrialHub, table: str) -> None:
    make = MADE[table]
    with a_desk(counted, "later", 7) as desk:
        ids = [new_id().hex for _ in range(THERE)]
        for begin in range(0, THERE, 500):
            desk.push(*(make(stamp(desk.node, ago_ms=9_000), id_) for id_ in ids[begin : begin + 500]))

        of_new = desk.push(*(make(stamp(desk.node), new_id().hex) for _ in range(PUSHED)))
        of_changed = desk.push(*(make(stamp(desk.node), id_) for id_ in ids[:PUSHED]))

    assert of_new < 10 * PUSHED
    assert of_changed < 15 * PUSHED


def test_a_pull_reads_what_is_new_however_much_the_centre_has(counted: TrialHub) -> None:
    with a_desk(counted, "later", 7) as desk:
        for _ in range(THERE // 500):
            for make in MADE.values():
                desk.push(*(make(stamp(desk.node), new_id().hex) for _ in range(500)))
        page, _read = desk.pull(0, 3 * THERE)
        seqs = [one["s"] for one in page["rows"]]

        newest, of_newest = desk.pull(seqs[-PUSHED - 1])
        first, of_first = desk.pull(0, PUSHED)

    assert len(newest["rows"]) == len(first["rows"]) == PUSHED
    assert of_newest < 5 * PUSHED * len(MADE)
    assert of_first < 5 * PUSHED * len(MADE)
