"""The test card: a code that opens nothing, to see whether a reader sends what it reads."""

from __future__ import annotations

from io import BytesIO

from civicdesk.codes import grouped
from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import Align, draw
from civicdesk.printing.paper import MM, document
from civicdesk.printing.qr import draw_qr, modules
from civicdesk.text import _

SIZE = (60, 72)
"""Width and height in millimetres."""

_SIDE = 44 * MM


def test_card_pdf(code: str) -> bytes:
    """A card with a code of the kind TEST_CARD, its digits under it."""
    out = BytesIO()
    width, height = (side * MM for side in SIZE)
    title = _("Test card")
    with document(out, width, height, title=title, author="CivicDesk") as page:
        draw(page, width / 2, height - 9 * MM, title, 12, weight=Weight.BOLD, align=Align.CENTRE)
        rows = modules(code)
        draw_qr(page, rows, (width - _SIDE) / 2, 13 * MM, _SIDE / len(rows))
        draw(page, width / 2, 6 * MM, grouped(code), 8, weight=Weight.MEDIUM, align=Align.CENTRE)
        page.showPage()
    return out.getvalue()


test_card_pdf.__test__ = False  # type: ignore[attr-defined]  # a card, not a test of ours
