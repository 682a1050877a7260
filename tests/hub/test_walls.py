"""What a desk's login tries that it must not: each is refused, and the others never notice."""

from __future__ import annotations

import os
import time

import psycopg
import pytest

from civicdesk.sync.pg_hub import PgHub
from civicdesk.sync.port import CONTRACT, FIRST_CHAIN, Away, Refused
from tests.hub.by_hand import sql_by_hand
from tests.hub.payloads import a_booking, a_room, payload, row, stamp
from tests.postgres import TrialHub

TRIED = {
    "read a table": "SELECT * FROM app.visitor",
    "read the desks": "SELECT * FROM sync.credential",
    "write a table": "INSERT INTO app.visitor (tenant_id, scope_id, id, hub_seq) VALUES (1, 2, gen_random_uuid(), 1)",
    "write stamps": "UPDATE app.booking SET c_slot = 9223372036854775807",
    "raise the counter": "UPDATE sync.scope SET seq = 9000000000",
    "merge by itself": "SELECT sync.merge_visitor(1, 2, 'x', 1, true, 1, '[]')",
    "count numbers up": "SELECT sync.next_seq(1, 2, 1000)",
    "forget elsewhere": "SELECT sync.forget_visitor(1, 2, NULL)",
    "stop the clock": "CREATE OR REPLACE FUNCTION sync.now_ms() RETURNS int8 LANGUAGE sql AS 'SELECT 1::int8'",
    "replace a function": "CREATE OR REPLACE FUNCTION sync_v1.acknowledge(uuid) RETURNS void LANGUAGE sql AS ''",
    "make a table": "CREATE TABLE public.mine (n int)",
    "make a passing table": "CREATE TEMP TABLE mine (n int)",
    "make a schema": "CREATE SCHEMA mine",
    "make a role": "CREATE ROLE mine SUPERUSER",
    "become the owner": "SET ROLE civicdesk_hub",
    "become another": "SET SESSION AUTHORIZATION civicdesk_hub",
    "read the counts": "SELECT * FROM report.visits_per_day",
    "read a file": "SELECT pg_read_file('/etc/passwd')",
    "run a program": "COPY (SELECT 1) TO PROGRAM 'true'",
    "keep a large object": "SELECT lo_from_bytea(0, 'x')",
    "hold an advisory lock": "SELECT pg_advisory_lock(n) FROM generate_series(1, 100000) AS n",
    "lock a table": "DO $$ BEGIN LOCK TABLE sync.scope; END $$",
    "end other sessions": "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE usename = 'keeper'",
    "read secrets": "SELECT * FROM pg_authid",
    "allow itself more": "ALTER ROLE CURRENT_USER CONNECTION LIMIT 100",
    "bypass the wall": "ALTER TABLE app.visitor DISABLE ROW LEVEL SECURITY",
}


@pytest.mark.parametrize("tried", TRIED.values(), ids=TRIED)
def test_a_desk_calls_functions_and_nothing_else(hub: TrialHub, tried: str) -> None:
    with sql_by_hand(hub, "front") as hand, pytest.raises(psycopg.errors.InsufficientPrivilege):
        hand.execute(tried.encode())

    assert hub.desk("post").hello("0" * 32, CONTRACT).chain is None


def test_another_centre_cannot_be_read_nor_written(hub: TrialHub) -> None:
    mine, incarnation, node = hub.enrolled("front", 1)
    other, elsewhere, _ = hub.enrolled("elsewhere", 2)
    mine.push(incarnation, FIRST_CHAIN, payload(row("visitor", stamp(node), name="Ayşe Demir")))

    for ask in (
        lambda: other.pull(elsewhere, 1, 0, 100),
        lambda: other.digest(1, "visitor", ["name"]),
        lambda: other.bucket(1, "visitor", 7),
    ):
        with pytest.raises(Refused) as refused:
            ask()
        assert refused.value.reason == "forged"
    assert other.pull(elsewhere, 2, 0, 100).rows == []
    assert other.pull(elsewhere, 0, 0, 100).rows == []


