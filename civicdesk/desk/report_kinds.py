"""Every report the desk can make, in one place: screen, paper and command line choose from the same list."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk import (
    occupancy_day,
    people_lists,
    period,
    period_report,
    post_lists,
    privacy_register,
    room_lists,
    year_report,
)
from civicdesk.desk.listing import Listing
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.desk.period import Period, PeriodKind
from civicdesk.desk.period_rows import PeriodReport, YearReport
from civicdesk.errors import Refusal
from civicdesk.models import PaperKind
from civicdesk.text import N_, _

Report = OccupancyDay | PeriodReport | YearReport | Listing


class Needs(StrEnum):
    """What a report is about: this moment, one day, a year, or any period."""

    NOW = "now"
    DAY = "day"
    PERIOD = "period"
    YEAR = "year"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What is wanted of a report; a report of a day is about the first day of the period."""

    period: Period
    at: datetime
    organisation_id: UUID | None = None
    reason: str = ""
    hide_small: bool = True

    @property
    def on(self) -> date:
        """The day, of a report of one day."""
        return self.period.first


@dataclass(frozen=True, kw_only=True)
class ReportKind:
    """One report: what it is called, what it needs, who may see it, and what reads it.

    `usual` is how long a period it is about if nobody says. One that `needs_reason` writes down that it was opened,
    so that it needs a session that writes.
    """

    name: str
    word: str
    what: str
    needs: Needs
    look: Callable[[Session, Asked], Report]
    usual: PeriodKind = PeriodKind.DAYS
    paper: PaperKind | None = None
    for_managers: bool = False
    needs_reason: bool = False
    takes_organisation: bool = False

    @property
    def title(self) -> str:
        """Its name in the language spoken now."""
        return _(self.word)

    @property
    def second(self) -> str:
        """What is in it."""
        return _(self.what)

    def period_of(self, on: date) -> Period:
        """What it is about if only a day is said."""
        return period.of(self.usual, on)

    def check(self, asked: Period) -> None:
        """Whether it can be about these days. Refuses `wrong_period`."""
        if self.needs is Needs.DAY and asked.days != 1:
            raise Refusal("wrong_period", _("This report is about one day. Choose a day."))
        if self.needs is Needs.YEAR and asked.kind not in (PeriodKind.YEAR, PeriodKind.TWELVE_MONTHS):
            raise Refusal(
                "wrong_period", _("This report is about a whole year. Choose a year, or twelve months.")
            )


KINDS: tuple[ReportKind, ...] = (
    ReportKind(
        name="occupancy",
        word=N_("Daily occupancy"),
        what=N_("rooms, hours, people"),
        needs=Needs.DAY,
        look=lambda session, asked: occupancy_day.look(
            session, asked.on, at=asked.at, hide_small=asked.hide_small
        ),
        paper=PaperKind.OCCUPANCY,
    ),
    ReportKind(
        name="period",
        word=N_("Week, month, half-year"),
        what=N_("trends, comparison"),
        needs=Needs.PERIOD,
        usual=PeriodKind.MONTH,
        look=lambda session, asked: period_report.look(
            session, asked.period, at=asked.at, hide_small=asked.hide_small
        ),
    ),
    ReportKind(
        name="year",
        word=N_("Yearly activity"),
        what=N_("members, events, guests, goals"),
        needs=Needs.YEAR,
        usual=PeriodKind.YEAR,
        look=lambda session, asked: year_report.look(
            session, asked.period, at=asked.at, hide_small=asked.hide_small
        ),
    ),
    ReportKind(
        name="day_list",
        word=N_("Day list"),
        what=N_("rooms and expected visitors"),
        needs=Needs.DAY,
        look=lambda session, asked: people_lists.day_list_rows(session, asked.on, at=asked.at),
        paper=PaperKind.DAY_LIST,
    ),
    ReportKind(
        name="setup_list",
        word=N_("Set-up list"),
        what=N_("what caretakers set up"),
        needs=Needs.DAY,
        look=lambda session, asked: room_lists.setup_rows(session, asked.on, at=asked.at),
        paper=PaperKind.SETUP_LIST,
    ),
    ReportKind(
        name="inside",
        word=N_("Who is inside"),
        what=N_("by name, since when"),
        needs=Needs.NOW,
        look=lambda session, asked: people_lists.inside(session, at=asked.at),
    ),
    ReportKind(
        name="evacuation",
        word=N_("Evacuation list"),
        what=N_("everyone inside, now; who needs help first"),
        needs=Needs.NOW,
        look=lambda session, asked: people_lists.evacuation_rows(session, at=asked.at),
        paper=PaperKind.EVACUATION,
    ),
    ReportKind(
        name="no_shows",
        word=N_("Nobody came"),
        what=N_("bookings, and the time they held"),
        needs=Needs.PERIOD,
        usual=PeriodKind.MONTH,
        look=lambda session, asked: room_lists.no_shows(
            session, asked.period, at=asked.at, organisation_id=asked.organisation_id
        ),
        takes_organisation=True,
    ),
    ReportKind(
        name="fair_use",
        word=N_("Fair use of rooms"),
        what=N_("hours a month, by organisation"),
        needs=Needs.PERIOD,
        usual=PeriodKind.MONTH,
        look=lambda session, asked: room_lists.fair_use(
            session, asked.period, at=asked.at, organisation_id=asked.organisation_id
        ),
        takes_organisation=True,
    ),
    ReportKind(
        name="post_register",
        word=N_("Register of post"),
        what=N_("every item, and what became of it"),
        needs=Needs.PERIOD,
        usual=PeriodKind.DAYS,
        look=lambda session, asked: post_lists.register(
            session, asked.period, at=asked.at, organisation_id=asked.organisation_id
        ),
        paper=PaperKind.MAIL_REGISTER,
        takes_organisation=True,
    ),
    ReportKind(
        name="visitor_log",
        word=N_("Visitor log"),
        what=N_("who came and went; with a reason"),
        needs=Needs.DAY,
        look=lambda session, asked: people_lists.visitor_log_rows(
            session, asked.on, reason=asked.reason, at=asked.at
        ),
        for_managers=True,
        needs_reason=True,
    ),
    ReportKind(
        name="privacy",
        word=N_("Register of personal data"),
        what=N_("what is kept, what was deleted, who looked"),
        needs=Needs.PERIOD,
        usual=PeriodKind.HALF,
        look=lambda session, asked: privacy_register.look(session, asked.period, at=asked.at),
        for_managers=True,
    ),
)


def kinds_for(*, is_manager: bool) -> tuple[ReportKind, ...]:
    """The reports that somebody may open."""
    return tuple(kind for kind in KINDS if is_manager or not kind.for_managers)


def kind_of(name: str) -> ReportKind:
    """A report by its name. Refuses `no_report`."""
    for kind in KINDS:
        if kind.name == name:
            return kind
    names = ", ".join(kind.name for kind in KINDS)
    raise Refusal("no_report", _("There is no report of that name. There are: {names}.").format(names=names))
