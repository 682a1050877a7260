from __future__ import annotations

import pytest
from pytestqt.qtbot import QtBot

from civicdesk.errors import Refusal
from civicdesk.settings import Settings
from civicdesk.ui.pages.reports.by_itself_card import ByItselfCard, addresses


@pytest.fixture
def card(qtbot: QtBot) -> ByItselfCard:
    card = ByItselfCard()
    qtbot.addWidget(card)
    card.retranslate()
    card.show_settings(Settings.model_construct(), is_manager=True)
    card.show()
    return card


def test_addresses_are_written_with_commas_and_each_counts_once(card: ByItselfCard, qtbot: QtBot) -> None:
    card.emails.click()
    card.written.setText("a@centre.example, b@centre.example; a@centre.example")

    with qtbot.waitSignal(card.wanted) as wanted:
        card.save.click()

    assert wanted.args == [{"sheet_emails": ("a@centre.example", "b@centre.example")}]


def test_nothing_is_sent_until_there_is_an_address(card: ByItselfCard) -> None:
    card.emails.click()

    assert card.field.isVisible()
    assert not card.emails.isChecked()


@pytest.mark.parametrize(
    "written", ["nobody", "a@centre.example, @", ""], ids=["no place", "one of two", "none"]
)
def test_what_is_no_address_is_said_under_the_field(card: ByItselfCard, written: str) -> None:
    wanted: list[object] = []
    card.wanted.connect(wanted.append)
    card.emails.click()
    card.written.setText(written)
    card.save.click()

    assert card.field.trouble.isVisible()
    assert wanted == []


def test_the_tick_taken_off_forgets_the_addresses(card: ByItselfCard, qtbot: QtBot) -> None:
    card.show_settings(Settings.model_construct(sheet_emails=("a@centre.example",)), is_manager=True)

    with qtbot.waitSignal(card.wanted) as wanted:
        card.emails.click()

    assert wanted.args == [{"sheet_emails": ()}]


def test_reception_sees_who_gets_it_and_changes_nothing(card: ByItselfCard) -> None:
    card.show_settings(Settings.model_construct(sheet_emails=("a@centre.example",)), is_manager=False)

    assert card.listed.text() == "a@centre.example"
    assert not card.emails.isEnabled()
    assert not card.change.isVisible()


def test_more_than_twenty_are_too_many() -> None:
    with pytest.raises(Refusal, match="At most 20"):
        addresses(",".join(f"a{n}@centre.example" for n in range(21)))
