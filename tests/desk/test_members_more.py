"""Lines, seats and papers of members out of files and into them again."""

from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import (
    addresses,
    belongings,
    members,
    members_in,
    members_out,
    members_preview,
    members_table,
    memberships,
    seats,
    tables_in,
)
from civicdesk.desk.members_preview import Line, Verdict
from civicdesk.models import AddressPaper, Organisation, Room, WorkSeat
from civicdesk.models import Line as PhoneLine
from civicdesk.text import use_language
from tests.builders import TUESDAY

TODAY = date(2026, 11, 24)
HEADERS = (
    "Kuruluş;Tür;Telefon hatları;Çalışma yerleri;Adres belgeleri;Belge no;Belge başlangıcı;Belge bitişi\r\n"
)
WHOLE = (
    'Ova Derneği;dernek;"0232 444 14 53#12 | #14";Ortak Alan: A1;Tahsis | Kira sözleşmesi;'
    "YK 7 | K-12;01.01.2026 | ;31.12.2027 | 30.06.2028\r\n"
)


@pytest.fixture
def area(session: Session) -> Room:
    room = Room(name="Ortak Alan", capacity=24, is_work_area=True, position=9)
    session.add(room)
    session.flush()
    for name in ("A1", "A2"):
        seats.add(session, room.id, name, at=TUESDAY)
    return room


def looked_at(session: Session, raw: bytes) -> list[Line]:
    table = tables_in.read(raw)
    return list(
        members_preview.preview(session, members_table.entries(table, members_table.columns(table))).lines
    )


def take(session: Session, text: str, key: str = "k") -> list[Line]:
    found = looked_at(session, (HEADERS + text).encode())
    members_in.take_in(session, found, at=TUESDAY, key=key)
    return found


def one(session: Session, name: str) -> Organisation:
    return members.named(session, name)[0]


def has(session: Session, name: str) -> tuple[list[tuple[str, str]], list[str]]:
    found = belongings.of(session, one(session, name).id)
    return [(line.number, line.extension) for line in found.lines], [seat.name for seat in found.seats]


def papers(session: Session, name: str) -> list[tuple[str, str, date | None, date | None]]:
    found = addresses.papers(session, one(session, name).id, on=TODAY)
    return sorted(
        (each.paper.kind, each.paper.reference, each.paper.valid_from_on, each.paper.valid_until_on)
        for each in found
    )


@pytest.mark.usefixtures("area")
def test_lines_seats_and_papers_come_in(session: Session) -> None:
    assert [line.verdict for line in take(session, WHOLE)] == [Verdict.NEW]

    assert has(session, "Ova Derneği") == ([("", "14"), ("+902324441453", "12")], ["A1"])
    assert papers(session, "Ova Derneği") == [
        ("allocation", "YK 7", date(2026, 1, 1), date(2027, 12, 31)),
        ("lease", "K-12", None, date(2028, 6, 30)),
    ]


@pytest.mark.usefixtures("area")
@pytest.mark.parametrize("language", ["tr", "en"])
def test_what_is_written_out_is_read_again_the_same(session: Session, language: str) -> None:
    take(session, WHOLE)
    use_language(language)
    told = members_out.rows(session, on=TODAY, at=TUESDAY)

    for raw in (members_out.as_csv(told), members_out.as_xlsx(told)):
        assert [line.verdict for line in looked_at(session, raw)] == [Verdict.THERE]

    before = has(session, "Ova Derneği"), papers(session, "Ova Derneği")
    for kind in (PhoneLine, AddressPaper):
        for row in session.scalars(select(kind)):
            row.deleted_at = TUESDAY
    for seat in session.scalars(select(WorkSeat)):
        seat.organisation_id = None
    session.flush()
    [again] = looked_at(session, members_out.as_csv(told))
    assert again.verdict is Verdict.CHANGED
    members_in.take_in(session, [again], at=TUESDAY, key="again")
    assert (has(session, "Ova Derneği"), papers(session, "Ova Derneği")) == before


@pytest.mark.usefixtures("area")
def test_a_whole_import_is_taken_back_with_all_of_it(session: Session) -> None:
    members.add(session, name="Ova Derneği", kind="dernek", at=TUESDAY)
    take(session, WHOLE)
    memberships.undo(session, "k", at=TUESDAY)

    assert has(session, "Ova Derneği") == ([], [])
    assert papers(session, "Ova Derneği") == []


@pytest.mark.usefixtures("area")
def test_what_another_one_has_is_left_out_and_waits_for_a_person(session: Session) -> None:
    take(session, WHOLE)
    [found] = looked_at(session, (HEADERS + "Barış Vakfı;vakıf;#14;Ortak Alan: A1;;;;\r\n").encode())

    assert found.verdict is Verdict.DOUBTFUL
    assert "belongs to another one" in found.why
    assert "kept for another one" in found.why
    members_in.take_in(session, [found], at=TUESDAY, key="l")
    assert has(session, "Barış Vakfı") == ([], [])


@pytest.mark.usefixtures("area")
def test_two_rows_that_want_one_line_do_not_both_get_it(session: Session) -> None:
    text = "Ova Derneği;dernek;#14;;;;;\r\nBarış Vakfı;vakıf;#14;;;;;\r\n"

    assert [line.verdict for line in take(session, text)] == [Verdict.NEW, Verdict.DOUBTFUL]


@pytest.mark.parametrize(
    "row",
    [
        "Ova Derneği;dernek;;A1;;;;",
        "Ova Derneği;dernek;;;Uçan halı;;;",
        "Ova Derneği;dernek;;;Tahsis;YK 7;dün;",
    ],
    ids=["no room", "no such paper", "no day"],
)
def test_what_cannot_be_read_says_why(session: Session, row: str) -> None:
    [found] = looked_at(session, (HEADERS + row + "\r\n").encode())

    assert found.verdict is Verdict.WRONG
    assert found.why


def test_a_seat_that_is_not_there_is_told_of(session: Session) -> None:
    [found] = looked_at(session, (HEADERS + "Ova Derneği;dernek;;Ortak Alan: Z9;;;;\r\n").encode())

    assert found.verdict is Verdict.DOUBTFUL
    assert "There is no seat “Ortak Alan: Z9”" in found.why
