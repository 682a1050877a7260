"""Bookings as they stand: one, those of a series, and what belongs to them."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, joinedload

from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingEquipment, BookingPartner, Organisation, Series
from civicdesk.text import _

_NAMED = (
    select(Booking)
    .where(Booking.deleted_at.is_(None))
    .options(joinedload(Booking.room), joinedload(Booking.organisation))
    .execution_options(populate_existing=True)
)
_ONE = _NAMED.where(Booking.id == bindparam("booking"))
_OF_SERIES = _NAMED.where(Booking.series_id == bindparam("series")).order_by(Booking.series_on, Booking.id)
_PARTNERS = (
    select(Organisation)
    .join(BookingPartner, BookingPartner.organisation_id == Organisation.id)
    .where(BookingPartner.booking_id == bindparam("booking"), BookingPartner.deleted_at.is_(None))
    .order_by(Organisation.folded)
)
_EQUIPMENT = select(BookingEquipment.equipment_id, BookingEquipment.count).where(
    BookingEquipment.booking_id == bindparam("booking"), BookingEquipment.deleted_at.is_(None)
)


def one(session: Session, booking_id: UUID) -> Booking:
    """A booking with its room and organisation. Refuses `no_booking`."""
    session.flush()
    found = session.scalar(_ONE, {"booking": booking_id})
    if found is None:
        raise Refusal("no_booking", _("This booking is not on this desk."))
    return found


def of_series(session: Session, series_id: UUID) -> Sequence[Booking]:
    """The occurrences of a series in the order of the days the rule gave, whatever became of them."""
    session.flush()
    return session.scalars(_OF_SERIES, {"series": series_id}).all()


def series_of(session: Session, booking: Booking) -> Series:
    """The series of a booking. Refuses `no_series` if it comes only once."""
    if booking.series_id is None:
        raise Refusal("no_series", _("This booking is not repeated."))
    return session.get_one(Series, booking.series_id)


def partners_of(session: Session, booking_id: UUID) -> Sequence[Organisation]:
    """The other organisations of a joint event, in the order of the alphabet."""
    session.flush()
    return session.scalars(_PARTNERS, {"booking": booking_id}).all()


def equipment_of(session: Session, booking_id: UUID) -> dict[UUID, int]:
    """How many pieces of what a booking takes."""
    session.flush()
    found = session.execute(_EQUIPMENT, {"booking": booking_id})
    return {equipment_id: count for equipment_id, count in found}  # noqa: C416  a row is no pair to mypy
