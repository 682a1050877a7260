from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import hand_overs, mail, mail_ends, mail_registers, notices
from civicdesk.desk.mail_registers import Register
from civicdesk.models import MailItem, Organisation, Role
from tests.builders import TUESDAY
from tests.desk import postbox

DAY, ON = timedelta(days=1), date(2026, 11, 24)


@pytest.fixture
def holder(session: Session) -> Organisation:
    return postbox.let(session, 214, "Barış Vakfı")


def hand_over(session: Session, holder: Organisation, *items: MailItem) -> None:
    person = postbox.person(session, holder, notices=True)
    taking = postbox.taking(holder, *items, by=person)
    hand_overs.sign(session, taking, postbox.STROKES, *postbox.PAD, at=TUESDAY + DAY, key="k")
    hand_overs.hand_over(session, "k", at=TUESDAY + DAY)


def today(session: Session, days: int = 4) -> Register:
    return mail_registers.of_day(session, ON, at=TUESDAY + days * DAY)


def test_a_day_holds_what_came_in_on_it_in_the_order_of_the_numbers(
    session: Session, holder: Organisation
) -> None:
    postbox.item(session, 214, at=TUESDAY - DAY)
    midnight = TUESDAY.replace(hour=21, minute=0)  # in the centre
    found = [postbox.item(session, 214, at=at) for at in (midnight - DAY, TUESDAY, midnight - DAY / 86_400)]
    postbox.item(session, 214, at=midnight)

    assert [line.item for line in today(session).lines] == found


def test_a_line_says_who_took_it_in_and_how_it_left(session: Session, holder: Organisation) -> None:
    postbox.act_as(session, Role.RECEPTION)
    taken, back, here, wrong = (postbox.item(session, 214) for _n in range(4))
    hand_over(session, holder, taken)
    mail_ends.send_back(session, [back.id], reason="Taşındı", at=TUESDAY + 2 * DAY)
    mail.withdraw(session, wrong.id, at=TUESDAY)

    lines = today(session).lines

    assert [(line.place, line.days) for line in lines] == [
        ("handed_over", 1),
        ("returned", 2),
        ("waiting", 4),
        ("withdrawn", 0),
    ]
    assert {line.received_by for line in lines} == {"Deniz Polat"}
    assert (lines[0].taken_by, lines[0].authority, lines[0].is_signed) == ("Ayşe Tan", "2026/14", True)
    assert (lines[0].ended_at, lines[1].ended_at) == (TUESDAY + DAY, TUESDAY + 2 * DAY)
    assert (lines[1].reason, lines[2].ended_at, lines[2].taken_by) == ("Taşındı", None, "")
    assert lines[2].item == here


def test_a_hand_over_that_was_corrected_is_no_hand_over(session: Session, holder: Organisation) -> None:
    item = postbox.item(session, 214)
    hand_over(session, holder, item)
    (line,) = today(session).lines
    postbox.act_as(session, Role.MANAGER)
    assert line.hand_over_id is not None
    hand_overs.correct(session, line.hand_over_id, reason="Yanlış kişi", at=TUESDAY + DAY)

    (line,) = today(session).lines

    assert (line.place, line.ended_at, line.taken_by, line.is_signed) == ("waiting", None, "", False)


def test_a_notice_bears_the_minute_of_service(session: Session, holder: Organisation) -> None:
    chair = postbox.person(session, holder, notices=True)
    notice = postbox.item(session, 214, "notice")
    notices.accept(session, notice.id, notices.Acceptance(person_id=chair.id), at=TUESDAY + DAY / 24)

    (line,) = today(session).lines

    assert (line.served_at, line.place) == (TUESDAY + DAY / 24, "waiting")


def test_the_register_counts_by_kind_and_place(session: Session, holder: Organisation) -> None:
    for kind in ("parcel", "ordinary", "ordinary", "notice"):
        postbox.item(session, 214, kind)

    found = today(session)

    assert found.by_kind == {"ordinary": 2, "parcel": 1, "notice": 1}
    assert found.by_place == {"waiting": 3, "presented": 1}


def test_an_organisation_has_its_own_register(session: Session, holder: Organisation) -> None:
    postbox.let(session, 7, "Ada Derneği")
    items = [postbox.item(session, 214, at=TUESDAY + n * DAY) for n in range(4)]
    postbox.item(session, 7)

    found = mail_registers.of_organisation(session, holder.id, ON, ON + 2 * DAY, at=TUESDAY + 9 * DAY)

    assert found.organisation == holder
    assert [line.item for line in found.lines] == items[:3]


def test_the_hand_overs_of_a_day_are_listed(session: Session, holder: Organisation) -> None:
    hand_over(session, holder, postbox.item(session, 214))

    assert [made.collector for made in mail_registers.handed_over(session, ON + DAY)] == ["Ayşe Tan"]
    assert mail_registers.handed_over(session, ON) == []


def test_a_year_of_post_is_one_register(session: Session, holder: Organisation) -> None:
    for n in range(600):
        postbox.item(session, 214, at=TUESDAY - n * DAY / 4)

    found = mail_registers.of_days(session, date(2026, 1, 1), ON, at=TUESDAY)

    assert len(found.lines) == 600
