"""A person's initials in a round."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from civicdesk.text import initials
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.themed import Themed


class Avatar(Themed, QWidget):
    """Whom a row is about, where other programs would show a photograph; the desk keeps none."""

    def __init__(self, person: str = "", *, size: int = 44) -> None:
        super().__init__()
        self._person, self._size = person, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.show_person(person)

    def show_person(self, person: str) -> None:
        """Show somebody else."""
        self._person = person
        self.setAccessibleName(person)
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(roomy(self._size), roomy(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = current()
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(QColor(theme.primary if theme.pill_edge else theme.primary_soft), 1))
        painter.setBrush(QColor(theme.primary_soft))
        painter.drawEllipse(QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5))
        font = desk_font(15, QFont.Weight.Bold)
        font.setPixelSize(round(self.width() * 0.36))
        painter.setFont(font)
        painter.setPen(QColor(theme.primary))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, initials(self._person))
