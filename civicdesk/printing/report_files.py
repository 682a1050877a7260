"""Reports as files: what is asked for by name, and written whole or not at all."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk import centre, period, report_kinds, visitor_log
from civicdesk.desk.listing import Listing
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.desk.period import Period
from civicdesk.desk.period_rows import PeriodReport, YearReport
from civicdesk.desk.report_kinds import Asked, Needs, Report, ReportKind
from civicdesk.errors import Unavailable
from civicdesk.models import PaperKind
from civicdesk.printing import drawings, sheets
from civicdesk.printing.plain_tables import listing_csv, numbers_csv
from civicdesk.printing.visitor_log import visitor_log_pdf
from civicdesk.printing.workbook import Title, workbook
from civicdesk.text import _, clock, day, disk_words, fold, local

ENDINGS = ("pdf", "xlsx", "csv")
_DRAWN_BEFORE = (
    PaperKind.EVACUATION,
    PaperKind.DAY_LIST,
    PaperKind.SETUP_LIST,
    PaperKind.MAIL_REGISTER,
)
"""Lists that have a paper of their own."""


def made(
    session: Session,
    name: str,
    asked_for: Period,
    ending: str,
    *,
    at: datetime,
    by: str = "",
    by_id: UUID | None = None,
    organisation_id: UUID | None = None,
    reason: str = "",
    is_inside: bool = False,
) -> bytes:
    """A report of a period as `pdf`, `xlsx` or `csv`; small groups are hidden unless it stays inside the centre.

    The visitor log writes down that it was opened, so it needs a session that writes. Refuses `no_report`,
    `no_centre`, `no_reason`, `wrong_period`.
    """
    asked = Asked(
        period=asked_for,
        at=at,
        organisation_id=organisation_id,
        reason=reason,
        hide_small=not is_inside,
    )
    return all_of(session, name, asked, [ending], by=by, by_id=by_id)[ending]


def all_of(
    session: Session,
    name: str,
    asked: Asked,
    endings: Collection[str],
    *,
    by: str = "",
    by_id: UUID | None = None,
) -> dict[str, bytes]:
    """The same report in several ways, read once. Refuses what `made` refuses."""
    kind = report_kinds.kind_of(name)
    kind.check(asked.period)
    has_own_paper = kind.needs_reason or kind.paper in _DRAWN_BEFORE
    found: dict[str, bytes] = {}
    if has_own_paper and "pdf" in endings:
        found["pdf"] = _own_paper(session, kind, asked, by, by_id)
    if left := [ending for ending in endings if ending not in found]:
        report = kind.look(session, asked)
        for ending in left:
            found[ending] = _drawn(session, kind, report, ending, by)
    return found


def as_csv(report: Report) -> bytes:
    """A list as its rows; figures as one line a number."""
    if isinstance(report, Listing):
        return listing_csv(report)
    days = report.on.isoformat() if isinstance(report, OccupancyDay) else _figures(report).period.key
    return numbers_csv(days, [sheet.table for sheet in drawings.sheets(report)])


def as_workbook(title: str, report: Report) -> bytes:
    """A report as a workbook with real numbers and dates."""
    if isinstance(report, OccupancyDay):
        head = Title(title, report.centre, report.on, report.at)
    elif isinstance(report, Listing):
        span = report.period.name if report.period else f"{day(local(report.at).date())} {clock(report.at)}"
        head = Title(title, report.centre, span, report.at)
    else:
        found = _figures(report)
        head = Title(drawings.title(report) or title, found.centre, found.period.name, found.at)
    return workbook(head, drawings.sheets(report))


def file_name(name: str, asked_for: Period, ending: str) -> str:
    """`doluluk-2026-11-24.pdf`; sorted by name, the periods are in order."""
    kind = report_kinds.kind_of(name)
    words = _("occupancy") if name == "occupancy" else fold(kind.title).replace(" ", "-")
    said = asked_for.first.isoformat() if kind.needs in (Needs.DAY, Needs.NOW) else asked_for.key
    return f"{words}-{said.replace('..', '_')}.{ending}"


def occupancy(session: Session, on: date, ending: str, *, at: datetime, by: str = "") -> bytes:
    """The occupancy sheet of a day as `pdf`, or its numbers as `xlsx` or `csv`. Refuses `no_centre`."""
    return made(session, "occupancy", period.days(on, on), ending, at=at, by=by)


def save(path: Path, raw: bytes) -> Path:
    """Write a file, whole or not at all; one of the same name is replaced, a device (`/dev/stdout`) is written to.

    Raises Unavailable for a folder that is full, read-only or not there and cannot be made.
    """
    target = path.resolve()  # what a link points to is replaced, the link stays
    part = target.with_name(f"{target.name}.part")
    try:
        if target.exists() and not target.is_file():
            target.write_bytes(raw)
            return path
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(raw)
        part.replace(target)
    except OSError as error:
        _forget(part)
        raise Unavailable(_("The file could not be written: {}").format(disk_words(error))) from error
    return path


def _drawn(session: Session, kind: ReportKind, report: Report, ending: str, by: str) -> bytes:
    if ending == "pdf":
        return drawings.pages(session, report, by)
    return as_csv(report) if ending == "csv" else as_workbook(kind.title, report)


def _own_paper(session: Session, kind: ReportKind, asked: Asked, by: str, by_id: UUID | None) -> bytes:
    if kind.needs_reason:
        log = visitor_log.open_log(session, asked.on, reason=asked.reason, at=asked.at)
        return visitor_log_pdf(centre.the_centre(session), log, by)
    assert kind.paper
    is_register = kind.paper is PaperKind.MAIL_REGISTER
    label = f"{asked.period.first}:{asked.period.last}" if is_register else asked.on.isoformat()
    subject = asked.organisation_id
    return sheets.preview(session, kind.paper, at=asked.at, subject_id=subject, label=label, by_id=by_id).pdf


def _figures(report: PeriodReport | YearReport) -> PeriodReport:
    return report.figures if isinstance(report, YearReport) else report


def _forget(part: Path) -> None:
    """What a full disk left of a file."""
    try:
        part.unlink(missing_ok=True)
    except OSError:
        return
