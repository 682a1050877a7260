"""Looking for a room: eight dates over thirty rooms in a calendar of 100,000 bookings, beside the bare claims."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from uuid import UUID

from sqlalchemy import insert

from civicdesk.database import Database
from civicdesk.desk import booking_wish, free_rooms, free_time
from civicdesk.desk.booking_rules import Times
from civicdesk.desk.free_rooms import Sought
from civicdesk.models import Booking, Centre, OpeningHours, Room, new_id
from civicdesk.text import ZONE, utc
from tests.bench.rows import Row, beside_limit, timed

_ROOMS, _BOOKINGS, _WEEKS = 30, 100_000, 8
_AT = datetime(2026, 11, 24, 7, 42, tzinfo=ZONE)
_FIRST = date(2026, 12, 1)
_LOOKS, _QUICK_LOOKS = 200, 40
_HOURS = range(8, 20)


def rows(*, quick: bool) -> Iterator[Row]:
    with TemporaryDirectory() as folder:
        database = Database(Path(folder) / "desk.db")
        database.prepare()
        rooms = _fill(database)
        count = _QUICK_LOOKS if quick else _LOOKS
        hours = [Random(n).randrange(8, 18) for n in range(count)]
        ours = [timed(lambda hour=hour: _look(database, hour)) for hour in (10, *hours)][1:]  # type: ignore[misc]
        bare = [timed(lambda hour=hour: _claims(database, rooms, hour)) for hour in (10, *hours)][1:]  # type: ignore[misc]
        database.close()
    yield beside_limit(
        f"free rooms for {_WEEKS} dates over {_ROOMS} rooms, {_BOOKINGS:,} bookings",
        ours,
        bare,
        "one read of the claims",
        ratio=4,
        p99=None,
    )


def _times(hour: int) -> list[Times]:
    found = []
    for week in range(_WEEKS):
        on = _FIRST + timedelta(weeks=week)
        begins = utc(datetime.combine(on, time(hour), ZONE))
        found.append(Times(starts_at=begins, ends_at=begins + timedelta(hours=2)))
    return found


def _look(database: Database, hour: int) -> None:
    with database.read() as session:
        free_rooms.look(session, Sought(times=_times(hour), people=24), at=_AT)


def _claims(database: Database, rooms: list[UUID], hour: int) -> None:
    with database.read() as session:
        windows = free_time.windows(session, _times(hour))
        free_time.read(session, windows, rooms)


def _fill(database: Database) -> list[UUID]:
    """Thirty rooms with nine hours a day of bookings, one after the other, on every day of a year."""
    dice = Random(2026)
    rooms = [Room(name=f"Oda {n}", capacity=10 + n, position=n) for n in range(_ROOMS)]
    with database.begin() as session:
        session.add(Centre(name="Çınarova"))
        session.add_all(OpeningHours(weekday=n, opens="08:00", closes="22:00") for n in range(7))
        session.add_all(rooms)
        session.flush()
        ids = [room.id for room in rooms]
        made = _bookings(ids, dice)
        session.execute(insert(Booking), made)
    return ids


def _bookings(rooms: list[UUID], dice: Random) -> list[dict[str, object]]:
    made: list[dict[str, object]] = []
    day = _FIRST - timedelta(days=30)
    while len(made) < _BOOKINGS:
        for room in rooms:
            for hour in dice.sample(_HOURS, 9):
                starts_at = utc(datetime.combine(day, time(hour), ZONE))
                made.append(
                    {
                        "id": new_id(),
                        "room_id": room,
                        "title": "Toplantı",
                        "kind": "meeting",
                        "starts_at": starts_at,
                        "ends_at": starts_at + timedelta(hours=1),
                        "wall_start": booking_wish.wall(starts_at),
                    }
                )
        day += timedelta(days=1)
    return made[:_BOOKINGS]
