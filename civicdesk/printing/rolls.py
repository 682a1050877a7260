"""What stands on the evacuation list, taken from the desk's own roll."""

from __future__ import annotations

from civicdesk.desk.evacuation import Roll, Unnamed
from civicdesk.desk.headcounts import Category
from civicdesk.desk.visits import needs_of
from civicdesk.desk.words import need_words
from civicdesk.models import Centre, Visit
from civicdesk.printing.evacuation import EvacuationHeadCount, EvacuationPerson, EvacuationSheet
from civicdesk.text import clock, day, local


def evacuation_sheet(centre: Centre, roll: Roll, by: str) -> EvacuationSheet:
    """The list as it stands; whoever was taken as left today without being seen is on it too."""
    return EvacuationSheet(
        centre=centre.name,
        as_of=f"{day(local(roll.at).date())} {clock(roll.at)}",
        by=by,
        total=roll.total,
        people=[
            *(_person(visit) for visit in roll.people),
            *(_person(visit, presumed_left=True) for visit in roll.presumed_left),
        ],
        head_counts=[_heads(unnamed) for unnamed in roll.unnamed],
        drill=roll.muster is not None and roll.muster.is_drill,
    )


def _person(visit: Visit, *, presumed_left: bool = False) -> EvacuationPerson:
    room, host = visit.room, visit.host
    return EvacuationPerson(
        name=visit.visitor.name,
        badge_number=visit.number,
        zone=room.zone if room else "",
        room=room.name if room else "",
        host=host.name if host and not visit.is_discreet else "",
        since=clock(visit.arrived_at),
        needs=tuple(map(need_words, needs_of(visit.needs))),
        people=visit.people,
        presumed_left=presumed_left,
    )


def _heads(unnamed: Unnamed) -> EvacuationHeadCount:
    def among(category: Category) -> int:
        return max(0, min(unnamed.people, unnamed.categories.get(category, 0)))

    return EvacuationHeadCount(
        room=unnamed.room.name,
        zone=unnamed.room.zone,
        count=unnamed.people,
        children=among(Category.CHILD),
        wheelchair=among(Category.WHEELCHAIR),
    )
