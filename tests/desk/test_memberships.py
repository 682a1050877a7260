from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import (
    addresses,
    belongings,
    bookings,
    boxes,
    collectors,
    mail,
    mail_moves,
    member_glance,
    members,
    memberships,
)
from civicdesk.desk.booking_wish import Wish
from civicdesk.desk.mail import Incoming
from civicdesk.errors import Refusal
from civicdesk.models import Booking, MailItem, MailKind, Organisation, PhoneMessage, Room
from tests import builders
from tests.builders import TUESDAY

TODAY = date(2026, 11, 24)


@pytest.fixture
def one(session: Session) -> Organisation:
    made = builders.organisation(session)
    belongings.give_box(session, made.id, 214, at=TUESDAY)
    belongings.give_line(session, made.id, extension="12", at=TUESDAY)
    return made


@pytest.fixture
def heir(session: Session) -> Organisation:
    made = builders.organisation(session, "Barış Derneği")
    belongings.give_box(session, made.id, 30, at=TUESDAY)
    return made


def item_for(session: Session, one: Organisation) -> MailItem:
    return mail.receive(session, Incoming(organisation_id=one.id, kind=MailKind.PARCEL), at=TUESDAY)


def booking_for(session: Session, one: Organisation) -> Booking:
    room = session.scalars(select(Room)).first()
    assert room
    starts_at = TUESDAY + timedelta(days=1, minutes=-12)
    wish = Wish(
        room_id=room.id,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(hours=1),
        title="Toplantı",
        organisation_id=one.id,
    )
    return bookings.book(session, wish, at=TUESDAY)


def message_for(session: Session, one: Organisation) -> PhoneMessage:
    made = PhoneMessage(organisation_id=one.id, caller="Nur", text="Arasın", taken_at=TUESDAY)
    session.add(made)
    session.flush()
    return made


def test_one_that_leaves_keeps_its_box_for_forty_five_days(session: Session, one: Organisation) -> None:
    memberships.leave(session, one.id, on=TODAY, reason="Taşındı", at=TUESDAY, key="k")

    assert one.left_on == TODAY
    assert one.forwarding_until_on == date(2027, 1, 8)
    has = belongings.of(session, one.id)
    assert [each.number for each in has.boxes] == [214]
    assert not has.lines
    assert addresses.forwarded(session, on=date(2027, 1, 8)) == [one]
    assert addresses.forwarded(session, on=date(2027, 1, 9)) == []
    (holder,) = boxes.holders(session, 214)
    assert holder.is_forwarded(date(2027, 1, 8))


def test_one_that_closes_with_post_waiting_keeps_its_box_and_its_post(
    session: Session, one: Organisation
) -> None:
    item = item_for(session, one)

    memberships.leave(session, one.id, on=TODAY, is_forwarded=False, at=TUESDAY, key="k")

    assert memberships.waits(session, one.id, at=TUESDAY).post == 1
    assert [each.number for each in belongings.of(session, one.id).boxes] == [214]
    assert [each.id for each in mail.waiting(session, one.id)] == [item.id]


def test_without_post_and_forwarding_the_box_is_free(session: Session, one: Organisation) -> None:
    memberships.leave(session, one.id, on=TODAY, is_forwarded=False, at=TUESDAY, key="k")

    assert not belongings.of(session, one.id)
    assert one.forwarding_until_on is None


def test_leaving_is_taken_back_with_all_it_gave_back(session: Session, one: Organisation) -> None:
    memberships.leave(session, one.id, on=TODAY, is_forwarded=False, at=TUESDAY, key="k")
    memberships.leave(session, one.id, on=TODAY, is_forwarded=False, at=TUESDAY, key="k")

    memberships.undo(session, "k", at=TUESDAY)

    has = belongings.of(session, one.id)
    assert one.left_on is None
    assert ([each.number for each in has.boxes], [each.extension for each in has.lines]) == ([214], ["12"])


def test_it_cannot_leave_twice_and_comes_back_once(session: Session, one: Organisation) -> None:
    memberships.leave(session, one.id, on=TODAY, at=TUESDAY, key="k")
    with pytest.raises(Refusal) as refused:
        memberships.leave(session, one.id, on=TODAY, at=TUESDAY, key="l")
    assert refused.value.reason == "has_left"

    memberships.come_back(session, one.id, at=TUESDAY, key="m")
    assert (one.left_on, one.forwarding_until_on) == (None, None)
    with pytest.raises(Refusal) as refused:
        memberships.come_back(session, one.id, at=TUESDAY, key="n")
    assert refused.value.reason == "has_not_left"


