"""Finding a visitor as the clerk types, and what is known of one."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from string import ascii_lowercase
from uuid import UUID

from rapidfuzz.distance import OSA
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session, joinedload

from civicdesk.models import Organisation, Visit, Visitor
from civicdesk.text import fold

LEAST_LETTERS = 3
_TYPO_LETTERS = 5
_LIMIT = 6
_MANY = 400

_FOUND = (
    select(Visitor)
    .where(
        text(
            "visitor.rowid IN (SELECT rowid FROM visitor_search WHERE visitor_search MATCH :match "
            "ORDER BY rowid DESC LIMIT :limit)"
        ),
        Visitor.deleted_at.is_(None),
    )
    .order_by(text("visitor.rowid DESC"))
)
_KNOWN = text("SELECT term FROM visitor_word WHERE term >= :from AND term < :until")


@dataclass(frozen=True)
class Suggestion:
    """A visitor who fits what was typed, with the last visit."""

    visitor: Visitor
    visits: int
    last: Visit | None

    @property
    def is_inside(self) -> bool:
        return self.last is not None and self.last.is_open


def suggest(session: Session, typed: str, limit: int = _LIMIT) -> list[Suggestion]:
    """Visitors whose words begin as typed, newest first; with one typo forgiven in a word of five letters.

    Nothing below three letters, so that nobody can leaf through the visitors.
    """
    words = _words(typed)
    if not is_enough(typed):
        return []
    found = _find(session, [[word] for word in words], limit)
    if not found and any(len(word) >= _TYPO_LETTERS for word in words):
        found = _find(session, [_spellings(session, word) for word in words], limit)
    return _suggestions(session, found)


def is_enough(typed: str) -> bool:
    """Whether this many letters may be searched for."""
    return sum(map(len, _words(typed))) >= LEAST_LETTERS


def suggestion(session: Session, visitor_id: UUID) -> Suggestion | None:
    """One visitor, with the number of visits and the last one; nothing if the desk knows nobody by this id."""
    visitor = session.get(Visitor, visitor_id)
    return _suggestions(session, [visitor])[0] if visitor and visitor.deleted_at is None else None


def inside_by_name(session: Session, name: str) -> Suggestion | None:
    """Whoever of this name, in any spelling, is inside now."""
    visitor = session.scalar(
        select(Visitor)
        .join(Visit, Visit.visitor_id == Visitor.id)
        .where(Visitor.folded == fold(name), Visit.left_at.is_(None), Visit.deleted_at.is_(None))
        .limit(1)
    )
    return _suggestions(session, [visitor])[0] if visitor else None


def by_phone(session: Session, phone: str) -> Visitor | None:
    """Whoever gave this number last."""
    return session.scalar(
        select(Visitor)
        .where(Visitor.phone == phone, Visitor.deleted_at.is_(None))
        .order_by(Visitor.id.desc())
        .limit(1)
    )


def history(session: Session, visitor_id: UUID, limit: int = 100) -> Sequence[Visit]:
    """The visits of one visitor, latest first."""
    return session.scalars(
        select(Visit)
        .where(Visit.visitor_id == visitor_id, Visit.deleted_at.is_(None))
        .options(joinedload(Visit.visitor), joinedload(Visit.host), joinedload(Visit.room))
        .order_by(Visit.arrived_at.desc())
        .limit(limit)
    ).all()


def organisations(session: Session, typed: str, limit: int = 8) -> Sequence[Organisation]:
    """Organisations with words that begin as typed; members first."""
    words = fold(typed).split()
    query = select(Organisation).where(Organisation.deleted_at.is_(None))
    for word in words:
        query = query.where((" " + Organisation.folded).contains(" " + word, autoescape=True))
    return session.scalars(
        query.order_by(Organisation.is_member.desc(), Organisation.folded).limit(limit)
    ).all()


def _find(session: Session, words: list[list[str]], limit: int) -> Sequence[Visitor]:
    match = " AND ".join("(" + " OR ".join(f'"{spelling}"*' for spelling in word) + ")" for word in words)
    return session.scalars(_FOUND, {"match": match, "limit": limit}).all()


def _spellings(session: Session, word: str) -> list[str]:
    """The words of known names that differ from the beginning of this one by one slip of the finger."""
    if len(word) < _TYPO_LETTERS:
        return [word]
    # A slip on the first letter is rare. Too many names share no more than two, so slips on the next two are tried.
    tried = [slip for place in (1, 2) for slip in _slips(word, place)] if word.isascii() else []
    shared = word[: 3 if tried else 1]
    known = session.scalars(_KNOWN, {"from": shared, "until": shared[:-1] + chr(ord(shared[-1]) + 1)})
    near = {term[: len(word) + 1] for term in known if _is_near(word, term)}
    return [word, *tried, *sorted(near)][:_MANY]


def _slips(word: str, place: int) -> Iterator[str]:
    """What may have been meant by a word in which the finger slipped at this letter."""
    before, letter, after = word[:place], word[place], word[place + 1 :]
    yield before + after
    yield before + after[0] + letter + after[1:]
    for other in ascii_lowercase:
        yield before + other + after
        yield before + other + letter + after


def _is_near(word: str, term: str) -> bool:
    ends = (len(word) - 1, len(word), len(word) + 1)
    return any(OSA.distance(word, term[:end], score_cutoff=1) <= 1 for end in ends)


def _suggestions(session: Session, visitors: Sequence[Visitor]) -> list[Suggestion]:
    """Visits and the last one of each, in one query for all: this runs at every key."""
    last_at = (
        select(Visit.visitor_id, func.count().label("visits"), func.max(Visit.arrived_at).label("at"))
        .where(Visit.visitor_id.in_([visitor.id for visitor in visitors]), Visit.deleted_at.is_(None))
        .group_by(Visit.visitor_id)
        .subquery()
    )
    rows = session.execute(
        select(last_at.c.visits, Visit)
        .join(Visit, (Visit.visitor_id == last_at.c.visitor_id) & (Visit.arrived_at == last_at.c.at))
        .where(Visit.deleted_at.is_(None))
        .options(joinedload(Visit.visitor), joinedload(Visit.host), joinedload(Visit.room))
        .order_by(Visit.number)
    )
    known = {visit.visitor_id: (count, visit) for count, visit in rows}
    return [Suggestion(visitor, *known.get(visitor.id, (0, None))) for visitor in visitors]


def _words(typed: str) -> list[str]:
    return [
        "".join(c for c in word if c.isalnum())
        for word in fold(typed[:200]).split()
        if any(map(str.isalnum, word))
    ]
