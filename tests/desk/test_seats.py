"""Seats with names, as managers write them."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import belongings, seats, work_areas
from civicdesk.desk.work_areas import Place
from civicdesk.errors import Refusal
from civicdesk.models import Room
from tests import builders
from tests.builders import TUESDAY


@pytest.fixture
def area(session: Session) -> Room:
    room = Room(name="Ortak Çalışma", capacity=2, is_work_area=True, position=9)
    session.add(room)
    session.flush()
    return room


def names(session: Session, area: Room) -> list[str]:
    return [each.seat.name for each in seats.of_room(session, area.id)]


def refused(act: object, *args: object, **more: object) -> str:
    with pytest.raises(Refusal) as refusal:
        act(*args, **more)  # type: ignore[operator]
    return refusal.value.reason


def test_a_seat_is_named_and_kept_for_an_organisation(session: Session, area: Room) -> None:
    ege = builders.organisation(session, "Ege Derneği")
    seat = seats.add(session, area.id, " A1 ", holder_id=ege.id, at=TUESDAY)

    [found] = seats.of_room(session, area.id)
    assert (found.seat.name, found.holder) == ("A1", ege)
    assert [each.id for each in belongings.of(session, ege.id).seats] == [seat.id]
    assert work_areas.areas(session)[0].kept == {seat.id: "Ege Derneği"}


def test_it_can_be_kept_for_another_or_for_nobody_and_that_is_undone(session: Session, area: Room) -> None:
    ege, ova = (builders.organisation(session, name) for name in ("Ege Derneği", "Ova Sahne"))
    seat = seats.add(session, area.id, "A1", holder_id=ege.id, at=TUESDAY)

    before = seats.change(session, seat.id, name="B1", holder_id=ova.id, at=TUESDAY)
    assert (seat.name, seat.organisation_id) == ("B1", ova.id)
    seats.change(session, seat.id, name=before[0], holder_id=before[1], at=TUESDAY)
    assert (seat.name, seat.organisation_id) == ("A1", ege.id)
    seats.change(session, seat.id, name="A1", holder_id=None, at=TUESDAY)
    assert seat.organisation_id is None


def test_two_seats_of_one_name_and_more_names_than_seats_are_refused(session: Session, area: Room) -> None:
    seats.add(session, area.id, "Işık", at=TUESDAY)
    assert refused(seats.add, session, area.id, "ışık", at=TUESDAY) == "same_name"
    assert refused(seats.add, session, area.id, "  ", at=TUESDAY) == "no_name"
    assert refused(seats.add, session, area.id, "x" * 21, at=TUESDAY) == "long_name"
    seats.add(session, area.id, "A2", at=TUESDAY)
    assert refused(seats.add, session, area.id, "A3", at=TUESDAY) == "all_named"


def test_only_a_work_area_has_seats(session: Session) -> None:
    room = Room(name="Çınar Odası", capacity=9, position=10)
    session.add(room)
    session.flush()

    assert refused(seats.add, session, room.id, "A1", at=TUESDAY) == "no_work_area"


def test_a_seat_somebody_sits_on_keeps_its_name(session: Session, area: Room) -> None:
    seat = seats.add(session, area.id, "A1", at=TUESDAY)
    stay = work_areas.sit(session, Place(room_id=area.id, seat_id=seat.id), at=TUESDAY)
    assert refused(seats.remove, session, seat.id, at=TUESDAY) == "seat_in_use"
    work_areas.leave(session, stay.id, at=TUESDAY)
    session.flush()

    seats.remove(session, seat.id, at=TUESDAY)
    assert names(session, area) == []
    seats.restore(session, seat.id, at=TUESDAY)
    assert names(session, area) == ["A1"]
