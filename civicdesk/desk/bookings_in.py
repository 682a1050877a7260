"""Bookings out of a file: what each row would be, shown before anything is kept; then all of it or a chosen part."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum
from functools import partial
from uuid import UUID, uuid5

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from civicdesk.desk import actions, booking_wish, bookings_in_rooms, claims, hours
from civicdesk.desk.booking_facts import judge
from civicdesk.desk.booking_rules import YEARS, Objection
from civicdesk.desk.booking_steps import overridden, refuse_dated
from civicdesk.desk.booking_wish import Wish
from civicdesk.desk.bookings_in_rooms import Places
from civicdesk.desk.deeds import Deed
from civicdesk.desk.tables_in import Stop, Tell, never, silent, stopped
from civicdesk.errors import Refusal
from civicdesk.models import Booking, BookingKind
from civicdesk.text import _, clock, day, fold, local

_UIDS = UUID("6f1c5f0e-7d0b-5c57-9d0a-2f6d1c9b4e11")
_AT_ONCE = 400
_THERE = select(Booking.id, Booking.starts_at, Booking.ends_at, Booking.deleted_at).where(
    Booking.id.in_(bindparam("ids", expanding=True))
)
_ALIKE = select(Booking.room_id, Booking.starts_at, Booking.ends_at, Booking.title).where(
    Booking.starts_at >= bindparam("first"),
    Booking.starts_at <= bindparam("last"),
    Booking.deleted_at.is_(None),
)


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One booking as a file tells it. `place` is its row, or its place among the events; `room` the file's word.

    `trouble` is the sentence why it cannot be, when the file itself says so or cannot be read; `whole_day` has no
    times of its own.
    """

    place: int
    title: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    whole_day: bool = False
    room: str = ""
    organisation: str = ""
    people: int = 1
    kind: str = BookingKind.MEETING
    note: str = ""
    contact_name: str = ""
    contact_phone: str = ""
    is_tentative: bool = False
    uid: str = ""
    trouble: str = ""


class Verdict(StrEnum):
    """What would become of an entry."""

    NEW = "new"
    THERE = "there"
    CLASH = "clash"
    WRONG = "wrong"


@dataclass(frozen=True, kw_only=True)
class Line:
    """An entry beside what would become of it; `why` says why not. With a reason some can be taken in anyway."""

    entry: Entry
    verdict: Verdict
    why: str = ""
    wish: Wish | None = None
    booking_id: UUID | None = None
    room_name: str = ""
    organisation_name: str = ""
    is_overridable: bool = False

    @property
    def can_be_taken(self) -> bool:
        """Whether it may be ticked, perhaps only with a reason."""
        return self.wish is not None

    @property
    def is_ticked_first(self) -> bool:
        """Whether it is ticked before anybody looked."""
        return self.verdict is Verdict.NEW


@dataclass(frozen=True)
class Preview:
    """All that a file holds, in its order; `places` is which of our rooms the file's words mean."""

    lines: Sequence[Line]
    places: Places

    def count(self, verdict: Verdict) -> int:
        """How many of a kind."""
        return sum(line.verdict is verdict for line in self.lines)


def preview(
    session: Session,
    entries: Sequence[Entry],
    *,
    at: datetime,
    rooms: Mapping[str, UUID | None] | None = None,
    tell: Tell = silent,
    is_stopped: Stop = never,
) -> Preview:
    """What would become of each entry; nothing is kept. `rooms` are those chosen by hand, by the file's words.

    Refuses `no_entries` and `stopped`.
    """
    if not entries:
        raise Refusal("no_entries", _("There is no booking in this file."))
    entries = _in_opening_hours(session, entries)
    places = bookings_in_rooms.places(session, {entry.room for entry in entries}, rooms or {})
    lines = []
    for at_row, entry in enumerate(entries):
        if not at_row % _AT_ONCE:
            tell(at_row, len(entries))
            if is_stopped():
                raise stopped()
        lines.append(_sound(places, entry))
    lines = _judged(session, _known(session, lines), at)
    tell(len(entries), len(entries))
    return Preview(_without_own_clashes(lines, places), places)


