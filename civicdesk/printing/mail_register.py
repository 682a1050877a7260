"""The register of post on A4: what came in on which day, where it stands, and how it left."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import groupby
from typing import TYPE_CHECKING

from civicdesk.printing import evacuation_rows as rows
from civicdesk.printing.evacuation_rows import LEFT, RIGHT
from civicdesk.printing.flow import Strip
from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import draw, draw_fitted
from civicdesk.printing.list_frame import ListFrame, list_pdf
from civicdesk.printing.paper import MM, colour
from civicdesk.text import _, ngettext

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_NUMBER, _KIND, _WHOSE, _LEFT_DESK = LEFT + 2 * MM, LEFT + 26 * MM, LEFT + 78 * MM, LEFT + 132 * MM
_LINE, _HIGH = 4.4 * MM, 14.6 * MM
_RULE = "#9AA3A6"


@dataclass(frozen=True)
class RegisterLine:
    """An item as text, three short lines in each of four columns; `day` is the heading it stands under."""

    day: str
    number: str
    time: str
    received_by: str
    kind: str
    tracking: str
    sender: str
    whose: str
    box: str
    note: str
    place: str
    ended: str
    taken_by: str


@dataclass(frozen=True)
class RegisterSheet:
    """What the register says, as text: whose it is and of which days."""

    centre: str
    title: str
    days: str
    kinds: str
    as_of: str
    by: str
    lines: Sequence[RegisterLine] = ()


def register_pdf(sheet: RegisterSheet) -> bytes:
    """The register as A4, as many pages as it takes; lines come in the order of their numbers."""
    count = len(sheet.lines)
    frame = ListFrame(
        title=_("Register of post"),
        on=" · ".join(filter(None, (sheet.title, sheet.days))),
        second=sheet.kinds,
        total=count,
        counted=ngettext("item came in", "items came in", count),
        centre=sheet.centre,
        as_of=sheet.as_of,
        by=sheet.by,
    )
    return list_pdf(frame, _strips(sheet))


def _strips(sheet: RegisterSheet) -> Iterator[Strip]:
    if not sheet.lines:
        yield rows.notice(_("Nothing came in on these days."))
        return
    for on, own in groupby(sheet.lines, key=lambda line: line.day):
        lines = list(own)
        count = ngettext("{} item", "{} items", len(lines)).format(len(lines))
        yield rows.zone_title(on, count)
        headings = (rows.zone_title(_("{room} (continued)").format(room=on), ""), _columns())
        yield _columns()
        for line in lines:
            yield Strip(_HIGH, partial(_draw_line, line=line), headings)


def _columns() -> Strip:
    def drawing(page: Canvas, top: float) -> None:
        words = (_("Number"), _("What"), _("Whose"), _("Where it is"))
        for x, word in zip((_NUMBER, _KIND, _WHOSE, _LEFT_DESK), words, strict=True):
            draw(page, x, top - 4 * MM, word, 8.5, weight=Weight.SEMIBOLD)

    return Strip(6 * MM, drawing, with_next=True)


def _draw_line(page: Canvas, top: float, *, line: RegisterLine) -> None:
    colour(page)
    columns = (
        (_NUMBER, _KIND, (line.number, line.time, line.received_by)),
        (_KIND, _WHOSE, (line.kind, line.tracking, line.sender)),
        (_WHOSE, _LEFT_DESK, (line.whose, line.box, line.note)),
        (_LEFT_DESK, RIGHT, (line.place, line.ended, line.taken_by)),
    )
    for x, end, words in columns:
        _draw_column(page, x, top, end - x - 2.5 * MM, words)
    colour(page, _RULE)
    page.setLineWidth(0.4)
    page.line(LEFT, top - _HIGH, RIGHT, top - _HIGH)
    colour(page)


def _draw_column(page: Canvas, x: float, top: float, width: float, words: Sequence[str]) -> None:
    y = top - 4.2 * MM
    for place, word in enumerate(filter(None, words)):
        weight = Weight.SEMIBOLD if not place else Weight.REGULAR
        sizes = (9.5, 8.5, 7.5) if not place else (8.5, 7.5)
        draw_fitted(page, x, y, word, width=width, sizes=sizes, weight=weight)
        y -= _LINE
