"""Post and messages tell of nobody any more when their years and days are over; how many there were stays."""

from __future__ import annotations

import json
from datetime import datetime, timedelta
from hashlib import sha256

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.desk import (
    centre,
    clocks,
    hand_overs,
    loans,
    mail,
    mail_ends,
    mail_moves,
    open_box,
    phone_messages,
    retention_post,
)
from civicdesk.models import (
    AuditEntry,
    Blob,
    HandOver,
    MailItem,
    MailMove,
    MailPhoto,
    PhoneMessage,
    Signature,
)
from tests.builders import TUESDAY
from tests.desk import postbox

LEFT = TUESDAY + timedelta(hours=1)
YEARS = TUESDAY.replace(year=2031)
LATE = LEFT.replace(year=2031) + timedelta(milliseconds=1)


def handed(session: Session) -> tuple[MailItem, HandOver]:
    """A parcel with a picture, given to Ayşe Tan for her signature."""
    organisation = postbox.let(session, 214, "Barış Vakfı")
    collector = postbox.person(session, organisation)
    incoming = mail.Incoming(
        box=214, kind="parcel", sender="Selin Karaca", note="for Ali", tracking="KP123456"
    )
    item = mail.receive(session, incoming, at=TUESDAY)
    digest = sha256(b"a picture").hexdigest()
    session.add(Blob(sha256=digest, size=9, bytes=b"a picture"))
    session.add(MailPhoto(item_id=item.id, sha256=digest, size=9, at=TUESDAY))
    taking = postbox.taking(organisation, item, by=collector)
    hand_overs.sign(session, taking, postbox.STROKES, *postbox.PAD, at=LEFT, key="k")
    return item, hand_overs.hand_over(session, "k", at=LEFT)


def all_words(session: Session) -> str:
    """Every word that post keeps, as one text."""
    session.expire_all()
    rows = [row for kind in (MailItem, MailMove, HandOver) for row in session.scalars(select(kind))]
    return " ".join(str(value) for row in rows for value in vars(row).values())


def test_names_signature_and_picture_go_after_five_years_and_not_an_instant_earlier(session: Session) -> None:
    item, made = handed(session)

    assert retention_post.forget_mail(session, at=LEFT.replace(year=2031)) == 0
    assert "Ayşe Tan" in all_words(session)

    assert retention_post.forget_mail(session, at=LATE) == 1
    words = all_words(session)
    for told in ("Ayşe Tan", "Selin Karaca", "for Ali", "KP123456", "2026/14"):
        assert told not in words
    assert session.scalars(select(Signature.strokes)).all() == [b""]
    assert session.scalars(select(MailPhoto.sha256)).all() == [""]
    assert session.scalar(select(func.count()).select_from(Blob)) == 0
    assert (item.number, item.box, made.items) == (
        mail_moves.one(session, item.id).number,
        214,
        session.scalars(select(HandOver.items)).one(),
    )


def test_an_item_can_still_be_looked_at_afterwards(session: Session) -> None:
    item, _made = handed(session)
    retention_post.forget_mail(session, at=LATE)

    story = open_box.story(session, item.id, at=LATE)

    assert story.hand_over is not None
    assert [move.what for move in story.moves] == ["received", "handed_over"]
    assert {move.person for move in story.moves} == {""}


def test_what_still_lies_at_the_desk_is_not_touched(session: Session) -> None:
    postbox.let(session, 7, "Doğa Gönüllüleri")
    mail.receive(session, mail.Incoming(box=7, sender="Selin Karaca"), at=TUESDAY)

    assert retention_post.forget_mail(session, at=TUESDAY.replace(year=2040)) == 0
    assert "Selin Karaca" in all_words(session)


def test_the_years_run_from_the_day_it_left(session: Session) -> None:
    postbox.let(session, 7, "Doğa Gönüllüleri")
    item = mail.receive(session, mail.Incoming(box=7, sender="Selin Karaca"), at=TUESDAY)
    mail_ends.send_back(session, [item.id], reason="moved", at=TUESDAY + timedelta(days=400))

    assert retention_post.forget_mail(session, at=TUESDAY.replace(year=2031) + timedelta(days=399)) == 0
    assert retention_post.forget_mail(session, at=TUESDAY.replace(year=2032) + timedelta(days=40)) == 1


