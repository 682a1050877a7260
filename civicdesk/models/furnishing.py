"""What a room can be set up as, and what can be brought into it."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from civicdesk.models.base import Base, Removable


class RoomClass(StrEnum):
    """What a room is for; fair use is counted by it."""

    HALL = "hall"
    MEETING = "meeting"
    TRAINING = "training"
    WORKSHOP = "workshop"
    WORK_AREA = "work_area"


class LayoutKind(StrEnum):
    """How chairs and tables stand."""

    THEATRE = "theatre"
    CLASSROOM = "classroom"
    U_SHAPE = "u_shape"
    BOARDROOM = "boardroom"
    CABARET = "cabaret"
    STANDING = "standing"


class Layout(Removable, Base, kw_only=True):
    """A way one room can be set up, and how many it seats then."""

    __tablename__ = "layout"
    __table_args__ = (Index("layout_by_room", "room_id"),)
    __groups__ = {"layout": ("room_id", "kind", "capacity"), "del": ("deleted_at",)}

    room_id: Mapped[UUID]
    kind: Mapped[str]
    capacity: Mapped[int]


class Equipment(Removable, Base, kw_only=True):
    """Something that is counted and cannot be in two places; without a room it is carried to where it is wanted."""

    __tablename__ = "equipment"
    __table_args__ = (Index("equipment_by_room", "room_id"),)
    __groups__ = {"name": ("name",), "count": ("count",), "place": ("room_id",), "del": ("deleted_at",)}

    name: Mapped[str]
    count: Mapped[int] = mapped_column(default=1)
    room_id: Mapped[UUID | None] = mapped_column(default=None)
