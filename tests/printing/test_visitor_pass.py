"""The pass an expected visitor shows on arrival."""

from __future__ import annotations

from datetime import timedelta

import pytest

from civicdesk import codes
from civicdesk.database import Database
from civicdesk.desk import centre, invitations
from civicdesk.printing.picture import page_count
from civicdesk.printing.visitor_pass import pass_pdf
from tests import builders
from tests.builders import TUESDAY
from tests.printing.reading import in_order, ink, scanned, words

LONG = "Abdurrahman Muhammed Yıldırımoğlu Özdemir Karaosmanoğlu " * 3


def _pass(database: Database, name: str = "Oğuz Yıldırım", **more: object) -> tuple[bytes, str]:
    discreet = bool(more.pop("discreet", False))
    with database.begin() as session:
        host = builders.organisation(session)
        host.is_discreet = discreet
        [room, *_others] = centre.rooms(session)
        wanted = invitations.Wanted(
            name=name,
            expected_at=TUESDAY + timedelta(hours=1),
            host_id=host.id,
            room_id=room.id,
            **more,  # type: ignore[arg-type]
        )
        made = invitations.invite(session, wanted, at=TUESDAY)
        return pass_pdf(centre.the_centre(session), made), made.code


@pytest.mark.parametrize("dpi", [96, 203])
def test_the_code_is_read_from_a_screen_and_from_paper(database: Database, dpi: int) -> None:
    pdf, code = _pass(database)

    assert scanned(pdf, dpi) == [code]


def test_a_pass_says_who_comes_when_and_where(database: Database) -> None:
    pdf, code = _pass(database)

    said = words(pdf)
    assert in_order(
        said,
        "ÇINAROVA SİVİL YAŞAM MERKEZİ",
        "Visitor pass",
        "Oğuz Yıldırım",
        codes.grouped(code),
        "Tuesday, 24 November 2026 · 11:42",
        "Çınar Odası · Ege Kadın Emeği Derneği",
        "Show this code on arrival.",
    )
    assert "entr" not in "\n".join(said)


def test_a_pass_for_several_days_says_until_when_and_how_often(database: Database) -> None:
    until = TUESDAY.replace(hour=21, minute=0) + timedelta(days=3)  # midnight after Friday
    pdf, _code = _pass(database, until=until, entries=4, people=3)

    assert in_order(words(pdf), "24 Nov 11:42 – 27 Nov 2026", "3 people · 4 entries")


def test_a_discreet_host_is_not_named(database: Database) -> None:
    pdf, _code = _pass(database, discreet=True)

    said = "\n".join(words(pdf))
    assert "Çınar Odası" in said
    assert "Ege Kadın" not in said


def test_a_name_of_any_length_leaves_the_code_readable(database: Database) -> None:
    pdf, code = _pass(database, LONG)

    assert page_count(pdf) == 1
    assert scanned(pdf, 96) == [code]
    assert ink(pdf)[3] > 3
