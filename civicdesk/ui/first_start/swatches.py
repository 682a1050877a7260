"""The colours a room may have."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QButtonGroup, QHBoxLayout, QSizePolicy, QWidget

from civicdesk.text import N_, _
from civicdesk.ui.theme.now import current, roomy
from civicdesk.ui.widgets.themed import Themed, named

_NAMES = {
    "#0B6E7F": N_("Teal"),
    "#6B4FBB": N_("Violet"),
    "#2761C7": N_("Blue"),
    "#1B7F4F": N_("Green"),
    "#8A5A10": N_("Brown"),
    "#B3261E": N_("Red"),
    "#566970": N_("Grey"),
}
COLOURS = tuple(_NAMES)


class Swatches(Themed, QWidget):
    """A round for each colour; the one taken has a ring."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._group = QButtonGroup(self)
        self._rounds = {colour: Swatch(colour, name=f"{name}_{at}") for at, colour in enumerate(COLOURS)}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        for swatch in self._rounds.values():
            self._group.addButton(swatch)
            row.addWidget(swatch)
        self.set_value(COLOURS[0])
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def value(self) -> str:
        """The colour taken."""
        return next(colour for colour, swatch in self._rounds.items() if swatch.isChecked())

    def set_value(self, colour: str) -> None:
        """Take this colour, or the first for one that is not offered."""
        self._rounds.get(colour, self._rounds[COLOURS[0]]).setChecked(True)


class Swatch(Themed, QAbstractButton):
    """One colour to take."""

    def __init__(self, colour: str, *, name: str) -> None:
        super().__init__()
        self._colour = colour
        self.setCheckable(True)
        self.setObjectName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.retranslate()

    def retranslate(self) -> None:
        named(self, self.objectName(), _(_NAMES[self._colour]))
        self.setToolTip(self.accessibleName())

    def sizeHint(self) -> QSize:
        return QSize(roomy(44), roomy(44))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self.isChecked() or self.property("ring"):
            painter.setPen(QPen(QColor(current().ink if self.isChecked() else current().primary), 2))
            painter.drawEllipse(ground)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colour))
        painter.drawEllipse(ground.adjusted(5, 5, -5, -5))


class Dot(Themed, QWidget):
    """The colour of a room beside its name."""

    def __init__(self, colour: str) -> None:
        super().__init__()
        self._colour = colour
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def sizeHint(self) -> QSize:
        return QSize(roomy(18), roomy(18))

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(self._colour))
        painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))
