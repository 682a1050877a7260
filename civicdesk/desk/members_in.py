"""Members out of a file are kept: all of it or a chosen part, and taken back as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import actions, belongings, members, members_more
from civicdesk.desk.deeds import Deed
from civicdesk.desk.members_preview import Line, Verdict
from civicdesk.desk.members_table import Collector
from civicdesk.desk.tables_in import Stop, Tell, never, silent, stopped
from civicdesk.errors import Refusal
from civicdesk.models import Base, Mailbox, Organisation, OrganisationPerson, PersonRole
from civicdesk.text import _, fold

_AT_ONCE = 400


def take_in(
    session: Session,
    lines: Sequence[Line],
    *,
    at: datetime,
    key: str,
    tell: Tell = silent,
    is_stopped: Stop = never,
) -> int:
    """Take in all of these or none; returns how many. `memberships.undo` with the same `key` takes all of it back.

    Refuses `nothing_chosen`, `parent_missing`, `same_name` and `box_taken` for what came in between, and `stopped`.
    """
    chosen = [line for line in lines if line.can_be_taken]
    if not chosen:
        raise Refusal("nothing_chosen", _("Tick at least one row."))
    if actions.subject_of(session, key):
        return len(chosen)
    chosen = _with_parents(chosen)
    _refuse_overtaken(session, chosen)
    deed = Deed(session, "import_members", at=at, key=key)
    known = [line for line in chosen if line.is_known]
    made = [_new(line) for line in chosen if not line.is_known]
    _make(deed, made, tell, is_stopped)
    for line in known:
        deed.change(members.one(session, line.organisation_id), **line.face or {})
    _give_boxes(session, deed, chosen)
    members_more.take(session, deed, [(line.organisation_id, line.more) for line in chosen if line.more])
    people = [_person(line, each) for line in chosen for each in line.collectors]
    _make(deed, people, tell, is_stopped)
    first = made[0] if made else members.one(session, known[0].organisation_id)
    deed.finish(first, count=len(chosen))
    return len(chosen)


def _with_parents(chosen: Sequence[Line]) -> list[Line]:
    """A row that belongs to another row of the file is told that one's id. Refuses `parent_missing`."""
    ids = {line.entry.place: line.organisation_id for line in chosen}
    found = []
    for line in chosen:
        if line.parent_row is None:
            found.append(line)
            continue
        if line.parent_row not in ids:
            words = _("Row {row} belongs to row {parent}, which is not ticked.")
            raise Refusal("parent_missing", words.format(row=line.entry.place, parent=line.parent_row))
        found.append(replace(line, face={**(line.face or {}), "parent_id": ids[line.parent_row]}))
    return found


def _refuse_overtaken(session: Session, chosen: Sequence[Line]) -> None:
    """What somebody entered since the rows were looked at is not entered twice."""
    there = set(session.scalars(select(Organisation.folded).where(Organisation.deleted_at.is_(None))))
    for line in chosen:
        is_new = line.verdict is Verdict.NEW
        if is_new and fold(line.entry.name) in there:
            raise Refusal("same_name", _("“{name}” is on the register already.").format(name=line.entry.name))


def _new(line: Line) -> Organisation:
    made = Organisation(**{"name": line.entry.name, **(line.face or {})})  # type: ignore[arg-type]
    made.id = line.organisation_id
    return made


def _person(line: Line, collector: Collector) -> OrganisationPerson:
    """Without a paper somebody is only a contact."""
    return OrganisationPerson(
        organisation_id=line.organisation_id,
        name=collector.name,
        role=PersonRole.COLLECTOR if collector.reference else PersonRole.CONTACT,
        authority_reference=collector.reference,
        authority_until_on=collector.until if collector.reference else None,
    )


def _give_boxes(session: Session, deed: Deed, chosen: Sequence[Line]) -> None:
    wanted = {line.box: line for line in chosen if line.box is not None}
    known = {
        box.number: box
        for box in session.scalars(select(Mailbox).where(Mailbox.deleted_at.is_(None)))
        if box.number in wanted
    }
    for number, line in wanted.items():
        if line.is_known:
            for had in belongings.of(session, line.organisation_id).boxes:
                deed.change(had, organisation_id=None)
        if number in known:
            belongings.refuse_taken(session, [known[number]], line.organisation_id)
            deed.change(known[number], organisation_id=line.organisation_id)
    deed.make(
        [
            Mailbox(number=number, organisation_id=line.organisation_id)
            for number, line in wanted.items()
            if number not in known
        ]
    )


def _make(deed: Deed, rows: Sequence[Base], tell: Tell, is_stopped: Stop) -> None:
    for start in range(0, len(rows), _AT_ONCE):
        if is_stopped():
            raise stopped()
        tell(start, len(rows))
        deed.make(rows[start : start + _AT_ONCE])
