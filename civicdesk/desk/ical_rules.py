"""When something of another calendar comes again, however its rule is written."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from civicdesk.text import ZONE

FARTHEST = timedelta(days=5 * 366)
_FOLLOWED = 50_000
_SLOW = re.compile(r"FREQ=(HOURLY|MINUTELY|SECONDLY)")
_LONGEST_MONTH = {2: 29, 4: 30, 6: 30, 9: 30, 11: 30}
_COUNT = re.compile(r"COUNT=(\d{1,6})(?!\d)")
_UNTIL = re.compile(r"UNTIL=(\d{8})(?:T(\d{6})(Z?))?")


def occurrences(
    begins: datetime | date, rules: Sequence[str], more: Sequence[datetime | date], *, at: datetime, most: int
) -> list[datetime | date]:
    """Every time it comes, at most `most`: the first ones, or from the day of `at` on if there are more.

    Wall times stay as they are in the zone of `begins`. Refuses with ValueError what cannot be read.
    """
    zone = begins.tzinfo if isinstance(begins, datetime) else None
    wall = _wall(begins)
    last = max(wall, _wall(at.astimezone(zone or ZONE))) + FARTHEST
    walls = {wall, *(_wall(each.astimezone(zone) if isinstance(each, datetime) else each) for each in more)}
    for rule in rules:
        walls.update(_followed(rule.strip().upper(), wall, begins, last))
    found = sorted(walls)
    if len(found) > most:
        today = _wall(at.astimezone(zone or ZONE)).replace(hour=0, minute=0, second=0, microsecond=0)
        coming = [each for each in found if each >= today]
        found = (coming or found[-most:])[:most]
    if isinstance(begins, datetime):
        return [each.replace(tzinfo=zone) for each in found]
    return [each.date() for each in found]


def is_endless(rules: Sequence[str]) -> bool:
    """Whether one of the rules has neither a number nor a last day: what is shown of it stops somewhere."""
    return any(not _COUNT.search(rule.upper()) and not _UNTIL.search(rule.upper()) for rule in rules)


def _followed(rule: str, wall: datetime, begins: datetime | date, last: datetime) -> Iterator[datetime]:
    from dateutil.rrule import rrulestr  # noqa: PLC0415  slow to import

    if _SLOW.search(rule):
        raise ValueError(rule)
    if _is_never(rule):
        return
    until = _until(rule, begins)
    ends = min(last, until) if until else last
    counted = _COUNT.search(rule)
    most = min(int(counted[1]), _FOLLOWED) if counted else _FOLLOWED
    # both ends are said by us: a rule that gives no day at all would be followed until the year 9999
    plain = ";".join(part for part in rule.split(";") if part and not part.startswith(("COUNT=", "UNTIL=")))
    yield from islice(rrulestr(f"{plain};UNTIL={ends:%Y%m%dT%H%M%S}", dtstart=wall), most)


def _is_never(rule: str) -> bool:
    """Whether a rule asks for a day that no month has, such as the 30th of February; it would be sought for long."""
    parts = dict(part.partition("=")[::2] for part in rule.split(";"))
    months, days = (parts.get(name, "").split(",") for name in ("BYMONTH", "BYMONTHDAY"))
    if not all(each.isdecimal() for each in (*months, *days)):
        return False
    return all(int(day) > _LONGEST_MONTH.get(int(month), 31) for month in months for day in days)


def _until(rule: str, begins: datetime | date) -> datetime | None:
    """The last moment of a rule as a wall time in the zone of its beginning."""
    found = _UNTIL.search(rule)
    if found is None:
        return None
    if not found[2]:
        return datetime.combine(datetime.strptime(found[1], "%Y%m%d").date(), time.max)
    until = datetime.strptime(found[1] + found[2], "%Y%m%d%H%M%S")
    if found[3] and isinstance(begins, datetime):
        return until.replace(tzinfo=UTC).astimezone(begins.tzinfo).replace(tzinfo=None)
    return until


def _wall(moment: datetime | date) -> datetime:
    if isinstance(moment, datetime):
        return moment.replace(tzinfo=None)
    return datetime.combine(moment, time(0))
