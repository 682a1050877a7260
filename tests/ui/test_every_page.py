"""What holds on every page: every word in the language spoken, every control named, large enough and whole."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from civicdesk import text
from civicdesk.assets import asset
from civicdesk.desk import invitations
from civicdesk.models import Role, Visit
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT, THEMES
from tests import builders
from tests.ui.desk import PAGES, Desk, settle, words
from tests.ui.test_desk_window import show

SMALLEST = 44


@pytest.fixture(autouse=True)
def plain_again(qapp: QApplication) -> Iterator[None]:
    yield
    apply_theme(qapp, LIGHT, 1.0)


@pytest.fixture
def selin(runner: Runner) -> Visit:
    """Selin is inside, Murat is expected, and Deniz, a manager, sees every control there is."""
    with runner.database.begin() as session:
        runner.staff = builders.member_of_staff(session, "Deniz Polat", Role.MANAGER, pin="975310864")
        wanted = invitations.Wanted(name="Murat Ak", expected_at=builders.TUESDAY)
        invitations.invite(session, wanted, at=builders.TUESDAY)
        return builders.visit(session)


@pytest.fixture
def desk(runner: Runner, qtbot: QtBot, tmp_path: Path, selin: Visit) -> Desk:
    return Desk(runner, qtbot, tmp_path).let_in()


def speak(desk: Desk, language: str) -> None:
    text.use_language(language)
    QApplication.sendEvent(desk.window, QEvent(QEvent.Type.LanguageChange))
    settle()


def catalogue() -> list[tuple[str, str]]:
    """English and Turkish, where they differ and have nothing to fill in."""
    turkish = gettext.translation("civicdesk", asset("translations"), ["tr"])._catalog  # type: ignore[attr-defined]
    pairs = [(english, said) for english, said in turkish.items() if isinstance(english, str)]
    return [(english, said) for english, said in pairs if english and said != english and "{" not in english]


def buttons(desk: Desk) -> list[QAbstractButton]:
    return [each for each in desk.window.findChildren(QAbstractButton) if each.isVisible()]


@pytest.mark.parametrize("page", PAGES)
def test_no_turkish_word_stays_when_the_desk_speaks_english(desk: Desk, selin: Visit, page: str) -> None:
    speak(desk, "tr")
    show(desk, page, selin)
    turkish = {said for _english, said in catalogue()} - {english for english, _said in catalogue()}
    before = turkish & set(words(desk.window))
    speak(desk, "en")

    assert len(before) > 5, "the page spoke no Turkish before"
    assert turkish & set(words(desk.window)) == set()


@pytest.mark.parametrize("page", PAGES)
def test_no_english_word_stays_when_the_desk_speaks_turkish(desk: Desk, selin: Visit, page: str) -> None:
    show(desk, page, selin)
    english = {word for word, _said in catalogue()} - {said for _english, said in catalogue()}
    before = english & set(words(desk.window))
    speak(desk, "tr")

    assert len(before) > 5, "the page spoke no English before"
    assert english & set(words(desk.window)) == set()


@pytest.mark.parametrize("page", PAGES)
def test_every_control_has_a_name_for_tools_and_one_that_can_be_spoken(
    desk: Desk, selin: Visit, page: str
) -> None:
    show(desk, page, selin)
    controls = [*buttons(desk), *(each for each in desk.window.findChildren(QLineEdit) if each.isVisible())]

    assert len(controls) > 8
    assert [each for each in controls if not each.accessibleName().strip()] == []
    assert [each.accessibleName() for each in controls if not each.objectName()] == []


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("page", PAGES)
def test_every_button_is_large_enough_for_a_finger_and_shows_its_word_whole(
    desk: Desk, selin: Visit, page: str, scale: float, qapp: QApplication
) -> None:
    apply_theme(qapp, LIGHT, scale)
    text.use_language("tr")
    speak(desk, "tr")
    show(desk, page, selin)
    small = {each.objectName(): each.size().toTuple() for each in buttons(desk) if is_small(each)}
    cut = {each.objectName(): each.text() for each in buttons(desk) if is_cut(each)}

    assert small == {}
    assert cut == {}


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("page", ["lock", *PAGES])
def test_no_page_needs_more_than_the_smallest_screen(
    desk: Desk, selin: Visit, page: str, scale: float, qapp: QApplication
) -> None:
    apply_theme(qapp, LIGHT, scale)
    speak(desk, "tr")
    if page == "lock":
        desk.window.lock_now()
    else:
        show(desk, page, selin)
    desk.window.resize(1366, 768)
    settle()

    assert desk.window.size().toTuple() == (1366, 768)
    assert desk.window.minimumSizeHint().width() <= 1366
    assert desk.window.minimumSizeHint().height() <= 768


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_every_page_wears_every_theme(desk: Desk, selin: Visit, theme: str, qapp: QApplication) -> None:
    apply_theme(qapp, THEMES[theme], 1.0)
    for page in PAGES:
        show(desk, page, selin)
        seen = desk.window.grab().toImage()
        corner = seen.pixelColor(seen.width() - 4, seen.height() - 4)
        assert corner.name() in {THEMES[theme].canvas.lower(), THEMES[theme].surface.lower()}, page


def is_small(button: QWidget) -> bool:
    return button.width() < SMALLEST or button.height() < SMALLEST


def is_cut(button: QAbstractButton) -> bool:
    if not isinstance(button, QPushButton) or not button.text():
        return False
    return button.fontMetrics().horizontalAdvance(button.text().replace("&&", "&").strip()) > button.width()
