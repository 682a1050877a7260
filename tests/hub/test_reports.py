"""What the municipality reads: counts, never names, and none of a few people."""

from __future__ import annotations

from typing import Any

import psycopg
import pytest

from civicdesk.hub import desks
from civicdesk.sync.port import FIRST_CHAIN
from tests.hub.payloads import a_booking, a_room, payload, row, stamp
from tests.postgres import TrialHub


def reading(hub: TrialHub, query: str, tenant: int = 1) -> list[tuple[Any, ...]]:
    with hub.admin() as admin:
        reader = desks.enrol_reader(admin, "BI", tenant)
    to = hub.address(reader)
    with psycopg.connect(
        host=to.host, port=to.port, dbname=to.database, user=to.role, password=reader.secret
    ) as connection:
        return connection.execute(query.encode()).fetchall()


def visits(hub: TrialHub, name: str, scope: int, on: dict[str, int], tenant: int = 1) -> None:
    port, incarnation, node = hub.enrolled(name, scope, tenant)
    said = [
        row("visit", stamp(node), visitor_id="ab" * 16, number=n, arrived_at=at, people=2)
        for at, times in on.items()
        for n in range(times)
    ]
    port.push(incarnation, FIRST_CHAIN, payload(*said))


def test_visits_are_counted_by_centre_and_day_of_the_wall_clock(hub: TrialHub) -> None:
    visits(hub, "front", 1, {"2026-11-24T10:00:00.000Z": 4, "2026-11-23T21:30:00.000Z": 3})
    visits(hub, "elsewhere", 2, {"2026-11-24T10:00:00.000Z": 5})

    found = reading(hub, "SELECT centre, day::text, visits, people FROM report.visits_per_day ORDER BY 1")

    assert found == [("Centre 1", "2026-11-24", 7, 14), ("Centre 2", "2026-11-24", 5, 10)]


def test_counts_of_a_few_are_left_empty(hub: TrialHub) -> None:
    visits(hub, "front", 1, {"2026-11-24T10:00:00.000Z": 4, "2026-11-25T10:00:00.000Z": 5})

    found = reading(hub, "SELECT day::text, visits, people FROM report.visits_per_day ORDER BY 1")

    assert found == [("2026-11-24", None, None), ("2026-11-25", 5, 10)]


def test_a_reader_sees_its_own_municipality_alone(hub: TrialHub) -> None:
    visits(hub, "ours", 1, {"2026-11-24T10:00:00.000Z": 6}, tenant=1)
    visits(hub, "theirs", 1, {"2026-11-24T10:00:00.000Z": 9}, tenant=2)

    assert reading(hub, "SELECT visits FROM report.visits_per_day", tenant=2) == [(9,)]


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * FROM app.visit",
        "SELECT * FROM app.visitor",
        "SELECT * FROM sync.credential",
        "SELECT sync_v1.erasures(0)",
    ],
)
def test_a_reader_sees_counts_and_nothing_behind_them(hub: TrialHub, query: str) -> None:
    visits(hub, "front", 1, {"2026-11-24T10:00:00.000Z": 6})

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reading(hub, query)


def test_a_reader_who_brings_a_function_of_his_own_sees_no_row_before_it_is_counted(hub: TrialHub) -> None:
    visits(hub, "front", 1, {"2026-11-24T10:00:00.000Z": 6})

    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        reading(hub, "CREATE TEMP TABLE leak (t text)")


def test_bookings_post_and_heads_are_counted(hub: TrialHub) -> None:
    port, incarnation, node = hub.enrolled("front")
    at = "2026-11-24T10:00:00.000Z"
    said = [a_booking(stamp(node), a_room(), guests=3) for _ in range(5)]
    said += [row("mail_item", stamp(node), received_at=at, number=str(n)) for n in range(4)]
    said.append(row("head_count", stamp(node), room_id="ab" * 16, change=12, at=at))
    port.push(incarnation, FIRST_CHAIN, payload(*said))

    assert reading(hub, "SELECT bookings, guests, hours FROM report.bookings_per_day") == [(5, 15, 5)]
    assert reading(hub, "SELECT items FROM report.mail_per_day") == [(None,)]
    assert reading(hub, "SELECT people FROM report.heads_per_day") == [(12,)]
