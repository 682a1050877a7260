"""Which days the calendar shows: a day, a week or a month, of all rooms or of one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from uuid import UUID

from civicdesk.desk import calendar
from civicdesk.desk.calendar import Calendar
from civicdesk.text import _, clock, day

_ONE_WEEK = 7
_FIRST, _LAST = date(2000, 1, 1), date(2100, 12, 1)


@dataclass(frozen=True)
class Days:
    """`mode` is day, week or month; `on` the day around which they lie."""

    mode: str
    on: date
    room_id: UUID | None = None

    def reach(self) -> tuple[date, int]:
        """The first day to read, and how many."""
        if self.mode == "day":
            return self.on, 1
        if self.mode == "week":
            return self.on - timedelta(days=self.on.weekday()), _ONE_WEEK
        return calendar.weeks_of(self.on)

    def stepped(self, steps: int) -> Days:
        """So many days, weeks or months later."""
        if self.mode == "month":
            index = self.on.year * 12 + self.on.month - 1 + steps
            return self.at(date(index // 12, index % 12 + 1, 1))
        return self.at(self.on + timedelta(days=steps * (1 if self.mode == "day" else _ONE_WEEK)))

    def at(self, on: date) -> Days:
        """The same around another day, as far as a calendar goes."""
        return replace(self, on=min(max(on, _FIRST), _LAST))

    def title(self, found: Calendar, today: date) -> str:
        """Which days these are, in words."""
        if self.mode == "month":
            return day(self.on, "LLLL yyyy")
        if self.mode == "day":
            return day(self.on, "d MMMM EEEE" if self.on.year == today.year else "d MMMM y EEEE")
        span = f"{day(found.first, 'd MMM')} – {day(found.days[-1].on, 'd MMM yyyy')}"
        return f"{found.rooms[0].name} · {span}" if self.room_id and found.rooms else span

    def hours(self, found: Calendar) -> tuple[str, str]:
        """When the centre is open on a single day, and the tone of it; nothing for more days."""
        if self.mode != "day":
            return "", ""
        each = found.days[0]
        spans = ", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in each.spans)
        words = " · ".join(filter(None, (spans or _("Closed"), each.reason)))
        return words, "" if each.spans and not each.reason else "warn"
