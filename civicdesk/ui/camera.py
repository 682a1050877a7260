"""The camera as a reader: looks for codes in its pictures, and keeps none of them.

Needs the extra `civicdesk[camera]`: QtMultimedia for the pictures, zxing-cpp for the codes. Both are imported when a
camera is first wanted; without them the desk works as before and says how to get them.
"""

from __future__ import annotations

import importlib.util
import logging
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QElapsedTimer, QLoggingCategory, QObject, QTimer, Signal
from PySide6.QtGui import QImage

from civicdesk.ui.reading import Reading, State, Way, bare
from civicdesk.ui.sight import Sight

if TYPE_CHECKING:
    from PySide6.QtMultimedia import QCamera, QMediaCaptureSession, QMediaDevices, QVideoFrame, QVideoSink

_log = logging.getLogger(__name__)

BETWEEN_MS = 80
"""Between two pictures that are looked at: twelve a second are enough to catch a badge, and leave the desk alone."""

NO_PICTURE_MS = 5_000
"""After so long without a picture the camera is taken by another program, or does not work."""

AGAIN_MS = 5_000
_QUIET = "qt.multimedia.symbolsresolver*=false\nqt.multimedia.ffmpeg*=false"


@dataclass(frozen=True)
class CameraChoice:
    """A camera of this computer, and the word for it."""

    key: str
    words: str


def is_installed() -> bool:
    """Whether the extra for cameras is there; nothing is imported."""
    parts = ("PySide6.QtMultimedia", "zxingcpp")
    return all(importlib.util.find_spec(part) is not None for part in parts)


def cameras() -> list[CameraChoice]:
    """The cameras of this computer. None where the extra is missing or cannot be loaded."""
    multimedia = _multimedia()
    if multimedia is None:
        return []
    found = multimedia.QMediaDevices.videoInputs()
    return [CameraChoice(_key(each), each.description() or _key(each)) for each in found]


class Camera(QObject):
    """Opens a camera and tells each code that comes into its picture; looks again when the camera is gone."""

    read = Signal(object)  # Reading
    state_changed = Signal(object)  # State
    seen = Signal(object)  # QImage in grey, for the viewfinder; it is shown and forgotten
    _looked = Signal(object, object)

    def __init__(self, key: str) -> None:
        super().__init__()
        self.key = key
        self.state = State.OPENING
        self.sink: QVideoSink | None = None
        self._camera: QCamera | None = None
        self._session: QMediaCaptureSession | None = None
        self._devices: QMediaDevices | None = None
        self._sight = Sight()
        self._eye = ThreadPoolExecutor(max_workers=1, thread_name_prefix="camera")
        self._is_busy = self._is_over = False
        self._since = QElapsedTimer()
        self._late, self._again = _timer(NO_PICTURE_MS, self._no_picture), _timer(AGAIN_MS, self._open)
        self._looked.connect(self._tell)

    def start(self) -> None:
        """Begin to look."""
        multimedia = _multimedia()
        if multimedia is None:
            self._become(State.MISSING)
            return
        self._devices = multimedia.QMediaDevices()
        self._devices.videoInputsChanged.connect(self._open)
        self.sink = multimedia.QVideoSink()
        self.sink.videoFrameChanged.connect(self._take)
        self._session = multimedia.QMediaCaptureSession()
        self._session.setVideoSink(self.sink)
        self._open()

    def stop(self) -> None:
        """Look no more; the light of the camera goes out."""
        if self._is_over:
            return
        self._is_over = True
        for timer in (self._late, self._again):
            timer.stop()
        self._let_go()
        if self.sink is not None:
            self.sink.videoFrameChanged.disconnect(self._take)
        if self._devices is not None:
            self._devices.videoInputsChanged.disconnect(self._open)
        # A hundredth of a second: what looks must not be the last that holds this, for Qt ends where it began.
        self._eye.shutdown(wait=True, cancel_futures=True)

    def _open(self) -> None:
        multimedia = _multimedia()
        if multimedia is None or self._session is None:
            return
        found = [each for each in multimedia.QMediaDevices.videoInputs() if _key(each) == self.key]
        if not found:
            self._let_go()
            self._late.stop()
            self._become(State.AWAY)
        elif self.state is not State.WORKING:
            self._let_go()
            self._camera = multimedia.QCamera(found[0])
            self._camera.errorOccurred.connect(self._in_trouble)
            self._session.setCamera(self._camera)
            self._late.start()
            self._camera.start()

    def _let_go(self) -> None:
        if self._camera is not None and self._session is not None:
            self._camera.stop()
            self._session.setCamera(None)  # type: ignore[arg-type]  # Qt takes none for “no camera”
            self._camera.deleteLater()
            self._camera = None

    def _in_trouble(self, _error: object, words: str) -> None:
        _log.warning("camera %s: %s", self.key, words)
        self._no_picture()

    def _no_picture(self) -> None:
        """Pictures stopped coming, or never came: another program has the camera, most likely."""
        self._late.stop()
        self._become(State.TAKEN)
        self._again.start()

    def _take(self, frame: QVideoFrame) -> None:
        """A picture came. Only the newest is looked at; what comes meanwhile is dropped."""
        if self._is_over or not frame.isValid():
            return
        self._become(State.WORKING)
        self._again.stop()
        if self._camera is not None:
            self._late.start()
        if self._is_busy or (self._since.isValid() and self._since.elapsed() < BETWEEN_MS):
            return
        self._is_busy = True
        self._since.start()
        self._eye.submit(self._look, frame)

    def _look(self, frame: QVideoFrame) -> None:
        """On the camera's own thread: find the codes in a picture."""
        picture, found = QImage(), []
        try:
            picture = grey(frame)
            found = codes_in(picture)
        except (ValueError, RuntimeError, BufferError) as trouble:
            _log.warning("camera %s: a picture could not be read: %s", self.key, trouble)
        finally:
            self._looked.emit(picture, found)

    def _tell(self, picture: QImage, found: list[str]) -> None:
        self._is_busy = False
        if self._is_over:
            return
        if not picture.isNull():
            self.seen.emit(picture)
        for raw in self._sight.look(found, time.monotonic()):
            if text := bare(raw):
                self.read.emit(Reading(text, raw, Way.CAMERA, self.key))

    def _become(self, state: State) -> None:
        if state is not self.state and not self._is_over:
            self.state = state
            self.state_changed.emit(state)


