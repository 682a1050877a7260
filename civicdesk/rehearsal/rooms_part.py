"""The part of the day that is about rooms: booked, dragged, repeated, split, refused, and freed again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QPoint
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.app import CivicDesk
from civicdesk.desk import bookings, centre
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingState, Room
from civicdesk.rehearsal.report import Step
from civicdesk.rehearsal.stage import Missing, Stage
from civicdesk.text import ZONE, local
from civicdesk.ui.desk_window import DeskWindow
from civicdesk.ui.pages.rooms_page import RoomsPage

_FRIDAY = date(2026, 11, 27)
_NEW_YEAR = date(2027, 1, 1)
"""A Friday on which the centre is closed."""

_TIMES = 8
_WEEK = timedelta(weeks=1)
_HELD = (BookingState.CONFIRMED, BookingState.TENTATIVE)
_TEN, _ELEVEN, _NOON = 10 * 60, 11 * 60, 12 * 60

T = TypeVar("T")


class RoomsPart:
    """Works on the calendar as a clerk does."""

    def __init__(self, civicdesk: CivicDesk, stage: Stage) -> None:
        self.civicdesk, self.stage = civicdesk, stage
        self.room: UUID | None = None
        self.series: UUID | None = None

    def steps(self) -> tuple[tuple[str, Callable[[Step], None]], ...]:
        """What is played, in order."""
        return (
            ("The calendar shows the day, the week and the month", self._look),
            ("Who did not come is asked about, and the rest of the time is free again", self._no_show),
            ("A time is drawn on the calendar and booked eight times; New Year is skipped", self._series),
            ("A booking is dragged to another hour, and taken back", self._drag),
            ("Two in one room is refused, on the screen and in the database", self._clash),
            ("This and the following ones are moved: the series is split", self._split),
        )

    def _look(self, step: Step) -> None:
        self.stage.read_notice()
        self.stage.click("rail_rooms")
        self.stage.picture("40-rooms")
        self.stage.click("rooms_mode_week")
        self.stage.picture("41-rooms-week")
        self.stage.click("rooms_mode_month")
        self.stage.picture("42-rooms-month")
        self.stage.click("rooms_mode_day")
        shown = len(self._page().timeline.plan.blocks)
        if not shown:
            raise Missing("no booking is on the calendar")
        step.checks.append(f"{shown} bookings today")

    def _no_show(self, step: Step) -> None:
        page = self._page()
        calendar = page.calendar
        assert calendar is not None
        empty = next((entry for entry in calendar.entries if calendar.seems_empty(entry)), None)
        if empty is None:
            raise Missing("no booking asks whether anybody came")
        self._tap(page.timeline.block_box(empty.id).center())
        self.stage.picture("43-nobody-came")
        self.stage.click("booking_alert_2")
        self.stage.wait(
            lambda: self._booking(empty.id).state == BookingState.NO_SHOW, "the room is still held"
        )
        freed = self._booking(empty.id)
        if freed.released_at is None or freed.released_at >= freed.ends_at:
            raise Missing("the rest of the time is not free")
        step.checks.append(
            f"“{freed.title}” kept as a no-show, free from {local(freed.released_at):%H:%M} on"
        )

    def _series(self, step: Step) -> None:
        stage, page = self.stage, self._page()
        stage.read_notice()
        self.room = self._read(_free_room)
        page.show_day(_FRIDAY)
        stage.settle()
        self._drag_from(page.timeline.point(self.room, _TEN), page.timeline.point(self.room, _NOON))
        stage.wait(lambda: stage.is_there("booking_title"), "the page of bookings did not open")
        stage.write("booking_title", "Mahalle Afet Hazırlığı")
        stage.click("booking_repeat_weekly")
        stage.write("booking_count_number", str(_TIMES))
        stage.click("key_done")
        stage.wait(lambda: stage.is_seen("1 Ocak"), "New Year is not told as skipped")
        stage.picture("44-booking")
        stage.click("booking_save")
        stage.wait(lambda: len(self._row()) == _TIMES, "the series was not booked")
        row = self._row()
        skipped = [booking for booking in row if booking.state == BookingState.SKIPPED]
        if [local(booking.starts_at).date() for booking in skipped] != [_NEW_YEAR] or not skipped[0].why:
            raise Missing("New Year is booked")
        self.series = row[0].series_id
        step.checks.append(f"{_TIMES - 1} booked, 1 January skipped: {skipped[0].why}")

    def _drag(self, step: Step) -> None:
        stage, page = self.stage, self._page()
        self._go(page, _FRIDAY + _WEEK)
        booking = self._row()[1]
        assert self.room is not None
        hour = page.timeline.point(self.room, _ELEVEN) - page.timeline.point(self.room, _TEN)
        at = page.timeline.block_box(booking.id).center()
        self._drag_from(at, at + hour)
        stage.click("series_scope_1")
        stage.wait(
            lambda: self._booking(booking.id).starts_at == booking.starts_at + timedelta(hours=1),
            "it did not move",
        )
        stage.picture("45-dragged")
        stage.click("notice_undo")
        stage.wait(lambda: self._booking(booking.id).starts_at == booking.starts_at, "it was not taken back")
        step.checks.append("moved by an hour, and back by one tap")

    def _clash(self, step: Step) -> None:
        page = self._page()
        before = self._count()
        booking = self._row()[1]
        other = self._read(_another_room(self.room))
        wish = bookings.Wish(
            room_id=other, starts_at=booking.starts_at, ends_at=booking.ends_at, title="Kurul", people=2
        )
        self._write(lambda session: bookings.book(session, wish, at=self._at()))
        self._go(page, _FRIDAY + _WEEK)
        at = page.timeline.block_box(booking.id).center()
        there = page.timeline.point(other, _ELEVEN)
        self._drag_from(at, QPoint(at.x(), there.y()), let_go=False)
        self.stage.picture("46-clash")
        ghost = page.timeline.hand.ghost
        if ghost is None or not page.timeline.judge(ghost):
            raise Missing("the ghost does not turn red")
        self.stage.let_go()
        if self._booking(booking.id).room_id != self.room:
            raise Missing("two are in one room")
        try:
            self._write(lambda session: bookings.book(session, wish, at=self._at()))
        except Refusal as refusal:
            step.checks.append(f"refused: {refusal.reason}: {refusal}")
        else:
            raise Missing("the same hour was booked twice")
        if self._count() != before + 1:
            raise Missing("a refused booking was kept")

    def _split(self, step: Step) -> None:
        stage, page = self.stage, self._page()
        row = self._row()
        third = row[2]
        self._go(page, _FRIDAY + 2 * _WEEK)
        assert self.room is not None
        hour = page.timeline.point(self.room, _ELEVEN) - page.timeline.point(self.room, _TEN)
        at = page.timeline.block_box(third.id).center()
        self._drag_from(at, at + hour)
        stage.picture("47-series-asks")
        stage.click("series_scope_2")
        stage.wait(
            lambda: self._booking(third.id).starts_at == third.starts_at + timedelta(hours=1), "nothing moved"
        )
        now = [self._booking(booking.id) for booking in row]
        moved = [local(booking.starts_at).hour for booking in now if booking.state in _HELD]
        if moved != [10, 10, *[11] * (len(moved) - 2)]:
            raise Missing(f"the hours are now {moved}")
        if len({booking.series_id for booking in now if booking.state in _HELD}) != 2:  # noqa: PLR2004
            raise Missing("the series was not split")
        step.checks.append("two at ten, the others at eleven, in a series of their own")

    # --- hands ---------------------------------------------------------------

    def _go(self, page: RoomsPage, on: date) -> None:
        self.stage.read_notice()
        self.stage.click("rail_rooms")
        page.show_day(on)
        self.stage.settle()

    def _tap(self, at: QPoint) -> None:
        self.stage.click_at(self._page().timeline.viewport(), at)

    def _drag_from(self, start: QPoint, end: QPoint, *, let_go: bool = True) -> None:
        self.stage.drag(self._page().timeline.viewport(), start, end, let_go=let_go)

    def _page(self) -> RoomsPage:
        desk = self.civicdesk.desk
        assert isinstance(desk, DeskWindow)
        return desk.pages.rooms

    # --- what the database holds ------------------------------------------------

    def _at(self) -> datetime:
        assert self.civicdesk.runner is not None
        return self.civicdesk.runner.at()

    def _row(self) -> list[Booking]:
        """The series as it was booked, earliest first."""
        titled = select(Booking).where(
            Booking.title == "Mahalle Afet Hazırlığı", Booking.series_on.is_not(None)
        )
        late = Booking.starts_at >= datetime.combine(_FRIDAY, time(0), ZONE)
        return self._read(
            lambda session: list(
                session.scalars(titled.where(late, Booking.room_id == self.room).order_by(Booking.series_on))
            )
        )

    def _booking(self, booking_id: UUID) -> Booking:
        return self._read(lambda session: session.get_one(Booking, booking_id))

    def _count(self) -> int:
        return self._read(lambda session: session.scalar(select(func.count()).select_from(Booking)) or 0)

    def _read(self, query: Callable[[Session], T]) -> T:
        assert self.civicdesk.runner is not None
        with self.civicdesk.runner.database.read() as session:
            return query(session)

    def _write(self, use_case: Callable[[Session], T]) -> T:
        assert self.civicdesk.runner is not None
        with self.civicdesk.runner.database.begin(desk="desk-2") as session:
            return use_case(session)


def _free_room(session: Session) -> UUID:
    """The first room that nobody has on these Fridays."""
    days = [_FRIDAY + n * _WEEK for n in range(_TIMES)]
    return next(
        room.id for room in _bookable(session) if not any(_is_taken(session, room, on) for on in days)
    )


def _another_room(besides: UUID | None) -> Callable[[Session], UUID]:
    def find(session: Session) -> UUID:
        on = _FRIDAY + _WEEK
        rooms = (room for room in _bookable(session) if room.id != besides)
        return next(room.id for room in rooms if not _is_taken(session, room, on))

    return find


def _bookable(session: Session) -> list[Room]:
    wholes = {room.part_of_id for room in centre.rooms(session)}
    return [
        room
        for room in centre.rooms(session)
        if not room.is_work_area and room.part_of_id is None and room.id not in wholes
    ]


def _is_taken(session: Session, room: Room, on: date) -> bool:
    begins, ends = (datetime.combine(on, time(hour), ZONE) for hour in (9, 14))
    there = select(Booking.id).where(
        Booking.room_id == room.id,
        Booking.starts_at < ends,
        Booking.ends_at > begins,
        Booking.state.in_(_HELD),
        Booking.deleted_at.is_(None),
    )
    return session.scalar(there.limit(1)) is not None
