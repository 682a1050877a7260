"""What stands on the lists, taken from what the desk knows: who is inside, and what the day brings."""

from __future__ import annotations

from datetime import datetime

from civicdesk.desk.day_list import DayList
from civicdesk.desk.evacuation import Roll, Unnamed
from civicdesk.desk.headcounts import Category
from civicdesk.desk.hours import Day
from civicdesk.desk.visits import needs_of
from civicdesk.desk.words import need_words
from civicdesk.models import Booking, BookingState, Centre, Invitation, Visit
from civicdesk.printing.day_list import DayBooking, DayGuest, DaySheet
from civicdesk.printing.evacuation import EvacuationHeadCount, EvacuationPerson, EvacuationSheet
from civicdesk.text import _, clock, day, local


def evacuation_sheet(centre: Centre, roll: Roll, by: str) -> EvacuationSheet:
    """The list as it stands; whoever was taken as left today without being seen is on it too."""
    return EvacuationSheet(
        centre=centre.name,
        as_of=moment(roll.at),
        by=by,
        total=roll.total,
        people=[
            *(_person(visit) for visit in roll.people),
            *(_person(visit, presumed_left=True) for visit in roll.presumed_left),
        ],
        head_counts=[_heads(unnamed) for unnamed in roll.unnamed],
        drill=roll.muster is not None and roll.muster.is_drill,
    )


def day_sheet(centre: Centre, listed: DayList, by: str) -> DaySheet:
    """The list of a day; the name of a host whose visits are discreet goes on no paper."""
    return DaySheet(
        centre=centre.name,
        on=day(listed.day.on),
        open=opening(listed.day),
        as_of=moment(listed.at),
        by=by,
        total=listed.people,
        guests=[_guest(invitation, has_come=invitation.id in listed.came) for invitation in listed.expected],
        bookings=[_booking(booking, listed) for booking in listed.bookings],
    )


def moment(at: datetime) -> str:
    """The day and the time of a printing."""
    return f"{day(local(at).date())} {clock(at)}"


def opening(on: Day) -> str:
    """When the centre is open on a day, and why not longer."""
    spans = ", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in on.spans)
    said = _("Open {times}").format(times=spans) if spans else _("Closed")
    return " · ".join(filter(None, (said, on.reason)))


def _guest(invitation: Invitation, *, has_come: bool) -> DayGuest:
    room, host = invitation.room, invitation.host
    return DayGuest(
        at=clock(invitation.expected_at),
        name=invitation.visitor.name,
        people=invitation.people,
        room=room.name if room else "",
        host=host.name if host and not host.is_discreet else "",
        needs=tuple(map(need_words, needs_of(invitation.needs))),
        has_come=has_come,
    )


def _booking(booking: Booking, listed: DayList) -> DayBooking:
    """What began on the day before is on from 00:00, what goes on after the day until 24:00."""
    begins = clock(max(booking.starts_at, listed.start))
    ends = "24:00" if booking.ends_at >= listed.end else clock(booking.ends_at)
    organisation = booking.organisation
    return DayBooking(
        room=booking.room.name if booking.room else "",
        time=f"{begins}–{ends}",
        title=booking.title,
        organisation=organisation.name if organisation and not organisation.is_discreet else "",
        people=booking.people,
        tentative=booking.state == BookingState.TENTATIVE,
    )


def _person(visit: Visit, *, presumed_left: bool = False) -> EvacuationPerson:
    room, host = visit.room, visit.host
    return EvacuationPerson(
        name=visit.visitor.name,
        badge_number=visit.number,
        zone=room.zone if room else "",
        room=room.name if room else "",
        host=host.name if host and not visit.is_discreet else "",
        since=clock(visit.arrived_at),
        needs=tuple(map(need_words, needs_of(visit.needs))),
        people=visit.people,
        presumed_left=presumed_left,
    )


def _heads(unnamed: Unnamed) -> EvacuationHeadCount:
    def among(category: Category) -> int:
        return max(0, min(unnamed.people, unnamed.categories.get(category, 0)))

    return EvacuationHeadCount(
        room=unnamed.room.name,
        zone=unnamed.room.zone,
        count=unnamed.people,
        children=among(Category.CHILD),
        wheelchair=among(Category.WHEELCHAIR),
    )
