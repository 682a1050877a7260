"""Lists of people as rows: who is inside, who must come out, who is expected, who came and went."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy.orm import Session

from civicdesk.desk import centre, day_list, evacuation, occupancy, period, visitor_log, visits
from civicdesk.desk.evacuation import Unnamed
from civicdesk.desk.headcounts import Category
from civicdesk.desk.listing import Cell, Column, Form, Listing, wall
from civicdesk.desk.retention import is_forgotten
from civicdesk.desk.visits import needs_of
from civicdesk.desk.words import need_words, reason_words
from civicdesk.models import Booking, BookingState, How, Invitation, Visit
from civicdesk.text import _, ngettext, number, sort_key


def inside(session: Session, *, at: datetime) -> Listing:
    """Everyone in the building now: by name in the order of the alphabet, then who is counted without a name."""
    named = sorted(visits.inside(session), key=lambda visit: sort_key(visit.visitor.name))
    unnamed = evacuation.roll(session, at=at).unnamed
    people = occupancy.now(session).total
    return Listing(
        key="inside",
        title=_("Who is inside"),
        centre=centre.the_centre(session).name,
        at=at,
        period=None,
        columns=[
            Column(_("Name"), Form.WORDS, 30),
            Column(_("People"), width=8),
            Column(_("Card"), Form.NUMBER, 8),
            Column(_("Room"), Form.WORDS, 24),
            Column(_("Visiting"), Form.WORDS, 34),
            Column(_("Reason"), Form.WORDS, 18),
            Column(_("Since"), Form.INSTANT, 17),
        ],
        rows=[*(_inside(visit) for visit in named), *((*_heads(each), "", "", None) for each in unnamed)],
        count=_people(people),
        empty=_("Nobody is inside."),
    )


def evacuation_rows(session: Session, *, at: datetime) -> Listing:
    """Everyone who may be inside, who needs assistance first; whoever was taken as left today is on it too."""
    roll = evacuation.roll(session, at=at)
    rows = [
        *(_on_roll(visit, is_safe=visit.id in roll.safe) for visit in roll.people),
        *(_on_roll(visit, is_presumed=True) for visit in roll.presumed_left),
        *(_heads_on_roll(each) for each in roll.unnamed),
    ]
    return Listing(
        key="evacuation",
        title=_("Evacuation list"),
        centre=centre.the_centre(session).name,
        at=at,
        period=None,
        columns=[
            Column(_("Name"), Form.WORDS, 30),
            Column(_("People"), width=8),
            Column(_("Card"), Form.NUMBER, 8),
            Column(_("Room"), Form.WORDS, 24),
            Column(_("Area"), Form.WORDS, 16),
            Column(_("Needs"), Form.WORDS, 26),
            Column(_("Since"), Form.INSTANT, 17),
            Column(_("Remark"), Form.WORDS, 24),
        ],
        rows=rows,
        count=_people(roll.total),
        empty=_("Nobody is inside."),
    )


def day_list_rows(session: Session, on: date, *, at: datetime) -> Listing:
    """What a day brings: the bookings by room, and the expected by time."""
    listed = day_list.look(session, on, at=at)
    rows = [
        *(_booked(booking) for booking in listed.bookings),
        *(_expected(each, has_come=each.id in listed.came) for each in listed.expected),
    ]
    events = ngettext("{count} event", "{count} events", len(listed.bookings))
    expected = ngettext("{count} expected", "{count} expected", listed.people)
    return Listing(
        key="day_list",
        title=_("Day list"),
        centre=centre.the_centre(session).name,
        at=at,
        period=period.days(on, on),
        columns=[
            Column(_("From"), Form.INSTANT, 17),
            Column(_("Until"), Form.INSTANT, 17),
            Column(_("Room"), Form.WORDS, 24),
            Column(_("What or who"), Form.WORDS, 34),
            Column(_("Organisation"), Form.WORDS, 34),
            Column(_("People"), width=8),
            Column(_("Remark"), Form.WORDS, 20),
        ],
        rows=rows,
        count=" · ".join(
            (
                events.format(count=number(len(listed.bookings))),
                expected.format(count=number(listed.people)),
            )
        ),
        empty=_("Nothing is on, and nobody is expected."),
    )


def visitor_log_rows(session: Session, on: date, *, reason: str, at: datetime) -> Listing:
    """The log of a day; that it was opened is written down. Refuses what `visitor_log.open_log` refuses."""
    log = visitor_log.open_log(session, on, reason=reason, at=at)
    return Listing(
        key="visitor_log",
        title=_("Visitor log"),
        centre=centre.the_centre(session).name,
        at=at,
        period=period.days(on, on),
        columns=[
            Column(_("Came"), Form.INSTANT, 17),
            Column(_("Left"), Form.INSTANT, 17),
            Column(_("Name"), Form.WORDS, 30),
            Column(_("People"), width=8),
            Column(_("Visiting"), Form.WORDS, 34),
            Column(_("Room"), Form.WORDS, 24),
            Column(_("Remark"), Form.WORDS, 24),
        ],
        rows=[_logged(visit) for visit in log.visits],
        count=_people(log.people),
        empty=_("Nobody came on this day."),
        about=_("Opened because: {reason}").format(reason=log.reason),
    )


def _inside(visit: Visit) -> Sequence[Cell]:
    host = visit.host
    return (
        visit.visitor.name,
        visit.people,
        visit.number,
        visit.room.name if visit.room else "",
        host.name if host and not visit.is_discreet else "",
        reason_words(visit.reason),
        wall(visit.arrived_at),
    )


def _on_roll(visit: Visit, *, is_safe: bool = False, is_presumed: bool = False) -> Sequence[Cell]:
    remark = _("taken as left; may still be inside") if is_presumed else _("seen safe") if is_safe else ""
    room = visit.room
    return (
        visit.visitor.name,
        visit.people,
        visit.number,
        room.name if room else "",
        room.zone if room else "",
        " · ".join(map(need_words, needs_of(visit.needs))),
        wall(visit.arrived_at),
        remark,
    )


def _heads(unnamed: Unnamed) -> Sequence[Cell]:
    """People without a name, one line a room."""
    return (_("counted without a name"), unnamed.people, None, unnamed.room.name)


def _heads_on_roll(unnamed: Unnamed) -> Sequence[Cell]:
    count = max(0, min(unnamed.people, unnamed.categories.get(Category.WHEELCHAIR, 0)))
    wheelchairs = ngettext("{count} wheelchair", "{count} wheelchairs", count).format(count=number(count))
    return (*_heads(unnamed), unnamed.room.zone, wheelchairs if count else "", None, "")


def _booked(booking: Booking) -> Sequence[Cell]:
    host = booking.organisation
    return (
        wall(booking.starts_at),
        wall(booking.ends_at),
        booking.room.name if booking.room else "",
        booking.title,
        host.name if host and not host.is_discreet else "",
        booking.people,
        _("tentative") if booking.state == BookingState.TENTATIVE else "",
    )


def _expected(invitation: Invitation, *, has_come: bool) -> Sequence[Cell]:
    host = invitation.host
    return (
        wall(invitation.expected_at),
        None,
        invitation.room.name if invitation.room else "",
        invitation.visitor.name,
        host.name if host and not host.is_discreet else "",
        invitation.people,
        _("has come") if has_come else "",
    )


def _logged(visit: Visit) -> Sequence[Cell]:
    return (
        wall(visit.arrived_at),
        wall(visit.left_at),
        _("name deleted") if is_forgotten(visit.visitor) else visit.visitor.name,
        visit.people,
        visit.host.name if visit.host else "",
        visit.room.name if visit.room else "",
        _("taken as left at closing") if visit.left_how == How.PRESUMED else "",
    )


def _people(count: int) -> str:
    return ngettext("{count} person", "{count} people", count).format(count=number(count))
