"""Post goes out: it is signed for and handed over, once; what was handed over is a fact, a correction another one.

The signature is kept before the items are handed over, in a transaction of its own: after a power cut in between,
`unfinished` still has both, and the clerk finishes or drops it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk.database import note_change
from civicdesk.desk import actions, audit, fields, mail_moves, pickups, rows, signatures, staff
from civicdesk.errors import Refusal
from civicdesk.models import (
    HandOver,
    MailItem,
    MailKind,
    MailMove,
    MailState,
    Move,
    Place,
    Signature,
    SignedPickup,
)
from civicdesk.text import _

_FREE_OF_SIGNATURE = (MailKind.ORDINARY, MailKind.BY_HAND)


def sign(
    session: Session,
    taking: pickups.Taking,
    strokes: signatures.Strokes,
    width: int,
    height: int,
    *,
    at: datetime,
    key: str,
) -> SignedPickup:
    """First step: keep the signature and what it is for. `hand_over` with the same `key` is the second.

    Refuses what `pickups.check` and `signatures.sign` refuse. The same `key` again keeps the first signature.
    """
    if (kept := session.get(SignedPickup, key)) is not None:
        return kept
    items = pickups.check(session, taking, at=at)
    signature = signatures.sign(session, strokes, width, height, at=at)
    name, capacity, reference = pickups.who(session, taking)
    pickup = SignedPickup(
        key=key,
        signature_id=signature.id,
        organisation_id=taking.organisation_id,
        person_id=taking.person_id,
        collector=name,
        capacity=capacity,
        authority=reference,
        override=fields.note(taking.override),
        items=",".join(item.id.hex for item in items),
        at=at,
        by_id=session.info.get("by"),
    )
    session.add(pickup)
    session.flush()
    return pickup


def hand_over(session: Session, key: str, *, at: datetime) -> HandOver:
    """Second step: hand over what was signed for under this `key`; the same `key` again returns the hand-over.

    Refuses `no_pickup`, `not_here`, `already_handed_over`.
    """
    if done := actions.subject_of(session, key):
        return one(session, done)
    pickup = session.get(SignedPickup, key)
    if pickup is None:
        raise Refusal("no_pickup", _("Nothing was signed for here. Begin the pickup again."))
    items = [UUID(item) for item in pickup.items.split(",")]
    mail_moves.open_ones(session, items, Place.WAITING)
    made = HandOver(
        organisation_id=pickup.organisation_id,
        person_id=pickup.person_id,
        collector=pickup.collector,
        capacity=pickup.capacity,
        authority=pickup.authority,
        override=pickup.override,
        override_by_id=pickup.by_id if pickup.override else None,
        signature_id=pickup.signature_id,
        items=len(items),
        at=at,
        by_id=session.info.get("by"),
    )
    session.delete(pickup)
    return _give(session, made, items, at=at, key=key)


def give(session: Session, taking: pickups.Taking, *, at: datetime, key: str | None = None) -> HandOver:
    """Hand over ordinary letters without a signature. Refuses what `pickups.check` refuses, and `needs_signature`."""
    if done := actions.subject_of(session, key):
        return one(session, done)
    items = pickups.check(session, taking, at=at)
    if any(item.kind not in _FREE_OF_SIGNATURE for item in items):
        raise Refusal("needs_signature", _("One of these items has to be signed for."))
    name, capacity, reference = pickups.who(session, taking)
    override = fields.note(taking.override)
    made = HandOver(
        organisation_id=taking.organisation_id,
        person_id=taking.person_id,
        collector=name,
        capacity=capacity,
        authority=reference,
        override=override,
        override_by_id=session.info.get("by") if override else None,
        items=len(items),
        at=at,
        by_id=session.info.get("by"),
    )
    return _give(session, made, [item.id for item in items], at=at, key=key)


def unfinished(session: Session) -> Sequence[SignedPickup]:
    """What was signed for and not handed over, such as before a power cut; the oldest first."""
    return session.scalars(select(SignedPickup).order_by(SignedPickup.at)).all()


def drop(session: Session, key: str, *, at: datetime) -> None:
    """They went without their post: the signature stays as a fact, nothing is handed over. Refuses `no_pickup`."""
    pickup = session.get(SignedPickup, key)
    if pickup is None:
        raise Refusal("no_pickup", _("Nothing was signed for here. Begin the pickup again."))
    audit.record(session, "drop_pickup", None, at, signature=pickup.signature_id.hex)
    session.delete(pickup)


def correct(
    session: Session,
    hand_over_id: UUID,
    item_ids: Sequence[UUID] = (),
    *,
    reason: str,
    at: datetime,
    key: str | None = None,
) -> HandOver:
    """A manager says that some items of a hand-over (or all) were not handed over: they wait again, the fact stays.

    Refuses `managers_only`, `no_reason`, `no_hand_over`, `not_handed_over`.
    """
    made = one(session, hand_over_id)
    if actions.subject_of(session, key):
        return made
    if not staff.acts_as_manager(session):
        raise Refusal("managers_only", _("Only a manager may correct a hand-over."))
    why = fields.note(reason)
    if not why:
        raise Refusal("no_reason", _("Write why."))
    standing = [item.id for item in items_of(session, hand_over_id)]
    wanted = list(dict.fromkeys(item_ids)) or standing
    if not wanted or not set(wanted) <= set(standing):
        raise Refusal("not_handed_over", _("This item does not belong to the hand-over any more."))
    mail_moves.note(session, wanted, Move.HANDOVER_CORRECTED, at=at, reason=why, hand_over_id=hand_over_id)
    actions.remember(session, key, hand_over_id, at)
    audit.record(session, "correct_hand_over", made, at, count=len(wanted))
    note_change(session, MailState)
    return made


def one(session: Session, hand_over_id: UUID) -> HandOver:
    """A hand-over. Refuses `no_hand_over`."""
    made = session.get(HandOver, hand_over_id)
    if made is None:
        raise Refusal("no_hand_over", _("This hand-over is not on this desk."))
    return made


def items_of(session: Session, hand_over_id: UUID, *, with_corrected: bool = False) -> Sequence[MailItem]:
    """The items of a hand-over that still stand as handed over by it, or also those it was corrected about."""
    moves = session.execute(
        select(MailMove.item_id, MailMove.what)
        .where(MailMove.hand_over_id == hand_over_id)
        .order_by(MailMove.id)
    ).all()
    corrected = {item for item, what in moves if what == Move.HANDOVER_CORRECTED}
    wanted = {item for item, _what in moves if with_corrected or item not in corrected}
    return session.scalars(
        select(MailItem)
        .where(MailItem.id.in_(wanted))
        .options(joinedload(MailItem.organisation))
        .order_by(MailItem.received_at)
    ).all()


def signature_of(session: Session, made: HandOver) -> Signature | None:
    """The signature of a hand-over, to be shown again."""
    return session.get(Signature, made.signature_id) if made.signature_id else None


def latest(session: Session, organisation_id: UUID, limit: int = 20) -> Sequence[HandOver]:
    """The latest hand-overs to an organisation."""
    return session.scalars(
        select(HandOver)
        .where(HandOver.organisation_id == organisation_id)
        .order_by(HandOver.at.desc())
        .limit(limit)
    ).all()


def _give(
    session: Session, made: HandOver, items: Sequence[UUID], *, at: datetime, key: str | None
) -> HandOver:
    rows.write(session, made)
    mail_moves.note(
        session,
        items,
        Move.HANDED_OVER,
        at=at,
        person=made.collector,
        capacity=made.capacity,
        authority=made.authority,
        reason=made.override,
        hand_over_id=made.id,
    )
    actions.remember(session, key, made.id, at)
    overridden = {"override": made.override} if made.override else {}
    audit.record(session, "hand_over_mail", made, at, items=len(items), **overridden)
    note_change(session, MailState)
    session.flush()
    return made
