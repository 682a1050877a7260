"""What a push carries, looked at before a row of it is merged."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from civicdesk.sync.file_hub.rows import COUNTER_BITS, NODE_BITS, node_of
from civicdesk.sync.groups import Travelling, travelling
from civicdesk.sync.port import FUTURE_MS, Cell, Refused, Rows, Why

LONGEST = 8 * 1024 * 1024
_ID_LENGTH, _HEXADECIMAL = 32, frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Pushing:
    """One row of a push."""

    what: Travelling
    id: str
    groups: Mapping[str, Cell]

    @property
    def stamps(self) -> Iterator[int]:
        return (cell.stamp for cell in self.groups.values())


@dataclass(frozen=True)
class Payload:
    """A push, read."""

    contract: int
    recovery: str | None
    rows: list[Pushing]

    def check_stamps(self, node: int | None, now_ms: int) -> None:
        """Refuse a stamp that is of tomorrow, or of a node other than this one (None: any node may be)."""
        latest = (now_ms + FUTURE_MS + 1) << (COUNTER_BITS + NODE_BITS)
        _refuse(
            "future_stamp", (row for row in self.rows if any(not 0 < stamp < latest for stamp in row.stamps))
        )
        if node is not None:
            _refuse(
                "foreign_node",
                (row for row in self.rows if any(node_of(stamp) != node for stamp in row.stamps)),
            )


def read(text: str) -> Payload:
    """Refuses `too_big`, and `row` with every row that this hub cannot take."""
    if len(text) > LONGEST:
        raise Refused("too_big")
    try:
        told = json.loads(text, parse_float=_no_float, parse_constant=_no_float)
        found = [(str(row["t"]), str(row["i"]), row["g"]) for row in told["rows"]]
        contract, recovery = int(told["contract"]), told.get("recovery")
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Refused("row") from error
    bad = tuple((table, id_) for table, id_, groups in found if not _fits(table, id_, groups))
    keys = [(table, id_) for table, id_, _groups in found]
    bad += tuple(key for key in set(keys) if keys.count(key) > 1) if len(set(keys)) < len(keys) else ()
    if bad:
        raise Refused("row", bad)
    return Payload(contract, recovery, [_pushing(*row) for row in found])


def _pushing(table: str, id_: str, groups: Mapping[str, Any]) -> Pushing:
    cells = {
        group: Cell(stamp=stamp, base=base, values=values) for group, (stamp, base, values) in groups.items()
    }
    return Pushing(travelling()[table], id_, cells)


def _fits(table: str, id_: str, groups: object) -> bool:
    what = travelling().get(table)
    if what is None or len(id_) != _ID_LENGTH or not set(id_) <= _HEXADECIMAL:
        return False
    if not isinstance(groups, dict) or not groups:
        return False
    return all(_cell_fits(what, group, told) for group, told in groups.items())


def _cell_fits(what: Travelling, group: str, told: object) -> bool:
    match told:
        case [int() as stamp, int() | None, dict() as values] if not isinstance(stamp, bool):
            columns = what.groups.get(group)
            return (
                columns is not None
                and set(values) == set(columns)
                and all(_value_fits(what, column, value) for column, value in values.items())
            )
    return False


def _value_fits(what: Travelling, column: str, value: object) -> bool:
    if value is None:
        return True
    kind = what.kinds[column]
    if kind in ("whole", "flag"):
        return type(value) is int and -(2**63) <= value < 2**63
    if kind == "bytes":
        return isinstance(value, dict) and set(value) == {"b64"} and isinstance(value["b64"], str)
    return isinstance(value, str) and "\0" not in value and (kind != "instant" or _is_time(value))


def _is_time(value: str) -> bool:
    try:
        return datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False


def _refuse(reason: Why, rows: Iterator[Pushing]) -> None:
    named: Rows = tuple((row.what.table, row.id) for row in rows)
    if named:
        raise Refused(reason, named)


def _no_float(said: str) -> float:
    raise ValueError(f"{said} is no whole number")
