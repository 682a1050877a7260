"""Whose post is it: a box by its number, or an organisation by its name as typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import people
from civicdesk.errors import Refusal
from civicdesk.models import Mailbox, Organisation
from civicdesk.text import _

_MOST_MERGERS = 8
_HOLDERS = (
    select(Mailbox.number, Organisation)
    .outerjoin(Organisation, (Organisation.id == Mailbox.organisation_id) & Organisation.deleted_at.is_(None))
    .where(Mailbox.number == bindparam("number"), Mailbox.deleted_at.is_(None))
    .order_by(Organisation.folded)
)


@dataclass(frozen=True)
class Holder:
    """A box and whose it is, or an organisation without a box. `heir` has taken over an organisation that is gone."""

    box: int | None
    organisation: Organisation
    heir: Organisation | None = None

    @property
    def receiver(self) -> Organisation:
        return self.heir or self.organisation

    def has_left(self, on: date) -> bool:
        return self.receiver.left_on is not None and self.receiver.left_on <= on

    def is_forwarded(self, on: date) -> bool:
        """Whether its post is still sent on after it left."""
        until = self.receiver.forwarding_until_on
        return self.has_left(on) and until is not None and on <= until


def find(session: Session, typed: str, limit: int = 8) -> list[Holder]:
    """Who may be meant by a box number or the beginning of a name; nobody for a box that is not there or not let."""
    number = box_number(typed)
    if number is not None:
        return holders(session, number)
    if not typed.strip():
        return []
    found = people.organisations(session, typed, limit)
    boxes = _boxes(session, [organisation.id for organisation in found])
    return [_holder(session, boxes.get(one.id), one) for one in found]


def box_number(typed: str) -> int | None:
    """The number in `214`, also in other digits; nothing if letters stand in it."""
    plain = typed.strip()
    return int(plain) if plain.isdecimal() and len(plain) <= 5 else None  # noqa: PLR2004  none has more


def holders(session: Session, number: int) -> list[Holder]:
    """Whose box this is; a box may have been let to two. Refuses `no_box`."""
    rows = session.execute(_HOLDERS, {"number": number}).all()
    if not rows:
        raise Refusal("no_box", _("There is no box {}.").format(number))
    return [_holder(session, number, organisation) for _box, organisation in rows if organisation is not None]


def resolve(
    session: Session, box: int | None = None, organisation_id: UUID | None = None
) -> tuple[int | None, UUID | None]:
    """The box and the organisation that an item is for, from what the clerk gave of both; nothing for nothing.

    The post of an organisation that merged into another one is that one's. Refuses `no_box`, `free_box`,
    `shared_box`, `not_in_box` and `no_organisation`.
    """
    if box is None:
        return _by_organisation(session, organisation_id) if organisation_id else (None, None)
    found = holders(session, box)
    if organisation_id is not None:
        found = [one for one in found if organisation_id in (one.organisation.id, one.receiver.id)]
        if not found:
            raise Refusal(
                "not_in_box", _("Box {} is not this organisation's. Choose one of both.").format(box)
            )
    elif not found:
        raise Refusal(
            "free_box",
            _("Nobody has box {}. Choose the organisation, or keep the item unmatched.").format(box),
        )
    elif len(found) > 1:
        raise Refusal("shared_box", _("Box {} has two organisations. Choose one of them.").format(box))
    return box, found[0].receiver.id


def box_of(session: Session, organisation_id: UUID) -> int | None:
    """The first box of an organisation."""
    return _boxes(session, [organisation_id]).get(organisation_id)


def _by_organisation(session: Session, organisation_id: UUID) -> tuple[int | None, UUID | None]:
    organisation = session.get(Organisation, organisation_id)
    if organisation is None or organisation.deleted_at is not None:
        raise Refusal("no_organisation", _("This organisation is not on the list any more."))
    receiver = _holder(session, None, organisation).receiver
    return box_of(session, receiver.id) or box_of(session, organisation.id), receiver.id


def _holder(session: Session, box: int | None, organisation: Organisation) -> Holder:
    heir = organisation
    for _merger in range(_MOST_MERGERS):
        following = heir.merged_into_id and session.get(Organisation, heir.merged_into_id)
        if not following:
            break
        heir = following
    return Holder(box, organisation, None if heir is organisation else heir)


def _boxes(session: Session, organisations: Sequence[UUID]) -> dict[UUID, int]:
    rows = session.execute(
        select(Mailbox.organisation_id, Mailbox.number)
        .where(Mailbox.organisation_id.in_(organisations), Mailbox.deleted_at.is_(None))
        .order_by(Mailbox.number.desc())
    )
    return {organisation: number for organisation, number in rows if organisation is not None}
