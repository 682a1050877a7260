"""Badges at a work area: every answer has a result and is kept, also when there is no seat."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import seat_scans, visits, work_areas
from civicdesk.desk.seat_scans import Seated
from civicdesk.desk.work_areas import Place
from civicdesk.models import Badge, Room, Scan, Visit
from tests import builders
from tests.builders import TUESDAY

HOUR = timedelta(hours=1)


@pytest.fixture
def area(session: Session) -> Room:
    """A work area with two seats."""
    room = Room(name="Ortak Çalışma", capacity=2, is_work_area=True, position=9)
    session.add(room)
    session.flush()
    return room


@pytest.fixture
def selin(session: Session) -> Visit:
    return builders.visit(session)


def badge(session: Session, visit: Visit) -> str:
    return session.scalars(select(Badge.code).where(Badge.visit_id == visit.id)).one()


def kept(session: Session) -> list[tuple[str, str, bool]]:
    """What stands of each scan: its result, what read it, and whether it names a visit."""
    found = session.scalars(select(Scan).order_by(Scan.id))
    return [(scan.result, scan.device, scan.visit_id is not None) for scan in found]


def test_a_badge_sits_down_and_gets_up_and_both_are_kept(session: Session, area: Room, selin: Visit) -> None:
    code = badge(session, selin)
    down = seat_scans.scan(session, code, area.id, at=TUESDAY, raw="raw", device="camera")
    up = seat_scans.scan(session, code, area.id, at=TUESDAY + HOUR)

    assert (down.result, up.result) == (Seated.SEATED, Seated.GOT_UP)
    assert down.sentence == "Selin Karaca has a seat."
    assert up.stay is not None
    assert up.stay.left_at == TUESDAY + HOUR
    assert kept(session) == [("seated", "camera", True), ("got_up", "keyboard", True)]
    [first, _second] = session.scalars(select(Scan).order_by(Scan.id))
    assert (first.room_id, first.raw, first.code) == (area.id, "raw", code)


def test_read_twice_within_ten_seconds_is_read_once(session: Session, area: Room, selin: Visit) -> None:
    code = badge(session, selin)
    seat_scans.scan(session, code, area.id, at=TUESDAY)
    again = seat_scans.scan(session, code, area.id, at=TUESDAY + timedelta(seconds=9))

    assert again.result is Seated.SEAT_REPEAT
    assert work_areas.areas(session)[0].taken == 1


def test_without_a_free_seat_it_is_said_when_the_next_one_is(
    session: Session, area: Room, selin: Visit
) -> None:
    work_areas.sit(session, Place(room_id=area.id, people=2), at=TUESDAY)
    answer = seat_scans.scan(session, badge(session, selin), area.id, at=TUESDAY)

    assert answer.result is Seated.AREA_FULL
    assert "All 2 seats of Ortak Çalışma are taken." in answer.sentence
    assert "at the latest at 19:30" in answer.sentence
    assert kept(session) == [("area_full", "keyboard", True)]


def test_who_finds_no_seat_keeps_the_one_in_the_other_area(
    session: Session, area: Room, selin: Visit
) -> None:
    other = Room(name="Sessiz", capacity=1, is_work_area=True, position=10)
    session.add(other)
    session.flush()
    seat_scans.scan(session, badge(session, selin), other.id, at=TUESDAY)
    work_areas.sit(session, Place(room_id=area.id, people=2), at=TUESDAY)
    answer = seat_scans.scan(session, badge(session, selin), area.id, at=TUESDAY + HOUR)

    assert answer.result is Seated.AREA_FULL
    stay = work_areas.stay_of(session, selin.id)
    assert stay is not None
    assert stay.room_id == other.id


def test_a_badge_of_somebody_who_left_or_of_nobody_gets_no_seat_and_is_kept(
    session: Session, area: Room, selin: Visit
) -> None:
    code = badge(session, selin)
    visits.check_out(session, selin.id, at=TUESDAY)
    answers = [seat_scans.scan(session, text, area.id, at=TUESDAY) for text in (code, "0" * 30, "\ud800")]

    assert {answer.result for answer in answers} == {Seated.NO_SEAT}
    assert "Check the visitor in first." in answers[0].sentence
    assert kept(session)[-3:] == [("no_seat", "keyboard", is_known) for is_known in (True, False, False)]
