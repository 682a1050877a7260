"""Booking a room in a full calendar, once and every week of a year, beside the bare rows written by hand."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from civicdesk.database import Database
from civicdesk.desk import bookings, series
from civicdesk.models import Centre, OpeningHours, Organisation, Room, new_id
from civicdesk.text import ZONE
from tests.bench import centres
from tests.bench.rows import Row, Times, beside_limit, timed, within

ROOMS, FULL = 30, 100_000
A_DAY = 9
"""Bookings a room has a day, one after the other from nine on; the evening is free."""

AT = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
HOUR = timedelta(hours=1)
_PAIRS, _QUICK_PAIRS, _BLOCK = 400, 100, 20
_SERIES, _QUICK_SERIES = 24, 8
_INSERT = (
    "INSERT INTO booking (id, room_id, organisation_id, title, kind, starts_at, ends_at, wall_start, zone, people, "
    "state) VALUES (?, ?, ?, 'Kurul', 'meeting', ?, ?, ?, 'Europe/Istanbul', 8, 'confirmed')"
)


def rows(*, quick: bool) -> Iterator[Row]:
    with TemporaryDirectory(dir=centres.FOLDER, prefix="run-") as folder:
        desk, bare = Path(folder) / "desk.db", Path(folder) / "bare.db"
        for file in (desk, bare):
            shutil.copyfile(calendar(), file)
        database, by_hand = Database(desk), _ByHand(bare)
        with database.read() as session:
            rooms = [room.id for room in session.query(Room).order_by(Room.position)]
            organisation = session.query(Organisation).first()
        assert organisation
        evening = _Evenings([room.hex for room in rooms])
        ours: Times = []
        limit: Times = []
        for _block in range((_QUICK_PAIRS if quick else _PAIRS) // _BLOCK):
            for _n in range(_BLOCK):
                place, starts_at = next(evening)
                wish = bookings.Wish(
                    room_id=rooms[place],
                    starts_at=starts_at,
                    ends_at=starts_at + HOUR,
                    title="Kurul",
                    organisation_id=organisation.id,
                    people=8,
                )
                ours.append(timed(partial(_book, database, wish)))
            for _n in range(_BLOCK):
                place, starts_at = next(evening)
                limit.append(timed(partial(by_hand.book, rooms[place].hex, organisation.id.hex, starts_at)))
        yield beside_limit(
            f"book one of {FULL:,}", ours, limit, "sqlite3 by hand, same rows", ratio=6, p99=10
        )
        yield _weekly(database, by_hand, rooms, quick=quick)
        database.close()
        by_hand.close()


def calendar() -> Path:
    """A calendar of thirty rooms with a hundred thousand bookings around today, made once and kept."""
    file = centres.FOLDER / f"calendar-{centres.key()}.db"
    if not file.exists():
        centres.FOLDER.mkdir(parents=True, exist_ok=True)
        for old in centres.FOLDER.glob("calendar-*"):
            old.unlink()
        part = file.with_suffix(".made")
        _fill(part)
        part.replace(file)
    return file


def _fill(file: Path) -> None:
    database = Database(file)
    database.prepare()
    with database.begin() as session:
        session.add(Centre(name="Tartı"))
        session.add_all(OpeningHours(weekday=day, opens="08:00", closes="23:00") for day in range(7))
        organisation = Organisation(name="Tartı Derneği", kind="dernek")
        rooms = [Room(name=f"Oda {n}", position=n, capacity=20) for n in range(ROOMS)]
        session.add_all([organisation, *rooms])
    database.close()
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")
    first = AT.replace(hour=6, minute=0) - timedelta(days=FULL // ROOMS // A_DAY // 2)
    for n in range(FULL):
        day, rest = divmod(n, ROOMS * A_DAY)
        room, hour = rooms[rest % ROOMS], rest // ROOMS
        starts_at = first + timedelta(days=day) + hour * HOUR
        connection.execute(_INSERT, _values(room.id.hex, organisation.id.hex, starts_at))
    connection.commit()
    connection.execute("PRAGMA optimize")
    connection.close()


def _values(room: str, organisation: str, starts_at: datetime) -> tuple[str, ...]:
    wall = starts_at.astimezone(ZONE).isoformat()[:16]
    return new_id().hex, room, organisation, _stamp(starts_at), _stamp(starts_at + HOUR), wall


def _stamp(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds")[:23] + "Z"


def _book(database: Database, wish: bookings.Wish) -> None:
    with database.begin(desk="desk-1") as session:
        bookings.book(session, wish, at=AT, key=new_id().hex)


def _weekly(database: Database, by_hand: _ByHand, rooms: list[object], *, quick: bool) -> Row:
    """Fifty-two weeks, in the free hours of later evenings."""
    evening = AT.replace(hour=18, minute=0) + timedelta(days=1)
    ours: Times = []
    limit: Times = []
    for n in range(_QUICK_SERIES if quick else _SERIES):
        starts_at = evening + timedelta(days=n % 6)
        wish = bookings.Wish(
            room_id=rooms[n],  # type: ignore[arg-type]
            starts_at=starts_at,
            ends_at=starts_at + HOUR,
            title="Kurul",
        )
        ours.append(timed(partial(_repeat, database, wish)))
        limit.append(timed(partial(by_hand.repeat, rooms[n].hex, starts_at)))  # type: ignore[attr-defined]
    is_limit = "sqlite3 by hand, same rows"
    return within("weekly series of 52", ours[1:], p99=40, limit=limit[1:], limit_is=is_limit)


def _repeat(database: Database, wish: bookings.Wish) -> None:
    with database.begin(desk="desk-1") as session:
        made = series.book(session, wish, "FREQ=WEEKLY;COUNT=52", at=AT, key=new_id().hex)
        assert len(made) == 52


class _Evenings:
    """Free hours, one after the other: a room's evening, and on the next day again."""

    def __init__(self, rooms: list[str]) -> None:
        self._rooms, self._n = rooms, 0

    def __iter__(self) -> _Evenings:
        return self

    def __next__(self) -> tuple[int, datetime]:
        day, place = divmod(self._n, len(self._rooms))
        self._n += 1
        return place, AT.replace(hour=16, minute=0) + timedelta(days=1 + day)