def test_a_desk_cannot_speak_for_another_desk_of_its_centre(hub: TrialHub) -> None:
    _, incarnation, node = hub.enrolled("front")
    post = hub.desk("post")

    with pytest.raises(Refused) as refused:
        post.push(incarnation, FIRST_CHAIN, payload(row("visitor", stamp(node), name="Ali")))
    assert refused.value.reason == "unknown_desk"

    own = "ab" * 16
    post.enrol(own, None)
    with pytest.raises(Refused) as forged:
        post.push(own, FIRST_CHAIN, payload(row("visitor", stamp(node), name="Ali")))
    assert forged.value.reason == "foreign_node"


def test_the_hub_itself_cannot_be_spoken_for(hub: TrialHub) -> None:
    port, incarnation, _ = hub.enrolled("front")

    with pytest.raises(Refused) as refused:
        port.push(incarnation, FIRST_CHAIN, payload(row("visitor", stamp(0), name="Ali")))

    assert refused.value.reason == "foreign_node"


def test_what_a_push_says_of_centre_and_municipality_is_not_even_read(hub: TrialHub) -> None:
    port, incarnation, node = hub.enrolled("front", 1)
    said = row("visitor", stamp(node), name="Ali")

    port.push(incarnation, FIRST_CHAIN, payload({**said, "scope_id": 2, "tenant_id": 2}, scope=2, tenant=2))

    assert hub.rows("SELECT tenant_id, scope_id FROM app.visitor") == [(1, 1)]


def test_names_that_are_sql_stay_text(hub: TrialHub) -> None:
    port, incarnation, node = hub.enrolled("front")
    name = "'); DROP TABLE app.visitor; --"
    port.push(incarnation, FIRST_CHAIN, payload(row("visitor", stamp(node), name=name)))
    (found,) = port.pull(incarnation, 1, 0, 10).rows
    assert found.groups["name"].values == {"name": name}

    for table in ('visitor"; DROP TABLE app.visitor; --', "meta", "../visitor", "pg_class"):
        with pytest.raises(Refused):
            port.digest(1, table, ["name"])
        with pytest.raises(Refused):
            port.bucket(1, table, 1)
    assert port.digest(1, "visitor", ["name) FROM sync.credential --"]).buckets


def test_two_municipalities_know_nothing_of_each_other(hub: TrialHub) -> None:
    ours, incarnation, node = hub.enrolled("ours", 1, 1)
    theirs, elsewhere, their_node = hub.enrolled("theirs", 1, 2)
    said = row("visitor", stamp(node), name="Ayşe")
    ours.push(incarnation, FIRST_CHAIN, payload(said))

    assert theirs.hello(elsewhere, CONTRACT).tenant == 2
    assert theirs.pull(elsewhere, 1, 0, 10).rows == []
    same = row("visitor", stamp(their_node), said["i"], name="Başkası")
    done = theirs.push(elsewhere, FIRST_CHAIN, payload(same))

    assert (done.merged, done.conflicts) == (1, 0)
    (mine,) = ours.pull(incarnation, 1, 0, 10).rows
    assert mine.groups["name"].values == {"name": "Ayşe"}
    theirs.erase(said["i"], "asked")
    assert ours.erasures(0) == []
    assert ours.pull(incarnation, 1, 0, 10).rows[0].groups["name"].values == {"name": "Ayşe"}


def test_the_second_wall_stands_when_a_function_forgets_to_look(hub: TrialHub) -> None:
    """A function that names no centre at all still sees only that of whoever calls it."""
    for name, scope in (("front", 1), ("elsewhere", 2)):
        port, incarnation, node = hub.enrolled(name, scope)
        port.push(incarnation, FIRST_CHAIN, payload(row("visitor", stamp(node), name=name)))
    with hub.admin() as admin:
        admin.execute(
            "SET ROLE civicdesk_hub; CREATE FUNCTION sync_v1.careless() RETURNS SETOF text LANGUAGE sql "
            "SECURITY DEFINER AS 'SELECT name FROM app.visitor'; GRANT EXECUTE ON FUNCTION sync_v1.careless() "
            "TO civicdesk_desks; CREATE FUNCTION sync_v1.reckless() RETURNS void LANGUAGE sql SECURITY DEFINER AS "
            "'UPDATE app.visitor SET scope_id = 2'; GRANT EXECUTE ON FUNCTION sync_v1.reckless() TO civicdesk_desks"
        )

    with sql_by_hand(hub, "front") as hand:
        assert hand.execute("SELECT * FROM sync_v1.careless()").fetchall() == [("front",)]
        with pytest.raises(psycopg.errors.InsufficientPrivilege, match="row-level security"):
            hand.execute("SELECT sync_v1.reckless()")


