"""Calendars of other programs (iCalendar, RFC 5545) read into entries, whatever shape they come in."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta, tzinfo
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from civicdesk.desk import ical_rules, tables_in
from civicdesk.desk.booking_words import KIND_WORDS
from civicdesk.desk.bookings_in import Entry
from civicdesk.desk.ical_lines import Block, Line, blocks, unescaped
from civicdesk.desk.tables_in import Stop, Tell, never, silent, stopped
from civicdesk.errors import Refusal
from civicdesk.models import BookingKind
from civicdesk.text import ZONE, _, day, local, number, utc

MOST_EVENTS = 20_000
MOST_DAYS = 366
_TOLD_EVERY = 200
_DAY = timedelta(days=1)
_NEEDED = frozenset(
    (
        *("UID", "SUMMARY", "LOCATION", "STATUS", "DTSTART", "DTEND", "DURATION"),
        *("RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("X-CIVICDESK-PEOPLE", "X-CIVICDESK-KIND", "X-CIVICDESK-ORGANISATION"),
    )
)
_LENGTH = re.compile(r"([+-]?)P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_STAMP = re.compile(r"(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z?))?")

Moment = datetime | date


@dataclass(frozen=True)
class _Event:
    """One VEVENT: its lines by name, and its place among the events of the file."""

    place: int
    lines: Mapping[str, Sequence[Line]]
    zones: Mapping[str, tzinfo]

    def words(self, name: str) -> str:
        found = self.lines.get(name)
        return unescaped(found[0].value) if found else ""

    def moment(self, name: str) -> Moment | None:
        found = self.lines.get(name)
        return _moment(found[0], found[0].value, self.zones) if found else None

    def moments(self, name: str) -> list[Moment]:
        return [
            _moment(line, value.partition("/")[0], self.zones)
            for line in self.lines.get(name, ())
            for value in line.value.split(",")
            if value.strip()
        ]


@dataclass
class _File:
    """What has to be known of the whole file: which occurrences have an event of their own, and when it is read."""

    at: datetime
    moved: dict[str, set[datetime]] = field(default_factory=dict)


def is_calendar(raw: bytes) -> bool:
    """Whether this is a calendar, whatever the file is called."""
    return re.match(r"\s*BEGIN:VCALENDAR", tables_in.decoded(raw[:4_000]), re.IGNORECASE) is not None


def read(raw: bytes, *, at: datetime, tell: Tell = silent, is_stopped: Stop = never) -> list[Entry]:
    """Every booking in a calendar; what comes again stands there day by day.

    Of a rule that never ends the next 366 days are taken, a time without zone is the centre's, and a whole day is
    left to the opening hours. Refuses `no_calendar`, `too_many_events` and `stopped`.
    """
    if not is_calendar(raw):
        raise Refusal("no_calendar", _("This file is no calendar. Choose an .ics file."))
    found = blocks(raw)
    zones = {name: zone for block in found if block.name == "VTIMEZONE" for name, zone in _zone_of(block)}
    events = [
        _Event(place, _by_name(block), zones)
        for place, block in enumerate((each for each in found if each.name == "VEVENT"), start=1)
    ]
    file = _File(at)
    for event in events:
        _note_moved(event, file)
    entries: list[Entry] = []
    for done, event in enumerate(events):
        if done % _TOLD_EVERY == 0:
            tell(done, len(events))
        if is_stopped():  # asked each time: an odd rule may take a second
            raise stopped()
        entries += _entries(event, file)
        if len(entries) > MOST_EVENTS:
            words = _("There are more than {} bookings in this file. Divide it.")
            raise Refusal("too_many_events", words.format(number(MOST_EVENTS)))
    return entries


def _by_name(block: Block) -> dict[str, list[Line]]:
    found: dict[str, list[Line]] = {}
    for line in block.lines:
        if line.name in _NEEDED:
            found.setdefault(line.name, []).append(line)
    return found


def _note_moved(event: _Event, file: _File) -> None:
    try:
        instead_of = event.moment("RECURRENCE-ID")
    except ValueError:
        return
    if instead_of is not None:
        file.moved.setdefault(event.words("UID"), set()).add(_instant(instead_of))


def _entries(event: _Event, file: _File) -> Iterator[Entry]:
    """An event as entries: one, or one for each time it comes again."""
    base = Entry(
        place=event.place,
        title=event.words("SUMMARY").strip(),
        room=event.words("LOCATION").strip(),
        organisation=event.words("X-CIVICDESK-ORGANISATION").strip(),
        people=_people(event.words("X-CIVICDESK-PEOPLE")),
        kind=_kind(event.words("X-CIVICDESK-KIND")),
        is_tentative=event.words("STATUS").upper() == "TENTATIVE",
        uid=event.words("UID").strip(),
    )
    try:
        yield from _timed(event, base, file)
    except (ValueError, OverflowError) as trouble:
        said = str(trouble) if isinstance(trouble, _Unread) else _("The times of this entry cannot be read.")
        yield replace(base, trouble=said)


def _timed(event: _Event, base: Entry, file: _File) -> Iterator[Entry]:
    begins = event.moment("DTSTART")
    if begins is None:
        raise _Unread(_("The day or the time is missing."))
    length = _length(event, begins)
    if event.words("STATUS").upper() == "CANCELLED":
        starts_at = _instant(begins)
        yield replace(
            base, starts_at=starts_at, ends_at=starts_at + length, trouble=_("It was called off in the file.")
        )
        return
    instead_of = event.moment("RECURRENCE-ID")
    if instead_of is not None:
        yield from _spread(replace(base, uid=_uid(base.uid, instead_of)), begins, length)
    elif "RRULE" in event.lines or "RDATE" in event.lines:
        yield from _again(event, base, begins, length, file)
    else:
        yield from _spread(base, begins, length)


def _again(event: _Event, base: Entry, begins: Moment, length: timedelta, file: _File) -> Iterator[Entry]:
    left_out = {_instant(each) for each in event.moments("EXDATE")} | file.moved.get(base.uid, set())
    rules = [line.value for line in event.lines.get("RRULE", ())]
    try:
        found = ical_rules.occurrences(begins, rules, event.moments("RDATE"), at=file.at, most=MOST_DAYS)
    except ValueError:
        raise _Unread(_("This rule cannot be read. Choose days, weeks, months or years.")) from None
    if len(found) > 1 and ical_rules.is_endless(rules):
        last = _instant(found[-1])
        words = _("This comes again without an end; only those until {} can be taken in.")
        told = words.format(day(local(last).date(), "d MMMM yyyy"))
        yield replace(base, starts_at=last, ends_at=last + length, trouble=told)
    for each in found:
        if _instant(each) not in left_out:
            yield from _spread(replace(base, uid=_uid(base.uid, each)), each, length)


def _spread(base: Entry, begins: Moment, length: timedelta) -> Iterator[Entry]:
    """One entry; of whole days one for each."""
    if isinstance(begins, datetime):
        if begins.time() == time(0) and length >= _DAY and not length % _DAY:
            yield from _spread(base, begins.date(), length)  # so Outlook writes whole days
            return
        starts_at = _instant(begins)
        yield replace(base, starts_at=starts_at, ends_at=starts_at + length)
        return
    for n in range(min(MOST_DAYS, max(1, length // _DAY))):
        midnight = datetime.combine(begins + n * _DAY, time(0), ZONE)
        uid = base.uid if not n or not base.uid else f"{base.uid}+{n}"
        yield replace(base, starts_at=utc(midnight), ends_at=utc(midnight + _DAY), whole_day=True, uid=uid)


def _length(event: _Event, begins: Moment) -> timedelta:
    """How long it lasts; without an end a whole day is one day and a time is an hour."""
    ends = event.moment("DTEND")
    if ends is not None:
        if isinstance(ends, datetime) == isinstance(begins, datetime):
            return _instant(ends) - _instant(begins)
        raise _Unread(_("The times of this entry cannot be read."))
    if found := _LENGTH.fullmatch(event.words("DURATION").strip()):
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups()[1:])
        length = timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
        return -length if found[1] == "-" else length
    return timedelta(hours=1) if isinstance(begins, datetime) else _DAY


def _moment(line: Line, value: str, zones: Mapping[str, tzinfo]) -> Moment:
    """A day or a time as it is written, in its zone."""
    found = _STAMP.fullmatch(value.strip().replace("-", "").replace(":", ""))
    if not found:
        raise ValueError(value)
    year, month, on = (int(part) for part in found.groups()[:3])
    if found[4] is None:
        return date(year, month, on)
    wall = datetime(year, month, on, int(found[4]), int(found[5]), min(59, int(found[6] or 0)))
    if found[7]:
        return wall.replace(tzinfo=ZoneInfo("UTC"))
    name = line.params.get("TZID", "")
    return wall.replace(tzinfo=_zone(name, zones)) if name else wall.replace(tzinfo=ZONE)


def _zone(name: str, zones: Mapping[str, tzinfo]) -> tzinfo:
    """The zone of a name: as the world calls it, as Windows does, or as the file itself explains it."""
    from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON  # noqa: PLC0415

    for known in (name, WINDOWS_TO_OLSON.get(name, ""), _last_words(name)):
        try:
            return ZoneInfo(known)
        except (ZoneInfoNotFoundError, ValueError, OSError):
            continue
    if name in zones:
        return zones[name]
    raise _Unread(_("The time zone “{}” is not known.").format(name))


def _last_words(name: str) -> str:
    """`/freeassociation.sourceforge.net/Europe/Istanbul` ends in a name that is known."""
    return "/".join(name.strip("/").split("/")[-2:])


def _zone_of(block: Block) -> Iterator[tuple[str, tzinfo]]:
    """The zone that a file explains itself."""
    from icalendar import Timezone  # noqa: PLC0415  slow to import

    try:
        zone = Timezone.from_ical(block.raw())
        if isinstance(zone, Timezone):
            yield str(zone["TZID"]), zone.to_tz(lookup_tzid=False)
    except (ValueError, KeyError, TypeError, IndexError, AttributeError, NotImplementedError):
        return


def _instant(moment: Moment) -> datetime:
    if isinstance(moment, datetime):
        return utc(moment)
    return utc(datetime.combine(moment, time(0), ZONE))


def _uid(uid: str, of: Moment) -> str:
    """The name of one occurrence: that of its series, and which one it was."""
    return f"{uid}/{_instant(of):%Y%m%dT%H%M%SZ}" if uid else ""


def _kind(said: str) -> str:
    return said if said in KIND_WORDS else BookingKind.MEETING


def _people(said: str) -> int:
    return int(said) if said.isascii() and said.isdigit() and len(said) < 7 else 1  # noqa: PLR2004


class _Unread(ValueError):
    """Why an entry cannot be read, in the clerk's words."""
