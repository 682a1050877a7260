"""Reports from the command line: the desk's file is only read, whether the desk is open or not.

One exception: whoever opens the visitor log has to say why, and that is written down.
"""

from __future__ import annotations

import getpass
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import inspect
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from civicdesk import text
from civicdesk.database import Database
from civicdesk.desk import clocks, members, period, report_kinds
from civicdesk.desk.period import Period
from civicdesk.desk.report_kinds import Asked, Needs, ReportKind
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models.migrations import HEAD
from civicdesk.printing import report_files
from civicdesk.settings import Settings
from civicdesk.text import _, local

TO_THE_SCREEN = Path("-")
"""In place of a file: another program reads it."""

_NEEDS = {Needs.NOW: "", Needs.DAY: "--on", Needs.PERIOD: "--month --from --to", Needs.YEAR: "--year --to"}


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What was said on the command line; `period` is any period as `period.parse` reads it."""

    name: str
    files: Mapping[str, Path]
    on: date | None = None
    first: date | None = None
    last: date | None = None
    period: str = ""
    organisation: str = ""
    reason: str = ""
    is_inside: bool = False


def names() -> list[str]:
    """Each report, what says its days, and what it is called."""
    settings, _aside = Settings.load()
    text.use_language(settings.language)
    return [
        f"{kind.name:<14} {_NEEDS[kind.needs]:<20} {kind.title}: {kind.second}" for kind in report_kinds.KINDS
    ]


def write(wanted: Wanted, database: Path | None) -> list[Path]:
    """Write a report into these files, by `pdf`, `xlsx` and `csv`; without days, of today and its month or year.

    Raises Unavailable and Refusal with a sentence for whoever looks after the computer.
    """
    settings, _aside = Settings.load()
    text.use_language(settings.language)
    kind = report_kinds.kind_of(wanted.name)
    with _opened(database or settings.database, writes=kind.needs_reason) as session:
        at = clocks.of(session, lambda: datetime.now(UTC))()
        asked = Asked(
            period=period_of(kind, wanted, local(at).date()),
            at=at,
            organisation_id=_organisation(session, kind, wanted.organisation),
            reason=wanted.reason,
            hide_small=not wanted.is_inside,
        )
        made = report_files.all_of(session, kind.name, asked, wanted.files)
    return [_put(file, made[ending]) for ending, file in wanted.files.items()]


def period_of(kind: ReportKind, wanted: Wanted, today: date) -> Period:
    """The days that were said, or those the report is usually about. Refuses `bad_period`."""
    if sum(map(bool, (wanted.on, wanted.first or wanted.last, wanted.period))) > 1:
        raise Refusal("bad_period", _("Say the days in one way only."))
    if wanted.period:
        return period.parse(wanted.period)
    if wanted.first or wanted.last:
        return period.from_to(wanted.first, wanted.last or today)
    return kind.period_of(wanted.on or today)


def _organisation(session: Session, kind: ReportKind, name: str) -> UUID | None:
    if not name:
        return None
    if not kind.takes_organisation:
        raise Refusal("no_organisation", _("This report is not about one organisation."))
    found = members.named(session, name)
    if len(found) != 1:
        words = _("There is no organisation of this name.") if not found else _("Several have this name.")
        raise Refusal("no_organisation", words)
    return found[0].id


@contextmanager
def _opened(path: Path, *, writes: bool) -> Iterator[Session]:
    if not path.is_file():
        raise Unavailable(_("There is no database at {}.").format(path))
    opened = Database(path)
    try:
        ours = opened.begin(desk=f"{getpass.getuser()} (civicdesk report)") if writes else opened.read()
        with ours as session:
            _check_version(session)
            yield session
    finally:
        opened.close()


def _put(file: Path, raw: bytes) -> Path:
    if file != TO_THE_SCREEN:
        return report_files.save(file, raw)
    sys.stdout.buffer.write(raw)
    sys.stdout.buffer.flush()
    return file


def _check_version(session: Session) -> None:
    """A file of another version is brought up to date by opening the desk, never by a report."""
    is_ours = inspect(session.connection()).has_table("alembic_version")
    if not is_ours or session.scalar(sql("SELECT version_num FROM alembic_version")) != HEAD:
        raise Unavailable(
            _("This database is of another version. Open the desk with it once, then try again.")
        )
