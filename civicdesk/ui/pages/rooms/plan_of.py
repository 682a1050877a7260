"""From the calendar as read to what the timeline and the month draw. Pure: rows in, plans out."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from uuid import UUID

from civicdesk.desk.calendar import Calendar, Entry
from civicdesk.models import BookingState, Room
from civicdesk.text import _, clock, day, local, number
from civicdesk.ui.booking_words import booking_state_words, kind_tone, kind_words
from civicdesk.ui.widgets.month_grid import DayCell
from civicdesk.ui.widgets.timeline import Block, Closed, Plan, Row, Stretch

_DAY = 24 * 60
_HOUR = 60
_USUAL = (9 * _HOUR, 18 * _HOUR)
_THOUSAND = 1_000
_NAMES_IN_MONTH = 4
_FIXED = (BookingState.CLASH, BookingState.NO_SHOW)


def rooms_plan(calendar: Calendar) -> Plan:
    """Rooms down, one day or several across."""
    made = _Blocks(calendar)
    blocks = tuple([made.block(entry, entry.room_id) for entry in calendar.entries])
    stretches = tuple(_stretches(calendar, blocks))
    return Plan(
        stretches=stretches,
        rows=tuple(_room_row(calendar, room) for room in calendar.rooms),
        blocks=blocks,
        closed=(*_closed(calendar, stretches), *_held_elsewhere(calendar)),
        now=_now(calendar),
        heading=_("Room"),
    )


def days_plan(calendar: Calendar) -> Plan:
    """The days of one room down, hours across."""
    rows = tuple(
        Row(each.on, day(each.on, "d MMM EEEE"), each.reason, spoken=day(each.on), second_icon="")
        for each in calendar.days
    )
    blocks, made = [], _Blocks(calendar)
    for entry in calendar.entries:
        on = local(entry.starts_at).date()
        if calendar.first <= on <= calendar.days[-1].on:
            block = made.block(entry, on, (on - calendar.first).days * _DAY)
            is_own = any(room.id == entry.room_id for room in calendar.rooms)
            blocks.append(block if is_own else replace(block, is_fixed=True))
    begin, end = _reach(calendar, blocks)
    closed = [
        Closed(start - place * _DAY, stop - place * _DAY, each.reason, row=each.on)
        for place, each in enumerate(calendar.days)
        for start, stop in _gaps(calendar, place, begin, end)
    ]
    return Plan((Stretch(begin, end),), rows, tuple(blocks), tuple(closed), heading=_("Day"))


def month_cells(calendar: Calendar, month: date) -> list[DayCell]:
    """The days of a month's grid with the first bookings of each."""
    by_day: dict[date, list[Entry]] = defaultdict(list)
    for entry in calendar.entries:
        by_day[local(entry.starts_at).date()].append(entry)
    today = local(calendar.at).date()
    return [
        DayCell(
            each.on,
            tuple(
                (
                    tone_of(calendar, entry),
                    f"{clock(entry.starts_at)} {entry.title or entry.organisation or ''}",
                )
                for entry in by_day[each.on][:_NAMES_IN_MONTH]
            ),
            len(by_day[each.on]),
            is_outside=each.on.month != month.month,
            is_today=each.on == today,
            closed=each.reason,
        )
        for each in calendar.days
    ]


def tone_of(calendar: Calendar, entry: Entry) -> str:
    """What a booking is drawn in: trouble first, else its kind."""
    return _troubled(entry.state, seems_empty=calendar.seems_empty(entry)) or kind_tone(entry.kind)


class _Blocks:
    """Makes blocks of entries; what many of them say alike is looked up once."""

    def __init__(self, calendar: Calendar) -> None:
        self._calendar = calendar
        self._rooms = {room.id: room.name for room in calendar.rooms}
        self._kinds: dict[str, tuple[str, str]] = {}
        self._states: dict[str, str] = {}
        self._nobody = _("Nobody came?")

    def block(self, entry: Entry, row: object, shift: int = 0) -> Block:
        """`shift` are the minutes from the first midnight to that of the row."""
        calendar, state = self._calendar, entry.state
        start, end = calendar.minute(entry.starts_at), calendar.minute(entry.ends_at)
        seems_empty = calendar.seems_empty(entry)
        kind, tone = self._kind(entry.kind)
        title, mark = self._title(entry, seems_empty=seems_empty)
        words = self._state(state)
        whose = entry.organisation or kind
        is_firm = state != BookingState.TENTATIVE
        room = self._rooms.get(entry.room_id, "")
        return Block(
            key=entry.id,
            row=row,
            start=start - shift,
            end=end - shift,
            title=title,
            second=whose if is_firm else f"{words} · {whose}",
            count=_count(calendar, entry),
            tone=_troubled(state, seems_empty=seems_empty) or tone,
            mark=mark,
            spoken=(room, title, entry.organisation or "", kind, words),
            setup=entry.setup_minutes,
            clear=entry.clear_minutes,
            is_firm=is_firm,
            is_fixed=state in _FIXED or entry.ends_at <= calendar.at,
            is_struck=state == BookingState.NO_SHOW,
        )

    def _kind(self, kind: str) -> tuple[str, str]:
        if kind not in self._kinds:
            self._kinds[kind] = kind_words(kind), kind_tone(kind)
        return self._kinds[kind]

    def _state(self, state: str) -> str:
        if state not in self._states:
            self._states[state] = booking_state_words(state)
        return self._states[state]

    def _title(self, entry: Entry, *, seems_empty: bool) -> tuple[str, str]:
        if entry.state == BookingState.CLASH:
            return _("Clash: {}").format(entry.title), "triangle-alert"
        if entry.state == BookingState.NO_SHOW:
            return entry.title, "user-round-x"
        if seems_empty:
            return self._nobody, "circle-help"
        return entry.title or entry.organisation or "", "refresh-cw" if entry.series_id else ""


