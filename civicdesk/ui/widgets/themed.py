"""What every widget of ours shares that paints or draws icons for itself."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSignalBlocker
from PySide6.QtWidgets import QAbstractButton, QWidget

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


def mark(button: QAbstractButton, is_checked: bool) -> None:
    """Show a button as taken or not, as if nobody had pressed it.

    A screen reader does not click a button that can be checked, it toggles it. So what such a button does hangs on
    `toggled`, and what the desk marks by itself must not be taken for somebody's wish.
    """
    with QSignalBlocker(button):
        button.setChecked(is_checked)
