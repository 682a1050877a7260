"""What is odd about the days that were chosen, and the way out: they lie ahead, or before the first kept day."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from sqlalchemy.orm import Session

from civicdesk.desk import day_facts
from civicdesk.desk.period import Period
from civicdesk.desk.report_kinds import Needs
from civicdesk.text import _, day
from civicdesk.ui.pages.reports.choice import Chosen
from civicdesk.ui.widgets.refusal_banner import RefusalBanner


def read(session: Session) -> date | None:
    """The first day of which the desk kept anything."""
    return day_facts.first_on(session)


def say(
    banner: RefusalBanner, chosen: Chosen, today: date, go: Callable[[date], None], first_on: date | None
) -> None:
    """Say in the banner what is odd, with the way out as a button."""
    if odd := odd_words(chosen, today, first_on):
        sentence, way, on = odd
        banner.show_refusal(sentence, (way, partial(go, on)), tone="info")


def odd_words(chosen: Chosen, today: date, first_on: date | None) -> tuple[str, str, date] | None:
    """A sentence, the word of a way out, and the day it leads to; None where nothing is odd."""
    if chosen.kind.needs is Needs.NOW or chosen.kind.name in ("day_list", "setup_list"):
        return None
    if chosen.period.first > today:
        return _("These days lie ahead: only what is booked is known."), _("Today"), today
    if first_on is None:
        return _("The desk has kept nothing yet."), _("Today"), today
    if chosen.period.last < first_on and not _has(chosen.period, today):
        words = _("The desk kept nothing of these days. It begins on {day}.")
        return words.format(day=day(first_on, "d MMMM yyyy")), _("To the first day"), first_on
    return None


def _has(days: Period, on: date) -> bool:
    return days.first <= on <= days.last
