"""A hub that grows: newer models, months that begin, many municipalities in one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from uuid import UUID

import pytest

from civicdesk.hub import making, partitions
from civicdesk.models import new_id
from civicdesk.sync.groups import Travelling, travelling
from civicdesk.sync.port import FIRST_CHAIN
from tests.hub.payloads import payload, row, stamp
from tests.postgres import Server, TrialHub


def of_last_release() -> list[Travelling]:
    """The models as they were before visitors had needs, and before there were layouts."""
    found = dict(travelling())
    visitor = found["visitor"]
    groups = {name: columns for name, columns in visitor.groups.items() if name != "needs"}
    assert visitor.personal is not None
    empty = {name: value for name, value in visitor.personal.empty.items() if name != "needs"}
    found["visitor"] = replace(visitor, groups=groups, personal=replace(visitor.personal, empty=empty))
    del found["layout"]
    return list(found.values())


@pytest.fixture
def old(server: Server) -> Iterator[TrialHub]:
    hub = TrialHub(server, "old_one")
    with server.admin() as admin:
        making.run(admin, "CREATE DATABASE old_one")
    with hub.admin() as admin:
        making.create(admin, models=of_last_release())
    yield hub
    hub.close()


def test_an_upgrade_adds_what_is_new_and_a_desk_of_before_is_served_on(old: TrialHub) -> None:
    port, incarnation, node = old.enrolled("front")
    before = row("visitor", stamp(node, ago_ms=9000), name="Ayşe", phone="1")
    chain = port.push(incarnation, FIRST_CHAIN, payload(before)).chain

    with old.admin() as admin:
        making.upgrade(admin)

    (kept,) = port.pull(incarnation, 1, 0, 10).rows
    assert set(kept.groups) == {"name", "contact"}
    of_before = row("visitor", stamp(node), before["i"], name="Ayşe Demir")
    chain = port.push(incarnation, chain, payload(of_before)).chain
    port.push(incarnation, chain, payload(row("visitor", stamp(node), before["i"], needs="wheelchair")))
    (grown,) = port.pull(incarnation, 1, 0, 10).rows
    assert grown.groups["name"].values == {"name": "Ayşe Demir"}
    assert grown.groups["contact"] == kept.groups["contact"]
    assert grown.groups["needs"].values == {"needs": "wheelchair"}
    assert port.digest(1, "layout", ["layout", "del"]).buckets == {}


def test_an_upgrade_twice_changes_nothing(hub: TrialHub) -> None:
    port, incarnation, node = hub.enrolled("front")
    port.push(incarnation, FIRST_CHAIN, payload(row("visitor", stamp(node), name="Ayşe")))
    before = port.pull(incarnation, 1, 0, 10)

    with hub.admin() as admin:
        making.upgrade(admin)

    assert port.pull(incarnation, 1, 0, 10) == before


def made_on(day: datetime) -> str:
    """The id of something that was made on this day."""
    ms = int(day.timestamp() * 1000)
    return UUID(int=ms << 80 | (new_id().int & ((1 << 80) - 1))).hex


def test_facts_of_any_age_are_taken_and_moved_to_their_months(hub: TrialHub) -> None:
    port, incarnation, node = hub.enrolled("front")
    days = [
        datetime(2024, 2, 29, 23, 59, tzinfo=UTC),
        datetime(2025, 12, 31, 12, tzinfo=UTC),
        datetime.now(UTC),
    ]
    said = [row("passage", stamp(node), made_on(day), visit_id="ab", direction="in", at="x") for day in days]
    of_no_day = row(
        "passage", stamp(node), "ab" * 6 + "4bab8" + "b" * 15, visit_id="ab", direction="in", at="x"
    )
    chain = port.push(incarnation, FIRST_CHAIN, payload(*said, of_no_day)).chain
    before = port.pull(incarnation, 1, 0, 10)

    with hub.admin() as admin:
        made = partitions.tend(admin)

    assert {"passage_2024_02", "passage_2025_12"} <= set(made)
    places = hub.rows("SELECT tableoid::regclass::text FROM app.passage ORDER BY day")
    this_month = f"app.passage_{datetime.now(UTC):%Y_%m}"
    assert [name for (name,) in places] == [
        "app.passage_rest", "app.passage_2024_02", "app.passage_2025_12", this_month
    ]  # fmt: skip
    assert port.pull(incarnation, 1, 0, 10) == before
    assert port.push(incarnation, chain, payload(*said, of_no_day)).merged == 0
    with hub.admin() as admin:
        assert partitions.tend(admin) == []


def test_what_was_written_over_is_let_go_of_after_ninety_days(hub: TrialHub) -> None:
    with hub.admin() as admin:
        making.run(
            admin,
            "INSERT INTO sync.hist SELECT 1, 1, 'x', 1, 'visitor', gen_random_uuid(), 'name', '{}', 1, 2,"
            " now() - n * interval '1 day' FROM generate_series(1, 200, 20) AS n",
        )
        partitions.tend(admin)

    assert hub.rows("SELECT count(*) FROM sync.hist") == [(5,)]


def test_many_municipalities_share_a_hub_in_parts(server: Server) -> None:
    hub = TrialHub(server, "shared_one")
    with server.admin() as admin:
        making.run(admin, "CREATE DATABASE shared_one")
    try:
        with hub.admin() as admin:
            making.create(admin, hash_partitions=4)
        for tenant in range(1, 9):
            port, incarnation, node = hub.enrolled(f"desk {tenant}", 1, tenant)
            port.push(incarnation, FIRST_CHAIN, payload(row("visitor", stamp(node), name=f"of {tenant}")))
            (only,) = port.pull(incarnation, 1, 0, 10).rows
            assert only.groups["name"].values == {"name": f"of {tenant}"}
        parts = hub.rows("SELECT count(DISTINCT tableoid) FROM app.visitor")
        assert parts[0][0] > 1
    finally:
        hub.close()


def test_every_key_at_the_hub_begins_with_the_municipality(hub: TrialHub) -> None:
    """So that tables can be spread over machines by it, as Citus asks."""
    loose = hub.rows(
        "SELECT c.conrelid::regclass::text FROM pg_constraint AS c JOIN pg_attribute AS a"
        " ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]"
        " WHERE c.connamespace = 'app'::regnamespace AND c.contype IN ('p', 'u', 'x') AND a.attname <> 'tenant_id'"
    )

    assert loose == []
