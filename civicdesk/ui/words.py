"""The words for what the tables keep as keys."""

from __future__ import annotations

from collections.abc import Callable

from civicdesk.desk.decisions import Result
from civicdesk.desk.retention import is_forgotten
from civicdesk.desk.seat_scans import Seated
from civicdesk.desk.visits import needs_of
from civicdesk.desk.words import need_words, reason_words
from civicdesk.models import How, Role, Visitor
from civicdesk.text import _

__all__ = [
    "how_words",
    "needs_words",
    "person_spoken",
    "reason_words",
    "result_tone",
    "result_words",
    "role_words",
]


def person_spoken(visitor: Visitor) -> str:
    """A visitor for a screen reader, which passes over the dash of a name that was deleted."""
    return _("Name deleted") if is_forgotten(visitor) else visitor.name


def needs_words(needs: str) -> str:
    """All that somebody needs, in one line."""
    return " · ".join(need_words(need) for need in needs_of(needs))


def role_words(role: str) -> str:
    """What somebody does here."""
    return _said(
        {
            Role.RECEPTION: lambda: _("Reception"),
            Role.SECRETARIAT: lambda: _("Secretariat"),
            Role.MANAGER: lambda: _("Manager"),
            Role.ADMIN: lambda: _("Administrator"),
        },
        role,
    )


def how_words(how: str | None) -> str:
    """How the desk came to know that somebody left."""
    return _said(
        {
            How.TAP: lambda: _("by hand"),
            How.SCAN: lambda: _("scanned"),
            How.ALL: lambda: _("taken as left"),
            How.PRESUMED: lambda: _("taken as left"),
            How.UNDO: lambda: _("taken back"),
        },
        how or "",
    )


def result_words(result: str) -> str:
    """The answer to a scan in one or two words."""
    return _said(
        {
            Result.ADMITTED: lambda: _("Admitted"),
            Result.WELCOME_BACK: lambda: _("Welcome back"),
            Result.REPEAT: lambda: _("Read twice"),
            Result.ALREADY_INSIDE: lambda: _("Already inside"),
            Result.CHECKED_OUT: lambda: _("Checked out"),
            Result.NOT_INSIDE: lambda: _("Not inside"),
            Result.TOO_EARLY: lambda: _("Too early"),
            Result.TOO_LATE: lambda: _("Too late"),
            Result.CANCELLED: lambda: _("Cancelled"),
            Result.USED_UP: lambda: _("Used up"),
            Result.SUPERSEDED: lambda: _("Old badge"),
            Result.REFUSED: lambda: _("Not admitted"),
            Result.CAPACITY_FULL: lambda: _("Building full"),
            Result.CLOSED: lambda: _("Closed"),
            Result.UNKNOWN: lambda: _("Unknown"),
            Result.UNKNOWN_STALE: lambda: _("Unknown"),
            Result.DAMAGED: lambda: _("Damaged code"),
            Result.FOREIGN: lambda: _("Not our code"),
            Result.CLOCK_SUSPECT: lambda: _("Check the clock"),
            Seated.SEATED: lambda: _("Seated"),
            Seated.GOT_UP: lambda: _("Got up"),
            Seated.SEAT_REPEAT: lambda: _("Read twice"),
            Seated.AREA_FULL: lambda: _("No seat free"),
            Seated.NO_SEAT: lambda: _("Not seated"),
        },
        result,
    )


def result_tone(result: Result) -> str:
    """Green, amber or red."""
    if result.is_good:
        return "ok"
    amber = (Result.ALREADY_INSIDE, Result.NOT_INSIDE, Result.TOO_EARLY, Result.TOO_LATE, Result.SUPERSEDED)
    return "warn" if result in amber or result.can_be_overridden else "bad"


def kept_tone(result: str) -> str:
    """The tone of an answer as it stands in the list of scans; one of a newer desk is shown in red."""
    if result in set(Seated):
        return "ok" if Seated(result).is_good else "warn"
    return result_tone(Result(result)) if result in set(Result) else "bad"


def _said(words: dict[str, Callable[[], str]], key: str) -> str:
    return words[key]() if key in words else key
