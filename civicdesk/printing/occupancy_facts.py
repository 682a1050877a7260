"""The small figures of the daily occupancy sheet, a name and a figure each."""

from __future__ import annotations

from civicdesk.desk.day_figures import Why
from civicdesk.desk.occupancy_day import OccupancyDay
from civicdesk.printing.occupancy_said import said
from civicdesk.printing.tables import NOTHING
from civicdesk.text import _, ngettext, number


def facts(seen: OccupancyDay) -> list[tuple[str, str]]:
    """The small figures, each with its name."""
    figures, others = seen.figures, seen.others
    post, messages, seats = others.post, others.messages, others.seats
    by_name = _("{entries} entries, {people} people")
    lines = [
        (
            _("Visitors by name"),
            by_name.format(entries=number(figures.entries), people=number(figures.distinct)),
        ),
        (_("Counted without a name"), number(figures.unnamed)),
        (_("Still inside"), _inside(seen)),
        (_("Idle rooms"), f"{number(figures.idle_rooms)} / {number(len(figures.rooms))}"),
        (_("No-show rate"), said(figures.no_show_share, is_share=True)),
        (_("Freed time booked again"), _minutes(figures.released)),
        (_("Outside opening hours"), _minutes(figures.out_of_hours)),
        (_("Events without a noted end"), number(figures.without_end + figures.unconfirmed)),
        (_("Wishes for a room not met"), number(others.wishes_unmet)),
        (_("Refused at the door"), number(others.refused_entries)),
        (_("Work areas, most seated"), f"{number(seats.most)} / {number(seats.seats)}"),
        (
            _("Post"),
            _("{received} came, {handed} handed over, {waiting} waiting").format(
                received=number(post.received), handed=number(post.handed_over), waiting=number(post.waiting)
            ),
        ),
        (_("Official notices"), _notices(seen)),
        (
            _("Messages for members"),
            _("{taken} taken, {open} not passed on, {urgent} urgent").format(
                taken=number(messages.taken),
                open=number(messages.undelivered),
                urgent=number(messages.urgent),
            ),
        ),
        (_("Corrections, evacuations, drills"), _incidents(seen)),
    ]
    if not figures.is_known:  # nothing of these can be known; what is booked stays
        kept = (_("Idle rooms"), _("Outside opening hours"), _("Wishes for a room not met"))
        lines = [
            (name, said_ if name in kept and figures.why == Why.AHEAD else NOTHING) for name, said_ in lines
        ]
    return lines


def _inside(seen: OccupancyDay) -> str:
    left = ""
    if seen.presumed:
        left = _("{count} taken as left at closing").format(count=number(seen.presumed))
    return " · ".join(filter(None, (said(seen.inside), left)))


def _notices(seen: OccupancyDay) -> str:
    post = seen.others.post
    oldest = ""
    if post.oldest_days is not None:
        oldest = ngettext("oldest item {count} day", "oldest item {count} days", post.oldest_days)
        oldest = oldest.format(count=number(post.oldest_days))
    outstanding = _("{count} outstanding").format(count=number(post.notices))
    return " · ".join(filter(None, (outstanding, oldest)))


def _incidents(seen: OccupancyDay) -> str:
    found = seen.others.incidents
    return " / ".join(number(count) for count in (found.corrections, found.musters, found.drills))


def _minutes(count: float) -> str:
    return _("{count} min").format(count=number(round(count)))
