"""Sending what waits, in batches that either arrive whole or not at all, each known by its content."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable

from civicdesk.models import InboxKind
from civicdesk.sync import beside, inbox, payload
from civicdesk.sync.beside import Beside
from civicdesk.sync.capture import Sidecar
from civicdesk.sync.clock import Clock
from civicdesk.sync.file import DeskFile
from civicdesk.sync.payload import Batch, Sent
from civicdesk.sync.port import HubPort, Pushed, Refused
from civicdesk.sync.stamps import node_of

_ABOUT_ROWS = ("row", "too_big", "future_stamp", "foreign_node", "forged", "erased", "gone")


def push(file: DeskFile, hub: HubPort, batch: Batch) -> Pushed:
    """Send one batch. What is in flight is written down first, so that a lost answer is no lost change."""
    state = file.state()
    chain = payload.next_chain(state["chain"], batch.text)
    _take_off(file, batch, chain)
    pushed = hub.push(state["incarnation"], state["chain"], batch.text)
    land(file, chain)
    return pushed


def land(file: DeskFile, chain: str) -> None:
    """What was in flight has arrived: exactly those rows that were not changed since are sent."""
    with file.writing() as connection:
        tables = defaultdict(list)
        for table, row_id, dirty in connection.execute("SELECT table_name, row_id, dirty FROM sync_inflight"):
            tables[table].append((row_id, dirty))
        for table, rows in tables.items():
            connection.executemany(
                f"UPDATE {table}__s SET dirty = 0, pend = 0 WHERE id = ? AND dirty = ?", rows
            )
            connection.executemany(
                "DELETE FROM sync_quarantine WHERE table_name = ? AND row_id = ?",
                [(table, row[0]) for row in rows],
            )
        drop(connection)
        file.note(chain=chain, inflight="")


def drop(connection: sqlite3.Connection) -> None:
    """What was in flight never arrived: it waits as before."""
    connection.execute("DELETE FROM sync_inflight")
    connection.execute("UPDATE sync_state SET inflight = ''")


def make(file: DeskFile, rows: list[Sent] | None = None) -> Batch:
    """The next batch, in one moment of the file; of these rows, or of what waits longest."""
    with file.reading() as connection:
        chosen = payload.waiting(connection, file.sidecars, payload.MOST_ROWS) if rows is None else rows
        return payload.batch(connection, file.sidecars, chosen)


def push_or_set_apart(
    file: DeskFile, hub: HubPort, batch: Batch, at: str, tell: Callable[[Pushed], None]
) -> int:
    """Send a batch; where the hub refuses rows, find them by halving and set them apart. How many were."""
    try:
        tell(push(file, hub, batch))
    except Refused as refused:
        if refused.reason not in _ABOUT_ROWS:
            raise
        with file.writing() as connection:
            drop(connection)
            is_whole = refused.reason == "gone" and _make_whole(connection, file, refused)
        if is_whole:
            return push_or_set_apart(file, hub, make(file, list(batch.rows)), at, tell)
        return _set_apart(file, hub, batch, refused, at=at, tell=tell)
    return 0


def _make_whole(connection: sqlite3.Connection, file: DeskFile, refused: Refused) -> bool:
    """The hub has these rows no more: all of each goes again, as new, or others would get a piece of a row.

    Whether there is any of which only a part was sent.
    """
    clock = Clock.read(connection)
    is_any = False
    for table in {table for table, _row_id in refused.rows if table in file.sidecars}:
        sidecar = file.sidecars[table]
        rows = beside.read(connection, sidecar, (row_id for of, row_id in refused.rows if of == table))
        for here in rows.values():
            is_any = is_any or any(here.bases.values())
            _begin_anew(here, sidecar, clock)
        beside.write(connection, sidecar, rows)
    clock.write(connection)
    return is_any


def _begin_anew(here: Beside, sidecar: Sidecar, clock: Clock) -> None:
    """What others wrote goes under stamps of this desk, since the hub takes no other."""
    for group, stamp in here.stamps.items():
        if stamp:
            here.pend |= sidecar.bit(group)
            here.stamps[group] = stamp if node_of(stamp) == clock.node else clock.next_stamp(stamp)
    here.bases.clear()
    here.dirty = clock.next_tick()


def _set_apart(
    file: DeskFile, hub: HubPort, batch: Batch, refused: Refused, *, at: str, tell: Callable[[Pushed], None]
) -> int:
    named = {*refused.rows} & {(row.table, row.id) for row in batch.rows}
    if len(batch.rows) == 1 or named:
        bad = [row for row in batch.rows if not named or (row.table, row.id) in named]
        _quarantine(file, bad, refused, at)
        rest = [row for row in batch.rows if row not in bad]
        halves = [rest] if rest else []
    else:
        bad, middle = [], len(batch.rows) // 2
        halves = [list(batch.rows[:middle]), list(batch.rows[middle:])]
    count = len(bad)
    for half in halves:
        again = make(file, half)
        if again.rows:
            count += push_or_set_apart(file, hub, again, at, tell)
    return count


def _quarantine(file: DeskFile, rows: list[Sent], refused: Refused, at: str) -> None:
    """The row stays here whole and unsent; it goes again once somebody has changed it."""
    with file.writing() as connection:
        for row in rows:
            connection.execute(
                "INSERT OR REPLACE INTO sync_quarantine (table_name, row_id, dirty, reason, at) "
                "VALUES (?, ?, ?, ?, ?)",
                (row.table, row.id, row.dirty, refused.reason, at),
            )
            lost = inbox.Lost(row.table, row.id, "", {"reason": refused.reason})
            inbox.file(connection, InboxKind.REFUSED, lost, at)


def _take_off(file: DeskFile, batch: Batch, chain: str) -> None:
    with file.writing() as connection:
        drop(connection)
        connection.executemany(
            "INSERT INTO sync_inflight (table_name, row_id, dirty) VALUES (?, ?, ?)",
            [(row.table, row.id, row.dirty) for row in batch.rows],
        )
        connection.execute("UPDATE sync_state SET inflight = ?, hi = max(hi, ?)", (chain, batch.highest))
