"""Payloads as a desk makes them, for tests that look at the hub alone."""

from __future__ import annotations

import json
import time
from collections.abc import Mapping
from typing import Any
from uuid import uuid4

from civicdesk.models import new_id
from civicdesk.sync.groups import travelling
from civicdesk.sync.port import CONTRACT

YEAR_2024 = 1_704_067_200_000


def now_ms() -> int:
    return int(time.time() * 1000) - YEAR_2024


def stamp(node: int, ago_ms: int = 0, counter: int = 0) -> int:
    """A stamp of this node, so many milliseconds ago."""
    return (now_ms() - ago_ms) << 21 | counter << 15 | node


def payload(*rows: dict[str, Any], **more: object) -> str:
    said = {"contract": CONTRACT, "rows": list(rows), **more}
    return json.dumps(said, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def row(
    table: str, stamped: int, id_: str | None = None, base: int | None = None, **values: object
) -> dict[str, Any]:
    """A row with all groups that one of these values is in; what is not said is blank."""
    one = travelling()[table]
    groups = dict.fromkeys(one.group_of[name] for name in values)
    cells = {
        group: [stamped, base, {name: values.get(name, one.blanks[name]) for name in one.groups[group]}]
        for group in groups
    }
    return {"t": table, "i": id_ or new_id().hex, "g": cells}


def a_booking(
    stamped: int, room: str, begins: str = "10:00", ends: str = "11:00", **values: object
) -> dict[str, Any]:
    """A confirmed booking of a room on one Tuesday."""
    told: Mapping[str, object] = {
        "room_id": room,
        "starts_at": f"2026-11-24T{begins}:00.000Z",
        "ends_at": f"2026-11-24T{ends}:00.000Z",
        "wall_start": f"2026-11-24T{begins}",
        "state": "confirmed",
        "setup_minutes": 0,
        "title": "Toplantı",
        **values,
    }
    id_ = str(told.get("id_") or new_id().hex)
    return row("booking", stamped, id_, **{k: v for k, v in told.items() if k != "id_"})


def a_room() -> str:
    return uuid4().hex
