"""Messages by phone are told of when somebody of their organisation is here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from civicdesk.desk import invitations, phone_messages, visits
from civicdesk.desk.phone_messages import Call
from civicdesk.models import Invitation, PhoneMessage
from civicdesk.ui.runner import Runner
from tests import builders
from tests.ui.desk import Desk, settle


@pytest.fixture
def desk(runner: Runner, qtbot: QtBot, tmp_path: Path) -> Desk:
    return Desk(runner, qtbot, tmp_path).let_in()


def expected(runner: Runner, name: str = "Barış Vakfı") -> Invitation:
    """Selin, who comes to an organisation."""
    with runner.database.begin() as session:
        host = builders.organisation(session, name)
        wanted = invitations.Wanted(name="Selin Karaca", expected_at=runner.at(), host_id=host.id)
        return invitations.invite(session, wanted, at=runner.at() - timedelta(hours=2))


def message_for(runner: Runner, whose: UUID | None, *, is_urgent: bool = False) -> PhoneMessage:
    call = Call(organisation_id=whose, caller="Murat Ak", text="Saat ikide arasın", is_urgent=is_urgent)
    with runner.database.begin() as session:
        return phone_messages.take(session, call, at=runner.at())


def shown(runner: Runner, message: PhoneMessage) -> bool:
    with runner.database.read() as session:
        return phone_messages.one(session, message.id).shown_at is not None


def test_a_pass_says_how_many_wait_and_leads_to_them_but_never_what_they_say(
    runner: Runner, desk: Desk
) -> None:
    invitation = expected(runner)
    message = message_for(runner, invitation.host_id, is_urgent=True)
    desk.window.scanned(invitation.code, invitation.code)
    settle()

    second = desk.window.answer.second.text()
    assert "Urgent · 1 message waits at the secretariat" in second
    assert "Saat ikide" not in second
    assert shown(runner, message)
    desk.press("answer_step_0")
    assert desk.window.pages.way() == "secretariat"


def test_one_tap_on_today_says_it_too(runner: Runner, desk: Desk) -> None:
    invitation = expected(runner)
    message_for(runner, invitation.host_id)
    with runner.database.begin() as session:
        visit = invitations.admit(session, invitation.id, at=runner.at())
    desk.window.pages.today.checked_in.emit(visit, True)
    settle()

    assert "1 message waits at the secretariat" in desk.window.notices.sentence.text()
    desk.press("notice_action")
    assert desk.window.pages.way() == "secretariat"


def test_nothing_is_said_of_the_messages_of_others(runner: Runner, desk: Desk) -> None:
    invitation = expected(runner)
    with runner.database.begin() as session:
        other = builders.organisation(session, "Ida Derneği").id
    message = message_for(runner, other)
    desk.window.scanned(invitation.code, invitation.code)
    settle()

    assert "secretariat" not in desk.window.answer.second.text()
    assert not shown(runner, message)


def test_whoever_leaves_is_told_nothing(runner: Runner, desk: Desk) -> None:
    invitation = expected(runner)
    with runner.database.begin() as session:
        visit = invitations.admit(session, invitation.id, at=runner.at())
        badge = visits.badge_of(session, visit.id)
    assert badge is not None
    message = message_for(runner, invitation.host_id)
    runner.at.forward(minutes=30)  # type: ignore[attr-defined]
    desk.window.scanned(badge.code, badge.code)
    settle()

    assert not shown(runner, message)
