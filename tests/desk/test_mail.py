from __future__ import annotations

import json
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import boxes, mail, mail_moves, tracking
from civicdesk.desk.mail import Incoming
from civicdesk.desk.tracking import Oddity
from civicdesk.errors import Refusal
from civicdesk.models import AuditEntry, Mailbox, MailItem, MailKind, Move, Organisation, Place, new_id
from tests import builders
from tests.builders import TUESDAY
from tests.desk.postbox import let

RR = "RR123456785TR"


@pytest.fixture
def holder(session: Session) -> Organisation:
    """An organisation with box 214."""
    return let(session, 214, "Barış Vakfı")


def place(session: Session, item: MailItem) -> str:
    return mail_moves.state(session, item.id).place


def steps(session: Session, item: MailItem) -> list[str]:
    return [move.what for move in mail_moves.history(session, item.id)]


def test_an_item_for_a_box_waits_for_whose_box_it_is(session: Session, holder: Organisation) -> None:
    item = mail.receive(
        session, Incoming(box=214, tracking=" rr 12345678-5 tr", kind="registered"), at=TUESDAY
    )

    assert (item.number, item.tracking, item.organisation) == ("2026-00001", RR, holder)
    assert (place(session, item), steps(session, item)) == (Place.WAITING, ["received"])
    assert mail.waiting(session, holder.id) == [item]


def test_numbers_run_within_the_year_of_the_centre(session: Session) -> None:
    new_year = TUESDAY.replace(month=12, day=31, hour=21, minute=0)
    found = [
        mail.receive(session, Incoming(), at=at).number
        for at in (TUESDAY, new_year - timedelta(seconds=1), new_year, TUESDAY)
    ]

    assert found == ["2026-00001", "2026-00002", "2027-00001", "2026-00003"]


def test_the_same_tap_twice_receives_once(session: Session) -> None:
    first, again = (mail.receive(session, Incoming(tracking=RR), at=TUESDAY, key="a") for _tap in range(2))

    assert first.id == again.id
    assert len(session.scalars(select(MailItem)).all()) == 1


def test_an_item_for_nobody_waits_unmatched_until_it_is_matched(
    session: Session, holder: Organisation
) -> None:
    item = mail.receive(session, Incoming(addressed_to="Baris Vakfi Gençlik Kolu"), at=TUESDAY)
    assert mail.unmatched(session) == [item]

    matched = mail.match(session, item.id, box=214, at=TUESDAY)

    assert (matched.organisation, matched.box, mail.unmatched(session)) == (holder, 214, [])
    assert steps(session, item) == ["received", "matched"]


def test_a_first_match_is_taken_back_and_nobody_is_known_again(
    session: Session, holder: Organisation
) -> None:
    item = mail.receive(session, Incoming(addressed_to="Baris Vakfi"), at=TUESDAY)
    mail.match(session, item.id, box=214, at=TUESDAY)

    back = mail.unmatch(session, item.id, at=TUESDAY)

    assert (back.organisation_id, back.box, mail.unmatched(session)) == (None, None, [item])
    assert steps(session, item) == ["received", "matched", "matched"]


@pytest.mark.parametrize(
    ("incoming", "reason"),
    [
        (Incoming(box=999), "no_box"),
        (Incoming(box=17), "free_box"),
        (Incoming(box=18), "shared_box"),
        (Incoming(kind="notice"), "notice"),
        (Incoming(kind="pigeon"), "bad_kind"),
        (Incoming(condition="sad"), "bad_condition"),
        (Incoming(is_in_person=True), "in_person"),
        (Incoming(sender="10000000146"), "national_id"),
        (Incoming(tracking="9" * 90), "long_tracking"),
    ],
)
def test_what_cannot_be_taken_in_is_refused_with_its_reason(
    session: Session, incoming: Incoming, reason: str
) -> None:
    session.add(Mailbox(number=17))
    let(session, 18, "Ova Sahne Topluluğu")
    let(session, 18, "Kırk Filiz Kooperatifi")

    with pytest.raises(Refusal) as refused:
        mail.receive(session, incoming, at=TUESDAY)
    assert refused.value.reason == reason
    assert session.scalars(select(MailItem)).all() == []


def test_of_two_in_one_box_the_clerk_chooses(session: Session, holder: Organisation) -> None:
    let(session, 18, "Ova Sahne Topluluğu")
    second = let(session, 18, "Kırk Filiz Kooperatifi")

    item = mail.receive(session, Incoming(box=18, organisation_id=second.id), at=TUESDAY)

    assert (item.box, item.organisation_id) == (18, second.id)
    with pytest.raises(Refusal, match="not this organisation's"):
        mail.receive(session, Incoming(box=18, organisation_id=holder.id), at=TUESDAY)


def test_the_clerk_finds_whose_it_is_by_number_and_by_name(session: Session, holder: Organisation) -> None:
    builders.organisation(session, "Çiğli Bisikletliler Derneği")

    assert [(one.box, one.organisation) for one in boxes.find(session, " 214 ")] == [(214, holder)]
    assert [(one.box, one.organisation.name) for one in boxes.find(session, "bar")] == [(214, "Barış Vakfı")]
    assert [(one.box, one.organisation.name) for one in boxes.find(session, "CIGLI")] == [
        (None, "Çiğli Bisikletliler Derneği")
    ]
    assert boxes.find(session, "  ") == []


def test_post_for_one_that_merged_goes_to_the_one_it_merged_into(
    session: Session, holder: Organisation
) -> None:
    heir = let(session, 7, "Birleşik Barış Federasyonu")
    holder.merged_into_id, heir.merged_into_id = heir.id, holder.id  # even in a circle
    heir.merged_into_id = None

    item = mail.receive(session, Incoming(organisation_id=holder.id), at=TUESDAY)

    assert (item.organisation, item.box) == (heir, 7)
    assert boxes.find(session, "214")[0].receiver == heir


