"""One organisation at a glance: its people and papers, what it has here, what comes, what waits, how much it used."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import (
    addresses,
    belongings,
    claims,
    collectors,
    fair_use,
    mail,
    members,
    memberships,
    untold,
)
from civicdesk.desk.addresses import Paper
from civicdesk.desk.belongings import Belongings
from civicdesk.desk.collectors import Known
from civicdesk.desk.fair_use import Standing
from civicdesk.desk.untold import WhyNot
from civicdesk.models import (
    Booking,
    EmailBounce,
    Loan,
    MailItem,
    Notify,
    Organisation,
    PhoneMessage,
    RoomClass,
    Visit,
)
from civicdesk.text import local

MOST_SHOWN = 5
LATELY = timedelta(days=30)


@dataclass(frozen=True)
class Coming:
    """The next bookings, and how many there are in all."""

    next: Sequence[Booking]
    count: int


@dataclass(frozen=True)
class Lately:
    """Visits to an organisation in the last thirty days, how many people, and the latest of them."""

    latest: Sequence[Visit]
    people: int


@dataclass(frozen=True, kw_only=True)
class Glance:
    """All that the page of an organisation shows."""

    organisation: Organisation
    parent: Organisation | None
    heir: Organisation | None
    children: int
    people: Sequence[Known]
    papers: Sequence[Paper]
    has: Belongings
    coming: Coming
    lately: Lately
    post: Sequence[MailItem]
    messages: Sequence[PhoneMessage]
    loans: Sequence[Loan]
    used: Sequence[tuple[str, Standing]]
    unreached: WhyNot | None = None
    bounce: EmailBounce | None = None

    @property
    def collectors(self) -> int:
        """How many may collect its post today."""
        return sum(each.may_collect for each in self.people)


def glance(session: Session, organisation_id: UUID, *, at: datetime) -> Glance:
    """Everything about one organisation, as things stand. Refuses `no_organisation`."""
    organisation, on = members.one(session, organisation_id), local(at).date()
    hears = organisation.notify != Notify.NONE and organisation.left_on is None
    unreached, bounce = untold.why_not(session, organisation) if hears else (None, None)
    return Glance(
        organisation=organisation,
        parent=_other(session, organisation.parent_id),
        heir=_other(session, organisation.merged_into_id),
        children=_children(session, organisation_id),
        people=collectors.people(session, organisation_id, on=on),
        papers=addresses.papers(session, organisation_id, on=on),
        has=belongings.of(session, organisation_id),
        coming=_coming(session, organisation_id, at),
        lately=_lately(session, organisation_id, at),
        post=mail.waiting(session, organisation_id),
        messages=_messages(session, organisation_id),
        loans=_loans(session, organisation_id),
        used=_used(session, organisation_id, on),
        unreached=unreached,
        bounce=bounce,
    )


def _other(session: Session, id_: UUID | None) -> Organisation | None:
    return session.get(Organisation, id_) if id_ else None


def _children(session: Session, id_: UUID) -> int:
    found = select(func.count(Organisation.id)).where(
        Organisation.parent_id == id_, Organisation.deleted_at.is_(None)
    )
    return session.scalar(found) or 0


def _coming(session: Session, id_: UUID, at: datetime) -> Coming:
    holds = (
        Booking.organisation_id == id_,
        Booking.ends_at > at,
        Booking.state.in_(claims.STANDING),
        Booking.deleted_at.is_(None),
    )
    soon = (
        select(Booking)
        .where(*holds)
        .options(joinedload(Booking.room), joinedload(Booking.organisation))
        .order_by(Booking.starts_at)
        .limit(MOST_SHOWN)
    )
    count = session.scalar(select(func.count(Booking.id)).where(*holds)) or 0
    return Coming(session.scalars(soon).all(), count)


def _lately(session: Session, id_: UUID, at: datetime) -> Lately:
    holds = (Visit.host_id == id_, Visit.arrived_at > at - LATELY, Visit.deleted_at.is_(None))
    latest = (
        select(Visit)
        .where(*holds)
        .options(joinedload(Visit.visitor), joinedload(Visit.host), joinedload(Visit.room))
        .order_by(Visit.arrived_at.desc())
        .limit(MOST_SHOWN)
    )
    return Lately(
        session.scalars(latest).all(), session.scalar(select(func.sum(Visit.people)).where(*holds)) or 0
    )


def _messages(session: Session, id_: UUID) -> Sequence[PhoneMessage]:
    """Not passed on yet; urgent ones first, then the oldest."""
    found = select(PhoneMessage).where(*memberships.open_messages(id_))
    return session.scalars(found.order_by(PhoneMessage.is_urgent.desc(), PhoneMessage.taken_at)).all()


def _loans(session: Session, id_: UUID) -> Sequence[Loan]:
    found = select(Loan).where(Loan.organisation_id == id_, Loan.back_at.is_(None), Loan.deleted_at.is_(None))
    return session.scalars(found.order_by(Loan.out_at)).all()


def _used(session: Session, id_: UUID, on: date) -> list[tuple[str, Standing]]:
    """The hours of the month by class of room; classes it neither used nor has a limit for are left out."""
    found = [(kind.value, fair_use.standing(session, id_, kind, on)) for kind in RoomClass]
    return [(kind, standing) for kind, standing in found if standing.hours or standing.allowed is not None]
