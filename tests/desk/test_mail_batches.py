from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk import codes
from civicdesk.desk import mail, mail_batches
from civicdesk.desk.mail_batches import Answer, Delivery, Heard
from civicdesk.desk.tracking import Oddity
from civicdesk.models import Mailbox, MailItem
from tests.builders import TUESDAY
from tests.desk import postbox

RR, SECOND = "RR123456785TR", timedelta(seconds=1)


def label(box: int) -> str:
    return codes.numbered(codes.Kind.BOX, box)


def card(kind: str) -> str:
    return codes.numbered(codes.Kind.POST, [one.value for one in mail_batches.KINDS].index(kind))


class Hand:
    """Somebody who scans, one code every three seconds."""

    def __init__(self, session: Session) -> None:
        self.session, self.delivery, self.at = session, mail_batches.begin(), TUESDAY

    def scan(self, *texts: str, pause: timedelta = 3 * SECOND) -> Answer:
        for text in texts:
            self.at += pause
            answer = mail_batches.scan(self.session, self.delivery, text, at=self.at)
            self.delivery = answer.delivery
        return answer

    @property
    def received(self) -> list[tuple[str, str, int | None]]:
        found = mail_batches.items(self.session, self.delivery)
        return [(item.kind, item.tracking, item.box) for item in reversed(found)]


@pytest.fixture
def hand(session: Session) -> Hand:
    for number in range(201, 221):
        postbox.let(session, number, f"Kuruluş {number}")
    return Hand(session)


def test_twenty_items_are_received_in_two_minutes_of_scanning(hand: Hand) -> None:
    for n in range(20):
        answer = hand.scan(f"73500462{n:02d}", label(201 + n))
        assert answer.heard is Heard.RECEIVED

    assert hand.received == [("registered", f"73500462{n:02d}", 201 + n) for n in range(20)]
    assert hand.at - TUESDAY <= timedelta(minutes=2)


def test_a_letter_without_a_barcode_is_one_scan_of_its_box(hand: Hand) -> None:
    hand.scan(label(203), label(203), "204")

    assert hand.received == [("ordinary", "", 203), ("ordinary", "", 203), ("ordinary", "", 204)]


def test_a_label_that_a_reader_sends_twice_is_one_letter(hand: Hand) -> None:
    hand.scan(label(203))

    assert hand.scan(label(203), pause=SECOND / 2).heard is Heard.TWICE
    assert len(hand.received) == 1


def test_a_card_says_what_the_next_items_are(hand: Hand) -> None:
    hand.scan(card("parcel"), RR, label(203), card("express"), "7350046218", label(204), label(205))

    assert hand.received == [("parcel", RR, 203), ("express", "7350046218", 204), ("ordinary", "", 205)]
    assert hand.scan(codes.numbered(codes.Kind.POST, 77)).heard is Heard.NOT_POST


def test_the_same_barcode_twice_in_a_delivery_is_one_item(hand: Hand) -> None:
    hand.scan(RR)
    assert hand.scan(RR).heard is Heard.TWICE
    hand.scan(label(203))
    assert hand.scan(RR).heard is Heard.TWICE

    assert hand.received == [("registered", RR, 203)]


def test_a_barcode_of_another_day_is_received_and_says_so(hand: Hand) -> None:
    mail.receive(hand.session, mail.Incoming(tracking=RR, box=203), at=TUESDAY - timedelta(days=9))
    answer = hand.scan(RR)

    assert (answer.heard, answer.oddities) == (Heard.ITEM, (Oddity.SEEN_BEFORE, Oddity.STILL_HERE))
    assert hand.scan(label(203)).heard is Heard.RECEIVED


def test_an_item_without_a_box_waits_unmatched(hand: Hand) -> None:
    answer = hand.scan(RR, "7350046218")
    assert (answer.heard, answer.item and answer.item.tracking) == (Heard.UNMATCHED, RR)
    mail_batches.finish(hand.session, hand.delivery, at=hand.at)

    assert hand.received == [("registered", RR, None), ("registered", "7350046218", None)]
    assert len(mail.unmatched(hand.session)) == 2


def test_a_finished_delivery_with_an_empty_hand_receives_nothing(hand: Hand) -> None:
    assert mail_batches.finish(hand.session, hand.delivery, at=hand.at) is None


@pytest.mark.parametrize(
    ("box", "heard"), [(999, Heard.NO_BOX), (17, Heard.FREE_BOX), (18, Heard.SHARED_BOX)]
)
def test_a_box_that_says_nothing_keeps_the_item_in_the_hand(hand: Hand, box: int, heard: Heard) -> None:
    hand.session.add(Mailbox(number=17))
    postbox.let(hand.session, 18, "Ova Sahne Topluluğu")
    chosen = postbox.let(hand.session, 18, "Kırk Filiz Kooperatifi")

    answer = hand.scan(RR, label(box))

    assert (answer.heard, answer.heard.is_good, hand.delivery.in_hand) == (heard, False, RR)
    done = mail_batches.choose(hand.session, hand.delivery, chosen.id, at=hand.at)
    assert (done.heard, done.item and done.item.organisation) == (Heard.RECEIVED, chosen)


@pytest.mark.parametrize(
    "text",
    [codes.make(codes.Kind.BADGE), label(203)[:20], "", "-" * 9, "9" * 99],
    ids=["badge", "half a label", "nothing", "dashes", "nines"],
)
def test_what_is_not_post_is_said_and_changes_nothing(hand: Hand, text: str) -> None:
    before: Delivery = hand.delivery
    answer = hand.scan(text)

    assert (answer.heard, hand.delivery) == (Heard.NOT_POST, before)
    assert hand.session.scalars(select(MailItem)).all() == []


def test_what_was_taken_back_is_not_in_the_delivery(hand: Hand) -> None:
    answer = hand.scan(RR, label(203))
    assert answer.item is not None
    mail.withdraw(hand.session, answer.item.id, at=hand.at)

    assert hand.received == []


def test_the_sentence_names_the_item_and_whose_it_is(hand: Hand) -> None:
    assert hand.scan(label(207)).sentence == "2026-00001: Kuruluş 207"
