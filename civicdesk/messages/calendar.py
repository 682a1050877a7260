"""The calendar entry that goes with a pass (iCalendar, RFC 5545)."""

from __future__ import annotations

from datetime import datetime, timedelta

from civicdesk.codes import grouped
from civicdesk.messages.composing import where
from civicdesk.messages.letter import Attachment
from civicdesk.models import Centre, Invitation
from civicdesk.text import _

_LENGTH = timedelta(hours=1)


def entry(centre: Centre, invitation: Invitation, *, at: datetime) -> Attachment:
    """The visit as an event of its own; sent again it is still the same event."""
    from icalendar import Calendar, Event  # noqa: PLC0415  slow to import

    whole, event = Calendar(), Event()
    whole.add("prodid", "-//CivicDesk//CivicDesk//TR")
    whole.add("version", "2.0")
    whole.add("method", "PUBLISH")
    event.add("uid", f"{invitation.id.hex}@civicdesk")
    event.add("dtstamp", at)
    event.add("dtstart", invitation.expected_at)
    event.add("dtend", min(invitation.expected_at + _LENGTH, invitation.valid_until))
    event.add("summary", _("Visit: {}").format(centre.name))
    event.add("location", ", ".join(filter(None, (centre.name, where(invitation)))))
    event.add("description", _("Code of the pass: {}").format(grouped(invitation.code)))
    whole.add_component(event)
    return Attachment("visit.ics", "text/calendar", whole.to_ical())
