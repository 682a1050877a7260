"""Which files can still be taken back."""

from __future__ import annotations

from sqlalchemy.orm import Session

from civicdesk.desk import imports, members, memberships
from tests.builders import TUESDAY
from tests.desk.test_members_in import lines, take


def lately(session: Session) -> list[tuple[str, int]]:
    return [(each.key, each.count) for each in imports.lately(session, "import_members", "organisation")]


def test_a_file_can_be_taken_back_until_it_was(session: Session) -> None:
    take(session, lines(session, "Barış Vakfı;Vakıf;;214;;;;;\r\nOva Derneği;Dernek;;;;;;;\r\n"), "first")
    take(session, lines(session, "Ida Derneği;Dernek;;;;;;;\r\n"), "second")
    assert sorted(lately(session)) == [("first", 2), ("second", 1)]

    memberships.undo(session, "first", at=TUESDAY)

    assert lately(session) == [("second", 1)]


def test_what_was_changed_since_is_not_offered(session: Session) -> None:
    [line] = lines(session, "Ida Derneği;Dernek;;;;;;;\r\n")
    take(session, [line], "first")
    members.change(session, line.organisation_id, at=TUESDAY, phone="0232 444 14 53")
    take(session, lines(session, "Ida Derneği;Vakıf;;;;;;;\r\n"), "second")

    assert ("first", 1) not in lately(session)
