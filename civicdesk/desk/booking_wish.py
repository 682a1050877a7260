"""What may be said of a booking when it is made or changed: who, what, how many, with whom and with what."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypedDict
from uuid import UUID

from civicdesk.desk import fields
from civicdesk.desk.booking_facts import Asked
from civicdesk.desk.booking_rules import Times
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingEquipment, BookingKind, BookingPartner, BookingState
from civicdesk.text import _, local

TITLE_LENGTH = 200
MOST_PARTNERS = 20
MOST_PIECES = 1_000
GOALS = range(1, 18)
"""The seventeen goals of sustainable development."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    """A room somebody wants, over a half-open time. `equipment` counts pieces by the equipment's id."""

    room_id: UUID
    starts_at: datetime
    ends_at: datetime
    title: str = ""
    kind: str = BookingKind.MEETING
    organisation_id: UUID | None = None
    people: int = 1
    layout: str = ""
    setup_minutes: int = 0
    clear_minutes: int = 0
    contact_name: str = ""
    contact_phone: str = ""
    note: str = ""
    sdg: tuple[int, ...] = ()
    themes: tuple[str, ...] = ()
    partners: tuple[UUID, ...] = ()
    equipment: Mapping[UUID, int] = field(default_factory=dict)
    is_tentative: bool = False

    @property
    def asked(self) -> Asked:
        """The wish as the rules see it."""
        return Asked(
            room_id=self.room_id,
            times=Times(
                starts_at=self.starts_at,
                ends_at=self.ends_at,
                setup_minutes=self.setup_minutes,
                clear_minutes=self.clear_minutes,
            ),
            people=self.people,
            organisation_id=self.organisation_id,
            layout=self.layout,
            equipment=self.equipment,
        )


class Face(TypedDict, total=False):
    """What can be changed of a booking without moving it."""

    title: str
    kind: str
    organisation_id: UUID | None
    people: int
    guests: int | None
    layout: str
    setup_minutes: int
    clear_minutes: int
    contact_name: str
    contact_phone: str
    note: str
    sdg: tuple[int, ...]
    themes: tuple[str, ...]
    partners: tuple[UUID, ...]
    equipment: Mapping[UUID, int]


def row(
    wish: Wish, *, why: str = "", series_id: UUID | None = None, series_on: date | None = None
) -> Booking:
    """The row of a wish that was judged. Refuses what `columns` refuses, and `no_title`."""
    values = columns({name: getattr(wish, name) for name in Face.__annotations__ if hasattr(wish, name)})
    if not values["title"] and wish.organisation_id is None:
        raise Refusal("no_title", _("Write what the room is wanted for, or choose the organisation."))
    return Booking(
        **values,
        room_id=wish.room_id,
        starts_at=wish.starts_at,
        ends_at=wish.ends_at,
        wall_start=wall(wish.starts_at),
        state=BookingState.TENTATIVE if wish.is_tentative else BookingState.CONFIRMED,
        series_id=series_id,
        series_on=series_on,
        why=why,
    )


def columns(face: Mapping[str, Any]) -> dict[str, Any]:
    """What was said as the table keeps it; partners and equipment have tables of their own.

    Refuses what `fields` refuses, `long_title`, `bad_goal`, `bad_guests`.
    """
    return {name: _CLEAN.get(name, _as_it_is)(value) for name, value in face.items() if name not in _ASIDE}


def partners(booking_id: UUID, organisation_ids: Iterable[UUID]) -> list[BookingPartner]:
    """The other organisations of a joint event, each once. Refuses `many_partners`."""
    wanted = list(dict.fromkeys(organisation_ids))
    if len(wanted) > MOST_PARTNERS:
        raise Refusal("many_partners", _("At most {} organisations join in.").format(MOST_PARTNERS))
    return [BookingPartner(booking_id=booking_id, organisation_id=id_) for id_ in wanted]


def equipment(booking_id: UUID, wanted: Mapping[UUID, int]) -> list[BookingEquipment]:
    """The pieces of equipment. Refuses `bad_count`."""
    if not all(1 <= count <= MOST_PIECES for count in wanted.values()):
        raise Refusal("bad_count", _("Take between 1 and {} of each.").format(MOST_PIECES))
    return [
        BookingEquipment(booking_id=booking_id, equipment_id=id_, count=count)
        for id_, count in wanted.items()
    ]


def wall(at: datetime) -> str:
    """The wall time that is kept beside the instant: `2026-11-24T10:30`."""
    return f"{local(at):%Y-%m-%dT%H:%M}"


def reason(text: str) -> str:
    """Why something is as it is. Refuses what `fields` refuses."""
    return fields.note(text)


def goals(booking: Booking) -> tuple[int, ...]:
    """The goals of a booking, as numbers."""
    return tuple(int(goal) for goal in booking.sdg.split(",") if goal)


def themes(booking: Booking) -> tuple[str, ...]:
    """The themes of a booking."""
    return tuple(filter(None, booking.themes.split("\n")))


def _title(text: str) -> str:
    clean = fields.note(text)
    if len(clean) > TITLE_LENGTH:
        words = _("A title has at most {} letters. Write a shorter one.")
        raise Refusal("long_title", words.format(TITLE_LENGTH))
    return clean


def _contact(text: str) -> str:
    return fields.name(text) if text.strip() else ""


def _goals(wanted: Iterable[int]) -> str:
    found = sorted(set(wanted))
    if not all(goal in GOALS for goal in found):
        raise Refusal("bad_goal", _("There are goals 1 to 17."))
    return ",".join(map(str, found))


def _themes(wanted: Iterable[str]) -> str:
    return "\n".join(dict.fromkeys(filter(None, map(_title, wanted))))


def guests_came(count: int | None) -> int | None:
    """How many came, or that nobody counted. Refuses `bad_guests`."""
    if count is not None and count < 0:
        raise Refusal("bad_guests", _("Nobody or more people came."))
    return count


def _as_it_is(value: object) -> object:
    return value


_ASIDE = ("partners", "equipment")
_CLEAN: dict[str, Any] = {
    "title": _title,
    "contact_name": _contact,
    "contact_phone": fields.phone,
    "note": fields.note,
    "sdg": _goals,
    "themes": _themes,
    "guests": guests_came,
}
