"""One action on many rows: whatever it changes is kept as it stood, so that all of it can be taken back at once."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Date, Uuid, bindparam, func, select
from sqlalchemy.orm import Session, aliased

from civicdesk.desk import audit, rows
from civicdesk.errors import Refusal
from civicdesk.models import (
    AddressPaper,
    Base,
    Booking,
    BookingEquipment,
    BookingPartner,
    DoneAction,
    Earlier,
    Line,
    Loan,
    Mailbox,
    MailItem,
    Organisation,
    OrganisationPerson,
    PhoneMessage,
    Series,
    UseLimit,
    Waiting,
    WorkSeat,
    new_id,
)
from civicdesk.models.base import Instant
from civicdesk.text import _

_PERSONAL = ("contact_name", "contact_phone", "note", "responsible_person")
"""What is changed without being kept: a name that is to be forgotten must not live on in what was."""

_OF_ROOMS = (Booking, BookingEquipment, BookingPartner, Series, Waiting)
_OF_MEMBERS = (Organisation, OrganisationPerson, AddressPaper, Line, Mailbox, WorkSeat, UseLimit)
_WAITING_FOR_MEMBERS = (MailItem, PhoneMessage, Loan)
_KINDS: dict[str, type[Base]] = {
    kind.__tablename__: kind for kind in (*_OF_ROOMS, *_OF_MEMBERS, *_WAITING_FOR_MEMBERS)
}
_OF_DEED = select(Earlier).where(Earlier.deed == bindparam("deed")).order_by(Earlier.id.desc())
_LATEST = (
    select(Earlier.deed)
    .where(Earlier.subject_id == bindparam("subject"))
    .order_by(Earlier.id.desc())
    .limit(1)
)

_TAKEN_BACK = aliased(Earlier)
_STANDING = _LATEST.where(
    Earlier.undoes == "", ~select(_TAKEN_BACK.id).where(_TAKEN_BACK.undoes == Earlier.deed).exists()
)
"""The latest deed on a row that was not itself taken back."""

_AT_ONCE = 400
_OURS = select(Earlier.subject_id).where(Earlier.deed == bindparam("deed"))
_LAST_OF_OURS = select(func.max(Earlier.id)).where(Earlier.subject_id.in_(_OURS)).group_by(Earlier.subject_id)
_CHANGED_SINCE = select(Earlier.subject_id).where(
    Earlier.id.in_(_LAST_OF_OURS), Earlier.deed != bindparam("deed")
)


class Deed:
    """An action while it happens. Its key is the caller's, or one of its own; `undo` is given that key."""

    def __init__(
        self, session: Session, action: str, *, at: datetime, key: str | None = None, undoes: str = ""
    ) -> None:
        self.session, self.action, self.at, self._given = session, action, at, key
        self.key = key or new_id().hex
        self._undoes = undoes
        self._earlier: list[Earlier] = []

    def make(self, made: Sequence[Base]) -> None:
        """Write new rows of one table."""
        rows.write_all(self.session, made)
        for row in made:
            self._note(row, "")

    def change(self, row: Base, **values: object) -> bool:
        """Change a row, and keep how it stood; says whether anything was different."""
        was = {name: getattr(row, name) for name, value in values.items() if getattr(row, name) != value}
        for name in was:
            setattr(row, name, values[name])
        if was:
            self.session.flush()  # each row by itself, in the order in which they were given
            kept = {name: value for name, value in was.items() if name not in _PERSONAL or not value}
            self._note(row, json.dumps(kept, default=_plain, sort_keys=True))
        return bool(was)

    def take_away(self, taken: Sequence[Base]) -> None:
        """Mark many rows as gone at once; for those that stand in nobody's way."""
        for row in taken:
            row.deleted_at = self.at  # type: ignore[attr-defined]
            self._note(row, json.dumps({"deleted_at": None}))
        self.session.flush()

    def finish(self, subject: Base, **details: object) -> None:
        """Remember the key and write the trail. `details` must not name people."""
        rows.write_all(self.session, self._earlier)
        subject_id: UUID = subject.id  # type: ignore[attr-defined]
        if self._given:
            rows.write(self.session, DoneAction(key=self._given, subject_id=subject_id, at=self.at))
        audit.record(self.session, self.action, subject, self.at, **details)

    def _note(self, row: Base, was: str) -> None:
        self._earlier.append(
            Earlier(
                deed=self.key,
                action=self.action,
                subject=row.__tablename__,
                subject_id=row.id,  # type: ignore[attr-defined]
                was=was,
                at=self.at,
                by_id=self.session.info.get("by"),
                undoes=self._undoes,
            )
        )


