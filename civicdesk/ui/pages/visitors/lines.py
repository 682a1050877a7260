"""The lines of the four lists of visitors, in the words of the desk."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

from civicdesk.desk.roster import Roster
from civicdesk.desk.visits import needs_of
from civicdesk.models import Invitation, Need, Scan, Visit
from civicdesk.text import _, clock, day, fold, local, ngettext, number
from civicdesk.ui.pages.visitor.history_row import times
from civicdesk.ui.words import kept_tone, needs_words, person_spoken, reason_words, result_words

_RESULT_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x"}


@dataclass(frozen=True, kw_only=True)
class Line:
    """One line: a time, who it is, what is known, and what one tap does."""

    key: object
    title: str
    lead: str = ""
    lead_tone: str = ""
    icon: str = ""
    icon_tone: str = ""
    second: str = ""
    pills: tuple[tuple[str, str, str], ...] = ()  # words, tone, icon
    note: str = ""
    action: str = ""
    action_icon: str = ""
    is_main: bool = False
    hint: str = ""
    visit: Visit | None = None
    invitation: Invitation | None = None
    opens: bool = False
    is_heading: bool = False
    is_steps: bool = False
    folded: str = ""

    def spoken(self) -> str:
        """All of it in one breath, for screen readers."""
        pills = (words for words, _tone, _icon in self.pills)
        person = self.visit or self.invitation
        title = person_spoken(person.visitor) if person else self.title
        return ", ".join(filter(None, (title, self.lead, self.second, *pills, self.note)))


def lines(tab: str, roster: Roster) -> list[Line]:
    """Everything in this list."""
    if tab == "expected":
        return expected_lines(roster)
    if tab == "today":
        return [_came(visit) for visit in roster.visits]
    if tab == "scans":
        return list(_by_day(roster))
    return [_inside(visit, roster.came.get(visit.id, visit.people)) for visit in roster.visits]


def narrowed(all_lines: Iterable[Line], text: str) -> list[Line]:
    """The lines with every word of `text` in them, and the headings over those."""
    words = fold(text).split()
    if not words:
        return list(all_lines)
    found: list[Line] = []
    heading: Line | None = None
    for line in all_lines:
        if line.is_heading:
            heading = line
        elif all(word in line.folded for word in words):
            found += [heading, line] if heading else [line]
            heading = None
    return found


def steps_under(line: Line) -> Line:
    """The room under an opened line where its steps stand."""
    return Line(key=("steps", line.key), title="", is_steps=True)


def _inside(visit: Visit, came: int) -> Line:
    return Line(
        key=visit.id,
        lead=clock(visit.arrived_at),
        title=visit.visitor.name,
        second=" · ".join(filter(None, (_where(visit), reason_words(visit.reason)))),
        pills=(*_company(visit.people, came), *_needs(visit.needs)),
        note=_("badge {number}").format(number=visit.number),
        action=_("Check out"),
        action_icon="log-out",
        hint=_("Enter: what can be done. Space: check out."),
        visit=visit,
        opens=True,
        folded=fold(f"{visit.visitor.name} {visit.number} {_where(visit)}"),
    )


def _came(visit: Visit) -> Line:
    return Line(
        key=visit.id,
        lead=clock(visit.arrived_at),
        title=visit.visitor.name,
        second=" · ".join(filter(None, ("" if visit.is_open else times(visit), _where(visit)))),
        pills=(
            *((_("inside"), "ok", "circle-check") for _once in range(visit.is_open)),
            *_company(visit.people),
            *_needs(visit.needs),
        ),
        note=_("badge {number}").format(number=visit.number),
        hint=_("Enter: show the visitor."),
        visit=visit,
        folded=fold(f"{visit.visitor.name} {visit.number} {_where(visit)}"),
    )


def expected_lines(roster: Roster) -> list[Line]:
    """Who is still to come today, then the days after, each under its date."""
    found = [_expected(each, is_late=roster.is_late(each), is_today=True) for each in roster.expected]
    for on, group in groupby(roster.upcoming, lambda each: local(each.expected_at).date()):
        later = [_expected(each, is_late=False, is_today=False) for each in group]
        count = ngettext("{count} person", "{count} people", len(later)).format(count=len(later))
        found.append(Line(key=on, title=day(on), note=count, is_heading=True))
        found += later
    if roster.later > 0:
        more = ngettext("and {count} more later", "and {count} more later", roster.later)
        found.append(Line(key="later", title=more.format(count=number(roster.later)), is_heading=True))
    return found


def _expected(invitation: Invitation, *, is_late: bool, is_today: bool) -> Line:
    late = ((_("late"), "warn", "clock"),) if is_late else ()
    return Line(
        key=invitation.id,
        lead=clock(invitation.expected_at),
        lead_tone="warn" if is_late else "",
        title=invitation.visitor.name,
        second=" · ".join(filter(None, (_where(invitation), reason_words(invitation.reason)))),
        pills=(*late, *_company(invitation.people), *_needs(invitation.needs)),
        action=_("Check in") if is_today else "",
        action_icon="log-in",
        is_main=True,
        hint=_("Enter: what can be done. Space: check in.") if is_today else _("Enter: what can be done."),
        invitation=invitation,
        opens=True,
        folded=fold(f"{invitation.visitor.name} {_where(invitation)}"),
    )


def _by_day(roster: Roster) -> Iterator[Line]:
    """The scans of today, and the older ones under their dates."""
    today = local(roster.at).date()
    for on, group in groupby(roster.scans, lambda each: local(each[0].at).date()):
        if on != today:
            yield Line(key=on, title=day(on), is_heading=True)
        for scan, visit, invitation in group:
            yield _scan(scan, visit, invitation)


def _scan(scan: Scan, visit: Visit | None, invitation: Invitation | None) -> Line:
    tone = kept_tone(scan.result)
    words = result_words(scan.result)
    held = visit or invitation
    name = held.visitor.name if held else _("Nobody known")
    return Line(
        key=scan.id,
        lead=clock(scan.at),
        icon=_RESULT_ICONS[tone],
        icon_tone=tone,
        title=name,
        second=" · ".join(filter(None, (_where(held) if held else "", device_words(scan.device)))),
        pills=((words, tone, ""),),
        note=_("badge {number}").format(number=visit.number) if visit else "",
        hint=_("Enter: show the visitor.") if held else "",
        visit=visit,
        invitation=invitation,
        folded=fold(f"{name} {words} {visit.number if visit else ''}"),
    )


def device_words(device: str) -> str:
    """What read the code."""
    way, _space, port = device.partition(" ")
    if way == "serial" and port:
        return _("reader on {port}").format(port=port)
    words = {
        "keyboard": _("reader"),
        "serial": _("reader on the serial port"),
        "camera": _("camera"),
        "typed": _("typed in"),
    }
    return words.get(way, device)


def _where(held: Visit | Invitation) -> str:
    return " · ".join(place.name for place in (held.host, held.room) if place)


def _company(people: int, came: int = 0) -> tuple[tuple[str, str, str], ...]:
    """How many came together, and how many of them are still here."""
    if came > people:
        words = _("{here} of {came} here").format(here=number(people), came=number(came))
        return ((words, "accent", "users-round"),)
    if people == 1:
        return ()
    words = ngettext("{count} person", "{count} people", people).format(count=number(people))
    return ((words, "accent", "users-round"),)


def _needs(needs: str) -> tuple[tuple[str, str, str], ...]:
    if not needs:
        return ()
    icon = "accessibility" if Need.WHEELCHAIR in needs_of(needs) else "hand-helping"
    return ((needs_words(needs), "info", icon),)
