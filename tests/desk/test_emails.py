from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import emails
from civicdesk.desk.email_trouble import EmailTrouble, Why, read
from civicdesk.desk.emails import Outcome
from civicdesk.errors import Refusal
from civicdesk.models import EmailJob, EmailKind, EmailState
from tests.builders import TUESDAY

LATER = Outcome(EmailTrouble.LATER, "452 mailbox full")
REFUSED = Outcome(EmailTrouble.REFUSED, "550 no such mailbox")


def asked(session: Session, key: str = "one", to: str = "dernek@ege.example") -> EmailJob:
    job_id = emails.ask(session, EmailKind.RECEIPT, key, to=to, subject="s", body="b", at=TUESDAY)
    return session.get_one(EmailJob, job_id)


def tried(session: Session, outcome: Outcome) -> EmailJob:
    """Asked for, taken by the queue, and come to this."""
    asked(session)
    job = emails.take_next(session, at=TUESDAY)
    assert job is not None
    emails.finish(session, job.id, job.attempts, outcome, at=TUESDAY)
    return job


@pytest.mark.parametrize(
    ("written", "address"),
    [
        (" dernek@ege.example ", "dernek@ege.example"),
        ("dernek@çınarova.example", "dernek@xn--narova-vua60d.example"),
        ("ad.soyad+posta@alt.ege.org.tr", "ad.soyad+posta@alt.ege.org.tr"),
        ("", ""),
    ],
)
def test_an_address_is_taken_as_servers_write_it(written: str, address: str) -> None:
    assert emails.address(written) == address


@pytest.mark.parametrize(
    "written",
    ["dernek", "dernek@ege", "a b@ege.example", "a@b@c.example", "a@ege.example\r\nBcc: x@y.example",
     "çınar@ege.example", "a@ege..example", "Ad <a@ege.example>", "x" * 250 + "@ege.example"],
)  # fmt: skip
def test_what_is_no_address_is_refused_and_cannot_smuggle_a_header_in(written: str) -> None:
    with pytest.raises(Refusal) as refused:
        emails.address(written)

    assert refused.value.reason == "bad_email"


def test_an_email_without_anybody_to_go_to_is_refused(database: Database) -> None:
    with database.begin() as session, pytest.raises(Refusal) as refused:
        asked(session, to=" ")

    assert refused.value.reason == "no_email"


def test_a_subject_is_one_line(database: Database) -> None:
    with database.begin() as session:
        job_id = emails.ask(
            session,
            EmailKind.PASS,
            "x",
            to="a@b.example",
            subject="a\r\nBcc: c@d.example",
            body="",
            at=TUESDAY,
        )
        assert session.get_one(EmailJob, job_id).subject == "a Bcc: c@d.example"


def test_emails_leave_in_the_order_of_asking_whatever_the_clock_said(database: Database) -> None:
    with database.begin() as session:
        first, second = asked(session, "first"), asked(session, "second")
        first.asked_at = TUESDAY + timedelta(minutes=1)

        assert emails.take_next(session, at=TUESDAY) is first
        assert emails.take_next(session, at=TUESDAY) is second
        assert emails.take_next(session, at=TUESDAY) is None