def codes_in(picture: QImage) -> list[str]:
    """The texts of the QR codes in a grey picture."""
    import zxingcpp  # noqa: PLC0415

    if picture.isNull():
        return []
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormats(zxingcpp.BarcodeFormat.QRCode))
    return [each.text for each in found if each.text]


def grey(frame: QVideoFrame) -> QImage:
    """The picture of a frame in shades of grey; an empty one where its form is not known.

    Most cameras send brightness apart from colour: it is taken as it is. Qt's own way to a picture would go through
    the graphics card, and from a thread of ours that is not to be relied on.
    """
    from PySide6.QtMultimedia import QVideoFrame  # noqa: PLC0415

    if not frame.map(QVideoFrame.MapMode.ReadOnly):
        return QImage()
    try:
        return _mapped(frame)
    finally:
        frame.unmap()


def _mapped(frame: QVideoFrame) -> QImage:
    from PySide6.QtMultimedia import QVideoFrameFormat  # noqa: PLC0415

    form, kind = QVideoFrameFormat.PixelFormat, frame.pixelFormat()
    bits, stride = bytes(frame.bits(0)), frame.bytesPerLine(0)
    colours = QVideoFrameFormat.imageFormatFromPixelFormat(kind)
    if kind == form.Format_Jpeg:
        return QImage.fromData(bits).convertToFormat(QImage.Format.Format_Grayscale8)
    if kind in (form.Format_YUYV, form.Format_UYVY):
        bits, stride = bits[int(kind == form.Format_UYVY) :: 2], stride // 2
        colours = QImage.Format.Format_Grayscale8
    elif kind in _brightness_first():
        colours = QImage.Format.Format_Grayscale8
    if colours == QImage.Format.Format_Invalid or len(bits) < stride * frame.height():
        return QImage()
    picture = QImage(bits, frame.width(), frame.height(), stride, colours)
    return picture.convertToFormat(QImage.Format.Format_Grayscale8).copy()


def _brightness_first() -> tuple[Any, ...]:
    from PySide6.QtMultimedia import QVideoFrameFormat  # noqa: PLC0415

    form = QVideoFrameFormat.PixelFormat
    return (
        form.Format_NV12,
        form.Format_NV21,
        form.Format_YUV420P,
        form.Format_YUV422P,
        form.Format_YV12,
        form.Format_IMC1,
        form.Format_Y8,
    )


def _timer(after_ms: int, then: Any) -> QTimer:  # noqa: ANN401  whatever Qt may call
    timer = QTimer()
    timer.setSingleShot(True)
    timer.setInterval(after_ms)
    timer.timeout.connect(then)
    return timer


def _key(device: Any) -> str:  # noqa: ANN401  a QCameraDevice
    return bytes(device.id().data()).decode(errors="replace")


def _multimedia() -> Any:  # noqa: ANN401  a module of Qt that may not be there
    """QtMultimedia, or None where it is missing or one of its system libraries is."""
    QLoggingCategory.setFilterRules(_QUIET)  # it warns of each video accelerator this computer does not have
    try:
        from PySide6 import QtMultimedia  # noqa: PLC0415
    except ImportError as trouble:
        _log.warning("no camera: %s", trouble)
        return None
    return QtMultimedia if is_installed() else None
