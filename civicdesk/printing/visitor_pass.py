"""The pass of an expected visitor: a card to send or hand over, whose code is scanned at the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple

from civicdesk.codes import grouped
from civicdesk.models import Centre, Invitation
from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import Align, Fitted, draw, fit
from civicdesk.printing.paper import MM, PRIMARY, colour, document
from civicdesk.printing.qr import QUIET, draw_qr, modules
from civicdesk.text import _, clock, day, local, ngettext, upper

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

SIZE = (105, 148)
"""A6, in millimetres: it fits a pocket and the screen of a telephone."""

_WIDTH, _HEIGHT = (side * MM for side in SIZE)
_MARGIN = 7 * MM
_BAND = 4.5 * MM
_LARGEST_CODE = 84 * MM
_BLACK = "#000000"
_INSTANT = timedelta(microseconds=1)


class _Block(NamedTuple):
    """Lines that belong together, and the space above them."""

    text: Fitted
    weight: Weight
    above: float
    colour: str = _BLACK
    tracking: float = 0

    @property
    def height(self) -> float:
        return (self.above + len(self.text.lines) * self.text.size * 1.2) if self.text.lines else 0


def pass_pdf(centre: Centre, invitation: Invitation) -> bytes:
    """The pass as a PDF of one page; `invitation` comes with its visitor, host and room."""
    out = BytesIO()
    with document(out, _WIDTH, _HEIGHT, title=_("Visitor pass"), author=centre.name) as page:
        _draw_pass(page, centre, invitation)
        page.showPage()
    return out.getvalue()


def when(invitation: Invitation) -> str:
    """The day and time somebody is expected, or the days between which they may come."""
    first, last = local(invitation.expected_at).date(), _last_day(invitation)
    if first == last:
        return f"{day(first)} · {clock(invitation.expected_at)}"
    form = "d MMM" if first.year == last.year else "d MMM yyyy"
    return f"{day(first, form)} {clock(invitation.expected_at)} – {day(last, 'd MMM yyyy')}"


def where(invitation: Invitation) -> str:
    """The room and the host. The name of a host whose visits are discreet goes on no paper."""
    room, host = invitation.room, invitation.host
    named = host.name if host and not host.is_discreet else ""
    return " · ".join(filter(None, (room.name if room else "", named)))


def _last_day(invitation: Invitation) -> date:
    """A pass that ends at midnight ends with the day before."""
    return local(invitation.valid_until - _INSTANT).date()


def _draw_pass(page: Canvas, centre: Centre, invitation: Invitation) -> None:
    room = invitation.room
    colour(page, room.colour if room and room.colour else PRIMARY)
    page.rect(0, _HEIGHT - _BAND, _WIDTH, _BAND, stroke=0, fill=1)
    below = list(_below_code(invitation))
    lower = _MARGIN + sum(block.height for block in below)
    top = _draw_blocks(page, _above_code(centre, invitation), _HEIGHT - _BAND - _MARGIN * 0.7)
    _draw_code(page, invitation.code, top, lower)
    _draw_blocks(page, below, lower)


def _above_code(centre: Centre, invitation: Invitation) -> Iterator[_Block]:
    yield _block(upper(centre.name), (12, 11, 10), Weight.BOLD, tracking=0.8)._replace(colour=PRIMARY)
    yield _block(_("Visitor pass"), (11,), Weight.MEDIUM, above=2)
    yield _block(invitation.visitor.name, (28, 25, 22, 19), Weight.BOLD, above=5)


def _below_code(invitation: Invitation) -> Iterator[_Block]:
    yield _block(grouped(invitation.code), (11, 10), Weight.MEDIUM, tracking=0.4)
    yield _block(when(invitation), (14, 13, 12, 11), Weight.BOLD, above=8)
    yield _block(where(invitation), (13, 12, 11, 10), above=2)
    yield _block(_numbers(invitation), (11, 10), Weight.SEMIBOLD, above=2)
    yield _block(_("Show this code on arrival."), (11, 10), above=7)


def _numbers(invitation: Invitation) -> str:
    """How many come, and how often; one person once is nothing to say."""
    people, entries = invitation.people, invitation.entries
    said = []
    if people > 1:
        said.append(ngettext("{count} person", "{count} people", people).format(count=people))
    if entries > 1:
        said.append(ngettext("{count} entry", "{count} entries", entries).format(count=entries))
    return " · ".join(said)


def _block(
    text: str,
    sizes: tuple[float, ...],
    weight: Weight = Weight.REGULAR,
    *,
    above: float = 0,
    tracking: float = 0,
) -> _Block:
    fitted = fit(text, _WIDTH - 2 * _MARGIN, sizes, weight, tracking=tracking)
    return _Block(fitted, weight, above, tracking=tracking)


def _draw_blocks(page: Canvas, blocks: Iterable[_Block], y: float) -> float:
    """Draw blocks downwards from `y`; returns where the last one ends."""
    for block in blocks:
        size = block.text.size
        colour(page, block.colour)
        top = y - block.above
        for number, line in enumerate(block.text.lines):
            baseline = top - size * (0.95 + 1.2 * number)
            draw(
                page,
                _WIDTH / 2,
                baseline,
                line,
                size,
                weight=block.weight,
                align=Align.CENTRE,
                tracking=block.tracking,
            )
        y -= block.height
    return y


def _draw_code(page: Canvas, code: str, top: float, bottom: float) -> None:
    """The QR code with its quiet zone, as large as there is room for."""
    rows = modules(code)
    module = min(top - bottom, _LARGEST_CODE) / (len(rows) + 2 * QUIET)
    side = len(rows) * module
    draw_qr(page, rows, (_WIDTH - side) / 2, (top + bottom - side) / 2, module)
