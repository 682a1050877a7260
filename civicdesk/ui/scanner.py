"""The reader that types: it looks like a keyboard, and its codes go to the desk, never into a text field.

A reader is told from a person by its rhythm alone, so it works from any screen and whatever has the focus.
Every key is held back until it is clear whose it is: a person's key waits `gap_ms` + 10 ms, then the field
gets it as if nothing had happened; a scan never reaches the field.

Two things follow. Programs that type for a person (text expanders, remote support) look like a reader if they
type eight letters and Enter, or twenty letters, without a pause of 35 ms. And a person who rolls several keys
within 35 ms of each other sees them when the roll is over.
"""

from __future__ import annotations

from enum import Enum, StrEnum, auto

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QWindow
from shiboken6 import isValid

from civicdesk.ui.near_miss import NearMiss
from civicdesk.ui.reading import LONGEST, Reading, Way, bare
from civicdesk.ui.us_keys import Mark, key_of, mark_of, us_character

UNENDED = 20
"""So many characters without a pause are a scan even if no Enter comes. Nobody types them, so pouring them
into whatever field has the focus can only do harm, and a whole code from a reader without Enter counts."""

GRACE_MS = 10
"""How long after the gap a burst is settled, and again, once, if the desk was busy just then."""

_CLOCK = 2**32
"""Window systems count milliseconds in 32 bits, and start again after 49 days."""


class Verdict(Enum):
    """What becomes of a key, or of all keys held back."""

    HOLD = auto()
    PASS = auto()
    SCAN = auto()


class Suffix(StrEnum):
    """What a reader sends after a code. Enter and Tab always end one; with NONE a pause does, too."""

    KEY = "key"
    NONE = "none"


class Rhythm:
    """Tells a reader from a person by when keys go down. Knows milliseconds and nothing of screens."""

    def __init__(self, gap_ms: int = 35, min_length: int = 8, suffix: Suffix = Suffix.KEY) -> None:
        self.gap_ms = gap_ms
        self.length = 0
        self.slowest_ms = 0
        self._min_length = min_length
        self._unended = min_length if suffix is Suffix.NONE else UNENDED
        self._last: int | None = None
        # Lines of a business card, CR and LF: what follows a scan without a pause is one, however short.
        self._runs_on = False

    def follows(self, at: int) -> bool:
        """Whether a key at this time belongs to the burst that is running."""
        return self._last is not None and (at - self._last) % _CLOCK <= self.gap_ms

    def judge(self, at: int, mark: Mark, *, repeated: bool = False) -> Verdict:
        """What is to become of a key that goes down now."""
        follows = self.follows(at)
        is_begun = follows and self.length > 0
        is_fast = follows and self._is_scan(self._min_length)
        if mark is Mark.END and is_fast:
            return Verdict.SCAN
        is_held = {
            # A key that is held down repeats as fast as a reader types, but with nothing before it.
            Mark.CHARACTER: is_begun or not repeated,
            Mark.SHIFT: is_begun,
            # Control characters stand inside parcel codes (Ctrl+] for a group separator).
            Mark.OTHER: is_fast,
            Mark.END: False,
        }
        return Verdict.HOLD if is_held[mark] else Verdict.PASS

    def hear(self, at: int, mark: Mark, *, repeated: bool = False) -> Verdict:
        """Take in a key that goes down. A burst it does not follow must be settled before."""
        verdict = self.judge(at, mark, repeated=repeated)
        is_begun = self._last is not None and self.follows(at)
        self.slowest_ms = max(self.slowest_ms, (at - (self._last or 0)) % _CLOCK) if is_begun else 0
        if verdict is not Verdict.HOLD or not self.follows(at):
            self._begin(runs_on=verdict is Verdict.SCAN)
        if verdict is not Verdict.PASS:
            self._last = at
        if verdict is Verdict.HOLD and mark is Mark.CHARACTER:
            self.length += 1
        return verdict

    def settle(self) -> Verdict:
        """What becomes of the keys held back, now that none followed in time."""
        verdict = Verdict.SCAN if self._is_scan(self._unended) else Verdict.PASS
        self._begin(runs_on=False)
        return verdict

    def _is_scan(self, enough: int) -> bool:
        return self._runs_on or self.length >= enough

    def _begin(self, *, runs_on: bool) -> None:
        self.length = 0
        self._last = None
        self._runs_on = runs_on


