"""The calendar of a room, of an organisation or of the whole centre, for other programs (iCalendar, RFC 5545).

Every occurrence is an event of its own. An occurrence here has its own room and its own state, and programs differ on
rules with exceptions: some drop a called-off or moved exception, some lose its place, and of a series that is in two
rooms each room's calendar would hold half a rule. Plain events are read alike by all, and taken in again each finds
its own by its name.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import centre
from civicdesk.desk.booking_words import kind_words
from civicdesk.desk.bookings_in import booking_uid
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingPartner, BookingState, Organisation, Room
from civicdesk.text import ZONE, _, local

if TYPE_CHECKING:
    from icalendar import Calendar, Event, Timezone

BACK = timedelta(days=366)
"""How much of the past goes along."""

_STATUS = {
    BookingState.TENTATIVE: "TENTATIVE",
    BookingState.CONFIRMED: "CONFIRMED",
    BookingState.NO_SHOW: "CONFIRMED",
}
_BEGAN = datetime(2016, 9, 7)
_EAST = timedelta(hours=3)


@dataclass(frozen=True)
class Exported:
    """A calendar as a file: what it is called, what is in it, and how many bookings it holds."""

    name: str
    raw: bytes
    count: int


def export(
    session: Session, *, at: datetime, room_id: UUID | None = None, organisation_id: UUID | None = None
) -> Exported:
    """The bookings of a room, of an organisation, or of all rooms: the last year's and all that come.

    Called-off ones stay in it as called off, so that a program that had them before takes them away. No phone
    number and no contact goes along. Refuses `no_room` and `no_organisation`.
    """
    name = calendar_name(session, room_id, organisation_id)
    rows = _rows(session, at, _wanted(session, room_id, organisation_id))
    whole = _calendar(name)
    whole.add_component(_zone())
    for booking in rows:
        whole.add_component(_event(booking, at, organisation_id))
    return Exported(name, whole.to_ical(), len(rows))


def calendar_name(session: Session, room_id: UUID | None, organisation_id: UUID | None) -> str:
    """What the calendar is called: the room, the organisation, or the centre. Refuses as `export` does."""
    if room_id is not None:
        room = session.get(Room, room_id)
        if room is None:
            raise Refusal("no_room", _("This room is not on this desk."))
        return room.name
    if organisation_id is not None:
        organisation = session.get(Organisation, organisation_id)
        if organisation is None:
            raise Refusal("no_organisation", _("This organisation is not on this desk."))
        return organisation.name
    return centre.the_centre(session).name


def _wanted(
    session: Session, room_id: UUID | None, organisation_id: UUID | None
) -> Sequence[ColumnElement[bool]]:
    """What makes a booking part of the calendar: its room or a part of it, or who holds the event or joins in."""
    if room_id is not None:
        parts = select(Room.id).where(Room.part_of_id == room_id)
        return [or_(Booking.room_id == room_id, Booking.room_id.in_(parts))]
    if organisation_id is not None:
        joined = select(BookingPartner.booking_id).where(
            BookingPartner.organisation_id == organisation_id, BookingPartner.deleted_at.is_(None)
        )
        return [or_(Booking.organisation_id == organisation_id, Booking.id.in_(joined))]
    return []


def _rows(session: Session, at: datetime, wanted: Sequence[ColumnElement[bool]]) -> Sequence[Booking]:
    return session.scalars(
        select(Booking)
        .where(Booking.ends_at > at - BACK, Booking.deleted_at.is_(None), *wanted)
        .options(joinedload(Booking.room), joinedload(Booking.organisation))
        .order_by(Booking.starts_at, Booking.id)
    ).all()


def _calendar(name: str) -> Calendar:
    from icalendar import Calendar  # noqa: PLC0415  slow to import, and calendars are written seldom

    whole = Calendar()
    whole.add("prodid", "-//CivicDesk//CivicDesk//TR")
    whole.add("version", "2.0")
    whole.add("calscale", "GREGORIAN")
    whole.add("method", "PUBLISH")
    whole.add("x-wr-calname", name)
    whole.add("x-wr-timezone", ZONE.key)
    return whole


def _zone() -> Timezone:
    """Istanbul since 2016; what was before is in no calendar of ours."""
    from icalendar import Timezone, TimezoneStandard  # noqa: PLC0415

    zone, standard = Timezone(), TimezoneStandard()
    zone.add("tzid", ZONE.key)
    standard.add("dtstart", _BEGAN)
    standard.add("tzoffsetfrom", _EAST)
    standard.add("tzoffsetto", _EAST)
    standard.add("tzname", "+03")
    zone.add_component(standard)
    return zone


def _event(booking: Booking, at: datetime, for_id: UUID | None) -> Event:
    from icalendar import Event  # noqa: PLC0415

    event, who = Event(), _who(booking, for_id)
    event.add("uid", booking_uid(booking.id))
    event.add("dtstamp", at)
    event.add("dtstart", local(booking.starts_at))
    event.add("dtend", local(booking.ends_at))
    event.add("summary", booking.title or who or kind_words(booking.kind))
    event.add("location", booking.room.name if booking.room else "")
    event.add("description", "\n".join(_said(booking, who)))
    event.add("status", _STATUS.get(BookingState(booking.state), "CANCELLED"))
    event.add("transp", "OPAQUE" if booking.state in _STATUS else "TRANSPARENT")
    event.add("categories", [kind_words(booking.kind)])
    event.add("x-civicdesk-people", str(booking.people))
    event.add("x-civicdesk-kind", booking.kind)
    if who:
        event.add("x-civicdesk-organisation", who)
    return event


def _who(booking: Booking, for_id: UUID | None) -> str:
    """Whose event it is; who asked not to be named is named in its own calendar alone."""
    organisation = booking.organisation
    if organisation is None or (organisation.is_discreet and organisation.id != for_id):
        return ""
    return organisation.name


def _said(booking: Booking, who: str) -> Iterator[str]:
    if who:
        yield who
    yield _("{kind}, {count} people").format(kind=kind_words(booking.kind), count=booking.people)
    if booking.why and booking.state not in _STATUS:
        yield booking.why
