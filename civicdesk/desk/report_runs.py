"""The sheet that makes itself after closing: which days are still to be done, by what is written down as done.

No timer is asked: a desk that was off, or a folder that was full, makes up for the days it missed.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from sqlalchemy.orm import Session

from civicdesk.desk import centre, hours, print_jobs
from civicdesk.models import Mark, PaperKind
from civicdesk.text import local

AFTER_CLOSING = timedelta(minutes=5)
"""By then everybody still inside has been taken as left."""

_MOST_DAYS = 14
_DAY = timedelta(days=1)


class Way(StrEnum):
    """Where the sheet goes by itself."""

    PRINTED = "sheet_printed"
    KEPT = "sheet_kept"
    EMAILED = "sheet_emailed"


@dataclass(frozen=True)
class Last:
    """The latest day that is done, and when it was."""

    on: date
    at: datetime


def begin(session: Session, way: Way, *, at: datetime) -> None:
    """From today on; the days before are not made up for."""
    centre.set_mark(session, way, (local(at).date() - _DAY).isoformat(), at)


def is_begun(session: Session, way: Way) -> bool:
    """Whether a day is written down from which to go on."""
    return session.get(Mark, way) is not None


def last(session: Session, way: Way) -> Last | None:
    """The latest day that is done."""
    found = session.get(Mark, way)
    return Last(date.fromisoformat(found.value), found.at) if found else None


def due(session: Session, way: Way, *, at: datetime) -> list[date]:
    """The days that are over and not done, the earliest first; a day on which nobody could come has no sheet.

    At most the last fourteen days are made up for.
    """
    done, today = last(session, way), local(at).date()
    if done is None:
        return []
    first = max(done.on + _DAY, today - _MOST_DAYS * _DAY)
    wanted = [first + n * _DAY for n in range(max((today - first).days + 1, 0))]
    known = hours.days(session, wanted)
    return [on for on in wanted if _is_over(known[on], at)]


def note_done(session: Session, way: Way, on: date, *, at: datetime) -> None:
    """A day is done; what was done before it stays so."""
    before = last(session, way)
    if before is None or before.on < on:
        centre.set_mark(session, way, on.isoformat(), at)


def ask_to_print(session: Session, *, at: datetime) -> list[date]:
    """Put the sheets that are due into the print queue, each once, and write that down with them."""
    days = due(session, Way.PRINTED, at=at)
    for on in days:
        print_jobs.ask(session, PaperKind.OCCUPANCY, f"{on}:by itself", at=at, label=on.isoformat())
        note_done(session, Way.PRINTED, on, at=at)
    return days


def _is_over(day: hours.Day, at: datetime) -> bool:
    return day.closes_at is not None and day.closes_at + AFTER_CLOSING <= at
