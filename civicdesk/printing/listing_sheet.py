"""Lists on A4 as the reports are: who is inside, whom nobody came to, how much was used, what is kept of whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime

from civicdesk.desk.listing import Cell, Form, Listing
from civicdesk.printing import blocks
from civicdesk.printing.blocks import notice, space, stack, strip
from civicdesk.printing.flow import Strip
from civicdesk.printing.paper import MM
from civicdesk.printing.report_page import LEFT, Head, ReportFrame, report_pdf
from civicdesk.printing.rolls import moment
from civicdesk.printing.table_strips import Type, table_strips
from civicdesk.printing.tables import Sheet, cell_words
from civicdesk.text import _, local

_TYPE = Type(8, 5.8 * MM, lines=2)
_MOST_LETTERS = 135
"""So many letters stand beside each other on an upright page."""
_TIME, _STAMP = 8, 16


def listing_pdf(listing: Listing, by: str = "", logo: bytes = b"") -> bytes:
    """The list as PDF, as many pages as it takes; on its side where it has many columns."""
    span = listing.period.name if listing.period else moment(listing.at)
    head = Head(listing.title, listing.centre, span, listing.about, listing.count, logo)
    printed = " · ".join(filter(None, (_("Printed {time}").format(time=moment(listing.at)), by)))
    frame = ReportFrame(head, printed, is_across=_letters(listing) > _MOST_LETTERS)
    return report_pdf(frame, list(_strips(listing, frame.right - LEFT)))


def _letters(listing: Listing) -> int:
    stamp = _TIME if _only_day(listing) else _STAMP
    return sum(stamp if column.form is Form.INSTANT else column.width for column in listing.columns)


def _strips(listing: Listing, width: float) -> Iterator[Strip]:
    yield strip(space(2 * MM))
    if listing.rows:
        yield from table_strips(
            Sheet(listing.table), width=width, type_=_TYPE, said=_Said(_only_day(listing))
        )
    else:
        yield notice(listing.empty)
    if listing.notes:
        yield strip(stack(space(4 * MM), blocks.words(listing.notes)))


def _only_day(listing: Listing) -> date | None:
    """The day a list is of, where it is of one day: its times need no date."""
    if listing.period is None:
        return local(listing.at).date()
    return listing.period.first if listing.period.days == 1 else None


class _Said:
    """Cells in words; the times of the list's own day without the day."""

    def __init__(self, only: date | None) -> None:
        self.only = only

    def __call__(self, cell: Cell, form: Form) -> str:
        if isinstance(cell, datetime) and cell.date() == self.only:
            return f"{cell:%H:%M}"
        return "" if cell is None else cell_words(cell, form)