def test_one_that_left_still_receives_and_is_shown_as_gone(session: Session, holder: Organisation) -> None:
    today = TUESDAY.date()
    holder.left_on = today - timedelta(days=10)
    holder.forwarding_until_on = today + timedelta(days=35)
    found = boxes.find(session, "214")[0]

    assert mail.receive(session, Incoming(box=214), at=TUESDAY).organisation == holder
    assert (found.has_left(today), found.is_forwarded(today)) == (True, True)
    assert not found.is_forwarded(today + timedelta(days=36))


@pytest.mark.parametrize("number", [RR, "RR473124829TR", "RR100000025TR", "RR100000140TR", "7350046218"])
def test_a_right_number_warns_of_nothing(session: Session, number: str) -> None:
    assert tracking.look(session, number) == tracking.Tracking(number)


@pytest.mark.parametrize(
    ("typed", "oddity"),
    [("RR123456784TR", Oddity.CHECK_DIGIT), ("KUTU", Oddity.ODD), ("koli çok ağır", Oddity.ODD)],
)
def test_an_odd_number_warns_and_is_kept(session: Session, typed: str, oddity: Oddity) -> None:
    looked = tracking.look(session, typed)

    assert looked.oddities == (oddity,)
    assert mail.receive(session, Incoming(tracking=typed), at=TUESDAY).tracking == looked.text
    assert tracking.oddity_words(oddity)


def test_a_number_that_came_before_says_so_and_whether_it_is_still_here(session: Session) -> None:
    first = mail.receive(session, Incoming(tracking=RR), at=TUESDAY)
    looked = tracking.look(session, RR.lower())
    assert (looked.oddities, looked.seen) == ((Oddity.SEEN_BEFORE, Oddity.STILL_HERE), (first,))

    mail.withdraw(session, first.id, at=TUESDAY)

    assert tracking.look(session, RR).oddities == (Oddity.SEEN_BEFORE,)
    assert tracking.look(session, RR, but=first.id).oddities == ()


def test_a_correction_is_written_beside_what_was_said_before(session: Session, holder: Organisation) -> None:
    item = mail.receive(session, Incoming(box=214, sender="Ova Üni"), at=TUESDAY)

    corrected = mail.correct(
        session, item.id, sender="Ova Üniversitesi", condition="wet", at=TUESDAY, key="c"
    )
    mail.correct(session, item.id, sender="twice", at=TUESDAY, key="c")

    assert (corrected.sender, corrected.condition) == ("Ova Üniversitesi", "wet")
    move = mail_moves.history(session, item.id)[-1]
    assert (move.what, json.loads(move.details)) == (
        "corrected",
        {"sender": ["Ova Üni", "Ova Üniversitesi"], "condition": ["", "wet"]},
    )
    said = [entry.details for entry in session.scalars(select(AuditEntry)) if entry.action == "correct_mail"]
    assert said == ['{"fields": ["condition", "sender"]}']


def test_nothing_is_noted_when_nothing_changes(session: Session, holder: Organisation) -> None:
    item = mail.receive(session, Incoming(box=214, shelf="B2"), at=TUESDAY)
    mail.shelve(session, item.id, "B2", at=TUESDAY)
    assert steps(session, item) == ["received"]

    assert mail.shelve(session, item.id, "B3", at=TUESDAY).shelf == "B3"
    assert steps(session, item) == ["received", "shelved"]


def test_an_item_becomes_a_notice_only_with_a_reason(session: Session) -> None:
    item = mail.receive(session, Incoming(), at=TUESDAY)

    with pytest.raises(Refusal) as refused:
        mail.correct(session, item.id, kind=MailKind.NOTICE, at=TUESDAY)
    assert refused.value.reason == "no_reason"
    mail.correct(session, item.id, kind=MailKind.NOTICE, reason="Zarf yanlış okundu", at=TUESDAY)
    assert mail_moves.history(session, item.id)[-1].reason == "Zarf yanlış okundu"


def test_what_was_scanned_by_mistake_is_taken_back_and_its_number_stays_used(session: Session) -> None:
    item = mail.receive(session, Incoming(), at=TUESDAY)
    mail.withdraw(session, item.id, at=TUESDAY)

    assert place(session, item) == Place.WITHDRAWN
    assert mail.receive(session, Incoming(), at=TUESDAY).number == "2026-00002"
    with pytest.raises(Refusal, match="not at the desk"):
        mail.shelve(session, item.id, "B2", at=TUESDAY)


def test_items_are_found_by_their_number_and_by_the_tracking_number(session: Session) -> None:
    old = mail.receive(session, Incoming(tracking=RR), at=TUESDAY - timedelta(days=365))
    new = mail.receive(session, Incoming(tracking=RR), at=TUESDAY)

    assert mail.find(session, "1") == [new, old]
    assert mail.find(session, "2025-00001") == [old]
    assert mail.find(session, "rr123456785tr") == [new, old]
    assert mail.find(session, " ") == []


def test_where_an_item_is_stays_right_when_the_clock_was_set_back(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    item = mail.receive(session, Incoming(), at=TUESDAY)
    ids = [new_id() for _n in range(3)]
    mail.withdraw(session, item.id, at=TUESDAY)
    monkeypatch.setattr(mail_moves, "new_id", lambda: ids[0])
    mail_moves.note(session, [item.id], Move.BACK, at=TUESDAY - timedelta(hours=2))

    assert (place(session, item), steps(session, item)[-1]) == (Place.WAITING, "back")
