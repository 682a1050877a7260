"""What stands in a QR code: 24 digits, and nothing else.

Two digits say the kind, twenty are random, two check the rest by ISO 7064 MOD 97-10. Digits are what every
keyboard layout, Caps Lock and reader leave alone, and a QR code packs them tightest.
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

LENGTH = 24
_SHORTEST_RUIN = 15
_PALLET_LABEL = 18


class Kind(StrEnum):
    """What a code opens; the first two digits."""

    BADGE = "11"
    PASS = "12"
    STAFF = "13"
    BOX = "14"
    POST = "15"
    TEST_CARD = "19"


class Fault(StrEnum):
    """Why a text is not one of our codes."""

    FOREIGN = "foreign"
    DAMAGED = "damaged"


@dataclass(frozen=True)
class Code:
    """A code of ours whose check digits are right."""

    kind: Kind
    text: str

    @property
    def number(self) -> int:
        """What `numbered` was given."""
        return int(self.text[2:-2])


def make(kind: Kind, random_below: Callable[[int], int] = secrets.randbelow) -> str:
    """A new code: 24 digits."""
    body = f"{kind.value}{random_below(10**20):020d}"
    return body + check_digits(body)


def numbered(kind: Kind, number: int) -> str:
    """The code that always means the same: a box's label, or a card that says what the next items are."""
    body = f"{kind.value}{number:020d}"
    return body + check_digits(body)


def check_digits(body: str) -> str:
    """The two ISO 7064 MOD 97-10 digits of a string of digits."""
    return f"{98 - int(body) * 100 % 97:02d}"


def parse(text: str) -> Code | Fault:
    """The code in what a reader sent, or what is wrong with it.

    Spaces and hyphens of a hand-typed code, invisible marks of a copied one and Arabic digits are forgiven.
    24 digits that do not check, or the better part of a code of ours, are damaged; all else is foreign.
    """
    if len(text) > 10 * LENGTH:
        return Fault.FOREIGN
    digits = "".join(_digit(c) for c in text if not _is_forgiven(c))
    if not digits.isdecimal() or not digits.isascii():
        return Fault.FOREIGN
    if len(digits) != LENGTH:
        return Fault.DAMAGED if _is_ruin(digits) else Fault.FOREIGN
    if int(digits) % 97 != 1:
        return Fault.DAMAGED
    try:
        return Code(Kind(digits[:2]), digits)
    except ValueError:
        return Fault.FOREIGN


def grouped(code: str) -> str:
    """The digits in sixes, as they stand under a printed QR code."""
    return " ".join(code[i : i + 6] for i in range(0, len(code), 6))


def _is_ruin(digits: str) -> bool:
    """Whether digits of the wrong length were once a code of ours. A product code is too short for that."""
    begins_like_ours = digits[:2] in {kind.value for kind in Kind}
    return begins_like_ours and _SHORTEST_RUIN <= len(digits) <= LENGTH + 3 and not _is_pallet_label(digits)


def _is_pallet_label(digits: str) -> bool:
    """Whether this is the number of a shipment (SSCC): 18 digits, the last one checks them."""
    weighed = sum(int(digit) * (3, 1)[place % 2] for place, digit in enumerate(digits))
    return len(digits) == _PALLET_LABEL and weighed % 10 == 0


def _is_forgiven(c: str) -> bool:
    return c.isspace() or unicodedata.category(c) in {"Pd", "Cf"}


def _digit(c: str) -> str:
    value = unicodedata.decimal(c, None)
    return c if value is None else str(value)
