"""Labels of the boxes and cards of the kinds, read off the paper and scanned at the desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy.orm import Session

from civicdesk import codes
from civicdesk.database import Database
from civicdesk.desk import mail_batches, post_labels
from civicdesk.desk.mail_batches import Heard
from civicdesk.errors import Refusal
from civicdesk.models import Mailbox, MailKind, PaperKind
from civicdesk.printing.picture import page_count
from civicdesk.printing.sheets import preview
from civicdesk.text import use_language
from tests import builders
from tests.builders import TUESDAY
from tests.desk import postbox
from tests.printing.reading import scanned, words


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def test_a_label_is_scanned_and_receives_a_letter_for_its_box(session: Session) -> None:
    holder = postbox.let(session, 214, "Barış Vakfı")
    pdf = preview(session, PaperKind.POST_LABELS, at=TUESDAY, label="boxes 214-214").pdf

    [code] = scanned(pdf, 203)
    answer = mail_batches.scan(session, mail_batches.begin(), code, at=TUESDAY)
    assert answer.heard is Heard.RECEIVED
    assert answer.item is not None
    assert answer.item.organisation_id == holder.id
    said = words(pdf)
    assert "214" in said
    assert "Barış Vakfı" in said


def test_every_card_is_scanned_and_says_its_kind_by_scanner_alone(session: Session) -> None:
    use_language("tr")
    pdf = preview(session, PaperKind.POST_LABELS, at=TUESDAY, label=post_labels.CARDS).pdf
    heard = {}
    for code in scanned(pdf, 203):
        answer = mail_batches.scan(session, mail_batches.begin(), code, at=TUESDAY)
        assert answer.heard is Heard.KIND
        heard[code] = answer.delivery.kind

    assert set(heard.values()) == set(MailKind) - {MailKind.NOTICE}
    assert {card.code: card.kind for card in post_labels.cards()} == heard
    assert "Taahhütlü" in words(pdf)


def test_the_meaning_of_a_card_that_hangs_at_the_desk_never_changes() -> None:
    printed = [codes.numbered(codes.Kind.POST, place) for place in range(7)]

    assert [(card.kind, card.code) for card in post_labels.cards()] == list(
        zip(
            ["ordinary", "registered", "return_receipt", "express", "parcel", "slip21", "by_hand"],
            printed,
            strict=True,
        )
    )


def test_many_labels_take_many_sheets_and_each_box_one_label(session: Session) -> None:
    for number in range(1, 50):
        session.add(Mailbox(number=number))
    session.flush()
    pdf = preview(session, PaperKind.POST_LABELS, at=TUESDAY, label="boxes 1-600").pdf

    assert page_count(pdf) == 3
    found = [codes.parse(code) for page in range(3) for code in scanned(pdf, 203, page)]
    assert sorted(code.number for code in found if isinstance(code, codes.Code)) == list(range(1, 50))


def test_a_box_of_two_has_one_label_with_both_and_a_discreet_one_no_name(session: Session) -> None:
    postbox.let(session, 7, "Doğa Gönüllüleri")
    session.add(Mailbox(number=7, organisation_id=builders.organisation(session, "Ova Sahne").id))
    postbox.let(session, 8, "Mor Kapı").is_discreet = True
    session.flush()

    found = post_labels.labels(session, 7, 8)
    assert [(each.number, each.name) for each in found] == [(7, "Doğa Gönüllüleri / Ova Sahne"), (8, "")]


def test_boxes_that_are_not_there_have_no_labels(session: Session) -> None:
    with pytest.raises(Refusal) as refused:
        post_labels.ask(session, "boxes 900-950", at=TUESDAY)

    assert refused.value.reason == "no_boxes"
    assert post_labels.span(session) == (1, 0)


def test_asked_twice_in_a_minute_is_asked_once(session: Session) -> None:
    assert post_labels.ask(session, "kinds", at=TUESDAY) == post_labels.ask(session, "kinds", at=TUESDAY)
