"""What of the centre a member has, in a table: its phone lines, its seats and the papers for its address."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import addresses, fields, identifiers, tables_in
from civicdesk.desk.deeds import Deed
from civicdesk.errors import Refusal
from civicdesk.models import AddressPaper, AddressPaperKind, Line, Room, WorkSeat
from civicdesk.text import N_, _, fold, said_in

NAMES: dict[str, tuple[str, ...]] = {
    "line": ("telefon hatları", "telefon hattı", "hat", "hatlar", "dahili", "phone lines", "phone line", "extension"),
    "seat": ("çalışma yerleri", "çalışma yeri", "masa", "masası", "work seats", "seats", "seat"),
    "paper": ("adres belgesi", "adres belgeleri", "adres kullanımı", "address papers", "address paper"),
    "paper_reference": ("belge no", "belge numarası", "adres belgesi no", "paper reference", "paper number"),
    "paper_from": ("belge başlangıcı", "belge başlangıç tarihi", "paper from", "paper begins"),
    "paper_until": ("belge bitişi", "belge bitiş tarihi", "paper until", "paper ends"),
}  # fmt: skip
HEADERS: dict[str, str] = {
    "line": N_("Phone lines"),
    "seat": N_("Work seats"),
    "paper": N_("Address papers"),
    "paper_reference": N_("Paper number"),
    "paper_from": N_("Paper from"),
    "paper_until": N_("Paper until"),
}
BETWEEN = " | "
_CUT = re.compile(r"\s*[|\n;]\s*")
_INSIDE = "#"
_OTHER_WORDS: dict[str, AddressPaperKind] = {
    "kira": AddressPaperKind.LEASE,
    "kira sozlesmesi": AddressPaperKind.LEASE,
    "tahsis": AddressPaperKind.ALLOCATION,
    "tahsis belgesi": AddressPaperKind.ALLOCATION,
    "muvafakat": AddressPaperKind.CONSENT,
    "muvafakatname": AddressPaperKind.CONSENT,
    "onay": AddressPaperKind.APPROVAL,
}


@dataclass(frozen=True)
class Paper:
    """A paper for the address as a row tells it."""

    kind: str
    reference: str = ""
    begins: date | None = None
    ends: date | None = None


@dataclass(frozen=True)
class Said:
    """What one row tells: lines as number and extension, seats as room and name, papers."""

    lines: Sequence[tuple[str, str]] = ()
    seats: Sequence[tuple[str, str]] = ()
    papers: Sequence[Paper] = ()


@dataclass(frozen=True)
class More:
    """What of it is new: lines and papers to be written, seats to be kept, and why something is left out."""

    lines: Sequence[tuple[str, str]] = ()
    seats: Sequence[UUID] = ()
    papers: Sequence[Paper] = ()
    left_out: Sequence[str] = ()

    def __bool__(self) -> bool:
        return bool(self.lines or self.seats or self.papers)

    @property
    def fields(self) -> list[str]:
        """The words over the columns that change something."""
        told = {"line": self.lines, "seat": self.seats, "paper": self.papers}
        return [HEADERS[name] for name, new in told.items() if new]


def read(told: Mapping[str, str]) -> Said:
    """What the cells of a row mean. Refuses `unreadable`, and what a phone number refuses."""
    return Said(
        [_line(each) for each in _parts(told["line"])],
        [_seat(each) for each in _parts(told["seat"])],
        list(_papers(told)),
    )


class Known:
    """What is given away while the rows of a file are looked at, the earlier rows of the file included."""

    def __init__(self, session: Session) -> None:
        standing = session.scalars(select(Line).where(Line.deleted_at.is_(None)))
        self._lines = {(each.number, each.extension): each.organisation_id for each in standing}
        self._seats = {
            (fold(room), fold(seat.name)): (seat.id, seat.organisation_id)
            for seat, room in session.execute(
                select(WorkSeat, Room.name)
                .join(Room, Room.id == WorkSeat.room_id)
                .where(WorkSeat.deleted_at.is_(None), Room.deleted_at.is_(None))
            )
        }
        self._papers: dict[UUID, set[tuple[object, ...]]] = {}
        for paper in session.scalars(select(AddressPaper).where(AddressPaper.deleted_at.is_(None))):
            self._papers.setdefault(paper.organisation_id, set()).add(_same(paper))

    def look(self, said: Said, organisation_id: UUID) -> More:
        """What is new for this organisation; what another one has is left out, and says so."""
        left_out: list[str] = []
        lines = [each for each in said.lines if self._takes_line(each, organisation_id, left_out)]
        seats = [id_ for each in said.seats for id_ in self._seat(each, organisation_id, left_out)]
        there = self._papers.get(organisation_id, set())
        papers = [
            each
            for each in said.papers
            if (each.kind, fold(each.reference), each.begins, each.ends) not in there
        ]
        return More(lines, seats, papers, left_out)

    def _takes_line(self, line: tuple[str, str], whose: UUID, left_out: list[str]) -> bool:
        holder = self._lines.get(line)
        if holder not in (None, whose):
            left_out.append(
                _("The line {} belongs to another one; it is left out.").format(written_line(*line))
            )
            return False
        self._lines[line] = whose
        return holder != whose

    def _seat(self, seat: tuple[str, str], whose: UUID, left_out: list[str]) -> Iterator[UUID]:
        named = (fold(seat[0]), fold(seat[1]))
        if named not in self._seats:
            left_out.append(_("There is no seat “{}”; it is left out.").format(_BETWEEN_SEAT.join(seat)))
            return
        id_, holder = self._seats[named]
        if holder not in (None, whose):
            words = _("The seat “{}” is kept for another one; it is left out.")
            left_out.append(words.format(_BETWEEN_SEAT.join(seat)))
        elif holder is None:
            self._seats[named] = (id_, whose)
            yield id_


_BETWEEN_SEAT = ": "


def take(session: Session, deed: Deed, found: Sequence[tuple[UUID, More]]) -> None:
    """Write what is new, as a part of the import's deed."""
    known = {
        (each.number, each.extension): each
        for each in session.scalars(select(Line).where(Line.deleted_at.is_(None)))
    }
    made: list[Line] = []
    for whose, more in found:
        for line in more.lines:
            if line in known:
                deed.change(known[line], organisation_id=whose)
            else:
                made.append(Line(number=line[0], extension=line[1], organisation_id=whose))
        for seat in more.seats:
            deed.change(session.get_one(WorkSeat, seat), organisation_id=whose)
    deed.make(made)
    deed.make([_paper(whose, each) for whose, more in found for each in more.papers])


