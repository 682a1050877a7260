"""What the lists that paint their lines themselves have in common."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen

from civicdesk.ui.theme.now import current

START = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
END = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing


def paint_words(
    painter: QPainter, room: QRect, words: str, font: QFont, ink: str, *, where: Qt.AlignmentFlag = START
) -> int:
    """Write one line, ending in … when there is no room; returns how wide it is."""
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(room, int(where) | int(Qt.TextFlag.TextSingleLine), shown)
    return metrics.horizontalAdvance(shown)


def paint_focus(painter: QPainter, box: QRect) -> None:
    """The ring around the line at which the keys are."""
    painter.setPen(QPen(QColor(current().primary), 2))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawRoundedRect(QRectF(box).adjusted(2, 2, -2, -2), 10, 10)
