"""How managers design the badge, and what they see while they do."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from civicdesk import text
from civicdesk.desk import centre, logos
from civicdesk.printing.badge import BadgeFace, BadgeSize
from civicdesk.ui.pages.settings.badges import BadgesSection
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.theme.style import apply_theme
from civicdesk.ui.theme.tokens import LIGHT
from tests.printing.logos import logo_png

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def section(manager: Runner, qtbot: QtBot) -> BadgesSection:
    section = BadgesSection(manager)
    qtbot.addWidget(section)
    section.resize(948, 602)
    with qtbot.waitSignal(section.picture.drawn, timeout=10_000):
        section.show()
    return section


def press(qtbot: QtBot, section: BadgesSection, name: str) -> None:
    button = section.findChild(QPushButton, name)
    assert button is not None, name
    section.area.ensureWidgetVisible(button)
    qtbot.mouseClick(button, LEFT)


def pictured(qtbot: QtBot, section: BadgesSection, name: str) -> BadgeFace:
    """What stands on the badge once this button was pressed."""
    with qtbot.waitSignal(section.picture.drawn, timeout=10_000):
        press(qtbot, section, name)
    assert section.picture.face is not None
    return section.picture.face


def picture_file(folder: Path, data: bytes, name: str = "logo.png") -> Path:
    file = folder / name
    file.write_bytes(data)
    return file


def stored(runner: Runner) -> tuple[str, str, str, str]:
    with runner.database.read() as session:
        here = centre.the_centre(session)
        return here.badge_parts, here.badge_size, here.badge_discreet, here.badge_footer


def stored_logo(runner: Runner) -> bytes:
    with runner.database.read() as session:
        return logos.current(session)


def test_every_touch_is_seen_at_once_and_nothing_is_stored_before_it_is_saved(
    section: BadgesSection, manager: Runner, qtbot: QtBot
) -> None:
    assert section.picture.face is not None
    assert section.picture.face.host == "Host organisation"
    assert pictured(qtbot, section, "badge_part_host").host == ""
    assert pictured(qtbot, section, "badge_part_place").place == ""
    assert pictured(qtbot, section, "badge_part_needs").needs == ()
    assert not pictured(qtbot, section, "badge_part_digits").shows_digits
    assert stored(manager)[0] == "host,reason,place,date,digits,needs"


def test_the_design_is_saved_with_the_button(section: BadgesSection, manager: Runner, qtbot: QtBot) -> None:
    told: list[Notice] = []
    manager.notice.connect(told.append)
    for name in ("badge_part_needs", "badge_size_roll_80", "badge_discreet_number"):
        press(qtbot, section, name)
    section.form.footer.setFocus()
    qtbot.keyClicks(section.form.footer, "Goodbye")
    press(qtbot, section, "badges_save")
    assert stored(manager) == ("host,reason,place,date,digits", "roll_80", "number", "Goodbye")
    assert told[-1].sentence == "The badge was saved."


def test_the_badge_is_seen_plain_discreet_and_from_a_roll(section: BadgesSection, qtbot: QtBot) -> None:
    def seen(name: str) -> tuple[bool, BadgeSize]:
        face = pictured(qtbot, section, name)
        wanted = section._face()
        assert wanted is not None
        return face.discreet, wanted[1]

    assert section.seen_as.value() == "plain"
    assert seen("badge_seen_as_discreet") == (True, BadgeSize.LABEL)
    assert seen("badge_seen_as_roll") == (False, BadgeSize.ROLL_80)
    assert seen("badge_size_roll_58") == (False, BadgeSize.ROLL_58)
    assert seen("badge_seen_as_plain") == (False, BadgeSize.ROLL_58)


def test_the_picture_has_the_shape_of_the_paper(section: BadgesSection, qtbot: QtBot) -> None:
    def shape() -> float:
        return section.picture._sheet().height() / section.picture._sheet().width()

    assert shape() == pytest.approx(100 / 62)
    pictured(qtbot, section, "badge_size_a6")
    assert shape() == pytest.approx(148 / 105)
    pictured(qtbot, section, "badge_size_roll_58")
    assert shape() > 1.7
    pictured(qtbot, section, "badge_discreet_number")
    tall = shape()
    pictured(qtbot, section, "badge_seen_as_discreet")
    assert shape() < tall  # a number alone needs less paper


def test_a_logo_is_seen_first_and_stored_with_the_button(
    section: BadgesSection, manager: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(section.picture.drawn, timeout=10_000):
        section.take_file(picture_file(tmp_path, logo_png()))
    assert section.picture.face is not None
    assert section.picture.face.logo
    assert stored_logo(manager) == b""
    press(qtbot, section, "badges_save")
    assert Image.open(BytesIO(stored_logo(manager))).size == (800, 200)
    assert section.form.logo.isVisibleTo(section)

    assert pictured(qtbot, section, "badge_logo_remove").logo == b""
    assert stored_logo(manager)
    press(qtbot, section, "badges_save")
    assert stored_logo(manager) == b""
    assert not section.form.remove.isVisibleTo(section)


def test_a_picture_is_chosen_among_the_files_of_the_computer(
    section: BadgesSection, qtbot: QtBot, tmp_path: Path
) -> None:
    press(qtbot, section, "badge_logo_choose")
    [dialog] = section.findChildren(QFileDialog)
    with qtbot.waitSignal(section.picture.drawn, timeout=10_000):
        dialog.fileSelected.emit(str(picture_file(tmp_path, logo_png())))
    dialog.reject()
    assert section.form.logo.isVisibleTo(section)
    assert section.form.choose.words() == "Choose another picture"


def test_a_file_that_is_no_picture_is_refused_where_it_is_seen(
    section: BadgesSection, manager: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    section.take_file(picture_file(tmp_path, b"Just words, named like a picture"))
    qtbot.waitUntil(section.banner.isVisible, timeout=10_000)
    assert "Choose a PNG or JPEG file" in section.banner.sentence.text()
    assert not section.form.logo.isVisibleTo(section)
    press(qtbot, section, "badge_part_host")
    section.take_file(picture_file(tmp_path, logo_png()))
    qtbot.waitUntil(lambda: not section.banner.isVisible(), timeout=10_000)


def test_what_another_manager_saves_meanwhile_takes_nothing_away_that_is_half_done(
    section: BadgesSection, manager: Runner, qtbot: QtBot
) -> None:
    qtbot.keyClicks(section.form.footer, "Half a li")
    with manager.database.begin() as session:
        centre.change(session, manager.at(), badge_size="a6")
    section.refresh_now()
    assert section.form.footer.text() == "Half a li"
    section.form.footer.clear()
    press(qtbot, section, "badges_save")
    with manager.database.begin() as session:
        centre.change(session, manager.at(), badge_footer="Another's words")
    section.refresh_now()
    assert section.form.footer.text() == "Another's words"


def test_whoever_is_no_manager_any_more_changes_nothing(
    section: BadgesSection, runner: Runner, qtbot: QtBot, tmp_path: Path
) -> None:
    with qtbot.waitSignal(section.picture.drawn, timeout=10_000):
        section.take_file(picture_file(tmp_path, logo_png()))
    runner.staff = None
    press(qtbot, section, "badges_save")
    assert section.banner.sentence.text() == "Only a manager can change the logo."
    assert stored_logo(runner) == b""


@pytest.mark.parametrize(
    ("wide", "high", "scale", "is_beside"),
    [(948, 602, 1.0, True), (948, 337, 1.0, True), (1790, 716, 2.0, True), (1230, 340, 2.0, False)],
)
def test_the_picture_stays_beside_the_choices_where_there_is_room(
    section: BadgesSection, *, wide: int, high: int, scale: float, is_beside: bool
) -> None:
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    apply_theme(app, LIGHT, scale)
    section.resize(wide, high)
    QApplication.processEvents()
    inside = section.column.parentWidget().isAncestorOf(section.side)
    assert inside is not is_beside
    assert section.height() == high
    assert (section.side.mapTo(section, QPoint()).x() > section.width() // 3) is is_beside
    apply_theme(app, LIGHT, 1.0)


def test_the_section_speaks_turkish_and_keeps_what_was_chosen(section: BadgesSection, qtbot: QtBot) -> None:
    press(qtbot, section, "badge_part_host")
    press(qtbot, section, "badge_size_a4")
    text.use_language("tr")
    with qtbot.waitSignal(section.picture.drawn, timeout=10_000):
        section.retranslate()
    assert section.form.parts["host"].words() == "Ev sahibi"
    assert not section.form.parts["host"].isChecked()
    assert section.form.values()["badge_size"] == "a4"
    assert section.heading.text() == "Kartlar"
