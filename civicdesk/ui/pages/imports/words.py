"""What the page says of the rows of a file."""

from __future__ import annotations

from civicdesk.desk.bookings_in import Line, Verdict
from civicdesk.text import N_, _, clock, day, local, ngettext, number

_VERDICTS: dict[Verdict, tuple[str, str, str]] = {
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


def verdict_words(verdict: Verdict) -> str:
    """What would become of a row, in a word or two."""
    return _(_VERDICTS[verdict][0])


def verdict_tone(verdict: Verdict) -> str:
    """The tone of a verdict."""
    return _VERDICTS[verdict][1]


def verdict_icon(verdict: Verdict) -> str:
    """The shape of a verdict, for those who see no colours."""
    return _VERDICTS[verdict][2]


def column_words(name: str) -> str:
    """What a column says."""
    return _(_COLUMNS[name])


def day_words(line: Line) -> str:
    """The day of a row: `1 Dec Tue 2026`."""
    starts_at = line.wish.starts_at if line.wish else line.entry.starts_at
    return day(local(starts_at).date(), "d MMM yyyy EEE") if starts_at else _("No day")


def time_words(line: Line) -> str:
    """From when until when."""
    starts_at, ends_at = line.entry.starts_at, line.entry.ends_at
    return f"{clock(starts_at)}–{clock(ends_at)}" if starts_at and ends_at else ""


def title_words(line: Line) -> str:
    """What it is; else whose; else which row."""
    entry = line.entry
    return entry.title or line.organisation_name or entry.organisation or _("Row {}").format(entry.place)


def second_words(line: Line) -> str:
    """Where and for whom; of what cannot be, why not."""
    entry = line.entry
    where = line.room_name or " ".join(entry.room.split())
    whose = line.organisation_name if entry.title else ""
    return line.why or " · ".join(filter(None, (where, whose)))


def spoken_words(line: Line, *, is_ticked: bool) -> str:
    """A row as a screen reader says it."""
    ticked = [_("ticked")] if is_ticked else []
    said = (
        title_words(line),
        day_words(line),
        time_words(line),
        verdict_words(line.verdict),
        second_words(line),
    )
    return ", ".join(filter(None, (*said, *ticked)))


def take_in_words(count: int) -> str:
    """The word on the main button."""
    words = ngettext("Take in {count} booking", "Take in {count} bookings", count)
    return words.format(count=number(count))


def taken_in_words(count: int) -> str:
    """What was done."""
    words = ngettext("{count} booking was taken in.", "{count} bookings were taken in.", count)
    return words.format(count=number(count))
