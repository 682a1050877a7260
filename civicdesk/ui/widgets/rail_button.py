"""A way to another screen, in the rail on the left."""

from __future__ import annotations

from PySide6.QtCore import QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.themed import Themed, named


class RailButton(Themed, QAbstractButton):
    """An icon over a word; the screen shown now is checked."""

    def __init__(self, icon: str, words: str, *, name: str) -> None:
        super().__init__()
        self._icon = icon
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Maximum)
        named(self, name, words)
        self.setText(words)

    def setText(self, words: str) -> None:
        super().setText(words)
        self.setAccessibleName(words)
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        width = max(roomy(80), self._letters_width() + 12)
        return QSize(width, roomy(38) + scaled(28))

    def minimumSizeHint(self) -> QSize:
        """Lower where the screen is: every way is to be seen."""
        return QSize(self.sizeHint().width(), roomy(26) + scaled(28))

    def _letters_width(self) -> int:
        self.setFont(desk_font(13, QFont.Weight.DemiBold))
        return self.fontMetrics().horizontalAdvance(self.text())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, painter = current(), QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_ground(painter)
        ink = theme.rail_selected_ink if self.isChecked() else theme.rail_ink
        size, gap = scaled(24), roomy(6)
        painter.setFont(desk_font(13, QFont.Weight.DemiBold if self.isChecked() else QFont.Weight.Medium))
        line = painter.fontMetrics().height()
        top = (self.height() - size - gap - line) // 2
        painter.drawPixmap((self.width() - size) // 2, top, pixmap(self._icon, ink, size))
        painter.setPen(QColor(ink))
        words = painter.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width() - 4)
        painter.drawText(QRect(0, top + size + gap, self.width(), line), Qt.AlignmentFlag.AlignCenter, words)

    def _paint_ground(self, painter: QPainter) -> None:
        theme = current()
        ground = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        painter.setPen(QPen(QColor(theme.rail_ink), 3) if self.property("ring") else Qt.PenStyle.NoPen)
        painter.setBrush(QColor(theme.rail_selected if self.isChecked() or self.isDown() else theme.rail))
        painter.drawRoundedRect(ground, 14, 14)
