from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import phone_messages
from civicdesk.desk.phone_messages import Call
from civicdesk.errors import Refusal
from civicdesk.models import MessageStep, PhoneMessage
from tests import builders
from tests.builders import TUESDAY

LATER = TUESDAY + timedelta(hours=1)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def take(session: Session, whose: UUID | None = None, **call: object) -> PhoneMessage:
    whose = whose or builders.organisation(session).id
    given = {"caller": "Selin Karaca", "text": "Toplantı için arasın", "number": "0532 123 45 67", **call}
    return phone_messages.take(session, Call(organisation_id=whose, **given), at=TUESDAY)  # type: ignore[arg-type]


def test_a_message_waits_until_it_is_read_out(session: Session) -> None:
    message = take(session)
    assert [each.message.id for each in phone_messages.open_ones(session)] == [message.id]
    found = phone_messages.deliver(session, message.id, at=LATER, person="Murat Ak")

    assert phone_messages.open_ones(session) == []
    assert found.delivered is not None
    assert (found.delivered.person, found.delivered.at) == ("Murat Ak", LATER)
    assert [each.message.id for each in phone_messages.delivered_lately(session)] == [message.id]


def test_reading_it_out_twice_is_once_and_is_taken_back_by_a_move_of_its_own(session: Session) -> None:
    message = take(session)
    for _n in range(2):
        phone_messages.deliver(session, message.id, at=LATER)
    found = phone_messages.reopen(session, message.id, at=LATER)

    assert [move.what for move in found.moves] == [MessageStep.DELIVERED, MessageStep.REOPENED]
    assert found.is_open
    assert phone_messages.count_open(session) == (1, 0)


def test_being_shown_or_sent_closes_nothing(session: Session) -> None:
    message = take(session)
    phone_messages.note_shown(session, [message.id], at=LATER)
    phone_messages.note_sent(session, message.id, at=LATER)

    assert phone_messages.is_open(session, message.id)
    assert phone_messages.one(session, message.id).sent_at == LATER


def test_what_somebody_of_the_organisation_was_told_of_is_noted_and_waits_on(session: Session) -> None:
    message = take(session)
    take(session, builders.organisation(session, "Ida Derneği").id)

    assert [each.message.id for each in phone_messages.show(session, message.organisation_id, at=LATER)] == [
        message.id
    ]
    assert phone_messages.one(session, message.id).shown_at == LATER
    assert phone_messages.count_open(session) == (2, 0)


def test_urgent_ones_come_first_and_then_the_oldest(session: Session) -> None:
    first, second = take(session, text="a"), take(session, text="b")
    urgent = take(session, text="c", is_urgent=True)

    assert [each.message.id for each in phone_messages.open_ones(session)] == [urgent.id, first.id, second.id]
    assert phone_messages.count_open(session) == (3, 1)


def test_each_organisation_sees_its_own(session: Session) -> None:
    mine = take(session)
    take(session, builders.organisation(session, "Ida Derneği").id)

    found = phone_messages.open_ones(session, mine.organisation_id)
    assert [each.message.id for each in found] == [mine.id]


@pytest.mark.parametrize(
    ("call", "reason"),
    [
        ({"caller": " "}, "no_caller"),
        ({"text": " "}, "no_message"),
        ({"number": "abc"}, "bad_phone"),
        ({"text": "kimliği 10000000146"}, "national_id"),
        ({"caller": "x" * 2_001}, "long_note"),
    ],
)
def test_what_is_no_message_is_refused(session: Session, call: dict[str, str], reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        take(session, **call)  # type: ignore[arg-type]

    assert refused.value.reason == reason


def test_a_message_for_nobody_is_refused(session: Session) -> None:
    with pytest.raises(Refusal) as refused:
        phone_messages.take(session, Call(organisation_id=None, caller="a", text="b"), at=TUESDAY)

    assert refused.value.reason == "no_organisation"


def test_one_tap_twice_takes_one_message(session: Session) -> None:
    call = Call(organisation_id=builders.organisation(session).id, caller="a", text="b")
    for _n in range(2):
        phone_messages.take(session, call, at=TUESDAY, key="k")

    assert phone_messages.count_open(session) == (1, 0)


def test_a_message_taken_by_mistake_goes_and_comes_back(session: Session) -> None:
    message = take(session)
    phone_messages.remove(session, message.id, at=LATER)
    assert phone_messages.count_open(session) == (0, 0)
    phone_messages.restore(session, message.id, at=LATER)
    assert phone_messages.count_open(session) == (1, 0)
