"""Desks for tests: real files with their triggers, each with its own connection to a hub."""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from civicdesk.database import Changes, Database
from civicdesk.sync.groups import travelling
from civicdesk.sync.joining import join
from civicdesk.sync.port import HubPort
from civicdesk.sync.session import Outcome, sync
from tests.sync.hubs import Hub

_EPOCH_MS = 1_704_067_200_000


@dataclass
class Desk:
    """A desk: its file, and the hub as it sees it."""

    path: Path
    hub: HubPort
    time_goes_on: Callable[[], None]
    changed: list[Changes] = field(default_factory=list)
    database: Database = field(init=False)
    other: sqlite3.Connection | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        self.database = Database(self.path, self.changed.append)

    def join(self) -> Outcome:
        self.time_goes_on()
        return join(self.database, self.hub)

    def sync(self, **how: bool) -> Outcome:
        self.time_goes_on()
        return sync(self.database, self.hub, **how)  # type: ignore[arg-type]

    def run(self, statement: str, *values: object) -> list[tuple[Any, ...]]:
        """What another program would do to the file."""
        if self.other is None:
            self.other = sqlite3.connect(self.path, isolation_level=None, timeout=10)
        return self.other.execute(statement, values).fetchall()

    def one(self, statement: str, *values: object) -> Any:  # noqa: ANN401
        found = self.run(statement, *values)
        return found[0][0] if found else None

    def wrong_clock(self, ms: int) -> None:
        self.run("UPDATE sync_clock SET skewed_ms = ?", ms)

    def later(self, ms: int = 60_000) -> None:
        """What is written until the next sync is a little later than what the others write."""
        self.run("UPDATE sync_clock SET off_ms = off_ms + ?", ms)

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """Every shared row with its stamps, for a comparison with another desk."""
        found = {}
        for table, one in travelling().items():
            columns = [f't."{name}"' for name in ("id", *one.columns)] + [
                f"s.c_{group}" for group in one.groups
            ]
            joined = f"{table} AS t LEFT JOIN {table}__s AS s ON s.id = t.id"
            found[table] = self.run(f"SELECT {', '.join(columns)} FROM {joined} ORDER BY t.id")
        return found

    def waiting(self) -> int:
        return sum(self.one(f"SELECT count(*) FROM {table}__s WHERE dirty > 0") for table in travelling())

    def copied(self, path: Path) -> None:
        """A copy of the file as a backup makes it."""
        with closing(sqlite3.connect(self.path)) as source, closing(sqlite3.connect(path)) as copy:
            source.backup(copy)

    def close(self) -> None:
        self.database.close()
        if self.other is not None:
            self.other.close()


@dataclass
class Town:
    """A hub and what it takes to have desks at it."""

    hub: Hub
    template: Path
    folder: Path
    desks: list[Desk] = field(default_factory=list)
    ahead_ms: int = 0

    def time_goes_on(self) -> None:
        """Give the hub the time of this computer."""
        self.hub.set_now(time.time_ns() // 1_000_000 - _EPOCH_MS + self.ahead_ms)

    def desk(self, name: str, template: Path | None = None) -> Desk:
        path = self.folder / f"desk-{name}.db"
        shutil.copy(template or self.template, path)
        return self._keep(Desk(path, self.hub.desk(name), self.time_goes_on))

    def clone(self, desk: Desk, name: str) -> Desk:
        """The same file twice, with the same credential."""
        path = self.folder / f"desk-{name}.db"
        desk.copied(path)
        return self._keep(Desk(path, desk.hub, self.time_goes_on))

    def settle(self, *desks: Desk) -> None:
        """Sync until nothing moves any more."""
        for _round in range(2):
            for desk in desks:
                desk.sync()

    def close(self) -> None:
        for desk in self.desks:
            desk.close()

    def _keep(self, desk: Desk) -> Desk:
        self.desks.append(desk)
        return desk


def towns(hub: Hub, template: Path, folder: Path) -> Iterator[Town]:
    """A town whose hub has the time of this computer."""
    town = Town(hub, template, folder)
    yield town
    town.close()


class Cutting:
    """A hub whose answers, or questions, are lost when told so."""

    def __init__(self, hub: HubPort, around: Callable[[str, Callable[[], object]], object]) -> None:
        self._hub, self._around = hub, around

    def __getattr__(self, name: str) -> Callable[..., Any]:
        call = getattr(self._hub, name)
        return lambda *given: self._around(name, lambda: call(*given))
