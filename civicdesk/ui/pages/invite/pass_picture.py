"""The pass as it will be printed or sent."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from civicdesk.printing.picture import Picture, page_image
from civicdesk.printing.visitor_pass import SIZE
from civicdesk.text import _
from civicdesk.ui.page_picture import image_of
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.themed import Themed

_DPI = 144


class PassPicture(Themed, QWidget):
    """Draws the very PDF that goes on paper, off the screen's thread."""

    drawn = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._wanted = b""
        self.picture = QPixmap()
        self.setObjectName("pass_picture")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_pass(self, pdf: bytes, name: str) -> None:
        """Show the pass of this visitor."""
        self._wanted = pdf
        self.setAccessibleName(_("Pass of {name}").format(name=name))
        self._runner.background(
            lambda: page_image(pdf, _DPI), lambda picture: self._show(pdf, picture), owner=self
        )

    def sizeHint(self) -> QSize:
        return QSize(roomy(300), roomy(423))

    def minimumSizeHint(self) -> QSize:
        return QSize(roomy(120), roomy(169))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        sheet = self._sheet()
        painter.setPen(QPen(QColor(current().line), 1))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(sheet, 10, 10)
        if not self.picture.isNull():
            painter.drawPixmap(sheet.adjusted(4, 4, -4, -4), self.picture, QRectF(self.picture.rect()))

    def _sheet(self) -> QRectF:
        """The card, as large as there is room for, in the middle."""
        room = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        scale = min(room.width() / SIZE[0], room.height() / SIZE[1])
        sheet = QRectF(0, 0, SIZE[0] * scale, SIZE[1] * scale)
        sheet.moveCenter(room.center())
        return sheet

    def _show(self, pdf: bytes, picture: Picture) -> None:
        if pdf is not self._wanted:
            return  # another pass was asked for meanwhile
        self.picture = QPixmap.fromImage(image_of(picture))
        self.update()
        self.drawn.emit()
