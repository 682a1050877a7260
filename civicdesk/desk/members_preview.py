"""What each row of a members' file would be, looked at before anything is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import belongings, fields, identifiers, kinds, members
from civicdesk.desk.members_more import Known, More
from civicdesk.desk.members_near import Near
from civicdesk.desk.members_table import Collector, Entry
from civicdesk.desk.tables_in import Stop, Tell, never, silent, stopped
from civicdesk.errors import Refusal
from civicdesk.models import Mailbox, Organisation, OrganisationPerson, new_id
from civicdesk.text import _, fold

_AT_ONCE = 400
_KEPT_BY_HAND = "responsible_person"
"""A file may name somebody where nobody was named, and takes nobody's name away."""


class Verdict(StrEnum):
    """What would become of a row."""

    NEW = "new"
    CHANGED = "changed"
    THERE = "there"
    DOUBTFUL = "doubtful"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True)
class Line:
    """A row beside what would become of it; `why` says why it is doubtful or wrong, `notes` what is odd about it.

    `face` is what would be said of the organisation: a new one with the id given here, or the one it already is.
    """

    entry: Entry
    verdict: Verdict
    why: str = ""
    notes: Sequence[str] = ()
    face: Mapping[str, object] | None = None
    organisation_id: UUID = field(default_factory=new_id)
    is_known: bool = False
    parent_row: int | None = None
    box: int | None = None
    collectors: Sequence[Collector] = ()
    more: More = field(default_factory=More)
    is_overridable: bool = False

    @property
    def can_be_taken(self) -> bool:
        """Whether it may be ticked."""
        return self.face is not None

    @property
    def is_ticked_first(self) -> bool:
        """Whether it is ticked before anybody looked: a doubtful row waits for a person."""
        return self.verdict in (Verdict.NEW, Verdict.CHANGED)


@dataclass(frozen=True)
class Preview:
    """All that a file holds, in its order."""

    lines: Sequence[Line]

    def count(self, verdict: Verdict) -> int:
        """How many of a kind."""
        return sum(line.verdict is verdict for line in self.lines)


def preview(
    session: Session, entries: Sequence[Entry], *, tell: Tell = silent, is_stopped: Stop = never
) -> Preview:
    """What would become of each row; nothing is kept. Refuses `no_entries` and `stopped`."""
    if not entries:
        raise Refusal("no_entries", _("There is no organisation in this file."))
    looking = _Looking(session, entries)
    lines = []
    for at_row, entry in enumerate(entries):
        if not at_row % _AT_ONCE:
            tell(at_row, len(entries))
            if is_stopped():
                raise stopped()
        lines.append(looking.look(entry))
    tell(len(entries), len(entries))
    return Preview(lines)


