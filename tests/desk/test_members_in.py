"""Members out of files: what is shown before, what is kept afterwards, and the register written out again."""

from __future__ import annotations

import csv
import io
from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.desk import (
    belongings,
    collectors,
    members,
    members_in,
    members_out,
    members_preview,
    members_table,
    memberships,
    tables_in,
)
from civicdesk.desk.members_preview import Line, Verdict
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import AuditEntry, Mailbox, Organisation
from civicdesk.models import OrganisationKind as Kind
from tests.builders import TUESDAY

TODAY = date(2026, 11, 24)
HEADERS = "Kuruluş;Tür;Bağlı olduğu kuruluş;Kutu no;Kütük no;Vergi no;Telefon;Sorumlu kişi;Üyelik\r\n"


def lines(session: Session, text: str, *, headers: str = HEADERS) -> list[Line]:
    return looked_at(session, (headers + text).encode())


def looked_at(session: Session, raw: bytes) -> list[Line]:
    table = tables_in.read(raw)
    entries = members_table.entries(table, members_table.columns(table))
    return list(members_preview.preview(session, entries).lines)


def take(session: Session, found: list[Line], key: str = "k") -> int:
    return members_in.take_in(session, found, at=TUESDAY, key=key)


def names(session: Session) -> list[str]:
    return [each.organisation.name for each in members.register(session, on=TODAY).listed]


def verdicts(found: list[Line]) -> list[str]:
    return [line.verdict.value for line in found]


def test_rows_become_members_with_their_boxes(session: Session) -> None:
    found = lines(
        session,
        "Barış Vakfı;Vakıf;;214;;4540536920;0232 444 14 53;;\r\n"
        "Ova Derneği;dernek;;12;35084076;;;;\r\n"
        "Çınarova Belediyesi;;;;;;;;\r\n",
    )

    assert verdicts(found) == ["new", "new", "new"]
    assert take(session, found) == 3
    register = members.register(session, on=TODAY)
    assert register.counts == {Kind.FOUNDATION: 1, Kind.ASSOCIATION: 1}
    told = {each.organisation.name: each for each in register.listed}
    assert told["Barış Vakfı"].box == 214
    assert told["Barış Vakfı"].organisation.phone == "+902324441453"
    assert told["Ova Derneği"].organisation.registry_number == "35-084-076"
    assert not told["Çınarova Belediyesi"].organisation.is_member


def test_the_kind_is_read_from_the_name_where_no_column_tells(session: Session) -> None:
    text = "Ova Derneği\r\nBarış Vakfı\r\nMahalle Afet Ağı\r\nKıyı Kent Konseyi\r\nBir Şey\r\n"

    found = lines(session, text, headers="Name\r\n")

    assert [line.entry.kind for line in found] == ["dernek", "vakif", "sivil_ag", "kent_konseyi", None]
    assert (found[4].verdict, found[4].can_be_taken) == (Verdict.WRONG, False)


def test_the_same_file_again_changes_nothing(session: Session) -> None:
    text = "Barış Vakfı;Vakıf;;214;;4540536920;0232 444 14 53;;üye\r\n"
    take(session, lines(session, text))

    (again,) = lines(session, text)

    assert (again.verdict, again.can_be_taken) == (Verdict.THERE, False)
    with pytest.raises(Refusal) as refused:
        take(session, [again], key="l")
    assert refused.value.reason == "nothing_chosen"


def test_what_is_new_of_a_member_is_shown_and_an_empty_cell_takes_nothing_away(session: Session) -> None:
    take(session, lines(session, "BARIŞ VAKFI;Vakıf;;214;;4540536920;;;\r\n"))

    (found,) = lines(session, "Barış Vakfı;;;30;;;0232 444 14 53;Ayşe Tan;\r\n")

    assert found.verdict is Verdict.CHANGED
    assert found.face == {"phone": "+902324441453", "responsible_person": "Ayşe Tan"}
    take(session, [found], key="l")
    (one,) = members.named(session, "Barış Vakfı")
    assert (one.tax_number, one.phone) == ("4540536920", "+902324441453")
    assert [box.number for box in belongings.of(session, one.id).boxes] == [30]


