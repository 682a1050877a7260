"""Checking that both sides hold the same: sums of stamps by table every night, and values, a part of them each night.

What a desk has not sent yet counts as the hub knows it. Both sums must be of one moment: while others push, they are
asked for again. Nothing is ever taken away because the hub does not have it, but for what it cleared away for good.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass, field

from civicdesk.sync.capture import Sidecar
from civicdesk.sync.clock import Clock
from civicdesk.sync.file import DeskFile
from civicdesk.sync.port import Digest, HubPort, Row
from civicdesk.sync.pull import Puller
from civicdesk.sync.stamps import node_of

NIGHTS = 28
"""In so many nights every value was compared once."""

_TRIES = 3
_LOW = 0xFFFFFFFF

Sums = dict[int, tuple[int, int, int]]


@dataclass(slots=True)
class Found:
    """What a check came to: buckets that differed and were mended, rows the hub has not and this desk cannot send."""

    mended: int = 0
    missing: int = 0
    tables: set[str] = field(default_factory=set)


def sums(connection: sqlite3.Connection, sidecar: Sidecar) -> Sums:
    """The digest of a table as the hub should have it (see `port.Digest`)."""
    groups = tuple(sidecar.of.groups)
    sent = [f"CASE WHEN pend & {sidecar.bit(group)} THEN b_{group} ELSE c_{group} END" for group in groups]
    low = " + ".join(f"{weight} * (({stamp}) & {_LOW})" for weight, stamp in enumerate(sent, 1))
    high = " + ".join(f"{weight} * (({stamp}) >> 32)" for weight, stamp in enumerate(sent, 1))
    found = connection.execute(
        f"SELECT substr(id, 31), count(*), sum(low), sum(high) FROM (SELECT id, {low} AS low, {high} AS high "
        f"FROM {sidecar.name}) WHERE low <> 0 OR high <> 0 GROUP BY 1"
    )
    return {int(bucket, 16): (count, low, high) for bucket, count, low, high in found}


def check(file: DeskFile, hub: HubPort, puller: Puller, scope: int, tables: Iterable[str]) -> Found:
    """Compare tables of a scope with the hub and mend what differs."""
    found = Found()
    state = file.state()
    for table in tables:
        puller.pause()
        sidecar = file.sidecars[table]
        digest = _of_one_moment(file, hub, puller, scope, sidecar)
        if digest is None:
            continue
        here = sums(file.connection, sidecar)
        tonight = {bucket for bucket in digest.buckets if bucket % NIGHTS == state["looked"]}
        differing = {b for b in {*here, *digest.buckets} if here.get(b) != digest.buckets.get(b)}
        for bucket in sorted(differing | tonight):
            puller.pause()
            _mend(file, hub, puller, (scope, sidecar, bucket), found)
        if differing:
            found.tables.add(table)
            found.mended += len(differing)
    return found


def _of_one_moment(
    file: DeskFile, hub: HubPort, puller: Puller, scope: int, sidecar: Sidecar
) -> Digest | None:
    """A digest that stands for what this desk has read so far; None while others push without a pause."""
    for _try in range(_TRIES):
        digest = hub.digest(scope, sidecar.of.table, tuple(sidecar.of.groups))
        if digest.head == puller.cursor(scope):
            return digest
        puller.pull(scope)
    return None


def _mend(
    file: DeskFile, hub: HubPort, puller: Puller, where: tuple[int, Sidecar, int], found: Found
) -> None:
    scope, sidecar, bucket = where
    rows = hub.bucket(scope, sidecar.of.table, bucket)
    puller.repair(rows)
    lonely = _lonely(file.connection, sidecar, bucket, rows)
    if lonely:
        with file.applying() as connection:
            found.missing += _part_with(connection, sidecar, lonely)


def _lonely(
    connection: sqlite3.Connection, sidecar: Sidecar, bucket: int, rows: Iterable[Row]
) -> dict[str, int]:
    """Rows here that were sent or came once and that the hub has not, and their greatest stamp."""
    newest = ", ".join(f"c_{group}" for group in sidecar.groups)
    newest = f"max({newest})" if len(sidecar.groups) > 1 else newest
    bases = " + ".join(f"b_{group}" for group in sidecar.groups)
    return dict(
        connection.execute(
            f"SELECT id, {newest} FROM {sidecar.name} WHERE substr(id, 31) = ? AND (pend = 0 OR {bases} > 0) "
            "AND id NOT IN (SELECT value FROM json_each(?))",
            (f"{bucket:02x}", json.dumps([row.id for row in rows])),
        )
    )


def _part_with(connection: sqlite3.Connection, sidecar: Sidecar, lonely: dict[str, int]) -> int:
    """Drop what the hub cleared away for good, send again what is this desk's own; how many rows are neither."""
    one = sidecar.of
    (is_dropping,) = connection.execute("SELECT is_dropping FROM sync_state").fetchone()
    clock, missing = Clock.read(connection), 0
    for row_id, stamp in lonely.items():
        if _is_clean(connection, sidecar, row_id) and (
            is_dropping or _is_taken_away(connection, sidecar, row_id)
        ):
            connection.execute(f"DELETE FROM {one.table} WHERE id = ?", (row_id,))
            connection.execute(f"DELETE FROM {sidecar.name} WHERE id = ?", (row_id,))
        elif node_of(stamp) == clock.node:
            connection.execute(
                f"UPDATE {sidecar.name} SET pend = ?, dirty = ? WHERE id = ?",
                (sidecar.every_bit, clock.next_tick(), row_id),
            )
        else:
            missing += 1
    clock.write(connection)
    return missing


def _is_clean(connection: sqlite3.Connection, sidecar: Sidecar, row_id: str) -> bool:
    """Whether nothing of a row waits to be sent; what does is never dropped."""
    asked = f"SELECT 1 FROM {sidecar.name} WHERE id = ? AND pend = 0"
    return connection.execute(asked, (row_id,)).fetchone() is not None


def _is_taken_away(connection: sqlite3.Connection, sidecar: Sidecar, row_id: str) -> bool:
    if sidecar.of.is_fact:
        return False
    found = connection.execute(
        f"SELECT 1 FROM {sidecar.of.table} AS t JOIN {sidecar.name} AS s ON s.id = t.id "
        "WHERE t.id = ? AND t.deleted_at IS NOT NULL",
        (row_id,),
    ).fetchone()
    return found is not None
