"""How full something is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QProgressBar, QSizePolicy

from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.themed import Themed


class Meter(Themed, QProgressBar):
    """A bar of so many out of so many; more than there is room for fills it in the tone of trouble."""

    def __init__(self, *, name: str, tone: str = "primary", height: int = 10) -> None:
        super().__init__()
        self._tone, self._height = tone, height
        self.setObjectName(name)
        self.setTextVisible(False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, count: int, limit: int, *, tone: str = "primary", spoken: str = "") -> None:
        """Show `count` of `limit`."""
        self._tone = "bad" if limit and count > limit else tone
        self.setRange(0, max(1, limit))
        self.setValue(min(count, max(1, limit)))
        self.setAccessibleName(spoken or f"{count} / {limit}")
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(roomy(120), roomy(self._height))

    def minimumSizeHint(self) -> QSize:
        return QSize(roomy(40), roomy(self._height))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = whole.height() / 2
        painter.setPen(QPen(QColor(theme.line), 1))
        painter.setBrush(QColor(theme.canvas))
        painter.drawRoundedRect(whole, radius, radius)
        if not self.value():
            return
        share = self.value() / self.maximum()
        whole.setWidth(max(whole.height(), whole.width() * share))
        painter.setPen(QPen(QColor(theme.tone(self._tone)[0]), 1))
        painter.setBrush(QColor(theme.tone(self._tone)[0]))
        painter.drawRoundedRect(whole, radius, radius)
