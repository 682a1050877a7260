"""Who is expected on a day, and what is on in the rooms."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from civicdesk.desk import centre, day_list, invitations
from civicdesk.models import Booking, BookingState, Invitation
from civicdesk.text import local
from tests import builders
from tests.builders import TUESDAY

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ON = local(TUESDAY).date()


def expect(session: Session, name: str, at: datetime = TUESDAY, people: int = 1) -> Invitation:
    wanted = invitations.Wanted(name=name, expected_at=at, people=people)
    return invitations.invite(session, wanted, at=TUESDAY)


def book(
    session: Session,
    title: str,
    starts_at: datetime,
    *,
    hours: float = 1,
    room: int = 0,
    state: str = BookingState.CONFIRMED,
) -> None:
    session.add(
        Booking(
            room_id=centre.rooms(session)[room].id,
            title=title,
            kind="atölye",
            starts_at=starts_at,
            ends_at=starts_at + hours * HOUR,
            wall_start="",
            state=state,
        )
    )


def test_the_expected_stand_in_the_order_of_time_with_those_who_came(session: Session) -> None:
    late = expect(session, "Cem Ak", TUESDAY + 5 * HOUR, people=4)
    early = expect(session, "Selin Karaca")
    invitations.admit(session, early.id, at=TUESDAY)

    seen = day_list.look(session, ON, at=TUESDAY)

    assert [invitation.id for invitation in seen.expected] == [early.id, late.id]
    assert seen.came == {early.id}
    assert seen.people == 5


def test_only_the_day_itself_is_on_it_to_its_last_minute(session: Session) -> None:
    expect(session, "Selin Karaca")
    last = expect(session, "Cem Ak", TUESDAY.replace(hour=20, minute=59))
    expect(session, "Yarın Gelen", TUESDAY.replace(hour=21, minute=0))
    invitations.cancel(session, expect(session, "Gelmeyen").id, at=TUESDAY)

    seen = day_list.look(session, ON, at=TUESDAY)

    assert len(seen.expected) == 2
    assert seen.expected[-1].id == last.id
    assert [i.visitor.name for i in day_list.look(session, ON + DAY, at=TUESDAY).expected] == ["Yarın Gelen"]


def test_the_bookings_stand_by_room_and_time_without_those_that_fell_through(session: Session) -> None:
    book(session, "Üçüncü", TUESDAY, room=1)
    book(session, "İkinci", TUESDAY + 2 * HOUR)
    book(session, "Birinci", TUESDAY)
    book(session, "Geceden kalan", TUESDAY - 12 * HOUR, hours=5, room=2, state=BookingState.TENTATIVE)
    book(session, "İptal", TUESDAY, state=BookingState.CANCELLED)
    book(session, "Dün", TUESDAY - DAY)

    seen = day_list.look(session, ON, at=TUESDAY)

    assert [booking.title for booking in seen.bookings] == ["Birinci", "İkinci", "Üçüncü", "Geceden kalan"]


def test_a_closed_and_empty_day_is_a_list_too(session: Session) -> None:
    sunday = ON + 5 * DAY
    seen = day_list.look(session, sunday, at=TUESDAY)

    assert (seen.people, list(seen.expected), list(seen.bookings)) == (0, [], [])
    assert seen.day.spans == ()


def test_the_list_of_a_day_is_read_in_few_questions_however_many_come(session: Session) -> None:
    host = builders.organisation(session)
    for n in range(30):
        invitation = expect(session, f"Kişi {n}")
        invitation.host_id = host.id
    session.flush()
    session.expunge_all()

    seen = day_list.look(session, ON, at=TUESDAY)

    assert {i.host.name for i in seen.expected if i.host} == {host.name}
    assert len({i.visitor.name for i in seen.expected}) == 30
