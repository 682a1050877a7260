"""The badge as it will be printed, while the clerk still types."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap, QResizeEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from civicdesk.printing.badge import BadgeFace, BadgeSize, badge_mm, badge_pdf
from civicdesk.printing.picture import Picture, page_image
from civicdesk.text import _
from civicdesk.ui.page_picture import image_of
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.themed import Themed

PAUSE_MS = 60
_INCH = 25.4


class BadgePicture(Themed, QWidget):
    """Draws the very PDF that goes on paper, a moment after the last key, and never while a key is answered.

    Off the screen's thread, for a long list that is just being printed holds the drawing up.
    """

    drawn = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._face: Callable[[], tuple[BadgeFace, BadgeSize] | None] = lambda: None
        self._sides: tuple[float, float] = BadgeSize.LABEL.value
        self._picture = QPixmap()
        self._is_drawing = self._is_late = False
        self.face: BadgeFace | None = None
        self._pause = QTimer(self, singleShot=True)
        self._pause.setInterval(
            PAUSE_MS
        )  # `interval=` fails in a Turkish locale: Qt looks for a setter with İ
        self._pause.timeout.connect(self._draw)
        self.setObjectName("badge_picture")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setMinimumHeight(roomy(120))

    def ask(self, face: Callable[[], tuple[BadgeFace, BadgeSize] | None]) -> None:
        """Where to learn what stands on the badge."""
        self._face = face

    def redraw(self) -> None:
        """Something on the badge has changed; draw it when the keys rest."""
        self._pause.start()

    def sizeHint(self) -> QSize:
        return QSize(roomy(120), roomy(190))

    def retranslate(self) -> None:
        self._name_it()
        self.redraw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.redraw()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = self._sheet()
        painter.setPen(QPen(QColor(current().line), 1))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(sheet, 10, 10)
        if not self._picture.isNull():
            painter.drawPixmap(sheet.adjusted(3, 3, -3, -3), self._picture, QRectF(self._picture.rect()))

    def _sheet(self) -> QRectF:
        """The paper, as large as there is room for, in the middle."""
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        sheet = QRectF(
            QPointF(), QSizeF(*self._sides).scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        )
        sheet.moveCenter(room.center())
        return sheet

    def _draw(self) -> None:
        """One at a time: what changes meanwhile is drawn in one go afterwards."""
        wanted = self._face()
        if wanted is None or not self.isVisible():
            return
        if self._is_drawing:
            self._is_late = True
            return
        self._is_drawing, self._is_late = True, False
        self.face, size = wanted
        face, pixels = self.face, QSizeF(self.size()) * self.devicePixelRatioF()
        self._runner.background(lambda: _pictured(face, size, pixels), self._show, owner=self)

    def _show(self, drawn: tuple[Picture, tuple[float, float]]) -> None:
        picture, self._sides = drawn
        self._picture = QPixmap.fromImage(image_of(picture))
        self._is_drawing = False
        self._name_it()
        self.update()
        self.drawn.emit()
        if self._is_late:
            self.redraw()

    def _name_it(self) -> None:
        if self.face:
            self.setAccessibleName(
                _("Badge no. {number}: {name}").format(number=self.face.number, name=self.face.name)
            )


def _pictured(face: BadgeFace, size: BadgeSize, pixels: QSizeF) -> tuple[Picture, tuple[float, float]]:
    """The badge as finely as it is shown, and how large its paper is. A badge of a sheet is drawn as its label."""
    size = BadgeSize.LABEL if size is BadgeSize.A4_SHEET else size
    wide, high = badge_mm(face, size)
    dpi = max(60.0, min(pixels.width() / wide, pixels.height() / high) * _INCH)
    return page_image(badge_pdf(face, size), dpi), (wide, high)
