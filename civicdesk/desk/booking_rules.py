"""What stands against a booking: one pure function from facts to objections, asked by every screen and every action.

Times are half-open instants on a grid of five minutes. Some objections can be overridden with a reason
(`OVERRIDABLE`), the others never.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from civicdesk.desk.claims import GRID
from civicdesk.desk.hours import Day
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Room
from civicdesk.text import _, clock, day, local, ngettext, number

OVERRIDABLE = frozenset({"closed", "past", "short_notice", "too_far", "over_limit"})
"""The reasons that a reason of the clerk's own outweighs."""

LONGEST = timedelta(hours=24)
LONGEST_BUFFER = 240
GRACE = timedelta(minutes=30)
"""So long after its beginning a booking may still be entered without a word."""

YEARS = range(2000, 2101)
"""The years in which anything can be booked."""


@dataclass(frozen=True)
class Objection:
    """Why a booking should not be, in a sentence that says what now; `why` is the bare cause, a feast or a name."""

    reason: str
    sentence: str
    why: str = ""

    @property
    def is_overridable(self) -> bool:
        return self.reason in OVERRIDABLE

    def refusal(self) -> Refusal:
        return Refusal(self.reason, self.sentence)


@dataclass(frozen=True, kw_only=True)
class Times:
    """When somebody wants a room; buffers are minutes before and after."""

    starts_at: datetime
    ends_at: datetime
    setup_minutes: int = 0
    clear_minutes: int = 0


@dataclass(frozen=True)
class Short:
    """Equipment of which too little is left, or that stands in another room."""

    name: str
    left: int
    place: str = ""


