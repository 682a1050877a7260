"""A rule of repetition in words: every Tuesday, every 2 weeks on Tuesday and Thursday, every month."""

from __future__ import annotations

from datetime import date

from civicdesk.text import _, day, ngettext

_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_MONDAY = 1  # 1 January 2024 was one


def rule_words(rule: str, starts_on: date) -> str:
    """How often something comes, as people say it; a rule that is too fine for words is only “repeated”."""
    parts = dict(part.split("=", 1) for part in rule.upper().split(";") if "=" in part)
    every = int(parts["INTERVAL"]) if parts.get("INTERVAL", "").isdigit() else 1
    frequency = parts.get("FREQ", "")
    if frequency == "DAILY":
        return ngettext("every day", "every {} days", every).format(every)
    if frequency == "WEEKLY":
        return _weekly(every, _names(parts.get("BYDAY", ""), starts_on))
    if frequency == "MONTHLY":
        return ngettext("every month", "every {} months", every).format(every)
    if frequency == "YEARLY":
        return ngettext("every year", "every {} years", every).format(every)
    return _("repeated")


def _weekly(every: int, names: str) -> str:
    if every == 1:
        return _("every {weekdays}").format(weekdays=names)
    return _("every {count} weeks on {weekdays}").format(count=every, weekdays=names)


def _names(by_day: str, starts_on: date) -> str:
    wanted = [each for each in by_day.split(",") if each in _WEEKDAYS] or [_WEEKDAYS[starts_on.weekday()]]
    return ", ".join(day(date(2024, 1, _MONDAY + _WEEKDAYS.index(each)), "EEEE") for each in wanted)
