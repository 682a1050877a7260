"""Labels for the wall of boxes, and the cards that say by scanner what the next items of a delivery are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk import codes
from civicdesk.desk import print_jobs
from civicdesk.desk.mail_batches import KINDS
from civicdesk.desk.mail_words import kind_words
from civicdesk.errors import Refusal
from civicdesk.models import Mailbox, Organisation, PaperKind
from civicdesk.text import _

CARDS = "kinds"
"""What a print job of the cards is labelled; one of labels says the boxes: `boxes 1-480`."""


@dataclass(frozen=True)
class BoxLabel:
    """A box's label: its number, whose it is, and the code that stands for it."""

    number: int
    name: str
    code: str


@dataclass(frozen=True)
class KindCard:
    """A card: what the next items are, and the code that says so."""

    kind: str
    words: str
    code: str


def span(session: Session) -> tuple[int, int]:
    """The first and the last box there is; 1 and 0 without any."""
    found = session.execute(
        select(func.min(Mailbox.number), func.max(Mailbox.number)).where(Mailbox.deleted_at.is_(None))
    ).one()
    return (found[0], found[1]) if found[0] is not None else (1, 0)


def labels(session: Session, first: int, last: int) -> list[BoxLabel]:
    """The labels of these boxes, in their order; one a box, also where two organisations have it.

    An organisation that wants discretion is not named on the wall. Refuses `no_boxes`.
    """
    rows = session.execute(
        select(Mailbox.number, Organisation)
        .outerjoin(
            Organisation, (Organisation.id == Mailbox.organisation_id) & Organisation.deleted_at.is_(None)
        )
        .where(Mailbox.number >= first, Mailbox.number <= last, Mailbox.deleted_at.is_(None))
        .order_by(Mailbox.number, Organisation.folded)
    ).all()
    names: dict[int, list[str]] = {}
    for number, holder in rows:
        named = names.setdefault(number, [])
        if holder is not None and not holder.is_discreet:
            named.append(holder.name)
    if not names:
        raise Refusal("no_boxes", _("There are no boxes from {} to {}.").format(first, last))
    return [
        BoxLabel(number, " / ".join(named), codes.numbered(codes.Kind.BOX, number))
        for number, named in names.items()
    ]


def cards() -> list[KindCard]:
    """A card for each kind that a delivery takes in; a notice is never taken in with the others."""
    return [
        KindCard(kind, kind_words(kind), codes.numbered(codes.Kind.POST, place))
        for place, kind in enumerate(KINDS)
    ]


def boxes_of(label: str) -> tuple[int, int]:
    """The first and the last box of a print job's label."""
    first, _dash, last = label.removeprefix("boxes ").partition("-")
    return int(first), int(last)


def ask(session: Session, label: str, *, at: datetime) -> UUID:
    """Ask for labels or cards; twice within a minute is once. Refuses `no_boxes`."""
    if label != CARDS:
        labels(session, *boxes_of(label))
    return print_jobs.ask(session, PaperKind.POST_LABELS, f"{label}:{at:%Y%m%d%H%M}", at=at, label=label)


def pages(count: int, on_a_page: int) -> int:
    """How many sheets so many labels take."""
    return -(-count // on_a_page)
