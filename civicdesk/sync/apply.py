"""Writing down what the hub sends: group by group the later stamp wins, and no unsent work goes without a word.

Rows go in by table and by the set of groups they bring, many at a time, while the triggers that capture or refuse
give way. What this desk keeps besides is worked out anew in the same transaction (`derived.py`).
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from civicdesk.models import InboxKind
from civicdesk.sync import beside, derived, erasure, facts, inbox
from civicdesk.sync.beside import Beside
from civicdesk.sync.capture import Sidecar
from civicdesk.sync.clock import Clock
from civicdesk.sync.groups import WORKED_OUT
from civicdesk.sync.payload import to_stored
from civicdesk.sync.port import FACT, Cell, Row, Value
from civicdesk.sync.stamps import node_of


@dataclass(frozen=True, slots=True)
class _Doubt:
    """A group about which stamps alone do not decide; `stamp` is the one it had here."""

    row_id: str
    group: str
    cell: Cell
    stamp: int


@dataclass(slots=True)
class _Taking:
    """What is about to be written into one table."""

    connection: sqlite3.Connection
    clock: Clock
    sidecar: Sidecar
    at: str
    is_repair: bool
    fresh: list[Row] = field(default_factory=list)
    cells: dict[str, dict[str, Mapping[str, Value]]] = field(default_factory=lambda: defaultdict(dict))
    beside: dict[str, Beside] = field(default_factory=dict)
    doubts: list[_Doubt] = field(default_factory=list)


def apply_rows(
    connection: sqlite3.Connection,
    sidecars: Mapping[str, Sidecar],
    rows: Iterable[Row],
    at: str,
    *,
    is_repair: bool = False,
) -> set[str]:
    """Write rows of the hub down, in the caller's transaction; the tables in which anything changed.

    A repair also looks at groups of equal stamps, and marks what the hub lost of this desk's own to be sent again.
    Tables and groups that this program does not know are passed over.
    """
    tables: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        if row.table in sidecars:
            tables[row.table].append(row)
    clock = Clock.read(connection)
    changes = derived.Changes(connection, sidecars)
    for table, some in tables.items():
        changes.before(table, [row.id for row in some])
    changed = set()
    for table, some in tables.items():
        taking = _Taking(connection, clock, sidecars[table], at, is_repair)
        _decide(taking, some)
        _write(taking)
        changes.wrote(table, taking.fresh, taking.cells)
        erasure.empty_again(connection, table, [row.id for row in some])
        if taking.fresh or taking.cells:
            changed.add(table)
    changes.work_out()
    clock.write(connection)
    return changed


def _decide(taking: _Taking, rows: Sequence[Row]) -> None:
    one = taking.sidecar.of
    known = beside.read(taking.connection, taking.sidecar, (row.id for row in rows))
    for row in rows:
        cells = {group: cell for group, cell in row.groups.items() if group in one.groups}
        taking.clock.saw(max((cell.stamp for cell in cells.values()), default=0))
        here = known.get(row.id)
        if here is None:
            taking.fresh.append(Row(row.table, row.id, cells))
            known[row.id] = taking.beside[row.id] = _clean(cells)
        elif one.is_fact:
            taking.beside[row.id] = here
            taking.doubts += (_Doubt(row.id, FACT, cell, here.stamps[FACT]) for cell in cells.values())
        else:
            _choose(taking, row.id, here, cells)
    if taking.doubts:
        _settle_doubts(taking)


def _clean(cells: Mapping[str, Cell]) -> Beside:
    return Beside(0, 0, {group: cell.stamp for group, cell in cells.items()}, {})


def _choose(taking: _Taking, row_id: str, here: Beside, cells: Mapping[str, Cell]) -> None:
    """Which groups of a row that is here already are taken, and what becomes of work that was not sent yet."""
    for group, cell in cells.items():
        bit, mine = taking.sidecar.bit(group), here.stamps[group]
        is_unsent = bool(here.pend & bit)
        if cell.stamp > mine:
            if is_unsent:
                taking.doubts.append(_Doubt(row_id, group, cell, mine))
            taking.cells[row_id][group] = cell.values
            here.stamps[group] = cell.stamp
            here.pend &= ~bit
            taking.beside[row_id] = here
        elif is_unsent:
            _hear_echo(taking, row_id, here, group, cell.stamp)
        elif taking.is_repair:
            _compare(taking, row_id, here, group, cell)
    if not here.pend:
        here.dirty = 0


def _hear_echo(taking: _Taking, row_id: str, here: Beside, group: str, stamp: int) -> None:
    """An older word of this desk is at the hub now; another desk's does not count, since nobody here had seen it."""
    if node_of(stamp) == taking.clock.node:
        here.bases[group] = stamp
        taking.beside[row_id] = here


