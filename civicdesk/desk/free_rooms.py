"""Finding a room: the time first, then people, layout, equipment and access; and what is near when nothing fits."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import free_time, gear, near_wishes
from civicdesk.desk.booking_rules import Times
from civicdesk.desk.claims import Held
from civicdesk.desk.free_time import Run, Window
from civicdesk.desk.gear import Gear
from civicdesk.desk.hours import Day
from civicdesk.desk.near_wishes import Near, Place
from civicdesk.models import Booking, Layout, Organisation, Room
from civicdesk.text import _, clock, local, ngettext, number

_ROOMS = select(Room).order_by(Room.position, Room.name)
_LAYOUTS = select(Layout.room_id, Layout.kind, Layout.capacity).where(Layout.deleted_at.is_(None))
_WHO = (
    select(Booking.id, Organisation.name, Booking.title)
    .outerjoin(Organisation, Organisation.id == Booking.organisation_id)
    .where(Booking.id.in_(bindparam("ids", expanding=True)))
)
_MINUTE = timedelta(minutes=1)


class Fit(StrEnum):
    """How a room suits a wish, best first."""

    FREE = "free"
    PARTLY = "partly"
    TAKEN = "taken"
    CLOSED = "closed"
    UNFIT = "unfit"


@dataclass(frozen=True, kw_only=True)
class Sought:
    """When a room is wanted (once, or at one time of day on many days), for how many, set up how and with what.

    `equipment` counts by name. `room_id` is the room somebody would like best.
    """

    times: Sequence[Times]
    people: int = 1
    layout: str = ""
    equipment: Mapping[str, int] = field(default_factory=dict)
    is_step_free: bool = False
    room_id: UUID | None = None


@dataclass(frozen=True)
class Taken:
    """Who has a room on one of the days, and from when until when, setting up and clearing included."""

    begins_at: datetime
    ends_at: datetime
    who: str


@dataclass(frozen=True)
class RoomOffer:
    """One room: whether it is free on every open day, on how many of them, or in words why it does not suit."""

    room: Room
    fit: Fit
    words: str
    why: str
    capacity: int
    equipped: tuple[str, ...]
    free: int
    of: int
    taken: Mapping[date, Taken] = field(default_factory=dict)
    equipment: Mapping[UUID, int] = field(default_factory=dict)

    @property
    def is_bookable(self) -> bool:
        """Whether at least one day could be booked."""
        return self.fit in (Fit.FREE, Fit.PARTLY)


@dataclass(frozen=True)
class Found:
    """All rooms, those that suit best first; the days on which the centre is closed; and what is near the wish."""

    rooms: Sequence[RoomOffer]
    closed: Mapping[date, Day]
    near: Sequence[Near]
    gears: Sequence[Gear]

    def of(self, room_id: UUID | None) -> RoomOffer | None:
        """What is said of one room."""
        return next((offer for offer in self.rooms if offer.room.id == room_id), None)


def look(session: Session, sought: Sought, *, at: datetime, besides: Collection[UUID] = ()) -> Found:
    """Every room with how it suits; `besides` are bookings that are not in the way. Refuses impossible times."""
    windows = free_time.windows(session, sought.times)
    judged = _judged(session, sought, windows, besides)
    gears = gear.known(session)
    wanted = [each for each in gears if each.name in sought.equipment]
    given_out = gear.given_out(session, wanted, [_held(window) for window in windows], besides)
    who = _names(session, judged)
    offers = [
        each.offer(who, gear.allot(wanted, sought.equipment, each.room.id, given_out), gears)
        for each in judged
    ]
    offers.sort(key=_rank)
    near = near_wishes.near(windows, _places(offers, judged), wanted=sought.room_id, at=at)
    closed = {window.day.on: window.day for window in windows if window.is_closed}
    return Found(offers, closed, near, gears)


class _Judged:
    """One room while it is looked at."""

    def __init__(
        self,
        room: Room,
        sought: Sought,
        layouts: Mapping[str, int],
        windows: Sequence[Window],
        runs: Sequence[Sequence[Run]],
    ) -> None:
        self.room, self.sought, self.layouts = room, sought, layouts
        self.windows, self.runs = windows, runs
        self.masks = [window.mask(held) for window, held in zip(windows, runs, strict=True)]
        self.blocks = dict(self._blocks())

    def _blocks(self) -> list[tuple[date, list[Run]]]:
        found = []
        for window, mask, held in zip(self.windows, self.masks, self.runs, strict=True):
            if mask & window.held() and not window.is_closed:
                first, last = window.base + free_time.REACH, window.end - free_time.REACH
                block = [run for run in held if run.begins < last and run.ends > first]
                found.append((window.day.on, sorted(block, key=lambda run: run.begins)))
        return found

    def offer(self, who: Mapping[str, str], allotted: gear.Allotted, gears: Sequence[Gear]) -> RoomOffer:
        days = [window for window in self.windows if not window.is_closed]
        taken = {on: _taken(block, who) for on, block in self.blocks.items()}
        unfit = self._unfit() or allotted.why
        fit = Fit.UNFIT if unfit else _fit(len(days), len(taken))
        words, why = (unfit, "") if unfit else self._words(fit, days, taken)
        return RoomOffer(
            room=self.room,
            fit=fit,
            words=words,
            why=why,
            capacity=self.layouts.get(self.sought.layout, self.room.capacity),
            equipped=gear.names_in(gears, self.room.id),
            free=len(days) - len(taken),
            of=len(days),
            taken=taken,
            equipment=allotted.pieces,
        )

    def _unfit(self) -> str:
        layout = self.sought.layout
        if layout and layout not in self.layouts:
            return _("not set up like this")
        capacity = self.layouts[layout] if layout else self.room.capacity
        if self.sought.people > capacity:
            words = ngettext("holds {count} person", "holds {count} people", capacity)
            return words.format(count=number(capacity))
        if self.sought.is_step_free and not self.room.is_accessible:
            return _("not step-free")
        return ""

    def _words(self, fit: Fit, days: Sequence[Window], taken: Mapping[date, Taken]) -> tuple[str, str]:
        if fit is Fit.CLOSED:
            return _("closed"), next((window.day.reason for window in self.windows), "")
        if len(days) == 1 and taken:
            return _once(days[0], self.masks[self.windows.index(days[0])], *taken.values())
        if len(days) == 1:
            return _("free"), ""
        words = _("free on {free} of {of} days").format(free=len(days) - len(taken), of=len(days))
        return words, next((each.who for each in taken.values()), "")


def _once(window: Window, mask: int, taken: Taken) -> tuple[str, str]:
    """What is in the way of one day: from when, until when, or all the time."""
    why = f"{clock(taken.begins_at)}–{clock(taken.ends_at)} · {taken.who}"
    held, times = window.held(), window.times
    busy = mask & held
    lowest, highest = busy & -busy, 1 << (busy.bit_length() - 1)
    if lowest > held & -held:
        return _("taken after {}").format(clock(max(taken.begins_at, times.starts_at))), why
    if highest < 1 << (held.bit_length() - 1):
        return _("taken until {}").format(clock(taken.ends_at)), why
    return _("taken"), why


def _taken(block: Sequence[Run], who: Mapping[str, str]) -> Taken:
    return Taken(local(block[0].begins_at), local(block[0].ends_at), who.get(block[0].booking, ""))


def _fit(days: int, taken: int) -> Fit:
    if not days:
        return Fit.CLOSED
    if not taken:
        return Fit.FREE
    return Fit.PARTLY if taken < days else Fit.TAKEN


def _held(window: Window) -> Held:
    times = window.times
    return Held(
        UUID(int=0),
        times.starts_at - times.setup_minutes * _MINUTE,
        times.ends_at + times.clear_minutes * _MINUTE,
    )


def _judged(
    session: Session, sought: Sought, windows: Sequence[Window], besides: Collection[UUID]
) -> list[_Judged]:
    every = session.scalars(_ROOMS).all()
    runs = free_time.read(session, windows, [room.id for room in every], besides)
    parts, seats = _parts(every), _seats(session)
    return [
        _Judged(room, sought, seats.get(room.id, {}), windows, [_of(room, parts, here) for here in runs])
        for room in every
        if room.deleted_at is None
    ]


def _parts(rooms: Sequence[Room]) -> dict[UUID, list[UUID]]:
    parts: dict[UUID, list[UUID]] = {}
    for room in rooms:
        if room.part_of_id is not None:
            parts.setdefault(room.part_of_id, []).append(room.id)
    return parts


def _of(room: Room, parts: Mapping[UUID, Sequence[UUID]], runs: Mapping[UUID, Sequence[Run]]) -> list[Run]:
    """Whatever holds a room or, when it is divided, one of its parts."""
    return [run for id_ in (room.id, *parts.get(room.id, ())) for run in runs.get(id_, ())]


def _seats(session: Session) -> dict[UUID, dict[str, int]]:
    found: dict[UUID, dict[str, int]] = {}
    for room_id, kind, capacity in session.execute(_LAYOUTS):
        found.setdefault(room_id, {})[kind] = capacity
    return found


def _names(session: Session, judged: Sequence[_Judged]) -> dict[str, str]:
    """Who has what is in the way; asked for all rooms at once."""
    ids = {block[0].booking for each in judged for block in each.blocks.values()}
    if not ids:
        return {}
    found = session.execute(_WHO, {"ids": [UUID(id_) for id_ in ids]})
    return {id_.hex: name or title for id_, name, title in found}


def _rank(offer: RoomOffer) -> tuple[int, int, int, int]:
    """What suits, then what nearly does; the smallest room that is big enough first."""
    return list(Fit).index(offer.fit), -offer.free, offer.room.capacity, offer.room.position


def _places(offers: Sequence[RoomOffer], judged: Sequence[_Judged]) -> list[Place]:
    masks = {each.room.id: each.masks for each in judged}
    return [
        Place(offer.room, masks[offer.room.id], set(offer.taken))
        for offer in offers
        if offer.fit != Fit.UNFIT
    ]