def take_in(
    session: Session,
    lines: Sequence[Line],
    *,
    at: datetime,
    key: str,
    override: str = "",
    tell: Tell = silent,
    is_stopped: Stop = never,
) -> int:
    """Book all of these or none; returns how many. `bookings.undo` with the same `key` takes all of it back.

    Refuses `nothing_chosen`, `stopped`, and with the day what `bookings.book` refuses.
    """
    wishes = [line.wish for line in lines if line.wish is not None]
    if not wishes:
        raise Refusal("nothing_chosen", _("Tick at least one row."))
    if actions.subject_of(session, key):
        return len(wishes)
    found = judge(session, [wish.asked for wish in wishes], at=at)
    refuse_dated([wish.starts_at for wish in wishes], found, override)
    rows = [_row(line, override) for line in lines if line.wish is not None]
    deed = Deed(session, "import_bookings", at=at, key=key)
    for start in range(0, len(rows), _AT_ONCE):
        if is_stopped():
            raise stopped()
        tell(start, len(rows))
        deed.make(rows[start : start + _AT_ONCE])
    deed.finish(rows[0], count=len(rows), **overridden(override))
    return len(rows)


def booking_uid(booking_id: UUID) -> str:
    """The name by which other calendars know a booking of this desk."""
    return f"{booking_id.hex}@civicdesk"


def _in_opening_hours(session: Session, entries: Sequence[Entry]) -> list[Entry]:
    """A whole day is as long as the centre is open; on a closed day it stays whole, and the rules say why not."""
    wanted = {local(each.starts_at).date() for each in entries if each.whole_day and each.starts_at}
    days = hours.days(session, {on for on in wanted if on.year in YEARS})
    found = []
    for entry in entries:
        on = days.get(local(entry.starts_at).date()) if entry.whole_day and entry.starts_at else None
        is_open = on is not None and on.spans
        found.append(replace(entry, starts_at=on.opens_at, ends_at=on.closes_at) if on and is_open else entry)
    return found


def _row(line: Line, override: str) -> Booking:
    assert line.wish is not None
    why = booking_wish.reason(override) if line.is_overridable else ""
    booking = booking_wish.row(line.wish, why=why)
    if line.booking_id is not None:
        booking.id = line.booking_id
    return booking


def _sound(places: Places, entry: Entry) -> Line:
    """The wish of an entry, as far as it can be one."""
    wrong = partial(Line, entry=entry, verdict=Verdict.WRONG)
    if entry.trouble:
        return wrong(why=entry.trouble)
    room, organisation = places.room_of(entry.room), places.organisation_of(entry.organisation)
    if room is None:
        return wrong(why=_no_room(entry.room))
    if entry.starts_at is None or entry.ends_at is None:
        return wrong(why=_("The day or the time is missing."))
    named = partial(
        wrong,
        room_name=room.name,
        organisation_name=organisation.name if organisation else entry.organisation,
    )
    wish = Wish(
        room_id=room.id,
        starts_at=entry.starts_at,
        ends_at=entry.ends_at,
        title=entry.title or ("" if organisation else entry.organisation),
        kind=entry.kind,
        organisation_id=organisation.id if organisation else None,
        people=entry.people,
        note=entry.note,
        contact_name=entry.contact_name,
        contact_phone=entry.contact_phone,
        is_tentative=entry.is_tentative,
    )
    try:
        booking_wish.row(wish)
    except Refusal as refusal:
        return named(why=str(refusal))
    return replace(named(), verdict=Verdict.NEW, wish=wish)


def _no_room(said: str) -> str:
    if said:
        return _("Which room is “{}”? Choose it beside the list.").format(said)
    return _("No room is named. Choose one beside the list.")


def _known(session: Session, lines: Sequence[Line]) -> list[Line]:
    """What is here already, by the file's own name for it, or because it is the same in all that matters."""
    ids = _ids(session, [line.entry.uid for line in lines if line.wish and line.entry.uid])
    alike = _alike(session, lines)
    seen: dict[object, int] = {}
    found = []
    for line in lines:
        wish, entry = line.wish, line.entry
        if wish is None:
            found.append(line)
            continue
        same = (wish.room_id, wish.starts_at, wish.ends_at, fold(wish.title))
        id_, there = ids.get(entry.uid, (None, None))
        said = ""
        if there is not None:
            said = _there(there, wish)
        elif same in alike:
            said = _("This booking is here already.")
        elif (twin := seen.get(entry.uid or same, seen.get(same))) is not None:
            said = _("The same as row {}.").format(twin)
        seen.setdefault(entry.uid or same, entry.place)
        seen.setdefault(same, entry.place)
        if said:
            found.append(replace(line, verdict=Verdict.THERE, why=said, wish=None))
        else:
            found.append(replace(line, booking_id=id_))
    return found


