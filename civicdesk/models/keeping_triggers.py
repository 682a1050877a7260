"""How facts are kept when their days are over: a name, a signature or a picture in them may be emptied, no more.

The row stays, with its times and numbers, so that counts stay true. Emptying is the one change that the facts of
post and messages bear; whatever else is written into them is refused as before.
A migration runs these; a later change of a trigger is a migration of its own.
"""

from __future__ import annotations

from collections.abc import Iterator

FACTS = ("mail_photo",)

EMPTIED = {
    "mail_move": ("person", "capacity", "authority", "reason", "details"),
    "hand_over": ("collector", "capacity", "authority", "override"),
    "signature": ("strokes",),
    "notice_taking": ("person", "capacity", "authority", "reason"),
    "message_move": ("person",),
    "mail_photo": ("sha256",),
}
"""By table: the columns that tell of a person, and may be emptied."""

STAYS = {
    "mail_move": ("id", "item_id", "what", "at", "by_id", "hand_over_id"),
    "hand_over": (
        "id",
        "organisation_id",
        "person_id",
        "override_by_id",
        "signature_id",
        "items",
        "at",
        "by_id",
    ),
    "signature": ("id", "width", "height", "at"),
    "notice_taking": ("id", "item_id", "is_taken", "is_authority_on_file", "at", "by_id"),
    "message_move": ("id", "message_id", "what", "at", "by_id"),
    "mail_photo": ("id", "item_id", "size", "at", "by_id"),
}
"""By table: the columns that never change."""


def keep_but_empty() -> Iterator[str]:
    """In place of the triggers that refuse every change of these facts: ones that let them be emptied."""
    for table, emptied in EMPTIED.items():
        yield f"DROP TRIGGER IF EXISTS {table}_is_never_changed"
        yield f"""
CREATE TRIGGER {table}_is_never_changed BEFORE UPDATE ON {table}
WHEN {_differs(STAYS[table])} OR NOT ({_differs(emptied)})
  OR NOT ({" AND ".join(f"(NEW.{name} IS OLD.{name} OR length(NEW.{name}) = 0)" for name in emptied)})
BEGIN SELECT RAISE(ABORT, 'a fact is never rewritten'); END
"""


def _differs(columns: tuple[str, ...]) -> str:
    return " OR ".join(f"NEW.{name} IS NOT OLD.{name}" for name in columns)
