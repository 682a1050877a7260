"""What SQLite says of the disk, the file or a rule of the desk, in words a clerk can act on."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DatabaseError, IntegrityError

from civicdesk.errors import Refusal, Unavailable
from civicdesk.text import _


@contextmanager
def in_the_clerks_words() -> Iterator[None]:
    """Turn what SQLite says of the disk, the file or a rule into what a clerk can act on."""
    try:
        yield
    except IntegrityError as error:
        raise _refusal(str(error.orig)) from error
    except (DatabaseError, sqlite3.DatabaseError) as error:
        sentence = _sentence(str(getattr(error, "orig", error)))
        if sentence is None:
            raise
        raise Unavailable(sentence) from error


def _refusal(said: str) -> Refusal:
    sentences: dict[str, tuple[str, Callable[[], str]]] = {
        "presence.visitor_id": ("already_inside", lambda: _("This visitor is already inside.")),
        "done_action.key": ("already_done", lambda: _("This was already done.")),
        "claim.slot": ("room_taken", _room_taken),
        "room_taken": ("room_taken", _room_taken),
        "equipment_taken": (
            "equipment_taken",
            lambda: _("There is not that much of this equipment left then. Take less, or another time."),
        ),
        "booking_ends_after_it_begins": (
            "ends_first",
            lambda: _("The end must be later than the beginning."),
        ),
        "room_has_bookings": (
            "room_has_bookings",
            lambda: _("The whole room still has bookings. Move or cancel them, then divide it."),
        ),
        "handed_over.item_id": (
            "already_handed_over",
            lambda: _("This item was already handed over. Its history says to whom."),
        ),
        "mail_stays_as_received": (
            "stays_as_received",
            lambda: _("The number of an item and when it came are not changed any more."),
        ),
        "seats_full": ("seats_full", lambda: _("All seats of this work area are taken.")),
        "seat_taken": ("seat_taken", lambda: _("Somebody sits on this seat. Choose another one.")),
        "part_of_a_part": ("part_of_a_part", lambda: _("A part of a room cannot be divided again.")),
    }
    found = next((words for mark, words in sentences.items() if mark in said), None)
    if found is None:
        return Refusal("rule", _("The database refused this: {}").format(said))
    reason, sentence = found
    return Refusal(reason, sentence())


def _room_taken() -> str:
    return _("Somebody else has this room then. Choose another time or room.")


def _sentence(said: str) -> str | None:
    sentences: dict[str, Callable[[], str]] = {
        "locked": lambda: _("The database is busy with another program. Wait a moment and try again."),
        "full": lambda: _("The disk is full. Free some space; what was shown as done is kept."),
        "readonly": lambda: _("The database file is read-only. Ask for the right to write to it."),
        "unable to open": cannot_open,
        "disk I/O": lambda: _("The disk did not answer. Check the disk, then start CivicDesk again."),
        "malformed": damaged,
        "not a database": damaged,
    }
    return next((say() for mark, say in sentences.items() if mark in said), None)


def cannot_open() -> str:
    """For a file that is not to be got at."""
    return _("The database file cannot be opened. Check the disk and the folder.")


def damaged() -> str:
    """For a file that must not be written to any more."""
    return _("The database file is damaged. Restore the latest backup; do not write to this file.")
