"""The reader on a serial port: heard on a thread of its own, looked for again when it was pulled out."""

from __future__ import annotations

import contextlib
import errno
import logging
import sys
import threading
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from civicdesk.ui.frames import PAUSE, Frame, Frames
from civicdesk.ui.pace import Pace
from civicdesk.ui.reading import Reading, State, Way, bare

if TYPE_CHECKING:
    from serial import Serial

_log = logging.getLogger(__name__)

SOONEST, LATEST = 0.25, 5.0
"""Seconds between two looks for a reader that is not there; longer each time."""

_CHUNK = 1_024
_BREATH, _LONG_BREATH = 0.02, 0.1
"""Seconds left to the desk after much came at once, and while a reader is stuck."""

_IN_USE = (errno.EBUSY, errno.EAGAIN)
_NOT_ALLOWED = (errno.EACCES, errno.EPERM)


class SerialReader(QObject):
    """Opens the port, cuts what comes into codes, and goes on trying for ever. Starts and stops without waiting."""

    read = Signal(object)  # Reading
    state_changed = Signal(object)  # State

    def __init__(self, port: str, baud: int = 9600, prefix: str = "") -> None:
        super().__init__()
        self.port, self.baud, self.prefix = port, baud, prefix
        self.state = State.OPENING
        self._frames, self._pace = Frames(), Pace()
        self._over = threading.Event()
        self._before: SerialReader | None = None
        self._line: Serial | None = None
        self._thread = threading.Thread(target=self._run, name=f"reader {port}", daemon=True)

    def start(self, before: SerialReader | None = None) -> None:
        """Begin to listen; `before` had the same port and lets go of it first."""
        self._before = before
        self._thread.start()

    def stop(self) -> None:
        """Listen no more. The port is let go of a moment later."""
        self._over.set()
        line = self._line
        if line is not None:
            with contextlib.suppress(OSError, AttributeError, TypeError):  # it may be closing just now
                line.cancel_read()

    def wait(self, seconds: float = 5.0) -> bool:
        """Wait until the port is let go of, and say whether it is."""
        self._thread.join(seconds)
        return not self._thread.is_alive()

    def _run(self) -> None:
        if self._before is not None:
            self._before.wait()
            self._before = None
        pause = SOONEST
        while not self._over.is_set():
            trouble = self._stay_on_the_line()
            if self.state in (State.WORKING, State.STUCK):
                pause = SOONEST
            self._tell(trouble)
            self._over.wait(pause)
            pause = min(2 * pause, LATEST)

    def _stay_on_the_line(self) -> State:
        """Open the port and listen until something is wrong with it, or all is over."""
        import serial  # noqa: PLC0415

        self._frames, self._pace = Frames(), Pace()
        try:
            with serial.Serial(self.port, self.baud, timeout=PAUSE, exclusive=True) as self._line:
                self._tell(State.WORKING)
                self._listen(self._line)
        except (OSError, ValueError) as error:
            if self.state in (State.WORKING, State.STUCK, State.OPENING):
                _log.warning("reader %s: %s", self.port, error)
            return trouble_of(error)
        finally:
            self._line = None
        return self.state

    def _listen(self, line: Serial) -> None:
        while not self._over.is_set():
            arrived = line.read(max(1, min(line.in_waiting, _CHUNK)))
            if arrived:
                self._take(arrived)
            elif not line.in_waiting:
                self._silence()
            if self._pace.is_stuck:
                self._over.wait(_LONG_BREATH)
            elif len(arrived) >= _CHUNK:
                self._over.wait(_BREATH)

    def _take(self, arrived: bytes) -> None:
        for frame in self._frames.feed(arrived):
            self._say(frame)
        if endless := self._frames.overflow():
            self._say(endless)
        if self._frames.is_endless:
            self._pace.choke(time.monotonic())
        self._tell(State.STUCK if self._pace.is_stuck else State.WORKING)

    def _silence(self) -> None:
        for frame in self._frames.pause():
            self._say(frame)
        if self._pace.rest(time.monotonic()):
            self._frames.forget()
            self._tell(State.WORKING)

    def _say(self, frame: Frame) -> None:
        text = bare(frame.raw, self.prefix)
        if text and self._pace.lets(text, time.monotonic()):
            has_prefix = bool(self.prefix) and self.prefix in frame.raw[: len(self.prefix) + 4]
            self.read.emit(
                Reading(text, frame.raw, Way.SERIAL, self.port, end=frame.end, has_prefix=has_prefix)
            )

    def _tell(self, state: State) -> None:
        if state is not self.state and not self._over.is_set():
            self.state = state
            self.state_changed.emit(state)


def trouble_of(error: OSError | ValueError) -> State:
    """What an error of a port means: gone, taken by another program, or not ours to open."""
    number = getattr(error, "errno", None)
    if number in _IN_USE:
        return State.TAKEN
    if sys.platform == "win32" and "PermissionError" in str(error):
        return State.TAKEN  # Windows says so of a port that is open elsewhere
    return State.FORBIDDEN if number in _NOT_ALLOWED else State.AWAY
