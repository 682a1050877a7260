"""Labels for the wall of boxes on a sheet of 24, and cards of kinds on a sheet of eight; both are read by scanner."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, TypeVar

from civicdesk.desk.post_labels import BoxLabel, KindCard
from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import draw, draw_fitted, fit
from civicdesk.printing.paper import LINE, MM, colour, document
from civicdesk.printing.qr import QUIET, draw_qr, modules
from civicdesk.text import _

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

T = TypeVar("T")

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
LABELS_ACROSS, LABELS_DOWN = 3, 8
CARDS_ACROSS, CARDS_DOWN = 2, 4
_INSET = 5 * MM
_QR = 23 * MM
_CARD_QR = 40 * MM


def box_labels_pdf(labels: Sequence[BoxLabel], *, centre: str) -> bytes:
    """Sheets of 70 × 37 mm, the usual labels of 24; on plain paper they are cut apart at the fine lines."""
    out = BytesIO()
    with document(out, _WIDTH, _HEIGHT, title=_("Labels for the boxes"), author=centre) as page:
        for places in _sheets(labels, LABELS_ACROSS * LABELS_DOWN):
            _cut_lines(page, LABELS_ACROSS, LABELS_DOWN)
            for place, label in enumerate(places):
                _draw_label(page, label, *_corner(place, LABELS_ACROSS, LABELS_DOWN))
            page.showPage()
    return out.getvalue()


def kind_cards_pdf(cards: Sequence[KindCard], *, centre: str) -> bytes:
    """Cards of a hand's size: what the next items are, in large letters, and the code that says so."""
    out = BytesIO()
    with document(out, _WIDTH, _HEIGHT, title=_("Cards for kinds of post"), author=centre) as page:
        for places in _sheets(cards, CARDS_ACROSS * CARDS_DOWN):
            _cut_lines(page, CARDS_ACROSS, CARDS_DOWN)
            for place, card in enumerate(places):
                _draw_card(page, card, *_corner(place, CARDS_ACROSS, CARDS_DOWN))
            page.showPage()
    return out.getvalue()


def _sheets(each: Sequence[T], most: int) -> Iterator[Sequence[T]]:
    for begin in range(0, len(each), most):
        yield each[begin : begin + most]


def _corner(place: int, across: int, down: int) -> tuple[float, float]:
    """The lower left corner of a place on the sheet, counted row by row from the top."""
    row, column = divmod(place, across)
    return column * _WIDTH / across, _HEIGHT - (row + 1) * _HEIGHT / down


def _cut_lines(page: Canvas, across: int, down: int) -> None:
    colour(page, LINE)
    page.setLineWidth(0.25)
    for column in range(1, across):
        page.line(column * _WIDTH / across, 0, column * _WIDTH / across, _HEIGHT)
    for row in range(1, down):
        page.line(0, row * _HEIGHT / down, _WIDTH, row * _HEIGHT / down)
    colour(page)


def _draw_label(page: Canvas, label: BoxLabel, left: float, bottom: float) -> None:
    """The code on the left, the number as large as it can be, and under it whose box it is."""
    wide, high = _WIDTH / LABELS_ACROSS, _HEIGHT / LABELS_DOWN
    _draw_code(page, label.code, left + _INSET, bottom + (high - _QR) / 2, _QR)
    text = left + _INSET + _QR + 2 * MM
    room = wide - (text - left) - _INSET
    draw_fitted(
        page,
        text,
        bottom + high / 2 + 2 * MM,
        str(label.number),
        width=room,
        sizes=(34, 30),
        weight=Weight.BOLD,
    )
    name = fit(label.name, room, (11, 10, 9, 8, 7), Weight.MEDIUM)
    y = bottom + high / 2 - 4.5 * MM
    for line in name.lines:
        draw(page, text, y, line, name.size, weight=Weight.MEDIUM)
        y -= name.size * 1.2


def _draw_card(page: Canvas, card: KindCard, left: float, bottom: float) -> None:
    wide, high = _WIDTH / CARDS_ACROSS, _HEIGHT / CARDS_DOWN
    _draw_code(page, card.code, left + 2 * _INSET, bottom + (high - _CARD_QR) / 2, _CARD_QR)
    text = left + 2 * _INSET + _CARD_QR + 4 * MM
    room = wide - (text - left) - _INSET
    name = fit(card.words, room, (24, 21, 18, 15, 13), Weight.BOLD)
    y = bottom + high / 2 + (4 * MM if len(name.lines) > 1 else 0)
    for line in name.lines:
        draw(page, text, y, line, name.size, weight=Weight.BOLD)
        y -= name.size * 1.2
    hint = _("The next items are of this kind.")
    draw_fitted(page, text, y - 1 * MM, hint, width=room, sizes=(9, 8, 7), lines=2)


def _draw_code(page: Canvas, code: str, left: float, bottom: float, side: float) -> None:
    """With the white around it that a reader needs inside `side`."""
    rows = modules(code)
    module = side / (len(rows) + 2 * QUIET)
    draw_qr(page, rows, left + QUIET * module, bottom + QUIET * module, module)
