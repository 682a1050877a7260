"""A box to tick, large enough for a finger."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.themed import Themed, named

_SIDE = 30


class Tick(Themed, QAbstractButton):
    """Ticked or not."""

    def __init__(self, spoken: str, *, name: str) -> None:
        super().__init__()
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        named(self, name, spoken)

    def sizeHint(self) -> QSize:
        return QSize(roomy(44), roomy(44))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = roomy(_SIDE)
        spot = QRectF(0, 0, side, side)
        spot.moveCenter(QRectF(self.rect()).center())
        on = self.isChecked()
        painter.setPen(QPen(QColor(theme.primary if on else theme.edge), 2))
        painter.setBrush(QColor(theme.primary if on else theme.surface))
        painter.drawRoundedRect(spot.adjusted(1, 1, -1, -1), 8, 8)
        if on:
            size = side * 5 // 8
            at = spot.center().toPoint()
            painter.drawPixmap(
                at.x() - size // 2, at.y() - size // 2, pixmap("check", theme.on_primary, size)
            )
        if self.property("ring"):
            painter.setPen(QPen(QColor(theme.ink), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), 10, 10)
