"""Reports from the command line: the desk's file is only read, whether the desk is open or not."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime
from pathlib import Path

from sqlalchemy import inspect
from sqlalchemy import text as sql
from sqlalchemy.orm import Session

from civicdesk import text
from civicdesk.database import Database
from civicdesk.desk import clocks
from civicdesk.errors import Unavailable
from civicdesk.models.migrations import HEAD
from civicdesk.printing import report_files
from civicdesk.settings import Settings
from civicdesk.text import _, local


def write_occupancy(files: Mapping[str, Path], on: date | None, database: Path | None) -> list[Path]:
    """Write the occupancy sheet of a day into these files, by `pdf`, `xlsx` and `csv`; without a day, of today.

    Raises Unavailable and Refusal with a sentence for whoever looks after the computer.
    """
    settings, _aside = Settings.load()
    text.use_language(settings.language)
    path = database or settings.database
    if not path.is_file():
        raise Unavailable(_("There is no database at {}.").format(path))
    opened = Database(path)
    try:
        with opened.read() as session:
            _check_version(session)
            at = clocks.of(session, lambda: datetime.now(UTC))()
            day = on or local(at).date()
            made = {
                file: report_files.occupancy(session, day, ending, at=at) for ending, file in files.items()
            }
    finally:
        opened.close()
    return [report_files.save(file, raw) for file, raw in made.items()]


def _check_version(session: Session) -> None:
    """A file of another version is brought up to date by opening the desk, never by a report."""
    is_ours = inspect(session.connection()).has_table("alembic_version")
    if not is_ours or session.scalar(sql("SELECT version_num FROM alembic_version")) != HEAD:
        raise Unavailable(
            _("This database is of another version. Open the desk with it once, then try again.")
        )
