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
    [("label", BadgeSize.LABEL), ("a6", BadgeSize.A6), ("a4", BadgeSize.A4_SHEET), ("?", BadgeSize.LABEL)],
)
def test_the_managers_choose_the_paper(word: str, size: BadgeSize) -> None:
    assert badge_size(Centre(name="Çınarova", badge_size=word)) is size