class _Looking:
    """What is known while the rows are looked at one after the other."""

    def __init__(self, session: Session, entries: Sequence[Entry]) -> None:
        self._session = session
        known = session.scalars(select(Organisation).where(Organisation.deleted_at.is_(None))).all()
        self._by_name: dict[str, list[Organisation]] = {}
        self._by_number: dict[str, Organisation] = {}
        self._near = Near()
        for each in known:
            self._by_name.setdefault(each.folded, []).append(each)
            self._near.add(each.name, each.kind)
            for number in filter(None, (each.registry_number, each.tax_number)):
                self._by_number[number] = each
        self._people = _people_by_organisation(session)
        self._boxes = _holders(session)
        self._given = Known(session)
        self._rows: dict[str, Entry] = {}
        self._first_of = {fold(entry.name): entry for entry in reversed(entries)}
        self._taken: dict[int, int] = {}

    def look(self, entry: Entry) -> Line:
        """What would become of this row, after those before it."""
        if entry.trouble:
            return Line(entry=entry, verdict=Verdict.WRONG, why=entry.trouble)
        folded = fold(entry.name)
        if not folded:
            return Line(entry=entry, verdict=Verdict.WRONG, why=_("The name is missing."))
        if entry.has_left:
            return Line(entry=entry, verdict=Verdict.THERE, why=_("It has left, says the file."))
        if folded in self._rows:
            why = _("The same as row {}.").format(self._rows[folded].place)
            return Line(entry=entry, verdict=Verdict.THERE, why=why)
        same = self._by_name.get(folded, [])
        try:
            line = self._changed(entry, same[0]) if len(same) == 1 else self._new(entry, is_there=bool(same))
        except Refusal as refusal:
            return Line(entry=entry, verdict=Verdict.WRONG, why=str(refusal))
        self._rows[folded] = entry
        if not line.is_known and entry.kind:
            self._near.add(entry.name, entry.kind, entry.place)
        return line

    def _new(self, entry: Entry, *, is_there: bool) -> Line:
        if entry.kind is None:
            raise Refusal("no_kind", _("What kind of organisation is it? Write it in a column of its own."))
        face = _face(entry, entry.kind)
        face |= {
            "kind": entry.kind,
            "is_member": entry.is_member is not False and not kinds.rule(entry.kind).is_outside,
        }
        parent_row, notes = self._parent(entry, entry.kind, face)
        left_out = _left_out(entry, entry.kind)
        doubt = _("There are two of this name already.") if is_there else self._doubt(entry, entry.kind)
        blank = Organisation(name="", kind=entry.kind)
        face |= members.cleaned(self._session, blank, face, awaits_parent=parent_row is not None)  # type: ignore[arg-type]
        box, box_doubt = self._box(entry, None)
        new = new_id()
        more = self._given.look(entry.more, new)
        why = " ".join(filter(None, (doubt, box_doubt, *left_out, *more.left_out)))
        return Line(
            entry=entry,
            organisation_id=new,
            more=more,
            verdict=Verdict.DOUBTFUL if why else Verdict.NEW,
            why=why,
            notes=[*notes, *_odd(entry.kind, face)],
            face=face,
            parent_row=parent_row,
            box=box,
            collectors=_checked(entry.collectors),
        )

    def _changed(self, entry: Entry, organisation: Organisation) -> Line:
        kind = entry.kind or organisation.kind
        face = _face(entry, kind)
        face.pop("name", None)  # another spelling of the same name is no change
        if organisation.responsible_person:
            face.pop(_KEPT_BY_HAND, None)
        if entry.kind is not None:
            face["kind"] = entry.kind
        if entry.is_member is not None:
            face["is_member"] = entry.is_member
        parent_row, notes = self._parent(entry, kind, face)
        face |= members.cleaned(self._session, organisation, face, awaits_parent=parent_row is not None)  # type: ignore[arg-type]
        face = {name: value for name, value in face.items() if getattr(organisation, name) != value}
        box, doubt = self._box(entry, organisation.id)
        there = self._people.get(organisation.id, set())
        people = [each for each in _checked(entry.collectors) if fold(each.name) not in there]
        more = self._given.look(entry.more, organisation.id)
        left_out = " ".join(filter(None, (doubt, *_left_out(entry, kind), *more.left_out)))
        is_same = not (face or people or more or box is not None or parent_row is not None)
        return Line(
            entry=entry,
            verdict=Verdict.DOUBTFUL if left_out else Verdict.THERE if is_same else Verdict.CHANGED,
            why=left_out or (_("Nothing in it is new.") if is_same else ""),
            notes=[*notes, *_odd(kind, face)],
            face=None if is_same else face,
            organisation_id=organisation.id,
            is_known=True,
            parent_row=parent_row,
            box=box,
            collectors=people,
            more=more,
        )

    def _doubt(self, entry: Entry, kind: str) -> str:
        for name in ("registry_number", "tax_number"):
            if other := self._by_number.get(entry.said.get(name, "")):
                return _("“{}” has the same number. Tick it if it is another one.").format(other.name)
        if alike := self._near.find(entry.name, kind):
            return _("It resembles “{}”. Tick it if it is another one.").format(alike)
        return ""

    def _parent(self, entry: Entry, kind: str, face: dict[str, object]) -> tuple[int | None, list[str]]:
        """Put the parent into the face; returns its row in this file if it is new itself, and what is odd."""
        if not entry.parent:
            return None, []
        if found := self._by_name.get(fold(entry.parent)):
            if found[0].kind in kinds.rule(kind).parents:
                face["parent_id"] = found[0].id
                return None, []
        elif (row := self._first_of.get(fold(entry.parent))) and row.kind in kinds.rule(kind).parents:
            return row.place, []
        sentence = _("“{}” is no organisation it can belong to.").format(entry.parent)
        if kinds.rule(kind).needs_parent:
            raise Refusal("no_parent", sentence)
        return None, [sentence]

    def _box(self, entry: Entry, organisation_id: UUID | None) -> tuple[int | None, str]:
        """The box it gets, and why it gets none."""
        if entry.box is None or (self._boxes.get(entry.box, "") == organisation_id and organisation_id):
            return None, ""
        if not 1 <= entry.box <= belongings.MOST_BOXES:
            return None, _("There is no box {}; it would be taken in without.").format(entry.box)
        if self._boxes.get(entry.box):
            return None, _("Box {} belongs to another one; it would be taken in without.").format(entry.box)
        if (row := self._taken.setdefault(entry.box, entry.place)) != entry.place:
            words = _("Box {box} goes to row {row}; it would be taken in without.")
            return None, words.format(box=entry.box, row=row)
        return entry.box, ""


def _face(entry: Entry, kind: str) -> dict[str, object]:
    """What the row says of the organisation, without numbers that cannot stand there."""
    allowed = kinds.rule(kind).identifiers
    face: dict[str, object] = {
        name: value for name, value in entry.said.items() if name not in kinds.IDENTIFIERS or name in allowed
    }
    return face | ({"joined_on": entry.joined_on} if entry.joined_on else {})


def _left_out(entry: Entry, kind: str) -> list[str]:
    allowed = kinds.rule(kind).identifiers
    out = [entry.said[name] for name in kinds.IDENTIFIERS if name in entry.said and name not in allowed]
    return [_("{} cannot stand with this kind and would be left out.").format(", ".join(out))] if out else []


def _odd(kind: str, face: Mapping[str, object]) -> list[str]:
    said = {name: value for name, value in face.items() if isinstance(value, str)}
    return [doubt.sentence for doubt in identifiers.doubts(kind, said) if doubt.field in said]


def _checked(collectors: Sequence[Collector]) -> list[Collector]:
    """Refuses what cannot be a name, and a national ID."""
    return [Collector(fields.name(each.name), fields.note(each.reference), each.until) for each in collectors]


def _holders(session: Session) -> dict[int, UUID | None]:
    rows = session.execute(
        select(Mailbox.number, Mailbox.organisation_id).where(Mailbox.deleted_at.is_(None))
    )
    return {row.number: row.organisation_id for row in rows}


def _people_by_organisation(session: Session) -> dict[UUID, set[str]]:
    found: dict[UUID, set[str]] = {}
    rows = session.execute(
        select(OrganisationPerson.organisation_id, OrganisationPerson.folded).where(
            OrganisationPerson.deleted_at.is_(None)
        )
    )
    for organisation, folded in rows:
        found.setdefault(organisation, set()).add(folded)
    return found