def test_a_merger_takes_over_what_is_open_and_leaves_what_is_past(
    session: Session, one: Organisation, heir: Organisation
) -> None:
    item, booking, message = item_for(session, one), booking_for(session, one), message_for(session, one)
    collectors.add(session, one.id, name="Ayşe Tan", at=TUESDAY)
    addresses.add(session, one.id, at=TUESDAY)
    child = members.add(session, name="Alt", kind="platform", parent_id=one.id, at=TUESDAY)
    past = builders.visit(session, host_id=one.id)

    memberships.merge(session, one.id, heir.id, on=TODAY, at=TUESDAY, key="k")

    seen = member_glance.glance(session, heir.id, at=TUESDAY)
    assert [each.number for each in seen.has.boxes] == [30, 214]
    assert [each.person.name for each in seen.people] == ["Ayşe Tan"]
    assert len(seen.papers) == 1
    assert seen.coming.count == 1
    assert [each.id for each in seen.post] == [item.id]
    assert [each.id for each in seen.messages] == [message.id]
    assert (booking.organisation_id, child.parent_id) == (heir.id, heir.id)
    assert (one.left_on, one.merged_into_id) == (TODAY, heir.id)
    assert past.host_id == one.id
    assert mail_moves.one(session, item.id).box == 214
    assert [move.what for move in mail_moves.history(session, item.id)] == ["received", "matched"]


def test_a_merger_is_taken_back_also_for_the_post(
    session: Session, one: Organisation, heir: Organisation
) -> None:
    item = item_for(session, one)
    memberships.merge(session, one.id, heir.id, on=TODAY, at=TUESDAY, key="k")

    memberships.undo(session, "k", at=TUESDAY, key="u")

    assert (one.left_on, one.merged_into_id) == (None, None)
    assert [each.id for each in mail.waiting(session, one.id)] == [item.id]
    assert [move.what for move in mail_moves.history(session, item.id)] == ["received", "matched", "matched"]


def test_nobody_merges_into_itself_or_into_one_that_left(
    session: Session, one: Organisation, heir: Organisation
) -> None:
    with pytest.raises(Refusal) as refused:
        memberships.merge(session, one.id, one.id, on=TODAY, at=TUESDAY, key="k")
    assert refused.value.reason == "into_itself"

    memberships.leave(session, heir.id, on=TODAY, at=TUESDAY, key="l")
    with pytest.raises(Refusal) as refused:
        memberships.merge(session, one.id, heir.id, on=TODAY, at=TUESDAY, key="m")
    assert refused.value.reason == "has_left"


def test_new_post_for_one_that_merged_is_its_heirs(
    session: Session, one: Organisation, heir: Organisation
) -> None:
    memberships.merge(session, one.id, heir.id, on=TODAY, at=TUESDAY, key="k")

    assert item_for(session, one).organisation_id == heir.id


def test_a_message_that_was_passed_on_waits_no_more(session: Session, one: Organisation) -> None:
    from civicdesk.models import MessageMove, MessageStep  # noqa: PLC0415

    message = message_for(session, one)
    waits = memberships.waits(session, one.id, at=TUESDAY)
    assert (waits.messages, bool(waits)) == (1, True)
    for what, left in ((MessageStep.SHOWN, 1), (MessageStep.DELIVERED, 0), (MessageStep.REOPENED, 1)):
        session.add(MessageMove(message_id=message.id, what=what, at=TUESDAY))
        assert memberships.waits(session, one.id, at=TUESDAY).messages == left


def test_the_glance_counts_visitors_of_late(session: Session, one: Organisation) -> None:
    builders.visit(session, "Selin Karaca", host_id=one.id, people=4)
    builders.visit(session, "Eski Gelen", at=TUESDAY - timedelta(days=40), host_id=one.id)
    booking_for(session, one)

    seen = member_glance.glance(session, one.id, at=TUESDAY)

    assert (seen.lately.people, [each.visitor.name for each in seen.lately.latest]) == (4, ["Selin Karaca"])
    assert [(kind, standing.hours) for kind, standing in seen.used] == [("meeting", 1.0)]
