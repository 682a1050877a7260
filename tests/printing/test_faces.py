from __future__ import annotations

from dataclasses import replace

import pytest

from civicdesk.database import Database
from civicdesk.desk import centre, visits
from civicdesk.models import Centre, Room, Visit
from civicdesk.printing.badge import BadgeFace, BadgeSize
from civicdesk.printing.faces import badge_face, badge_size, draft_face
from civicdesk.text import use_language
from tests import builders
from tests.builders import TUESDAY


def face_of(database: Database, **arrival: object) -> tuple[BadgeFace, Visit, Room]:
    with database.begin() as session:
        room = centre.rooms(session)[0]
        host = builders.organisation(session)
        visit = builders.visit(session, host_id=host.id, room_id=room.id, **arrival)  # type: ignore[arg-type]
        badge = visits.reprint(session, visit.id, at=TUESDAY)
        return badge_face(centre.the_centre(session), visit, badge), visit, room


def test_a_badge_tells_who_goes_where_why_and_when(database: Database) -> None:
    use_language("tr")
    face, visit, room = face_of(database, people=3, needs=("wheelchair",), reason="event")

    assert (face.name, face.host, face.place) == ("Selin Karaca", "Ege Kadın Emeği Derneği", "Çınar Odası")
    assert (face.on, face.number, face.copy) == ("24 Kas 2026 10:42", visit.number, 2)
    assert (face.people, face.room_colour) == (3, room.colour)
    assert len(face.code) == 24


def test_the_picture_while_typing_is_the_badge_that_is_printed(database: Database) -> None:
    face, visit, room = face_of(database, people=2, needs=("companion",), is_discreet=True)
    with database.read() as session:
        found = centre.the_centre(session)
    draft = draft_face(
        found,
        name=visit.visitor.name,
        at=TUESDAY,
        number=visit.number,
        code=face.code,
        host=visit.host,
        room=room,
        reason=visit.reason,
        people=2,
        needs=("companion",),
        is_discreet=True,
    )
    assert draft == replace(face, copy=1)


def test_whoever_goes_nowhere_in_particular_is_a_visitor() -> None:
    face = draft_face(
        Centre(name="Çınarova"), name=" ", at=TUESDAY, number=1, code="1" * 24, is_discreet=True
    )
    assert (face.name, face.place, face.host) == ("Visitor", "Visitor", "")


@pytest.mark.parametrize(
    ("word", "size"),
    [
        ("label", BadgeSize.LABEL),
        ("a6", BadgeSize.A6),
        ("a4", BadgeSize.A4_SHEET),
        ("roll_80", BadgeSize.ROLL_80),
        ("roll_58", BadgeSize.ROLL_58),
        ("?", BadgeSize.LABEL),
    ],
)
def test_the_managers_choose_the_paper(word: str, size: BadgeSize) -> None:
    assert badge_size(Centre(name="Çınarova", badge_size=word)) is size


def test_only_what_managers_want_stands_on_a_badge(database: Database) -> None:
    with database.begin() as session:
        centre.change(session, TUESDAY, badge_parts="date")
    face, _visit, _room = face_of(database, needs=("wheelchair",), reason="event")
    assert (face.host, face.reason, face.place, face.needs, face.room_colour) == ("", "", "", (), None)
    assert not face.shows_digits
    assert face.on
    assert (face.name, face.number > 0, len(face.code)) == ("Selin Karaca", True, 24)

    with database.begin() as session:
        centre.change(session, TUESDAY, badge_parts="host,reason,place,digits,needs")
        face_visit = builders.visit(session, "Ümit Kaya", needs=("companion",))
        badge = visits.badge_of(session, face_visit.id)
        assert badge
        full = badge_face(centre.the_centre(session), visits.one(session, face_visit.id), badge)
    assert (full.on, full.shows_digits, len(full.needs)) == ("", True, 1)


def test_a_discreet_badge_shows_the_place_or_the_number_as_managers_decided(database: Database) -> None:
    with database.begin() as session:
        centre.change(session, TUESDAY, badge_parts="")
    face, _visit, room = face_of(database, is_discreet=True)
    assert (face.place, face.room_colour, face.only_number) == (room.name, room.colour, False)

    draft = Centre(name="Çınarova", badge_discreet="number")
    quiet = draft_face(draft, name="Selin", at=TUESDAY, number=1, code="1" * 24, is_discreet=True)
    plain = draft_face(draft, name="Selin", at=TUESDAY, number=1, code="1" * 24)
    assert quiet.is_number_only
    assert not plain.only_number


def test_the_logo_stands_on_the_badge() -> None:
    face = draft_face(Centre(name="Ç"), name="Selin", at=TUESDAY, number=1, code="1" * 24, logo=b"a picture")
    assert face.logo == b"a picture"
