"""Tracking numbers: as they stand on the item, checked where they can be, never in the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk.errors import Refusal
from civicdesk.models import MailItem, MailState
from civicdesk.text import _

LEAST, MOST = 6, 30
_SHAPE = re.compile(r"[A-Z0-9]+")
_S10 = re.compile(r"[A-Z]{2}(\d{8})(\d)[A-Z]{2}")
_WEIGHTS = (8, 6, 4, 2, 3, 5, 9, 7)
_LETTERS = str.maketrans({"ı": "I", "i": "I", "İ": "I"})
_SEEN = 5


class Oddity(StrEnum):
    """What the clerk should look at again; nothing of it stands in the way."""

    ODD = "odd"
    CHECK_DIGIT = "check_digit"
    SEEN_BEFORE = "seen_before"
    STILL_HERE = "still_here"


@dataclass(frozen=True)
class Tracking:
    """A tracking number as read or typed, what is odd about it, and the items that came with it before."""

    text: str
    oddities: tuple[Oddity, ...] = ()
    seen: Sequence[MailItem] = ()


def clean(text: str) -> str:
    """The number without gaps and hyphens, in the capitals of the alphabet of codes. Refuses `long_tracking`."""
    plain = "".join(c for c in text.translate(_LETTERS).upper() if not c.isspace() and c not in "-–./")
    if len(plain) > 2 * MOST:
        raise Refusal("long_tracking", _("A tracking number has at most {} characters.").format(MOST))
    return plain


def look(session: Session, text: str, but: UUID | None = None) -> Tracking:
    """What is to be known of a tracking number before the item is received. Refuses `long_tracking`."""
    number = clean(text)
    if not number:
        return Tracking("")
    seen = [item for item in _seen(session, number) if item.id != but]
    found = {
        Oddity.ODD: not (_SHAPE.fullmatch(number) and LEAST <= len(number) <= MOST),
        Oddity.CHECK_DIGIT: is_check_digit_wrong(number),
        Oddity.SEEN_BEFORE: bool(seen),
        Oddity.STILL_HERE: any(_is_open(session, item.id) for item in seen),
    }
    return Tracking(number, tuple(oddity for oddity, is_so in found.items() if is_so), tuple(seen))


def is_check_digit_wrong(number: str) -> bool:
    """Whether a number of the shape of UPU S10 (`RR123456785TR`) fails its check; others are not judged."""
    found = _S10.fullmatch(number)
    if not found:
        return False
    digits, check = found.groups()
    rest = 11 - sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=True)) % 11
    return int(check) != {10: 0, 11: 5}.get(rest, rest)


def oddity_words(oddity: Oddity) -> str:
    """It in words for the clerk."""
    return {
        Oddity.ODD: lambda: _("This does not look like a tracking number. It is kept as it is."),
        Oddity.CHECK_DIGIT: lambda: _("The check digit does not fit. Compare the number with the label."),
        Oddity.SEEN_BEFORE: lambda: _("An item with this number came before."),
        Oddity.STILL_HERE: lambda: _("An item with this number is still at the desk."),
    }[oddity]()


def _seen(session: Session, number: str) -> Sequence[MailItem]:
    return session.scalars(
        select(MailItem)
        .where(MailItem.tracking == number, MailItem.deleted_at.is_(None))
        .options(joinedload(MailItem.organisation))
        .order_by(MailItem.received_at.desc())
        .limit(_SEEN)
    ).all()


def _is_open(session: Session, item_id: UUID) -> bool:
    found = session.get(MailState, item_id)
    return found is not None and found.is_open
