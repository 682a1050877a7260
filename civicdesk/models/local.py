"""Small tables of this desk alone: what its database itself keeps true, whoever writes."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Mapped, mapped_column

from civicdesk.models.base import Base


class Presence(Base):
    """Nobody is inside twice: one row a visitor, kept by triggers on `visit`."""

    __tablename__ = "presence"

    visitor_id: Mapped[UUID] = mapped_column(primary_key=True)
    visit_id: Mapped[UUID]


class HeadTotal(Base):
    """How many are counted by head at one place now, kept by a trigger on `head_count`."""

    __tablename__ = "head_total"

    id: Mapped[int] = mapped_column(primary_key=True, init=False)
    room_id: Mapped[UUID]
    booking_id: Mapped[UUID | None]
    category: Mapped[str]
    people: Mapped[int]
    latest_at: Mapped[datetime]


class DoneAction(Base):
    """One tap twice is one action: the key of an action, and the row it made."""

    __tablename__ = "done_action"

    key: Mapped[str] = mapped_column(primary_key=True)
    subject_id: Mapped[UUID]
    at: Mapped[datetime]


class Counter(Base):
    """The last number given out, by name."""

    __tablename__ = "counter"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[int]


class Claim(Base):
    """Never two in a room: who holds one five minutes of it, kept by triggers on `booking`.

    `slot` counts five minutes since 1970. A room that is divided holds nothing itself: who books the whole of it
    claims every part.
    """

    __tablename__ = "claim"
    __table_args__ = {"sqlite_with_rowid": False}

    room_id: Mapped[UUID] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    booking_id: Mapped[UUID]


class Blob(Base, kw_only=True):
    """The bytes of a picture, by what they are: the same picture is kept once."""

    __tablename__ = "blob"

    sha256: Mapped[str] = mapped_column(primary_key=True)
    size: Mapped[int]
    bytes: Mapped[bytes]


class EquipmentClaim(Base):
    """How many pieces a booking holds for one five minutes, kept by triggers on `booking_equipment` and `booking`."""

    __tablename__ = "equipment_claim"
    __table_args__ = {"sqlite_with_rowid": False}

    equipment_id: Mapped[UUID] = mapped_column(primary_key=True)
    slot: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    booking_id: Mapped[UUID] = mapped_column(primary_key=True)
    count: Mapped[int]
