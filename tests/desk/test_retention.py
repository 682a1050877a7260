"""What the notice promises: after the kept days a visitor is a number."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import centre, clocks, invitations, people, retention, visitors, visits
from civicdesk.models import (
    AuditEntry,
    Booking,
    Centre,
    Invitation,
    Presence,
    Room,
    Visit,
    Visitor,
    Waiting,
)
from tests import builders
from tests.builders import TUESDAY

KEPT = timedelta(days=90)
LEFT = TUESDAY + timedelta(hours=1)
INSTANT = timedelta(milliseconds=1)


def came(session: Session, name: str = "Selin Karaca", **arrival: object) -> Visit:
    """Somebody who was here for an hour on the Tuesday."""
    visit = builders.visit(session, name, **arrival)
    return visits.check_out(session, visit.id, at=LEFT)


def name_of(session: Session, visitor_id: object) -> str:
    return session.scalars(select(Visitor.name).where(Visitor.id == visitor_id)).one()


def found_by_index(session: Session, word: str) -> int:
    return (
        session.scalar(
            text("SELECT count(*) FROM visitor_search WHERE visitor_search MATCH :word"), {"word": word}
        )
        or 0
    )


def visit_count(session: Session) -> int:
    return session.scalar(select(func.count()).select_from(Visit)) or 0


def expect(session: Session, name: str, on: datetime) -> Invitation:
    wanted = invitations.Wanted(name=name, expected_at=on, note="Gate 2")
    return invitations.invite(session, wanted, at=on - timedelta(days=1))


def test_a_name_goes_when_its_days_are_over_and_not_an_instant_earlier(session: Session) -> None:
    visit = came(session)

    assert retention.forget_names(session, at=LEFT + KEPT) == 0
    assert name_of(session, visit.visitor_id) == "Selin Karaca"

    assert retention.forget_names(session, at=LEFT + KEPT + INSTANT) == 1
    assert name_of(session, visit.visitor_id) == retention.NO_NAME


def test_the_days_are_those_the_centre_promises(session: Session) -> None:
    session.scalars(select(Centre)).one().retention_days = 7
    came(session)

    assert retention.forget_names(session, at=LEFT + timedelta(days=8)) == 1


def test_everything_that_tells_who_it_was_goes_and_the_visit_stays(session: Session) -> None:
    visit = came(session, phone="0532 123 45 67", needs=("wheelchair",), note="Brings the plans", people=3)
    before = visit_count(session)

    retention.forget_names(session, at=LEFT + KEPT * 2)

    session.expire_all()
    visitor, kept = session.get_one(Visitor, visit.visitor_id), session.get_one(Visit, visit.id)
    assert (visitor.folded, visitor.phone, visitor.email, visitor.needs) == ("", "", "", "")
    assert (kept.note, kept.needs) == ("", "")
    assert (kept.people, kept.number, kept.arrived_at, kept.left_at) == (3, visit.number, TUESDAY, LEFT)
    assert visit_count(session) == before
    assert visitors.profile(session, visitor.id).visits == 1


def test_nobody_finds_a_forgotten_name(session: Session) -> None:
    came(session, phone="0532 123 45 67")
    came(session, "Mehmet Ali Demirtaş")
    assert found_by_index(session, "karaca") == 1

    retention.forget_names(session, at=LEFT + KEPT * 2)

    assert [found_by_index(session, word) for word in ("karaca", "sel*", "mehmet")] == [0, 0, 0]
    assert people.suggest(session, "selin karaca") == []
    assert people.suggest(session, "karaka") == []
    assert people.by_phone(session, "+905321234567") is None


def test_whoever_is_inside_keeps_the_name(session: Session) -> None:
    visit = builders.visit(session)

    assert retention.forget_names(session, at=TUESDAY + KEPT * 4) == 0
    assert name_of(session, visit.visitor_id) == "Selin Karaca"
    assert session.scalars(select(Presence.visit_id)).all() == [visit.id]


def test_whoever_came_again_keeps_the_name(session: Session) -> None:
    first = came(session)
    again = visits.check_in(session, visits.again(first), at=TUESDAY + timedelta(days=60))
    visits.check_out(session, again.id, at=TUESDAY + timedelta(days=60, hours=1))

    assert retention.forget_names(session, at=TUESDAY + timedelta(days=120)) == 0
    assert retention.forget_names(session, at=TUESDAY + timedelta(days=151)) == 1


def test_whoever_is_expected_keeps_the_name(session: Session) -> None:
    now = TUESDAY + KEPT * 2
    invitation = expect(session, "Selin Karaca", now + timedelta(days=3))

    assert retention.forget_names(session, at=now) == 0

    invitations.cancel(session, invitation.id, at=now)
    assert retention.forget_names(session, at=now + timedelta(days=3) + KEPT) == 0
    assert retention.forget_names(session, at=now + timedelta(days=4) + KEPT) == 1


def test_a_pass_that_is_still_valid_holds_the_name_however_long_ago_it_began(session: Session) -> None:
    now = TUESDAY + KEPT * 2
    invitation = expect(session, "Selin Karaca", TUESDAY)
    invitation.valid_until = now
    session.flush()

    assert retention.forget_names(session, at=now) == 0
    assert retention.forget_names(session, at=now + INSTANT) == 1


def test_whoever_never_came_is_forgotten_after_the_day_of_the_invitation(session: Session) -> None:
    invitation = expect(session, "Selin Karaca", TUESDAY)

    assert retention.forget_names(session, at=TUESDAY + KEPT) == 0
    assert retention.forget_names(session, at=TUESDAY + KEPT + INSTANT) == 1
    assert name_of(session, invitation.visitor_id) == retention.NO_NAME
    assert session.scalars(select(Invitation.note)).all() == [""]


def test_the_demo_centre_keeps_its_people(session: Session) -> None:
    visit = came(session)
    centre.set_mark(session, clocks.DEMO, TUESDAY.isoformat(), TUESDAY)
    session.flush()

    assert retention.forget_names(session, at=LEFT + KEPT * 4) == 0
    assert name_of(session, visit.visitor_id) == "Selin Karaca"


def test_names_go_batch_by_batch_until_none_is_left(session: Session) -> None:
    for letter in "ABCDE":
        came(session, f"Selin {letter}")
    late = LEFT + KEPT * 2

    assert [retention.forget_names(session, at=late, limit=2) for _again in range(4)] == [2, 2, 1, 0]


def test_the_trail_tells_how_many_names_went_and_none_of_them(session: Session) -> None:
    came(session, "Selin Karaca")
    came(session, "Mehmet Demirtaş")
    late = LEFT + KEPT * 2
    while retention.forget_names(session, at=late):
        pass

    [entry] = session.scalars(select(AuditEntry).where(AuditEntry.action == "forget_names"))
    assert json.loads(entry.details) == {"count": 2, "days": 90}
    assert (entry.at, entry.subject, entry.subject_id) == (late, "", None)


def test_whoever_comes_again_at_that_moment_is_a_new_visitor_with_the_name(database: Database) -> None:
    with database.begin() as session:
        gone = came(session)
    with database.read() as session:
        [chosen] = people.suggest(session, "selin")
    again = LEFT + KEPT + timedelta(days=1)
    with database.begin() as session:
        retention.forget_names(session, at=again)

    with database.begin() as session:
        visit = visits.check_in(session, visits.Arrival(visitor=chosen.visitor), at=again)
        soon = again + timedelta(hours=2)
        wanted = invitations.Wanted(name="", visitor=chosen.visitor, expected_at=soon)
        expected = invitations.invite(session, wanted, at=again)

    with database.read() as session:
        assert name_of(session, visit.visitor_id) == name_of(session, expected.visitor_id) == "Selin Karaca"
        assert name_of(session, gone.visitor_id) == retention.NO_NAME


@pytest.mark.parametrize("word", ["Karabekçi", "karabekci", "905321234567", "Brings the plans"])
def test_nothing_of_it_stays_in_the_file(file: Path, word: str) -> None:
    database = Database(file)
    with database.begin() as session:
        for letter in "ABCDEFGH":
            came(session, f"Rıfat {letter} Karabekçi", phone="0532 123 45 67", note="Brings the plans")
    database.close()
    assert word.encode() in file.read_bytes()

    with database.begin() as session:
        retention.forget_names(session, at=LEFT + KEPT * 2)
    is_first = True
    while True:
        with database.begin() as session:
            if not retention.clear_search(session, is_first=is_first):
                break
        is_first = False
    database.close()

    assert word.encode() not in file.read_bytes()


def test_the_contact_of_a_booking_and_of_a_wish_goes_and_the_event_stays(session: Session) -> None:
    room = session.scalars(select(Room)).first()
    assert room is not None
    told = {"contact_name": "Selin Karaca", "contact_phone": "+905321234567", "note": "Ask for Selin"}
    times = {"starts_at": TUESDAY, "ends_at": LEFT}
    booking = Booking(room_id=room.id, title="Kurul", kind="meeting", wall_start="10:00", **times, **told)
    wish = Waiting(asked_at=TUESDAY, room_id=room.id, **times, **told)
    session.add_all([booking, wish])
    session.flush()

    assert retention.forget_contacts(session, at=LEFT + KEPT) == 0
    assert retention.forget_contacts(session, at=LEFT + KEPT + INSTANT) == 2

    session.expire_all()
    for row in (booking, wish):
        assert (row.contact_name, row.contact_phone, row.note) == ("", "", "")
    assert (booking.title, booking.starts_at) == ("Kurul", TUESDAY)
    assert retention.forget_contacts(session, at=LEFT + KEPT * 2) == 0
