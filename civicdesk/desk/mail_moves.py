"""What happened to items of post: every step is a fact, and where an item stands follows from them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, func, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import rows
from civicdesk.errors import Refusal
from civicdesk.models import MailItem, MailMove, MailState, Move, Place, new_id
from civicdesk.text import _

_ONE = (
    select(MailItem)
    .where(MailItem.id == bindparam("item"), MailItem.deleted_at.is_(None))
    .options(joinedload(MailItem.organisation))
    .execution_options(populate_existing=True)
)
_STATE = (
    select(MailState).where(MailState.item_id == bindparam("item")).execution_options(populate_existing=True)
)
_HISTORY = select(MailMove).where(MailMove.item_id == bindparam("item")).order_by(MailMove.id)
_LATEST = (
    select(MailMove.item_id, func.max(MailMove.id))
    .where(MailMove.item_id.in_(bindparam("items", expanding=True)))
    .group_by(MailMove.item_id)
)
_SOME = (
    select(MailItem, MailState.place)
    .join(MailState, MailState.item_id == MailItem.id)
    .where(MailItem.id.in_(bindparam("items", expanding=True)), MailItem.deleted_at.is_(None))
    .options(joinedload(MailItem.organisation))
    .execution_options(populate_existing=True)
)


def one(session: Session, item_id: UUID) -> MailItem:
    """An item with its organisation. Refuses `no_item`."""
    session.flush()
    item = session.scalar(_ONE, {"item": item_id})
    if item is None:
        raise _no_item()
    return item


def state(session: Session, item_id: UUID) -> MailState:
    """Where an item stands now. Refuses `no_item`."""
    found = session.scalar(_STATE, {"item": item_id})
    if found is None:
        raise _no_item()
    return found


def history(session: Session, item_id: UUID) -> Sequence[MailMove]:
    """All that happened to an item, in its order."""
    return session.scalars(_HISTORY, {"item": item_id}).all()


def open_one(session: Session, item_id: UUID, *places: Place) -> MailItem:
    """An item that still stands at one of these places, or anywhere at the desk; refuses as `open_ones` does."""
    return open_ones(session, [item_id], *places)[0]


def open_ones(session: Session, item_ids: Sequence[UUID], *places: Place) -> list[MailItem]:
    """The items, each once, if all of them still stand at one of these places, or anywhere at the desk.

    Refuses `no_item`, `not_accepted` and `not_here`.
    """
    session.flush()
    found = {item.id: (item, place) for item, place in session.execute(_SOME, {"items": item_ids})}
    wanted = places or (Place.WAITING, Place.PRESENTED)
    for item_id in item_ids:
        if item_id not in found:
            raise _no_item()
        item, place = found[item_id]
        if place not in wanted:
            _refuse_place(item, place)
    return [found[item_id][0] for item_id in dict.fromkeys(item_ids)]


def note(
    session: Session,
    items: Sequence[UUID],
    what: Move,
    *,
    at: datetime,
    person: str = "",
    capacity: str = "",
    authority: str = "",
    reason: str = "",
    hand_over_id: UUID | None = None,
    details: Mapping[str, object] | None = None,
) -> list[MailMove]:
    """Write down that something happened to these items."""
    latest = {row[0]: row[1] for row in session.execute(_LATEST, {"items": items})}
    made = [
        MailMove(
            id=_after(latest.get(item)),
            item_id=item,
            what=what,
            at=at,
            by_id=session.info.get("by"),
            person=person,
            capacity=capacity,
            authority=authority,
            reason=reason,
            details=json.dumps(details, ensure_ascii=False, sort_keys=True, default=str) if details else "",
            hand_over_id=hand_over_id,
        )
        for item in items
    ]
    rows.write_all(session, made)
    return made


def _after(latest: UUID | None) -> UUID:
    """An id after those of the item's other moves, also when the clock was set back: the last tells where it is."""
    made = new_id()
    return made if latest is None or made > latest else UUID(int=latest.int + 1)


def _no_item() -> Refusal:
    return Refusal("no_item", _("This item of post is not on this desk."))


def _refuse_place(item: MailItem, place: str) -> None:
    if place == Place.PRESENTED:
        raise Refusal("not_accepted", _("The official notice {} is not accepted yet.").format(item.number))
    raise Refusal("not_here", _("Item {} is not at the desk any more.").format(item.number))
