"""Which triggers give way while rows of other desks are written down, since those were judged where they were made.

A trigger that refuses would stop the sync for good, and one that writes shared rows would make a change nobody made.
What they keep in the tables of this desk is worked out anew after each page (`sync/derived.py`).
A migration runs this; a later migration that makes one of these triggers anew makes it give way, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

NAMES = (
    "visit_begins",
    "visit_changes",
    "booking_never_overlaps",
    "booking_never_moves_over",
    "booking_claims",
    "booking_claims_anew",
    "booking_lets_go",
    "equipment_never_runs_out",
    "room_divided",
    "room_divided_anew",
    "mail_stays_as_received",
    "mail_leaves_once",
    "mail_hand_over_corrected",
    "seat_taken",
    "seat_taken_anew",
    "seat_left_with_the_visit",
    "seat_back_with_the_visit",
)
_FACTS = ("_is_never_changed", "_is_never_deleted")

# without a row nothing gives way
GUARD = "NOT EXISTS (SELECT 1 FROM sync_clock WHERE applying)"


def gives_way(name: str) -> bool:
    """Whether the trigger of this name does nothing while rows of other desks are written down."""
    return name in NAMES or name.endswith(_FACTS)


def made_to_give_way(triggers: Iterable[tuple[str, str]]) -> Iterator[str]:
    """What to execute so that these triggers (name and text) give way."""
    for name, statement in triggers:
        if gives_way(name) and GUARD not in statement:
            yield f"DROP TRIGGER {name}"
            yield _guarded(statement)


def _guarded(statement: str) -> str:
    head, body = statement.split("BEGIN", 1)
    event, _when, condition = head.partition(" WHEN ") if " WHEN " in head else head.partition("\nWHEN ")
    return f"{event.rstrip()} WHEN {GUARD}{f' AND ({condition.strip()})' if condition else ''}\nBEGIN{body}"
