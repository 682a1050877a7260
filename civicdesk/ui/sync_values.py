"""What stands in a column, in words: for two versions of one row side by side."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk import booking_words, kinds, mail_words
from civicdesk.models import Base, Booking, Equipment, Organisation, Room, Staff, Visitor
from civicdesk.sync.port import Value
from civicdesk.text import _, clock, day, local
from civicdesk.ui.booking_words import booking_state_words
from civicdesk.ui.words import how_words, needs_words, role_words

_NAMED: dict[str, type[Base]] = {
    "room_id": Room,
    "part_of_id": Room,
    "organisation_id": Organisation,
    "host_id": Organisation,
    "parent_id": Organisation,
    "merged_into_id": Organisation,
    "visitor_id": Visitor,
    "booking_id": Booking,
    "equipment_id": Equipment,
    "taken_by_id": Staff,
    "received_by_id": Staff,
    "out_by_id": Staff,
    "back_by_id": Staff,
}
_SAID: dict[tuple[str, str], Callable[[str], str]] = {
    ("booking", "kind"): booking_words.kind_words,
    ("booking", "state"): booking_state_words,
    ("booking", "layout"): booking_words.layout_words,
    ("waiting", "kind"): booking_words.kind_words,
    ("organisation", "kind"): kinds.kind_words,
    ("mail_item", "kind"): mail_words.kind_words,
    ("mail_item", "condition"): mail_words.condition_words,
    ("room", "room_class"): booking_words.class_words,
    ("visit", "needs"): needs_words,
    ("visitor", "needs"): needs_words,
    ("invitation", "needs"): needs_words,
    ("visit", "left_how"): how_words,
    ("staff", "role"): role_words,
}
_HIDDEN = ("pin_hash", "card_code", "code", "png", "wall_start", "zone")
"""Secrets, and what says the same as its neighbour."""


def is_shown(column: str) -> bool:
    """Whether a column says anything to a person."""
    return column not in _HIDDEN


def value_words(session: Session, table: str, column: str, value: Value) -> str:
    """What stands there; a dash for nothing."""
    if value is None or value == "":
        return "—"
    if isinstance(value, dict):
        return _("a picture")
    if column.startswith(("is_", "may_", "observes_")):
        return _("yes") if value else _("no")
    said = _SAID.get((table, column))
    if said is not None:
        return said(str(value))
    if column in _NAMED:
        return _name(session, _NAMED[column], str(value))
    return _time(column, str(value))


def _name(session: Session, kind: type[Base], row_id: str) -> str:
    row = session.get(kind, UUID(row_id))
    return str(getattr(row, "name", getattr(row, "title", "")) or _("not here yet"))


def _time(column: str, value: str) -> str:
    try:
        if column.endswith("_at"):
            at = datetime.fromisoformat(value)
            return f"{day(local(at).date(), 'd MMMM yyyy EEE')} {clock(at)}"
        if column.endswith("_on") or column == "on":
            return day(date.fromisoformat(value), "d MMMM yyyy EEE")
    except ValueError:
        return value
    return value


def column_words(column: str) -> str:
    """What a column is called; what has no name of its own is called “Other”."""
    return _columns().get(column) or _("Other")


def _columns() -> dict[str, str]:
    return {
        "address": _("Address"),
        "addressed_to": _("Addressed to"),
        "arrived_at": _("Came in"),
        "back_at": _("Came back"),
        "box": _("Box"),
        "caller": _("Who called"),
        "cancelled_at": _("Cancelled"),
        "capacity": _("Capacity"),
        "clear_minutes": _("Minutes to clear up"),
        "closes": _("Closes"),
        "condition": _("Condition"),
        "contact_name": _("Contact"),
        "contact_phone": _("Phone"),
        "count": _("Count"),
        "deleted_at": _("Taken away"),
        "due_at": _("Due back"),
        "email": _("E-mail"),
        "ended_at": _("Ended"),
        "ends_at": _("Until"),
        "expected_at": _("Expected"),
        "extension": _("Extension"),
        "guests": _("Guests"),
        "host_id": _("Organisation"),
        "hours": _("Hours"),
        "joined_on": _("Member since"),
        "kind": _("Kind"),
        "language": _("Language"),
        "layout": _("Layout"),
        "left_at": _("Left"),
        "left_on": _("Left"),
        "mersis": "MERSİS",
        "name": _("What it is called"),
        "needs": _("Needs"),
        "note": _("Note"),
        "notify": _("Told by e-mail"),
        "number": _("Number"),
        "on": _("Day"),
        "opens": _("Opens"),
        "organisation_id": _("Organisation"),
        "parent_id": _("Parent"),
        "people": _("People"),
        "person": _("Person"),
        "phone": _("Phone"),
        "reason": _("Reason"),
        "reference": _("Reference"),
        "registry_number": _("Register number"),
        "released_at": _("Freed"),
        "responsible_person": _("Responsible person"),
        "role": _("Role"),
        "room_class": _("Class"),
        "room_id": _("Room"),
        "rule": _("Rule"),
        "sdg": _("Goals"),
        "sender": _("Sender"),
        "setup_minutes": _("Minutes to set up"),
        "shelf": _("Shelf"),
        "short_name": _("Short name"),
        "started_at": _("Began"),
        "starts_at": _("From"),
        "state": _("State"),
        "tax_number": _("Tax number"),
        "text": _("Text"),
        "themes": _("Themes"),
        "title": _("Title"),
        "tracking": _("Tracking number"),
        "valid_from": _("Valid from"),
        "valid_until": _("Valid until"),
        "visitor_id": _("Visitor"),
        "what": _("What"),
        "why": _("Reason"),
    }
