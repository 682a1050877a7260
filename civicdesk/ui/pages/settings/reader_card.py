"""The test card on the screen, to hold a reader in front of."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QSizePolicy, QWidget

from civicdesk import codes
from civicdesk.printing.picture import Picture, page_image
from civicdesk.printing.test_card import SIZE, test_card_pdf
from civicdesk.text import _
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.themed import Themed, named

_DPI = 200


class CardPicture(Themed, QWidget):
    """The test card as it would be printed, on white paper in every theme, so that readers read it."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.code = codes.make(codes.Kind.TEST_CARD)
        self._picture = QPixmap()
        named(self, "reader_test_card", "")
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        self.setAccessibleName(_("Test card with a QR code"))
        code = self.code
        self._runner.background(lambda: page_image(test_card_pdf(code), _DPI), self._show, owner=self)

    def sizeHint(self) -> QSize:
        wide = roomy(170)
        return QSize(wide, wide * SIZE[1] // SIZE[0])

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.SmoothPixmapTransform)
        sheet = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        painter.setPen(QPen(QColor(current().line), 1))
        painter.setBrush(QColor("#FFFFFF"))
        painter.drawRoundedRect(sheet, 10, 10)
        if not self._picture.isNull():
            painter.drawPixmap(sheet.adjusted(3, 3, -3, -3), self._picture, QRectF(self._picture.rect()))

    def _show(self, picture: Picture) -> None:
        stride = len(picture.pixels) // picture.height
        image = QImage(picture.pixels, picture.width, picture.height, stride, QImage.Format.Format_RGB32)
        self._picture = QPixmap.fromImage(image.copy())  # the copy outlives the bytes
        self.update()
