"""Bookings, as the page of files tells of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path

from sqlalchemy.orm import Session

from civicdesk.desk import bookings, bookings_in, bookings_table, ical_in, imports
from civicdesk.desk.bookings_in import Line, Preview, Verdict
from civicdesk.desk.bookings_in_rooms import Place
from civicdesk.desk.imports import TakenIn
from civicdesk.desk.tables_in import Stop, Table, Tell
from civicdesk.models import Room
from civicdesk.text import N_, _, clock, day, local, ngettext, number
from civicdesk.ui.pages.imports.subject import FileSeen, Subject

_VERDICTS: dict[str, tuple[str, str, str]] = {
    Verdict.NEW: (N_("New"), "ok", "plus"),
    Verdict.THERE: (N_("Here already"), "info", "check"),
    Verdict.CLASH: (N_("Clash"), "bad", "triangle-alert"),
    Verdict.WRONG: (N_("Cannot be"), "warn", "circle-x"),
}
_COLUMNS: dict[str, str] = {
    "day": N_("Date"),
    "begins": N_("Begins"),
    "last_day": N_("Last day"),
    "ends": N_("Ends"),
    "minutes": N_("How long"),
    "room": N_("Room"),
    "title": N_("Title"),
    "organisation": N_("Organisation"),
    "people": N_("People"),
    "kind": N_("Kind"),
    "note": N_("Note"),
    "contact_name": N_("Contact"),
    "contact_phone": N_("Phone"),
    "state": N_("State"),
}


class Bookings(Subject):
    """A calendar or a table of bookings."""

    icon = "calendar-plus"
    columns = tuple(bookings_table.NAMES)
    shared = frozenset({"day", "begins", "last_day", "ends"})
    verdicts = tuple(Verdict)
    lead_room = "28 MMM 2026 Mmm"

    def title(self) -> str:
        return _("Take bookings in from a file")

    def start(self) -> str:
        return _(
            "Choose a calendar (.ics) or a table (.csv, .xlsx). You see what is in it before anything is kept."
        )

    def files(self) -> str:
        return _("Calendars and tables") + " (*.ics *.csv *.xlsx *.txt *.tsv);;" + _("All files") + " (*)"

    def unclear(self) -> str:
        return _("It is not clear which columns say when. Choose them on the right.")

    def columns_note(self) -> str:
        return _("Date, beginning and end or length are needed; the rest may stay away.")

    def column_words(self, name: str) -> str:
        return _(_COLUMNS[name])

    def verdict(self, verdict: str) -> tuple[str, str, str]:
        word, tone, icon = _VERDICTS[verdict]
        return _(word), tone, icon

    def title_of(self, line: Line) -> str:
        """What it is; else whose; else which row."""
        entry = line.entry
        return entry.title or line.organisation_name or entry.organisation or _("Row {}").format(entry.place)

    def lead_of(self, line: Line) -> tuple[str, str]:
        """`1 Dec Tue 2026` and from when until when."""
        starts_at = line.wish.starts_at if line.wish else line.entry.starts_at
        on = day(local(starts_at).date(), "d MMM yyyy EEE") if starts_at else _("No day")
        begins, ends = line.entry.starts_at, line.entry.ends_at
        return on, f"{clock(begins)}–{clock(ends)}" if begins and ends else ""

    def second_of(self, line: Line) -> str:
        """Where and for whom; of what cannot be, why not."""
        entry = line.entry
        where = line.room_name or " ".join(entry.room.split())
        whose = line.organisation_name if entry.title else ""
        return line.why or " · ".join(filter(None, (where, whose)))

    def take_in_words(self, count: int) -> str:
        words = ngettext("Take in {count} booking", "Take in {count} bookings", count)
        return words.format(count=number(count))

    def taken_in_words(self, count: int) -> str:
        words = ngettext("{count} booking was taken in.", "{count} bookings were taken in.", count)
        return words.format(count=number(count))

    def unsure(self, seen: FileSeen) -> tuple[Sequence[Place], Sequence[Room]]:
        if not isinstance(seen.preview, Preview):
            return (), ()
        return seen.preview.places.unsure(), list(seen.preview.places.rooms.values())

    def read(self, path: Path, raw: bytes, *, at: datetime, tell: Tell, is_stopped: Stop) -> FileSeen:
        if ical_in.is_calendar(raw):
            events = ical_in.read(raw, at=at, tell=tell, is_stopped=is_stopped)
            return FileSeen(path.name, events=events)
        return super().read(path, raw, at=at, tell=tell, is_stopped=is_stopped)

    def match(self, table: Table) -> dict[str, int]:
        return bookings_table.columns(table)

    def lacking(self, columns: Mapping[str, int | None]) -> list[str]:
        return bookings_table.lacking(columns)

    def preview(
        self, session: Session, seen: FileSeen, *, at: datetime, tell: Tell, is_stopped: Stop
    ) -> Preview:
        entries = bookings_table.entries(seen.table, seen.columns) if seen.table else seen.events
        return bookings_in.preview(
            session, entries, at=at, rooms=seen.rooms, tell=tell, is_stopped=is_stopped
        )

    def take_in(
        self,
        session: Session,
        lines: Sequence[Line],
        *,
        at: datetime,
        key: str,
        override: str,
        tell: Tell,
        is_stopped: Stop,
    ) -> int:
        return bookings_in.take_in(
            session, lines, at=at, key=key, override=override, tell=tell, is_stopped=is_stopped
        )

    def lately(self, session: Session) -> Sequence[TakenIn]:
        return imports.lately(session, "import_bookings", "booking")

    def undo(self, session: Session, key: str, *, at: datetime) -> object:
        return bookings.undo(session, key, at=at)