def _troubled(state: str, *, seems_empty: bool) -> str:
    if state == BookingState.CLASH:
        return "bad"
    return "warn" if state == BookingState.NO_SHOW or seems_empty else ""


def _count(calendar: Calendar, entry: Entry) -> str:
    """How many are there of how many; before it begins only how many, after it how many came."""
    if entry.guests is not None:
        return _number(entry.guests)
    if entry.is_on(calendar.at):
        return f"{_number(calendar.now.in_room(entry.room_id))}/{_number(entry.people)}"
    return _number(entry.people)


def _number(count: int) -> str:
    """Small numbers are written alike in every language of the desk, and there are thousands of them."""
    return str(count) if 0 <= count < _THOUSAND else number(count)


def _room_row(calendar: Calendar, room: Room) -> Row:
    icons = (
        *(("accessibility",) if room.is_accessible else ()),
        *(("presentation",) if calendar.equipped.get(room.id) else ()),
    )
    equipped = calendar.equipped.get(room.id, ())
    spoken = (
        room.name,
        _("{} people").format(number(room.capacity)),
        _("step-free") if room.is_accessible else "",
        *equipped,
    )
    title = f"↳ {room.name}" if room.part_of_id else room.name
    return Row(room.id, title, number(room.capacity), icons, " · ".join(filter(None, spoken)))


def _stretches(calendar: Calendar, blocks: Sequence[Block]) -> Iterator[Stretch]:
    begin, end = _reach(calendar, blocks)
    for place, each in enumerate(calendar.days):
        label = day(each.on, "EEE d MMM")
        yield Stretch(
            begin + place * _DAY, end + place * _DAY, f"{label} · {each.reason}" if each.reason else label
        )


def _reach(calendar: Calendar, blocks: Sequence[Block]) -> tuple[int, int]:
    """From which minute of a day until which: the opening hours, and whatever is booked outside them."""
    times = [_USUAL] if not any(each.spans for each in calendar.days) else []
    for place, each in enumerate(calendar.days):
        times += [
            (calendar.minute(opens) - place * _DAY, calendar.minute(closes) - place * _DAY)
            for opens, closes in each.spans
        ]
    for block in blocks:
        midnight = block.start // _DAY * _DAY
        times.append((block.start - midnight - block.setup, block.end - midnight + block.clear))
    begin = max(0, min(start for start, _end in times) // _HOUR * _HOUR)
    end = min(_DAY, -(-max(end for _start, end in times) // _HOUR) * _HOUR)
    return begin, end


def _closed(calendar: Calendar, stretches: Sequence[Stretch]) -> Iterator[Closed]:
    for place, stretch in enumerate(stretches):
        reason = calendar.days[place].reason or _("Closed")
        for start, end in _gaps(calendar, place, stretch.begin - place * _DAY, stretch.end - place * _DAY):
            yield Closed(start, end, reason)


def _gaps(calendar: Calendar, place: int, begin: int, end: int) -> Iterator[tuple[int, int]]:
    """What of [begin, end) of a day lies outside the opening hours, counted from the first midnight."""
    at = place * _DAY + begin
    for opens, closes in calendar.days[place].spans:
        if at < calendar.minute(opens):
            yield at, min(calendar.minute(opens), place * _DAY + end)
        at = max(at, calendar.minute(closes))
    if at < place * _DAY + end:
        yield at, place * _DAY + end


def _held_elsewhere(calendar: Calendar) -> Iterator[Closed]:
    """A divisible room is taken while a part of it is, and its parts while the whole is."""
    wholes: dict[UUID, UUID] = {room.id: room.part_of_id for room in calendar.rooms if room.part_of_id}
    names = {room.id: room.name for room in calendar.rooms}
    if not wholes:
        return
    for entry in calendar.entries:
        if entry.state == BookingState.CLASH:
            continue
        others = [part for part, whole in wholes.items() if whole == entry.room_id]
        if whole := wholes.get(entry.room_id):
            others.append(whole)
        for other in others:
            start, end = calendar.minute(entry.starts_at), calendar.minute(entry.ends_at)
            reason = f"{names.get(entry.room_id, '')} · {entry.title}"
            yield Closed(start - entry.setup_minutes, end + entry.clear_minutes, reason, row=other)


def _now(calendar: Calendar) -> int | None:
    minute = calendar.minute(calendar.at)
    return minute if 0 <= minute < len(calendar.days) * _DAY else None