def test_a_file_takes_nobodys_name_away(session: Session) -> None:
    members.add(session, name="Bisiklet Platformu", kind=Kind.PLATFORM, responsible_person="Ece", at=TUESDAY)

    (found,) = lines(session, "Bisiklet Platformu;;;;;;;Kemal Öz;\r\n")

    assert found.verdict is Verdict.THERE


@pytest.mark.parametrize(
    "name",
    ["Çınarova Komşuluk ve Dayanışma Derneği", "Cinarova Komsuluk ve Dayanisma Der.", "Dayanışma ve Komşuluk "
     "Çınarova Derneği", "Çınarova Komşuluk ve Dayanişmaa Derneği"],
)  # fmt: skip
def test_what_resembles_one_that_is_there_waits_for_a_person(session: Session, name: str) -> None:
    members.add(session, name="Çınarova Komşuluk ve Dayanışma Derneğ", kind=Kind.ASSOCIATION, at=TUESDAY)

    (found,) = lines(session, f"{name};dernek;;;;;;;\r\n")

    assert (found.verdict, found.can_be_taken, found.is_ticked_first) == (Verdict.DOUBTFUL, True, False)
    assert "Komşuluk" in found.why


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("1. Bölge Derneği", "2. Bölge Derneği"),
        ("Barış Derneği", "Barış Vakfı"),
        ("Ay Derneği", "Av Derneği"),
        ("Güneşli Satranç Derneği", "Dereboyu Satranç Derneği"),
    ],
)
def test_what_is_another_one_is_new(session: Session, one: str, other: str) -> None:
    assert verdicts(lines(session, f"{one};;;;;;;;\r\n{other};;;;;;;;\r\n")) == ["new", "new"]


def test_two_of_one_number_and_two_rows_of_one_name_are_told_of(session: Session) -> None:
    members.add(session, name="Ova Derneği", kind=Kind.ASSOCIATION, tax_number="4540536920", at=TUESDAY)

    found = lines(
        session,
        "Yepyeni Bir Dernek;dernek;;;;4540536920;;;\r\n"
        "Rüzgâr Gülü Derneği;;;;;;;;\r\n"
        "RÜZGAR GÜLÜ DERNEĞİ;;;;;;;;\r\n"
        "Rüzgâr Gulu Dernegii;dernek;;;;;;;\r\n",
    )

    assert verdicts(found) == ["doubtful", "new", "there", "doubtful"]
    assert "Ova Derneği" in found[0].why
    assert "3" in found[2].why


def test_a_representation_finds_its_association_in_the_register_and_in_the_file(session: Session) -> None:
    members.add(session, name="Uzak Derneği", kind=Kind.ASSOCIATION, is_member=False, at=TUESDAY)
    found = lines(
        session,
        "Uzak Çınarova Temsilciliği;;Uzak Derneği;;;;;;\r\n"
        "Yeni Çınarova Temsilciliği;;yeni dernegi;;;;;;\r\n"
        "Yeni Derneği;;;;;;;;\r\n"
        "Kayıp Temsilciliği;;Kayıp Derneği;;;;;;\r\n"
        "Başsız Temsilciliği;;;;;;;;\r\n",
    )

    assert verdicts(found) == ["new", "new", "new", "wrong", "wrong"]
    with pytest.raises(Refusal) as refused:
        take(session, [found[1]])
    assert refused.value.reason == "parent_missing"
    take(session, found)
    (parent,), (child,) = (
        members.named(session, name) for name in ("Yeni Derneği", "Yeni Çınarova Temsilciliği")
    )
    assert child.parent_id == parent.id


