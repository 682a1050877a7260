"""E-mail from the screens to a real server on loopback and back: the chip, Today, the page of what waits."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from icalendar import Calendar
from pytestqt.qtbot import QtBot

from civicdesk.desk import emails, invitations
from civicdesk.messages import composing
from civicdesk.messages import queue as at_work
from civicdesk.models import EmailJob, EmailKind, EmailState, Role
from civicdesk.settings import MailSettings
from civicdesk.ui.mail_desk import MailDesk
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.matter_row import MatterRow
from tests import builders
from tests.builders import TUESDAY
from tests.messages.mail_server import Postbox, free_port, serving, settings
from tests.ui.desk import Desk, settle


@pytest.fixture(autouse=True)
def no_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(at_work, "PAUSES_S", (0.05,))


@pytest.fixture
def desk(runner: Runner, qtbot: QtBot, tmp_path: Path) -> Desk:
    with runner.database.begin() as session:
        runner.staff = builders.member_of_staff(session, "Deniz Polat", Role.MANAGER, pin="975310864")
    return Desk(runner, qtbot, tmp_path).let_in()


@pytest.fixture
def mail(desk: Desk) -> Iterator[MailDesk]:
    mail = MailDesk(desk.runner)
    desk.window.use_mail(mail)
    yield mail
    mail.stop()


def use(desk: Desk, mail: MailSettings | None) -> None:
    desk.window.apply(desk.window.settings.with_(mail=mail))


def ask(desk: Desk, key: str = "one") -> None:
    def asked(session: object) -> object:
        return emails.ask(
            session,  # type: ignore[arg-type]
            EmailKind.RECEIPT,
            key,
            to="dernek@ege.example",
            subject="Makbuz",
            body="x",
            at=TUESDAY,
        )

    desk.runner.now(asked)


def states(desk: Desk) -> list[str]:
    with desk.runner.database.read() as session:
        return [job.state for job in (*emails.open_jobs(session), *emails.ended_jobs(session))]


def matters(desk: Desk) -> list[str]:
    settle()
    found = desk.window.pages.today.attention_card.findChildren(ListRow, "today_matter_mail")
    return [row.accessibleName() for row in found if row.isVisible()]


def test_while_all_is_well_no_chip_and_no_line_is_shown(desk: Desk, mail: MailDesk, qtbot: QtBot) -> None:
    box = Postbox()
    with serving(box) as port:
        use(desk, settings(port))
        ask(desk)
        qtbot.waitUntil(lambda: states(desk) == [EmailState.SENT], timeout=20_000)
        qtbot.waitUntil(lambda: mail.standing.waiting == 0, timeout=20_000)

    assert not desk.is_there("chip_mail")
    assert matters(desk) == []


def test_a_server_that_is_away_is_a_quiet_chip_and_goes_with_its_return(
    desk: Desk, mail: MailDesk, qtbot: QtBot
) -> None:
    port = free_port()
    use(desk, settings(port))
    ask(desk)
    qtbot.waitUntil(lambda: desk.is_there("chip_mail"), timeout=20_000)
    assert desk.window.top_bar.mail.words() == "E-mail · 1"
    assert desk.window.top_bar.mail.tone == "warn"
    assert "The mail server does not answer" in matters(desk)[0]
    with serving(Postbox(), port=port):
        qtbot.waitUntil(lambda: not desk.is_there("chip_mail"), timeout=20_000)

    assert matters(desk) == []


def test_what_was_refused_is_shown_with_the_reason_and_sent_again(
    desk: Desk, mail: MailDesk, qtbot: QtBot
) -> None:
    box = Postbox(to_rcpt="550 5.1.1 no such mailbox")
    with serving(box) as port:
        use(desk, settings(port))
        ask(desk)
        qtbot.waitUntil(lambda: desk.is_there("chip_mail"), timeout=20_000)
        assert "1 e-mail could not be delivered" in matters(desk)[0]
        desk.press("chip_mail")
        assert desk.page == "emails"
        [row] = [each for each in desk.window.findChildren(MatterRow) if each.isVisible()]
        assert "The address was refused · 550 5.1.1 no such mailbox" in row.second.text()
        box.to_rcpt = "250 OK"
        desk.press(row.buttons[0].objectName())
        qtbot.waitUntil(lambda: len(box.arrived) == 1, timeout=20_000)
        qtbot.waitUntil(lambda: states(desk) == [EmailState.SENT], timeout=20_000)


def test_what_is_held_back_or_cancelled_does_not_leave(desk: Desk, mail: MailDesk) -> None:
    ask(desk)
    ask(desk, "two")
    desk.window.go("emails")
    settle()
    first, second = [each for each in desk.window.findChildren(MatterRow) if each.isVisible()]
    hold, cancel = first.buttons[0].objectName(), second.buttons[-1].objectName()
    desk.press(hold)
    settle()
    with desk.runner.database.read() as session:
        assert emails.standing(session).held == 1
    desk.press(cancel)
    settle()

    assert sorted(states(desk)) == [EmailState.CANCELLED, EmailState.WAITING]
    assert desk.said == "The e-mail is not sent."
    desk.press("notice_undo")
    assert sorted(states(desk)) == [EmailState.WAITING, EmailState.WAITING]


def test_without_a_server_the_page_says_what_to_do(desk: Desk, mail: MailDesk) -> None:
    desk.window.go("emails")
    settle()
    assert desk.is_there("emails_banner")
    desk.press("emails_banner_1")

    assert desk.page == "settings"
    assert desk.is_there("mail_server_card")


def test_a_pass_arrives_with_its_code_and_a_calendar_entry(desk: Desk, mail: MailDesk, qtbot: QtBot) -> None:
    box = Postbox()
    with desk.runner.database.begin() as session:
        made = invitations.invite(
            session, invitations.Wanted(name="Murat Ak", expected_at=TUESDAY), at=TUESDAY
        )
        composing.ask_pass(session, made.id, "murat@ak.example", at=TUESDAY)
    with serving(box) as port:
        use(desk, settings(port))
        qtbot.waitUntil(lambda: len(box.arrived) == 1, timeout=20_000)
        qtbot.waitUntil(lambda: states(desk) == [EmailState.SENT], timeout=20_000)

    parts = {part.get_filename(): part for part in box.arrived[0].iter_attachments()}
    assert parts["pass.pdf"].get_content().startswith(b"%PDF")
    [event] = Calendar.from_ical(parts["visit.ics"].get_content()).walk("VEVENT")
    assert event["dtstart"].dt == TUESDAY


def test_a_change_of_looks_leaves_the_queue_alone(desk: Desk, mail: MailDesk, qtbot: QtBot) -> None:
    with serving(Postbox()) as port:
        use(desk, settings(port))
        queue = mail._queue
        assert queue is not None
        worker = queue._worker
        desk.window.apply(desk.window.settings.with_(theme="dark"))
        assert queue._worker is worker


def test_urgent_messages_and_overdue_loans_lead_from_today_to_the_secretariat(desk: Desk) -> None:
    from civicdesk.desk import loans, phone_messages  # noqa: PLC0415

    with desk.runner.database.begin() as session:
        whose = builders.organisation(session)
        call = phone_messages.Call(organisation_id=whose.id, caller="Selin", text="Acil", is_urgent=True)
        phone_messages.take(session, call, at=TUESDAY)
        wanted = loans.Wanted(what="Anahtar", organisation_id=whose.id, due_at=TUESDAY)
        loans.lend(session, wanted, at=TUESDAY.replace(hour=5))
    desk.window.go("today")
    desk.runner.at.forward(minutes=1)  # type: ignore[attr-defined]
    desk.window.tick()
    settle()
    assert desk.is_there("today_matter_bell-ring")
    desk.press("today_matter_hand-helping")
    assert desk.page == "secretariat"
    assert desk.is_there("loans_out")


def test_the_check_in_tells_that_messages_wait_but_not_what_they_say(desk: Desk) -> None:
    from civicdesk.desk import phone_messages  # noqa: PLC0415

    with desk.runner.database.begin() as session:
        whose = builders.organisation(session)
        call = phone_messages.Call(organisation_id=whose.id, caller="Selin", text="Gizli not")
        phone_messages.take(session, call, at=TUESDAY)
    desk.window.go("check_in")
    page = desk.window.pages.check_in
    assert not desk.is_there("checkin_messages")
    page.form.where.set_host(whose)
    settle()

    assert page.messages.sentence.text() == "1 message waits at the secretariat: Ege Kadın Emeği Derneği"
    assert "Gizli" not in page.messages.accessibleName()
    desk.press("checkin_messages_1")
    assert desk.page == "secretariat"


def test_a_pass_is_sent_from_where_it_was_made(desk: Desk) -> None:
    with desk.runner.database.begin() as session:
        made = invitations.invite(
            session, invitations.Wanted(name="Murat Ak", expected_at=TUESDAY), at=TUESDAY
        )
    done = desk.window.pages.page("invite").done  # type: ignore[attr-defined]
    done.show_made([made])
    done.mail.address.setText("murat")
    done.mail.send.click()
    assert done.mail.field.trouble.text().startswith("This is not an e-mail address")
    done.mail.address.setText("murat@ak.example")
    for _n in range(2):
        done.mail.send.click()

    with desk.runner.database.read() as session:
        assert [job.to for job in emails.open_jobs(session)] == ["murat@ak.example"]
        assert invitations.one(session, made.id).visitor.email == "murat@ak.example"
        assert session.query(EmailJob).count() == 1
