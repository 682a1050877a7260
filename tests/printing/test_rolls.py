from __future__ import annotations

from civicdesk.database import Database
from civicdesk.desk import centre, evacuation, headcounts, visits
from civicdesk.desk.headcounts import Category
from civicdesk.models import How, Need
from civicdesk.printing.rolls import evacuation_sheet
from tests import builders

AT = builders.TUESDAY


def test_the_sheet_says_who_is_where_and_who_needs_what(database: Database) -> None:
    with database.begin() as session:
        oak = centre.rooms(session)[0]
        host = builders.organisation(session)
        builders.visit(
            session, "İnci Uğurlu", room_id=oak.id, host_id=host.id, needs=(Need.WHEELCHAIR,), people=2
        )
        sheet = evacuation_sheet(centre.the_centre(session), evacuation.roll(session, at=AT), "Elif Aksoy")

    (inci,) = sheet.people
    assert (inci.name, inci.room, inci.zone, inci.host) == ("İnci Uğurlu", oak.name, oak.zone, host.name)
    assert (inci.needs, inci.people, inci.since) == (("Wheelchair",), 2, "10:42")
    assert (sheet.total, sheet.by, sheet.drill) == (2, "Elif Aksoy", False)
    assert sheet.as_of.endswith("24 November 2026 10:42")


def test_a_discreet_visit_does_not_say_to_whom(database: Database) -> None:
    with database.begin() as session:
        host = builders.organisation(session)
        builders.visit(session, host_id=host.id, is_discreet=True)
        sheet = evacuation_sheet(centre.the_centre(session), evacuation.roll(session, at=AT), "")

    assert sheet.people[0].host == ""


def test_heads_and_those_taken_as_left_are_on_it(database: Database) -> None:
    with database.begin() as session:
        hall = centre.rooms(session)[1]
        headcounts.count(session, hall.id, 5, at=AT)
        headcounts.count(session, hall.id, 2, category=Category.CHILD, at=AT)
        builders.visit(session, "Selin Karaca")
        visits.check_out(session, visits.inside(session)[0].id, at=AT, how=How.ALL)
        evacuation.begin(session, at=AT, is_drill=True)
        sheet = evacuation_sheet(centre.the_centre(session), evacuation.roll(session, at=AT), "")

    (heads,) = sheet.head_counts
    assert (heads.room, heads.count, heads.children, heads.wheelchair) == (hall.name, 7, 2, 0)
    assert [person.presumed_left for person in sheet.people] == [True]
    assert sheet.drill