def test_the_years_are_those_the_centre_decided(session: Session) -> None:
    handed(session)
    centre.the_centre(session).mail_years = 1

    assert retention_post.forget_mail(session, at=LEFT.replace(year=2027) + timedelta(days=1)) == 1


def test_what_was_destroyed_is_written_down_without_a_name(session: Session) -> None:
    handed(session)
    retention_post.forget_mail(session, at=LATE)

    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "forget_mail")).one()
    assert json.loads(entry.details) == {"count": 1, "hand_overs": 1, "years": 5}
    assert retention_post.forget_mail(session, at=LATE) == 0


def test_much_goes_in_parts_until_nothing_is_left(session: Session) -> None:
    postbox.let(session, 7, "Doğa Gönüllüleri")
    for _n in range(5):
        item = mail.receive(session, mail.Incoming(box=7, sender="Selin Karaca"), at=TUESDAY)
        mail_ends.give_up(session, [item.id], reason="nobody came", at=LEFT)

    assert [retention_post.forget_mail(session, at=LATE, limit=2) for _n in range(4)] == [2, 2, 1, 0]


@pytest.mark.parametrize("forget", [retention_post.forget_mail, retention_post.forget_messages])
def test_the_demo_keeps_its_people(session: Session, forget: object) -> None:
    handed(session)
    centre.set_mark(session, clocks.DEMO, TUESDAY.isoformat(), TUESDAY)

    assert forget(session, at=LATE) == 0  # type: ignore[operator]


def call(session: Session, at: datetime = TUESDAY) -> PhoneMessage:
    organisation = postbox.let(session, 9, "Ova Sahne")
    wanted = phone_messages.Call(
        organisation_id=organisation.id, caller="Kemal Öz", text="Call back", number="0532 123 45 67"
    )
    return phone_messages.take(session, wanted, at=at)


def test_a_message_that_was_passed_on_goes_after_thirty_days(session: Session) -> None:
    message = call(session)
    phone_messages.deliver(session, message.id, at=LEFT, person="Ayşe Tan")

    assert retention_post.forget_messages(session, at=LEFT + timedelta(days=30)) == 0
    assert retention_post.forget_messages(session, at=LEFT + timedelta(days=30, seconds=1)) == 1

    session.expire_all()
    found = phone_messages.one(session, message.id)
    assert (found.message.caller, found.message.text, found.message.number) == ("", "", "")
    assert {move.person for move in found.moves} == {""}
    assert found.message.taken_at == TUESDAY
    assert phone_messages.delivered_lately(session) == []


def test_a_message_that_nobody_was_told_stays(session: Session) -> None:
    call(session)

    assert retention_post.forget_messages(session, at=TUESDAY + timedelta(days=900)) == 0
    assert [each.message.caller for each in phone_messages.open_ones(session)] == ["Kemal Öz"]


def test_a_message_that_was_opened_again_stays(session: Session) -> None:
    message = call(session)
    phone_messages.deliver(session, message.id, at=LEFT)
    phone_messages.reopen(session, message.id, at=LEFT + timedelta(days=1))

    assert retention_post.forget_messages(session, at=LEFT + timedelta(days=100)) == 0


def test_who_borrowed_goes_when_it_is_back_for_thirty_days(session: Session) -> None:
    organisation = postbox.let(session, 9, "Ova Sahne")
    lent = loans.lend(
        session,
        loans.Wanted(organisation_id=organisation.id, person="Kemal Öz", what="Projector"),
        at=TUESDAY,
    )
    assert retention_post.forget_messages(session, at=TUESDAY + timedelta(days=900)) == 0
    loans.take_back(session, lent.id, at=LEFT)

    assert retention_post.forget_messages(session, at=LEFT + timedelta(days=31)) == 1
    session.refresh(lent)
    assert (lent.person, lent.what) == ("", "Projector")
