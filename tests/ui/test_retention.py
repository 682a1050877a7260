"""Names go by themselves, once a day, while the desk is open."""

from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from civicdesk.desk import mail, mail_ends, retention, visits
from civicdesk.models import AuditEntry, MailItem, Visit, Visitor
from civicdesk.ui.pages.visitor_page import VisitorPage
from civicdesk.ui.pages.visitors.lines import Line
from civicdesk.ui.retention import Retention
from civicdesk.ui.runner import Runner
from tests import builders
from tests.conftest import Clock
from tests.desk import postbox


@pytest.fixture
def visit(runner: Runner, clock: Clock) -> Visit:
    """Selin was here, a hundred days ago."""
    with runner.database.begin() as session:
        visit = builders.visit(session)
        visits.check_out(session, visit.id, at=clock.forward(hours=1))
    clock.forward(days=100)
    return visit


def names(runner: Runner) -> list[str]:
    with runner.database.read() as session:
        return list(session.scalars(select(Visitor.name)))


def test_a_name_goes_when_the_desk_opens_and_the_desk_itself_signs(
    runner: Runner, qtbot: QtBot, visit: Visit
) -> None:
    keeper = Retention(runner)
    with qtbot.waitSignal(keeper.done) as done:
        keeper.tick(runner.at())

    assert done.args == [1]
    assert names(runner) == [retention.NO_NAME]
    with runner.database.read() as session:
        entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "forget_names")).one()
    assert (entry.by_id, entry.desk) == (None, runner.desk)


def test_it_looks_once_a_day_of_the_centre(runner: Runner, qtbot: QtBot, clock: Clock) -> None:
    keeper = Retention(runner)
    heard: list[int] = []
    keeper.done.connect(heard.append)
    for _minute in range(3):
        keeper.tick(clock.forward(minutes=1))
    qtbot.waitUntil(lambda: heard == [0])

    keeper.tick(clock.forward(days=1))
    qtbot.waitUntil(lambda: heard == [0, 0])


def test_more_than_a_batch_goes_in_one_day(
    runner: Runner, qtbot: QtBot, clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(retention.forget_names.__kwdefaults__, "limit", 2)
    with runner.database.begin() as session:
        for letter in "ABCDE":
            visits.check_out(session, builders.visit(session, f"Selin {letter}").id, at=clock())
    keeper = Retention(runner)
    with qtbot.waitSignal(keeper.done) as done:
        keeper.tick(clock.forward(days=100))

    assert done.args == [5]
    assert set(names(runner)) == {retention.NO_NAME}


def test_a_desk_that_closes_begins_no_further_batch(runner: Runner, qtbot: QtBot, visit: Visit) -> None:
    keeper = Retention(runner)
    keeper.stop()
    with qtbot.waitSignal(keeper.done):
        keeper.tick(runner.at())

    assert names(runner) == ["Selin Karaca"]


def test_a_visitor_without_a_name_is_shown_as_a_dash_and_spoken_in_words(
    runner: Runner, qtbot: QtBot, visit: Visit
) -> None:
    with runner.database.begin() as session:
        retention.forget_names(session, at=runner.at())
    page = VisitorPage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    page.show_visitor(visit.visitor_id)

    assert page.title.text() == "—"
    assert page.title.accessibleName() == page.avatar.accessibleName() == "Name deleted"
    assert not page.edit_button.isVisible()
    assert not page.main.isVisible()
    with runner.database.read() as session:
        row = visits.one(session, visit.id)
    line = Line(key=row.id, title=row.visitor.name, lead="10:42", visit=row)
    assert line.spoken() == "Name deleted, 10:42"


def test_post_of_five_years_ago_is_emptied_on_the_same_round(
    runner: Runner, qtbot: QtBot, clock: Clock
) -> None:
    with runner.database.begin() as session:
        postbox.let(session, 7, "Doğa Gönüllüleri")
        item = mail.receive(session, mail.Incoming(box=7, sender="Selin Karaca"), at=clock())
        mail_ends.give_up(session, [item.id], reason="nobody came", at=clock())
    clock.forward(days=5 * 366)
    keeper = Retention(runner)
    with qtbot.waitSignal(keeper.done):
        keeper.tick(runner.at())

    with runner.database.read() as session:
        assert session.scalars(select(MailItem.sender)).all() == [""]
