"""The receipt of a pickup, on A5 or on the roll of a thermal printer: what was taken, by whom, and the signature."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from io import BytesIO
from typing import TYPE_CHECKING

from civicdesk.printing.flow import Drawing, Strip, draw_strips, pages
from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import Align, draw, draw_fitted, fit
from civicdesk.printing.paper import MM, capitals, colour, document
from civicdesk.printing.printers.port import Form
from civicdesk.text import _, ngettext, number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_A5 = (148 * MM, 210 * MM)
_ROLLS = {Form.ROLL_80: 72 * MM, Form.ROLL_58: 48 * MM}
_HAIR = 0.001
"""Points a roll's page is short of its dots, so that it is never rendered one dot too wide."""

Stroke = Sequence[tuple[float, float]]


@dataclass(frozen=True)
class ReceiptLine:
    """An item as text: what it is and its own number, and under it the number and sender that stand on it."""

    title: str
    second: str = ""


@dataclass(frozen=True)
class Receipt:
    """What the receipt says, as text; `strokes` in a pad `width` × `height`, none where nobody signed."""

    centre: str
    on: str
    organisation: str
    collector: str
    capacity: str
    authority: str
    by: str
    lines: Sequence[ReceiptLine]
    strokes: Sequence[Stroke] = ()
    width: int = 1
    height: int = 1


@dataclass(frozen=True)
class _Ground:
    """How wide the paper is, its margin, and how large its letters are."""

    width: float
    margin: float
    scale: float

    @property
    def right(self) -> float:
        return self.width - self.margin

    @property
    def room(self) -> float:
        return self.width - 2 * self.margin


def receipt_pdf(receipt: Receipt, form: Form = Form.PAGE) -> bytes:
    """One receipt: A5, as many pages as it takes, or a piece of a roll as long as it has to be."""
    out = BytesIO()
    title = _("Receipt")
    if form in _ROLLS:
        ground = _Ground(_ROLLS[form], 2 * MM, 1.0 if form is Form.ROLL_80 else 0.86)
        strips = list(_strips(receipt, ground))
        height = sum(strip.height for strip in strips) + 4 * MM
        with document(out, ground.width - _HAIR, height - _HAIR, title=title, author=receipt.centre) as page:
            draw_strips(page, strips, height - 2 * MM)
            page.showPage()
        return out.getvalue()
    ground = _Ground(_A5[0], 14 * MM, 1.25)
    room = _A5[1] - 26 * MM
    with document(out, *_A5, title=title, author=receipt.centre) as page:
        for some in pages(_strips(receipt, ground), room, room):
            draw_strips(page, some, _A5[1] - 13 * MM)
            page.showPage()
    return out.getvalue()


def _strips(receipt: Receipt, ground: _Ground) -> Iterator[Strip]:
    words = partial(_words, ground=ground)
    yield words(receipt.centre, 10, weight=Weight.SEMIBOLD)
    yield words(capitals(_("Receipt for post")), 15, weight=Weight.BOLD)
    yield words(receipt.on, 10)
    yield _rule(ground)
    yield words(receipt.organisation, 12, weight=Weight.BOLD)
    count = len(receipt.lines)
    yield words(
        ngettext("{} item was handed over", "{} items were handed over", count).format(number(count)), 10
    )
    yield _rule(ground)
    for line in receipt.lines:
        yield words(line.title, 11, weight=Weight.SEMIBOLD)
        if line.second:
            yield words(line.second, 9)
        yield _gap(1.2 * MM)
    yield _rule(ground)
    yield words(_("Taken by: {}").format(receipt.collector), 11, weight=Weight.SEMIBOLD)
    for said in filter(None, (receipt.capacity, receipt.authority)):
        yield words(said, 9)
    if receipt.strokes:
        yield _signature(receipt, ground)
    if receipt.by:
        yield words(_("Handed over by: {}").format(receipt.by), 9)


def _words(text: str, size: float, *, ground: _Ground, weight: Weight = Weight.REGULAR) -> Strip:
    """A text on one line or two, in smaller letters where it is long."""
    size *= ground.scale
    fitted = fit(text, ground.room, (size, size * 0.88, size * 0.78), weight)
    step = fitted.size * 1.3

    def drawing(page: Canvas, top: float) -> None:
        colour(page)
        for place, line in enumerate(fitted.lines):
            draw(page, ground.margin, top - fitted.size - place * step, line, fitted.size, weight=weight)

    return Strip(len(fitted.lines) * step, drawing)


def _rule(ground: _Ground) -> Strip:
    def drawing(page: Canvas, top: float) -> None:
        page.setLineWidth(0.8)
        page.line(ground.margin, top - 1.6 * MM, ground.right, top - 1.6 * MM)

    return Strip(3.4 * MM, drawing)


def _gap(height: float) -> Strip:
    return Strip(height, _nothing)


def _nothing(_page: Canvas, _top: float) -> None:
    """White paper."""


def _signature(receipt: Receipt, ground: _Ground) -> Strip:
    """The signature as it was drawn, over a line with the word for it."""
    high = 24 * MM * ground.scale
    drawing: Drawing = partial(_draw_signature, receipt=receipt, ground=ground, high=high)
    return Strip(high + 6 * MM, drawing)


def _draw_signature(page: Canvas, top: float, *, receipt: Receipt, ground: _Ground, high: float) -> None:
    colour(page)
    draw_strokes(page, receipt, ground.margin, top - high, ground.room, high)
    page.setLineWidth(0.5)
    page.line(ground.margin, top - high - 0.6 * MM, ground.right, top - high - 0.6 * MM)
    draw_fitted(
        page, ground.margin, top - high - 4 * MM, _("Signature"), width=ground.room, sizes=(8 * ground.scale,)
    )
    draw(page, ground.right, top - high - 4 * MM, receipt.collector[:40], 8 * ground.scale, align=Align.RIGHT)


def draw_strokes(page: Canvas, signed: Receipt, left: float, bottom: float, wide: float, high: float) -> None:  # noqa: PLR0917
    """A signature within a frame, as large as fits, its lines smooth."""
    grow = min(wide / max(signed.width, 1), high / max(signed.height, 1))
    page.saveState()
    page.setLineCap(1)
    page.setLineJoin(1)
    page.setLineWidth(1.3)
    path = page.beginPath()
    for stroke in signed.strokes:
        points = [(left + x * grow, bottom + (signed.height - y) * grow) for x, y in stroke]
        if not points:
            continue
        path.moveTo(*points[0])
        if len(points) == 1:
            path.lineTo(points[0][0] + 0.5, points[0][1])
        for (x0, y0), (x1, y1), (x2, y2) in zip(points, points[1:], [*points[2:], points[-1]], strict=False):
            # through the middles of the hand's points, the points themselves as corners
            start = ((x0 + x1) / 2, (y0 + y1) / 2)
            end = ((x1 + x2) / 2, (y1 + y2) / 2)
            path.lineTo(*start)
            path.curveTo(*_third(start, (x1, y1)), *_third(end, (x1, y1)), *end)
        path.lineTo(*points[-1])
    page.drawPath(path, stroke=1, fill=0)
    page.restoreState()


def _third(end: tuple[float, float], corner: tuple[float, float]) -> tuple[float, float]:
    """The point of a cubic curve that does the same as a quadratic one with this corner."""
    return end[0] + (corner[0] - end[0]) * 2 / 3, end[1] + (corner[1] - end[1]) * 2 / 3
