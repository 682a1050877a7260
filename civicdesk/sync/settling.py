"""Settling what the sync laid before a person: both sides are shown, one is chosen, the choice can be taken back."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from civicdesk.database import note_change
from civicdesk.desk import audit
from civicdesk.errors import Refusal
from civicdesk.models import (
    Alarm,
    AuditEntry,
    InboxKind,
    InboxState,
    Staff,
    SyncInbox,
    SyncQuarantine,
    SyncState,
)
from civicdesk.sync.groups import WORKED_OUT, Travelling, travelling
from civicdesk.sync.payload import canonical, to_stored, to_value
from civicdesk.sync.port import FACT, Value
from civicdesk.sync.stamps import node_of
from civicdesk.sync.standing import time_of
from civicdesk.sync.subjects import subject
from civicdesk.text import _

_NEAR = timedelta(minutes=2)
_OPEN = (
    select(SyncInbox)
    .where(SyncInbox.state == InboxState.OPEN)
    .order_by(SyncInbox.at.desc(), SyncInbox.id.desc())
)


class Choice(StrEnum):
    """What becomes of the two sides. KEPT: it stays as it stands. TAKEN: what gave way is put in its place."""

    KEPT = "kept"
    TAKEN = "taken"
    MERGED = "merged"


@dataclass(frozen=True, slots=True)
class Side:
    """One of two versions: its values as they are stored, by column; who made it and when, as far as is known."""

    values: tuple[tuple[str, Value], ...] = ()
    by: str = ""
    desk: str = ""
    at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Item:
    """One thing to settle. `mine` gave way, `theirs` stands; both have the columns in which they differ."""

    id: UUID
    kind: InboxKind
    table: str
    row_id: UUID
    group: str
    subject: str
    at: datetime
    mine: Side = Side()
    theirs: Side = Side()
    reason: str = ""


def items(session: Session, limit: int = 100) -> list[Item]:
    """What is open, the newest first."""
    return [_item(session, row) for row in session.scalars(_OPEN.limit(limit))]


def settle(
    session: Session,
    item_id: UUID,
    choice: Choice | str,
    *,
    at: datetime,
    values: Mapping[str, Value] | None = None,
) -> SyncInbox:
    """Settle one item: leave it as it stands, take what gave way, or write `values` where both are merged by hand.

    A row the hub refused is sent once more when it is TAKEN. Refuses `settled` where somebody was first, `a_fact` for
    what is never rewritten, `forgotten` where nothing is left, and whatever the rules of the desk refuse.
    """
    row = _open(session, item_id)
    chosen = Choice(choice)
    if row.kind == InboxKind.REFUSED:
        _send_again(session, row, chosen)
    elif chosen is not Choice.KEPT:
        _write(session, row, json.loads(row.lost) if chosen is Choice.TAKEN else dict(values or {}))
    row.state, row.settled_at, row.settled_by_id = chosen, at, session.info.get("by")
    row.is_told = not row.conflict_id
    _record(session, "settle_sync", row, at, choice=chosen)
    return row


def undo(session: Session, item_id: UUID, *, at: datetime) -> SyncInbox:
    """Take a choice back: the row stands as before, and the item is open again. Refuses `not_settled`."""
    row = session.get(SyncInbox, item_id)
    if row is None or row.state in (InboxState.OPEN, InboxState.ELSEWHERE):
        raise Refusal("not_settled", _("This was not settled here. Look at the list once more."))
    before = json.loads(row.undo) if row.undo else {}
    if before:
        _write(session, row, before)
    row.state, row.settled_at, row.settled_by_id, row.undo = InboxState.OPEN, None, None, ""
    _record(session, "reopen_sync", row, at)
    return row


def confirm_hub(session: Session, *, at: datetime) -> None:
    """Say that a hub of another time is the right one: it was restored, and the desks give back what it lost.

    Refuses `no_alarm` where nothing is to be confirmed, `not_manager`.
    """
    state = session.get_one(SyncState, 1)
    if state.alarm != Alarm.EPOCH or not state.new_epoch:
        raise Refusal("no_alarm", _("There is nothing to confirm about the hub."))
    by = session.info.get("by")
    member = session.get(Staff, by) if by else None
    if member is None or not member.is_manager:
        raise Refusal("not_manager", _("Only a manager can confirm the hub."))
    state.is_recovering, state.alarm = True, Alarm.NONE
    audit.record(session, "confirm_hub", None, at, epoch=state.new_epoch)


def _open(session: Session, item_id: UUID) -> SyncInbox:
    row = session.get(SyncInbox, item_id)
    if row is None or row.state != InboxState.OPEN:
        raise Refusal("settled", _("Somebody has settled this already."))
    return row


def _item(session: Session, row: SyncInbox) -> Item:
    one = travelling()[row.table_name]
    row_id = UUID(row.row_id)
    words = subject(session, one, row.row_id)
    lost: dict[str, Value] = json.loads(row.lost)
    if row.kind == InboxKind.REFUSED:
        reason = str(lost.get("reason", ""))
        mine = _side(session, row_id, {}, 0, row.at)
        return Item(row.id, InboxKind.REFUSED, one.table, row_id, "", words, row.at, mine, reason=reason)
    here = _values(session, one, row.row_id, row.group_name)
    told = {column: here.get(column) for column in lost if here.get(column) != lost[column]}
    return Item(
        id=row.id,
        kind=InboxKind(row.kind),
        table=one.table,
        row_id=row_id,
        group=row.group_name,
        subject=words,
        at=row.at,
        mine=_side(session, row_id, {column: lost[column] for column in told}, row.lost_stamp, row.at),
        theirs=_side(session, row_id, told, row.winner_stamp, row.at),
    )


def _side(session: Session, row_id: UUID, values: Mapping[str, Value], stamp: int, at: datetime) -> Side:
    """A version, and whoever the trail says wrote about the row at that time, at the desk the stamp is of."""
    when = time_of(stamp) if stamp else at
    found = session.execute(
        select(Staff.name, AuditEntry.desk, AuditEntry.at, AuditEntry.id)
        .outerjoin(Staff, Staff.id == AuditEntry.by_id)
        .where(AuditEntry.subject_id == row_id, AuditEntry.at.between(when - _NEAR, when + _NEAR))
    ).all()
    here = [line for line in found if _node_of_entry(session, line.id) == node_of(stamp)]
    nearest = min(here or found, key=lambda line: abs(line.at - when), default=None)
    by, desk = (nearest.name or "", nearest.desk) if nearest else ("", "")
    return Side(tuple(values.items()), by, desk, when if stamp else None)


def _node_of_entry(session: Session, entry_id: UUID) -> int:
    """The desk that wrote an entry of the trail, as the hub counts desks; 0 where nothing is known."""
    stamp = session.scalar(text(f"SELECT c_{FACT} FROM audit_entry__s WHERE id = :id"), {"id": entry_id.hex})
    return node_of(stamp) if stamp else 0


def _values(session: Session, one: Travelling, row_id: str, group: str) -> dict[str, Value]:
    columns = one.groups.get(group, ())
    names = ", ".join(f'"{column}"' for column in columns) or "id"
    found = session.execute(text(f"SELECT {names} FROM {one.table} WHERE id = :id"), {"id": row_id}).first()
    return dict(zip(columns, map(to_value, found), strict=True)) if found and columns else {}


def _write(session: Session, row: SyncInbox, values: Mapping[str, Value]) -> None:
    one = travelling()[row.table_name]
    columns = one.groups.get(row.group_name, ())
    told = {column: value for column, value in values.items() if column in columns}
    if one.is_fact or row.kind == InboxKind.TWIN:
        raise Refusal("a_fact", _("What happened is never rewritten. It can only be left as it stands."))
    if not told:
        raise Refusal("forgotten", _("Nothing is left of the other version: the person was forgotten."))
    row.undo = canonical(_values(session, one, row.row_id, row.group_name))
    stored: dict[str, Any] = {column: to_stored(value) for column, value in told.items()}
    for name in one.stays:
        source, work = WORKED_OUT[name]
        if source in stored:
            stored[name] = work(str(stored[source]))
    sets = ", ".join(f'"{column}" = :{column}' for column in stored)
    session.execute(text(f"UPDATE {one.table} SET {sets} WHERE id = :row"), {**stored, "row": row.row_id})
    note_change(session, one.model)


def _send_again(session: Session, row: SyncInbox, choice: Choice) -> None:
    if choice is Choice.TAKEN and (apart := session.get(SyncQuarantine, (row.table_name, row.row_id))):
        session.delete(apart)


def _record(session: Session, action: str, row: SyncInbox, at: datetime, **more: str) -> None:
    entry = session.get(travelling()[row.table_name].model, UUID(row.row_id))
    audit.record(session, action, entry, at, group=row.group_name, **more)
