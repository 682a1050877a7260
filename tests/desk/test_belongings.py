from __future__ import annotations

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import belongings
from civicdesk.errors import Refusal
from civicdesk.models import Mailbox, Room, WorkSeat
from tests import builders
from tests.builders import TUESDAY


def refusal_of(call: object) -> str:
    with pytest.raises(Refusal) as refused:
        call()  # type: ignore[operator]
    return refused.value.reason


def test_a_box_is_given_changed_and_taken_back(session: Session) -> None:
    one = builders.organisation(session)

    assert belongings.give_box(session, one.id, 214, at=TUESDAY) is None
    assert belongings.give_box(session, one.id, 12, at=TUESDAY) == 214
    assert [each.number for each in belongings.of(session, one.id).boxes] == [12]
    assert list(belongings.free_boxes(session)) == [214]
    assert belongings.give_box(session, one.id, None, at=TUESDAY) == 12
    assert not belongings.of(session, one.id)


def test_a_box_of_somebody_else_is_refused_with_the_name(session: Session) -> None:
    one, other = builders.organisation(session), builders.organisation(session, "Barış Vakfı")
    belongings.give_box(session, one.id, 214, at=TUESDAY)

    with pytest.raises(Refusal, match="Ege Kadın Emeği") as refused:
        belongings.give_box(session, other.id, 214, at=TUESDAY)

    assert refused.value.reason == "box_taken"


@pytest.mark.parametrize("number", [0, -3, 601, 99_999])
def test_a_box_that_cannot_be_is_refused(session: Session, number: int) -> None:
    one = builders.organisation(session)

    assert refusal_of(lambda: belongings.give_box(session, one.id, number, at=TUESDAY)) == "no_box"


def test_the_same_box_again_makes_no_second_one(session: Session) -> None:
    one, other = builders.organisation(session), builders.organisation(session, "Barış Vakfı")
    belongings.give_box(session, one.id, 214, at=TUESDAY)
    belongings.give_box(session, one.id, None, at=TUESDAY)
    belongings.give_box(session, other.id, 214, at=TUESDAY)

    assert len(session.scalars(select(Mailbox).where(Mailbox.number == 214)).all()) == 1


def test_a_line_is_given_and_taken_back_and_given_again(session: Session) -> None:
    one, other = builders.organisation(session), builders.organisation(session, "Barış Vakfı")
    line = belongings.give_line(session, one.id, phone="0232 444 14 53", extension="12", at=TUESDAY)

    assert (
        refusal_of(
            lambda: belongings.give_line(session, other.id, phone="02324441453", extension="12", at=TUESDAY)
        )
        == "line_taken"
    )
    belongings.take_line_back(session, line.id, at=TUESDAY)
    assert not belongings.of(session, one.id)
    belongings.give_line_again(session, line.id, one.id, at=TUESDAY)
    assert [each.id for each in belongings.of(session, one.id).lines] == [line.id]
    assert refusal_of(lambda: belongings.give_line(session, one.id, at=TUESDAY)) == "no_line"


def test_a_seat_is_kept_for_one(session: Session) -> None:
    one, other = builders.organisation(session), builders.organisation(session, "Barış Vakfı")
    room = session.scalars(select(Room)).first()
    assert room
    seat = WorkSeat(room_id=room.id, name="A1")
    session.add(seat)
    session.flush()

    assert belongings.keep_seat(session, seat.id, one.id, at=TUESDAY) is None
    assert refusal_of(lambda: belongings.keep_seat(session, seat.id, other.id, at=TUESDAY)) == "seat_taken"
    assert belongings.keep_seat(session, seat.id, None, at=TUESDAY) == one.id
    assert [found.name for found, _room in belongings.seats(session)] == ["A1"]