def test_a_payload_too_big_is_refused_and_the_desk_syncs_on(hub: TrialHub) -> None:
    port, incarnation, node = hub.enrolled("front")

    with pytest.raises(Refused) as refused:
        port.push(incarnation, FIRST_CHAIN, "x" * 9_000_000)

    assert refused.value.reason == "too_big"
    assert port.push(incarnation, FIRST_CHAIN, payload(row("visitor", stamp(node), name="Ali"))).merged == 1


@pytest.mark.parametrize("claimed", [1_000_000_000, 2_000_000_000], ids=["one gigabyte", "two gigabytes"])
def test_whoever_announces_gigabytes_troubles_nobody_else(hub: TrialHub, claimed: int) -> None:
    port, incarnation, node = hub.enrolled("front")

    with sql_by_hand(hub, "front") as hand:
        os.write(hand.fileno(), b"Q" + claimed.to_bytes(4, "big") + b"x" * 100_000)
        said = payload(row("visitor", stamp(node), name="Ali"))
        assert port.push(incarnation, FIRST_CHAIN, said).merged == 1
        hub.revoke("front")

    assert hub.rows("SELECT count(*) FROM app.visitor") == [(1,)]


def test_whoever_holds_a_push_open_delays_its_own_centre_alone_and_not_for_long(hub: TrialHub) -> None:
    slow, incarnation, node = hub.enrolled("slow", 1)
    waiting, waits_as, waits_at = hub.enrolled("waiting", 1)
    free, free_as, free_at = hub.enrolled("free", 2)
    with hub.admin() as admin:
        for name in ("slow", "waiting"):
            role = hub.credential(name).role
            admin.execute(f"ALTER ROLE {role} SET idle_in_transaction_session_timeout = '1500ms'".encode())
            admin.execute(f"ALTER ROLE {role} SET lock_timeout = '300ms'".encode())
    slow, waiting = hub.reopen(slow), hub.reopen(waiting)
    said = payload(row("visitor", stamp(node), name="Ali"))

    with sql_by_hand(hub, "slow") as hand:
        hand.execute("BEGIN")
        hand.execute("SELECT sync_v1.push(%s::uuid, '', %s)", [incarnation, said])
        assert (
            free.push(free_as, FIRST_CHAIN, payload(row("visitor", stamp(free_at), name="Can"))).merged == 1
        )
        with pytest.raises(Away):
            waiting.push(waits_as, FIRST_CHAIN, payload(row("visitor", stamp(waits_at), name="Ece")))
        push_until_taken(waiting, waits_as, payload(row("visitor", stamp(waits_at), name="Ece")))
        with pytest.raises(psycopg.Error, match="idle-in-transaction"):
            hand.execute("COMMIT")

    assert hub.rows("SELECT name FROM app.visitor WHERE scope_id = 1") == [("Ece",)]
    assert slow.hello(incarnation, CONTRACT).chain == FIRST_CHAIN


def push_until_taken(port: PgHub, incarnation: str, said: str) -> None:
    until = time.monotonic() + 20
    while True:
        try:
            port.push(incarnation, FIRST_CHAIN, said)
        except Away:
            assert time.monotonic() < until
        else:
            return


def test_a_room_of_another_centre_is_not_taken_by_its_id(hub: TrialHub) -> None:
    room = a_room()
    for name, scope in (("front", 1), ("elsewhere", 2)):
        port, incarnation, node = hub.enrolled(name, scope)
        assert port.push(incarnation, FIRST_CHAIN, payload(a_booking(stamp(node), room))).clashes == 0