class KeyboardScanner(QObject):
    """Hears every key before any window does and says which of them were a code.

    `scanned` carries the text as a US reader meant it, whatever layout and Caps Lock the computer is set to,
    and the text as the computer understood it; `read` the same with how it came. `endless` says that keys come and
    come and no code ends.
    """

    scanned = Signal(str, str)
    read = Signal(object)  # Reading
    endless = Signal()

    def __init__(
        self,
        app: QGuiApplication,
        *,
        gap_ms: int = 35,
        min_length: int = 8,
        prefix: str = "",
        suffix: Suffix = Suffix.KEY,
    ) -> None:
        super().__init__(app)
        self._rhythm = Rhythm(gap_ms, min_length, suffix)
        self._prefix = prefix
        self._near = NearMiss(self)
        self._near.missed.connect(self.read)
        self._held: list[tuple[QWindow, QKeyEvent]] = []
        self._swallowed: set[int] = set()
        self._clock = QElapsedTimer()
        self._clock.start()
        self._since_key = QElapsedTimer()
        self._pause = QTimer(self, singleShot=True, timerType=Qt.TimerType.PreciseTimer)
        self._pause.timeout.connect(self._pause_over)
        for window in QGuiApplication.topLevelWindows():
            self._listen(window)
        self._focus = app.focusWindowChanged.connect(self._listen)

    def stop(self) -> None:
        """Let every key pass from now on."""
        QObject.disconnect(self._focus)
        for window in QGuiApplication.topLevelWindows():
            window.removeEventFilter(self)
        self._settle()

    def use(self, *, gap_ms: int, min_length: int, prefix: str = "", suffix: Suffix = Suffix.KEY) -> None:
        """Tell a reader from a person by these from now on."""
        self._settle()
        self._rhythm, self._prefix = Rhythm(gap_ms, min_length, suffix), prefix

    def watch_near_misses(self, is_watched: bool) -> None:
        """Tell also of what was nearly a scan, while somebody sets up a reader. Else nobody's typing is looked at."""
        self._near.is_watching = is_watched

    def _listen(self, window: QWindow | None) -> None:
        # Keys come to the window that has the focus. A filter on the whole application would hear every event of
        # every widget, and that alone made an answer come later by half.
        if window is not None:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Each key comes to the window first, and from there to the field.
        if event.type() not in _HEARD or not isinstance(watched, QWindow) or not isinstance(event, QKeyEvent):
            return False
        if not event.spontaneous():
            return False  # a key we gave back; only what comes from outside is looked at
        if event.type() == QEvent.Type.KeyRelease:
            return self._released(watched, event)
        if event.type() == QEvent.Type.KeyPress:
            return self._pressed(watched, event)
        return self._asked_for_shortcut(event)

    def _asked_for_shortcut(self, event: QKeyEvent) -> bool:
        # Asked before the key itself comes. A key to be held back is no shortcut yet; given back, it may be.
        verdict = self._rhythm.judge(self._at(event), mark_of(event), repeated=event.isAutoRepeat())
        event.setAccepted(verdict is not Verdict.PASS)
        return verdict is not Verdict.PASS

    def _pressed(self, window: QWindow, event: QKeyEvent) -> bool:
        at = self._at(event)
        self._swallowed.discard(key_of(event))
        if not self._rhythm.follows(at):
            self._settle()
        mark = mark_of(event)
        verdict = self._rhythm.hear(at, mark, repeated=event.isAutoRepeat())
        self._near.hear(at, mark, event, is_scan=verdict is Verdict.SCAN)
        if verdict is Verdict.HOLD:
            self._hold(window, event)
            self._wait()
        elif verdict is Verdict.SCAN:
            self._swallowed.add(key_of(event))
            self._wait()
            self._deliver("tab" if event.key() == Qt.Key.Key_Tab else "enter")
        else:
            self._give_back()
        return verdict is not Verdict.PASS

    def _released(self, window: QWindow, event: QKeyEvent) -> bool:
        if key_of(event) in self._swallowed:
            if not event.isAutoRepeat():
                self._swallowed.discard(key_of(event))
            return True
        if self._held:
            self._hold(window, event)
        return bool(self._held)

    def _at(self, event: QKeyEvent) -> int:
        # The window system's time is right even when the desk is late; without one, our own has to do.
        return event.timestamp() or self._clock.elapsed()

    def _hold(self, window: QWindow, event: QKeyEvent) -> None:
        if self._rhythm.length <= LONGEST:
            self._held.append((window, event.clone()))
        elif event.type() == QEvent.Type.KeyPress and self._rhythm.length % LONGEST == 1:
            self.endless.emit()

    def _wait(self) -> None:
        self._since_key.start()
        self._pause.start(self._rhythm.gap_ms + GRACE_MS)

    def _pause_over(self) -> None:
        # Keys may be waiting behind this timer: let them come in first, and longer so when the desk was busy.
        was_busy = self._since_key.elapsed() > self._rhythm.gap_ms + 2 * GRACE_MS
        QTimer.singleShot(GRACE_MS if was_busy else 0, self, self._settle_if_quiet)

    def _settle_if_quiet(self) -> None:
        if not self._pause.isActive():
            self._settle()

    def _settle(self) -> None:
        if self._rhythm.settle() is Verdict.SCAN:
            self._near.forget()
            self._deliver("")
        else:
            self._give_back()

    def _give_back(self) -> None:
        self._pause.stop()
        held, self._held = self._held, []
        for window, event in held:
            if isValid(window):
                QCoreApplication.sendEvent(window, event)

    def _deliver(self, end: str) -> None:
        held, self._held = self._held, []
        presses: list[QKeyEvent] = []
        ours: set[int] = set()
        for window, event in held:
            if event.type() == QEvent.Type.KeyPress:
                presses.append(event)
                ours.add(key_of(event))
                self._swallowed.add(key_of(event))
            elif key_of(event) in ours:
                self._swallowed.discard(key_of(event))
            elif isValid(window):
                QCoreApplication.sendEvent(window, event)  # its press went to the field before the scan began
        sent = "".join(map(us_character, presses))[:LONGEST]
        raw = "".join(event.text() for event in presses)[:LONGEST]
        if text := bare(sent, self._prefix):
            gap, has_prefix = self._rhythm.slowest_ms, bool(self._prefix) and sent.startswith(self._prefix)
            self.scanned.emit(text, raw)
            self.read.emit(
                Reading(text, raw, Way.KEYBOARD, sent=sent, gap_ms=gap, end=end, has_prefix=has_prefix)
            )


_HEARD = (QEvent.Type.KeyPress, QEvent.Type.KeyRelease, QEvent.Type.ShortcutOverride)
