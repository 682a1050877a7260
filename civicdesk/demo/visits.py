"""The visits of one day: an event's guests, and those who just walk in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from civicdesk import codes
from civicdesk.demo.chance import Dice, Lot
from civicdesk.demo.clock import Day, stamp
from civicdesk.demo.events import Event
from civicdesk.demo.organisations import Organisation
from civicdesk.demo.people import People
from civicdesk.demo.rooms import Room
from civicdesk.demo.writer import Writer
from civicdesk.models import How, Reason

WALK_INS = 25
"""A usual day's."""

_NEVER_CHECK_OUT = 0.06
_PUNCTUAL = 0.8
_BY_SCAN = 0.85
_VISIT = (
    "visit (id, visitor_id, number, arrived_at, people, host_id, room_id, booking_id, invitation_id, reason, needs, "
    "note, is_discreet, notice_version, left_at, left_how)"
)
_PASSAGE = "passage (id, visit_id, direction, at, how, by_id)"
_BADGE = "badge (id, visit_id, code, copy, made_at)"
_HEADS = "head_count (id, room_id, booking_id, category, change, at, by_id)"
_REASONS = Lot(
    [
        (Reason.MEETING, 40),
        (Reason.WORK_AREA, 25),
        (Reason.POST, 15),
        (Reason.INFORMATION, 17),
        (Reason.MAINTENANCE, 3),
    ]
)
_STAYS = {Reason.WORK_AREA: (60, 240), Reason.POST: (3, 12), Reason.INFORMATION: (5, 20)}
_OTHER_STAYS = (20, 100)


@dataclass
class Stay:
    """One coming, before it is known who it is; minutes of the day, `leaves` is None for whoever is still inside."""

    arrives: float
    leaves: float | None
    how: How = How.SCAN
    reason: Reason = Reason.EVENT
    event: Event | None = None
    room: Room | None = None
    host: Organisation | None = None
    people: int = 1
    name: str = ""
    needs: str | None = None
    note: str = ""
    person: tuple[str, str] | None = None
    invitation_id: str | None = None


@dataclass
class Book:
    """The visitors' book: writes stays as visits, in the order of coming."""

    writer: Writer
    dice: Dice
    people: People
    reception: Sequence[str]
    number: int = 0

    def write_day(self, day: Day, stays: list[Stay]) -> None:
        for stay in sorted(stays, key=lambda stay: stay.arrives):
            self._write(day, stay)

    def count_heads(self, event: Event, minute: float, change: int, categories: dict[str, int]) -> None:
        """Write counts without names: `change` is 1 for coming, -1 for going."""
        ms = event.day.ms(minute)
        for category, people in categories.items():
            row = (
                self.dice.id_at(ms),
                event.room.id,
                event.id,
                category,
                change * people,
                stamp(ms),
                self._desk(minute),
            )
            self.writer.row(_HEADS, row)

    def _write(self, day: Day, stay: Stay) -> None:
        dice, arrived = self.dice, day.ms(stay.arrives)
        visitor_id, needs = stay.person or self._person(stay, arrived)
        self.number += 1
        visit_id, at = dice.id_at(arrived), stamp(arrived)
        host, room, event = stay.host, stay.room, stay.event
        left_at = None if stay.leaves is None else stamp(day.ms(stay.leaves))
        self.writer.row(
            _VISIT,
            (
                visit_id,
                visitor_id,
                self.number,
                at,
                stay.people,
                host and host.id,
                room and room.id,
                event and event.id,
                stay.invitation_id,
                stay.reason,
                needs,
                stay.note,
                bool(host and host.is_discreet),
                1,
                left_at,
                left_at and stay.how,
            ),
        )
        self.writer.row(_BADGE, (dice.id_at(arrived), visit_id, dice.code(codes.Kind.BADGE), 1, at))
        came = How.SCAN if stay.invitation_id else How.TAP
        self.writer.row(_PASSAGE, (dice.id_at(arrived), visit_id, "in", at, came, self._desk(stay.arrives)))
        if stay.leaves is not None:
            by = None if stay.how == How.PRESUMED else self._desk(stay.leaves)
            out = (dice.id_at(day.ms(stay.leaves)), visit_id, "out", left_at, stay.how, by)
            self.writer.row(_PASSAGE, out)

    def _person(self, stay: Stay, arrived: int) -> tuple[str, str]:
        return self.people.new(stay.name, arrived, stay.needs) if stay.name else self.people.one(arrived)

    def _desk(self, minute: float) -> str:
        """Who sits at reception: one in the morning, the other after lunch."""
        return self.reception[0 if minute < 13 * 60 else 1]


def guests_of(dice: Dice, event: Event) -> list[Stay]:
    """The stays of those guests of an event who gave their names."""
    return [_guest(dice, event) for _n in range(event.named)]


def walk_ins(dice: Dice, day: Day, count: int, hosts: Sequence[Organisation], work_area: Room) -> list[Stay]:
    """The stays of those who come without an event."""
    return [_walk_in(dice, day, _REASONS.draw(dice), hosts, work_area) for _n in range(count)]


def categories(dice: Dice, event: Event) -> dict[str, int]:
    """An event's heads by category."""
    children = event.heads // 5 if event.kind == "cultural" else 0
    wheelchairs = min(dice.choice((0, 0, 1, 1, 2)), event.heads - children)
    found = {"adult": event.heads - children - wheelchairs, "child": children, "wheelchair": wheelchairs}
    return {category: people for category, people in found.items() if people}


def _guest(dice: Dice, event: Event) -> Stay:
    early, late = (-20.0, 10.0) if dice.happens(_PUNCTUAL) else dice.choice(((-40.0, -20.0), (10.0, 45.0)))
    arrives = event.start + dice.uniform(early, late)
    leaves = event.end + dice.uniform(-10, 12)
    return _within(
        dice, event.day, Stay(arrives, leaves, event=event, room=event.room, host=event.organisation)
    )


def _walk_in(dice: Dice, day: Day, reason: Reason, hosts: Sequence[Organisation], work_area: Room) -> Stay:
    shortest, longest = _STAYS.get(reason, _OTHER_STAYS)
    arrives = dice.uniform(day.opens + 1, day.closes - shortest - 5)
    stay = Stay(arrives, arrives + dice.uniform(shortest, longest), reason=reason)
    if reason == Reason.WORK_AREA:
        stay.room = work_area
    if reason in (Reason.MEETING, Reason.POST):
        stay.host = hosts[dice.often_first(len(hosts))]
    if reason == Reason.MEETING:
        stay.people = dice.choices((1, 2, 3), (0.92, 0.06, 0.02))[0]
    return _within(dice, day, stay)


def _within(dice: Dice, day: Day, stay: Stay) -> Stay:
    """Nobody comes before opening or stays after closing; some forget their badge and are presumed gone then."""
    if stay.arrives < day.opens:
        stay.arrives = day.opens + dice.uniform(0, 5)
    assert stay.leaves is not None
    if dice.happens(_NEVER_CHECK_OUT):
        stay.leaves, stay.how = day.closes, How.PRESUMED
    else:
        stay.leaves = min(stay.leaves, day.closes - dice.uniform(0.1, 5))
        stay.how = How.SCAN if dice.happens(_BY_SCAN) else How.TAP
    return stay
