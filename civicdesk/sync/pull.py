"""Reading what the hub has: pages written down in small pieces, each with how far this desk has read by then."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter

from civicdesk.sync import inbox
from civicdesk.sync.apply import apply_rows
from civicdesk.sync.file import BUDGET_S, DeskFile
from civicdesk.sync.groups import travelling
from civicdesk.sync.port import HubPort, Row

PAGE = 5_000
_FIRST, _LEAST, _MOST = 200, 50, 2_000


def _tell_nobody() -> None:
    """For those who need no word of progress."""


class Puller:
    """Pulls for one session. A piece is as long as a clerk beside it may wait."""

    def __init__(self, file: DeskFile, hub: HubPort, at: str, pause: Callable[[], None]) -> None:
        self._file, self._hub, self._at, self.pause = file, hub, at, pause
        self._incarnation = file.state()["incarnation"]
        self._length = _FIRST
        self.rows = 0

    def cursor(self, scope: int) -> int:
        found = self._file.connection.execute(
            "SELECT seq FROM sync_cursor WHERE scope = ?", (scope,)
        ).fetchone()
        return found[0] if found else 0

    def pull(self, scope: int, tell: Callable[[], None] = _tell_nobody) -> None:
        """Read on until there is no more; `tell` is called after each page."""
        is_more = True
        while is_more:
            page = self._hub.pull(self._incarnation, scope, self.cursor(scope), PAGE)
            self.write(page.rows, scope, page.until)
            is_more = page.more
            tell()

    def write(self, rows: Sequence[Row], scope: int, until: int) -> None:
        """Write a page down, piece by piece, and move on with each."""
        start = 0
        while start < len(rows):
            piece = rows[start : start + self._length]
            start += len(piece)
            self._write_piece(piece, scope, until if start >= len(rows) else piece[-1].seq)
        if not rows and until > self.cursor(scope):
            self._write_piece((), scope, until)

    def repair(self, rows: Sequence[Row]) -> None:
        """Compare rows with what is here, value by value, and take what differs."""
        for start in range(0, len(rows), self._length):
            self.pause()
            with self._file.applying() as connection:
                touched = apply_rows(
                    connection,
                    self._file.sidecars,
                    rows[start : start + self._length],
                    self._at,
                    is_repair=True,
                )
            self._announce(touched)

    def hear(self, after: int) -> None:
        """Take over the conflicts that were filed or settled since."""
        if heard := self._hub.inbox(after):
            with self._file.writing() as connection:
                inbox.hear(connection, heard)
                self._file.note(filed=max(one.seq for one in heard))

    def _write_piece(self, piece: Sequence[Row], scope: int, until: int) -> None:
        self.pause()
        begun = perf_counter()
        with self._file.applying() as connection:
            touched = apply_rows(connection, self._file.sidecars, piece, self._at)
            connection.execute(
                "INSERT OR REPLACE INTO sync_cursor (scope, seq) VALUES (?, ?)", (scope, until)
            )
        self.rows += len(piece)
        self._adapt(perf_counter() - begun)
        self._announce(touched)

    def _adapt(self, took: float) -> None:
        length = (
            self._length * 3 // 2
            if took < BUDGET_S / 2
            else self._length * 2 // 3
            if took > BUDGET_S
            else None
        )
        self._length = max(_LEAST, min(_MOST, length or self._length))

    def _announce(self, touched: set[str]) -> None:
        self._file.announce(frozenset(travelling()[table].model for table in touched))
