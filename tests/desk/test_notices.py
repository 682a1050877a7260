from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import mail_ends, mail_moves, notices
from civicdesk.desk.mail import Incoming
from civicdesk.desk.notices import Acceptance
from civicdesk.errors import Refusal
from civicdesk.models import MailItem, Organisation, Place, Role
from tests.builders import TUESDAY
from tests.desk import postbox

HOUR = timedelta(hours=1)
YESTERDAY = date(2026, 11, 23)


@pytest.fixture
def holder(session: Session) -> Organisation:
    return postbox.let(session, 214, "Barış Vakfı")


@pytest.fixture
def notice(session: Session, holder: Organisation) -> MailItem:
    """One that the postman holds out."""
    return notices.present(session, Incoming(box=214, tracking="RR123456785TR"), at=TUESDAY)


def place(session: Session, item: MailItem) -> str:
    return mail_moves.state(session, item.id).place


def refused(session: Session, notice: MailItem, acceptance: Acceptance) -> str:
    with pytest.raises(Refusal) as found:
        notices.accept(session, notice.id, acceptance, at=TUESDAY)
    assert place(session, notice) == Place.PRESENTED
    return found.value.reason


def test_a_notice_is_presented_and_not_taken_in(session: Session, notice: MailItem) -> None:
    assert (notice.kind, place(session, notice)) == ("notice", Place.PRESENTED)
    assert notices.takings(session, notice.id) == []
    assert notices.served_at(session, notice.id) is None


def test_the_desk_accepts_only_with_an_authority_on_file_that_stands(
    session: Session, holder: Organisation, notice: MailItem
) -> None:
    by_desk = Acceptance(by_desk=True, person="Elif Aksoy")
    assert refused(session, notice, by_desk) == "no_authority"
    postbox.desk_authority(session, holder, until=YESTERDAY)
    assert refused(session, notice, by_desk) == "authority_ended"
    postbox.desk_authority(session, holder, until=TUESDAY.date())

    notices.accept(session, notice.id, by_desk, at=TUESDAY + HOUR, taken_at=TUESDAY + HOUR / 2)

    (taking,) = notices.takings(session, notice.id)
    assert (taking.is_taken, taking.is_authority_on_file, taking.authority) == (True, True, "YK 2026/7")
    assert (taking.person, taking.capacity) == ("Elif Aksoy", "desk")
    assert notices.served_at(session, notice.id) == TUESDAY + HOUR / 2
    assert place(session, notice) == Place.WAITING


def test_a_person_accepts_with_an_authority_for_notices(
    session: Session, holder: Organisation, notice: MailItem
) -> None:
    plain = postbox.person(session, holder, "Kemal Öz")
    ended = postbox.person(session, holder, "Nur Ak", until=YESTERDAY, notices=True)
    none = postbox.person(session, holder, "Can Er", reference="", notices=True)
    chair = postbox.person(session, holder, "Ayşe Tan", notices=True)
    for who, reason in ((plain, "not_for_notices"), (ended, "authority_ended"), (none, "no_authority")):
        assert refused(session, notice, Acceptance(person_id=who.id)) == reason

    notices.accept(session, notice.id, Acceptance(person_id=chair.id, capacity="chair"), at=TUESDAY)

    (taking,) = notices.takings(session, notice.id)
    assert (taking.person, taking.capacity, taking.authority) == ("Ayşe Tan", "chair", "2026/14")
    assert not taking.is_authority_on_file


def test_a_person_of_another_organisation_has_no_say(session: Session, notice: MailItem) -> None:
    other = postbox.let(session, 7, "Ova Sahne Topluluğu")
    chair = postbox.person(session, other, notices=True)

    assert refused(session, notice, Acceptance(person_id=chair.id)) == "no_authority"


def test_a_manager_sets_the_authority_aside_with_a_reason(session: Session, notice: MailItem) -> None:
    stranger = Acceptance(person="Av. Nil Su", capacity="vekil", override="Vekâletname görüldü")
    assert refused(session, notice, stranger) == "managers_only"
    postbox.act_as(session, Role.MANAGER)
    assert refused(session, notice, Acceptance(person="Av. Nil Su", override="x")) == "no_capacity"

    notices.accept(session, notice.id, stranger, at=TUESDAY)

    (taking,) = notices.takings(session, notice.id)
    assert (taking.person, taking.capacity, taking.reason) == ("Av. Nil Su", "vekil", "Vekâletname görüldü")


def test_a_notice_that_is_not_taken_says_when_and_why(session: Session, notice: MailItem) -> None:
    notices.call(session, notice.id, person="Ayşe Tan", outcome="Bugün gelemiyor", at=TUESDAY)
    with pytest.raises(Refusal, match="Write why"):
        notices.not_take(session, notice.id, reason=" ", at=TUESDAY)
    notices.not_take(session, notice.id, reason="Yetkili yok", at=TUESDAY + HOUR)

    (taking,) = notices.takings(session, notice.id)
    assert (taking.is_taken, taking.reason, taking.at) == (False, "Yetkili yok", TUESDAY + HOUR)
    assert place(session, notice) == Place.NOT_TAKEN
    assert [move.what for move in mail_moves.history(session, notice.id)] == [
        "presented",
        "called",
        "not_taken",
    ]
    mail_ends.bring_back(session, [notice.id], reason="Postacı döndü", at=TUESDAY + HOUR)
    assert place(session, notice) == Place.PRESENTED


def test_a_notice_is_decided_once(session: Session, holder: Organisation, notice: MailItem) -> None:
    postbox.desk_authority(session, holder)
    by_desk = Acceptance(by_desk=True, person="Elif Aksoy")
    for _tap in range(2):
        notices.accept(session, notice.id, by_desk, at=TUESDAY, key="accept")

    with pytest.raises(Refusal) as found:
        notices.not_take(session, notice.id, reason="Yetkili yok", at=TUESDAY)
    assert found.value.reason == "already_accepted"
    assert len(notices.takings(session, notice.id)) == 1


@pytest.mark.parametrize("minutes", [-1, 1])
def test_the_minute_lies_between_coming_and_now(
    session: Session, holder: Organisation, notice: MailItem, minutes: int
) -> None:
    taken_at = TUESDAY + timedelta(minutes=minutes)

    with pytest.raises(Refusal) as found:
        notices.not_take(session, notice.id, reason="Yetkili yok", taken_at=taken_at, at=TUESDAY)
    assert found.value.reason == "bad_minute"


def test_an_unmatched_notice_is_not_accepted(session: Session) -> None:
    notice = notices.present(session, Incoming(addressed_to="Baris Vakfi"), at=TUESDAY)

    assert refused(session, notice, Acceptance(by_desk=True, person="Elif")) == "unmatched"


def test_open_notices_and_slips_show_the_days_gone_by(
    session: Session, holder: Organisation, notice: MailItem
) -> None:
    slip = postbox.item(session, 214, "slip21", at=TUESDAY - timedelta(days=3))
    postbox.item(session, 214, "parcel")
    late = TUESDAY.replace(hour=21, minute=30)  # half past midnight there

    found = notices.open_notices(session, at=late)

    assert [(one.item, one.place, one.days) for one in found] == [
        (slip, Place.WAITING, 4),
        (notice, Place.PRESENTED, 1),
    ]
