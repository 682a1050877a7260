"""A row or tile that is pressed as a whole."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QStyle, QStyleOption

from civicdesk.ui.widgets.themed import Themed


class Pressable(Themed, QAbstractButton):
    """Holds other widgets and is one button; with `opens` off it is only a ground to stand on."""

    def __init__(self, kind: str, *, opens: bool) -> None:
        super().__init__()
        self.setProperty("kind", kind)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.set_opens(opens)

    def set_opens(self, opens: bool) -> None:
        """Whether pressing does something."""
        self._opens = opens
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if opens else Qt.FocusPolicy.NoFocus)

    def hitButton(self, at: object) -> bool:  # noqa: N802
        return self._opens

    def paintEvent(self, event: QPaintEvent) -> None:
        option, painter = QStyleOption(), QPainter(self)
        option.initFrom(self)
        if self.isDown():
            option.state |= QStyle.StateFlag.State_Sunken
        if self.isChecked():
            option.state |= QStyle.StateFlag.State_On
        self.style().drawPrimitive(QStyle.PrimitiveElement.PE_Widget, option, painter, self)
