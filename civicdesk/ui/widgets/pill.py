"""A round coloured word: what kind of visit this is, or how it stands."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.themed import Themed


class Pill(Themed, ElidedLabel):
    """A word in its tone on a soft ground, with an icon where colour alone would have to tell it."""

    def __init__(self, words: str, tone: str = "", icon: str = "") -> None:
        super().__init__(words, "label")
        self.tone, self.icon = tone, icon
        self.dress()

    def show_as(self, words: str, tone: str, icon: str = "") -> None:
        """Say something else in another tone."""
        self.tone, self.icon = tone, icon
        self.setText(words)
        self.dress()
        self.update()

    def dress(self) -> None:
        left = roomy(11) + (scaled(16) + 6 if self.icon else 0)
        self.setContentsMargins(left, roomy(4), roomy(11), roomy(4))

    def minimumSizeHint(self) -> QSize:
        return super().minimumSizeHint().expandedTo(QSize(min(self.sizeHint().width(), scaled(90)), 0))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        strong, soft = theme.tone(self.tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = strong if theme.pill_edge else soft if self.tone else theme.line
        painter.setPen(QPen(QColor(edge), 1))
        painter.setBrush(QColor(soft))
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.drawRoundedRect(ground, ground.height() / 2, ground.height() / 2)
        if self.icon:
            size = scaled(16)
            painter.drawPixmap(roomy(11), (self.height() - size) // 2, pixmap(self.icon, strong, size))
        painter.setPen(QColor(strong))
        flags = int(Qt.AlignmentFlag.AlignVCenter) | int(Qt.TextFlag.TextSingleLine)
        painter.drawText(self.contentsRect(), flags, self.shown())
