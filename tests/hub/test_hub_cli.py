"""Whoever looks after a hub, at the command line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import zxingcpp
from PIL import Image
from typer.testing import CliRunner, Result

from civicdesk.cli import app
from civicdesk.hub import making
from civicdesk.sync import invitation
from civicdesk.sync.pg_hub import Address, PgHub
from civicdesk.sync.port import CONTRACT, FIRST_CHAIN, Refused
from tests.hub.payloads import payload, row, stamp
from tests.postgres import Server, TrialHub

Say = Callable[..., Result]


@pytest.fixture
def empty(server: Server) -> Iterator[TrialHub]:
    """A database with nothing in it."""
    hub = TrialHub(server, "empty_one")
    with server.admin() as admin:
        making.run(admin, "CREATE DATABASE empty_one")
    yield hub
    hub.close()


def saying(hub: TrialHub) -> Say:
    server = hub.server
    to = f"host={server.home} port={server.port} dbname={hub.database} user=keeper password={server.password}"

    def say(*words: str) -> Result:
        return CliRunner().invoke(app, ["hub", *words, "--to", to])

    return say


@pytest.fixture
def say(hub: TrialHub) -> Say:
    return saying(hub)


def enrol(say: Say, hub: TrialHub, label: str = "Danışma 1") -> invitation.Invitation:
    said = say(
        "enrol-desk", label, "--ca", str(hub.server.ca_file), "--host", "localhost", "--centre-name", "Ege"
    )
    assert said.exit_code == 0, said.output
    return invitation.decode(said.output.strip().splitlines()[-1])


def test_from_an_empty_database_to_a_desk_that_syncs(empty: TrialHub, tmp_path: Path) -> None:
    say = saying(empty)
    assert say("create", "--name", "Örnek Belediyesi").exit_code == 0
    assert "already" in say("create").output
    asked = enrol(say, empty)
    ca = tmp_path / "ca.pem"
    ca.write_text(asked.authority_pem(), encoding="utf-8")

    port = PgHub(Address(asked.host, asked.port, asked.database, asked.role, ca), asked.secret)
    node = port.enrol("ab" * 16, None)
    assert port.push("ab" * 16, FIRST_CHAIN, payload(row("visitor", stamp(node), name="Ali"))).merged == 1
    port.close()

    assert empty.rows(
        "SELECT t.name, s.name FROM sync.tenant AS t JOIN sync.scope AS s USING (tenant_id)"
        " WHERE scope_id = 1"
    ) == [("Örnek Belediyesi", "Ege")]


def test_the_code_can_be_scanned_from_the_terminal(hub: TrialHub, say: Say) -> None:
    said = say(
        "enrol-desk", "Danışma", "--ca", str(hub.server.ca_file), "--host", "localhost"
    ).output.splitlines()
    picture = [line for line in said if set(line) <= set(" ▀▄█") and len(line) > 20]
    size = len(picture[0])
    image = Image.new("L", (size, 2 * len(picture)))
    for y, line in enumerate(picture):
        for x, block in enumerate(line):
            image.putpixel((x, 2 * y), 255 if block in "▀█" else 0)
            image.putpixel((x, 2 * y + 1), 255 if block in "▄█" else 0)

    (read,) = zxingcpp.read_barcodes(image.resize((size * 6, 12 * len(picture))))

    assert read.text == said[-1]
    assert invitation.decode(read.text).host == "localhost"


def test_without_a_name_to_reach_it_by_no_desk_is_enrolled(hub: TrialHub, say: Say) -> None:
    said = say("enrol-desk", "Danışma", "--ca", str(hub.server.ca_file))

    assert said.exit_code == 1
    assert "--host" in said.output


def test_a_desk_that_is_revoked_is_listed_as_such_and_stays_out(hub: TrialHub, say: Say) -> None:
    asked = enrol(say, hub)
    assert f"{asked.role}  active" in say("list").output

    assert say("revoke-desk", asked.role).exit_code == 0

    assert f"{asked.role}  revoked" in say("list").output
    with pytest.raises(Refused):
        PgHub(
            Address("localhost", asked.port, asked.database, asked.role, hub.server.ca_file), asked.secret
        ).hello("0" * 32, CONTRACT)
    assert say("revoke-desk", "desk_nobody").exit_code == 1


def test_the_doctor_finds_a_fresh_hub_well_but_for_what_the_tests_switch_off(hub: TrialHub, say: Say) -> None:
    said = say("doctor").output.splitlines()

    assert {line.split(":")[0] for line in said if line.startswith("LOOK")} <= {
        "LOOK fsync", "LOOK full_page_writes", "LOOK synchronous_commit"
    }  # fmt: skip
    assert "ok   tables: no desk can touch one" in said
    assert "ok   rooms: every hold is claimed" in said


@pytest.mark.parametrize(
    ("harm", "told"),
    [
        ("GRANT SELECT ON app.visitor TO civicdesk_desks", "tables: desks can touch app.visitor"),
        ("GRANT CONNECT ON DATABASE {database} TO PUBLIC", "database: open to every role"),
        ("ALTER TABLE app.visit NO FORCE ROW LEVEL SECURITY", "row-level security: off for 1"),
        ("GRANT EXECUTE ON FUNCTION lo_create(oid) TO PUBLIC", "large objects and advisory locks: open"),
        ("UPDATE sync.meta SET timeline = timeline + 1", "epoch: the database was put back"),
        ("UPDATE sync.meta SET schema_version = 9", "schema: version 9"),
        ("INSERT INTO sync.erasure SELECT 1, 1, gen_random_uuid(), 1, now(), '', role FROM sync.credential",
         "forgotten people: 1 times"),
        ("INSERT INTO app.booking (tenant_id, scope_id, id, room_id, starts_at, ends_at, state, hub_seq) VALUES (1,"
         " 1, gen_random_uuid(), 'a', '2026-11-24T10:00:00.000Z', '2026-11-24T11:00:00.000Z', 'confirmed', 1)",
         "rooms: 1 bookings"),
    ],
    ids=["a table", "a door", "a wall", "large objects", "put back", "newer", "unforgotten", "no claim"],
)  # fmt: skip
def test_the_doctor_sees_what_is_amiss(hub: TrialHub, say: Say, harm: str, told: str) -> None:
    hub.credential("front")
    with hub.admin() as admin:
        making.run(admin, harm.format(database=hub.database))

    said = say("doctor")

    assert f"LOOK {told}" in said.output
    assert said.exit_code == 1


def test_an_upgrade_puts_the_walls_back(hub: TrialHub, say: Say) -> None:
    with hub.admin() as admin:
        making.run(
            admin, "GRANT SELECT ON app.visitor TO civicdesk_desks; DROP FUNCTION sync_v1.settle(uuid)"
        )

    assert say("upgrade").exit_code == 0

    assert "no desk can touch one" in say("doctor").output
    hub.desk("front").settle("ab" * 16)


def test_a_hub_of_a_newer_program_is_left_alone(hub: TrialHub, say: Say) -> None:
    with hub.admin() as admin:
        making.run(admin, "UPDATE sync.meta SET schema_version = 999")

    assert "newer" in say("upgrade").output


def test_a_new_epoch_is_told_to_the_desks(hub: TrialHub, say: Say) -> None:
    port, incarnation, _ = hub.enrolled("front")
    before = port.hello(incarnation, CONTRACT)

    said = say("restore-epoch").output

    after = port.hello(incarnation, CONTRACT)
    assert after.epoch in said
    assert after.epoch != before.epoch
    assert after.recovering
    assert after.head[1] > before.head[1]


def test_what_is_over_is_let_go_of_and_the_months_to_come_are_made(hub: TrialHub, say: Say) -> None:
    port, incarnation, node = hub.enrolled("front")
    old = {"deleted_at": "2024-01-01T10:00:00.000Z"}
    port.push(incarnation, FIRST_CHAIN, payload(row("visitor", stamp(node), name="Ali", **old)))
    with hub.admin() as admin:
        making.run(admin, "DROP TABLE app.passage_" + str(_next_month(hub)))
    assert "LOOK partitions" in say("doctor").output

    said = say("doctor", "--mend").output

    assert "1 partitions made or dropped, 1 rows let go of." in said
    assert "ok   partitions" in said
    owners = hub.rows("SELECT DISTINCT tableowner FROM pg_tables WHERE schemaname IN ('app', 'sync')")
    assert owners == [("civicdesk_hub",)]


def _next_month(hub: TrialHub) -> str:
    return str(hub.rows("SELECT to_char(now() + interval '1 month', 'YYYY_MM')")[0][0])


def test_a_server_that_does_not_answer_is_a_sentence(hub: TrialHub) -> None:
    said = CliRunner().invoke(app, ["hub", "list", "--to", "host=127.0.0.1 port=1 dbname=x user=y"])

    assert said.exit_code == 1
    assert "127.0.0.1" in said.output
