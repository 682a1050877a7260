"""An e-mail that came back puts the address of its organisation in doubt until somebody settles it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import bounces, email_trouble, emails, mail, post_emails, untold
from civicdesk.desk.bounces import CameBack
from civicdesk.desk.untold import WhyNot
from civicdesk.errors import Refusal
from civicdesk.models import EmailBounce, EmailJob, EmailKind, EmailState, MailMove, Organisation, new_id
from tests.builders import TUESDAY
from tests.desk import postbox

SAID = "550 5.1.1 User unknown"


@pytest.fixture
def ege(session: Session) -> Organisation:
    organisation = postbox.let(session, 214, "Ege Derneği")
    organisation.email = "dernek@ege.example"
    organisation.phone = "+902321234567"
    session.flush()
    return organisation


def sent(session: Session, ege: Organisation, key: str = "one") -> UUID:
    job_id = emails.ask(
        session,
        EmailKind.MAIL_CAME,
        key,
        to=ege.email,
        subject="Gönderi",
        body="x",
        at=TUESDAY,
        organisation_id=ege.id,
    )
    job = emails.take_next(session, at=TUESDAY)
    assert job is not None
    emails.finish(session, job_id, job.attempts, emails.Outcome(), at=TUESDAY)
    return job_id


def test_the_email_says_that_it_came_back_and_why(session: Session, ege: Organisation) -> None:
    job_id = sent(session, ege)

    job = bounces.note(session, CameBack(job_id, "5.1.1", SAID), at=TUESDAY)

    assert job is not None
    assert job.state == EmailState.BOUNCED
    assert email_trouble.read(job.trouble).said == SAID
    assert emails.standing(session).came_back == 1
    assert [one.id for one in emails.open_jobs(session)] == [job_id]


def test_the_same_report_twice_is_one(session: Session, ege: Organisation) -> None:
    job_id = sent(session, ege)
    bounces.note(session, CameBack(job_id, "5.1.1", SAID), at=TUESDAY)

    assert bounces.note(session, CameBack(job_id, "5.1.1", SAID), at=TUESDAY) is None
    assert len(session.scalars(select(EmailBounce)).all()) == 1


def test_a_report_of_an_email_nobody_knows_is_nothing(session: Session) -> None:
    assert bounces.note(session, CameBack(new_id()), at=TUESDAY) is None


def test_nothing_more_is_written_to_the_address_until_it_is_another(
    session: Session, ege: Organisation
) -> None:
    later = TUESDAY + timedelta(hours=1)
    mail.receive(session, mail.Incoming(box=214), at=TUESDAY)
    assert len(list(post_emails.at_once(session, at=later))) == 1
    bounces.note(session, CameBack(sent(session, ege), "5.1.1", SAID), at=TUESDAY)

    assert list(post_emails.at_once(session, at=later)) == []
    ege.email = "yeni@ege.example"
    session.flush()
    assert len(list(post_emails.at_once(session, at=later))) == 1


def test_an_address_that_somebody_asked_about_is_written_to_again(
    session: Session, ege: Organisation
) -> None:
    bounces.note(session, CameBack(sent(session, ege), "5.2.2", "mailbox full"), at=TUESDAY)
    bounce = bounces.in_doubt(session, ege)
    assert bounce is not None

    bounces.address_is_right(session, bounce.id, at=TUESDAY)
    session.flush()
    assert bounces.in_doubt(session, ege) is None

    bounces.address_is_wrong(session, bounce.id, at=TUESDAY)
    session.flush()
    assert bounces.in_doubt(session, ege) is not None


def test_it_goes_once_more_only_to_another_address(session: Session, ege: Organisation) -> None:
    job_id = sent(session, ege)
    bounces.note(session, CameBack(job_id, "5.1.1", SAID), at=TUESDAY)
    jobs = emails.open_jobs(session)

    assert bounces.can_go_anew(session, jobs) == frozenset()
    with pytest.raises(Refusal, match="Correct the address first") as refused:
        bounces.send_anew(session, job_id, at=TUESDAY)
    assert refused.value.reason == "same_address"

    ege.email = "yeni@ege.example"
    session.flush()
    assert bounces.can_go_anew(session, jobs) == {job_id}
    anew = session.get_one(EmailJob, bounces.send_anew(session, job_id, at=TUESDAY))
    assert (anew.to, anew.subject, anew.state) == ("yeni@ege.example", "Gönderi", EmailState.WAITING)
    assert emails.standing(session).came_back == 0
    with pytest.raises(Refusal):
        bounces.send_anew(session, job_id, at=TUESDAY)


def test_what_is_set_aside_still_says_that_it_came_back(session: Session, ege: Organisation) -> None:
    job_id = sent(session, ege)
    bounces.note(session, CameBack(job_id, "5.1.1", SAID), at=TUESDAY)
    bounces.set_aside(session, job_id, at=TUESDAY)
    session.flush()

    [job] = emails.ended_jobs(session)
    assert (job.state, bounces.came_back(job)) == (EmailState.CANCELLED, True)
    assert emails.standing(session).came_back == 0


def waiting(session: Session, **about: str) -> Organisation:
    organisation = postbox.let(session, 7, "Ova Sahne")
    for name, value in about.items():
        setattr(organisation, name, value)
    mail.receive(session, mail.Incoming(box=7), at=TUESDAY)
    session.flush()
    return organisation


@pytest.mark.parametrize(("email", "why"), [("", WhyNot.NONE), ("ova sahne", WhyNot.WRONG)])
def test_whose_post_waits_and_who_cannot_be_written_to_is_listed(
    session: Session, email: str, why: WhyNot
) -> None:
    organisation = waiting(session, email=email)

    [found] = untold.look(session)
    assert (found.organisation.id, found.why, found.items, found.oldest) == (organisation.id, why, 1, TUESDAY)


def test_whose_email_came_back_is_listed_with_what_the_server_said(
    session: Session, ege: Organisation
) -> None:
    mail.receive(session, mail.Incoming(box=214), at=TUESDAY)
    assert untold.look(session) == []
    bounces.note(session, CameBack(sent(session, ege), "5.1.1", SAID), at=TUESDAY)

    [found] = untold.look(session)
    assert found.why is WhyNot.CAME_BACK
    assert found.bounce is not None
    assert found.bounce.said == SAID


@pytest.mark.parametrize("about", [{"notify": "none"}, {"email": "a@b.example"}], ids=str)
def test_who_hears_or_wants_to_hear_nothing_is_not_listed(session: Session, about: dict[str, str]) -> None:
    waiting(session, **({"email": ""} | about))

    assert untold.look(session) == []


def test_who_was_called_is_told_until_something_new_comes(session: Session) -> None:
    organisation = waiting(session, email="")

    assert untold.called(session, organisation.id, at=TUESDAY) == 1
    assert untold.look(session) == []
    assert session.scalars(select(MailMove.what).order_by(MailMove.id)).all() == ["received", "called"]

    mail.receive(session, mail.Incoming(box=7), at=TUESDAY + timedelta(hours=1))
    assert [found.items for found in untold.look(session)] == [1]
