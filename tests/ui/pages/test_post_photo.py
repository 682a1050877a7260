"""A picture of a parcel's outside, put to its item as a clerk does."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QImage
from pytestqt.qtbot import QtBot

from civicdesk.desk import mail_ends, mail_photos
from civicdesk.models import MailItem
from civicdesk.ui.camera import CameraChoice
from civicdesk.ui.pages.post import photo_part
from civicdesk.ui.pages.post.photo_part import PhotoPart
from civicdesk.ui.pages.post_page import PostPage
from civicdesk.ui.runner import Notice, Runner
from tests.builders import TUESDAY
from tests.desk import postbox
from tests.ui.desk import settle


class Eye(QObject):
    """A camera that shows what the test holds before it."""

    seen = Signal(object)

    def __init__(self, key: str = "") -> None:
        super().__init__()
        self.key, self.is_on = key, False

    def start(self) -> None:
        self.is_on = True

    def stop(self) -> None:
        self.is_on = False


@pytest.fixture
def item(runner: Runner) -> MailItem:
    with runner.database.begin() as session:
        postbox.let(session, 214, "Barış Vakfı")
        return postbox.item(session, 214)


@pytest.fixture
def eyes(monkeypatch: pytest.MonkeyPatch) -> list[Eye]:
    """A computer with one camera; those that were switched on."""
    made: list[Eye] = []

    def make(key: str) -> Eye:
        made.append(Eye(key))
        return made[-1]

    monkeypatch.setattr(photo_part, "is_installed", lambda: True)
    monkeypatch.setattr(photo_part, "cameras", lambda: [CameraChoice("front", "Front")])
    monkeypatch.setattr(photo_part, "Camera", make)
    return made


@pytest.fixture
def no_camera(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(photo_part, "is_installed", lambda: False)


@pytest.fixture
def page(runner: Runner, qtbot: QtBot, item: MailItem) -> PostPage:
    page = PostPage(runner)
    qtbot.addWidget(page)
    page.resize(1270, 700)
    page.show()
    qtbot.waitExposed(page)
    return page


def open_item(page: PostPage, item: MailItem) -> PhotoPart:
    page.open_item(item.id)
    settle()
    return page.item.photo


def kept(runner: Runner, item: MailItem) -> bytes:
    with runner.database.read() as session:
        return mail_photos.picture(session, item.id)


def a_picture(file: Path) -> Path:
    picture = QImage(2_000, 1_500, QImage.Format.Format_RGB32)
    picture.fill(QColor("#B08A57"))
    assert picture.save(str(file))
    return file


@pytest.mark.usefixtures("no_camera")
def test_a_picture_from_a_file_is_shown_at_the_item_and_the_undo_takes_it_away(
    page: PostPage, runner: Runner, qtbot: QtBot, item: MailItem, tmp_path: Path
) -> None:
    said: list[Notice] = []
    runner.notice.connect(said.append)
    photo = open_item(page, item)
    assert not photo.take.isVisible(), "without a camera only files are offered"
    assert not photo.photograph.isVisible()
    photo.take_file(a_picture(tmp_path / "koli.jpg"))
    qtbot.waitUntil(photo.photograph.isVisible)
    assert photo.remove.isVisible()

    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    settle()
    assert not photo.photograph.isVisible()


@pytest.mark.usefixtures("no_camera")
def test_a_file_that_is_no_picture_gets_a_sentence(
    page: PostPage, runner: Runner, qtbot: QtBot, item: MailItem, tmp_path: Path
) -> None:
    bill = tmp_path / "koli.jpg"
    bill.write_bytes(b"%PDF-1.7 a bill by another name")
    photo = open_item(page, item)
    photo.take_file(bill)
    qtbot.waitUntil(photo.banner.isVisible)

    assert "not a picture" in photo.banner.sentence.text()
    assert kept(runner, item) == b""


def test_the_camera_is_on_only_while_it_is_aimed(
    page: PostPage, runner: Runner, qtbot: QtBot, item: MailItem, eyes: list[Eye]
) -> None:
    photo = open_item(page, item)
    assert eyes == [], "looking at an item switches no camera on"
    photo.take.click()
    assert eyes[0].is_on
    assert not photo.shoot.isEnabled()
    seen = QImage(640, 480, QImage.Format.Format_Grayscale8)
    seen.fill(QColor("#808080"))
    eyes[0].seen.emit(seen)
    photo.shoot.click()
    assert not eyes[0].is_on
    qtbot.waitUntil(photo.photograph.isVisible)
    assert kept(runner, item)[:2] == b"\xff\xd8"

    photo.take.click()
    photo.stop.click()
    assert not eyes[1].is_on
    photo.take.click()
    page.hide()
    assert not eyes[2].is_on


@pytest.mark.usefixtures("no_camera")
def test_a_picture_is_removed_and_brought_back(
    page: PostPage, runner: Runner, qtbot: QtBot, item: MailItem, tmp_path: Path
) -> None:
    photo = open_item(page, item)
    photo.take_file(a_picture(tmp_path / "koli.png"))
    qtbot.waitUntil(photo.photograph.isVisible)
    said: list[Notice] = []
    runner.notice.connect(said.append)
    photo.remove.click()
    settle()
    assert not photo.photograph.isVisible()
    assert said[-1].undo is not None
    runner.now(said[-1].undo)
    settle()
    assert photo.photograph.isVisible()


@pytest.mark.usefixtures("no_camera")
def test_what_left_the_desk_shows_its_picture_and_takes_no_other(
    page: PostPage, runner: Runner, qtbot: QtBot, item: MailItem, tmp_path: Path
) -> None:
    picture = mail_photos.from_file(a_picture(tmp_path / "koli.png"))
    with runner.database.begin() as session:
        mail_photos.keep(session, item.id, picture, at=TUESDAY)
        mail_ends.give_up(session, [item.id], at=TUESDAY)
    photo = open_item(page, item)

    assert photo.photograph.isVisible()
    assert not photo.choose.isVisible()
