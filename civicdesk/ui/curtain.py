"""What is seen while the desk opens, and when it cannot."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QLinearGradient, QPainter, QPaintEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

_TOP, _FOOT, _INK = "#0C3540", "#0B6E7F", "#FFFFFF"


class Curtain(QWidget):
    """Painted before anything is loaded, so it needs nothing but Qt: no theme, no font of ours, no icon."""

    painted = Signal()
    again_wanted = Signal()
    leave_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("curtain")
        self.setAccessibleName("CivicDesk")
        self._is_painted = False
        self.sentence = QLabel()
        self.sentence.setObjectName("curtain_sentence")
        self.sentence.setWordWrap(True)
        self.sentence.setStyleSheet(f"color: {_INK}; font-size: 20px; background: transparent;")
        self.again, self.leave = QPushButton(), QPushButton()
        row = QHBoxLayout()
        for button, name in ((self.again, "curtain_again"), (self.leave, "curtain_leave")):
            button.setObjectName(name)
            button.setMinimumSize(160, 56)
            button.hide()
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(64, 64, 64, 64)
        column.addStretch(3)
        column.addWidget(self.sentence)
        column.addSpacing(24)
        column.addLayout(row)
        column.addStretch(1)
        self.again.clicked.connect(self.again_wanted)
        self.leave.clicked.connect(self.leave_wanted)

    def tell(self, sentence: str, again: str = "", leave: str = "") -> None:
        """Say why the desk cannot open, and what to do; with buttons to try again or to leave."""
        self.sentence.setText(sentence)
        for button, words in ((self.again, again), (self.leave, leave)):
            button.setText(words)
            button.setVisible(bool(words))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        ground = QLinearGradient(0, 0, 0, self.height())
        ground.setColorAt(0, QColor(_TOP))
        ground.setColorAt(1, QColor(_FOOT))
        painter.fillRect(self.rect(), ground)
        painter.setPen(QColor(_INK))
        font = QFont(painter.font())
        font.setPixelSize(40)
        font.setBold(True)
        painter.setFont(font)
        painter.drawText(QRectF(64, 64, self.width() - 128, 64), Qt.AlignmentFlag.AlignVCenter, "CivicDesk")
        if not self._is_painted:
            self._is_painted = True
            self.painted.emit()