def undo(
    session: Session,
    deed_key: str,
    *,
    at: datetime,
    key: str | None = None,
    check: Callable[[Sequence[Booking]], None],
) -> list[Base]:
    """Put everything back as it stood before the deed with this key; returns the rows. An undo is a deed too.

    `check` is shown the bookings as they are about to stand and may refuse. Refuses `nothing_to_undo` and
    `changed_since`.
    """
    found = session.scalars(_OF_DEED, {"deed": deed_key}).all()
    if not found:
        raise Refusal("nothing_to_undo", _("There is nothing to take back."))
    _refuse_changed(session, deed_key)
    deed = Deed(session, f"undo_{found[0].action}", at=at, key=key, undoes=deed_key)
    made = [each for each in found if not each.was and _KINDS[each.subject] in _OF_MEMBERS]
    put_back = _rows(session, made)
    deed.take_away(put_back)
    unmade = {each.id for each in made}
    for earlier in (each for each in found if each.id not in unmade):
        row = session.get_one(_KINDS[earlier.subject], earlier.subject_id)
        values = _read(type(row), earlier.was) if earlier.was else {"deleted_at": at}
        if isinstance(row, Booking):
            check([_as_it_stood(row, values)])
        deed.change(row, **values)
        put_back.append(row)
    deed.finish(put_back[-1], count=len(put_back))
    return put_back


def last_deed(session: Session, subject_id: UUID) -> str | None:
    """The key of the last action on a row, for the notice that offers to take it back."""
    return session.scalar(_LATEST, {"subject": subject_id})


def subjects(session: Session, deed_key: str, table: str) -> list[UUID]:
    """The rows of a table that the deed with this key changed."""
    return [row.subject_id for row in session.scalars(_OF_DEED, {"deed": deed_key}) if row.subject == table]


def stands(session: Session, deed_key: str) -> bool:
    """Whether a deed can still be taken back: nothing of what it changed was changed again."""
    try:
        _refuse_changed(session, deed_key)
    except Refusal:
        return False
    return True


def _refuse_changed(session: Session, deed_key: str) -> None:
    """A row may have been changed again since, if that was itself taken back."""
    for subject in session.scalars(_CHANGED_SINCE, {"deed": deed_key}).all():
        if session.scalar(_STANDING, {"subject": subject}) != deed_key:
            raise Refusal("changed_since", _("It was changed again since, so it cannot be taken back."))


def _rows(session: Session, found: Sequence[Earlier]) -> list[Base]:
    """The rows that these tell of, many at a time."""
    rows_: list[Base] = []
    for table, kind in _KINDS.items():
        ids = [earlier.subject_id for earlier in found if earlier.subject == table]
        for start in range(0, len(ids), _AT_ONCE):
            some = ids[start : start + _AT_ONCE]
            rows_ += session.scalars(select(kind).where(kind.id.in_(some)))  # type: ignore[attr-defined]
    return rows_


def _as_it_stood(row: Booking, values: dict[str, Any]) -> Booking:
    """A copy that the session knows nothing of."""
    columns = {column.key: getattr(row, column.key) for column in Booking.__mapper__.column_attrs}
    return Booking(**{**columns, **values})


def _plain(value: object) -> str:
    if isinstance(value, datetime | date):
        return value.isoformat()
    assert isinstance(value, UUID)
    return value.hex


def _read(kind: type[Base], was: str) -> dict[str, Any]:
    columns = kind.__table__.columns
    return {name: _value(columns[name].type, value) for name, value in json.loads(was).items()}


def _value(type_: object, value: Any) -> Any:  # noqa: ANN401
    if value is None:
        return None
    if isinstance(type_, Instant):
        return datetime.fromisoformat(value)
    if isinstance(type_, Date):
        return date.fromisoformat(value)
    return UUID(value) if isinstance(type_, Uuid) else value
