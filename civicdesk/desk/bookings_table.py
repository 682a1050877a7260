"""Bookings that stand in a table: which column says what, and what each row means."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from functools import partial
from typing import NoReturn

from civicdesk.desk import tables_in
from civicdesk.desk.bookings_in import Entry
from civicdesk.desk.tables_in import Row, Table, cell
from civicdesk.errors import Refusal
from civicdesk.models import BookingKind
from civicdesk.text import ZONE, _, fold, utc

NAMES: dict[str, tuple[str, ...]] = {
    "day": ("tarih", "gün", "rezervasyon tarihi", "etkinlik tarihi", "başlangıç tarihi", "date", "day",
            "start date"),
    "begins": ("başlangıç", "başlangıç saati", "başlama", "başlama saati", "saat", "start", "start time",
               "from", "begin"),
    "last_day": ("bitiş tarihi", "end date", "last day"),
    "ends": ("bitiş", "bitiş saati", "end", "end time", "until", "to", "finish"),
    "minutes": ("süre", "dakika", "duration", "minutes", "length"),
    "room": ("oda", "salon", "yer", "mekân", "mekan", "alan", "room", "place", "location", "venue", "space"),
    "title": ("başlık", "konu", "etkinlik", "etkinlik adı", "toplantı", "açıklama", "title",
              "subject", "event", "name"),
    "organisation": ("kuruluş", "kurum", "dernek", "stö", "stk", "düzenleyen", "organisation", "organization",
                     "organiser", "organizer", "association"),
    "people": ("kişi", "kişi sayısı", "katılımcı", "katılımcı sayısı", "people", "attendees", "participants", "pax"),
    "kind": ("tür", "etkinlik türü", "kind", "type"),
    "note": ("not", "notlar", "açıklamalar", "note", "notes", "remarks", "description"),
    "contact_name": ("sorumlu", "irtibat", "iletişim kişisi", "yetkili", "contact", "contact name", "responsible"),
    "contact_phone": ("telefon", "cep", "gsm", "tel", "phone", "mobile"),
    "state": ("durum", "state", "status"),
}  # fmt: skip
"""What a column may be called, in Turkish and English; compared folded."""

NEEDED = ("day", "begins")
_KINDS: dict[str, tuple[str, ...]] = {
    BookingKind.MEETING: ("toplantı", "meeting"),
    BookingKind.GENERAL_ASSEMBLY: ("genel kurul", "general assembly"),
    BookingKind.WORKSHOP: ("atölye", "atölye çalışması", "workshop"),
    BookingKind.TRAINING: ("eğitim", "training", "course"),
    BookingKind.PANEL: ("panel", "panel discussion"),
    BookingKind.CONFERENCE: ("konferans", "seminer", "conference", "seminar"),
    BookingKind.FOCUS_GROUP: ("odak grup", "odak grup görüşmesi", "focus group"),
    BookingKind.EXPERIENCE_SHARING: ("deneyim paylaşımı", "experience sharing"),
    BookingKind.STRATEGY_WORKSHOP: ("strateji çalıştayı", "çalıştay", "strategy workshop"),
    BookingKind.CULTURAL: ("kültür", "kültürel etkinlik", "konser", "cultural", "cultural event"),
}
_TENTATIVE = ("opsiyon", "opsiyonlu", "geçici", "kesin değil", "tentative", "option", "provisional")
_CANCELLED = ("iptal", "iptal edildi", "cancelled", "canceled")
_HOURS = ("saat", "sa", "h", "hr", "hrs", "hour", "hours")
_DAY = timedelta(days=1)


def columns(table: Table) -> dict[str, int]:
    """Which column says what, as far as the words over them tell."""
    found = tables_in.match(table.headers, NAMES)
    if "day" not in found and "begins" in found and tables_in.day(cell(table.rows[0], found["begins"])):
        found["day"] = found["begins"]  # one cell says both
    return found


def entries(table: Table, chosen: Mapping[str, int | None]) -> list[Entry]:
    """What each row means, by the columns chosen."""
    is_american = tables_in.is_month_first(cell(row, chosen.get("day")) for row in table.rows)
    return [_entry(row, chosen, is_american=is_american) for row in table.rows]


def lacking(chosen: Mapping[str, int | None]) -> list[str]:
    """What has no column yet and cannot do without."""
    needed = [*NEEDED, *(["ends"] if chosen.get("minutes") is None else [])]
    return [name for name in needed if chosen.get(name) is None]


def _entry(row: Row, chosen: Mapping[str, int | None], *, is_american: bool) -> Entry:
    said = {name: cell(row, chosen.get(name)) for name in NAMES}
    entry = Entry(
        place=row.number,
        title=said["title"],
        room=said["room"],
        organisation=said["organisation"],
        kind=_kind(said["kind"]),
        note=said["note"],
        contact_name=said["contact_name"],
        contact_phone=said["contact_phone"],
        is_tentative=fold(said["state"]) in map(fold, _TENTATIVE),
    )
    if fold(said["state"]) in map(fold, _CANCELLED):
        return replace(entry, trouble=_("It was called off in the file."))
    try:
        starts_at, ends_at = _times(said, partial(tables_in.day, is_month_first=is_american))
        return replace(entry, starts_at=starts_at, ends_at=ends_at, people=_people(said["people"]))
    except (Refusal, OverflowError) as trouble:
        return replace(entry, trouble=str(trouble) if isinstance(trouble, Refusal) else str(_missing()))


def _times(said: Mapping[str, str], day: Callable[[str], date | None]) -> tuple[datetime, datetime]:
    """From when until when. Refuses `unreadable`."""
    begins, ends = said["begins"], said["ends"]
    if not ends and (span := re.fullmatch(r"\s*([\d:.]+)\s*[-–—]\s*([\d:.]+)\s*", begins)):
        begins, ends = span.groups()
    on = day(said["day"]) or day(begins) or _refuse_day(said["day"])
    starts_at = datetime.combine(on, _time_of(begins), ZONE)
    if not ends and said["minutes"]:
        return utc(starts_at), utc(starts_at) + _length(said["minutes"])
    last = day(said["last_day"]) or day(ends) or on
    if re.search(r"(^|\s)24[:.]00(:00)?$", ends):
        return utc(starts_at), utc(datetime.combine(last + _DAY, time(0), ZONE))
    return utc(starts_at), utc(datetime.combine(last, _time_of(ends), ZONE))


def _refuse_day(said: str) -> NoReturn:
    if said:
        raise Refusal("unreadable", _("“{}” is not a day. Write it as 24.11.2026.").format(said))
    raise _missing()


def _time_of(said: str) -> time:
    found = tables_in.wall_time(said)
    if found is None:
        raise (
            Refusal("unreadable", _("“{}” is not a time. Write it as 10:00.").format(said))
            if said
            else _missing()
        )
    return found


def _missing() -> Refusal:
    return Refusal("unreadable", _("The day or the time is missing."))


def _length(said: str) -> timedelta:
    """`90`, `90 dk`, `1:30`, `1,5 saat`, `2 h`. Refuses `unreadable`."""
    if clocked := re.fullmatch(r"\s*(\d{1,2}):(\d{2})(:\d{2})?\s*", said):
        return timedelta(hours=int(clocked[1]), minutes=int(clocked[2]))
    found = re.fullmatch(r"\s*(\d{1,4}(?:[.,]\d{1,2})?)\s*(\w*)\.?\s*", said)
    if not found:
        raise Refusal("unreadable", _("“{}” is not a time. Write it as 10:00.").format(said))
    count = float(found[1].replace(",", "."))
    return timedelta(hours=count) if fold(found[2]) in _HOURS else timedelta(minutes=count)


def _people(said: str) -> int:
    found = re.search(r"\d+", said.replace(".", ""))
    if not said:
        return 1
    if found is None or len(found[0]) > 6:  # noqa: PLR2004
        raise Refusal("unreadable", _("“{}” is not a number of people.").format(said))
    return int(found[0])


def _kind(said: str) -> str:
    wanted = fold(said)
    return next((kind for kind, names in _KINDS.items() if wanted in map(fold, names)), BookingKind.MEETING)
