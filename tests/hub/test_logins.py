"""The login of a desk at the hub: what it is worth, and how it ends."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import psycopg
import pytest

from civicdesk.hub import desks, making
from civicdesk.sync.port import CONTRACT, FIRST_CHAIN, Away, Refused
from tests.hub.by_hand import sql_by_hand
from tests.hub.payloads import payload, row, stamp
from tests.postgres import TrialHub


def test_a_desk_has_two_connections_and_no_more(hub: TrialHub) -> None:
    with sql_by_hand(hub, "front"), sql_by_hand(hub, "front"):
        with pytest.raises(psycopg.OperationalError, match="too many connections"), sql_by_hand(hub, "front"):
            pass
        with pytest.raises(Away):
            hub.desk("front").hello("0" * 32, CONTRACT)


def test_a_credential_cannot_use_up_the_numbers_of_all_desks(hub: TrialHub) -> None:
    with hub.admin() as admin:
        admin.execute("UPDATE sync.meta SET incarnation_limit = 3")
    port = hub.desk("front")
    for n in range(3):
        port.enrol(f"{n:032x}", None)

    with pytest.raises(Refused) as refused:
        port.enrol("ff" * 16, None)

    assert refused.value.reason == "unknown_desk"


def test_a_revoked_desk_is_out_at_once_and_in_the_middle_of_its_session(hub: TrialHub) -> None:
    port, incarnation, _ = hub.enrolled("front")
    port.hello(incarnation, CONTRACT)

    began = time.monotonic()
    hub.revoke("front")
    took = time.monotonic() - began

    with pytest.raises((Away, Refused)):
        port.hello(incarnation, CONTRACT)
    with pytest.raises(Refused) as refused:
        port.hello(incarnation, CONTRACT)
    assert refused.value.reason == "revoked"
    assert took < 2


def test_a_wrong_secret_is_an_unknown_desk(hub: TrialHub) -> None:
    hub.desk("front")
    stolen = desks.Credential(hub.credential("front").role, "guessed", 1, 1)
    hub._credentials["thief"] = stolen

    with pytest.raises(Refused) as refused:
        hub.desk("thief").hello("0" * 32, CONTRACT)

    assert refused.value.reason == "unknown_desk"


def test_the_secret_is_kept_nowhere_at_the_hub(hub: TrialHub) -> None:
    secret = hub.credential("front").secret
    verifiers = [v for (v,) in hub.rows("SELECT rolpassword FROM pg_authid WHERE rolname LIKE 'desk_%'")]

    assert all(v.startswith("SCRAM-SHA-256$") for v in verifiers)
    assert secret not in (hub.server.home / "log").read_text(encoding="utf-8")


def test_what_a_stolen_login_wrote_over_can_be_listed(hub: TrialHub) -> None:
    port, incarnation, node = hub.enrolled("front")
    first = row("visitor", stamp(node, ago_ms=5000), name="Ayşe")
    chain = port.push(incarnation, FIRST_CHAIN, payload(first)).chain
    port.push(incarnation, chain, payload(row("visitor", stamp(node), first["i"], name="Silindi")))

    role = hub.credential("front").role
    assert hub.rows(f"SELECT tbl, grp, old FROM sync.hist WHERE role = '{role}'") == [
        ("visitor", "name", {"name": "Ayşe"})
    ]


def test_several_administrators_at_once_do_not_stand_in_each_others_way(hub: TrialHub) -> None:
    hub.credential("front")

    def enrol(number: int) -> str:
        with hub.admin() as admin:
            if number % 4 == 3:
                making.upgrade(admin)
            return desks.enrol(admin, f"desk {number}", 1, 1).role

    with ThreadPoolExecutor(8) as pool:
        roles = set(pool.map(enrol, range(16)))

    with hub.admin() as admin:
        assert {one.role for one in desks.known(admin)} > roles
