"""After the hub came back from a backup of its own: the desks give back what it has lost.

Each desk sends the rows of every part that differs, under the stamps they have, also those of other desks; the later
stamp wins as ever. It only happens after an administrator has said that this is the right hub.
"""

from __future__ import annotations

from collections.abc import Callable

from civicdesk.sync import payload, push
from civicdesk.sync.capture import Sidecar
from civicdesk.sync.file import DeskFile
from civicdesk.sync.payload import Batch, Sent
from civicdesk.sync.port import CONTRACT, FIRST_CHAIN, Greeting, HubPort
from civicdesk.sync.verify import sums


def meet(file: DeskFile, hub: HubPort, greeting: Greeting) -> Greeting:
    """Agree with the hub anew where the chain stands; it may not even know this incarnation any more."""
    state = file.state()
    node = greeting.node
    if greeting.chain is None:
        node = hub.enrol(state["incarnation"], state["previous"] or None)
        greeting = hub.hello(state["incarnation"], CONTRACT)
    with file.writing() as connection:
        push.drop(connection)
        connection.execute("UPDATE sync_clock SET node = ?", (node,))
        file.note(chain=greeting.chain or FIRST_CHAIN, is_enrolled=1)
    return greeting


def offer(file: DeskFile, hub: HubPort, scope_of: Callable[[str], int], pause: Callable[[], None]) -> int:
    """Give the hub what it has not, table by table; how many rows were offered. It may be begun again at any time."""
    for subject, reason in file.connection.execute("SELECT subject_id, reason FROM sync_erasure").fetchall():
        hub.erase(subject, reason)
    offered = 0
    for table, sidecar in file.sidecars.items():
        there = hub.digest(scope_of(table), table, tuple(sidecar.of.groups)).buckets
        here = sums(file.connection, sidecar)
        for bucket in sorted(bucket for bucket, found in here.items() if there.get(bucket) != found):
            pause()
            offered += _offer_bucket(file, hub, sidecar, bucket)
    return offered


def _offer_bucket(file: DeskFile, hub: HubPort, sidecar: Sidecar, bucket: int) -> int:
    epoch = file.state()["new_epoch"]
    with file.reading() as connection:
        ids = [
            row_id
            for (row_id,) in connection.execute(
                f"SELECT id FROM {sidecar.name} WHERE substr(id, 31) = ?", (f"{bucket:02x}",)
            )
        ]
        rows = [row for _sent, row in payload.whole(connection, sidecar, ids)]
    for start in range(0, len(rows), payload.MOST_ROWS):
        some = rows[start : start + payload.MOST_ROWS]
        text = payload.canonical({"contract": CONTRACT, "rows": some, "recovery": epoch})
        none: tuple[Sent, ...] = ()
        push.push(file, hub, Batch(none, text, 0))
    return len(rows)
