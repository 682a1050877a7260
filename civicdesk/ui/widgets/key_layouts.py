"""Where the letters lie on the on-screen keyboard."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from civicdesk import text

DIGITS = "1234567890"


@dataclass(frozen=True)
class KeyLayout:
    """One board of keys: its rows from top to bottom, and what a letter becomes with shift."""

    code: str
    short: str
    rows: tuple[str, ...]
    upper: Callable[[str], str] = str.upper
    has_cases: bool = True


TURKISH_Q = KeyLayout("tr-q", "TR", (DIGITS, "qwertyuıopğü", "asdfghjklşi", "zxcvbnmöç"), text.upper)
TURKISH_F = KeyLayout("tr-f", "TR F", (DIGITS, "fgğıodrnhpqw", "uieaütkmlyşx", "jövcçzsb"), text.upper)
ENGLISH = KeyLayout("en", "EN", (DIGITS, "qwertyuiop", "asdfghjkl", "zxcvbnm"))
ARABIC = KeyLayout(
    "ar", "ع", ("١٢٣٤٥٦٧٨٩٠", "ضصثقفغعهخحجد", "شسيبلاتنمكطذ", "ئءؤرىةوزظأإآ"), str, has_cases=False
)
SYMBOLS = KeyLayout(
    "symbols", "?123", (DIGITS, "@#₺%&*-+()", "/\\:;'\"!?=€", "_~[]{}<>$°"), str, has_cases=False
)
NUMBERS = KeyLayout("numbers", "123", ("123", "456", "789", "+0-"), str, has_cases=False)

LETTERS = (TURKISH_Q, TURKISH_F, ENGLISH, ARABIC)


def letters(code: str) -> KeyLayout:
    """The letter board with this code; Turkish Q if there is none."""
    return next((board for board in LETTERS if board.code == code), TURKISH_Q)
