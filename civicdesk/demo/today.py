"""The pinned demo day at three in the afternoon: who is inside, who is late, what is on and what comes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from civicdesk import codes
from civicdesk.demo import events, scene
from civicdesk.demo.chance import Dice
from civicdesk.demo.clock import TODAY, Day, stamp
from civicdesk.demo.events import Event
from civicdesk.demo.organisations import Organisation
from civicdesk.demo.rooms import Room
from civicdesk.demo.visits import Book, Stay
from civicdesk.demo.writer import Writer
from civicdesk.models import BookingState, How, Reason
from civicdesk.text import fold

_MORNING = Day(TODAY, 9 * 60, 14 * 60)
_WHOLE = Day(TODAY, 9 * 60, 18 * 60)
_MONDAY_AFTER = 2
_BOOKED_BEFORE_MS = 12 * 86_400_000
_PASS_OPENS = 60
_TENTATIVE_AHEAD = 0.15


@dataclass(frozen=True)
class _Places:
    """Rooms and members by name."""

    rooms: dict[str, Room]
    members: dict[str, Organisation]


class Today:
    """Sets the scene for the demo day."""

    def __init__(
        self, writer: Writer, dice: Dice, book: Book, rooms: Sequence[Room], members: Sequence[Organisation]
    ) -> None:
        self._writer, self._dice, self._book = writer, dice, book
        self._places = _Places({room.name: room for room in rooms}, {one.name: one for one in members})
        self.morning = _MORNING
        self.over = [self._event(plan, _MORNING) for plan in scene.OVER]
        self._on = [self._event(plan, _WHOLE) for plan in scene.ON]

    def all_gone(self, stays: list[Stay]) -> list[Stay]:
        """The morning's visitors have all left: the closing time that would be presumed is yet to come."""
        return [replace(stay, leaves=min(stay.leaves or 0, 14 * 60 + 30), how=How.SCAN) for stay in stays]

    def stays(self) -> list[Stay]:
        """Those who are inside at three, and those who came by invitation."""
        running = [
            stay for event, plan in zip(self._on, scene.ON, strict=True) for stay in self._inside(event, plan)
        ]
        return [*running, *self._loose(), *(self._invited(plan) for plan in scene.ARRIVED)]

    def write(self, ahead: Iterable[Event]) -> None:
        """Write the day's other rows: bookings on and to come, head counts, invitations, the deny list."""
        for event, plan in zip(self._on, scene.ON, strict=True):
            events.write(self._writer, event)
            if plan.heads:
                self._book.count_heads(event, event.start + 12, 1, plan.heads)
        for event in ahead:
            if event.series_id is None and event.call_of_id is None and self._dice.happens(_TENTATIVE_AHEAD):
                event.state = BookingState.TENTATIVE
            events.write(self._writer, event)
        for guest in scene.EXPECTED:
            self._invite(guest, _WHOLE)
        for guest in scene.NEXT_WEEK:
            self._invite(guest, _next_week(guest.days))
        self._write_denials()

    def _event(self, plan: scene.Plan, day: Day) -> Event:
        heads = sum(plan.heads.values())
        return Event(
            id=self._dice.id_at(day.ms(plan.start) - _BOOKED_BEFORE_MS),
            day=day,
            start=plan.start,
            end=plan.end,
            room=self._places.rooms[plan.room],
            organisation=self._places.members[plan.organisation],
            kind=plan.kind,
            title=plan.title,
            people=plan.people,
            guests=max(plan.named, heads) if plan in scene.OVER else None,
            named=plan.named,
            heads=heads,
            setup=plan.setup,
        )

    def _inside(self, event: Event, plan: scene.Plan) -> list[Stay]:
        return [
            Stay(
                event.start + self._dice.uniform(-18, 14),
                None,
                event=event,
                room=event.room,
                host=event.organisation,
                needs=plan.needs[index] if index < len(plan.needs) else "",
                name=plan.names[index] if index < len(plan.names) else "",
            )
            for index in range(plan.named)
        ]

    def _loose(self) -> list[Stay]:
        """Inside without an event: at the shared desks, at the post boxes, with a question."""
        work_area = self._places.rooms["Ortak Çalışma Alanı"]
        return [
            *(Stay(came, None, reason=Reason.WORK_AREA, room=work_area) for came in scene.AT_WORK),
            Stay(scene.AT_THE_BOXES, None, reason=Reason.POST, host=self._places.members[scene.POST_HOST]),
            Stay(scene.ASKING, None, reason=Reason.INFORMATION),
        ]

    def _invited(self, plan: scene.Guest) -> Stay:
        invitation_id, person = self._invite(plan, _WHOLE)
        assert plan.came is not None
        return Stay(
            plan.came,
            plan.left,
            host=self._places.members[plan.host],
            reason=Reason.MEETING,
            people=plan.people,
            person=person,
            invitation_id=invitation_id,
        )

    def _invite(self, plan: scene.Guest, day: Day) -> tuple[str, tuple[str, str]]:
        """Write an invitation; returns its id and whom it is for."""
        made = day.ms(plan.at) - _BOOKED_BEFORE_MS // 4
        person = self._book.people.new(plan.name, made, plan.needs)
        event = next((event for event in self._on if plan.room == event.room.name and day == _WHOLE), None)
        room = self._places.rooms.get(plan.room)
        invitation_id = self._dice.id_at(made)
        self._writer.add(
            "invitation",
            id=invitation_id,
            visitor_id=person[0],
            expected_at=stamp(day.ms(plan.at)),
            valid_from=stamp(day.ms(max(plan.at - _PASS_OPENS, day.opens))),
            valid_until=stamp(day.ms(day.closes)),
            code=self._dice.code(codes.Kind.PASS),
            entries=1,
            people=plan.people,
            host_id=self._places.members[plan.host].id,
            room_id=room and room.id,
            booking_id=event and event.id,
            reason=Reason.EVENT if event else Reason.MEETING,
            needs=plan.needs,
            note=plan.note,
        )
        return invitation_id, person

    def _write_denials(self) -> None:
        for name, reason, until_on in scene.DENIED:
            self._writer.add(
                "denial",
                id=self._dice.id_at(_MORNING.ms(0) - _BOOKED_BEFORE_MS),
                name=name,
                phone="",
                email="",
                reason=reason,
                until_on=until_on,
                folded=fold(name),
            )


def _next_week(days: int) -> Day:
    on = TODAY.fromordinal(TODAY.toordinal() + _MONDAY_AFTER + days)
    return Day(on, 9 * 60, 19 * 60 + 30)
