"""The register as the desk leafs through it: everybody, with what waits for them and what of theirs ends soon."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.desk import addresses, collectors, members
from civicdesk.desk.members import Register
from civicdesk.models import MailKind, MailState
from civicdesk.text import local

LAST_WEEK = timedelta(days=7)
_NOTICES = (MailKind.NOTICE, MailKind.SLIP21)
_POST = (
    select(MailState.organisation_id, func.count(), func.sum(MailState.kind.in_(_NOTICES)))
    .where(MailState.is_open, MailState.organisation_id.is_not(None))
    .group_by(MailState.organisation_id)
)


@dataclass(frozen=True)
class MemberList:
    """The register now; `post` is how much waits, `notices` who has an official one, `ending` whose paper ends."""

    register: Register
    post: Mapping[UUID | None, int]
    notices: Collection[UUID | None]
    ending: Collection[UUID]
    at: datetime


@dataclass(frozen=True)
class Reminders:
    """Papers and authorities that end soon, the next day on which one does, and post that is soon not sent on."""

    papers: int
    authorities: int
    next_on: date | None
    forwardings: int


def reminders(session: Session, *, at: datetime) -> Reminders:
    """What somebody should write to members about before it ends."""
    on = local(at).date()
    papers, authorities = addresses.ending(session, on=on), collectors.ending(session, on=on)
    days = [paper.valid_until_on for paper, _one in papers]
    days += [person.authority_until_on for person, _one in authorities]
    sent_on = (one.forwarding_until_on for one in addresses.forwarded(session, on=on))
    return Reminders(
        papers=len(papers),
        authorities=len(authorities),
        next_on=min((day for day in days if day), default=None),
        forwardings=sum(until is not None and until - on <= LAST_WEEK for until in sent_on),
    )


def look(session: Session, *, at: datetime) -> MemberList:
    """Everybody on the register, as things stand."""
    on = local(at).date()
    waiting = session.execute(_POST).all()
    papers = {organisation.id for _paper, organisation in addresses.ending(session, on=on)}
    authorities = {organisation.id for _person, organisation in collectors.ending(session, on=on)}
    return MemberList(
        register=members.register(session, on=on),
        post={row[0]: row[1] for row in waiting},
        notices={row[0] for row in waiting if row[2]},
        ending=papers | authorities,
        at=at,
    )
