"""From a report in a mailbox to the screens: Today, the page of e-mails, the page of the member, the settings."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from civicdesk.desk import bounces, emails, mail
from civicdesk.messages import secret
from civicdesk.models import EmailJob, EmailKind, EmailState, Organisation, Role
from civicdesk.ui.mail_desk import MailDesk
from civicdesk.ui.runner import Runner
from tests import builders
from tests.builders import TUESDAY
from tests.desk import postbox
from tests.messages.imap_server import PASSWORD, USER, Mailbox, reading, report, serving_mailbox
from tests.ui.desk import Desk, settle, words


@pytest.fixture(autouse=True)
def known_password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(secret, "_from_keyring", lambda _box: "")
    monkeypatch.setenv(secret.MAILBOX_VARIABLE, PASSWORD)


@pytest.fixture
def desk(runner: Runner, qtbot: QtBot, tmp_path: Path) -> Desk:
    with runner.database.begin() as session:
        runner.staff = builders.member_of_staff(session, "Deniz Polat", Role.MANAGER, pin="975310864")
    return Desk(runner, qtbot, tmp_path).let_in()


@pytest.fixture
def mail_desk(desk: Desk) -> Iterator[MailDesk]:
    found = MailDesk(desk.runner)
    desk.window.use_mail(found)
    yield found
    found.stop()


def post_for(desk: Desk, email: str) -> tuple[UUID, UUID]:
    """Ege Derneği, of whose post an e-mail was sent; its id and the e-mail's."""
    with desk.runner.database.begin() as session:
        ege = postbox.let(session, 214, "Ege Derneği")
        ege.email = email
        mail.receive(session, mail.Incoming(box=214), at=TUESDAY)
        if not email:
            return ege.id, ege.id
        job = emails.ask(
            session,
            EmailKind.MAIL_CAME,
            "one",
            to=email,
            subject="Gönderi",
            body="x",
            at=TUESDAY,
            organisation_id=ege.id,
        )
        session.get_one(EmailJob, job).state = EmailState.SENT
        return ege.id, job


def today(desk: Desk) -> str:
    return " ".join(words(desk.window.pages.today.attention_card))


def test_an_email_that_came_back_is_told_and_sent_to_the_new_address(
    desk: Desk, mail_desk: MailDesk, qtbot: QtBot
) -> None:
    ege, job = post_for(desk, "dernek@ege.example")
    box = Mailbox()
    box.put(report(job.hex))
    with serving_mailbox(box, security="none") as port:
        desk.window.apply(desk.window.settings.with_(bounces=reading(port, security="none")))
        qtbot.waitUntil(lambda: "1 e-mail came back" in today(desk))
    assert "1 organisation was not told of its post" in today(desk)

    desk.window.go("emails")
    settle()
    said = " ".join(words(desk.window.pages.emails))
    assert "User unknown" in said
    desk.press(f"email_correct_{job.hex}")
    settle()
    assert desk.page == "member"
    assert "came back" in desk.window.pages.member.board.about.unreached.sentence.text()

    with desk.runner.database.begin() as session:
        session.get_one(Organisation, ege).email = "yeni@ege.example"
    desk.window.go("emails")
    qtbot.waitUntil(lambda: desk.is_there(f"email_anew_{job.hex}"))
    desk.press(f"email_anew_{job.hex}")
    settle()
    with desk.runner.database.read() as session:
        assert [one.to for one in emails.open_jobs(session)] == ["yeni@ege.example"]
    qtbot.waitUntil(lambda: "came back" not in today(desk))


def test_whoever_has_no_address_is_listed_until_somebody_called(
    desk: Desk, mail_desk: MailDesk, qtbot: QtBot
) -> None:
    ege, _job = post_for(desk, "")
    desk.window.apply(desk.window.settings)
    qtbot.waitUntil(lambda: "was not told of its post" in today(desk))
    desk.window.go("emails")
    settle()
    assert "No e-mail address is written" in " ".join(words(desk.window.pages.emails.untold))

    desk.press(f"untold_called_{ege.hex}")
    qtbot.waitUntil(lambda: not desk.window.pages.emails.untold.isVisible())
    qtbot.waitUntil(lambda: "was not told of its post" not in today(desk))


def test_an_address_can_be_held_for_right_from_the_members_page(desk: Desk, mail_desk: MailDesk) -> None:
    ege, job = post_for(desk, "dernek@ege.example")
    with desk.runner.database.begin() as session:
        bounces.note(session, bounces.CameBack(job, "5.2.2", "mailbox full"), at=TUESDAY)
    desk.window.pages.member.show_member(ege)
    desk.window.go("member")
    settle()
    assert "mailbox full" in desk.window.pages.member.board.about.unreached.sentence.text()

    desk.press("member_unreached_2")
    settle()
    assert desk.window.pages.member.board.about.unreached.isHidden()
    assert "E-mail goes to this address again." in desk.said


def test_the_mailbox_is_set_looked_into_and_turned_off(desk: Desk, mail_desk: MailDesk, qtbot: QtBot) -> None:
    desk.window.settings_wanted.connect(desk.window.apply)
    with serving_mailbox(Mailbox(), security="none") as port:
        desk.window.go("settings")
        desk.window.pages.settings.show_section("mail")
        settle()
        card = desk.window.pages.settings.section().returned
        assert card.security.value() == "tls", "off, but safe when it is turned on"
        card.save.click()
        assert "Write the name of the mail server." in " ".join(words(card))
        for field, said in ((card.server, "localhost"), (card.port, str(port)), (card.user, USER)):
            assert isinstance(field, QLineEdit)
            field.setText(said)
        card.security.set_value("none")
        card.save.click()
        qtbot.waitUntil(lambda: "0 came back" in card.answer.sentence.text())
        assert desk.window.settings.bounces == reading(port, security="none", patience_s=20.0)

        card.off.click()
        assert desk.window.settings.bounces is None
        assert card.answer.isHidden()
