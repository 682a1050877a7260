"""Our calendars, read back as strictly as other programs do."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest
from icalendar import Calendar
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import bookings, bookings_in, ical_in, ical_out
from civicdesk.desk.bookings import Wish
from civicdesk.desk.bookings_in import Verdict
from civicdesk.errors import Refusal
from civicdesk.models import Room, new_id
from tests import builders
from tests.builders import TUESDAY

TEN = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def room(session: Session, name: str = "Çınar Odası") -> Room:
    found = session.scalar(select(Room).where(Room.name == name))
    assert found is not None
    return found


def book(session: Session, name: str = "Çınar Odası", starts_at: datetime = TEN, **said: object) -> UUID:
    wish = Wish(
        room_id=room(session, name).id,
        starts_at=starts_at,
        ends_at=starts_at + 2 * HOUR,
        **{"title": "Panel: su, hava; toprak", **said},
    )
    return bookings.book(session, wish, at=TUESDAY).id


def events(raw: bytes) -> list[Any]:
    """Every event, read by a library that refuses what breaks the standard."""
    calendar = Calendar.from_ical(raw)
    assert all(not part.errors for part in calendar.walk())
    return list(calendar.walk("VEVENT"))


def properly_written(raw: bytes) -> None:
    """What strict readers ask of every file."""
    lines = raw.split(b"\r\n")
    assert raw.endswith(b"END:VCALENDAR\r\n")
    assert b"\n" not in raw.replace(b"\r\n", b"")
    assert all(len(line) <= 75 for line in lines)
    for line in lines:
        line.decode()  # no letter is cut in two
    whole = raw.replace(b"\r\n ", b"").decode()
    assert len(re.findall("^VERSION:2.0", whole, re.MULTILINE)) == 1
    assert len(re.findall("^PRODID:", whole, re.MULTILINE)) == 1
    for block in re.findall(r"BEGIN:VEVENT.*?END:VEVENT", whole, re.DOTALL):
        for needed in ("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "STATUS"):
            assert len(re.findall(rf"^{needed}[:;]", block, re.MULTILINE)) == 1, needed


def test_a_booking_is_an_event_in_the_zone_of_the_centre(database: Database) -> None:
    with database.begin() as session:
        host = builders.organisation(session)
        id_ = book(session, organisation_id=host.id, people=12)
        made = ical_out.export(session, at=TUESDAY)
    properly_written(made.raw)
    [event] = events(made.raw)

    assert (made.name, made.count) == ("Çınarova Sivil Yaşam Merkezi", 1)
    assert event["UID"] == f"{id_.hex}@civicdesk"
    assert event["SUMMARY"] == "Panel: su, hava; toprak"
    assert event["LOCATION"] == "Çınar Odası"
    assert event["STATUS"] == "CONFIRMED"
    assert event["DTSTART"].params["TZID"] == "Europe/Istanbul"
    assert event["DTSTART"].dt == datetime(2026, 12, 1, 10, 0, tzinfo=ZoneInfo("Europe/Istanbul"))
    assert event["DTSTAMP"].dt == TUESDAY
    assert "Ege Kadın Emeği Derneği" in event["DESCRIPTION"]


def test_a_long_line_is_folded_and_no_letter_is_cut_in_two(database: Database) -> None:
    title = "Şüheda öğrencilerinin çığır açan gösterisi " * 4
    with database.begin() as session:
        book(session, title=title)
        raw = ical_out.export(session, at=TUESDAY).raw
    properly_written(raw)

    assert events(raw)[0]["SUMMARY"] == title.strip()


def test_the_zone_is_explained_as_turkey_keeps_it(database: Database) -> None:
    with database.begin() as session:
        book(session)
        raw = ical_out.export(session, at=TUESDAY).raw
    [zone] = Calendar.from_ical(raw).walk("VTIMEZONE")

    explained = zone.to_tz(lookup_tzid=False)
    for month in (1, 7):
        assert datetime(2027, month, 1, tzinfo=explained).utcoffset() == 3 * HOUR


def test_states_are_told_and_called_off_ones_stay_so_that_other_programs_take_them_away(
    database: Database,
) -> None:
    with database.begin() as session:
        book(session, is_tentative=True)
        gone = book(session, starts_at=TEN + 3 * HOUR)
        bookings.cancel(session, gone, why="Salgın", at=TUESDAY)
        found = events(ical_out.export(session, at=TUESDAY).raw)

    assert [event["STATUS"] for event in found] == ["TENTATIVE", "CANCELLED"]
    assert "Salgın" in found[1]["DESCRIPTION"]


def test_no_phone_number_no_contact_and_no_note_goes_along(database: Database) -> None:
    with database.begin() as session:
        book(session, contact_name="Selin Karaca", contact_phone="0532 123 45 67", note="Kapı kodu 4711")
        raw = ical_out.export(session, at=TUESDAY).raw.replace(b"\r\n ", b"").decode()

    assert [word for word in ("Selin", "532", "4711") if word in raw] == []


def test_a_room_has_its_own_and_its_parts_and_an_organisation_what_it_joins(database: Database) -> None:
    with database.begin() as session:
        host, guest = builders.organisation(session), builders.organisation(session, "Körfez Çevre Derneği")
        hall = room(session, "Ihlamur Salonu")
        half = Room(name="Ihlamur A", capacity=50, part_of_id=hall.id)
        session.add(half)
        session.flush()
        book(session, "Ihlamur A", organisation_id=host.id, partners=(guest.id,))
        book(session, "Çınar Odası", organisation_id=host.id, title="Kurul")
        exported = {
            "hall": ical_out.export(session, at=TUESDAY, room_id=hall.id),
            "host": ical_out.export(session, at=TUESDAY, organisation_id=host.id),
            "guest": ical_out.export(session, at=TUESDAY, organisation_id=guest.id),
        }

    assert {name: made.count for name, made in exported.items()} == {"hall": 1, "host": 2, "guest": 1}
    assert exported["guest"].name == "Körfez Çevre Derneği"


def test_an_organisation_that_asked_not_to_be_named_is_named_in_its_own_calendar_alone(
    database: Database,
) -> None:
    with database.begin() as session:
        host = builders.organisation(session, "Sığınma Evi Derneği")
        host.is_discreet = True
        book(session, organisation_id=host.id)
        public = ical_out.export(session, at=TUESDAY).raw.decode()
        own = ical_out.export(session, at=TUESDAY, organisation_id=host.id).raw.decode()

    assert "Sığınma" not in public
    assert "Sığınma" in own


def test_what_is_long_past_stays_at_home(database: Database) -> None:
    with database.begin() as session:
        book(session)
        made = ical_out.export(session, at=TEN + timedelta(days=400))

    assert made.count == 0
    assert events(made.raw) == []


@pytest.mark.parametrize("wanted", ["room_id", "organisation_id"])
def test_what_is_not_here_is_refused(database: Database, wanted: str) -> None:
    with database.begin() as session, pytest.raises(Refusal):
        ical_out.export(session, at=TUESDAY, **{wanted: new_id()})


def test_our_own_calendar_taken_in_again_finds_everything_there(database: Database) -> None:
    with database.begin() as session:
        host = builders.organisation(session)
        book(session, organisation_id=host.id, people=9, kind="workshop")
        raw = ical_out.export(session, at=TUESDAY).raw
        [entry] = ical_in.read(raw, at=TUESDAY)
        [line] = bookings_in.preview(session, [entry], at=TUESDAY).lines

    assert (entry.people, entry.kind, entry.organisation) == (9, "workshop", "Ege Kadın Emeği Derneği")
    assert line.verdict is Verdict.THERE
