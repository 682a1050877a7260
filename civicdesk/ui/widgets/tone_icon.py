"""An icon on a soft square or disc in its tone."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.themed import Themed


class ToneIcon(Themed, QWidget):
    """Says at a glance what a row or a figure is about; beside it there is always a word."""

    def __init__(self, icon: str, tone: str = "primary", *, size: int = 52, disc: bool = False) -> None:
        super().__init__()
        self.icon, self.tone, self.size_, self.disc = icon, tone, size, disc
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def show_as(self, icon: str, tone: str) -> None:
        """Show something else."""
        self.icon, self.tone = icon, tone
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(roomy(self.size_), roomy(self.size_))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        strong, soft = theme.tone(self.tone)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(strong if theme.pill_edge else soft), 1))
        painter.setBrush(QColor(soft))
        ground = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        radius = ground.height() / 2 if self.disc else ground.height() * 0.25
        painter.drawRoundedRect(ground, radius, radius)
        size = roomy(self.size_ // 2)
        at = (self.width() - size) // 2, (self.height() - size) // 2
        painter.drawPixmap(*at, pixmap(self.icon, strong, size))
