"""The evacuation list: everyone inside, on paper, to be ticked off at the assembly point."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from civicdesk.printing import evacuation_rows as rows
from civicdesk.printing.flow import Strip, draw_strips, pages
from civicdesk.printing.fonts import Weight, text_width
from civicdesk.printing.lines import Align, draw, draw_fitted
from civicdesk.printing.paper import MM, capitals, colour, document
from civicdesk.text import _, ngettext, number, sort_key

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

_WIDTH, _HEIGHT = 210 * MM, 297 * MM
_HEADER, _RUNNING_HEADER, _FOOTER = 37 * MM, 19 * MM, 16 * MM
_EMPTY_LINES = 8


@dataclass(frozen=True)
class EvacuationPerson:
    """Someone inside, or several under one name. `since` is the time of arrival as text."""

    name: str
    badge_number: int | None
    zone: str
    room: str
    host: str = ""
    since: str = ""
    needs: tuple[str, ...] = ()
    people: int = 1
    presumed_left: bool = False


@dataclass(frozen=True)
class EvacuationHeadCount:
    """People counted in a room without names; `children` and `wheelchair` are among `count`."""

    room: str
    zone: str
    count: int
    children: int = 0
    wheelchair: int = 0


@dataclass(frozen=True)
class EvacuationSheet:
    """What the list says. `as_of` is day and time as text, `by` who printed it."""

    centre: str
    as_of: str
    by: str
    total: int
    people: Sequence[EvacuationPerson]
    head_counts: Sequence[EvacuationHeadCount] = ()
    drill: bool = False


def evacuation_pdf(sheet: EvacuationSheet) -> bytes:
    """The list as A4: who needs assistance first, then zone by zone and room by room."""
    out = BytesIO()
    filled = pages(_strips(sheet), _HEIGHT - _HEADER - _FOOTER, _HEIGHT - _RUNNING_HEADER - _FOOTER)
    with document(out, _WIDTH, _HEIGHT, title=_("Evacuation list"), author=sheet.centre) as page:
        for at, strips in enumerate(filled, start=1):
            draw_strips(page, strips, _HEIGHT - _draw_header(page, sheet, first=at == 1))
            _draw_footer(page, sheet, _("Page {page} of {pages}").format(page=at, pages=len(filled)))
            page.showPage()
    return out.getvalue()


def _strips(sheet: EvacuationSheet) -> Iterator[Strip]:
    if not sheet.people and not sheet.head_counts:
        yield rows.notice(_("Nobody is recorded as being inside."))
    yield from _assistance(sheet)
    for zone in _sorted({p.zone for p in sheet.people} | {c.zone for c in sheet.head_counts}):
        yield from _zone(sheet, zone)
    yield from rows.not_on_the_list(_EMPTY_LINES)


def _sorted(names: Iterable[str]) -> list[str]:
    """In Turkish order; what has no name comes last."""
    return sorted(names, key=lambda name: (not name, sort_key(name)))


def _assistance(sheet: EvacuationSheet) -> Iterator[Strip]:
    people = sorted((p for p in sheet.people if p.needs), key=_place)
    counts = sorted((c for c in sheet.head_counts if c.wheelchair), key=_where)
    if not people and not counts:
        return
    total = sum(person.people for person in people) + sum(count.wheelchair for count in counts)
    columns = rows.columns(_("Where"), framed=True)
    title = rows.assistance_title(_("Assistance first"), _people(total))
    headings = (title, columns)
    yield from headings
    for person in people:
        yield rows.person(_person_row(person, _at(person)), headings, framed=True)
    for count in counts:
        row = rows.Row(name=_("Without a name"), where=_at(count), note=_wheelchairs(count))
        yield rows.person(row, headings, framed=True)
    yield rows.frame_end()


def _place(person: EvacuationPerson) -> tuple[object, ...]:
    return (sort_key(person.zone), sort_key(person.room), sort_key(person.name))


def _where(count: EvacuationHeadCount) -> tuple[object, ...]:
    return (sort_key(count.zone), sort_key(count.room))


def _at(row: EvacuationPerson | EvacuationHeadCount) -> str:
    return " · ".join(part for part in (row.room, row.zone) if part)


def _people(count: int) -> str:
    return ngettext("{count} person", "{count} people", count).format(count=number(count))


def _person_row(person: EvacuationPerson, where: str) -> rows.Row:
    notes = [*person.needs, *([_("may have left already")] if person.presumed_left else [])]
    return rows.Row(
        name=person.name,
        where=where,
        note=" · ".join(notes),
        people=_people(person.people) if person.people > 1 else "",
        badge="" if person.badge_number is None else str(person.badge_number),
        since=person.since,
    )


def _zone(sheet: EvacuationSheet, zone: str) -> Iterator[Strip]:
    people = [person for person in sheet.people if person.zone == zone]
    counts = [count for count in sheet.head_counts if count.zone == zone]
    heading = rows.zone_title(zone or _("Zone not known"), _people(_inside(people, counts)))
    columns = rows.columns(_("Visiting"))
    yield heading
    yield columns
    for room in _sorted({p.room for p in people} | {c.room for c in counts}):
        yield from _room(
            room or _("Room not known"),
            [person for person in people if person.room == room],
            [count for count in counts if count.room == room],
            (heading, columns),
        )


def _inside(people: Iterable[EvacuationPerson], counts: Iterable[EvacuationHeadCount]) -> int:
    return sum(person.people for person in people) + sum(count.count for count in counts)


def _room(
    name: str,
    people: Sequence[EvacuationPerson],
    counts: Sequence[EvacuationHeadCount],
    above: tuple[Strip, ...],
) -> Iterator[Strip]:
    inside = _people(_inside(people, counts))
    yield rows.room_title(name, inside, above)
    headings = (*above, rows.room_title(_("{room} (continued)").format(room=name), inside, ()))
    for count in counts:
        yield rows.head_count(_head_count(count), headings)
    for person in sorted(people, key=lambda person: sort_key(person.name)):
        yield rows.person(_person_row(person, person.host), headings)


def _head_count(count: EvacuationHeadCount) -> str:
    without = ngettext("{count} without a name", "{count} without names", count.count)
    said = [without.format(count=number(count.count))]
    if count.children:
        children = ngettext("{count} child", "{count} children", count.children)
        said.append(children.format(count=number(count.children)))
    if count.wheelchair:
        said.append(_wheelchairs(count))
    return " · ".join(said)


def _wheelchairs(count: EvacuationHeadCount) -> str:
    users = ngettext("{count} wheelchair user", "{count} wheelchair users", count.wheelchair)
    return users.format(count=number(count.wheelchair))


def _draw_header(page: Canvas, sheet: EvacuationSheet, *, first: bool) -> float:
    """Returns how much of the page it takes."""
    if first:
        _draw_title(page, sheet)
        return _HEADER
    _draw_running_header(page, sheet)
    return _RUNNING_HEADER


def _draw_title(page: Canvas, sheet: EvacuationSheet) -> None:
    """The title, how many are inside, and of when and whom this is the list."""
    title = capitals(_("Evacuation list"))
    top = _HEIGHT - 14 * MM
    draw(page, rows.LEFT, top - 8 * MM, title, 27, weight=Weight.BOLD)
    if sheet.drill:
        x = rows.LEFT + text_width(title, 27, Weight.BOLD) + 5 * MM
        _draw_drill(page, x, top - 8.6 * MM, size=14)
    bold = Weight.SEMIBOLD
    draw_fitted(page, rows.LEFT, top - 14.5 * MM, sheet.centre, width=125 * MM, sizes=(13, 11), weight=bold)
    draw(page, rows.LEFT, top - 19.5 * MM, _("As of {time}").format(time=sheet.as_of), 11)
    draw(page, rows.RIGHT, top - 10 * MM, number(sheet.total), 38, weight=Weight.BOLD, align=Align.RIGHT)
    inside = ngettext("person inside", "people inside", sheet.total)
    draw(page, rows.RIGHT, top - 16 * MM, inside, 11, weight=Weight.SEMIBOLD, align=Align.RIGHT)


def _draw_drill(page: Canvas, x: float, y: float, size: float) -> float:
    """The word "drill" in a frame; returns its width."""
    word = capitals(_("Drill"))
    width = text_width(word, size, Weight.BOLD) + size
    colour(page)
    page.setLineWidth(1.5)
    page.rect(x, y, width, size * 1.6)
    draw(page, x + size / 2, y + size * 0.45, word, size, weight=Weight.BOLD)
    return width


def _draw_running_header(page: Canvas, sheet: EvacuationSheet) -> None:
    y = _HEIGHT - 13 * MM
    draw(page, rows.LEFT, y, _("Evacuation list"), 11, weight=Weight.BOLD)
    x = rows.LEFT + text_width(_("Evacuation list"), 11, Weight.BOLD) + 3 * MM
    if sheet.drill:
        x += _draw_drill(page, x, y - 1.2 * MM, size=8) + 3 * MM
    draw(page, rows.RIGHT, y, _("As of {time}").format(time=sheet.as_of), 9, align=Align.RIGHT)


def _draw_footer(page: Canvas, sheet: EvacuationSheet, pages_said: str) -> None:
    colour(page)
    page.setLineWidth(0.5)
    page.line(rows.LEFT, 12.5 * MM, rows.RIGHT, 12.5 * MM)
    said = " · ".join(part for part in (sheet.centre, sheet.by) if part)
    draw_fitted(page, rows.LEFT, 8.5 * MM, said, width=140 * MM, sizes=(8, 7))
    draw(page, rows.RIGHT, 8.5 * MM, pages_said, 9, weight=Weight.SEMIBOLD, align=Align.RIGHT)
