"""A badge in the printer's own letters, for links so slow that a picture takes half a minute."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from textwrap import wrap
from typing import NamedTuple

from civicdesk.codes import grouped
from civicdesk.printing.badge import BadgeFace
from civicdesk.printing.printers.profiles import Profile, encoded, profile
from civicdesk.printing.printers.raster import dots_bands
from civicdesk.printing.qr import QUIET, modules
from civicdesk.settings import PrinterSettings
from civicdesk.text import _, ngettext, upper

_LETTER = 12
_FEWEST_COLUMNS = 20
_MODULE = 12
_SIDE = 21 + 2 * QUIET

_SET_UP = b"\x1c.\x1bR\x00\x1ba\x01"
"""No Chinese pairs of bytes, the American signs, everything in the middle."""

_SAME = str.maketrans(
    {
        "–": "-",
        "—": "-",
        "’": "'",
        "‘": "'",
        "“": '"',
        "”": '"',
        "…": "...",
        "•": "-",
        "\u00a0": " ",
    }
)
"""Signs that no Turkish code page has, and what everybody writes for them. Letters are never replaced."""


class _Line(NamedTuple):
    text: str
    is_bold: bool = False
    times: int = 1


def text_badge(face: BadgeFace, printer: PrinterSettings, dots: int) -> list[bytes] | None:
    """The commands for a badge as text; None when the printer lacks one of its letters, and it must be a picture."""
    known = profile(printer.profile)
    above = [_clean(line) for line in _above(face)]
    below = [_clean(line) for line in _below(face)]
    page = _page("".join(line.text for line in above + below), printer.code_page, known)
    if page is None:
        return None
    columns = dots // _LETTER
    if known.columns >= _FEWEST_COLUMNS:
        columns = min(columns, known.columns)
    begin = _SET_UP + b"\x1bt" + bytes((known.pages[page],))
    code = _own_code(face.code, dots) if known.has_codes else _code_picture(face.code, dots)
    first = begin + _set(above, columns, page)
    return [first, *code, _set(below, columns, page)]


def _above(face: BadgeFace) -> Iterator[_Line]:
    if face.discreet and face.only_number:
        yield _Line(str(face.number), is_bold=True, times=4)
        return
    yield _Line(upper(face.centre), is_bold=True)
    if face.discreet:
        yield _Line(face.place, is_bold=True, times=2)
        return
    yield _Line(face.name, is_bold=True, times=2)
    yield _Line(face.host)


def _below(face: BadgeFace) -> Iterator[_Line]:
    if face.shows_digits:
        yield _Line(grouped(face.code))
    if not (face.discreet and face.only_number):
        yield from _words(face)
    if face.people > 1:
        many = ngettext("{count} person", "{count} people", face.people).format(count=face.people)
        yield _Line(many, is_bold=True)
    if face.copy > 1:
        yield _Line(_("Copy {copy}").format(copy=face.copy), is_bold=True)
    if not (face.discreet and face.only_number):
        yield _Line(face.footer or _("Please return this badge when you leave."))


def _words(face: BadgeFace) -> Iterator[_Line]:
    if not face.discreet:
        yield _Line(_joined(face.reason, face.place), is_bold=True)
    yield _Line(_joined(face.on, _("No {number}").format(number=face.number)))
    if not face.discreet:
        yield _Line(_joined(*face.needs), is_bold=True)


def _joined(*parts: str) -> str:
    return " · ".join(part for part in parts if part.strip())


def _clean(line: _Line) -> _Line:
    """Letters only: what is no letter could be a command to the printer."""
    text = unicodedata.normalize("NFC", line.text).translate(_SAME)
    return line._replace(text="".join(letter if letter.isprintable() else " " for letter in text).strip())


def _page(text: str, wanted: str, known: Profile) -> str | None:
    """The code page that has all these letters, the one in the settings first; None where the model has none."""
    pages = sorted(known.pages, key=lambda page: page != wanted)
    return next((page for page in pages if encoded(text, page) is not None), None)


def _set(lines: list[_Line], columns: int, page: str) -> bytes:
    commands = b""
    for line in lines:
        if line.text:
            size = (line.times - 1) * 0x11
            commands += b"\x1bE" + bytes((line.is_bold,)) + b"\x1d!" + bytes((size,))
            for part in wrap(line.text, columns // line.times):
                commands += (encoded(part, page) or b"") + b"\n"
    return commands + b"\x1d!\x00\x1bE\x00"


def _own_code(code: str, dots: int) -> list[bytes]:
    """The QR code, drawn by the printer: model 2, a quarter of it may be lost, in the size it has on a picture."""
    module = min(_MODULE, dots // _SIDE)
    model = _function(65, b"2\x00")
    size, correction = _function(67, bytes((module,))), _function(69, b"2")
    quiet = b"\x1bJ" + bytes((QUIET * module,))
    return [
        model
        + size
        + correction
        + _function(80, b"0" + code.encode("ascii"))
        + quiet
        + _function(81, b"0")
        + quiet
    ]


def _function(number: int, said: bytes) -> bytes:
    return b"\x1d(k" + (len(said) + 2).to_bytes(2, "little") + bytes((49, number)) + said


def _code_picture(code: str, dots: int) -> list[bytes]:
    """The same code as dots, for a printer that draws none."""
    from PIL import Image  # noqa: PLC0415  slow to import

    rows, module = modules(code), min(_MODULE, dots // _SIDE)
    small = Image.new("1", (_SIDE, _SIDE), 1)
    for y, row in enumerate(rows):
        for x, dark in enumerate(row):
            if dark:
                small.putpixel((x + QUIET, y + QUIET), 0)
    side = _SIDE * module
    picture = Image.new("1", (-(-side // 8) * 8, side), 1)
    picture.paste(small.resize((side, side), Image.Resampling.NEAREST), (0, 0))
    return list(dots_bands(picture))
