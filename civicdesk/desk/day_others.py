"""What else stands on the sheet of a day: post, messages, work areas, who was turned away, what was put right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import String, func, or_, select, type_coerce
from sqlalchemy.orm import Session

from civicdesk.desk import inside_curve, notices
from civicdesk.desk.decisions import Result
from civicdesk.desk.metrics import Heads
from civicdesk.models import (
    AuditEntry,
    HandOver,
    MailItem,
    MailKind,
    MailState,
    MessageMove,
    MessageStep,
    Muster,
    PhoneMessage,
    Room,
    Scan,
    SeatStay,
    Waiting,
    WaitingState,
)

_NOTICES = (MailKind.NOTICE, MailKind.SLIP21)
_TURNED_AWAY = (Result.REFUSED, Result.CAPACITY_FULL, Result.CLOSED)
_CORRECTIONS = ("change_people", "change_visitor", "correct_mail", "correct_hand_over")


@dataclass(frozen=True)
class Post:
    """The post of a day, and what lay there at its end (or lies there now)."""

    received: int
    handed_over: int
    waiting: int
    notices: int
    oldest_days: int | None


@dataclass(frozen=True)
class Messages:
    """Messages taken in a day, and those not passed on at its end."""

    taken: int
    undelivered: int
    urgent: int


@dataclass(frozen=True)
class Seats:
    """The work areas: people who sat there, the most at one time, and how many seats there are."""

    people: int
    most: int
    seats: int


@dataclass(frozen=True)
class Incidents:
    """What did not go as planned: evacuations and drills, and what was put right or taken back."""

    musters: int
    drills: int
    corrections: int


@dataclass(frozen=True)
class Others:
    """All of it, as it stood at the end of the day or stands now."""

    post: Post
    messages: Messages
    seats: Seats
    incidents: Incidents
    wishes_unmet: int
    refused_entries: int


def look(session: Session, begins: datetime, until: datetime, day_ends: datetime) -> Others:
    """Read a day from its beginning up to an instant; wishes for rooms count for the whole day."""
    return Others(
        post=_post(session, begins, until),
        messages=_messages(session, begins, until),
        seats=_seats(session, begins, until),
        incidents=_incidents(session, begins, until),
        wishes_unmet=_unmet(session, begins, day_ends),
        refused_entries=_refused(session, begins, until),
    )


def _post(session: Session, begins: datetime, until: datetime) -> Post:
    received = select(func.count()).where(
        MailItem.received_at >= begins, MailItem.received_at < until, MailItem.deleted_at.is_(None)
    )
    handed = select(func.coalesce(func.sum(HandOver.items), 0)).where(
        HandOver.at >= begins, HandOver.at < until
    )
    # what ended after that instant still lay there then
    lay_there = (MailState.received_at < until) & or_(
        MailState.is_open.is_(True), MailState.changed_at >= until
    )
    red = func.count().filter(MailState.kind.in_(_NOTICES))
    waiting, outstanding, oldest = session.execute(
        select(func.count(), red, func.min(MailState.received_at)).where(lay_there)
    ).one()
    days = None if oldest is None else notices.days_gone(oldest, until)
    return Post(session.scalar(received) or 0, session.scalar(handed) or 0, waiting, outstanding, days)


def _messages(session: Session, begins: datetime, until: datetime) -> Messages:
    stands = PhoneMessage.deleted_at.is_(None)
    taken = select(func.count()).where(PhoneMessage.taken_at >= begins, PhoneMessage.taken_at < until, stands)
    last = (
        select(MessageMove.what)
        .where(
            MessageMove.message_id == PhoneMessage.id,
            MessageMove.at < until,
            MessageMove.what.in_((MessageStep.DELIVERED, MessageStep.REOPENED)),
        )
        .order_by(MessageMove.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    is_open = func.coalesce(last, MessageStep.REOPENED) != MessageStep.DELIVERED
    undelivered, urgent = session.execute(
        select(func.count(), func.count().filter(PhoneMessage.is_urgent)).where(
            PhoneMessage.taken_at < until, stands, is_open
        )
    ).one()
    return Messages(session.scalar(taken) or 0, undelivered, urgent)


def _seats(session: Session, begins: datetime, until: datetime) -> Seats:
    rows = session.execute(
        select(SeatStay.people, SeatStay.since_at, SeatStay.left_at, type_coerce(SeatStay.room_id, String))
        .where(SeatStay.since_at >= begins, SeatStay.since_at < until, SeatStay.deleted_at.is_(None))
        .order_by(SeatStay.since_at)
    ).all()
    sat: list[Heads] = []
    for people, since_at, left_at, room in rows:
        sat.append(Heads(since_at, people, room))
        if left_at is not None and left_at < until:
            sat.append(Heads(left_at, -people, room))
    most = inside_curve.peak(inside_curve.draw([], sat), begins, until)
    there = select(func.coalesce(func.sum(Room.capacity), 0)).where(
        Room.is_work_area, or_(Room.deleted_at.is_(None), Room.deleted_at > begins)
    )
    return Seats(sum(row.people for row in rows), most.people if most else 0, session.scalar(there) or 0)


def _incidents(session: Session, begins: datetime, until: datetime) -> Incidents:
    musters, drills = session.execute(
        select(
            func.count().filter(Muster.is_drill.is_(False)), func.count().filter(Muster.is_drill.is_(True))
        ).where(Muster.started_at >= begins, Muster.started_at < until, Muster.deleted_at.is_(None))
    ).one()
    put_right = or_(
        AuditEntry.action.startswith("undo_", autoescape=True), AuditEntry.action.in_(_CORRECTIONS)
    )
    corrections = session.scalar(
        select(func.count()).where(AuditEntry.at >= begins, AuditEntry.at < until, put_right)
    )
    return Incidents(musters, drills, corrections or 0)


def _unmet(session: Session, begins: datetime, ends: datetime) -> int:
    """Wishes for a room of this day that got none."""
    states: Sequence[str] = (WaitingState.WAITING, WaitingState.WITHDRAWN)
    count = select(func.count()).where(
        Waiting.starts_at >= begins,
        Waiting.starts_at < ends,
        Waiting.state.in_(states),
        Waiting.deleted_at.is_(None),
    )
    return session.scalar(count) or 0


def _refused(session: Session, begins: datetime, until: datetime) -> int:
    count = select(func.count(Scan.code.distinct())).where(
        Scan.at >= begins, Scan.at < until, Scan.result.in_(_TURNED_AWAY)
    )
    return session.scalar(count) or 0
