"""Hubs for tests, by what they are made of: each the same to ask, each with a clock the test sets."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator
from contextlib import closing
from functools import cache
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, cast
from uuid import uuid4

import pytest

from civicdesk.sync import file_hub
from civicdesk.sync.groups import travelling
from civicdesk.sync.port import CONTRACT, HubPort, Pushed, Refused, Value

if TYPE_CHECKING:
    from civicdesk.sync.pg_hub import PgHub
    from tests.postgres import TrialHub

NOW = 91_500_000_000
"""A day late in 2026, in milliseconds since 2024."""

HOUR = 3_600_000


class Hub(Protocol):
    """What a test may do to a hub besides asking it as a desk."""

    def desk(self, name: str, scope: int = 1) -> HubPort: ...
    def reopen(self, port: HubPort) -> HubPort: ...
    def set_now(self, ms: int) -> None: ...
    def purge(self, before: str) -> int: ...
    def revoke(self, name: str) -> None: ...
    def new_epoch(self) -> str: ...
    def close(self) -> None: ...


class FileHub:
    """A hub in a file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "hub.db"
        self.now = NOW
        self._open: dict[int, tuple[str, HubPort]] = {}
        file_hub.create(self.path, tenant=1, scope=1)

    def desk(self, name: str, scope: int = 1) -> HubPort:
        file_hub.enrol(self.path, name, scope)
        return self._connect(name)

    def reopen(self, port: HubPort) -> HubPort:
        name, old = self._open.pop(id(port))
        old.close()
        return self._connect(name)

    def set_now(self, ms: int) -> None:
        self.now = ms

    def purge(self, before: str) -> int:
        return file_hub.purge(self.path, before)

    def revoke(self, name: str) -> None:
        file_hub.revoke(self.path, name)

    def new_epoch(self) -> str:
        return file_hub.new_epoch(self.path, self.now)

    def close(self) -> None:
        for _name, port in self._open.values():
            port.close()

    def _connect(self, name: str) -> HubPort:
        port = file_hub.SqliteFileHub(self.path, name, now_ms=lambda: self.now)
        self._open[id(port)] = name, port
        return port


def _file(folder: Path) -> Iterator[Hub]:
    with closing(FileHub(folder)) as hub:
        yield hub


class ServerHub:
    """A municipality of its own on a hub in PostgreSQL that others use, too: quicker than a database each."""

    _tenants = count(10)

    def __init__(self) -> None:
        self._trial = _trial()
        self._tenant = next(self._tenants)
        self._open: list[HubPort] = []
        self._trial.set_now(NOW)

    def desk(self, name: str, scope: int = 1) -> HubPort:
        return self._kept(self._trial.desk(f"{name}_{self._tenant}", scope, self._tenant))

    def reopen(self, port: HubPort) -> HubPort:
        return self._kept(self._trial.reopen(cast("PgHub", port)))

    def set_now(self, ms: int) -> None:
        self._trial.set_now(ms)

    def purge(self, before: str) -> int:
        return self._trial.purge(before)

    def revoke(self, name: str) -> None:
        self._trial.revoke(f"{name}_{self._tenant}")

    def new_epoch(self) -> str:
        _trial.cache_clear()  # its recovery would go on in other tests
        return self._trial.new_epoch()

    def close(self) -> None:
        for port in self._open:
            port.close()

    def _kept(self, port: HubPort) -> HubPort:
        self._open.append(port)
        return port


@cache
def _trial() -> TrialHub:
    from tests import postgres  # noqa: PLC0415  a server is started for whoever asks for one

    return postgres.a_hub(postgres.shared_server())


def _postgres(_folder: Path) -> Iterator[Hub]:
    with closing(ServerHub()) as hub:
        yield hub


HUBS: dict[str, Callable[[Path], Iterator[Hub]]] = {"file": _file, "postgres": _postgres}
"""By name: how a fresh one is made in a folder, and put away."""


class Speaker:
    """A desk that says exactly what the test wants it to say."""

    def __init__(self, port: HubPort, previous: str | None = None) -> None:
        self.port = port
        self.incarnation = uuid4().hex
        self.node = port.enrol(self.incarnation, previous)
        self.chain = self.greet().chain or ""

    def greet(self):  # noqa: ANN201  the type is the port's
        return self.port.hello(self.incarnation, CONTRACT)

    def stamp(self, ms: int = 0, counter: int = 0) -> int:
        """So many milliseconds after the day of the tests began."""
        return stamp(NOW + ms, self.node, counter)

    def push(self, *rows: Told, **top: object) -> Pushed:
        done = self.port.push(self.incarnation, self.chain, payload(*rows, **top))
        self.chain = done.chain
        return done

    def pull(
        self, after: int = 0, scope: int = 1, limit: int = 1000
    ) -> dict[tuple[str, str], dict[str, Any]]:
        """What the hub has, as table and id → group → (stamp, values)."""
        page = self.port.pull(self.incarnation, scope, after, limit)
        return {
            (row.table, row.id): {group: (cell.stamp, cell.values) for group, cell in row.groups.items()}
            for row in page.rows
        }


Told = dict[str, Any]


def refusal(speaker: Speaker, *rows: dict[str, object], **top: object) -> Refused:
    """What the hub says to a push that it does not take."""
    with pytest.raises(Refused) as refused:
        speaker.push(*rows, **top)
    return refused.value


def stamp(ms: int, node: int, counter: int = 0) -> int:
    return ms << 21 | counter << 15 | node


def payload(*rows: Told, contract: int = CONTRACT, **top: object) -> str:
    told = {"contract": contract, "rows": list(rows), **top}
    return json.dumps(told, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def chained(chain: str, text: str) -> str:
    return hashlib.sha256((chain + text).encode()).hexdigest()


def new(byte: int | None = None) -> str:
    """An id; with a last byte of its own, if that is what matters."""
    return uuid4().hex[:30] + (f"{byte:02x}" if byte is not None else uuid4().hex[:2])


def told(table: str, id_: str, **groups: tuple[int, int | None, dict[str, Value]]) -> Told:
    """Some groups of a row, each as (stamp, base, values)."""
    return {"t": table, "i": id_, "g": {name.rstrip("_"): list(cell) for name, cell in groups.items()}}


def whole(table: str, id_: str, at: int, base: int | None = None, /, **values: Value) -> Told:
    """A row with all its groups, under one stamp; what is not named is blank."""
    what = travelling()[table]
    known = {**what.blanks, **values}
    groups = {
        group: [at, base, {name: known[name] for name in names}] for group, names in what.groups.items()
    }
    return {"t": table, "i": id_, "g": groups}


def cell(table: str, group: str, /, **values: Value) -> dict[str, Value]:
    """The values of one group; what is not named is blank."""
    what = travelling()[table]
    return {name: values.get(name, what.blanks[name]) for name in what.groups[group]}


def booking(
    id_: str, at: int, room: str, begin: str = "10:00", end: str = "11:00", /, **values: Value
) -> Told:
    """A confirmed booking of a day in November."""
    return whole(
        "booking", id_, at, room_id=room, starts_at=clock(begin), ends_at=clock(end), title="Toplantı",
        kind="meeting", **{"wall_start": f"2026-11-24T{begin}", "state": "confirmed", **values},
    )  # fmt: skip


def slot(room: str, begin: str, end: str) -> dict[str, Value]:
    return cell(
        "booking", "slot", room_id=room, starts_at=clock(begin), ends_at=clock(end),
        wall_start=f"2026-11-24T{begin}", zone="Europe/Istanbul",
    )  # fmt: skip


def clock(at: str) -> str:
    return f"2026-11-24T{at}:00.000Z"