def test_a_box_that_is_taken_or_cannot_be_is_left_out_once_a_person_agrees(session: Session) -> None:
    one = members.add(session, name="Ova Derneği", kind=Kind.ASSOCIATION, at=TUESDAY)
    belongings.give_box(session, one.id, 214, at=TUESDAY)

    found = lines(
        session,
        "Barış Vakfı;;;214;;;;;\r\nGüneş Derneği;;;30;;;;;\r\nYıldız Vakfı;;;30;;;;;\r\nAy Ağı;;;700;;;;;\r\n"
        "Su Ağı;;;bodrum;;;;;\r\n",
    )

    assert verdicts(found) == ["doubtful", "new", "doubtful", "doubtful", "wrong"]
    take(session, found[:4])
    held = select(Mailbox.number, Organisation.name).join(
        Organisation, Organisation.id == Mailbox.organisation_id
    )
    boxes = {row.number: row.name for row in session.execute(held)}
    assert boxes == {214: "Ova Derneği", 30: "Güneş Derneği"}


def test_numbers_that_cannot_stand_there_are_left_out_and_odd_ones_are_told_of(session: Session) -> None:
    found = lines(session, "Okuma Topluluğu;;;;;4540536920;;Ece;\r\nOva Derneği;;;;99-1;4540536921;000;;\r\n")

    assert verdicts(found) == ["doubtful", "new"]
    assert "4540536920" in found[0].why
    assert len(found[1].notes) == 3
    take(session, found)
    (one,) = members.named(session, "Okuma Topluluğu")
    assert one.tax_number == ""


@pytest.mark.parametrize(
    "row",
    [
        "Ova Derneği 10000000146;;;;;;;;",
        "Ova Derneği;;;;;10000000146;;;",
        "Ova Derneği;;;;;;10000000146;;",
        "Ova Derneği;;;;;;;Ayşe 10000000146;",
        ";dernek;;;;;;;",
        "Ova Derneği;şirket;;;;;;;",
    ],
)
def test_what_cannot_be_is_wrong_and_says_why(session: Session, row: str) -> None:
    (found,) = lines(session, row + "x\r\n" if row.startswith(";") else row + "\r\n")

    assert (found.verdict, found.can_be_taken) == (Verdict.WRONG, False)
    assert found.why


def test_collectors_come_with_their_papers(session: Session) -> None:
    headers = "Kuruluş;Teslim alan;Yetki yazısı;Yetki bitişi\r\n"
    text = "Ova Derneği;Ayşe Tan | Kemal Öz | Nur Ak;Karar 14 | Karar 15;31.12.2026 |\r\n"
    take(session, lines(session, text, headers=headers))
    (one,) = members.named(session, "Ova Derneği")

    people = collectors.people(session, one.id, on=TODAY)

    assert [(each.person.name, each.may_collect, each.person.authority_until_on) for each in people] == [
        ("Ayşe Tan", True, date(2026, 12, 31)),
        ("Kemal Öz", True, None),
        ("Nur Ak", False, None),
    ]
    assert verdicts(lines(session, text, headers=headers)) == ["there"]


def test_a_whole_import_is_taken_back(session: Session) -> None:
    one = members.add(session, name="Ova Derneği", kind=Kind.ASSOCIATION, phone="0232 111 11 11", at=TUESDAY)
    found = lines(session, "Ova Derneği;;;12;;;0232 444 14 53;Ayşe Tan;\r\nBarış Vakfı;;;214;;;;;\r\n")
    take(session, found)
    take(session, found)
    assert len(names(session)) == 2

    memberships.undo(session, "k", at=TUESDAY)

    assert names(session) == ["Ova Derneği"]
    assert (one.phone, one.responsible_person) == ("+902321111111", "")
    assert not belongings.of(session, one.id)
    take(session, lines(session, "Barış Vakfı;;;214;;;;;\r\n"), key="l")
    assert len(names(session)) == 2


def test_what_came_in_between_is_not_taken_in_twice(session: Session) -> None:
    found = lines(session, "Barış Vakfı;;;;;;;;\r\n")
    members.add(session, name="Barış Vakfı", kind=Kind.FOUNDATION, at=TUESDAY)

    with pytest.raises(Refusal) as refused:
        take(session, found)

    assert refused.value.reason == "same_name"


