"""Where a PIN is entered, by finger or on the keys."""

from __future__ import annotations

from PySide6.QtCore import QEasingCurve, QPoint, QPropertyAnimation, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from civicdesk.ui.theme.motion import may_move
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.number_pad import NumberPad, PinDots
from civicdesk.ui.widgets.themed import Themed

LONGEST = 12
_SHAKE_MS = 150
_SWINGS = ((0.2, -9), (0.4, 9), (0.6, -6), (0.8, 6))


class PinEntry(Themed, QWidget):
    """A sentence, dots and big digits. A PIN is looked at only when it is confirmed, so its length stays secret."""

    entered = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._digits, self._prompt = "", ""
        self.sentence = label("", "strong", wrap=True)
        self.sentence.setObjectName("pin_sentence")
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.sentence.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self.dots = PinDots(name="pin_dots")
        self.pad = NumberPad(name="pin_pad")
        self.pad.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._shake = self._swing()
        self._build()

    def _build(self) -> None:
        self._whole = QVBoxLayout(self)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.addWidget(self.sentence)
        self._whole.addWidget(self.dots, 0, Qt.AlignmentFlag.AlignHCenter)
        self._whole.addWidget(self.pad)
        self.pad.digit.connect(self._add)
        self.pad.erased.connect(self._erase)
        self.pad.entered.connect(self._enter)
        self.dress()

    def dress(self) -> None:
        self._whole.setSpacing(roomy(14))
        self.sentence.setMinimumHeight(roomy(24))

    def ask(self, prompt: str) -> None:
        """Begin anew, with this sentence."""
        self._prompt = prompt
        self._start_over()
        self._say(prompt, "")

    def refuse(self, sentence: str) -> None:
        """Say why the PIN did not do; the next digit begins anew."""
        filled, self._digits = len(self._digits), ""
        self.dots.show_filled(filled, wrong=True)
        self._say(sentence, "bad")
        QAccessible.updateAccessibility(QAccessibleEvent(self.sentence, QAccessible.Event.Alert))
        if may_move() and self.isVisible():
            self._shake_once()

    def bar(self, sentence: str) -> None:
        """Take no digits for now, and say until when."""
        self._start_over()
        self.pad.setEnabled(False)
        self._say(sentence, "bad")

    def _start_over(self) -> None:
        self._digits = ""
        self.pad.setEnabled(True)
        self.dots.show_filled(0)

    def _say(self, sentence: str, tone: str) -> None:
        self.sentence.setText(sentence)
        self.sentence.setAccessibleName(sentence)
        if self.sentence.property("tone") != tone:
            set_tone(self.sentence, tone)

    def _add(self, digit: str) -> None:
        if len(self._digits) < LONGEST:
            self._digits += digit
        self._show()

    def _erase(self) -> None:
        self._digits = self._digits[:-1]
        self._show()

    def _show(self) -> None:
        self.dots.show_filled(len(self._digits))
        self._say(self._prompt, "")

    def _enter(self) -> None:
        if self._digits:
            self.entered.emit(self._digits)

    def _swing(self) -> QPropertyAnimation:
        swing = QPropertyAnimation(self.dots, b"pos", self)
        swing.setDuration(_SHAKE_MS)
        swing.setEasingCurve(QEasingCurve.Type.InOutSine)
        return swing

    def _shake_once(self) -> None:
        self._shake.stop()
        self._whole.activate()
        rest = self.dots.pos()
        self._shake.setStartValue(rest)
        self._shake.setEndValue(rest)
        for moment, aside in _SWINGS:
            self._shake.setKeyValueAt(moment, rest + QPoint(aside, 0))
        self._shake.start()
