"""The watch over a mailbox on loopback: what came back is written down once, also over a restart."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from uuid import UUID

import pytest
from sqlalchemy import select

from civicdesk.database import Database
from civicdesk.desk import emails
from civicdesk.desk.email_trouble import EmailTrouble
from civicdesk.messages.bounce_watch import BounceWatch, Looked
from civicdesk.models import EmailBounce, EmailJob, EmailKind, EmailState
from tests import builders
from tests.builders import TUESDAY
from tests.messages.imap_server import PASSWORD, Mailbox, reading, report, serving_mailbox
from tests.messages.mail_server import free_port, trusting


class Watching:
    """A watch, and what it told."""

    def __init__(self, database: Database, password: str = PASSWORD) -> None:
        self.told: list[Looked] = []
        self.bugs: list[BaseException] = []
        self._changed = threading.Condition()
        self.watch = BounceWatch(
            database,
            at=lambda: TUESDAY,
            told=self._hear,
            bug=self.bugs.append,
            password=lambda _box: password,
            context=trusting,
        )

    def wait(self, until: Callable[[Looked], bool]) -> Looked:
        with self._changed:
            assert self._changed.wait_for(lambda: any(map(until, self.told)), 30), (self.told, self.bugs)
        return next(filter(until, self.told))

    def _hear(self, looked: Looked) -> None:
        with self._changed:
            self.told.append(looked)
            self._changed.notify_all()


@pytest.fixture
def watching(database: Database) -> Iterator[Watching]:
    watching = Watching(database)
    yield watching
    watching.watch.stop(10)
    assert watching.bugs == []


@pytest.fixture
def job(database: Database) -> UUID:
    """An e-mail to Ege Derneği that was sent."""
    with database.begin() as session:
        ege = builders.organisation(session, "Ege Derneği")
        ege.email = "dernek@ege.example"
        job_id = emails.ask(
            session,
            EmailKind.MAIL_CAME,
            "one",
            to=ege.email,
            subject="x",
            body="x",
            at=TUESDAY,
            organisation_id=ege.id,
        )
        session.get_one(EmailJob, job_id).state = EmailState.SENT
    return job_id


def state(database: Database, job_id: UUID) -> str:
    with database.read() as session:
        return session.get_one(EmailJob, job_id).state


def test_what_came_back_is_written_down(database: Database, watching: Watching, job: UUID) -> None:
    box = Mailbox()
    box.put(b"From: someone\r\nContent-Type: text/plain\r\n\r\nhello")
    box.put(report(job.hex))
    with serving_mailbox(box) as port:
        watching.watch.use(reading(port))
        assert watching.wait(lambda looked: looked.at is not None) == Looked(TUESDAY, 1)

    assert state(database, job) == EmailState.BOUNCED
    with database.read() as session:
        [bounce] = session.scalars(select(EmailBounce))
    assert (bounce.address, bounce.status) == ("dernek@ege.example", "5.1.1")


def test_after_a_restart_nothing_is_read_twice(database: Database, watching: Watching, job: UUID) -> None:
    box = Mailbox()
    box.put(report(job.hex))
    with serving_mailbox(box) as port:
        watching.watch.use(reading(port))
        watching.wait(lambda looked: looked.came_back == 1)
        watching.watch.stop(10)
        box.said.clear()
        second = Watching(database)
        second.watch.use(reading(port))
        second.wait(lambda looked: looked.at is not None)
        second.watch.stop(10)

    assert [said for said in box.said if "FETCH" in said] == []


def test_a_mailbox_that_is_away_says_so_and_is_read_when_it_is_back(
    database: Database, watching: Watching, job: UUID
) -> None:
    watching.watch.use(reading(free_port()))
    assert watching.wait(lambda looked: looked.at is not None).trouble == EmailTrouble.AWAY

    box = Mailbox()
    box.put(report(job.hex))
    with serving_mailbox(box) as port:
        watching.watch.use(reading(port))
        watching.wait(lambda looked: looked.came_back == 1)
    assert state(database, job) == EmailState.BOUNCED


def test_it_can_be_asked_to_look_at_once(watching: Watching, job: UUID) -> None:
    box = Mailbox()
    with serving_mailbox(box) as port:
        watching.watch.use(reading(port))
        watching.wait(lambda looked: looked.at is not None)
        box.put(report(job.hex))
        watching.watch.look_now()
        watching.wait(lambda looked: looked.came_back == 1)


def test_turned_off_it_asks_no_server(database: Database, watching: Watching) -> None:
    watching.watch.use(None)
    watching.watch.look_now()

    assert watching.told == [Looked()]
