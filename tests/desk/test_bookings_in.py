"""Bookings out of files: what is shown before, and what is kept afterwards."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import bookings, bookings_in, bookings_table, ical_in, tables_in
from civicdesk.desk.bookings import Wish
from civicdesk.desk.bookings_in import Entry, Line, Verdict
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, Booking, Room
from civicdesk.text import local
from tests import builders
from tests.builders import TUESDAY

TEN = datetime(2026, 12, 1, 7, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
GOLDEN = Path(__file__).parent.parent / "golden" / "ical"


def entry(place: int = 1, starts_at: datetime = TEN, **said: object) -> Entry:
    said = {"title": "Panel", "room": "Çınar Odası", "ends_at": starts_at + HOUR, **said}
    return Entry(place=place, starts_at=starts_at, **said)  # type: ignore[arg-type]


def preview(session: Session, *entries: Entry, **more: object) -> list[Line]:
    return list(bookings_in.preview(session, entries, at=TUESDAY, **more).lines)  # type: ignore[arg-type]


def verdicts(session: Session, *entries: Entry, **more: object) -> list[str]:
    return [line.verdict for line in preview(session, *entries, **more)]


def kept(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Booking).where(Booking.deleted_at.is_(None))) or 0


def from_table(text: str) -> list[Entry]:
    table = tables_in.read(text.encode())
    return bookings_table.entries(table, bookings_table.columns(table))


def book(session: Session, **said: object) -> Booking:
    room = session.scalar(select(Room.id).where(Room.name == "Çınar Odası"))
    assert room is not None
    wish = Wish(room_id=room, starts_at=TEN, ends_at=TEN + HOUR, **{"title": "Kurul", **said})
    return bookings.book(session, wish, at=TUESDAY)


def test_a_room_is_known_by_its_name_or_its_name_within_an_address(database: Database) -> None:
    with database.begin() as session:
        lines = preview(
            session,
            entry(1, room="çinar odasi"),
            entry(2, TEN + HOUR, room="Çınar Odası\nSivil Yaşam Merkezi, Çınarova"),
            entry(3, TEN + 2 * HOUR, room="Çınar Odsı"),
            entry(4, TEN + 3 * HOUR, room=""),
        )

    assert [line.verdict for line in lines] == ["new", "new", "wrong", "wrong"]
    assert lines[2].why == "Which room is “Çınar Odsı”? Choose it beside the list."


def test_what_is_unsure_is_offered_and_a_hand_settles_it(database: Database) -> None:
    with database.begin() as session:
        unsure = bookings_in.preview(session, [entry(room="Çınar Odsı")], at=TUESDAY).places.unsure()
        room = session.scalar(select(Room.id).where(Room.name == "Çınar Odası"))
        settled = verdicts(session, entry(room="Çınar Odsı"), rooms={"Çınar Odsı": room})

    assert [(place.said, place.room_id, place.likely) for place in unsure] == [("Çınar Odsı", None, room)]
    assert settled == ["new"]


def test_who_has_the_room_is_named(database: Database) -> None:
    with database.begin() as session:
        book(session, organisation_id=builders.organisation(session).id)
        [line] = preview(session, entry(starts_at=TEN + HOUR / 2))

    assert line.verdict is Verdict.CLASH
    assert (
        line.why
        == "“Çınar Odası” is taken until 11:00: Ege Kadın Emeği Derneği. Choose another time or room."
    )


def test_two_rows_of_one_file_cannot_have_the_room_at_one_time_nor_a_hall_and_its_half(
    database: Database,
) -> None:
    with database.begin() as session:
        hall = session.scalar(select(Room).where(Room.name == "Ihlamur Salonu"))
        assert hall is not None
        session.add(Room(name="Yarım", capacity=50, part_of_id=hall.id))
        session.flush()
        lines = preview(
            session,
            entry(2),
            entry(3, TEN + HOUR / 2, title="Kurul"),
            entry(4, room="Yarım"),
            entry(5, room="Ihlamur Salonu"),
        )

    assert [line.verdict for line in lines] == ["new", "clash", "new", "clash"]
    assert lines[1].why == "Row 2 of this file has the room then."


def test_the_same_booking_is_not_taken_in_twice(database: Database) -> None:
    with database.begin() as session:
        book(session)
        lines = preview(session, entry(1, title="KURUL"), entry(2, TEN + HOUR), entry(3, TEN + HOUR))

    assert [line.verdict for line in lines] == ["there", "new", "there"]
    assert lines[2].why == "The same as row 2."


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"ends_at": TEN}, "The end must be later than the beginning."),
        ({"ends_at": TEN - HOUR}, "The end must be later than the beginning."),
        (
            {"ends_at": TEN + 40 * HOUR},
            "A booking lasts at most a day. Book the other days one by one, or repeat it.",
        ),
        (
            {"starts_at": TEN + timedelta(minutes=2)},
            "Bookings begin and end on five minutes, such as 10:00 or 10:05.",
        ),
        (
            {"starts_at": datetime(1900, 1, 1, 8, tzinfo=UTC)},
            "This year cannot be right. Look at the date again.",
        ),
        (
            {"starts_at": datetime(2200, 1, 1, 8, tzinfo=UTC)},
            "This year cannot be right. Look at the date again.",
        ),
        (
            {"people": 10_000},
            "“Çınar Odası” holds 16 people like this. Choose a bigger room or another layout.",
        ),
        ({"people": 0}, "At least one person comes in."),
        ({"title": ""}, "Write what the room is wanted for, or choose the organisation."),
        ({"title": "x" * 201}, "A title has at most 200 letters. Write a shorter one."),
    ],
)
def test_what_cannot_be_says_why(database: Database, said: dict[str, Any], why: str) -> None:
    with database.begin() as session:
        [line] = preview(session, entry(**said))

    assert (line.verdict, line.why, line.is_overridable) == (Verdict.WRONG, why, False)


def test_a_closed_day_can_be_taken_in_with_a_reason_and_with_none_refuses_all(database: Database) -> None:
    sunday = datetime(2026, 12, 6, 7, 0, tzinfo=UTC)
    with database.begin() as session:
        lines = preview(session, entry(1, sunday), entry(2))
        assert lines[0].is_overridable
    with database.begin() as session, pytest.raises(Refusal) as refused:
        bookings_in.take_in(session, lines, at=TUESDAY, key="a")
    assert refused.value.reason == "closed"
    with database.begin() as session:
        assert kept(session) == 0
        assert bookings_in.take_in(session, lines, at=TUESDAY, key="b", override="The mayor comes") == 2
        assert sorted(session.scalars(select(Booking.why))) == ["", "The mayor comes"]


def test_all_or_none_and_twice_is_once(database: Database) -> None:
    with database.begin() as session:
        lines = preview(session, entry(1), entry(2, TEN + HOUR))
    with database.begin() as session:
        meanwhile = book(session)
    with database.begin() as session, pytest.raises(Refusal) as refused:
        bookings_in.take_in(session, lines, at=TUESDAY, key="a")
    assert refused.value.reason == "room_taken"
    with database.begin() as session:
        assert kept(session) == 1
        bookings.cancel(session, meanwhile.id, at=TUESDAY)
    for _turn in range(2):
        with database.begin() as session:
            assert bookings_in.take_in(session, lines, at=TUESDAY, key="b") == 2
    with database.begin() as session:
        assert kept(session) == 3
        [trail] = session.scalars(select(AuditEntry).where(AuditEntry.action == "import_bookings"))
        assert '"count": 2' in trail.details


def test_all_of_it_is_taken_back_at_once_and_can_be_taken_in_again(database: Database) -> None:
    chosen = [entry(1, uid="a@x"), entry(2, TEN + HOUR, uid="b@x")]
    for key in ("first", "second", "third"):
        with database.begin() as session:
            lines = preview(session, *chosen)
            assert [line.verdict for line in lines] == ["new", "new"]
        with database.begin() as session:
            bookings_in.take_in(session, lines, at=TUESDAY, key=key)
            assert kept(session) == 2
            assert verdicts(session, *chosen) == ["there", "there"]
        with database.begin() as session:
            bookings.undo(session, key, at=TUESDAY)
        with database.begin() as session:
            assert kept(session) == 0


def test_what_has_moved_since_is_known_by_its_name_and_left_where_it_is(database: Database) -> None:
    with database.begin() as session:
        bookings_in.take_in(session, preview(session, entry(uid="a@x")), at=TUESDAY, key="k")
        [line] = preview(session, entry(starts_at=TEN + 3 * HOUR, uid="a@x"))

    assert line.verdict is Verdict.THERE
    assert (
        line.why
        == "It is here already, at another time: 1 December 2026, 10:00–11:00. Move it in the calendar."
    )


def test_it_can_be_stopped_in_the_middle_and_nothing_is_kept(database: Database) -> None:
    with database.begin() as session:
        lines = preview(session, entry())
    with database.begin() as session, pytest.raises(Refusal) as refused:
        bookings_in.take_in(session, lines, at=TUESDAY, key="k", is_stopped=lambda: True)
    assert refused.value.reason == "stopped"
    with database.begin() as session:
        assert kept(session) == 0
        for nothing in ([], preview(session, entry(room="?"))):
            with pytest.raises(Refusal) as refused:
                bookings_in.take_in(session, nothing, at=TUESDAY, key="k")
            assert refused.value.reason == "nothing_chosen"


def test_a_whole_day_is_as_long_as_the_centre_is_open(database: Database) -> None:
    midnight, day = TEN - 10 * HOUR, 24 * HOUR
    with database.begin() as session:
        lines = preview(
            session,
            entry(1, midnight, ends_at=midnight + day, whole_day=True),
            entry(2, midnight + 5 * day, ends_at=midnight + 6 * day, whole_day=True),
        )

    assert lines[0].wish is not None
    assert f"{local(lines[0].wish.starts_at):%H:%M}–{local(lines[0].wish.ends_at):%H:%M}" == "09:00–19:30"
    assert lines[1].why == "The centre is closed then: Weekly closing day."


def test_a_calendar_of_another_program_is_taken_in_whole(database: Database) -> None:
    with database.begin() as session:
        found = ical_in.read((GOLDEN / "google.ics").read_bytes(), at=TUESDAY)
        lines = preview(session, *found)
        assert [line.verdict for line in lines] == ["new"] * 4
        bookings_in.take_in(session, lines, at=TUESDAY, key="k")
        assert verdicts(session, *found) == ["there"] * 4


def test_a_table_is_read_by_its_turkish_columns(database: Database) -> None:
    with database.begin() as session:
        host = builders.organisation(session)
        found = from_table(
            "Tarih;Saat;Bitiş;Salon;Kuruluş;Konu;Kişi;Tür;Durum\n"
            "01.12.2026;10:00;12.30;Çınar Odası;EGE KADIN EMEĞİ DERNEĞİ;;12;Atölye;\n"
            "2026-12-02;9;11:00;Ihlamur Salonu;Başka Dernek;;80 kişi;Seminer;opsiyonlu\n"
            "3.12.26;10:00–11:15;;Defne Atölyesi;;Seramik;;;iptal\n"
        )
        first, second, third = preview(session, *found)
        assert (first.wish and first.wish.organisation_id) == host.id

    assert first.wish is not None
    assert (first.wish.people, first.wish.kind) == (12, "workshop")
    assert (
        f"{local(first.wish.starts_at):%d.%m %H:%M}–{local(first.wish.ends_at):%H:%M}" == "01.12 10:00–12:30"
    )
    assert second.wish is not None
    assert (second.wish.title, second.wish.people, second.wish.is_tentative) == ("Başka Dernek", 80, True)
    assert third.why == "It was called off in the file."


@pytest.mark.parametrize(
    ("row", "why"),
    [
        (";10:00;11:00", "The day or the time is missing."),
        ("yarın;10:00;11:00", "“yarın” is not a day. Write it as 24.11.2026."),
        ("31.02.2026;10:00;11:00", "“31.02.2026” is not a day. Write it as 24.11.2026."),
        ("01.12.2026;;11:00", "The day or the time is missing."),
        ("01.12.2026;öğlen;11:00", "“öğlen” is not a time. Write it as 10:00."),
        ("01.12.2026;10:00;", "The day or the time is missing."),
        ("01.12.2026;10:00;11:00;çok", "“çok” is not a number of people."),
    ],
)
def test_a_row_that_cannot_be_read_says_what_is_wrong_in_it(row: str, why: str) -> None:
    [found] = from_table(f"Tarih;Başlangıç;Bitiş;Kişi\n{row}\n")

    assert found.trouble == why
    assert found.place == 2


@pytest.mark.parametrize("length", ["90", "90 dk", "1:30", "1,5 saat", "1.5 h"])
def test_a_length_stands_for_an_end(length: str) -> None:
    [found] = from_table(f"Date\tStart\tDuration\n01.12.2026\t10:00\t{length}\n")

    assert found.ends_at == TEN + 1.5 * HOUR


def test_midnight_is_the_end_of_its_own_day() -> None:
    [found] = from_table("Date;Start;End\n01.12.2026;22:00;24:00\n")

    assert found.ends_at == TEN + 14 * HOUR


def test_what_a_table_needs_and_has_not_is_named() -> None:
    assert bookings_table.lacking({"day": 0, "begins": None}) == ["begins", "ends"]
    assert bookings_table.lacking({"day": 0, "begins": 1, "minutes": 2}) == []


def test_a_command_of_a_spreadsheet_is_only_a_title(database: Database) -> None:
    with database.begin() as session:
        found = from_table(
            "Tarih;Saat;Bitiş;Salon;Konu\n01.12.2026;10:00;11:00;Çınar Odası;=cmd|'/C calc'!A0\n"
        )
        bookings_in.take_in(session, preview(session, *found), at=TUESDAY, key="k")
        assert session.scalar(select(Booking.title)) == "=cmd|'/C calc'!A0"


def test_a_room_of_another_desk_is_no_room(database: Database) -> None:
    with database.begin() as session:
        [line] = preview(session, entry(room="?"), rooms={"?": UUID(int=1)})
    assert line.verdict is Verdict.WRONG


OUTLOOK = (
    '"Subject","Start Date","Start Time","End Date","End Time","All day event","Location"\r\n'
    '"Board","12/1/2026","10:00:00 AM","12/1/2026","11:30:00 AM","False","Çınar Odası"\r\n'
    '"Concert","12/15/2026","8:00:00 PM","12/16/2026","1:00:00 AM","False","Ihlamur Salonu"\r\n'
)


def test_outlook_in_american_writes_months_first_and_a_last_day_of_its_own() -> None:
    board, concert = from_table(OUTLOOK)

    assert (board.title, board.room) == ("Board", "Çınar Odası")
    assert (board.starts_at, board.ends_at) == (TEN, TEN + 1.5 * HOUR)
    assert concert.starts_at is not None
    assert concert.ends_at is not None
    assert concert.ends_at - concert.starts_at == 5 * HOUR


def test_day_and_time_in_one_cell_are_both_read() -> None:
    [found] = from_table("Başlangıç;Bitiş;Salon\n01.12.2026 10:00;01.12.2026 11:00;Çınar Odası\n")

    assert (found.starts_at, found.ends_at) == (TEN, TEN + HOUR)