class _ByHand:
    """The limit: the rows that cannot be left out, written by hand, without rules or words.

    The booking with its claims (its triggers stay: they are the law), how it stood before, the key of the action and
    the trail with the seal before it.
    """

    def __init__(self, file: Path) -> None:
        self._sql = sqlite3.connect(file, isolation_level=None)
        for pragma in ("foreign_keys=ON", "journal_mode=WAL", "synchronous=FULL", "secure_delete=ON"):
            self._sql.execute(f"PRAGMA {pragma}")

    def close(self) -> None:
        self._sql.close()

    def book(self, room: str, organisation: str, starts_at: datetime) -> None:
        self._sql.execute("BEGIN IMMEDIATE")
        self._record(self._write(room, organisation, starts_at))
        self._sql.execute("COMMIT")

    def repeat(self, room: str, starts_at: datetime) -> None:
        self._sql.execute("BEGIN IMMEDIATE")
        for week in range(52):
            booking = self._write(room, "", starts_at + timedelta(weeks=week))
        self._record(booking)
        self._sql.execute("COMMIT")

    def _write(self, room: str, organisation: str, starts_at: datetime) -> str:
        values = _values(room, organisation, starts_at)
        self._sql.execute(_INSERT, values)
        self._sql.execute(
            "INSERT INTO earlier (id, deed, action, subject, subject_id, was, at, undoes) "
            "VALUES (?, ?, 'book', 'booking', ?, '', ?, '')",
            (new_id().hex, values[0], values[0], _stamp(AT)),
        )
        return values[0]

    def _record(self, booking: str) -> None:
        now = _stamp(AT)
        self._sql.execute(
            "INSERT INTO done_action (key, subject_id, at) VALUES (?, ?, ?)", (booking, booking, now)
        )
        seal = self._sql.execute("SELECT seal FROM audit_entry ORDER BY rowid DESC LIMIT 1").fetchone()
        self._sql.execute(
            "INSERT INTO audit_entry (id, at, desk, action, subject, subject_id, details, seal) "
            "VALUES (?, ?, '', 'book', 'booking', ?, '{}', ?)",
            (new_id().hex, now, booking, seal[0] if seal else "0" * 64),
        )
