"""What the desk wrote down of a period beside its days: who was visited, what post came, who sat where."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import String, func, select, type_coerce
from sqlalchemy.orm import Session

from civicdesk.desk.metrics import Key
from civicdesk.models import HandedOver, HandOver, MailItem, MailState, Organisation, Room, SeatStay, Visit
from civicdesk.text import local


class Whose(NamedTuple):
    """An organisation as the figures see it."""

    name: str
    kind: str


class Sitting(NamedTuple):
    """Somebody who sat in a work area."""

    room: str
    people: int
    since_at: datetime
    left_at: datetime | None


class Area(NamedTuple):
    """A work area and its seats."""

    room: str
    name: str
    seats: int


@dataclass(frozen=True)
class PeriodFacts:
    """What is known of [begins, until). `became` counts the post of the period by kind and by where it stands now.

    `waited` are the days from coming to being handed over, of what was handed over in the period.
    """

    organisations: Mapping[str, Whose]
    visited: Mapping[Key, int]
    received: Mapping[date, int]
    became: Mapping[tuple[str, str], int]
    waited: Sequence[float]
    areas: Sequence[Area]
    sat: Sequence[Sitting]


def read(session: Session, begins: datetime, until: datetime) -> PeriodFacts:
    """Read it in one question each."""
    session.flush()
    came = MailItem.received_at >= begins, MailItem.received_at < until, MailItem.deleted_at.is_(None)
    return PeriodFacts(
        organisations=_organisations(session),
        visited=_visited(session, begins, until),
        received=Counter(
            local(at).date() for at in session.scalars(select(MailItem.received_at).where(*came))
        ),
        became={
            (kind, place): count
            for kind, place, count in session.execute(
                select(MailItem.kind, MailState.place, func.count())
                .join(MailState, MailState.item_id == MailItem.id)
                .where(*came)
                .group_by(MailItem.kind, MailState.place)
            )
        },
        waited=_waited(session, begins, until),
        areas=_areas(session, begins),
        sat=_sat(session, begins, until),
    )


def received(session: Session, begins: datetime, until: datetime) -> int:
    """How many items of post came in."""
    came = MailItem.received_at >= begins, MailItem.received_at < until, MailItem.deleted_at.is_(None)
    return session.scalar(select(func.count()).select_from(MailItem).where(*came)) or 0


def _organisations(session: Session) -> dict[str, Whose]:
    rows = session.execute(select(type_coerce(Organisation.id, String), Organisation.name, Organisation.kind))
    return {id_: Whose(name, kind) for id_, name, kind in rows}


def _visited(session: Session, begins: datetime, until: datetime) -> dict[Key, int]:
    rows = session.execute(
        select(type_coerce(Visit.host_id, String), func.sum(Visit.people))
        .where(Visit.arrived_at >= begins, Visit.arrived_at < until, Visit.deleted_at.is_(None))
        .group_by(Visit.host_id)
    )
    return {row[0]: row[1] for row in rows}


def _waited(session: Session, begins: datetime, until: datetime) -> list[float]:
    rows = session.execute(
        select(func.unixepoch(HandOver.at) - func.unixepoch(MailItem.received_at))
        .join(HandedOver, HandedOver.hand_over_id == HandOver.id)
        .join(MailItem, MailItem.id == HandedOver.item_id)
        .where(HandOver.at >= begins, HandOver.at < until)
    )
    return [seconds / 86_400 for (seconds,) in rows]


def _areas(session: Session, begins: datetime) -> list[Area]:
    there = Room.deleted_at.is_(None) | (Room.deleted_at > begins)
    rows = session.execute(
        select(type_coerce(Room.id, String), Room.name, Room.capacity)
        .where(Room.is_work_area, there)
        .order_by(Room.position, Room.name)
    )
    return [Area(*row) for row in rows]


def _sat(session: Session, begins: datetime, until: datetime) -> list[Sitting]:
    rows = session.execute(
        select(type_coerce(SeatStay.room_id, String), SeatStay.people, SeatStay.since_at, SeatStay.left_at)
        .where(SeatStay.since_at >= begins, SeatStay.since_at < until, SeatStay.deleted_at.is_(None))
        .order_by(SeatStay.since_at)
    )
    return [Sitting(*row) for row in rows]
