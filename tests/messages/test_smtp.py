"""One e-mail and a real server on loopback: taken, refused, put off, cut short, spoken to in secret or not at all."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from email.message import EmailMessage

import pytest

from civicdesk.desk.email_trouble import EmailTrouble
from civicdesk.desk.emails import Outcome
from civicdesk.messages.letter import letter
from civicdesk.messages.smtp import Sender
from civicdesk.models import EmailJob, EmailKind
from civicdesk.settings import MailSettings
from tests.builders import TUESDAY
from tests.messages.mail_server import PASSWORD, USER, Postbox, free_port, serving, settings, trusting


def job(body: str = "Merhaba,\n\n.noktayla başlayan satır\n") -> EmailJob:
    return EmailJob(
        key="x",
        kind=EmailKind.MAIL_CAME,
        to="dernek@ege.example",
        subject="Gönderi geldi: 2026-00312 · İadeli taahhütlü",
        body=body,
        asked_at=TUESDAY,
        next_at=TUESDAY,
    )


def send(mail: MailSettings, password: str = "", message: EmailMessage | None = None) -> Outcome:
    return Sender(mail, password, context=trusting).send(message or letter(job(), mail, "Çınarova Merkezi"))


def test_an_email_arrives_letter_for_letter() -> None:
    box = Postbox()
    with serving(box) as port:
        assert send(settings(port)) == Outcome()

    [got] = box.arrived
    assert str(got["Subject"]) == "Gönderi geldi: 2026-00312 · İadeli taahhütlü"
    assert str(got["From"]) == "Çınarova Merkezi <danisma@merkez.example>"
    assert got.get_content().splitlines() == ["Merhaba,", "", ".noktayla başlayan satır"]
    assert all(byte < 128 for byte in box.raw[0])


def test_a_job_that_is_sent_twice_is_the_same_email() -> None:
    box, once = Postbox(), job()
    with serving(box) as port:
        mail = settings(port)
        for _n in range(2):
            send(mail, message=letter(once, mail))

    first, second = box.arrived
    assert first["Message-ID"] == second["Message-ID"] == f"<{once.id.hex}@merkez.example>"


@pytest.mark.parametrize("password", ["cinar-1923", PASSWORD])
def test_password_and_text_go_under_tls(password: str) -> None:
    box = Postbox()
    with serving(box, security="starttls", password=password) as port:
        assert send(settings(port, security="starttls", user=USER), password) == Outcome()

    assert len(box.arrived) == 1


def test_a_server_may_speak_tls_from_the_first_word() -> None:
    box = Postbox()
    with serving(box, security="tls") as port:
        assert send(settings(port, security="tls")) == Outcome()

    assert len(box.arrived) == 1


def test_a_wrong_password_is_told_from_everything_else() -> None:
    box = Postbox()
    with serving(box, security="starttls", password=PASSWORD) as port:
        outcome = send(settings(port, security="starttls", user=USER), "wrong")

    assert outcome.trouble == EmailTrouble.LOGIN
    assert outcome.said.startswith("535")


def test_a_server_that_wants_a_user_and_gets_none_is_a_matter_of_signing_in() -> None:
    with serving(Postbox(), security="starttls", password=PASSWORD) as port:
        assert send(settings(port, security="starttls")).trouble == EmailTrouble.LOGIN


def test_a_certificate_of_another_name_is_not_believed() -> None:
    box = Postbox()
    with serving(box, security="tls", name="elsewhere.example") as port:
        outcome = send(settings(port, security="tls"))

    assert outcome.trouble == EmailTrouble.SECURITY
    assert box.arrived == []


def test_nothing_is_said_in_the_open_where_tls_was_set() -> None:
    box = Postbox()
    with serving(box) as port:
        assert send(settings(port, security="starttls")).trouble == EmailTrouble.SECURITY

    assert box.arrived == []


def test_tls_spoken_to_a_server_that_knows_none_is_told() -> None:
    with serving(Postbox()) as port:
        assert send(settings(port, security="tls")).trouble == EmailTrouble.SECURITY


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ("550 5.1.1 no such mailbox", EmailTrouble.REFUSED),
        ("452 4.2.2 mailbox full", EmailTrouble.LATER),
        ("451 4.7.1 come again in five minutes", EmailTrouble.LATER),
        ("421 going down", EmailTrouble.AWAY),
    ],
)
def test_what_is_said_of_an_address_is_for_good_or_for_now(answer: str, trouble: EmailTrouble) -> None:
    with serving(Postbox(to_rcpt=answer)) as port:
        assert send(settings(port)) == Outcome(trouble, answer)


@pytest.mark.parametrize(
    ("answer", "trouble"),
    [
        ("553 not your address", EmailTrouble.SENDER),
        ("451 too many today", EmailTrouble.AWAY),
        ("530 sign in", EmailTrouble.LOGIN),
    ],
)
def test_what_is_said_of_our_own_address_is_about_all_email(answer: str, trouble: EmailTrouble) -> None:
    with serving(Postbox(to_sender=answer)) as port:
        outcome = send(settings(port))

    assert outcome == Outcome(trouble, answer)
    assert outcome.is_servers


def test_a_text_that_is_turned_down_at_the_end_is_refused() -> None:
    with serving(Postbox(to_data="554 looks like spam")) as port:
        assert send(settings(port)) == Outcome(EmailTrouble.REFUSED, "554 looks like spam")


def test_nobody_at_the_port_is_a_server_that_is_away() -> None:
    assert send(settings(free_port())).trouble == EmailTrouble.AWAY


def test_a_name_nobody_knows_is_a_server_that_is_away() -> None:
    assert send(settings(25, server="nowhere.invalid")).trouble == EmailTrouble.AWAY


def test_a_line_that_breaks_before_the_answer_leaves_open_whether_it_was_taken() -> None:
    box = Postbox(hangs_up_after_data=True)
    with serving(box) as port:
        assert send(settings(port)).trouble == EmailTrouble.CUT

    assert len(box.arrived) == 1


def test_an_answer_that_never_comes_is_not_waited_for_forever() -> None:
    box = Postbox(waits_after_data=True)
    with serving(box) as port:
        assert send(settings(port, patience_s=0.3)).trouble == EmailTrouble.CUT


def test_a_server_that_never_greets_is_away() -> None:
    with mute() as port:
        assert send(settings(port, patience_s=0.3)).trouble == EmailTrouble.AWAY


def test_a_server_that_answers_letter_by_letter_is_hung_up_on() -> None:
    with dripping() as port:
        mail = settings(port, patience_s=5.0)
        outcome = Sender(mail, limit=0.3).send(letter(job(), mail))

    assert outcome.trouble == EmailTrouble.AWAY


def test_an_email_under_way_ends_when_the_desk_closes() -> None:
    box = Postbox(waits_after_data=True)
    with serving(box) as port:
        mail = settings(port, patience_s=60.0)
        sender, outcomes = Sender(mail), list[Outcome]()
        under_way = threading.Thread(target=lambda: outcomes.append(sender.send(letter(job(), mail))))
        under_way.start()
        assert box.reached.wait(30)
        sender.stop()
        under_way.join(30)

    assert [outcome.trouble for outcome in outcomes] == [EmailTrouble.CUT]


@contextmanager
def mute() -> Iterator[int]:
    """Takes calls and says nothing."""
    with socket.create_server(("127.0.0.1", 0)) as ear:
        yield ear.getsockname()[1]


@contextmanager
def dripping() -> Iterator[int]:
    """Greets, then answers one letter at a time and never ends a line."""
    ends = threading.Event()

    def talk(ear: socket.socket) -> None:
        caller, _from = ear.accept()
        with caller:
            caller.sendall(b"220 hello\r\n250")
            while not ends.wait(0.05):
                try:
                    caller.sendall(b"-")
                except OSError:
                    return

    with socket.create_server(("127.0.0.1", 0)) as ear:
        talking = threading.Thread(target=talk, args=(ear,))
        talking.start()
        yield ear.getsockname()[1]
        ends.set()
        talking.join()
