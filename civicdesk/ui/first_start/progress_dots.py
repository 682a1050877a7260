"""How far the set-up is."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from civicdesk.text import _
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.themed import Themed, named


class ProgressDots(Themed, QWidget):
    """A dot for each step; the one under way is long, those behind it are filled."""

    def __init__(self, steps: int, *, name: str) -> None:
        super().__init__()
        self._steps, self._at = steps, 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        named(self, name, "")

    def show_step(self, at: int) -> None:
        """The step under way, from 1."""
        self._at = at
        self.retranslate()
        self.update()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Step {step} of {steps}").format(step=self._at, steps=self._steps))

    def sizeHint(self) -> QSize:
        return QSize(roomy(22) * self._steps + roomy(22), roomy(12))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        size, x = roomy(12), 0
        for step in range(1, self._steps + 1):
            width = size * 2 + roomy(10) if step == self._at else size
            painter.setBrush(QColor(theme.primary if step <= self._at else theme.edge))
            painter.drawRoundedRect(QRectF(x, 0, width, size), size / 2, size / 2)
            x += width + roomy(10)