@dataclass(frozen=True)
class Use:
    """Hours of a class of rooms in a month, this booking included, and how many are allowed."""

    hours: float
    allowed: int


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that is known when somebody wants a room.

    `days` are the days of the centre that the booking touches, `taken_by` the booking in the way. What keeps its
    beginning may have begun already; what keeps its times was asked about them before.
    """

    at: datetime
    times: Times
    room: Room
    people: int
    layout: str = ""
    layouts: Mapping[str, int] = field(default_factory=dict)
    days: Sequence[Day] = ()
    taken_by: Booking | None = None
    shorts: Sequence[Short] = ()
    use: Use | None = None
    notice: timedelta = timedelta()
    ahead: timedelta = timedelta(days=731)
    keeps_start: bool = False
    keeps_times: bool = False


def objections(facts: Facts) -> list[Objection]:
    """Everything that stands against a booking, what weighs most first; nothing if it may be."""
    return impossible(facts.times) or [found for rule in _RULES if (found := rule(facts))]


def impossible(times: Times) -> list[Objection]:
    """What stands against the times by themselves: `bad_year`, `ends_first`, `off_grid`, `too_long`, `bad_buffer`."""
    rules = (_bad_year, _ends_first, _off_grid, _too_long, _bad_buffer)
    return [found for rule in rules if (found := rule(times))][:1]


def refuse(found: Sequence[Objection], override: str = "") -> None:
    """Refuse for the first objection that the reason given for an override does not outweigh."""
    for objection in found:
        if not (objection.is_overridable and override.strip()):
            raise objection.refusal()


def _bad_year(times: Times) -> Objection | None:
    if all(at.astimezone(UTC).year in YEARS for at in (times.starts_at, times.ends_at)):
        return None
    return Objection("bad_year", _("This year cannot be right. Look at the date again."))


def _ends_first(times: Times) -> Objection | None:
    if times.starts_at < times.ends_at:
        return None
    return Objection("ends_first", _("The end must be later than the beginning."))


def _off_grid(times: Times) -> Objection | None:
    epoch = datetime(1970, 1, 1, tzinfo=UTC)
    if all(not (at - epoch) % GRID for at in (times.starts_at, times.ends_at)):
        return None
    return Objection("off_grid", _("Bookings begin and end on five minutes, such as 10:00 or 10:05."))


def _too_long(times: Times) -> Objection | None:
    if times.ends_at - times.starts_at <= LONGEST:
        return None
    return Objection(
        "too_long", _("A booking lasts at most a day. Book the other days one by one, or repeat it.")
    )


def _bad_buffer(times: Times) -> Objection | None:
    step = GRID // timedelta(minutes=1)
    minutes = (times.setup_minutes, times.clear_minutes)
    if all(0 <= each <= LONGEST_BUFFER and not each % step for each in minutes):
        return None
    words = _("Setting up and clearing take 0 to {} minutes each, in steps of five.")
    return Objection("bad_buffer", words.format(LONGEST_BUFFER))


def _removed_room(facts: Facts) -> Objection | None:
    if facts.room.deleted_at is None:
        return None
    return Objection("removed_room", _("“{}” was removed. Choose another room.").format(facts.room.name))


def _taken(facts: Facts) -> Objection | None:
    other = facts.taken_by
    if other is None:
        return None
    who = other.organisation.name if other.organisation else other.title
    until = other.ends_at + timedelta(minutes=other.clear_minutes)
    words = _("“{room}” is taken until {until}: {who}. Choose another time or room.")
    room = other.room.name if other.room else facts.room.name
    return Objection("room_taken", words.format(room=room, until=_when(until, facts.times), who=who), who)


def _when(at: datetime, times: Times) -> str:
    """The time of day; on another day the date too."""
    if local(at).date() == local(times.starts_at).date():
        return clock(at)
    return f"{day(local(at).date(), 'd MMMM')} {clock(at)}"


def _people(facts: Facts) -> Objection | None:
    if facts.people < 1:
        return Objection("no_people", _("At least one person comes in."))
    if facts.layout and facts.layout not in facts.layouts:
        return Objection("bad_layout", _("“{}” cannot be set up that way.").format(facts.room.name))
    capacity = facts.layouts[facts.layout] if facts.layout else facts.room.capacity
    if facts.people <= capacity:
        return None
    words = ngettext(
        "“{room}” holds {count} person like this. Choose a bigger room or another layout.",
        "“{room}” holds {count} people like this. Choose a bigger room or another layout.",
        capacity,
    )
    return Objection("too_many_people", words.format(room=facts.room.name, count=capacity))


def _equipment(facts: Facts) -> Objection | None:
    for short in facts.shorts:
        if short.place:
            words = _("“{name}” stays in “{room}”. Take that room, or leave it out.")
            return Objection("equipment_elsewhere", words.format(name=short.name, room=short.place))
        words = ngettext(
            "{count} “{name}” is left then. Take less, or another time.",
            "{count} “{name}” are left then. Take less, or another time.",
            short.left,
        )
        return Objection("equipment_taken", words.format(count=short.left, name=short.name))
    return None


def _past(facts: Facts) -> Objection | None:
    if facts.keeps_start or facts.times.starts_at >= facts.at - GRACE:
        return None
    return Objection("past", _("This time has passed. Choose a later one."))


def _closed(facts: Facts) -> Objection | None:
    if facts.keeps_times or _is_open(facts):
        return None
    why = " · ".join(dict.fromkeys(each.reason for each in facts.days if each.reason))
    if why and not any(each.spans for each in facts.days):
        return Objection("closed", _("The centre is closed then: {reason}.").format(reason=why), why)
    spans = [span for each in facts.days for span in each.spans]
    hours = ", ".join(f"{clock(opens)}–{clock(closes)}" for opens, closes in spans)
    words = _("The centre is open {hours} then ({reason}).") if why else _("The centre is open {hours} then.")
    return Objection("closed", words.format(hours=hours, reason=why), why)


def _is_open(facts: Facts) -> bool:
    """Whether the open times, one after the other, cover the booking from its beginning to its end."""
    reached = facts.times.starts_at
    for opens, closes in sorted(span for each in facts.days for span in each.spans):
        if opens <= reached < closes:
            reached = closes
    return reached >= facts.times.ends_at


def _short_notice(facts: Facts) -> Objection | None:
    if facts.keeps_start or not facts.notice or facts.times.starts_at >= facts.at + facts.notice:
        return None
    hours = facts.notice // timedelta(hours=1)
    words = ngettext(
        "Rooms are booked at least {count} hour ahead.",
        "Rooms are booked at least {count} hours ahead.",
        hours,
    )
    return Objection("short_notice", words.format(count=hours))


def _too_far(facts: Facts) -> Objection | None:
    if facts.keeps_start or facts.times.starts_at <= facts.at + facts.ahead:
        return None
    last = local(facts.at + facts.ahead).date()
    return Objection("too_far", _("Rooms are booked up to {}.").format(day(last, "d MMMM yyyy")))


def _over_limit(facts: Facts) -> Objection | None:
    use = facts.use
    if use is None or use.hours <= use.allowed:
        return None
    words = _("That would be {hours} of {allowed} hours this month. Choose fewer, or say why it may be more.")
    return Objection("over_limit", words.format(hours=number(use.hours), allowed=use.allowed))


_RULES: tuple[Callable[[Facts], Objection | None], ...] = (
    _removed_room,
    _people,
    _taken,
    _equipment,
    _past,
    _closed,
    _short_notice,
    _too_far,
    _over_limit,
)
