"""Everything codes come in from: the reader that types, readers on serial ports, the camera."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime
from typing import Any

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication

from civicdesk.settings import SerialReaderSettings, Settings
from civicdesk.ui.camera import Camera
from civicdesk.ui.pace import Pace
from civicdesk.ui.reading import ReaderState, Reading, State, Way
from civicdesk.ui.scanner import KeyboardScanner, Suffix
from civicdesk.ui.serial_reader import SerialReader

_REST_MS = 250


class Readers(QObject):
    """The readers of this desk; each scan comes with the name of the one that sent it.

    A reader that is stuck is heard no more until it is quiet; what it sent first still counts.
    """

    scanned = Signal(str, str, str)  # text, as it was sent, device
    read = Signal(object)  # Reading; also what was nearly a scan, while somebody sets up a reader
    changed = Signal()  # a reader came, went, or is in another state
    seen = Signal(object)  # QImage: what the camera sees

    def __init__(self, app: QGuiApplication, settings: Settings, at: Callable[[], datetime]) -> None:
        super().__init__()
        self._at = at
        self._settings = settings
        self.keyboard = KeyboardScanner(app, **_manners(settings))
        self.keyboard.read.connect(self._typed)
        self.keyboard.endless.connect(self._choke)
        self._pace = Pace()
        self._rest = QTimer(self)
        self._rest.setInterval(_REST_MS)
        self._rest.timeout.connect(self._look_whether_quiet)
        self._states: dict[tuple[Way, str], ReaderState] = {}
        self._serial: dict[SerialReaderSettings, SerialReader] = {}
        self._leaving: list[SerialReader] = []
        self.camera: Camera | None = None
        self._note(Way.KEYBOARD, "", State.WORKING)
        self._use_serial()
        # The camera is slow to import: the desk is shown first.
        QTimer.singleShot(0, self, self._use_camera)

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on; what did not change goes on undisturbed."""
        before, self._settings = self._settings, settings
        if _manners(settings) != _manners(before):
            self.keyboard.use(**_manners(settings))
        if settings.reader_prefix != before.reader_prefix:
            self._drop_serial(list(self._serial))
        self._use_serial()
        self._use_camera()

    def watch_near_misses(self, is_watched: bool) -> None:
        """Tell also of what was nearly a scan."""
        self.keyboard.watch_near_misses(is_watched)

    def states(self) -> list[ReaderState]:
        """How each reader is, in the order of their settings."""
        return list(self._states.values())

    def stop(self) -> None:
        """Let go of every reader, without waiting for any."""
        self._rest.stop()
        self.keyboard.stop()
        self._drop_serial(list(self._serial))
        self._drop_camera()

    def _use_serial(self) -> None:
        wanted = self._settings.serial_readers
        dropped = self._drop_serial([each for each in self._serial if each not in wanted])
        for each in wanted:
            if each not in self._serial:
                self._add_serial(each, dropped.get(each.port))

    def _add_serial(self, wanted: SerialReaderSettings, before: SerialReader | None) -> None:
        reader = SerialReader(wanted.port, wanted.baud, self._settings.reader_prefix)
        reader.read.connect(self._tell)
        reader.state_changed.connect(lambda state: self._note_serial(wanted, reader, state))
        self._serial[wanted] = reader
        self._note(Way.SERIAL, wanted.port, State.OPENING)
        reader.start(before or self._last_on(wanted.port))

    def _note_serial(self, wanted: SerialReaderSettings, reader: SerialReader, state: State) -> None:
        if self._serial.get(wanted) is reader:
            self._note(Way.SERIAL, wanted.port, state)

    def _last_on(self, port: str) -> SerialReader | None:
        """Who lets go of the port just now."""
        self._leaving = [reader for reader in self._leaving if not reader.wait(0)]
        return next((reader for reader in reversed(self._leaving) if reader.port == port), None)

    def _drop_serial(self, unwanted: list[SerialReaderSettings]) -> dict[str, SerialReader]:
        dropped = {}
        for each in unwanted:
            reader = self._serial.pop(each)
            reader.read.disconnect()
            reader.state_changed.disconnect()
            reader.stop()
            # It is held here until its thread is over: Qt wants an object to end where it began.
            self._leaving.append(reader)
            dropped[each.port] = reader
            self._forget(Way.SERIAL, each.port)
        return dropped

    def _use_camera(self) -> None:
        key = self._settings.camera
        if self.camera is not None and self.camera.key == key:
            return
        self._drop_camera()
        if key:
            self.camera = camera = Camera(key)
            camera.read.connect(self._tell)
            camera.seen.connect(self.seen)
            camera.state_changed.connect(lambda state: self._note(Way.CAMERA, key, state))
            self._note(Way.CAMERA, key, State.OPENING)
            camera.start()

    def _drop_camera(self) -> None:
        if self.camera is not None:
            self.camera.stop()
            self._forget(Way.CAMERA, self.camera.key)
            self.camera = None

    def _typed(self, reading: Reading) -> None:
        if reading.is_missed:
            self.read.emit(reading)
        elif self._pace.lets(reading.text, time.monotonic()):
            self._tell(reading)
        else:
            self._note_stuck()

    def _choke(self) -> None:
        self._pace.choke(time.monotonic())
        self._note_stuck()

    def _note_stuck(self) -> None:
        self._note(Way.KEYBOARD, "", State.STUCK)
        self._rest.start()

    def _look_whether_quiet(self) -> None:
        self._pace.rest(time.monotonic())
        if not self._pace.is_stuck:
            self._rest.stop()
            self._note(Way.KEYBOARD, "", State.WORKING)

    def _tell(self, reading: Reading) -> None:
        self.read.emit(reading)
        self.scanned.emit(reading.text, reading.raw, reading.device)

    def _note(self, way: Way, name: str, state: State) -> None:
        known = self._states.get((way, name))
        if known is None or known.state is not state:
            self._states[way, name] = ReaderState(way, name, state, self._at())
            self.changed.emit()

    def _forget(self, way: Way, name: str) -> None:
        if self._states.pop((way, name), None):
            self.changed.emit()


def _manners(settings: Settings) -> dict[str, Any]:
    """How a reader that types is told from a person."""
    return {
        "gap_ms": settings.reader_gap_ms,
        "min_length": settings.reader_least,
        "prefix": settings.reader_prefix,
        "suffix": Suffix(settings.reader_suffix),
    }