def test_stopped_it_leaves_nothing(session: Session) -> None:
    found = lines(session, "Barış Vakfı;;;;;;;;\r\n")

    with pytest.raises(Refusal) as refused:
        members_in.take_in(session, found, at=TUESDAY, key="k", is_stopped=lambda: True)

    assert refused.value.reason == "stopped"
    assert names(session) == []


@pytest.mark.slow
def test_twenty_thousand_rows_with_everything_in_them(session: Session) -> None:
    out = io.StringIO(newline="")
    writer = csv.writer(out, delimiter=";")
    writer.writerow(["Kuruluş", "Tür", "Telefon"])
    for number in range(19_000):
        writer.writerow([f"{_spelled(number)} Derneği", "dernek", "0232 444 14 53"])
        if number % 19 == 0:
            writer.writerow(["", "", ""])
    writer.writerow(['=cmd|"/c calc"!A1 Derneği', "dernek", "@SUM(1)"])
    writer.writerow(['"Tırnaklı" Derneği\nve\tsekmeli', "dernek", ""])

    found = looked_at(session, b"\xef\xbb\xbf" + out.getvalue().encode())

    assert len(found) == 19_002
    assert take(session, [line for line in found if line.can_be_taken]) == 19_002
    assert session.scalar(select(func.count()).select_from(Organisation)) == 19_002
    told = names(session)
    assert '=cmd|"/c calc"!A1 Derneği' in told
    assert '"Tırnaklı" Derneği ve sekmeli' in told


def _spelled(number: int) -> str:
    """Names no two of which resemble each other."""
    return "".join(chr(97 + int(digit)) * 3 for digit in f"{number:05d}") + "z" * (number % 37)


def test_the_register_is_written_out_and_read_again_the_same(session: Session) -> None:
    text = (
        "Barış Vakfı;Vakıf;;214;;4540536920;0232 444 14 53;;\r\n"
        "Ova Derneği;dernek;;12;35084076;;;Ayşe Tan;\r\n"
        "Ova Çınarova Temsilciliği;;Ova Derneği;;;;;;\r\n"
        "Çınarova Belediyesi;;;;;;;;\r\n"
    )
    take(session, lines(session, text))
    (one,) = members.named(session, "Ova Derneği")
    for name in ("Ayşe Tan", "Kemal Öz"):
        collectors.add(session, one.id, name=name, authority_reference="Karar 14", at=TUESDAY)

    told = members_out.rows(session, on=TODAY, at=TUESDAY)

    for raw in (members_out.as_csv(told), members_out.as_xlsx(told)):
        assert verdicts(looked_at(session, raw)) == ["there"] * 4
    assert session.scalars(select(AuditEntry.action)).all()[-1] == "export_members"


def test_a_formula_is_never_written_as_one(session: Session, tmp_path: Path) -> None:
    take(session, lines(session, "=cmd|'/c calc'!A1 Derneği;dernek;;;;;;;\r\n"))
    told = members_out.rows(session, on=TODAY, at=TUESDAY)

    sheet = load_workbook(members_out.write(tmp_path / "uyeler.xlsx", told)).worksheets[0]
    cell = sheet["A2"]
    rows = list(
        csv.reader(
            io.StringIO(members_out.write(tmp_path / "uyeler.csv", told).read_text("utf-8-sig")),
            delimiter=";",
        )
    )

    assert (cell.data_type, cell.value) == ("s", "=cmd|'/c calc'!A1 Derneği")
    assert rows[1][0] == "'=cmd|'/c calc'!A1 Derneği"


def test_what_was_disarmed_is_read_again_as_it_was(session: Session) -> None:
    take(session, lines(session, "=cmd|'/c calc'!A1 Derneği;dernek;;;;;+49 30 901820;;\r\n"))
    told = members_out.rows(session, on=TODAY, at=TUESDAY)

    for raw in (members_out.as_csv(told), members_out.as_xlsx(told)):
        assert verdicts(looked_at(session, raw)) == ["there"]


def test_where_nothing_can_be_written_that_is_said(session: Session, tmp_path: Path) -> None:
    with pytest.raises(Unavailable):
        members_out.write(tmp_path / "nowhere" / "uyeler.csv", [["a"]])
