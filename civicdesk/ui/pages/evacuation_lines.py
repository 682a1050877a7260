"""The evacuation list as lines: who needs assistance first, then room by room, then those nobody expected."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from civicdesk.desk.evacuation import Roll, Unnamed
from civicdesk.desk.headcounts import Category
from civicdesk.models import Room, Visit
from civicdesk.text import _, clock, fold, ngettext, number, sort_key
from civicdesk.ui.words import needs_words


@dataclass(frozen=True)
class Line:
    """One line: a heading, somebody by name, or people counted without names."""

    key: object
    title: str
    second: str = ""
    note: str = ""
    visit_id: UUID | None = None
    is_heading: bool = False
    is_safe: bool = False
    tone: str = ""

    def spoken(self) -> str:
        """What a screen reader says."""
        state = (_("Safe") if self.is_safe else _("Not seen yet")) if self.visit_id else ""
        return ", ".join(filter(None, (self.title, self.second, self.note, state)))


@dataclass(frozen=True)
class Wanted:
    """Which part of the list is looked at: a search, a zone or a room, only the missing."""

    search: str = ""
    place: str | UUID | None = None
    only_missing: bool = False

    def takes(self, visit: Visit, roll: Roll) -> bool:
        if self.only_missing and visit.id in roll.safe:
            return False
        return self._is_place(visit.room) and self._is_found(visit)

    def takes_heads(self, unnamed: Unnamed) -> bool:
        return self._is_place(unnamed.room) and not self.search

    def _is_place(self, room: Room | None) -> bool:
        return self.place is None or (room is not None and self.place in (room.id, room.zone))

    def _is_found(self, visit: Visit) -> bool:
        words = fold(self.search).split()
        if not words:
            return True
        said = f"{visit.visitor.folded} {visit.number} {visit.host.folded if visit.host else ''}"
        return all(word in said for word in words)


def lines(roll: Roll, wanted: Wanted) -> list[Line]:
    """The whole list, or the part that is wanted."""
    people = [visit for visit in roll.people if wanted.takes(visit, roll)]
    heads = [unnamed for unnamed in roll.unnamed if wanted.takes_heads(unnamed)]
    left = [visit for visit in roll.presumed_left if wanted.takes(visit, roll)]
    added = [Line(mark.id, mark.name, is_safe=True) for mark in roll.added if not wanted.only_missing]
    helped = [visit for visit in people if visit.needs]
    return [
        *_helped(roll, helped, heads),
        *_rooms(roll, [visit for visit in people if not visit.needs], heads),
        *_group("added", _("Was not on the list"), added, len(added), "info"),
        *_group("left", _("Taken as left, not seen"), _people(roll, left), _count(left), "warn"),
    ]


def places(roll: Roll) -> list[tuple[object, str]]:
    """What the list can be narrowed to: every zone and room in which somebody is."""
    rooms = {room.id: room for room in _rooms_of(roll)}
    zones = sorted({room.zone for room in rooms.values() if room.zone}, key=sort_key)
    named = sorted(rooms.values(), key=lambda room: sort_key(room.name))
    return [*((zone, zone) for zone in zones), *((room.id, room.name) for room in named)]


def _rooms_of(roll: Roll) -> Iterable[Room]:
    yield from (visit.room for visit in (*roll.people, *roll.presumed_left) if visit.room)
    yield from (unnamed.room for unnamed in roll.unnamed)


def _rooms(roll: Roll, people: Sequence[Visit], heads: Sequence[Unnamed]) -> list[Line]:
    """Room by room in the order of zones; nobody's room comes last."""
    rooms: dict[UUID | None, Room | None] = {visit.room_id: visit.room for visit in people}
    rooms |= {unnamed.room.id: unnamed.room for unnamed in heads}
    found: list[Line] = []
    for room_id, room in sorted(rooms.items(), key=lambda pair: _order(pair[1])):
        here = [visit for visit in people if visit.room_id == room_id]
        counted = [unnamed for unnamed in heads if unnamed.room.id == room_id]
        rows = [*(_heads(unnamed) for unnamed in counted), *_people(roll, here)]
        found += _group(room_id, _room_words(room), rows, _count(here) + sum(u.people for u in counted))
    return found


def _helped(roll: Roll, people: Sequence[Visit], heads: Sequence[Unnamed]) -> list[Line]:
    """Who cannot come out alone, by name and by head."""
    wheels = [unnamed for unnamed in heads if _among(unnamed, Category.WHEELCHAIR)]
    rows = [*_people(roll, people), *map(_wheelchairs, wheels)]
    count = _count(people) + sum(_among(unnamed, Category.WHEELCHAIR) for unnamed in wheels)
    return _group("help", _("Needs assistance"), rows, count, "bad")


def _order(room: Room | None) -> tuple[object, ...]:
    return (room is None, sort_key(room.zone) if room else (), sort_key(room.name) if room else ())


def _room_words(room: Room | None) -> str:
    return " · ".join(filter(None, (room.zone, room.name))) if room else _("Room not known")


def _group(key: object, title: str, rows: Sequence[Line], people: int, tone: str = "") -> list[Line]:
    if not rows:
        return []
    return [Line(("heading", key), title, note=people_words(people), is_heading=True, tone=tone), *rows]


def _people(roll: Roll, visits: Iterable[Visit]) -> list[Line]:
    return [_person(roll, visit) for visit in sorted(visits, key=lambda visit: sort_key(visit.visitor.name))]


def _person(roll: Roll, visit: Visit) -> Line:
    where = visit.room.name if visit.room and visit.needs else ""
    host = visit.host.name if visit.host and not visit.is_discreet else ""
    since = _("since {time}").format(time=clock(visit.arrived_at))
    return Line(
        key=visit.id,
        title=visit.visitor.name,
        second=" · ".join(filter(None, (needs_words(visit.needs), where, host, since))),
        note=people_words(visit.people) if visit.people > 1 else "",
        visit_id=visit.id,
        is_safe=visit.id in roll.safe,
        tone="bad" if visit.needs else "",
    )


def _heads(unnamed: Unnamed) -> Line:
    count = ngettext("{count} without a name", "{count} without names", unnamed.people)
    children, wheelchairs = _among(unnamed, Category.CHILD), _among(unnamed, Category.WHEELCHAIR)
    said = [_children_words(children)] if children else []
    said += [_wheelchair_words(wheelchairs)] if wheelchairs else []
    return Line(
        key=("heads", unnamed.room.id),
        title=count.format(count=number(unnamed.people)),
        second=" · ".join(said),
        tone="info",
    )


def _wheelchairs(unnamed: Unnamed) -> Line:
    return Line(
        key=("wheelchairs", unnamed.room.id),
        title=_wheelchair_words(_among(unnamed, Category.WHEELCHAIR)),
        second=" · ".join((_("Without a name"), _room_words(unnamed.room))),
        tone="bad",
    )


def _among(unnamed: Unnamed, category: Category) -> int:
    return max(0, min(unnamed.people, unnamed.categories.get(category, 0)))


def _children_words(count: int) -> str:
    return ngettext("{count} child", "{count} children", count).format(count=number(count))


def _wheelchair_words(count: int) -> str:
    words = ngettext("{count} wheelchair user", "{count} wheelchair users", count)
    return words.format(count=number(count))


def _count(visits: Iterable[Visit]) -> int:
    return sum(visit.people for visit in visits)


def people_words(count: int) -> str:
    """`3 people`."""
    return ngettext("{count} person", "{count} people", count).format(count=number(count))
