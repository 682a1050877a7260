"""The visitor log of a day on A4: when, who, to whom, until when; and at the foot why it was opened, and by whom."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from civicdesk.desk.retention import is_forgotten
from civicdesk.desk.visitor_log import VisitorLog
from civicdesk.models import Centre, How, Visit
from civicdesk.printing import evacuation_rows as rows
from civicdesk.printing.flow import Strip
from civicdesk.printing.fonts import Weight
from civicdesk.printing.lines import draw, draw_fitted
from civicdesk.printing.list_frame import ListFrame, list_pdf
from civicdesk.printing.paper import MM, colour
from civicdesk.printing.rolls import moment, opening
from civicdesk.text import _, clock, day, ngettext, number

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_EDGES = (3, 17, 33, 83, 141)
"""In millimetres: came, left, name, visiting, room."""

_RULE = "#9AA3A6"
_HIGH = 6.4 * MM


def visitor_log_pdf(centre: Centre, log: VisitorLog, by: str) -> bytes:
    """The log as A4, as many pages as it takes."""
    why = _("Opened because: {reason}").format(reason=log.reason)
    frame = ListFrame(
        title=_("Visitor log"),
        on=day(log.day.on),
        second=" · ".join((opening(log.day), why, _("* taken as left at closing"))),
        total=log.people,
        counted=ngettext("visitor on this day", "visitors on this day", log.people),
        centre=centre.name,
        as_of=moment(log.at),
        by=by,
    )
    return list_pdf(frame, _strips(log))


def _strips(log: VisitorLog) -> Iterator[Strip]:
    if not log.visits:
        yield rows.notice(_("Nobody came on this day."))
        return
    heads = Strip(6 * MM, _draw_heads, with_next=True)
    yield heads
    for visit in log.visits:
        yield Strip(_HIGH, partial(_draw, words=_words(visit)), (heads,))


def _words(visit: Visit) -> tuple[str, ...]:
    name = _("name deleted") if is_forgotten(visit.visitor) else visit.visitor.name
    people = f" (+{number(visit.people - 1)})" if visit.people > 1 else ""
    left = clock(visit.left_at) if visit.left_at else _("inside")
    presumed = visit.left_how == How.PRESUMED
    return (
        clock(visit.arrived_at),
        f"{left} *" if presumed else left,
        f"{name}{people}",
        visit.host.name if visit.host else "",
        visit.room.name if visit.room else "",
    )


def _draw_heads(page: Canvas, top: float) -> None:
    colour(page)
    words = (_("Came"), _("Left"), _("Name"), _("Visiting"), _("Room"))
    for edge, word in zip(_EDGES, words, strict=True):
        draw(page, rows.LEFT + edge * MM, top - 4.4 * MM, word, 7, weight=Weight.MEDIUM)


def _draw(page: Canvas, top: float, *, words: tuple[str, ...]) -> None:
    colour(page)
    y = top - 4.4 * MM
    ends = (*_EDGES[1:], (rows.RIGHT - rows.LEFT) / MM)
    for edge, end, word in zip(_EDGES, ends, words, strict=True):
        draw_fitted(
            page, rows.LEFT + edge * MM, y, word, width=(end - edge - 1.5) * MM, sizes=(9.5, 8.5, 7.5)
        )
    colour(page, _RULE)
    page.setLineWidth(0.4)
    page.line(rows.LEFT, top - _HIGH, rows.RIGHT, top - _HIGH)