def _there(there: tuple[datetime, datetime], wish: Wish) -> str:
    if there == (wish.starts_at, wish.ends_at):
        return _("This booking is here already.")
    on = day(local(there[0]).date(), "d MMMM yyyy")
    words = _("It is here already, at another time: {day}, {from_}–{until}. Move it in the calendar.")
    return words.format(day=on, from_=clock(there[0]), until=clock(there[1]))


def _ids(
    session: Session, uids: Sequence[str]
) -> dict[str, tuple[UUID | None, tuple[datetime, datetime] | None]]:
    """The id that each name gives a booking, and when that one is if it is here.

    The id is made from the name, so the same file makes the same bookings on every desk. What was taken back keeps
    its id, and what is taken in again gets the next one.
    """
    found: dict[str, tuple[UUID | None, tuple[datetime, datetime] | None]] = {}
    asked = dict.fromkeys(uids, 0)
    while asked:
        wanted = {_id(uid, turn): uid for uid, turn in asked.items()}
        known = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = list(wanted)[start : start + _AT_ONCE]
            known.update({row.id: row for row in session.execute(_THERE, {"ids": some})})
        again = {}
        for id_, uid in wanted.items():
            row = known.get(id_)
            if row is not None and row.deleted_at is not None:
                again[uid] = asked[uid] + 1
            else:
                found[uid] = (id_, (row.starts_at, row.ends_at) if row is not None else None)
        asked = again
    return found


def _id(uid: str, turn: int) -> UUID:
    name, _mark, home = uid.partition("@")
    if home == "civicdesk" and len(name) == 32 and not turn:  # noqa: PLR2004  this desk wrote it itself
        try:
            return UUID(name)
        except ValueError:
            pass
    return uuid5(_UIDS, f"{uid}\n{turn}" if turn else uid)


def _alike(session: Session, lines: Sequence[Line]) -> set[tuple[UUID, datetime, datetime, str]]:
    starts = [line.wish.starts_at for line in lines if line.wish]
    if not starts:
        return set()
    rows = session.execute(_ALIKE, {"first": min(starts), "last": max(starts)})
    return {(room, begins, ends, fold(title)) for room, begins, ends, title in rows}


def _judged(session: Session, lines: Sequence[Line], at: datetime) -> list[Line]:
    wishes = [line.wish.asked for line in lines if line.wish]
    judged = iter(judge(session, wishes, at=at))
    return [_against(line, next(judged)) if line.wish else line for line in lines]


def _against(line: Line, found: Sequence[Objection]) -> Line:
    if not found:
        return line
    weighs = next((each for each in found if not each.is_overridable), None)
    if weighs is None:
        return replace(line, verdict=Verdict.WRONG, why=found[0].sentence, is_overridable=True)
    verdict = Verdict.CLASH if weighs.reason == "room_taken" else Verdict.WRONG
    return replace(line, verdict=verdict, why=weighs.sentence, wish=None)


def _without_own_clashes(lines: Sequence[Line], places: Places) -> list[Line]:
    """Two rows of one file cannot have one room at one time: the first has it."""
    taken: dict[tuple[UUID, int], int] = {}
    found = []
    for line in lines:
        held = _slots(line, places) if line.verdict is Verdict.NEW else []
        other = next((taken[each] for each in held if each in taken), None)
        if other is not None:
            words = _("Row {} of this file has the room then.").format(other)
            found.append(replace(line, verdict=Verdict.CLASH, why=words, wish=None))
            continue
        taken.update(dict.fromkeys(held, line.entry.place))
        found.append(line)
    return found


def _slots(line: Line, places: Places) -> list[tuple[UUID, int]]:
    assert line.wish is not None
    held = line.wish.asked.held
    span = range(claims.slot(held.begins_at), claims.slot(held.ends_at))
    return [(room, slot) for room in places.parts(held.room_id) for slot in span]
