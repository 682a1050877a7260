"""Who the members named to the desk: a chair, a contact, whoever collects the post, and on what authority."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from civicdesk.demo.chance import Dice, Lot
from civicdesk.demo.clock import TODAY
from civicdesk.demo.names import Names
from civicdesk.demo.organisations import Organisation
from civicdesk.demo.writer import Writer
from civicdesk.models import AddressPaperKind, PersonRole
from civicdesk.text import fold

_PERSON = (
    "organisation_person (id, organisation_id, name, role, phone, email, authority_reference, authority_from_on, "
    "authority_until_on, may_take_notices, note, folded)"
)
_PAPER = "address_paper (id, organisation_id, kind, reference, valid_from_on, valid_until_on, note)"
_SECOND_COLLECTOR = 0.3
_WITH_END = 0.6
_ENDED = 0.06
_WITHOUT_AUTHORITY = 0.05
_DESK_MAY = 0.15
_ENDS_WITHIN = 400
_PAPERS = Lot(
    [
        (AddressPaperKind.ALLOCATION, 0.5),
        (AddressPaperKind.LEASE, 0.2),
        (AddressPaperKind.CONSENT, 0.3),
    ]
)


@dataclass(frozen=True)
class Person:
    """Somebody on file, as far as the post needs it."""

    id: str
    name: str
    role: str
    reference: str


@dataclass(frozen=True)
class OnFile:
    """An organisation's people: the first takes notices, the rest collect. `desk` is the desk's own authority."""

    people: Sequence[Person]
    desk: str = ""


def write(writer: Writer, dice: Dice, founded: int, members: Sequence[Organisation]) -> dict[str, OnFile]:
    """Write everybody; returns them by organisation."""
    names = Names(dice)
    return {one.id: _Office(writer, dice, names, founded, one).write() for one in members}


class _Office:
    """Writes what one organisation has on file."""

    def __init__(
        self, writer: Writer, dice: Dice, names: Names, founded: int, organisation: Organisation
    ) -> None:
        self._writer, self._dice, self._names = writer, dice, names
        self._founded, self._organisation = founded, organisation
        self._reference = f"YK {TODAY.year}/{dice.randint(1, 60)}"

    def write(self) -> OnFile:
        dice = self._dice
        people = [self._person(PersonRole.CHAIR, notices=True), self._collector()]
        if dice.happens(_SECOND_COLLECTOR):
            people.append(self._collector())
        self._person(PersonRole.CONTACT, reference="")
        self._paper(_PAPERS.draw(dice), f"{TODAY.year - 1}/{dice.randint(100, 999)}")
        desk = f"{self._reference}-T" if dice.happens(_DESK_MAY) else ""
        if desk:
            self._paper(AddressPaperKind.DESK_AUTHORITY, desk)
        return OnFile([person for person in people if person.reference], desk)

    def _collector(self) -> Person:
        has_none = self._dice.happens(_WITHOUT_AUTHORITY)
        ended = self._dice.happens(_ENDED)
        until = _day(-self._dice.randint(3, 200)) if ended else self._end()
        return self._person(PersonRole.COLLECTOR, reference="" if has_none else None, until=until)

    def _end(self) -> date | None:
        return _day(self._dice.randint(10, _ENDS_WITHIN)) if self._dice.happens(_WITH_END) else None

    def _person(
        self, role: str, *, reference: str | None = None, until: date | None = None, notices: bool = False
    ) -> Person:
        dice = self._dice
        reference = self._reference if reference is None else reference
        person = Person(dice.id_at(self._founded), self._names.draw(), role, reference)
        self._writer.row(
            _PERSON,
            (
                person.id,
                self._organisation.id,
                person.name,
                role,
                dice.phone(),
                "",
                reference,
                _day(-_ENDS_WITHIN * 2).isoformat() if reference else None,
                until.isoformat() if until and reference else None,
                notices,
                "",
                fold(person.name),
            ),
        )
        return person

    def _paper(self, kind: str, reference: str) -> None:
        first, until = _day(-self._dice.randint(30, 700)), self._end()
        row = (
            self._dice.id_at(self._founded),
            self._organisation.id,
            kind,
            reference,
            first.isoformat(),
            until.isoformat() if until and kind != AddressPaperKind.DESK_AUTHORITY else None,
            "",
        )
        self._writer.row(_PAPER, row)


def _day(days: int) -> date:
    return TODAY + timedelta(days=days)
