"""What is told by itself: new post, the day's digest, reminders; and what is sent on request."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import emails, invitations, phone_messages, post_emails
from civicdesk.desk.emails import Outcome
from civicdesk.errors import Refusal
from civicdesk.messages import composing
from civicdesk.messages.calendar import entry
from civicdesk.models import (
    Centre,
    EmailJob,
    EmailKind,
    EmailState,
    HandOver,
    MailItem,
    MailKind,
    MailMove,
    MailState,
    Move,
    Notify,
    Organisation,
)
from tests import builders
from tests.builders import TUESDAY

NOON = TUESDAY + timedelta(minutes=78)
EVENING = TUESDAY + timedelta(hours=6)


@pytest.fixture
def session(database: Database) -> Iterator[Session]:
    with database.begin() as session:
        yield session


def member(
    session: Session, notify: str = Notify.AT_ONCE, language: str = "tr", name: str = "Ege"
) -> Organisation:
    made = builders.organisation(session, f"{name} Derneği")
    made.email, made.notify, made.language = f"{name.lower()}@dernek.example", notify, language
    session.flush()
    return made


def item(
    session: Session, whose: Organisation, at: datetime = TUESDAY, number: str = "2026-00312", **more: str
) -> MailItem:
    made = MailItem(
        number=number, received_at=at, organisation_id=whose.id,
        sender="Gizli Gönderen", tracking="RR123456785TR", note="gizli not", **more,
    )  # fmt: skip
    session.add(made)
    session.flush()
    return made


def due(session: Session, at: datetime, digest_at: str = "16:00") -> list[EmailJob]:
    """What is asked for by itself now."""
    before = set(session.scalars(select(EmailJob.id)))
    composing.ask_due(session, at=at, digest_at=digest_at)
    session.flush()
    found = session.scalars(select(EmailJob).order_by(EmailJob.asked_at, EmailJob.key))
    return [job for job in found if job.id not in before]


def sent(session: Session, at: datetime) -> list[str]:
    """Everything that waits is taken by the server; the addresses."""
    gone = []
    while (job := emails.take_next(session, at=at)) is not None:
        if post_emails.is_pointless(session, job):
            emails.drop(session, job, at=at)
        elif emails.finish(session, job.id, job.attempts, Outcome(), at=at):
            post_emails.note_sent(session, job, at=at)
            gone.append(job.to)
        session.flush()
    return gone


def test_post_that_came_is_told_at_once_by_number_and_kind_alone(session: Session) -> None:
    item(session, member(session), kind=MailKind.PARCEL)
    [job] = due(session, NOON)

    assert job.to == "ege@dernek.example"
    assert job.subject == "Gönderi geldi: 2026-00312 · Kargo"
    assert "Ege Derneği" in job.body
    assert "24 Kasım 2026" in job.body
    for secret in ("Gizli", "RR123", "gizli"):
        assert secret not in job.subject + job.body


def test_an_organisation_reads_its_own_language_whatever_the_desk_speaks(session: Session) -> None:
    item(session, member(session, language="en"), kind=MailKind.PARCEL)
    [job] = due(session, NOON)

    assert job.subject == "Post has come: 2026-00312 · Parcel"


def test_a_notice_has_its_own_words_and_no_deadline(session: Session) -> None:
    item(session, member(session), kind=MailKind.NOTICE)
    [job] = due(session, NOON)

    assert "tebligat" in job.subject.casefold()
    assert not any(word in job.body for word in ("son gün", "süre"))


def test_nobody_is_told_while_a_clerk_may_still_put_it_right(session: Session) -> None:
    wrong, right = member(session), member(session, name="Ida")
    made = item(session, wrong)
    assert due(session, TUESDAY + timedelta(minutes=1)) == []
    made.organisation_id = right.id
    session.flush()

    assert [job.to for job in due(session, NOON)] == ["ida@dernek.example"]


def test_what_another_desk_told_of_is_not_told_again(session: Session) -> None:
    made = item(session, member(session))
    session.add(MailMove(item_id=made.id, what=Move.NOTIFIED, at=TUESDAY, person="ege@dernek.example"))
    session.flush()

    assert due(session, NOON) == []


def test_each_is_told_once_and_its_history_says_so(session: Session) -> None:
    made = item(session, member(session))
    due(session, NOON)
    assert sent(session, NOON) == ["ege@dernek.example"]

    assert due(session, NOON + timedelta(hours=1)) == []
    moves = session.scalars(select(MailMove).where(MailMove.item_id == made.id)).all()
    assert [(move.what, move.person) for move in moves] == [(Move.NOTIFIED, "ege@dernek.example")]
    assert session.get_one(MailState, made.id).notified_at == NOON


def test_what_went_to_the_wrong_one_is_told_to_the_right_one_too(session: Session) -> None:
    made = item(session, member(session))
    due(session, NOON)
    sent(session, NOON)
    made.organisation_id = member(session, name="Ida").id
    session.flush()

    assert [job.to for job in due(session, NOON)] == ["ida@dernek.example"]


def test_nobody_is_told_of_what_is_gone_by_then(session: Session) -> None:
    made = item(session, member(session))
    [job] = due(session, NOON)
    session.add(MailMove(item_id=made.id, what=Move.HANDED_OVER, at=NOON, hand_over_id=made.id))
    session.flush()

    assert sent(session, NOON) == []
    assert (job.state, job.trouble) == (EmailState.CANCELLED, "gone")


def test_who_wants_no_email_or_has_no_address_gets_none(session: Session) -> None:
    item(session, member(session, Notify.NONE), number="2026-1")
    for number, address in (("2026-2", ""), ("2026-3", "no address")):
        whose = member(session, name=f"D{number[-1]}")
        whose.email = address
        item(session, whose, number=number)

    assert due(session, EVENING + timedelta(days=40)) == []


def test_a_digest_says_once_a_day_what_is_new(session: Session) -> None:
    whose = member(session, Notify.DIGEST)
    item(session, whose, number="2026-1", kind=MailKind.PARCEL)
    item(session, whose, number="2026-2")
    assert due(session, NOON) == [], "its hour has not come"
    [job] = due(session, EVENING)

    assert job.kind == EmailKind.MAIL_DIGEST
    assert "2026-1 · Kargo · 24 Kasım\n2026-2 · Adi posta · 24 Kasım" in job.body
    sent(session, EVENING)
    assert due(session, EVENING + timedelta(hours=1)) == []
    assert due(session, EVENING + timedelta(days=1)) == [], "there is nothing new"

    item(session, whose, EVENING, number="2026-3")
    [job] = due(session, EVENING + timedelta(days=1))
    assert "2026-1" not in job.body
    assert "2026-3" in job.body


def test_a_week_without_a_server_leaves_one_digest_not_seven(session: Session) -> None:
    whose = member(session, Notify.DIGEST)
    for days in range(2):
        item(session, whose, TUESDAY + timedelta(days=days), number=f"2026-{days}")
        due(session, EVENING + timedelta(days=days))

    assert sent(session, EVENING + timedelta(days=1)) == ["ege@dernek.example"]
    [job] = [job for job in session.scalars(select(EmailJob)) if job.state == EmailState.SENT]
    assert "2026-0" in job.body
    assert "2026-1" in job.body


def test_what_waits_is_called_to_mind_after_three_seven_and_thirty_days(session: Session) -> None:
    item(session, member(session))
    due(session, NOON)
    sent(session, NOON)
    told = []
    for day in range(1, 60):
        at = EVENING + timedelta(days=day)
        told += [(day, job.subject) for job in due(session, at)]
        sent(session, at)

    assert told == [
        (3, "Gönderiniz bekliyor (1)"),
        (7, "Gönderiniz bir haftadır bekliyor (1)"),
        (30, "Gönderiniz bir aydır bekliyor (1)"),
    ]


def test_one_reminder_names_all_that_waits_so_long(session: Session) -> None:
    whose = member(session)
    for n in range(3):
        item(session, whose, TUESDAY + timedelta(hours=n), number=f"2026-{n}")
    item(session, whose, TUESDAY + timedelta(days=2), number="2026-9")
    reminders = [
        job for job in due(session, EVENING + timedelta(days=3)) if job.kind == EmailKind.MAIL_REMINDER
    ]

    assert len(reminders) == 1
    assert all(f"2026-{n}" in reminders[0].body for n in range(3))
    assert "2026-9" not in reminders[0].body


def test_a_receipt_names_who_took_what(session: Session) -> None:
    whose = member(session)
    made = item(session, whose, kind=MailKind.PARCEL)
    hand_over = HandOver(organisation_id=whose.id, collector="Murat Ak", items=1, at=NOON)
    session.add(hand_over)
    session.flush()
    session.add(MailMove(item_id=made.id, what=Move.HANDED_OVER, at=NOON, hand_over_id=hand_over.id))
    session.flush()
    first = composing.ask_receipt(session, hand_over.id, at=NOON)

    assert composing.ask_receipt(session, hand_over.id, at=NOON) == first, "it is sent once"
    assert composing.ask_receipt(session, hand_over.id, at=NOON, key="again") != first
    job = session.get_one(EmailJob, first)
    assert "Murat Ak" in job.body
    assert "2026-00312 · Kargo" in job.body


def test_a_phone_message_goes_by_email_and_stays_open(session: Session) -> None:
    call = phone_messages.Call(
        organisation_id=member(session).id,
        caller="Selin Karaca",
        number="0532 123 45 67",
        text="Arar mısınız?",
    )
    message = phone_messages.take(session, call, at=TUESDAY)
    job = session.get_one(EmailJob, composing.ask_message(session, message.id, at=NOON))

    assert job.subject == "Telefon notu: Selin Karaca"
    assert "0532 123 45 67" in job.body
    assert "Arar mısınız?" in job.body
    sent(session, NOON)
    assert phone_messages.one(session, message.id).sent_at == NOON
    assert phone_messages.one(session, message.id).is_open


def test_a_message_that_was_read_out_meanwhile_is_not_sent(session: Session) -> None:
    call = phone_messages.Call(organisation_id=member(session).id, caller="Selin", text="Arasın")
    message = phone_messages.take(session, call, at=TUESDAY)
    composing.ask_message(session, message.id, at=NOON)
    phone_messages.deliver(session, message.id, at=NOON)

    assert sent(session, NOON) == []


def test_a_pass_goes_to_the_address_that_was_written(session: Session) -> None:
    wanted = invitations.Wanted(name="Murat Ak", expected_at=EVENING)
    made = invitations.invite(session, wanted, at=TUESDAY)
    job = session.get_one(EmailJob, composing.ask_pass(session, made.id, "murat@ak.example", at=NOON))

    assert job.to == "murat@ak.example"
    assert "Murat Ak" in job.body
    invitations.cancel(session, made.id, at=NOON)
    assert sent(session, NOON) == [], "nobody gets a pass that was cancelled"


def test_a_pass_without_an_address_is_refused(session: Session) -> None:
    made = invitations.invite(session, invitations.Wanted(name="Murat", expected_at=EVENING), at=TUESDAY)
    for written, reason in (("", "no_email"), ("murat", "bad_email")):
        with pytest.raises(Refusal) as refused:
            composing.ask_pass(session, made.id, written, at=NOON)
        assert refused.value.reason == reason


def test_the_calendar_entry_is_the_same_event_however_often_it_is_sent(session: Session) -> None:
    from icalendar import Calendar  # noqa: PLC0415

    made = invitations.invite(session, invitations.Wanted(name="Murat", expected_at=EVENING), at=TUESDAY)
    centre = session.scalars(select(Centre)).one()
    uids = set()
    for at in (NOON, EVENING):
        [event] = Calendar.from_ical(entry(centre, made, at=at).raw).walk("VEVENT")
        uids.add(str(event["uid"]))
        assert event["dtstart"].dt == EVENING

    assert len(uids) == 1
