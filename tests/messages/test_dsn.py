"""What reports of mail servers say, and what is no such report."""

from __future__ import annotations

from email.message import EmailMessage
from uuid import UUID

import pytest

from civicdesk.desk.bounces import CameBack
from civicdesk.messages import dsn
from tests.messages.imap_server import report

JOB = "0193a4b2c3d47000800000000000abcd"


def test_a_failed_delivery_names_the_email_the_status_and_the_servers_words() -> None:
    assert dsn.read(report(JOB)) == [
        CameBack(
            UUID(hex=JOB), "5.1.1", "550 5.1.1 <dernek@ege.example>: Recipient address rejected: User unknown"
        )
    ]


def test_only_the_headers_of_the_email_are_enough() -> None:
    only_headers = report(JOB).replace(b"message/rfc822", b"text/rfc822-headers")

    assert [each.job_id.hex for each in dsn.read(only_headers)] == [JOB]


def test_a_reason_on_many_lines_is_one_sentence() -> None:
    folded = report(JOB, said="smtp; 552 5.2.2 mailbox\r\n    full\r\n    for weeks")

    assert dsn.read(folded)[0].said == "552 5.2.2 mailbox full for weeks"


@pytest.mark.parametrize("action", ["delayed", "delivered", "relayed", "expanded"])
def test_what_is_not_a_failure_says_nothing_about_an_address(action: str) -> None:
    assert dsn.read(report(JOB, action=action)) == []


def test_a_report_of_somebody_elses_email_is_left_alone() -> None:
    assert dsn.read(report("CAF+another-id")) == []


def test_an_ordinary_letter_is_no_report() -> None:
    letter = EmailMessage()
    letter["Message-ID"] = f"<{JOB}@merkez.example>"
    letter.set_content("Action: failed\n")

    assert dsn.read(letter.as_bytes()) == []


@pytest.mark.parametrize("cut", [1, 40, 400, 700, 900, 1000])
def test_a_report_that_was_cut_off_or_damaged_breaks_nothing(cut: int) -> None:
    whole = report(JOB)

    assert dsn.read(whole[:cut]) in ([], dsn.read(whole))
    assert dsn.read(whole[:cut] + b"\xff\x00\x80" + whole[cut:]) in ([], dsn.read(whole))


@pytest.mark.parametrize(
    "raw", [b"", b"\x00" * 50, "ğüş".encode("cp1254"), b"Content-Type: multipart/report"]
)
def test_bytes_that_are_no_letter_are_nothing(raw: bytes) -> None:
    assert dsn.read(raw) == []
