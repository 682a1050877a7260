"""Whether a reader is set up well, judged by one scan; and what to change if not."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from civicdesk import codes
from civicdesk.settings import Settings
from civicdesk.text import _, ngettext, number
from civicdesk.ui.key_boards import Board, boards
from civicdesk.ui.reading import Reading, Way

_SLOWEST_MS = 200
_NEAR = 0.7
"""From this part of the limit on, a busy computer may one day take a scan for typing."""

_LONGEST_PREFIX = 20
_FEWEST = 4
_OURS = re.compile(rf"(?=([0-9]{{{codes.LENGTH}}}))")
"""Wherever it begins: digits may stand before it, too."""


@dataclass(frozen=True)
class Advice:
    """One thing about a scan: a sentence in its tone, and perhaps a button that changes these settings."""

    tone: str
    sentence: str
    button: str = ""
    change: dict[str, object] = field(default_factory=dict)


def advise(reading: Reading, settings: Settings) -> list[Advice]:
    """What to change, the most pressing first; or that nothing is to be changed."""
    found = [*_way(reading, settings), *_around(reading, settings), *_code(reading)]
    if any(each.tone in ("bad", "warn") for each in found):
        return found
    return [Advice("ok", _("All is right: nothing has to be changed.")), *found]


def eats_codes(prefix: str) -> bool:
    """Whether codes of ours begin like this prefix, so that taking it off would spoil them."""
    kinds = [kind.value for kind in codes.Kind]
    return prefix.isdigit() and any(kind.startswith(prefix) or prefix.startswith(kind) for kind in kinds)


def ours_inside(text: str) -> re.Match[str] | None:
    """A code of ours with something around it."""
    if isinstance(codes.parse(text), codes.Code):
        return None
    return next((m for m in _OURS.finditer(text) if _is_code(m.group(1))), None)


def speed_words(reading: Reading, settings: Settings) -> str:
    """How fast the characters came, beside the limit."""
    if reading.gap_ms is None:
        return ""
    words = _("at most {gap} ms between characters; the limit is {limit} ms")
    return words.format(gap=number(reading.gap_ms), limit=number(settings.reader_gap_ms))


def board_words(reading: Reading) -> str:
    """Under which keyboard layout the code came."""
    if reading.way is not Way.KEYBOARD:
        return ""
    text = _as_typed(reading)
    found, caps = boards(text, reading.raw)
    if len(found) == len(Board):
        return _("any: these characters are the same on every keyboard")
    names = [_board_name(board) for board in found] or [_("another")]
    words = " / ".join(names)
    return _("{layout}, with Caps Lock").format(layout=words) if caps else words


def end_words(reading: Reading) -> str:
    """What ended the code."""
    ends = {"enter": lambda: _("Enter"), "tab": lambda: _("Tab"), "": lambda: _("nothing but a pause")}
    return "" if reading.way is Way.CAMERA else ends[reading.end]()


def prefix_words(reading: Reading, settings: Settings) -> str:
    """Whether the prefix came that the settings tell of."""
    if not settings.reader_prefix or reading.way is Way.CAMERA:
        return ""
    words = _("“{prefix}” came and was taken off") if reading.has_prefix else _("“{prefix}” did not come")
    return words.format(prefix=settings.reader_prefix)


def _way(reading: Reading, settings: Settings) -> list[Advice]:
    if reading.is_missed:
        return [_missed(reading, settings)]
    if reading.way is Way.KEYBOARD:
        return [*_unended(reading, settings), *_nearly_too_slow(reading, settings), *_layout(reading)]
    return _line(reading) if reading.way is Way.SERIAL else []


def _missed(reading: Reading, settings: Settings) -> Advice:
    """It went into a field, as typing does."""
    gap = reading.gap_ms or 0
    if gap > settings.reader_gap_ms:
        return _too_slow(gap, settings)
    if len(reading.text) < settings.reader_least:
        return _too_short(len(reading.text), settings)
    return _no_end(
        _(
            "The code came without Enter after it, so it was taken for typing. Set the reader to send Enter (in its "
            "booklet: suffix CR), or let a pause end a code."
        )
    )


def _too_slow(gap: int, settings: Settings) -> Advice:
    if (limit := _limit_for(gap)) <= _SLOWEST_MS:
        words = _(
            "This came too slowly to be told from typing: up to {gap} ms between two characters, and {limit} ms is "
            "the limit. If a reader sent it, raise the limit; if you typed it, all is well."
        )
        raised = _("Raise the limit to {} ms").format(number(limit))
        sentence = words.format(gap=number(gap), limit=number(settings.reader_gap_ms))
        return Advice("bad", sentence, raised, {"reader_gap_ms": limit})
    words = _(
        "This came as slowly as typing: up to {gap} ms between two characters. If a reader sent it, set the reader "
        "to send faster (in its booklet: inter-character delay), or connect it as a serial reader."
    )
    return Advice("bad", words.format(gap=number(gap)))


def _too_short(length: int, settings: Settings) -> Advice:
    words = ngettext(
        "Only {} character came in a row; so few are taken for typing.",
        "Only {} characters came in a row; so few are taken for typing.",
        length,
    )
    button = ngettext("Take codes from {} character on", "Take codes from {} characters on", length)
    fewest = max(_FEWEST, length)
    return Advice("bad", words.format(length), button.format(fewest), {"reader_least": fewest})


def _unended(reading: Reading, settings: Settings) -> list[Advice]:
    if reading.end or settings.reader_suffix == "none":
        return []
    words = _(
        "The code came, but no Enter after it: a shorter one would have gone into a field. Set the reader to send "
        "Enter (in its booklet: suffix CR), or let a pause end a code."
    )
    return [_no_end(words, "warn")]


def _no_end(words: str, tone: str = "bad") -> Advice:
    return Advice(tone, words, _("Let a pause end a code"), {"reader_suffix": "none"})


def _nearly_too_slow(reading: Reading, settings: Settings) -> list[Advice]:
    gap = reading.gap_ms or 0
    if gap < _NEAR * settings.reader_gap_ms or settings.reader_gap_ms >= _SLOWEST_MS:
        return []
    limit = min(_SLOWEST_MS, max(_limit_for(gap), settings.reader_gap_ms + 10))
    words = _(
        "The reader is nearly too slow: {gap} ms between two characters, and {limit} ms is the limit. Once in a "
        "while a scan would go into a field."
    )
    sentence = words.format(gap=number(gap), limit=number(settings.reader_gap_ms))
    raised = _("Raise the limit to {} ms").format(number(limit))
    return [Advice("warn", sentence, raised, {"reader_gap_ms": limit})]


def _layout(reading: Reading) -> list[Advice]:
    found, caps = boards(_as_typed(reading), reading.raw)
    said = []
    if Board.US not in found and reading.raw != _as_typed(reading):
        words = _(
            "The computer's keyboard is not set as the reader's is, so other letters arrived than were sent. That "
            "does not matter: CivicDesk goes by the places of the keys."
        )
        said.append(Advice("info", words))
    if caps:
        said.append(Advice("info", _("Caps Lock is on. For the reader that does not matter.")))
    return said


def _line(reading: Reading) -> list[Advice]:
    if "�" in reading.raw:
        words = _(
            "Some of what came is no text. Most likely the speed of the port is not the reader's: remove the reader "
            "below and add it with the speed in its booklet."
        )
        return [Advice("bad", words)]
    if not reading.end:
        words = _("No end came with the code, so it was taken after a short pause. That works.")
        return [Advice("info", words)]
    return []


def _around(reading: Reading, settings: Settings) -> list[Advice]:
    """What the reader puts before or after a code of ours."""
    ours = ours_inside(reading.text)
    if ours is None:
        return []
    before, after = reading.text[: ours.start()], reading.text[ours.end(1) :]
    return [*_before(settings.reader_prefix + before if reading.has_prefix else before), *_after(after)]


def _before(prefix: str) -> list[Advice]:
    if not prefix:
        return []
    if len(prefix) > _LONGEST_PREFIX:
        words = _("The reader puts a long text before the code. Set it to send no prefix (see its booklet).")
        return [Advice("bad", words)]
    if eats_codes(prefix):
        words = _("The reader puts “{}” before the code. Set it to send no prefix (see its booklet).")
        return [Advice("bad", words.format(prefix))]
    words = _("The reader puts “{}” before the code. It has to be taken off.").format(prefix)
    return [Advice("bad", words, _("Take “{}” off").format(prefix), {"reader_prefix": prefix})]


def _after(suffix: str) -> list[Advice]:
    if not suffix:
        return []
    words = _(
        "The reader puts “{}” after the code. Set it to send nothing but Enter there (see its booklet)."
    )
    return [Advice("bad", words.format(suffix[:_LONGEST_PREFIX]))]


def _code(reading: Reading) -> list[Advice]:
    parsed = codes.parse(reading.text)
    if parsed is codes.Fault.DAMAGED and not reading.is_missed:
        words = _(
            "Digits are missing or wrong. Scan again, nearer and straight; if it stays, print a new badge."
        )
        return [Advice("bad", words)]
    return []


def _is_code(digits: str) -> bool:
    return isinstance(codes.parse(digits), codes.Code)


def _as_typed(reading: Reading) -> str:
    """The code with the prefix it came with, as long as what the computer understood."""
    return reading.sent or reading.text


def _limit_for(gap: int) -> int:
    """A limit that leaves a reader of this speed some room: a third more, in fives."""
    return 5 * -(-gap * 4 // 15)


def _board_name(board: Board) -> str:
    return {Board.US: "US", Board.TURKISH_Q: _("Turkish Q"), Board.TURKISH_F: _("Turkish F")}[board]
