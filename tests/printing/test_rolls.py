from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import centre, day_list, evacuation, headcounts, invitations, visits
from civicdesk.desk.headcounts import Category
from civicdesk.models import Booking, BookingState, How, Need, Organisation
from civicdesk.printing.rolls import day_sheet, evacuation_sheet
from civicdesk.text import local
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


def test_the_day_list_names_no_host_whose_visits_are_discreet(database: Database) -> None:
    with database.begin() as session:
        open_host, quiet = builders.organisation(session), builders.organisation(session, "Sığınma Evi")
        quiet.is_discreet = True
        for host in (open_host, quiet):
            wanted = invitations.Wanted(name="Selin Karaca", expected_at=AT, host_id=host.id)
            invitations.invite(session, wanted, at=AT)
        _book(session, quiet, AT - timedelta(hours=12), AT + timedelta(days=1))
        sheet = day_sheet(centre.the_centre(session), day_list.look(session, local(AT).date(), at=AT), "")

    assert sorted(guest.host for guest in sheet.guests) == ["", open_host.name]
    [booking] = sheet.bookings
    assert (booking.organisation, booking.time, booking.tentative) == ("", "00:00–24:00", True)
    assert sheet.open == "Open 09:00–19:30"


def _book(session: Session, host: Organisation, starts_at: datetime, ends_at: datetime) -> None:
    session.add(
        Booking(
            room_id=centre.rooms(session)[0].id,
            organisation_id=host.id,
            title="Toplantı",
            kind="toplantı",
            starts_at=starts_at,
            ends_at=ends_at,
            wall_start="",
            state=BookingState.TENTATIVE,
        )
    )
