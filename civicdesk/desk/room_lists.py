"""Lists of rooms and their bookings as rows: what is set up, whom nobody came to, who has used how much."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from civicdesk.desk import centre, period, setup_list
from civicdesk.desk import fair_use as limits
from civicdesk.desk.booking_words import class_words, kind_words, layout_words
from civicdesk.desk.kinds import kind_words as organisation_kind_words
from civicdesk.desk.listing import Cell, Column, Form, Listing, wall
from civicdesk.desk.period import Period
from civicdesk.desk.setup_list import Setting
from civicdesk.models import Booking, BookingState, Organisation
from civicdesk.text import _, day, ngettext, number, sort_key

_MINUTE = timedelta(minutes=1)


def setup_rows(session: Session, on: date, *, at: datetime) -> Listing:
    """What caretakers set up and clear in a day."""
    listed = setup_list.look(session, on, at=at)
    count = len(listed.settings)
    return Listing(
        key="setup_list",
        title=_("Set-up list"),
        centre=centre.the_centre(session).name,
        at=at,
        period=period.days(on, on),
        columns=[
            Column(_("Room"), Form.WORDS, 24),
            Column(_("Set up from"), Form.INSTANT, 17),
            Column(_("From"), Form.INSTANT, 17),
            Column(_("Until"), Form.INSTANT, 17),
            Column(_("Cleared by"), Form.INSTANT, 17),
            Column(_("What is on"), Form.WORDS, 34),
            Column(_("Layout"), Form.WORDS, 16),
            Column(_("People"), width=8),
            Column(_("Equipment"), Form.WORDS, 34),
            Column(_("Note"), Form.WORDS, 34),
        ],
        rows=[_set_up(each) for each in listed.settings],
        count=ngettext("{count} event", "{count} events", count).format(count=number(count)),
        empty=_("Nothing is to be set up."),
    )


def no_shows(
    session: Session, asked: Period, *, at: datetime, organisation_id: UUID | None = None
) -> Listing:
    """The bookings of a period nobody came to, the earliest first."""
    bookings = _nobody_came(session, asked, organisation_id)
    minutes = sum((booking.ends_at - booking.starts_at) // _MINUTE for booking in bookings)
    words = ngettext("{count} booking · {hours} h", "{count} bookings · {hours} h", len(bookings))
    return Listing(
        key="no_shows",
        title=_("Nobody came"),
        centre=centre.the_centre(session).name,
        at=at,
        period=asked,
        columns=[
            Column(_("From"), Form.INSTANT, 17),
            Column(_("Until"), Form.INSTANT, 17),
            Column(_("Room"), Form.WORDS, 24),
            Column(_("Organisation"), Form.WORDS, 34),
            Column(_("What is on"), Form.WORDS, 34),
            Column(_("Kind"), Form.WORDS, 18),
            Column(_("Expected"), width=10),
            Column(_("Minutes held"), width=12),
            Column(_("Free again from"), Form.INSTANT, 17),
        ],
        rows=[_not_come(booking) for booking in bookings],
        count=words.format(count=number(len(bookings)), hours=number(round(minutes / 60, 1))),
        empty=_("There is no booking that nobody came to."),
        about=_name(session, organisation_id),
    )


def fair_use(
    session: Session, asked: Period, *, at: datetime, organisation_id: UUID | None = None
) -> Listing:
    """Hours of rooms by month, organisation and class of rooms, beside those allowed; who is over comes first."""
    found = sorted(
        limits.uses(session, asked.begins, asked.ends, organisation_id),
        key=lambda use: (use.month, not use.is_over, -use.hours, sort_key(use.organisation), use.room_class),
    )
    over = sum(use.is_over for use in found)
    words = ngettext("{count} organisation over its hours", "{count} organisations over their hours", over)
    notes = [_("A booking nobody came to counts whole: the room was kept for it.")]
    if asked.first.day != 1 or (asked.last + timedelta(days=1)).day != 1:
        notes.append(_("Hours are allowed a month; the first or the last month is not whole here."))
    return Listing(
        key="fair_use",
        title=_("Fair use of rooms"),
        centre=centre.the_centre(session).name,
        at=at,
        period=asked,
        columns=[
            Column(_("Month"), Form.WORDS, 16),
            Column(_("Organisation"), Form.WORDS, 40),
            Column(_("Kind"), Form.WORDS, 20),
            Column(_("Rooms"), Form.WORDS, 18),
            Column(_("Hours"), width=10),
            Column(_("Allowed"), width=10),
            Column(_("Remark"), Form.WORDS, 18),
        ],
        rows=[_used(use) for use in found],
        count=words.format(count=number(over)),
        empty=_("No organisation had a room in these days."),
        about=_name(session, organisation_id),
        notes=notes,
    )


def _nobody_came(session: Session, asked: Period, organisation_id: UUID | None) -> Sequence[Booking]:
    whose = [] if organisation_id is None else [Booking.organisation_id == organisation_id]
    return session.scalars(
        select(Booking)
        .where(
            Booking.starts_at >= asked.begins,
            Booking.starts_at < asked.ends,
            Booking.state == BookingState.NO_SHOW,
            Booking.deleted_at.is_(None),
            *whose,
        )
        .options(joinedload(Booking.room), joinedload(Booking.organisation))
        .order_by(Booking.starts_at, Booking.id)
    ).all()


def _name(session: Session, organisation_id: UUID | None) -> str:
    found = session.get(Organisation, organisation_id) if organisation_id else None
    return found.name if found else ""


def _not_come(booking: Booking) -> Sequence[Cell]:
    return (
        wall(booking.starts_at),
        wall(booking.ends_at),
        booking.room.name if booking.room else "",
        booking.organisation.name if booking.organisation else "",
        booking.title,
        kind_words(booking.kind),
        booking.people,
        (booking.ends_at - booking.starts_at) // _MINUTE,
        wall(booking.released_at),
    )


def _used(use: limits.Use) -> Sequence[Cell]:
    return (
        day(use.month, "LLLL yyyy"),
        use.organisation,
        organisation_kind_words(use.kind),
        class_words(use.room_class),
        round(use.hours, 2),
        use.allowed,
        _("over its hours") if use.is_over else "" if use.allowed is not None else _("no limit"),
    )


def _set_up(setting: Setting) -> Sequence[Cell]:
    booking = setting.booking
    return (
        booking.room.name if booking.room else "",
        wall(setting.set_up_from) if booking.setup_minutes else None,
        wall(booking.starts_at),
        wall(booking.ends_at),
        wall(setting.clear_until) if booking.clear_minutes else None,
        booking.title,
        layout_words(booking.layout),
        booking.people,
        " · ".join(f"{count} × {name}" for name, count in setting.equipment),
        booking.note,
    )
