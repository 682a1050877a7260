"""The tables of a period that tell of post and of the work areas."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from civicdesk.desk import inside_curve, metrics
from civicdesk.desk.day_figures import Figure, Why
from civicdesk.desk.metrics import Heads
from civicdesk.desk.period_facts import Area, Sitting
from civicdesk.desk.period_figures import Days, grouped
from civicdesk.desk.period_rows import AreaRow, PostRow
from civicdesk.models import MailKind, Place


def post_rows(became: Mapping[tuple[str, str], int]) -> list[PostRow]:
    """Every kind of post, also those of which none came; what is not taken yet waits."""
    kinds = [*MailKind, *sorted({kind for kind, _place in became} - set(MailKind))]
    return [_post_row(kind, {place: n for (of, place), n in became.items() if of == kind}) for kind in kinds]


def _post_row(kind: str, places: Mapping[str, int]) -> PostRow:
    return PostRow(
        kind,
        received=sum(places.values()),
        handed_over=places.get(Place.HANDED_OVER, 0),
        waiting=places.get(Place.WAITING, 0) + places.get(Place.PRESENTED, 0),
        forwarded=places.get(Place.FORWARDED, 0),
        returned=places.get(Place.RETURNED, 0),
        unclaimed=places.get(Place.UNCLAIMED, 0),
        not_taken=places.get(Place.NOT_TAKEN, 0),
        withdrawn=places.get(Place.WITHDRAWN, 0),
    )


def area_rows(areas: Iterable[Area], sat: Sequence[Sitting], days: Days) -> list[AreaRow]:
    """Every work area, also one that nobody sat in."""
    by_area = grouped(sat, lambda sitting: sitting.room)
    return [_area_row(area, by_area.get(area.room, ()), days) for area in areas]


def _area_row(area: Area, sat: Sequence[Sitting], days: Days) -> AreaRow:
    changes: list[Heads] = []
    for sitting in sat:
        changes.append(Heads(sitting.since_at, sitting.people, area.room))
        if sitting.left_at is not None:
            changes.append(Heads(sitting.left_at, -sitting.people, area.room))
    begins, until = days.all[0].facts.begins, days.all[-1].facts.ends
    most = inside_curve.peak(inside_curve.draw([], changes), begins, until)
    lasted = [(each.left_at - each.since_at).total_seconds() / 60 for each in sat if each.left_at]
    return AreaRow(
        area.room,
        area.name,
        area.seats,
        sum(sitting.people for sitting in sat),
        most.people if most else 0,
        Figure.of(metrics.mean(lasted), Why.NOBODY),
    )
