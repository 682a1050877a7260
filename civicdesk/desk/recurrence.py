"""When something comes again: a rule of RFC 5545 read into days, and the same rule cut in two or shifted.

Only what a calendar of rooms needs: days, weeks, months and years, with an end. The time of day is not the rule's:
it is a wall time kept beside it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from civicdesk.errors import Refusal
from civicdesk.text import _, local
from civicdesk.text import day as day_words

MOST = 366
FARTHEST = timedelta(days=5 * 366)
"""No rule is followed further than this, so that one that gives nothing is noticed soon."""

_LONGEST_TEXT = 500
_MOST_INTERVAL = 366
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_NUMBERED = re.compile(r"([+-]?\d{1,2})?(MO|TU|WE|TH|FR|SA|SU)")
_UNTIL = re.compile(r"(\d{8})(?:T(\d{6})(Z?))?")
_BY_NUMBER = {"BYMONTHDAY": 31, "BYMONTH": 12, "BYSETPOS": 366, "BYWEEKNO": 53, "BYYEARDAY": 366}
_NEVER_NEGATIVE = ("BYMONTH",)

Parts = dict[str, str]


def dates(rule: str, starts_on: date, wall: time) -> list[date]:
    """The days a rule gives, the first of them `starts_on`.

    Refuses `bad_rule`, `endless_rule` (neither COUNT nor UNTIL), `no_dates`, `starts_off` (the first day is not one
    the rule gives), `too_many` (above 366) and `too_far` (beyond five years).
    """
    parts = read(rule)
    count = int(parts["COUNT"]) if "COUNT" in parts else None
    last = _last(parts, starts_on, wall)
    if count is not None and count > MOST:
        raise _too_many()
    found = _days(parts, starts_on, last, MOST + 1 if count is None else count)
    if len(found) > MOST:
        raise _too_many()
    if not found:
        raise Refusal("no_dates", _("This rule gives no day. Choose other days or a later end."))
    if found[0] != starts_on:
        first = day_words(found[0], "d MMMM yyyy EEEE")
        raise Refusal("starts_off", _("The first day does not fit the rule; begin on {}.").format(first))
    _refuse_cut_off(parts, found, starts_on)
    return found


def read(rule: str) -> Parts:
    """The parts of a rule, each looked at. Refuses `bad_rule` and `endless_rule`."""
    text = rule.strip().upper().removeprefix("RRULE:").rstrip(";")
    pairs = [part.partition("=") for part in text.split(";")]
    parts = {name: value for name, _mark, value in pairs}
    if (
        len(text) > _LONGEST_TEXT
        or len(parts) != len(pairs)
        or not all(map(_is_sound, parts, parts.values()))
    ):
        raise _bad_rule()
    if parts.get("FREQ") not in ("DAILY", "WEEKLY", "MONTHLY", "YEARLY"):
        raise _bad_rule()
    if parts["FREQ"] in ("DAILY", "WEEKLY") and re.search(r"\d", parts.get("BYDAY", "")):
        raise _bad_rule()
    if {"COUNT", "UNTIL"} <= parts.keys():
        raise _bad_rule()
    if not {"COUNT", "UNTIL"} & parts.keys():
        raise Refusal(
            "endless_rule", _("Say how often, or until when: a booking cannot come again for ever.")
        )
    return parts


def write(parts: Parts) -> str:
    """The rule as text: `FREQ=WEEKLY;COUNT=8`."""
    return ";".join(f"{name}={value}" for name, value in parts.items())


def cut(rule: str, days: Sequence[date], on: date) -> tuple[str, str]:
    """The rule up to a day, and from that day on; `days` are all it gives."""
    before = [day for day in days if day < on]
    parts = read(rule)
    if "COUNT" in parts:
        left, right = str(len(before)), str(len(days) - len(before))
        return write(parts | {"COUNT": left}), write(parts | {"COUNT": right})
    return write(parts | {"UNTIL": f"{before[-1] if before else on - timedelta(days=1):%Y%m%d}"}), rule


def shifted(rule: str, days: int) -> str:
    """The rule so many days later: its weekdays move along; what cannot move so (the 31st) falls away."""
    if not days:
        return rule
    parts = read(rule)
    if "UNTIL" in parts:
        found = _UNTIL.fullmatch(parts["UNTIL"])
        assert found
        until = datetime.strptime(found[1], "%Y%m%d").replace(tzinfo=UTC) + timedelta(days=days)
        parts["UNTIL"] = f"{until:%Y%m%d}"
    weekdays = parts.get("BYDAY", "")
    if weekdays and not re.search(r"\d", weekdays):
        moved = {(_WEEKDAYS.index(day) + days) % 7 for day in weekdays.split(",")}
        parts["BYDAY"] = ",".join(_WEEKDAYS[day] for day in sorted(moved))
        return write(parts)
    return write({name: value for name, value in parts.items() if not name.startswith("BY")})


def _days(parts: Parts, starts_on: date, last: date, most: int) -> list[date]:
    from dateutil.rrule import rrulestr  # noqa: PLC0415  only those who repeat something wait for it

    text = write({name: value for name, value in parts.items() if name not in ("COUNT", "UNTIL")})
    noon = datetime.combine(starts_on, time(12))
    try:
        found = rrulestr(f"{text};UNTIL={last:%Y%m%d}T235959", dtstart=noon)
        return [each.date() for each in islice(found, most)]
    except (ValueError, OverflowError):
        raise _bad_rule() from None


def _last(parts: Parts, starts_on: date, wall: time) -> date:
    """The last day that may be given: what UNTIL says, but not beyond what is followed."""
    cap = min(starts_on, date.max - FARTHEST) + FARTHEST
    if "UNTIL" not in parts:
        return cap
    return min(cap, until(parts["UNTIL"], wall))


def until(text: str, wall: time) -> date:
    """The last day of an UNTIL for something at a wall time. Refuses `bad_rule`."""
    found = _UNTIL.fullmatch(text)
    assert found
    try:
        on = datetime.strptime(found[1], "%Y%m%d").date()
        if not found[2]:
            return on
        end = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")
        if found[3]:
            end = local(end.replace(tzinfo=UTC)).replace(tzinfo=None)
        return end.date() if end.time() >= wall else end.date() - timedelta(days=1)
    except (ValueError, OverflowError):
        raise _bad_rule() from None


def _refuse_cut_off(parts: Parts, found: Sequence[date], starts_on: date) -> None:
    wanted = int(parts["COUNT"]) if "COUNT" in parts else 0
    cap = min(starts_on, date.max - FARTHEST) + FARTHEST
    if len(found) < wanted or ("UNTIL" in parts and until(parts["UNTIL"], time.max) > cap):
        raise Refusal("too_far", _("This goes on for more than five years. Choose a nearer end."))


def _is_sound(name: str, value: str) -> bool:
    check = _CHECKS.get(name)
    return check is not None and check(value)


def _is_number(value: str, most: int) -> bool:
    return value.isascii() and value.isdigit() and len(value) <= len(str(most)) and 1 <= int(value) <= most


def _numbers(name: str) -> Callable[[str], bool]:
    most, sign = _BY_NUMBER[name], "" if name in _NEVER_NEGATIVE else "+-"
    return lambda value: all(
        _is_number(each[1:] if each[:1] in tuple(sign) else each, most) for each in value.split(",")
    )


def _are_weekdays(value: str) -> bool:
    found = [_NUMBERED.fullmatch(each) for each in value.split(",")]
    return all(each is not None and (each[1] is None or 1 <= abs(int(each[1])) <= 53) for each in found)  # noqa: PLR2004


_CHECKS: dict[str, Callable[[str], bool]] = {
    "FREQ": str.isalpha,
    "INTERVAL": lambda value: _is_number(value, _MOST_INTERVAL),
    "COUNT": lambda value: _is_number(value, 99_999),
    "UNTIL": lambda value: _UNTIL.fullmatch(value) is not None,
    "BYDAY": _are_weekdays,
    "WKST": lambda value: value in _WEEKDAYS,
    **{name: _numbers(name) for name in _BY_NUMBER},
}


def _bad_rule() -> Refusal:
    return Refusal("bad_rule", _("This rule cannot be read. Choose days, weeks, months or years."))


def _too_many() -> Refusal:
    return Refusal("too_many", _("A booking comes again at most {} times. Choose a nearer end.").format(MOST))
