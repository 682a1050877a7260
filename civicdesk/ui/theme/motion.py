"""Whether things may move."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication, QStyle


def may_move() -> bool:
    """Not when the system was told to keep still."""
    style = QApplication.style()
    return style is not None and style.styleHint(QStyle.StyleHint.SH_Widget_Animation_Duration) > 0
