"""A desk with a hub: what capturing costs a write, how fast what comes is written down, a check-in beside a sync."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from civicdesk.database import Database
from civicdesk.desk import visits
from civicdesk.desk.visits import Arrival
from civicdesk.models import new_id
from civicdesk.sync.file import DeskFile
from civicdesk.sync.groups import travelling
from civicdesk.sync.port import Cell, HubPort
from civicdesk.sync.port import Row as HubRow
from civicdesk.sync.pull import Puller
from civicdesk.sync.session import capture_all, never
from tests import builders
from tests.bench import centres
from tests.bench.rows import Row, beside_limit, timed, within

AT = "2026-11-23T06:30:00.000Z"
_NOON = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
_WRITES, _ROWS, _PEOPLE = 20_000, 100_000, 400
_BLOCK = 500
_INSERT = (
    "INSERT INTO visitor (id, name, phone, email, needs, folded) VALUES (?, ?, '+905000000000', '', '', 'x')"
)
_UPDATE = "UPDATE visitor SET phone = phone || '1' WHERE id = ?"


def rows(*, quick: bool) -> Iterator[Row]:
    shrink = 10 if quick else 1
    centres.FOLDER.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(dir=centres.FOLDER, prefix="run-") as folder:
        yield from _capturing(Path(folder), _WRITES // shrink)
        yield _applying(Path(folder), _ROWS // shrink)
        yield _beside_a_sync(Path(folder), _ROWS // shrink, _PEOPLE // (2 if quick else 1))


def _file(path: Path, *, is_captured: bool) -> Database:
    database = Database(path)
    database.prepare()
    with database.begin() as session:
        builders.centre(session)
    if is_captured:
        with DeskFile(database) as file:
            capture_all(file, never)
    return database


def _capturing(folder: Path, count: int) -> Iterator[Row]:
    """Milliseconds for one row, many in a transaction: the disk has no part in it."""
    plain, captured = folder / "plain.db", folder / "captured.db"
    _file(plain, is_captured=False).close()
    _file(captured, is_captured=True).close()
    ids = [new_id().hex for _ in range(count)]
    for verb, statement, ratio in (("insert", _INSERT, 4), ("change", _UPDATE, 6)):
        times = {path: _writes(path, statement, ids) for path in (plain, captured)}
        yield beside_limit(
            f"{verb} a row that is captured",
            times[captured],
            times[plain],
            "the same row, not captured",
            ratio=ratio,
            p99=None,
        )


def _writes(path: Path, statement: str, ids: list[str]) -> list[float]:
    holes = statement.count("?")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("BEGIN")
        times = [
            timed(
                lambda some=ids[start : start + _BLOCK]: connection.executemany(  # type: ignore[misc]
                    statement, [(row_id, "Selin Karaca")[:holes] for row_id in some]
                )
            )
            / _BLOCK
            for start in range(0, len(ids), _BLOCK)
        ]
        connection.execute("COMMIT")
    return times


def _come(count: int) -> list[HubRow]:
    """New visitors as the hub sends them."""
    one, stamp = travelling()["visitor"], 191_000_000_000_000_007
    values = {"name": "Selin Karaca", "phone": "+905000000000", "email": "", "needs": "", "deleted_at": None}
    return [
        HubRow(
            "visitor",
            new_id().hex,
            {
                group: Cell(stamp + number, {c: values[c] for c in columns})
                for group, columns in one.groups.items()
            },
            number,
        )
        for number in range(1, count + 1)
    ]


def _applying(folder: Path, count: int) -> Row:
    database = _file(folder / "applied.db", is_captured=True)
    come = _come(count)
    with DeskFile(database) as file:
        took = timed(lambda: _puller(file).write(come, 1, count))
    database.close()
    rate = count / took * 1_000
    return Row(
        road=f"write down {count:,} visitors that came, in small pieces",
        budget="≥ 15,000 rows/s",
        is_met=rate >= 15_000,
        median=rate,
        unit="rows/s",
        note="with stamps, search index and a cursor each piece",
    )


def _puller(file: DeskFile) -> Puller:
    nobody: HubPort = None  # type: ignore[assignment]  # rows are given to it here
    return Puller(file, nobody, AT, lambda: None)


def _beside_a_sync(folder: Path, count: int, people: int) -> Row:
    """Check-ins while rows without end are written down, and without."""
    database = _file(folder / "beside.db", is_captured=True)
    quiet = [timed(lambda n=n: _check_in(database, n)) for n in range(people)]  # type: ignore[misc]
    is_over, come = threading.Event(), _come(count)

    def sync() -> None:
        with DeskFile(database) as file:
            puller = _puller(file)
            while not is_over.is_set():
                puller.write(come[:2_000], 1, count)
                come[:] = come[2_000:] or _come(count)

    beside = threading.Thread(target=sync, daemon=True)
    beside.start()
    try:
        busy = [
            timed(lambda n=n: _check_in(database, n))  # type: ignore[misc]
            for n in range(people, 2 * people)
        ]
    finally:
        is_over.set()
        beside.join()
    database.close()
    return within("check in beside a running sync", busy, p99=100, limit=quiet, limit_is="the same, no sync")


def _check_in(database: Database, number: int) -> None:
    name = f"Kişi {chr(97 + number % 26)}{chr(97 + number // 26)}"
    with database.begin() as session:
        visits.check_in(
            session, Arrival(name=name, people=1), at=_NOON + timedelta(seconds=number), override="test"
        )
