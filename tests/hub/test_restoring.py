"""A hub that was put back from a backup: desks hear of it by themselves, and give back what it lost."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator

import pytest

from civicdesk.hub import making, restoring
from civicdesk.sync.port import CONTRACT, FIRST_CHAIN, Refused
from tests.hub.payloads import payload, row, stamp
from tests.postgres import Server, TrialHub, a_hub, binaries, running


@pytest.fixture
def elsewhere(server: Server) -> Iterator[str]:
    name = "put_back"
    with server.admin() as admin:
        making.run(admin, f"CREATE DATABASE {name}")
    yield name
    TrialHub(server, name).close()


def dump_and_put_back(hub: TrialHub, name: str) -> None:
    server = hub.server
    to = ["-h", str(server.home), "-p", str(server.port), "-U", "keeper"]
    known = {**os.environ, "PGPASSWORD": server.password}
    tools = binaries()
    dumped = subprocess.run(
        [tools / "pg_dump", *to, "-Fc", hub.database], env=known, capture_output=True, check=True
    ).stdout
    subprocess.run(
        [tools / "pg_restore", *to, "-d", name, "--exit-on-error"], env=known, input=dumped, check=True
    )


def test_a_dump_that_is_put_back_is_another_epoch_before_anybody_says_so(
    hub: TrialHub, elsewhere: str
) -> None:
    port, incarnation, node = hub.enrolled("front")
    kept = row("visitor", stamp(node, ago_ms=9000), name="kept")
    chain = port.push(incarnation, FIRST_CHAIN, payload(kept)).chain
    dump_and_put_back(hub, elsewhere)
    lost = row("visitor", stamp(node), name="lost")
    port.push(incarnation, chain, payload(lost))
    known = port.hello(incarnation, CONTRACT)

    hub.database = elsewhere
    again = hub.desk("front")
    greeting = again.hello(incarnation, CONTRACT)

    assert (greeting.chain, greeting.recovering) == (chain, False)
    assert greeting.epoch != known.epoch
    assert again.hello(incarnation, CONTRACT).epoch == greeting.epoch


def test_what_it_lost_is_handed_in_by_whoever_has_it(hub: TrialHub, elsewhere: str) -> None:
    _port, incarnation, node = hub.enrolled("front")
    other, others, others_node = hub.enrolled("post")
    dump_and_put_back(hub, elsewhere)
    lost = row("visitor", stamp(others_node), name="lost")
    before = other.push(others, FIRST_CHAIN, payload(lost))
    assert before.merged == 1

    hub.database = elsewhere
    epoch = hub.new_epoch()
    front = hub.desk("front")
    greeting = front.hello(incarnation, CONTRACT)
    with pytest.raises(Refused, match="foreign_node"):
        front.push(incarnation, FIRST_CHAIN, payload(lost))
    done = front.push(incarnation, FIRST_CHAIN, payload(lost, recovery=epoch))

    assert (greeting.epoch, greeting.recovering) == (epoch, True)
    assert (done.merged, done.conflicts) == (1, 0)
    assert front.enrol("ab" * 16, incarnation) > max(node, others_node) + 100


def test_an_upgrade_shuts_the_door_that_a_dump_leaves_open(hub: TrialHub, elsewhere: str) -> None:
    _port, incarnation, _node = hub.enrolled("front")
    dump_and_put_back(hub, elsewhere)
    hub.database = elsewhere
    assert hub.rows("SELECT has_database_privilege('civicdesk_readers', current_database(), 'CONNECT')") == [
        (True,)
    ]

    with hub.admin() as admin:
        making.upgrade(admin)

    assert hub.rows("SELECT has_database_privilege('civicdesk_readers', current_database(), 'CONNECT')") == [
        (False,)
    ]
    assert hub.desk("front").hello(incarnation, CONTRACT).chain == FIRST_CHAIN


@pytest.mark.slow
def test_a_server_put_back_to_a_point_in_time_is_another_epoch() -> None:
    with running(Server(is_durable=False, settings=("wal_level=replica", "max_wal_senders=2"))) as server:
        hub = a_hub(server)
        port, incarnation, _ = hub.enrolled("front")
        before = port.hello(incarnation, CONTRACT)
        port.close()
        server.stop()
        shutil.copytree(server.home / "data", server.home / "copy")
        shutil.rmtree(server.home / "data")
        (server.home / "copy").rename(server.home / "data")
        (server.home / "data/recovery.signal").touch()
        for path in (server.home / "data").rglob("*"):
            if os.geteuid() == 0:
                shutil.chown(path, "postgres")
        if os.geteuid() == 0:
            shutil.chown(server.home / "data", "postgres")
        (server.home / "data").chmod(0o700)
        server.settings = (*server.settings, "restore_command=false")
        server.start()

        after = hub.desk("front").hello(incarnation, CONTRACT)
        with hub.admin() as admin:
            assert not restoring.is_as_left(admin)
        hub.close()

    assert after.epoch != before.epoch
