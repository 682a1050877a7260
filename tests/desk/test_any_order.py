"""Whatever is done with rooms, in whatever order: never two in a room, and claims are what the bookings say."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import bookings, no_shows, opening, rooms, series, series_changes
from civicdesk.desk.series_changes import Scope
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Closure, Equipment, Room
from tests.builders import TUESDAY

pytestmark = pytest.mark.slow

SLOT = timedelta(minutes=5)
FIRST = datetime(2026, 11, 25, 6, 0, tzinfo=UTC)
"""Wednesday at nine in the centre."""

PIECES = 2

starts = st.builds(
    lambda day, slot: FIRST + timedelta(days=day) + slot * 6 * SLOT, st.integers(0, 3), st.integers(0, 16)
)
lengths = st.sampled_from([1, 12, 24, 48])
scopes = st.sampled_from(Scope)
picks = st.integers(0, 10_000)
buffers = st.sampled_from([0, 0, 5, 30])


class Desk(RuleBasedStateMachine):
    """A desk of three rooms and a hall with two halves, on which everything is tried."""

    empty_file: Path

    def __init__(self) -> None:
        super().__init__()
        self._folder = TemporaryDirectory()
        file = Path(self._folder.name) / "desk.db"
        shutil.copy(self.empty_file, file)
        self._database, self._file = Database(file), file
        self._deeds: list[str] = []
        with self._database.begin() as session:
            self._furnish(session)

    def teardown(self) -> None:
        self._database.close()
        self._folder.cleanup()

    def _furnish(self, session: Session) -> None:
        hall = session.scalars(select(Room).where(Room.name == "Ihlamur Salonu")).one()
        for name in ("Doğu", "Batı"):
            part = rooms.add(session, name=name, capacity=50, at=TUESDAY)
            rooms.divide(session, part.id, hall.id, at=TUESDAY)
        self._rooms = [room.id for room in session.scalars(select(Room))]
        equipment = Equipment(name="Projektör", count=PIECES)
        session.add(equipment)
        session.flush()
        self._equipment = equipment.id
        self._bookings: list[UUID] = []

    def _try(self, act: Callable[[Session, str], object]) -> None:
        """Do something; what is refused leaves nothing behind."""
        key = f"deed {len(self._deeds)}"
        before = self._digest()
        refusal = self._do(act, key)
        if refusal is None:
            self._deeds.append(key)
            return
        assert str(refusal)
        assert refusal.reason != "rule"
        assert self._digest() == before

    def _do(self, act: Callable[[Session, str], object], key: str) -> Refusal | None:
        try:
            with self._database.begin() as session:
                act(session, key)
                self._bookings = list(session.scalars(select(Booking.id).order_by(Booking.id)))
        except Refusal as refusal:
            return refusal
        return None

    def _digest(self) -> list[Any]:
        with closing(sqlite3.connect(self._file)) as connection:
            return [
                connection.execute(f"SELECT * FROM {table} ORDER BY 1, 2, 3").fetchall()
                for table in ("booking", "series", "claim", "equipment_claim", "earlier")
            ]

    def _wish(self, room: int, starts_at: datetime, length: int, setup: int, pieces: int) -> bookings.Wish:
        return bookings.Wish(
            room_id=self._rooms[room % len(self._rooms)],
            starts_at=starts_at,
            ends_at=starts_at + length * SLOT,
            title="Kurul",
            setup_minutes=setup,
            clear_minutes=setup,
            equipment={self._equipment: pieces} if pieces else {},
        )

    def _pick(self, pick: int) -> UUID:
        return self._bookings[pick % len(self._bookings)]

    @rule(room=picks, at=starts, length=lengths, setup=buffers, pieces=st.integers(0, 2))
    def book(self, room: int, at: datetime, length: int, setup: int, pieces: int) -> None:
        wish = self._wish(room, at, length, setup, pieces)
        self._try(lambda session, key: bookings.book(session, wish, at=TUESDAY, key=key))

    @rule(
        room=picks,
        at=starts,
        length=lengths,
        text=st.sampled_from(["FREQ=DAILY;COUNT=4", "FREQ=DAILY;INTERVAL=2;COUNT=3", "FREQ=WEEKLY;COUNT=3"]),
        leave_out=st.booleans(),
    )
    def book_series(self, room: int, at: datetime, length: int, text: str, leave_out: bool) -> None:
        wish = self._wish(room, at, length, 0, int(leave_out))
        days = [at.date() + timedelta(days=1)] if leave_out else []
        self._try(lambda session, key: series.book(session, wish, text, at=TUESDAY, key=key, leave_out=days))

    @precondition(lambda self: self._bookings)
    @rule(pick=picks, room=st.none() | picks, at=st.none() | starts, scope=scopes)
    def move(self, pick: int, room: int | None, at: datetime | None, scope: Scope) -> None:
        to = None if room is None else self._rooms[room % len(self._rooms)]
        self._try(
            lambda session, key: series_changes.move(
                session, self._pick(pick), scope, room_id=to, starts_at=at, at=TUESDAY, key=key
            )
        )

    @precondition(lambda self: self._bookings)
    @rule(pick=picks, by=st.integers(-12, 24), at_start=st.booleans(), scope=scopes)
    def resize(self, pick: int, by: int, at_start: bool, scope: Scope) -> None:
        def act(session: Session, key: str) -> None:
            row = bookings.one(session, self._pick(pick))
            edge = (
                {"starts_at": row.starts_at + by * SLOT} if at_start else {"ends_at": row.ends_at + by * SLOT}
            )
            series_changes.resize(session, row.id, scope, at=TUESDAY, key=key, **edge)  # type: ignore[arg-type]

        self._try(act)

    @precondition(lambda self: self._bookings)
    @rule(pick=picks, setup=buffers, pieces=st.integers(0, 2), scope=scopes)
    def change(self, pick: int, setup: int, pieces: int, scope: Scope) -> None:
        wanted = {self._equipment: pieces} if pieces else {}
        self._try(
            lambda session, key: series_changes.change(
                session, self._pick(pick), scope, setup_minutes=setup, equipment=wanted, at=TUESDAY, key=key
            )
        )

    @precondition(lambda self: self._bookings)
    @rule(pick=picks, scope=scopes)
    def cancel(self, pick: int, scope: Scope) -> None:
        self._try(
            lambda session, key: series_changes.cancel(session, self._pick(pick), scope, at=TUESDAY, key=key)
        )

    @precondition(lambda self: self._bookings)
    @rule(pick=picks, scope=scopes, override=st.sampled_from(["", "Yine de"]))
    def restore(self, pick: int, scope: Scope, override: str) -> None:
        self._try(
            lambda session, key: series_changes.restore(
                session, self._pick(pick), scope, at=TUESDAY, key=key, override=override
            )
        )

    @precondition(lambda self: self._bookings)
    @rule(pick=picks)
    def nobody_came(self, pick: int) -> None:
        def act(session: Session, key: str) -> None:
            row = bookings.one(session, self._pick(pick))
            no_shows.free(session, row.id, at=row.starts_at + 3.4 * SLOT, key=key)

        self._try(act)

    @rule(on=st.integers(0, 3), hours=st.sampled_from([opening.WHOLE_DAY, ("09:00", "12:00")]))
    def close_a_day(self, on: int, hours: opening.Hours) -> None:
        day = FIRST.date() + timedelta(days=on)
        self._try(lambda session, _key: opening.close(session, day, reason="Boya", during=hours, at=TUESDAY))

    @rule(pick=picks)
    def open_it_again(self, pick: int) -> None:
        def act(session: Session, _key: str) -> None:
            closures = session.scalars(select(Closure).order_by(Closure.id)).all()
            if closures:
                opening.reopen(session, closures[pick % len(closures)].id, at=TUESDAY)

        self._try(act)

    @precondition(lambda self: self._deeds)
    @rule(pick=picks)
    def undo(self, pick: int) -> None:
        deed = self._deeds[-1 - pick % min(3, len(self._deeds))]
        self._try(lambda session, key: bookings.undo(session, deed, at=TUESDAY, key=key))

    @invariant()
    def no_two_hold_a_room_and_the_claims_say_so(self) -> None:
        with closing(sqlite3.connect(self._file)) as connection:
            held = held_slots(connection)
            claims = connection.execute("SELECT room_id, slot, booking_id FROM claim").fetchall()
            given = connection.execute(
                "SELECT equipment_id, slot, sum(count) FROM equipment_claim GROUP BY 1, 2"
            )
            assert all(count <= PIECES for _equipment, _slot, count in given)
        assert len(held) == len({(room, slot) for room, slot, _booking in held})
        assert sorted(held) == sorted(claims)


def held_slots(connection: sqlite3.Connection) -> list[tuple[str, int, str]]:
    """What the bookings hold, reckoned here and not in SQL."""
    parts: dict[str, list[str]] = {}
    for part, whole in connection.execute("SELECT id, part_of_id FROM room WHERE part_of_id IS NOT NULL"):
        parts.setdefault(whole, []).append(part)
    found = []
    for id_, room, begins, ends, setup, clear, released in connection.execute(
        "SELECT id, room_id, starts_at, ends_at, setup_minutes, clear_minutes, released_at FROM booking "
        "WHERE deleted_at IS NULL AND state NOT IN ('cancelled', 'skipped', 'clash', 'released')"
    ):
        since = datetime.fromisoformat(begins) - timedelta(minutes=setup)
        until = datetime.fromisoformat(ends) + timedelta(minutes=clear)
        if released:
            until = min(until, datetime.fromisoformat(released))
        at = since
        while at < until:
            found += [(leaf, int(at.timestamp()) // 300, id_) for leaf in parts.get(room, [room])]
            at += SLOT
    return found


def test_any_order_of_actions_keeps_the_rooms_apart(file: Path) -> None:
    Desk.empty_file = file
    run_state_machine_as_test(
        Desk,
        settings=settings(
            max_examples=25,
            stateful_step_count=30,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )
