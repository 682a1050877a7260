"""Two computers, as the kernel can play them: a desk in a network of its own, whose cable is pulled and put back."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from threading import Event

import pytest

from tests import postgres
from tests.sync.proxy import Proxy
from tests.sync.worlds import empty_desk

pytestmark = [pytest.mark.slow, pytest.mark.outside]

NAME, NEAR, FAR, HERE = "civicdesk-line", "cd-near", "cd-far", "10.231.7.1"
ROWS = 3_000
_NETNS = "/run/netns"
_DESK = f"""
import sys
from pathlib import Path
from civicdesk.database import Database
from civicdesk.sync import payload
from civicdesk.sync.joining import join
from civicdesk.sync.pg_hub import Address, PgHub
from tests.sync.editing import Editor, Story
path, port, database, role, secret, ca = sys.argv[1:]
editor = Editor(Path(path), story := Story(), "far")
for _n in range({ROWS}):
    editor.insert("closure", story.new_id(), on="2026-12-01")
editor.close()
payload.MOST_ROWS = 100
print("begins", flush=True)
outcome = join(Database(Path(path)), PgHub(Address("localhost", int(port), database, role, Path(ca)), secret))
print(outcome.pushed, outcome.pulled, outcome.mended)
"""


def run(*command: str) -> bool:
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


@pytest.fixture
def far_away() -> Iterator[list[str]]:
    """How a command is run on the other computer, where this one is called localhost."""
    if os.geteuid() != 0:
        pytest.skip("only root can make a network of its own")
    if shutil.which("ip") is None:
        pytest.skip("ip is not on this machine")
    names = Path("/etc/netns") / NAME
    was_mounted = _is_mounted()
    try:
        made = (
            run("ip", "netns", "add", NAME)
            and run("ip", "link", "add", NEAR, "type", "veth", "peer", "name", FAR, "netns", NAME)
            and run("ip", "addr", "add", f"{HERE}/30", "dev", NEAR)
            and run("ip", "link", "set", NEAR, "up")
            and run("ip", "-n", NAME, "addr", "add", "10.231.7.2/30", "dev", FAR)
            and run("ip", "-n", NAME, "link", "set", FAR, "up")
        )
        if not made:
            pytest.skip("the kernel of this machine makes no networks")
        names.mkdir(parents=True, exist_ok=True)
        (names / "hosts").write_text(f"{HERE} localhost\n", encoding="utf-8")
        yield ["ip", "netns", "exec", NAME]
    finally:
        run("ip", "link", "del", NEAR)
        run("ip", "netns", "del", NAME)
        shutil.rmtree(names, ignore_errors=True)
        if not was_mounted and _is_mounted():
            run("umount", _NETNS)  # the first namespace of a machine makes it, and nobody takes it away


def _is_mounted() -> bool:
    return any(line.split()[1] == _NETNS for line in Path("/proc/mounts").read_text().splitlines())


def _pull_the_cable(for_s: float) -> None:
    """Packets are lost both ways, and nobody is told."""
    assert run("ip", "link", "set", NEAR, "down")
    Event().wait(for_s)
    assert run("ip", "link", "set", NEAR, "up")


def _delay_and_lose(_for_s: float) -> None:
    if not run("tc", "qdisc", "replace", "dev", NEAR, "root", "netem", "delay", "40ms", "10ms", "loss", "5%"):
        pytest.skip("the kernel of this machine knows no netem")


@pytest.mark.parametrize(
    "trouble", [_pull_the_cable, _delay_and_lose], ids=["pulled cable", "delay and loss"]
)
def test_a_desk_on_a_bad_line_sends_all_it_has(
    far_away: list[str], tmp_path: Path, trouble: Callable[[float], None]
) -> None:
    path = tmp_path / "far.db"
    shutil.copy(empty_desk(), path)
    server = postgres.shared_server()
    with closing(postgres.a_hub(server)) as hub, closing(Proxy(("127.0.0.1", server.port), HERE)) as proxy:
        credential = hub.credential("far")
        given = (path, proxy.port, hub.database, credential.role, credential.secret, server.ca_file)
        with subprocess.Popen(
            [*far_away, sys.executable, "-c", _DESK, *map(str, given)], stdout=subprocess.PIPE, text=True
        ) as desk:
            assert desk.stdout is not None
            assert desk.stdout.readline() == "begins\n"
            for times in range(3):
                Event().wait(0.3)
                trouble(0.4 * (times + 1))
            said = desk.stdout.read()

        assert said.split() == [str(ROWS), str(ROWS), "0"]
        assert hub.rows("SELECT count(*) FROM app.closure") == [(ROWS,)]
