"""The lines of the register, in the words of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from civicdesk.desk import kinds, members
from civicdesk.desk.member_list import MemberList
from civicdesk.desk.members import Listed
from civicdesk.models import Organisation
from civicdesk.text import _, day, local, ngettext, number
from civicdesk.ui.pages.visitors.lines import Line

TABS = ("members", "outside", "ending", "left")


def belongs(tab: str, organisation: Organisation, seen: MemberList) -> bool:
    """Whether an organisation stands in this list; one whose papers end stands in two."""
    on = local(seen.at).date()
    if tab == "ending":
        return organisation.id in seen.ending
    if organisation.left_on is not None and organisation.left_on <= on:
        return tab == "left"
    return tab == ("members" if organisation.is_member else "outside")


def counts(seen: MemberList) -> Mapping[str, int]:
    """How many stand in each list."""
    found = dict.fromkeys(TABS, 0)
    for each in seen.register.listed:
        for tab in TABS:
            found[tab] += belongs(tab, each.organisation, seen)
    return found


def lines(tab: str, kind: str, typed: str, seen: MemberList) -> list[Line]:
    """The organisations of one list, of one kind or of all, that fit what was typed."""
    on = local(seen.at).date()
    names = {each.organisation.id: each.organisation.name for each in seen.register.listed}
    return [
        _line(each, names, seen, on)
        for each in members.narrowed(seen.register.listed, typed)
        if belongs(tab, each.organisation, seen) and kind in ("", each.organisation.kind)
    ]


def _line(each: Listed, names: Mapping[UUID, str], seen: MemberList, on: date) -> Line:
    one = each.organisation
    parent = names.get(one.parent_id, "") if one.parent_id else ""
    return Line(
        key=one.id,
        lead=str(each.box or "—"),
        title=one.name,
        second=" · ".join(filter(None, (kinds.kind_words(one.kind), one.short_name, parent))),
        pills=(*_post(one, seen), *_papers(one, seen), *_leaving(one, on)),
        hint=_("Enter: show the organisation."),
    )


def _post(one: Organisation, seen: MemberList) -> tuple[tuple[str, str, str], ...]:
    count = seen.post.get(one.id, 0)
    if not count:
        return ()
    words = ngettext("{count} item of post", "{count} items of post", count).format(count=number(count))
    return ((words, "bad" if one.id in seen.notices else "info", "mailbox"),)


def _papers(one: Organisation, seen: MemberList) -> tuple[tuple[str, str, str], ...]:
    return ((_("a paper ends soon"), "warn", "clock"),) if one.id in seen.ending else ()


def _leaving(one: Organisation, on: date) -> tuple[tuple[str, str, str], ...]:
    if one.left_on is None:
        return ()
    if one.merged_into_id is not None:
        return ((_("merged"), "", ""),)
    until = one.forwarding_until_on
    if until is not None and until >= on:
        words = _("post sent on until {day}").format(day=day(until, "d MMM"))
        return ((words, "accent", "mailbox"),)
    return ((_("left on {day}").format(day=day(one.left_on, "d MMM yyyy")), "", ""),)
