"""The camera, fed with pictures of badges."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QTransform
from PySide6.QtMultimedia import QVideoFrame, QVideoFrameFormat
from pytestqt.qtbot import QtBot

from civicdesk import codes
from civicdesk.printing.picture import page_image
from civicdesk.printing.test_card import test_card_pdf as card_pdf
from civicdesk.ui import camera as camera_module
from civicdesk.ui.camera import Camera, cameras, grey, is_installed
from civicdesk.ui.reading import Reading, State

CODE = codes.make(codes.Kind.BADGE, lambda _below: 20261122000142570006)
OTHER = codes.make(codes.Kind.BADGE, lambda _below: 20261122000142570007)
VIEW = QSize(1280, 720)
FORM = QVideoFrameFormat.PixelFormat


def card(code: str, height: int) -> QImage:
    """A printed card with a code on it."""
    drawn = page_image(card_pdf(code), 300)
    stride = len(drawn.pixels) // drawn.height
    image = QImage(drawn.pixels, drawn.width, drawn.height, stride, QImage.Format.Format_RGB32).copy()
    return image.scaledToHeight(height, Qt.TransformationMode.SmoothTransformation)


def view(*cards: QImage, angle: float = 0.0) -> QImage:
    """What the camera sees: cards before a wall, held at an angle."""
    picture = QImage(VIEW, QImage.Format.Format_RGB32)
    picture.fill(QColor("#8A8F94"))
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
    for at, each in enumerate(cards):
        turned = each.transformed(QTransform().rotate(angle), Qt.TransformationMode.SmoothTransformation)
        middle = QPoint(VIEW.width() * (at + 1) // (len(cards) + 1), VIEW.height() // 2)
        painter.drawImage(middle - turned.rect().center(), turned)
    painter.end()
    return picture


class Eye:
    """A camera without a lens: pictures go straight to its sink."""

    def __init__(self, camera: Camera, qtbot: QtBot) -> None:
        self.camera, self._qtbot = camera, qtbot
        self.readings: list[Reading] = []
        camera.read.connect(self.readings.append)
        camera._since.invalidate()

    def show(self, picture: QImage | QVideoFrame) -> None:
        """Hold something before the camera and wait until it was looked at."""
        self.camera._since.invalidate()
        with self._qtbot.waitSignal(self.camera._looked):
            self.feed(picture)

    def feed(self, picture: QImage | QVideoFrame) -> None:
        assert self.camera.sink is not None
        frame = picture if isinstance(picture, QVideoFrame) else QVideoFrame(picture)
        self.camera.sink.setVideoFrame(frame)

    @property
    def texts(self) -> list[str]:
        return [reading.text for reading in self.readings]


@pytest.fixture
def eye(qtbot: QtBot) -> Iterator[Eye]:
    camera = Camera("/dev/video0")
    camera.start()
    yield Eye(camera, qtbot)
    camera.stop()


@pytest.mark.parametrize("angle", [0, 12, 37, 90, 180, 250])
@pytest.mark.parametrize("height", [180, 320, 600])
def test_a_badge_is_read_near_and_far_and_at_any_angle(eye: Eye, height: int, angle: int) -> None:
    eye.show(view(card(CODE, height), angle=angle))

    assert eye.texts == [CODE]
    assert eye.readings[0].device == "camera /dev/video0"


def test_a_badge_that_stays_in_the_picture_is_one_scan(eye: Eye) -> None:
    for _again in range(5):
        eye.show(view(card(CODE, 320)))

    assert eye.texts == [CODE]


def test_it_counts_again_when_it_was_away_for_two_seconds(eye: Eye, monkeypatch: pytest.MonkeyPatch) -> None:
    now = [100.0]
    monkeypatch.setattr(camera_module.time, "monotonic", lambda: now[0])
    for seconds in (0, 1.5, 3.0, 5.5):
        now[0] = 100 + seconds
        eye.show(view(card(CODE, 320)))

    assert eye.texts == [CODE, CODE]


def test_two_badges_in_one_picture_are_both_read(eye: Eye) -> None:
    eye.show(view(card(CODE, 320), card(OTHER, 320)))

    assert sorted(eye.texts) == sorted([CODE, OTHER])


def test_a_wall_is_no_code(eye: Eye) -> None:
    eye.show(view())

    assert eye.texts == []


def test_what_comes_while_a_picture_is_looked_at_is_dropped(
    eye: Eye, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks: list[object] = []
    monkeypatch.setattr(camera_module, "grey", lambda frame: (looks.append(frame), grey(frame))[1])
    picture = view(card(CODE, 320))
    with qtbot.waitSignal(eye.camera.read):
        for _again in range(50):
            eye.feed(picture)

    assert len(looks) == 1


def _brightness(picture: QImage, kind: FORM) -> QVideoFrame:
    """The picture as cameras send it: brightness first, or between the colours."""
    pale = picture.convertToFormat(QImage.Format.Format_Grayscale8)
    frame = QVideoFrame(QVideoFrameFormat(pale.size(), kind))
    assert frame.map(QVideoFrame.MapMode.WriteOnly)
    bits, stride = frame.bits(0), frame.bytesPerLine(0)
    step, first = {FORM.Format_YUYV: (2, 0), FORM.Format_UYVY: (2, 1)}.get(kind, (1, 0))
    for y in range(pale.height()):
        row = bytes(pale.constScanLine(y))[: pale.width()]
        bits[y * stride + first : y * stride + first + step * len(row) : step] = row
    frame.unmap()
    return frame


@pytest.mark.parametrize("kind", [FORM.Format_YUYV, FORM.Format_UYVY, FORM.Format_NV12, FORM.Format_YUV420P])
def test_every_usual_camera_is_understood(eye: Eye, kind: FORM) -> None:
    frame = _brightness(view(card(CODE, 320)), kind)
    eye.show(frame)

    assert eye.texts == [CODE]


def test_an_empty_picture_does_no_harm(eye: Eye) -> None:
    assert grey(QVideoFrame(QVideoFrameFormat(QSize(0, 0), FORM.Format_NV12))).isNull()
    eye.feed(QVideoFrame())

    assert eye.texts == []


def test_a_camera_that_is_not_there_is_away_and_works_once_pictures_come(eye: Eye, qtbot: QtBot) -> None:
    assert eye.camera.state is State.AWAY
    with qtbot.waitSignal(eye.camera.state_changed) as changed:
        eye.feed(view())

    assert changed.args == [State.WORKING]


def test_a_camera_that_gives_no_picture_is_taken_and_is_tried_again(eye: Eye) -> None:
    eye.camera._in_trouble(None, "device is busy")

    assert eye.camera.state is State.TAKEN
    assert eye.camera._again.isActive()


def test_the_picture_goes_to_the_viewfinder_and_nowhere_else(
    eye: Eye, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written: list[object] = []
    monkeypatch.setattr(QImage, "save", lambda *_to: written.append(_to), raising=False)
    with qtbot.waitSignal(eye.camera.seen) as seen:
        eye.feed(view(card(CODE, 320)))

    assert seen.args is not None
    assert seen.args[0].size() == VIEW
    assert written == []


def test_after_the_end_no_picture_is_looked_at(eye: Eye) -> None:
    eye.camera.stop()
    eye.feed(view(card(CODE, 320)))
    eye.camera._take(QVideoFrame(view(card(CODE, 320))))

    assert eye.texts == []


def test_without_the_extra_the_camera_says_it_is_missing(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "PySide6.QtMultimedia", None)
    monkeypatch.setattr(camera_module.importlib.util, "find_spec", _find_none)
    camera = Camera("/dev/video0")
    states: list[State] = []
    camera.state_changed.connect(states.append)
    camera.start()

    assert states == [State.MISSING]
    assert not is_installed()
    assert cameras() == []
    camera.stop()


_find_none: Callable[[str], None] = lambda _name: None  # noqa: E731
