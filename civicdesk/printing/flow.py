"""Long lists on many pages: what goes on which page, with the headings said again at the top of the next."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

Drawing = Callable[["Canvas", float], None]
"""Draws something whose upper edge is at this height."""


@dataclass(frozen=True)
class Mark:
    """A part of a document as its contents name it."""

    key: str
    words: str


@dataclass(frozen=True)
class Strip:
    """A row over the whole width of the page: its height in points, and how it is drawn."""

    height: float
    draw: Drawing
    headings: tuple[Strip, ...] = ()
    """Drawn again above this strip where it is the first of a page."""
    with_next: bool = False
    """Never the last of a page: a heading without its list says nothing."""
    mark: Mark | None = None
    """A part of the document begins here."""
    on_new_page: bool = False


def pages(strips: Iterable[Strip], first: float, others: float) -> list[list[Strip]]:
    """The strips page by page; `first` and `others` are the heights there is room for."""
    filled: list[list[Strip]] = [[]]
    room = first
    for group in _kept_together(strips):
        needed = sum(strip.height for strip in group)
        if filled[-1] and (needed > room or group[0].on_new_page):
            again = group[0].headings
            filled.append(list(again))
            room = others - sum(heading.height for heading in again)
        filled[-1] += group
        room -= needed
    return filled


def _kept_together(strips: Iterable[Strip]) -> Iterable[Sequence[Strip]]:
    group: list[Strip] = []
    for strip in strips:
        group.append(strip)
        if not strip.with_next:
            yield group
            group = []
    if group:
        yield group


def draw_strips(page: Canvas, strips: Iterable[Strip], top: float) -> None:
    """Draw a page's strips from `top` downwards."""
    for strip in strips:
        strip.draw(page, top)
        top -= strip.height
