"""The mail queue at work with servers that refuse, dawdle, hang up, go away for a week and come back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from civicdesk.database import Database
from civicdesk.desk import email_trouble, emails
from civicdesk.desk.email_trouble import EmailTrouble
from civicdesk.messages import queue as at_work
from civicdesk.messages.letter import Attachment
from civicdesk.models import EmailState
from tests.messages.mail_desks import Desk
from tests.messages.mail_server import PASSWORD, USER, Postbox, free_port, serving, settings

SENT, WAITING, FAILED = EmailState.SENT, EmailState.WAITING, EmailState.FAILED


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_work, "PAUSES_S", (0.05,))
    monkeypatch.setattr(at_work, "ROUND_S", 1_000.0)  # who is not woken does not wake by itself


@pytest.fixture
def desk(file: Path) -> Iterator[Desk]:
    database = Database(file)
    desk = Desk(database, password=PASSWORD)
    yield desk
    desk.queue.stop()
    database.close()
    assert desk.bugs == []


def test_what_was_asked_for_arrives_and_is_known_to_have(desk: Desk) -> None:
    box = Postbox()
    with serving(box) as port:
        desk.queue.use(settings(port))
        asked = desk.ask()
        job = desk.wait_for(asked, SENT)

    assert box.subjects == ["Makbuz one"]
    assert job.trouble == ""
    assert job.ended_at == desk.now


def test_the_same_key_is_the_same_email(desk: Desk) -> None:
    box = Postbox()
    with serving(box) as port:
        desk.queue.use(settings(port))
        asked = desk.ask()
        assert desk.ask() == asked
        desk.wait_for(asked, SENT)
        desk.ask()
        desk.wait_for(desk.ask("two"), SENT)

    assert box.subjects == ["Makbuz one", "Makbuz two"]


def test_what_waited_while_the_desk_was_closed_leaves_at_the_next_start(desk: Desk) -> None:
    asked = desk.ask()
    box = Postbox()
    with serving(box) as port:
        assert desk.queue.start() == 0
        desk.queue.use(settings(port))
        desk.wait_for(asked, SENT)

    assert len(box.arrived) == 1


def test_a_server_that_is_away_for_a_week_loses_nothing(desk: Desk) -> None:
    port = free_port()
    desk.queue.use(settings(port))
    asked = [desk.ask(str(n)) for n in range(3)]
    desk.wait_for_trouble(EmailTrouble.AWAY)
    desk.forward(days=7)
    desk.wait(lambda: desk.jobs()[0].attempts > 3)
    box = Postbox()
    with serving(box, port=port):
        for each in asked:
            desk.wait_for(each, SENT)
    desk.wait_for_trouble(None)

    assert box.subjects == ["Makbuz 0", "Makbuz 1", "Makbuz 2"]
    assert [state.trouble for state in desk.states] == [None, EmailTrouble.AWAY, None]


def test_what_waits_for_longer_than_ten_days_fails_and_says_why(desk: Desk) -> None:
    desk.queue.use(settings(free_port()))
    asked = [desk.ask(str(n)) for n in range(3)]
    desk.wait_for_trouble(EmailTrouble.AWAY)
    desk.forward(days=10, seconds=1)
    ended = [desk.wait_for(each, FAILED) for each in asked]

    assert {email_trouble.read(job.trouble).trouble for job in ended} == {"away"}


def test_an_address_that_is_refused_fails_at_once_and_holds_up_nobody(desk: Desk) -> None:
    box = Postbox(to_rcpt="550 5.1.1 no such mailbox")
    with serving(box) as port:
        desk.queue.use(settings(port))
        job = desk.wait_for(desk.ask(), FAILED)
        box.to_rcpt = "250 OK"
        desk.wait_for(desk.ask("two"), SENT)

    assert email_trouble.read(job.trouble) == email_trouble.Why("refused", "550 5.1.1 no such mailbox")
    assert box.subjects == ["Makbuz two"]


def test_a_full_mailbox_is_tried_again_later_and_holds_up_nobody(desk: Desk) -> None:
    box = Postbox(to_rcpt="452 mailbox full")
    with serving(box) as port:
        desk.queue.use(settings(port))
        full = desk.ask()
        desk.wait(lambda: desk.job(full).trouble == "later 452 mailbox full")
        box.to_rcpt = "250 OK"
        desk.wait_for(desk.ask("two"), SENT)
        assert desk.job(full).state == WAITING
        desk.forward(minutes=5)
        desk.wait_for(full, SENT)

    assert box.subjects == ["Makbuz two", "Makbuz one"]


def test_a_mailbox_that_stays_full_for_ten_days_fails(desk: Desk) -> None:
    with serving(Postbox(to_rcpt="452 mailbox full")) as port:
        desk.queue.use(settings(port))
        asked = desk.ask()
        desk.wait(lambda: desk.job(asked).attempts == 1 and desk.job(asked).state == WAITING)
        desk.forward(days=10)
        job = desk.wait_for(asked, FAILED)

    assert job.trouble == "later 452 mailbox full"


def test_an_answer_that_got_lost_is_asked_for_once_more_and_that_is_said(desk: Desk) -> None:
    box = Postbox(hangs_up_after_data=True)
    with serving(box) as port:
        desk.queue.use(settings(port))
        asked = desk.ask()
        job = desk.wait_for(asked, FAILED)

    assert len(box.arrived) == 2, "it is sent once more, and no oftener"
    assert len({message["Message-ID"] for message in box.arrived}) == 1
    assert email_trouble.read(job.trouble).trouble == "cut"


def test_what_arrived_at_the_second_go_says_that_it_may_have_arrived_twice(desk: Desk) -> None:
    box = Postbox(hangs_up_after_data=True, waits_after_data=True)
    with serving(box) as port:
        desk.queue.use(settings(port))
        asked = desk.ask()
        assert box.reached.wait(30)
        desk.queue.stop(0)
        assert desk.job(asked).trouble.startswith("again cut")
    calm = Postbox()
    with serving(calm) as port:
        desk.queue.use(settings(port))
        job = desk.wait_for(asked, SENT)

    assert len(calm.arrived) == 1
    assert email_trouble.read(job.trouble) == email_trouble.Why(is_again=True)


def test_a_wrong_password_is_told_once_and_put_right_by_new_settings(desk: Desk) -> None:
    box = Postbox()
    with serving(box, security="starttls", password="another") as port:
        desk.queue.use(settings(port, security="starttls", user=USER))
        asked = desk.ask()
        desk.wait_for_trouble(EmailTrouble.LOGIN)
    with serving(box, security="starttls", password=PASSWORD) as port:
        desk.queue.use(settings(port, security="starttls", user=USER))
        desk.wait_for(asked, SENT)

    assert len(box.arrived) == 1


def test_a_slow_server_does_not_hold_up_the_desk_when_it_closes(desk: Desk) -> None:
    box = Postbox(waits_after_data=True)
    with serving(box) as port:
        desk.queue.use(settings(port, patience_s=60.0))
        asked = desk.ask()
        assert box.reached.wait(30)
        desk.queue.stop(0.1)

        job = desk.job(asked)
    assert email_trouble.read(job.trouble).is_again
    assert job.state == WAITING


def test_other_work_goes_on_while_the_server_dawdles(desk: Desk) -> None:
    box = Postbox(waits_after_data=True)
    with serving(box) as port:
        desk.queue.use(settings(port))
        asked = desk.ask()
        assert box.reached.wait(30)
        second = desk.ask("two")  # would wait for two seconds and be refused if the file were held
        box.waits_after_data = False
        box.goes_on._loop.call_soon_threadsafe(box.goes_on.set)  # type: ignore[attr-defined]
        desk.wait_for(asked, SENT)
        desk.wait_for(second, SENT)


def test_what_is_attached_goes_along(file: Path) -> None:
    database = Database(file)
    desk = Desk(
        database, attach=lambda _session, _job, _at: [Attachment("p.pdf", "application/pdf", b"%PDF")]
    )
    box = Postbox()
    with serving(box) as port:
        desk.queue.use(settings(port))
        desk.wait_for(desk.ask(), SENT)
    desk.queue.stop()
    database.close()

    [part] = box.arrived[0].iter_attachments()
    assert (part.get_filename(), part.get_content()) == ("p.pdf", b"%PDF")


def test_what_cannot_be_composed_fails_by_itself_and_is_told_as_a_bug(file: Path) -> None:
    def broken(_session: object, _job: object, _at: object) -> list[Attachment]:
        raise ZeroDivisionError

    database = Database(file)
    desk = Desk(database, attach=broken)
    with serving(Postbox()) as port:
        desk.queue.use(settings(port))
        job = desk.wait_for(desk.ask(), FAILED)
    desk.queue.stop()
    database.close()

    assert job.trouble == "fault ZeroDivisionError"
    assert [type(bug) for bug in desk.bugs] == [ZeroDivisionError]


@pytest.mark.outside
def test_a_desk_killed_in_mid_sending_sends_it_at_most_once_more(desk: Desk, file: Path) -> None:
    asked = desk.ask()
    box = Postbox(waits_after_data=True)
    with serving(box) as port:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.messages.mail_process", str(file), str(port)],
            cwd=Path(__file__).parents[2],
        )
        assert box.reached.wait(60)
        os.kill(process.pid, signal.SIGKILL)
        process.wait(30)
    assert desk.job(asked).state == EmailState.SENDING
    calm = Postbox()
    with serving(calm) as port:
        assert desk.queue.start() == 1
        desk.queue.use(settings(port))
        job = desk.wait_for(asked, SENT)

    assert [len(box.arrived), len(calm.arrived)] == [1, 1]
    assert box.arrived[0]["Message-ID"] == calm.arrived[0]["Message-ID"]
    assert email_trouble.read(job.trouble).is_again, "it must be said that it may have arrived twice"
    with desk.database.read() as session:
        assert emails.standing(session).waiting == 0
