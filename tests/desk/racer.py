"""One of several programs that want a room at the same hour: `python -m tests.desk.racer FILE TRIES polite|rude`.

Says `ready`, waits for a line, tries so often, and says how often it was given the room. A rude one asks nobody
before it writes, as a program with a bug would.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import bookings
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import Booking, Room

NOW = datetime(2026, 11, 24, 7, 42, tzinfo=UTC)
BEGINS = datetime(2026, 11, 26, 9, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def polite(session: Session, room: Room) -> None:
    wish = bookings.Wish(room_id=room.id, starts_at=BEGINS, ends_at=BEGINS + HOUR, title="Kurul")
    bookings.book(session, wish, at=NOW)


def rude(session: Session, room: Room) -> None:
    begins = BEGINS + timedelta(minutes=30)
    session.add(
        Booking(
            room_id=room.id,
            title="Kurul",
            kind="meeting",
            starts_at=begins,
            ends_at=begins + HOUR,
            wall_start="",
        )
    )


def race(file: Path, tries: int, book: Callable[[Session, Room], None]) -> int:
    database = Database(file)
    with database.read() as session:
        room = session.scalars(select(Room).where(Room.name == "Çınar Odası")).one()
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    won = sum(is_won(database, room, book) for _try in range(tries))
    database.close()
    return won


def is_won(database: Database, room: Room, book: Callable[[Session, Room], None]) -> bool:
    while True:
        try:
            with database.begin() as session:
                book(session, room)
        except Refusal as refusal:
            if refusal.reason != "room_taken":
                raise
            return False
        except Unavailable:  # seven others were quicker for two seconds
            continue
        return True


if __name__ == "__main__":
    print(race(Path(sys.argv[1]), int(sys.argv[2]), {"polite": polite, "rude": rude}[sys.argv[3]]))  # noqa: T201
