"""A copy of a desk's file, or an old one brought back, becomes a desk of its own, and loses nothing.

The hub knows of each incarnation what it sent last. A file that does not fit that has a twin, or a past: it goes on
under a new name, with what it had not sent, and reads everything anew.
"""

from __future__ import annotations

from uuid import uuid4

from civicdesk.sync import push
from civicdesk.sync.file import DeskFile
from civicdesk.sync.port import CONTRACT, FIRST_CHAIN, Greeting, HubPort
from civicdesk.sync.restamp import restamp


def begin(file: DeskFile, at: str) -> None:
    """Become another incarnation, first of all here; `enrol` may then be tried as often as need be."""
    with file.writing() as connection:
        push.drop(connection)
        old = file.state()["incarnation"]
        file.note(incarnation=uuid4().hex, previous=old, is_enrolled=0, chain=FIRST_CHAIN, forked_at=at)
        connection.execute("UPDATE sync_state SET forks = forks + 1")


def enrol(file: DeskFile, hub: HubPort) -> Greeting:
    """Make the incarnation known to the hub, and give what was not sent yet stamps of its own."""
    state = file.state()
    node = hub.enrol(state["incarnation"], state["previous"] or None)
    greeting = hub.hello(state["incarnation"], CONTRACT)
    with file.writing() as connection:
        connection.execute("UPDATE sync_clock SET node = ?", (node,))
        restamp(connection, file.sidecars, node)
        connection.execute("DELETE FROM sync_cursor")
        file.note(is_enrolled=1, chain=greeting.chain or FIRST_CHAIN, code=f"D{node:02d}", filed=0, erased=0)
    return greeting
