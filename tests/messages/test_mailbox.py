"""A mailbox on a real server on loopback: reports are read, nothing else is, and trouble has a name."""

from __future__ import annotations

import errno
import os

import pytest

from civicdesk.desk.email_trouble import EmailTrouble
from civicdesk.messages import mailbox
from civicdesk.messages.mailbox import Found, Place
from tests.builders import TUESDAY
from tests.messages.imap_server import PASSWORD, Mailbox, reading, report, serving_mailbox
from tests.messages.mail_server import free_port, trusting

JOB = "0193a4b2c3d47000800000000000abcd"
LETTER = b"From: a@b.example\r\nContent-Type: text/plain\r\nSubject: private\r\n\r\nDear Elif"


def look(port: int, place: Place | None = None, password: str = PASSWORD, **values: object) -> Found:
    box = reading(port, **values)
    return mailbox.look(box, password, place or Place(), at=TUESDAY, context=trusting)


@pytest.mark.parametrize("security", ["tls", "starttls", "none"])
def test_reports_are_read_by_every_kind_of_security(security: str) -> None:
    box = Mailbox()
    box.put(report(JOB))
    with serving_mailbox(box, security=security) as port:
        found = look(port, security=security)

    assert (found.trouble, len(found.reports), found.place) == (None, 1, Place(7, 1))


def test_letters_of_people_are_not_read_and_nothing_is_marked() -> None:
    box = Mailbox()
    box.put(LETTER)
    box.put(report(JOB))
    with serving_mailbox(box) as port:
        found = look(port)

    assert [b"Dear Elif" in raw for raw in found.reports] == [False]
    assert not any("FETCH 1 (BODY.PEEK[]" in said for said in box.said)
    assert any(said.startswith("EXAMINE") for said in box.said)
    assert not any(said.startswith(("SELECT", "UID STORE")) for said in box.said)


def test_the_next_look_reads_only_what_is_new() -> None:
    box = Mailbox()
    box.put(report(JOB))
    with serving_mailbox(box) as port:
        first = look(port)
        again = look(port, first.place)
        box.put(report(JOB))
        later = look(port, again.place)

    assert [len(found.reports) for found in (first, again, later)] == [1, 0, 1]
    assert later.place == Place(7, 2)


def test_a_mailbox_that_was_made_anew_is_read_from_the_beginning() -> None:
    box = Mailbox()
    box.put(report(JOB))
    with serving_mailbox(box) as port:
        assert len(look(port, Place(6, 900)).reports) == 1


def test_much_is_read_in_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(mailbox, "MOST_AT_ONCE", 2)
    box = Mailbox()
    for _n in range(3):
        box.put(report(JOB))
    with serving_mailbox(box) as port:
        first = look(port)
        rest = look(port, first.place)

    assert (len(first.reports), first.has_more) == (2, True)
    assert (len(rest.reports), rest.has_more) == (1, False)


def test_a_wrong_password_says_so() -> None:
    with serving_mailbox(Mailbox()) as port:
        found = look(port, password="wrong")

    assert found.trouble == EmailTrouble.LOGIN
    assert "wrong password" in found.said


def test_a_password_with_a_turkish_letter_signs_in() -> None:
    box = Mailbox(password="çınar-1923")
    with serving_mailbox(box) as port:
        assert look(port, password="çınar-1923").trouble is None


def test_a_certificate_of_another_server_is_not_trusted() -> None:
    with serving_mailbox(Mailbox(), name="other.example") as port:
        assert look(port).trouble == EmailTrouble.SECURITY


def test_a_server_that_is_not_there_is_away() -> None:
    said = os.strerror(errno.ECONNREFUSED)  # in the words of this computer
    assert look(free_port(), Place(7, 3)) == Found(place=Place(7, 3), trouble=EmailTrouble.AWAY, said=said)


def test_a_server_that_hangs_up_loses_nothing() -> None:
    box = Mailbox(hangs_up=True)
    box.put(report(JOB))
    with serving_mailbox(box) as port:
        found = look(port, Place(7, 0))

    assert (found.trouble, found.place) == (EmailTrouble.AWAY, Place(7, 0))


def test_a_folder_that_is_not_there_says_so() -> None:
    with serving_mailbox(Mailbox()) as port:
        assert look(port, folder='Geri "dönen"').trouble == EmailTrouble.GONE


def test_a_folder_with_turkish_letters_is_found() -> None:
    with serving_mailbox(Mailbox(folder="Geri d&APY-nen")) as port:
        assert look(port, folder="Geri dönen").trouble is None
