"""Who is to be told of post: at once, in the day's digest, and again after 3, 7 and 30 days."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk.database import note_change
from civicdesk.desk import actions, hours, mail_moves, mail_wall, notices
from civicdesk.desk.mail_wall import Age
from civicdesk.models import MailItem, MailState, Move, Notify, Organisation, Place

STEPS = (Age.DAYS_3, Age.DAYS_7, Age.DAYS_30)


@dataclass(frozen=True)
class Due:
    """An item of an organisation that is to be reminded of, how many days it has waited, and the step it reached."""

    item: MailItem
    days: int
    step: Age


@dataclass(frozen=True)
class Reminder:
    """All that one organisation is to be reminded of; the longest waiting first."""

    organisation: Organisation
    items: Sequence[Due]

    @property
    def days(self) -> int:
        return max(due.days for due in self.items)


def due(session: Session, *, at: datetime, with_silent: bool = False) -> list[Reminder]:
    """Who is to be reminded now: an item counts once for each step it has reached since it was last reminded of.

    Organisations that want no e-mail are left out, unless `with_silent` (they can be called).
    """
    first_step = hours.midnight_before(at) - timedelta(days=STEPS[0] - 1)
    found = session.execute(
        select(MailItem, MailState.reminded_at)
        .join(MailState, MailState.item_id == MailItem.id)
        .where(
            MailState.is_open,
            MailState.place == Place.WAITING,
            MailState.organisation_id.is_not(None),
            MailState.received_at < first_step,
        )
        .options(joinedload(MailItem.organisation))
        .order_by(MailItem.received_at)
    )
    wanted = [
        Due(item, days := notices.days_gone(item.received_at, at), mail_wall.age_of(days))
        for item, reminded_at in found
        if _is_due(item, reminded_at, at)
    ]
    return _by_organisation(wanted, with_silent=with_silent)


def untold(session: Session, notify: Notify, *, at: datetime) -> list[Reminder]:
    """What waits for organisations that want to hear of it so, and have not been told of yet."""
    found = session.scalars(
        select(MailItem)
        .join(MailState, MailState.item_id == MailItem.id)
        .join(Organisation, Organisation.id == MailItem.organisation_id)
        .where(MailState.is_open, MailState.notified_at.is_(None), Organisation.notify == notify)
        .options(joinedload(MailItem.organisation))
        .order_by(MailItem.received_at)
    )
    wanted = [
        Due(item, days := notices.days_gone(item.received_at, at), mail_wall.age_of(days)) for item in found
    ]
    return _by_organisation(wanted, with_silent=True)


def ageing(session: Session, step: Age, *, at: datetime) -> Sequence[MailItem]:
    """What has waited at least so many days, the oldest first; whether anybody was reminded or not."""
    before = hours.midnight_before(at) - timedelta(days=step - 1)
    return session.scalars(
        select(MailItem)
        .join(MailState, MailState.item_id == MailItem.id)
        .where(MailState.is_open, MailState.received_at < before)
        .options(joinedload(MailItem.organisation))
        .order_by(MailItem.received_at)
    ).all()


def told(
    session: Session,
    item_ids: Sequence[UUID],
    *,
    again: bool = False,
    how: str = "email",
    at: datetime,
    key: str | None = None,
) -> None:
    """Note that an organisation was told of its items, or with `again` reminded. The same `key` notes it once."""
    if not item_ids or actions.subject_of(session, key):
        return
    mail_moves.note(session, item_ids, Move.REMINDED if again else Move.NOTIFIED, at=at, reason=how)
    actions.remember(session, key, item_ids[0], at)
    note_change(session, MailState)


def _is_due(item: MailItem, reminded_at: datetime | None, at: datetime) -> bool:
    """Whether a step was reached that no reminder came after."""
    days = notices.days_gone(item.received_at, at)
    days_then = notices.days_gone(item.received_at, reminded_at) if reminded_at else 0
    return any(days_then < step <= days for step in STEPS)


def _by_organisation(wanted: Sequence[Due], *, with_silent: bool) -> list[Reminder]:
    def of(one: Due) -> Organisation:
        organisation = one.item.organisation
        assert organisation is not None
        return organisation

    known = [one for one in wanted if one.item.organisation is not None]
    ordered = sorted(known, key=lambda one: (of(one).folded, of(one).id, one.item.received_at))
    found = [
        Reminder(of(group[0]), group)
        for _id, each in groupby(ordered, lambda one: of(one).id)
        if (group := list(each))
    ]
    return [one for one in found if with_silent or one.organisation.notify != Notify.NONE]
