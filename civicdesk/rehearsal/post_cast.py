"""Who gets post on the day that is rehearsed, and the numbers that stand on it."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk import demo
from civicdesk.desk import authority, boxes, pickups
from civicdesk.desk.authority import Standing
from civicdesk.models import Mailbox, MailState, Notify, Organisation
from civicdesk.text import local

SENDER = "Kıyıkent 2. İcra Dairesi"
"""Stands on a notice; no e-mail may name it."""

NOTE = "üzerinde ıslak leke var"
"""A clerk's note on an item; no e-mail may say it."""

_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)


@dataclass(frozen=True)
class Holder:
    """An organisation whose box is empty, with somebody who may collect and somebody who may no longer."""

    organisation_id: UUID
    name: str
    box: int
    may: UUID
    may_name: str
    ended: UUID


def holders(session: Session, count: int) -> list[Holder]:
    """The first of them by the number of the box; they hear of their post at once, and the desk takes no notices."""
    waiting = set(session.scalars(select(MailState.organisation_id).where(MailState.is_open)))
    found: list[Holder] = []
    wanted = select(Organisation).where(
        Organisation.deleted_at.is_(None), Organisation.notify == Notify.AT_ONCE
    )
    for organisation in session.scalars(wanted.order_by(Organisation.folded)):
        holder = None if organisation.id in waiting else _holder(session, organisation)
        if holder is not None:
            found.append(holder)
            if len(found) == count:
                break
    return found


def others(session: Session, count: int, but: list[Holder]) -> list[int]:
    """Boxes with one holder each, besides these."""
    taken = {holder.box for holder in but}
    rows = session.scalars(
        select(Mailbox.number)
        .where(Mailbox.organisation_id.is_not(None), Mailbox.deleted_at.is_(None))
        .order_by(Mailbox.number)
    )
    return [number for number in rows if number not in taken][:count]


def registered(serial: int) -> str:
    """A number of registered post with its check digit, of the country ZZ, which is nobody's."""
    digits = f"{serial:08d}"
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    return f"RR{digits}{ {10: 0, 11: 5}.get(rest, rest) }ZZ"


def _holder(session: Session, organisation: Organisation) -> Holder | None:
    box = boxes.box_of(session, organisation.id)
    people = pickups.collectors(session, organisation.id, at=demo.NOW)
    ended = [each for each in people if each.standing is Standing.ENDED]
    desk = authority.of_desk(session, organisation.id, local(demo.NOW).date())
    if box is None or not ended or not people[0].may_take_notices or (desk and desk.is_on_file):
        return None
    may = people[0].person
    return Holder(organisation.id, organisation.name, box, may.id, may.name, ended[0].person.id)
