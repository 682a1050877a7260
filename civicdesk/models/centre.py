"""The centre itself: its name, hours, closures and rooms."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

from civicdesk.models.base import Base, Removable


class Centre(Removable, Base, kw_only=True):
    """The one centre this desk serves, with what its managers decided."""

    __tablename__ = "centre"
    __groups__ = {
        "name": ("name", "address"),
        "rules": ("capacity", "language", "observes_holidays", "retention_days"),
        "badges": ("badge_size", "badge_footer", "badge_parts", "badge_discreet"),
        "notice": ("notice_text", "notice_version"),
        "booking": ("notice_hours", "ahead_days", "no_show_minutes"),
        "keeping": ("mail_years", "message_days"),
        "del": ("deleted_at",),
    }

    name: Mapped[str]
    address: Mapped[str] = mapped_column(default="")
    language: Mapped[str] = mapped_column(default="tr")
    capacity: Mapped[int] = mapped_column(default=320)
    observes_holidays: Mapped[bool] = mapped_column(default=True)
    retention_days: Mapped[int] = mapped_column(default=90)
    badge_size: Mapped[str] = mapped_column(default="label")
    badge_footer: Mapped[str] = mapped_column(default="")
    badge_parts: Mapped[str] = mapped_column(default="host,reason,place,date,digits,needs")
    badge_discreet: Mapped[str] = mapped_column(default="place")
    notice_text: Mapped[str] = mapped_column(default="")
    notice_version: Mapped[int] = mapped_column(default=1)
    notice_hours: Mapped[int] = mapped_column(default=0)
    ahead_days: Mapped[int] = mapped_column(default=731)
    no_show_minutes: Mapped[int] = mapped_column(default=15)
    mail_years: Mapped[int] = mapped_column(default=5)
    message_days: Mapped[int] = mapped_column(default=30)


class OpeningHours(Removable, Base, kw_only=True):
    """When the centre is open on one weekday (0 is Monday), as wall times `HH:MM`."""

    __tablename__ = "opening_hours"
    __groups__ = {"hours": ("weekday", "opens", "closes"), "del": ("deleted_at",)}

    weekday: Mapped[int]
    opens: Mapped[str]
    closes: Mapped[str]


class Closure(Removable, Base, kw_only=True):
    """A day, or part of one, on which the centre is closed, and why."""

    __tablename__ = "closure"
    __groups__ = {"when": ("on", "from_time", "until_time"), "why": ("reason",), "del": ("deleted_at",)}

    on: Mapped[date]
    from_time: Mapped[str] = mapped_column(default="00:00")
    until_time: Mapped[str] = mapped_column(default="24:00")
    reason: Mapped[str]


class Room(Removable, Base, kw_only=True):
    """A room of the centre, or a part of a room that can be divided (`part_of_id`)."""

    __tablename__ = "room"
    __table_args__ = (Index("room_by_whole", "part_of_id"),)
    __groups__ = {
        "name": ("name", "zone", "position", "colour"),
        "size": ("capacity", "is_accessible", "is_work_area"),
        "use": ("room_class",),
        "part": ("part_of_id",),
        "del": ("deleted_at",),
    }

    name: Mapped[str]
    zone: Mapped[str] = mapped_column(default="")
    position: Mapped[int] = mapped_column(default=0)
    colour: Mapped[str] = mapped_column(default="#0B6E7F")
    capacity: Mapped[int] = mapped_column(default=10)
    is_accessible: Mapped[bool] = mapped_column(default=True)
    is_work_area: Mapped[bool] = mapped_column(default=False)
    room_class: Mapped[str] = mapped_column(default="meeting")
    part_of_id: Mapped[UUID | None] = mapped_column(default=None)


class Mark(Base):
    """How far this desk got with something once started, such as the first set-up."""

    __tablename__ = "mark"

    name: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]
    at: Mapped[datetime]
