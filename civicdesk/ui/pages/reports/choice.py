"""What is chosen on the page of reports, and what draws it off the screen's thread."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from civicdesk.desk import period
from civicdesk.desk.period import Period, PeriodKind
from civicdesk.desk.report_kinds import Needs, ReportKind
from civicdesk.ui.runner import Runner

LENGTHS = {
    Needs.PERIOD: (
        PeriodKind.WEEK,
        PeriodKind.MONTH,
        PeriodKind.QUARTER,
        PeriodKind.HALF,
        PeriodKind.YEAR,
        PeriodKind.DAYS,
    ),
    Needs.YEAR: (PeriodKind.YEAR, PeriodKind.TWELVE_MONTHS),
}
ICONS = {
    "occupancy": "chart-column",
    "period": "calendar-days",
    "year": "presentation",
    "day_list": "list",
    "setup_list": "armchair",
    "inside": "users",
    "evacuation": "siren",
    "no_shows": "user-x",
    "fair_use": "scale",
    "post_register": "mailbox",
    "visitor_log": "scroll-text",
    "privacy": "shield-check",
}


@dataclass(frozen=True)
class Chosen:
    """A report, its days, whose it is about, and why it was opened if it asks for that."""

    kind: ReportKind
    period: Period
    organisation_id: UUID | None = None
    reason: str = ""

    @property
    def has_plots(self) -> bool:
        """Whether there is something to look at besides the paper."""
        return self.kind.name in ("occupancy", "period", "year")


def maker(runner: Runner, chosen: Chosen, ending: str) -> Callable[[], bytes]:
    """What draws the report as `pdf`, `xlsx` or `csv`; called off the GUI thread.

    A report that was opened for a reason writes down that it was, each time it is drawn.
    """
    at, member = runner.at(), runner.staff
    by, by_id = (member.name, member.id) if member else ("", None)

    def make() -> bytes:
        from civicdesk.printing import report_files  # noqa: PLC0415  drawing is slow to import

        writes = chosen.kind.needs_reason
        opened = runner.database.begin(by=by_id, desk=runner.desk) if writes else runner.database.read()
        with opened as session:
            return report_files.made(
                session,
                chosen.kind.name,
                chosen.period,
                ending,
                at=at,
                by=by,
                by_id=by_id,
                organisation_id=chosen.organisation_id,
                reason=chosen.reason,
            )

    return make


def file_name(chosen: Chosen, ending: str) -> str:
    """What the file is called that is offered."""
    from civicdesk.printing import report_files  # noqa: PLC0415  drawing is slow to import

    return report_files.file_name(chosen.kind.name, chosen.period, ending)


def period_for(kind: ReportKind, on: date, length: PeriodKind | None) -> Period:
    """The days a report is about, around a day; `length` was chosen before, for this or for another report."""
    if kind.needs in (Needs.DAY, Needs.NOW):
        return period.days(on, on)
    if length in LENGTHS[kind.needs]:
        return period.of(length, on)
    return kind.period_of(on)
