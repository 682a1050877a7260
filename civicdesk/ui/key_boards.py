"""Which keyboard layout the computer is set to, told from what a US reader meant and what the computer understood."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum


class Board(StrEnum):
    """A keyboard layout."""

    US = "us"
    TURKISH_Q = "tr-q"
    TURKISH_F = "tr-f"


_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ON_Q = str.maketrans("\"#$&'()*+,-./:;<=>?@[\\]^_`i{|}~", "İ^+/i)=(_ö*ç.ŞşÖ-Ç:'ğ,ü&?\"ıĞ;Üé")
_MARKS_ON_F = str.maketrans("\"#&'()*+,-/:;<=>?@[\\]^_`{|}~", "Ş^'ş)=(_b/,YyB-:;\"qxw&?+QXW*")
_LETTERS_ON_F = "uçveğaütnkmlszhpfıiorcgödj"
_TURKISH_UP = str.maketrans("iı", "İI")
_TURKISH_SWAP = str.maketrans("iıİI", "İIiı")


def boards(text: str, raw: str) -> tuple[list[Board], bool]:
    """The layouts under which a US reader's `text` arrives as `raw`, and whether only with Caps Lock.

    None fits a layout that is not known; all fit where a text has nothing by which to tell, as digits have not.
    """
    for caps in (False, True):
        found = [board for board, type_ in _TYPES.items() if type_(text, caps) == raw]
        if found:
            return found, caps
    return [], False


def _on_us(text: str, caps: bool) -> str:
    return text.swapcase() if caps else text


def _on_q(text: str, caps: bool) -> str:
    return _swapped(text.translate(_ON_Q)) if caps else text.translate(_ON_Q)


def _on_f(text: str, caps: bool) -> str:
    typed = "".join(_letter_on_f(c) for c in text)
    return _swapped(typed) if caps else typed


def _letter_on_f(c: str) -> str:
    at = _LETTERS.find(c.lower())
    if at < 0:
        return c.translate(_MARKS_ON_F)
    small = _LETTERS_ON_F[at]
    return small if c.islower() else small.translate(_TURKISH_UP).upper()


def _swapped(text: str) -> str:
    return "".join(c.translate(_TURKISH_SWAP) if c in "iıİI" else c.swapcase() for c in text)


_TYPES: dict[Board, Callable[[str, bool], str]] = {
    Board.US: _on_us,
    Board.TURKISH_Q: _on_q,
    Board.TURKISH_F: _on_f,
}