def cells(session: Session) -> dict[UUID, list[str]]:
    """What every organisation has, as the register writes it: a cell for each of `HEADERS`."""
    lines: dict[UUID, list[str]] = {}
    for line in session.scalars(
        select(Line).where(Line.deleted_at.is_(None)).order_by(Line.number, Line.extension)
    ):
        if line.organisation_id:
            lines.setdefault(line.organisation_id, []).append(written_line(line.number, line.extension))
    seats: dict[UUID, list[str]] = {}
    for seat, room in session.execute(
        select(WorkSeat, Room.name)
        .join(Room, Room.id == WorkSeat.room_id)
        .where(WorkSeat.deleted_at.is_(None), Room.deleted_at.is_(None))
        .order_by(Room.position, WorkSeat.position)
    ):
        if seat.organisation_id:
            seats.setdefault(seat.organisation_id, []).append(f"{room}{_BETWEEN_SEAT}{seat.name}")
    papers: dict[UUID, list[AddressPaper]] = {}
    for paper in session.scalars(
        select(AddressPaper).where(AddressPaper.deleted_at.is_(None)).order_by(AddressPaper.id)
    ):
        papers.setdefault(paper.organisation_id, []).append(paper)
    return {
        whose: [
            BETWEEN.join(lines.get(whose, ())),
            BETWEEN.join(seats.get(whose, ())),
            *_paper_cells(papers.get(whose, ())),
        ]
        for whose in {*lines, *seats, *papers}
    }


def written_line(number: str, extension: str) -> str:
    """`0232 444 14 53#12`, or `#12` for an extension alone."""
    return identifiers.phone_shown(number) + (f"{_INSIDE}{extension}" if extension else "")


def _paper_cells(papers: Sequence[AddressPaper]) -> Iterator[str]:
    yield BETWEEN.join(addresses.paper_words(each.kind) for each in papers)
    yield BETWEEN.join(each.reference for each in papers)
    for name in ("valid_from_on", "valid_until_on"):
        days = [getattr(each, name) for each in papers]
        yield BETWEEN.join(f"{on:%d.%m.%Y}" if on else "" for on in days) if any(days) else ""


def _parts(cell: str) -> list[str]:
    return [part for part in _CUT.split(cell) if part]


def _line(part: str) -> tuple[str, str]:
    number, _inside, extension = part.partition(_INSIDE)
    return identifiers.phone(number.strip()), fields.note(extension)[:12]


def _seat(part: str) -> tuple[str, str]:
    room, between, name = part.rpartition(":")
    if not between or not room.strip() or not name.strip():
        words = _("“{}” is no seat. Write the room and the seat, such as {}.")
        raise Refusal("unreadable", words.format(part, "Ortak Çalışma Alanı: A1"))
    return room.strip(), name.strip()


def _papers(told: Mapping[str, str]) -> Iterator[Paper]:
    """Several stand in one cell with | between them, and their numbers and days likewise."""
    kinds, references, begins, ends = (
        _CUT.split(told[name]) if told[name] else []
        for name in ("paper", "paper_reference", "paper_from", "paper_until")
    )
    many = max(map(len, (kinds, references)))
    beside = zip_longest(kinds, references, begins[:many], ends[:many], fillvalue="")
    for kind, reference, first, last in beside:
        if kind or reference:
            yield Paper(_kind(kind), fields.note(reference), _day(first), _day(last))


def _kind(said: str) -> str:
    word = fold(said)
    known = {
        fold(said_in(code, name)): kind
        for kind, name in addresses.KIND_NAMES.items()
        for code in ("tr", "en")
    }
    found = known.get(word) or _OTHER_WORDS.get(word)
    if found is None and said in set(AddressPaperKind):
        found = AddressPaperKind(said)
    if found is None and not word:
        found = AddressPaperKind.OTHER
    if found is None:
        raise Refusal("unreadable", _("“{}” is no paper for an address that is known here.").format(said))
    return str(found)


def _day(said: str) -> date | None:
    if not said:
        return None
    if (found := tables_in.day(said)) is None:
        raise Refusal("unreadable", _("“{}” is not a day. Write it as 24.11.2026.").format(said))
    return found


def _paper(whose: UUID, said: Paper) -> AddressPaper:
    return AddressPaper(
        organisation_id=whose,
        kind=said.kind,
        reference=said.reference,
        valid_from_on=said.begins,
        valid_until_on=said.ends,
    )


def _same(paper: AddressPaper) -> tuple[object, ...]:
    return paper.kind, fold(paper.reference), paper.valid_from_on, paper.valid_until_on