def test_what_a_server_puts_off_waits_longer_each_time(database: Database) -> None:
    with database.begin() as session:
        job, at, waited = asked(session), TUESDAY, []
        for _n in range(8):
            assert emails.take_next(session, at=at) is job
            emails.finish(session, job.id, job.attempts, LATER, at=at)
            waited.append((job.next_at - at) // timedelta(minutes=1))
            at = job.next_at

    assert waited == [5, 15, 30, 60, 120, 240, 240, 240]


def test_how_long_the_server_was_away_puts_off_no_single_e_mail(database: Database) -> None:
    with database.begin() as session:
        job = asked(session)
        for _n in range(5):
            assert emails.take_next(session, at=TUESDAY) is job
            emails.finish(session, job.id, job.attempts, Outcome(EmailTrouble.AWAY), at=TUESDAY)
        assert emails.take_next(session, at=TUESDAY) is job
        emails.finish(session, job.id, job.attempts, LATER, at=TUESDAY)

        assert job.next_at - TUESDAY == timedelta(minutes=5)


def test_a_clock_that_was_years_ahead_makes_nothing_wait(database: Database) -> None:
    with database.begin() as session:
        job = asked(session)
        job.next_at = TUESDAY + timedelta(days=900)
        session.flush()

        assert emails.take_next(session, at=TUESDAY) is job


def test_what_failed_is_tried_again_from_the_beginning(database: Database) -> None:
    with database.begin() as session:
        job = tried(session, REFUSED)
        assert job.state == EmailState.FAILED
        assert emails.standing(session).failed == 1

        emails.again(session, job.id, at=TUESDAY + timedelta(days=20))
        assert (job.state, job.trouble) == (EmailState.WAITING, "")
        assert emails.take_next(session, at=TUESDAY + timedelta(days=20)) is job
        emails.finish(session, job.id, job.attempts, LATER, at=TUESDAY + timedelta(days=20))
        assert job.state == EmailState.WAITING, "its days begin anew"


def test_what_is_held_back_waits_until_it_is_let_go(database: Database) -> None:
    with database.begin() as session:
        job = asked(session)
        emails.hold(session, job.id, at=TUESDAY)
        session.flush()
        assert emails.is_held(job)
        assert emails.take_next(session, at=TUESDAY + timedelta(days=400)) is None
        assert emails.standing(session) == emails.Standing(held=1)

        emails.again(session, job.id, at=TUESDAY)
        assert emails.take_next(session, at=TUESDAY) is job


def test_a_cancelled_email_is_brought_back_and_asked_for_again(database: Database) -> None:
    with database.begin() as session:
        job = asked(session)
        assert emails.cancel(session, [job.id], at=TUESDAY) == [job.id]
        assert emails.take_next(session, at=TUESDAY) is None
        emails.bring_back(session, [job.id], at=TUESDAY)
        assert job.state == EmailState.WAITING
        emails.cancel(session, [job.id], at=TUESDAY)
        assert asked(session) is job
        assert job.state == EmailState.WAITING


def test_what_arrived_after_it_was_cancelled_stands_as_sent(database: Database) -> None:
    with database.begin() as session:
        job = asked(session)
        emails.take_next(session, at=TUESDAY)
        emails.cancel(session, [job.id], at=TUESDAY)

        assert emails.finish(session, job.id, job.attempts, Outcome(), at=TUESDAY) is job
        assert job.state == EmailState.SENT
        assert emails.cancel(session, [job.id], at=TUESDAY) == []


def test_what_was_settled_meanwhile_is_not_tried_again(database: Database) -> None:
    with database.begin() as session:
        job = tried(session, Outcome())
        for act in (emails.again, emails.hold):
            with pytest.raises(Refusal) as refused:
                act(session, job.id, at=TUESDAY)
            assert refused.value.reason == "email_is_settled"


def test_two_stops_in_mid_sending_end_with_a_person(database: Database) -> None:
    with database.begin() as session:
        job = asked(session)
        for state in (EmailState.WAITING, EmailState.FAILED):
            emails.take_next(session, at=TUESDAY)
            session.flush()
            assert emails.recover(session, at=TUESDAY) == 1
            assert job.state == state

        assert read(job.trouble) == Why("cut", is_again=True)


def test_names_and_texts_are_forgotten_after_a_month(database: Database) -> None:
    with database.begin() as session:
        job = tried(session, Outcome())
        waiting = asked(session, "two")
        emails.forget(session, at=TUESDAY + timedelta(days=29))
        assert [each.id for each in emails.ended_jobs(session)] == [job.id]
        emails.forget(session, at=TUESDAY + timedelta(days=31))

        assert emails.ended_jobs(session) == []
        assert [each.id for each in emails.open_jobs(session)] == [waiting.id]


@pytest.mark.parametrize(
    "why", [Why(), Why("away", "Connection refused"), Why("cut", "", is_again=True), Why(is_again=True)]
)
def test_trouble_is_read_as_it_was_written(why: Why) -> None:
    assert read(why.written()) == why
