"""What every widget of ours shares that paints or draws icons for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    _Base = QWidget
else:
    _Base = object


class Themed(_Base):
    """Dresses again when the theme or the text size changes, and speaks again when the language does."""

    def dress(self) -> None:
        """Take colours, icons and sizes from the theme worn now."""

    def retranslate(self) -> None:
        """Take the words from the language spoken now."""

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.dress()
            self.updateGeometry()
            self.update()
        elif event.type() == QEvent.Type.LanguageChange:
            self.retranslate()


def named(widget: QWidget, name: str, spoken: str) -> None:
    """Give a control its stable name for tools and its spoken name for screen readers."""
    widget.setObjectName(name)
    widget.setAccessibleName(spoken)
