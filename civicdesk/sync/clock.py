"""The clock of changes while rows are written down: it never falls behind a stamp it has seen."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass

from civicdesk.sync import stamps


@dataclass(slots=True)
class Clock:
    """`sync_clock` as it stands in the open transaction."""

    node: int
    last: int
    tick: int

    @classmethod
    def read(cls, connection: sqlite3.Connection) -> Clock:
        return cls(*connection.execute("SELECT node, last, tick FROM sync_clock").fetchone())

    def write(self, connection: sqlite3.Connection) -> None:
        connection.execute("UPDATE sync_clock SET last = ?, tick = ?", (self.last, self.tick))

    def saw(self, stamp: int) -> None:
        """What is written here from now on is later than this."""
        self.last = max(self.last, stamp)

    def next_tick(self) -> int:
        self.tick += 1
        return self.tick

    def next_stamp(self, above: int = 0) -> int:
        self.last = stamps.after(max(self.last, above), self.node)
        return self.last
