"""The mail server of the rehearsal: what it takes it keeps, what it refuses it does not."""

from __future__ import annotations

from email.message import EmailMessage
from pathlib import Path

from civicdesk.desk.email_trouble import EmailTrouble
from civicdesk.messages.smtp import Sender
from civicdesk.rehearsal.mail_server import MailServer, words
from civicdesk.settings import MailSettings


def an_email() -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"] = "danisma@merkez.example", "ege@dernek.example"
    message["Subject"] = "Gönderi geldi"
    message.set_content("2026-00312 · Kargo")
    return message


def test_it_is_away_until_it_is_switched_on_refuses_once_and_then_keeps_what_came(tmp_path: Path) -> None:
    server = MailServer(tmp_path / "e-mails")
    mail = MailSettings(
        server="127.0.0.1", port=server.port, security="none", sender="danisma@merkez.example"
    )
    assert Sender(mail).send(an_email()).trouble == EmailTrouble.AWAY
    server.refusals = 1
    server.switch_on()
    try:
        assert Sender(mail).send(an_email()).trouble == EmailTrouble.LATER
        assert Sender(mail).send(an_email()).trouble is None
    finally:
        server.switch_off()

    [arrived] = server.arrived
    assert words(arrived).split("\n")[:2] == ["Gönderi geldi", "2026-00312 · Kargo"]
    assert [file.name for file in (tmp_path / "e-mails").iterdir()] == ["01.eml"]
