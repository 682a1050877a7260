"""The letters of a timeline, and one line of them."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter

from civicdesk.ui.theme.letters import desk_font

LEFT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft) | int(Qt.TextFlag.TextSingleLine)
RIGHT = int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight) | int(Qt.TextFlag.TextSingleLine)
MIDDLE = int(Qt.AlignmentFlag.AlignCenter) | int(Qt.TextFlag.TextSingleLine)
LEAST = 14
"""Pixels below which nothing can be written."""

_SEMI = QFont.Weight.DemiBold


class Letters:
    """The letters of one text size, made once: making a font takes longer than writing with it."""

    def __init__(self) -> None:
        self.title, self.second, self.count = desk_font(14, _SEMI), desk_font(12), desk_font(14)
        self.room, self.hour, self.small = desk_font(15, _SEMI), desk_font(13), desk_font(11, _SEMI)
        self.narrow = desk_font(12, _SEMI)
        self.of_narrow = QFontMetrics(self.narrow)
        self.of_title, self.of_second = QFontMetrics(self.title), QFontMetrics(self.second)
        self.of_room, self.of_hour, self.of_count = (
            QFontMetrics(self.room),
            QFontMetrics(self.hour),
            QFontMetrics(self.count),
        )


def write(  # noqa: PLR0917  written in every second line of the painters
    painter: QPainter, room: QRectF, words: str, font: QFont, ink: str, where: int = LEFT
) -> None:
    """One line in its room, ending in … if it is too long."""
    if room.width() < LEAST:
        return
    shown = words
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance(words) > room.width():
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, int(room.width()))
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(room, where, shown)
