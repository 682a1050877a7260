"""People who asked to be forgotten: nothing of them is left at the hub, whatever desks still bring."""

from __future__ import annotations

import pytest

from civicdesk.sync.port import FIRST_CHAIN
from tests.hub.payloads import payload, row, stamp
from tests.postgres import TrialHub

TOLD = {"name": "Ayşe Demir", "phone": "+905321112233", "email": "a@b.c", "needs": "wheelchair"}


@pytest.mark.parametrize("ago_ms", [60_000, 0], ids=["written before", "written after"])
def test_what_a_desk_brings_of_somebody_forgotten_is_kept_nowhere(hub: TrialHub, ago_ms: int) -> None:
    first, incarnation, node = hub.enrolled("front")
    other, others, others_node = hub.enrolled("post")
    said = row("visitor", stamp(node, ago_ms=90_000), **TOLD)
    chain = first.push(incarnation, FIRST_CHAIN, payload(said)).chain
    first.erase(said["i"], "asked")
    late = row(
        "visitor",
        stamp(others_node, ago_ms=ago_ms),
        said["i"],
        **{n: f"{v} Sonradan" for n, v in TOLD.items()},
    )
    more = row("visitor", stamp(others_node), name="Ali Kaya")

    pushed = other.push(others, FIRST_CHAIN, payload(late, more))
    other.push(others, pushed.chain, payload(row("visitor", stamp(others_node), name="Can")))
    first.push(incarnation, chain, payload(row("visitor", stamp(node), name="Ece")))

    rows = first.pull(incarnation, 1, 0, 100).rows
    names = {r.groups["name"].values["name"] for r in rows}
    assert names == {"—", "Ali Kaya", "Can", "Ece"}
    seqs = [r.seq for r in rows]
    assert len(set(seqs)) == len(seqs)
    assert all(conflict.loser == {} and not conflict.is_open for conflict in first.inbox(0))
    tables = hub.rows(
        "SELECT oid::regclass::text FROM pg_class WHERE relkind IN ('r', 'p') AND NOT relispartition"
        " AND relnamespace IN ('app'::regnamespace, 'sync'::regnamespace)"
    )
    for (table,) in tables:
        assert (
            hub.rows(f"SELECT t FROM {table} AS t WHERE t::text LIKE '%Sonradan%' OR t::text LIKE '%Demir%'")
            == []
        )
