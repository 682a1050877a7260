"""The pages of every report: the same head and foot, headings that the outline knows, and true page numbers."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from civicdesk.printing.flow import Drawing, Mark, Strip, draw_strips, pages
from civicdesk.printing.fonts import Weight, text_width
from civicdesk.printing.ink import INK, MUTE, RULE
from civicdesk.printing.lines import Align, draw, draw_fitted, fit
from civicdesk.printing.logo import logo
from civicdesk.printing.paper import MM, colour, document
from civicdesk.text import _

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

WIDTH, HEIGHT = 210 * MM, 297 * MM
LEFT, RIGHT = 14 * MM, 196 * MM
WIDE = RIGHT - LEFT
HEAD = 20 * MM
_TOP, _RUNNING_TOP, _BOTTOM = 11 * MM, 21 * MM, 16 * MM
BODY = HEIGHT - _RUNNING_TOP - _BOTTOM
"""So much room has a page after the first."""
_LOGO = (34 * MM, 14 * MM)
_ENTRY = 8 * MM


@dataclass(frozen=True)
class Head:
    """What stands above a report: what it is, whose and of when, a second line, and until when it is complete."""

    title: str
    centre: str
    span: str
    second: str
    complete: str
    logo: bytes = b""


@dataclass(frozen=True)
class ReportFrame:
    """What stands around a report; `foot` says when it was made, by whom, and until when it is complete."""

    head: Head
    foot: str
    is_across: bool = False
    """The paper lies on its side: for tables of many columns."""

    @property
    def size(self) -> tuple[float, float]:
        """The width and the height of the paper."""
        return (HEIGHT, WIDTH) if self.is_across else (WIDTH, HEIGHT)

    @property
    def right(self) -> float:
        """Where everything ends."""
        return self.size[0] - LEFT

    @property
    def body(self) -> float:
        """So much room has a page after the first."""
        return self.size[1] - _RUNNING_TOP - _BOTTOM


@dataclass
class Contents:
    """A table of contents: what is in it, and on which page each part turned out to begin."""

    marks: Sequence[Mark]
    found: dict[str, int] = field(default_factory=dict)

    def strips(self) -> Iterator[Strip]:
        """A line for each."""
        for mark in self.marks:
            yield Strip(_ENTRY, partial(self._draw, mark=mark))

    def _draw(self, page: Canvas, top: float, *, mark: Mark) -> None:
        y, size, weight = top - 5 * MM, 10.5, Weight.SEMIBOLD
        said = str(self.found.get(mark.key, ""))
        colour(page, INK)
        draw(page, LEFT, y, mark.words, size, weight=weight)
        draw(page, RIGHT, y, said, size, weight=weight, align=Align.RIGHT)
        _draw_leader(
            page, LEFT + text_width(mark.words, size, weight), RIGHT - text_width(said, size, weight), y
        )
        page.linkAbsolute("", mark.key, (LEFT, y - 2 * MM, RIGHT, y + 4 * MM))


def report_pdf(
    frame: ReportFrame,
    strips: Sequence[Strip],
    *,
    cover: Drawing | None = None,
    contents: Contents | None = None,
) -> bytes:
    """The report as A4, as many pages as it takes; a `cover` is a page of its own before the others."""
    out, covers = BytesIO(), 1 if cover else 0
    width, height = frame.size
    filled = pages(strips, frame.body if cover else height - _TOP - HEAD - _BOTTOM, frame.body)
    if contents:
        contents.found.update(_places(filled, covers))
    title = f"{frame.head.title} {frame.head.span}"
    with document(out, width, height, title=title, author=frame.head.centre) as page:
        if cover:
            cover(page, height)
            page.showPage()
            page.showOutline()
        for at, some in enumerate(filled, start=covers + 1):
            top = _draw_top(page, frame, is_first=at == 1)
            _mark(page, some, top)
            draw_strips(page, some, top)
            _draw_foot(page, frame, at, len(filled) + covers)
            page.showPage()
    return out.getvalue()


def _draw_top(page: Canvas, frame: ReportFrame, *, is_first: bool) -> float:
    """The head of the report, or the short one of its later pages; where the page goes on below it."""
    height = frame.size[1]
    if is_first:
        draw_head(page, height - _TOP, frame.head, frame.right)
        return height - _TOP - HEAD
    _draw_running_head(page, frame)
    return height - _RUNNING_TOP


def _places(filled: Sequence[Sequence[Strip]], covers: int) -> dict[str, int]:
    return {
        strip.mark.key: at for at, some in enumerate(filled, start=covers + 1) for strip in some if strip.mark
    }


def _mark(page: Canvas, strips: Sequence[Strip], top: float) -> None:
    """So that a reader of the file can go to a part by its name."""
    for strip in strips:
        if strip.mark:
            page.bookmarkHorizontal(strip.mark.key, 0, top)
            page.addOutlineEntry(strip.mark.words, strip.mark.key)
        top -= strip.height


def draw_head(page: Canvas, top: float, head: Head, right: float = RIGHT) -> None:
    """The title, whose and of which days it is, and right the logo and until when the figures are complete."""
    drawn = logo(head.logo, *_LOGO, is_black=False) if head.logo else None
    width = right - LEFT - (_LOGO[0] + 4 * MM if drawn else 0)
    said = text_width(head.complete, 8, Weight.SEMIBOLD)
    colour(page, INK)
    draw_fitted(page, LEFT, top - 6 * MM, head.title, width=width, sizes=(17, 15, 13), weight=Weight.BOLD)
    draw(page, LEFT, top - 11.6 * MM, *whose_and_when(head.centre, head.span, width, (10.5, 9.5, 8.5)))
    colour(page, MUTE)
    draw_fitted(
        page, LEFT, top - 16 * MM, head.second, width=right - LEFT - said - 6 * MM, sizes=(8.5, 7.5, 6.5)
    )
    colour(page, INK)
    draw(page, right, top - 16 * MM, head.complete, 8, weight=Weight.SEMIBOLD, align=Align.RIGHT)
    if drawn:
        drawn.draw(page, right - drawn.width, top - drawn.height)


def whose_and_when(centre: str, span: str, width: float, sizes: Sequence[float]) -> tuple[str, float]:
    """The centre and the days in one line, and its size; where it is too long the name of the centre is cut."""
    after = f" · {span}"
    for size in sizes:
        if text_width(centre + after, size) <= width:
            return centre + after, size
    size = sizes[-1]
    [name] = fit(centre, width - text_width(after, size), (size,), lines=1).lines or ("",)
    return name + after, size


def _draw_running_head(page: Canvas, frame: ReportFrame) -> None:
    y = frame.size[1] - 13.4 * MM
    taken = text_width(frame.head.title, 9, Weight.BOLD) + 8 * MM
    colour(page, INK)
    draw(page, LEFT, y, frame.head.title, 9, weight=Weight.BOLD)
    colour(page, MUTE)
    line, size = whose_and_when(frame.head.centre, frame.head.span, frame.right - LEFT - taken, (7.5, 7))
    draw(page, frame.right, y, line, size, align=Align.RIGHT)
    _rule(page, y - 2.4 * MM, frame.right)


def _draw_foot(page: Canvas, frame: ReportFrame, at: int, count: int) -> None:
    _rule(page, 11.8 * MM, frame.right)
    colour(page, MUTE)
    draw_fitted(page, LEFT, 8 * MM, frame.foot, width=frame.right - LEFT - 30 * MM, sizes=(6.8, 6.2))
    number = _("Page {page} of {pages}").format(page=at, pages=count)
    draw(page, frame.right, 8 * MM, number, 6.8, align=Align.RIGHT)


def _draw_leader(page: Canvas, first: float, last: float, y: float) -> None:
    colour(page, RULE)
    page.setLineWidth(0.5)
    page.setDash(0.5, 2.5)
    page.line(first + 2 * MM, y, last - 2 * MM, y)
    page.setDash()


def _rule(page: Canvas, y: float, right: float) -> None:
    colour(page, RULE)
    page.setLineWidth(0.4)
    page.line(LEFT, y, right, y)