def _compare(taking: _Taking, row_id: str, here: Beside, group: str, cell: Cell) -> None:
    """In a repair: equal stamps should mean equal values, and the hub have what this desk has sent."""
    mine = here.stamps[group]
    if cell.stamp == mine:
        taking.doubts.append(_Doubt(row_id, group, cell, mine))
    elif node_of(mine) == taking.clock.node:
        _send_again(taking, here, group, cell.stamp)
        taking.beside[row_id] = here


def _send_again(taking: _Taking, here: Beside, group: str, base: int) -> None:
    here.pend |= taking.sidecar.bit(group)
    here.bases[group], here.dirty = base, taking.clock.next_tick()


def _settle_doubts(taking: _Taking) -> None:
    """Compare what this desk has with what comes: facts, unsent work that gives way, equal stamps in a repair."""
    one = taking.sidecar.of
    known = beside.values(taking.connection, one, {doubt.row_id for doubt in taking.doubts})
    for doubt in taking.doubts:
        whole = known.get(doubt.row_id, {})
        mine = {column: whole.get(column) for column in one.groups[doubt.group]}
        if one.is_fact:
            _take_fact(taking, doubt, mine)
        elif mine != doubt.cell.values:
            _file(taking, doubt, mine)
            taking.cells[doubt.row_id][doubt.group] = doubt.cell.values


def _take_fact(taking: _Taking, doubt: _Doubt, mine: Mapping[str, Value]) -> None:
    """Facts agree, but for what may be emptied; where they do not, the hub's stays and this desk's is filed."""
    here, theirs = taking.beside[doubt.row_id], doubt.cell
    merged = facts.merged(taking.sidecar.of, mine, theirs.values)
    if merged is None:
        _file(taking, doubt, mine)
    if merged is None or merged == theirs.values:
        here.pend, here.dirty, here.stamps[FACT] = 0, 0, theirs.stamp
    elif not here.pend or theirs.stamp >= doubt.stamp:
        _send_again(taking, here, FACT, theirs.stamp)
        here.stamps[FACT] = taking.clock.next_stamp(theirs.stamp)
    if (merged or theirs.values) != mine:
        taking.cells[doubt.row_id][FACT] = merged or theirs.values


def _file(taking: _Taking, doubt: _Doubt, mine: Mapping[str, Value]) -> None:
    lost = inbox.Lost(taking.sidecar.of.table, doubt.row_id, doubt.group, mine, doubt.stamp, doubt.cell.stamp)
    inbox.file(taking.connection, InboxKind.OVERWRITTEN, lost, taking.at)


def _write(taking: _Taking) -> None:
    _insert(taking)
    by_groups: dict[tuple[str, ...], list[tuple[str, Mapping[str, Mapping[str, Value]]]]] = defaultdict(list)
    for row_id, groups in taking.cells.items():
        by_groups[tuple(sorted(groups))].append((row_id, groups))
    for some, rows in by_groups.items():
        _update(taking, some, rows)
    beside.write(taking.connection, taking.sidecar, taking.beside)


def _insert(taking: _Taking) -> None:
    one = taking.sidecar.of
    if not taking.fresh:
        return
    columns = [*one.columns, *one.stays]
    names = ", ".join(f'"{column}"' for column in columns)
    blanks = {column: to_stored(one.blanks[column]) for column in columns}
    lines = []
    for row in taking.fresh:
        line = dict(blanks)
        for cell in row.groups.values():
            line.update((column, to_stored(value)) for column, value in cell.values.items() if column in line)
        line.update(_worked_out(one.stays, line))
        lines.append((row.id, *line.values()))
    taking.connection.executemany(
        f"INSERT INTO {one.table} (id, {names}) VALUES ({', '.join(['?'] * (1 + len(columns)))})", lines
    )


def _update(
    taking: _Taking,
    groups: Sequence[str],
    rows: Sequence[tuple[str, Mapping[str, Mapping[str, Value]]]],
) -> None:
    one = taking.sidecar.of
    columns = [column for group in groups for column in one.groups[group]]
    stays = tuple(name for name in one.stays if WORKED_OUT[name][0] in columns)
    lines = []
    for row_id, cells in rows:
        told = {column: value for group in groups for column, value in cells[group].items()}
        line = {column: to_stored(told.get(column, one.blanks[column])) for column in columns}
        line.update(_worked_out(stays, line))
        lines.append((*line.values(), row_id))
    sets = ", ".join(f'"{column}" = ?' for column in (*columns, *stays))
    taking.connection.executemany(f"UPDATE {one.table} SET {sets} WHERE id = ?", lines)


def _worked_out(stays: Iterable[str], line: Mapping[str, object]) -> dict[str, str]:
    return {name: work(str(line[source])) for name in stays for source, work in (WORKED_OUT[name],)}
