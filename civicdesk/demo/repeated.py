"""What the demo has booked again and again, both calls of an assembly, who waits, and a clash of two desks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from civicdesk.demo import events
from civicdesk.demo.calendar import closed_by, hours_of
from civicdesk.demo.chance import Dice
from civicdesk.demo.clock import NOW, TODAY, Day, ms_of, stamp
from civicdesk.demo.events import Event
from civicdesk.demo.organisations import Organisation
from civicdesk.demo.rooms import Room
from civicdesk.demo.scene import DEFNE, MAVI, NAR, ZEYTIN
from civicdesk.demo.writer import Writer
from civicdesk.models import BookingState

_BOOKED_BEFORE_MS = 9 * 86_400_000


@dataclass(frozen=True)
class _Plan:
    """One series: every so many days, so often, from a minute of the day on."""

    first: date
    every: int
    times: int
    start: int
    end: int
    room: str
    organisation: str
    kind: str
    title: str
    people: int
    contact: str


_SERIES = (
    _Plan(
        date(2026, 11, 24),
        7,
        8,
        17 * 60 + 30,
        19 * 60,
        ZEYTIN,
        "Kent Gözlem Platformu",
        "meeting",
        "Okuma Grubu",
        10,
        "Öykü Tuncer",
    ),
    _Plan(
        date(2026, 11, 27),
        7,
        10,
        10 * 60,
        12 * 60,
        NAR,
        "Sessiz Adımlar Derneği",
        "training",
        "İşaret Dili Eğitimi",
        18,
        "Işıl Aydoğdu",
    ),
    _Plan(
        date(2026, 12, 5),
        14,
        5,
        13 * 60,
        16 * 60,
        DEFNE,
        "Onarım Kahvesi Girişimi",
        "workshop",
        "Bisiklet Onarım Atölyesi",
        16,
        "Mert Aydoğdu",
    ),
)
_CALLS = (date(2026, 12, 10), date(2026, 12, 24))
_ASSEMBLY = _Plan(
    _CALLS[0],
    14,
    2,
    14 * 60,
    17 * 60,
    MAVI,
    "Doğa Gönüllüleri Derneği",
    "general_assembly",
    "Olağan Genel Kurul",
    140,
    "Gülşah Ilgın",
)
_WAITING = ("Engelsiz Yaşam Vakfı", "Proje Hazırlık Toplantısı", 8, "Zeynep Ilgın")
_OFFERED = _Plan(
    TODAY,
    7,
    1,
    16 * 60,
    17 * 60,
    ZEYTIN,
    "Çınarova Barış Vakfı",
    "meeting",
    "Gönüllü Koordinasyonu",
    8,
    "İnci Uğurlu",
)
"""Somebody waits for a room that is free by now."""

_CLASH = _Plan(
    date(2026, 11, 27),
    7,
    1,
    10 * 60,
    12 * 60,
    NAR,
    "Gönüllü Çevirmenler Ağı",
    "training",
    "Çeviri Araçları Eğitimi",
    16,
    "Şükrü Dağlı",
)
"""Another desk gave the room of the second series away for its first morning."""


class Repeated:
    """Writes the rules, and gives the bookings to be written among the others."""

    def __init__(
        self, writer: Writer, dice: Dice, rooms: Sequence[Room], members: Sequence[Organisation]
    ) -> None:
        self._writer, self._dice = writer, dice
        self._rooms = {room.name: room for room in rooms}
        self._members = {one.name: one for one in members}

    def write(self) -> list[Event]:
        """Write series, wishes and the clash; returns what holds a room, and days that are closed as skipped."""
        found = [event for plan in _SERIES for event in self._series(plan)]
        first, second = self._occurrences(_ASSEMBLY, None)
        second.call_of_id = first.id
        self._wait(_SERIES[0], *_WAITING)
        self._wait(_OFFERED, _OFFERED.organisation, _OFFERED.title, _OFFERED.people, _OFFERED.contact)
        [clash] = self._occurrences(_CLASH, None)
        clash.state = BookingState.CLASH
        events.write(self._writer, clash)
        return [*found, first, second]

    def _series(self, plan: _Plan) -> Iterator[Event]:
        series_id = self._dice.id_at(ms_of(NOW) - _BOOKED_BEFORE_MS)
        self._writer.add(
            "series",
            id=series_id,
            organisation_id=self._members[plan.organisation].id,
            room_id=self._rooms[plan.room].id,
            rule=f"FREQ=WEEKLY;INTERVAL={plan.every // 7};COUNT={plan.times}",
            starts_on=plan.first.isoformat(),
            wall_start=f"{plan.start // 60:02d}:{plan.start % 60:02d}",
            minutes=plan.end - plan.start,
            zone="Europe/Istanbul",
        )
        return self._occurrences(plan, series_id)

    def _occurrences(self, plan: _Plan, series_id: str | None) -> Iterator[Event]:
        for number in range(plan.times):
            on = plan.first + timedelta(days=number * plan.every)
            why = closed_by(on)
            yield Event(
                day=Day(on, *hours_of(on)),
                start=plan.start,
                end=plan.end,
                room=self._rooms[plan.room],
                id=self._dice.id_at(ms_of(NOW) - _BOOKED_BEFORE_MS),
                organisation=self._members[plan.organisation],
                kind=plan.kind,
                title=plan.title,
                people=plan.people,
                state=BookingState.SKIPPED if why else BookingState.CONFIRMED,
                series_id=series_id,
                why=why,
                contact=plan.contact,
            )

    def _wait(self, plan: _Plan, organisation: str, title: str, people: int, contact: str) -> None:
        """Somebody waits for the room of a plan on its first day."""
        day = Day(plan.first, 0, 24 * 60)
        asked = ms_of(NOW) - _BOOKED_BEFORE_MS // 3
        self._writer.add(
            "waiting",
            id=self._dice.id_at(asked),
            organisation_id=self._members[organisation].id,
            room_id=self._rooms[plan.room].id,
            room_class="",
            starts_at=stamp(day.ms(plan.start)),
            ends_at=stamp(day.ms(plan.end)),
            title=title,
            kind="meeting",
            people=people,
            contact_name=contact,
            contact_phone="",
            note="",
            asked_at=stamp(asked),
            state="waiting",
        )
