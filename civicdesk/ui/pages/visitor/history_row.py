"""One visit in the history of a visitor."""

from __future__ import annotations

from civicdesk.models import How, Visit
from civicdesk.text import _, clock, day, local, ngettext
from civicdesk.ui.theme.now import scaled
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.themed import Themed
from civicdesk.ui.words import reason_words

_PRESUMED = (How.PRESUMED, How.ALL)


class _When(Themed, ElidedLabel):
    """The date, as wide in every row, so that rows stand under each other."""

    def dress(self) -> None:
        self.setFixedWidth(scaled(104))


def history_row(visit: Visit) -> ListRow:
    """Date, in and out, where to, why, and the number on the badge."""
    when = _When(day(local(visit.arrived_at).date(), "d MMM yyyy"), "strong")
    when.dress()
    places = [place.name for place in (visit.host, visit.room) if place]
    return ListRow(
        " · ".join(places) or reason_words(visit.reason),
        _second(visit, bool(places)),
        name=f"visit_{visit.number}",
        lead=when,
        note=_("badge {number}").format(number=visit.number),
    )


def times(visit: Visit) -> str:
    """In and out: a time out that nobody saw is marked, a visit under way has none."""
    came = clock(visit.arrived_at)
    if visit.left_at is None:
        return _("in at {time}, still inside").format(time=came)
    left = clock(visit.left_at)
    if visit.left_how in _PRESUMED:
        return _("{came}–{left} (check-out presumed)").format(came=came, left=left)
    return f"{came}–{left}"


def _second(visit: Visit, has_place: bool) -> str:
    company = ""
    if visit.people > 1:
        company = ngettext("{count} person", "{count} people", visit.people).format(count=visit.people)
    reason = reason_words(visit.reason) if has_place else ""
    return " · ".join(filter(None, (times(visit), reason, company)))
