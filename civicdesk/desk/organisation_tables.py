"""The tables of a period by organisation and by kind of organisation, and what of them may leave the centre."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import TypeVar

from civicdesk.desk import metrics, small_groups
from civicdesk.desk.day_figures import Figure, Why
from civicdesk.desk.kinds import MEMBER_KINDS, OUTSIDE_KINDS
from civicdesk.desk.metrics import Event
from civicdesk.desk.period_facts import PeriodFacts, Whose
from civicdesk.desk.period_figures import Days, grouped
from civicdesk.desk.period_rows import KindRow, OrganisationRow

R = TypeVar("R", KindRow, OrganisationRow)

_NOT_HERE = Whose("—", "—")
"""An organisation of another desk whose row has not arrived yet."""


def organisation_rows(days: Days, facts: PeriodFacts) -> list[OrganisationRow]:
    """Every organisation that had a room or was visited, the busiest first."""
    held = grouped(days.held, lambda event: event.whose)
    missed = Counter(event.whose for event in days.due if event.is_no_show)
    found = [
        OrganisationRow(
            id=whose,
            name=facts.organisations.get(whose, _NOT_HERE).name,
            kind=facts.organisations.get(whose, _NOT_HERE).kind,
            events=len(held.get(whose, ())),
            guests=Figure(metrics.guests(held.get(whose, ()))),
            visitors=Figure(facts.visited.get(whose, 0)),
            minutes=_minutes(held.get(whose, ())),
            no_shows=missed[whose],
        )
        for whose in {*held, *missed, *facts.visited}
        if whose is not None
    ]
    return sorted(found, key=lambda row: (-row.events, -(row.guests.value or 0), row.name, row.id))


def kind_rows(days: Days, facts: PeriodFacts, rows: Sequence[OrganisationRow]) -> list[KindRow]:
    """The eleven kinds of member, then those outside bodies and nobody's events that there were."""
    by_kind = grouped(rows, lambda row: row.kind)
    nobodys = [event for event in days.held if event.whose is None]
    missed = sum(event.is_no_show and event.whose is None for event in days.due)
    of_nobody = KindRow(
        "",
        0,
        len(nobodys),
        Figure(metrics.guests(nobodys)),
        Figure(facts.visited.get(None, 0)),
        _minutes(nobodys),
        missed,
    )
    known = (*MEMBER_KINDS, *OUTSIDE_KINDS)
    kinds = [*known, *sorted(kind for kind in by_kind if kind and kind not in known)]
    found = [_kind_row(kind, by_kind.get(kind, ())) for kind in kinds]
    is_told = {*MEMBER_KINDS, *by_kind}
    shown = [row for row in found if row.kind in is_told]
    is_any = of_nobody.events or of_nobody.visitors.value or of_nobody.no_shows
    return [*shown, of_nobody] if is_any else shown


def _kind_row(kind: str, rows: Sequence[OrganisationRow]) -> KindRow:
    return KindRow(
        kind,
        sum(row.events > 0 for row in rows),
        sum(row.events for row in rows),
        Figure(sum(row.guests.value or 0 for row in rows)),
        Figure(sum(row.visitors.value or 0 for row in rows)),
        sum(row.minutes for row in rows),
        sum(row.no_shows for row in rows),
    )


def without_small(
    kinds: Sequence[KindRow], organisations: Sequence[OrganisationRow]
) -> tuple[list[KindRow], list[OrganisationRow]]:
    """Both tables without what would show fewer than five people."""
    for name in ("guests", "visitors"):
        kinds, organisations = _hide(name, kinds, organisations)
    return list(kinds), list(organisations)


def _hide(
    name: str, kinds: Sequence[KindRow], organisations: Sequence[OrganisationRow]
) -> tuple[Sequence[KindRow], Sequence[OrganisationRow]]:
    by_kind = {kind.kind: [row for row in organisations if row.kind == kind.kind] for kind in kinds}
    cells = {
        kind.kind: [_people(row, name) for row in by_kind[kind.kind]] or [_people(kind, name)]
        for kind in kinds
    }
    closed, places = small_groups.hidden_within(cells)
    gone = {
        row.id for kind, rows in by_kind.items() for place, row in enumerate(rows) if place in places[kind]
    }
    return (
        [_few(row, name) if row.kind in closed else row for row in kinds],
        [_few(row, name) if row.id in gone else row for row in organisations],
    )


def _people(row: KindRow | OrganisationRow, name: str) -> int:
    found: Figure = getattr(row, name)
    return round(found.value or 0)


def _few(row: R, name: str) -> R:
    few = Figure(None, Why.FEW)
    return replace(row, guests=few) if name == "guests" else replace(row, visitors=few)


def _minutes(events: Iterable[Event]) -> float:
    """For how long they had their rooms, as booked."""
    return sum((event.ends_at - event.starts_at).total_seconds() / 60 for event in events)
