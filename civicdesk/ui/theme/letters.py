"""The letters of the desk: bundled, so that every screen shows Turkish and Arabic alike.

The hyphen was taken out of Inter's `tnum`: as wide as a figure, it tears words apart (“E - posta”).
"""

from __future__ import annotations

from functools import cache

from PySide6.QtGui import QFont, QFontDatabase

from civicdesk.assets import asset
from civicdesk.ui.theme.now import scaled

FAMILIES = ["Inter", "Noto Sans", "Noto Sans Arabic"]


def desk_font(size: int = 15, weight: QFont.Weight = QFont.Weight.Normal) -> QFont:
    """The desk's letters at this size, grown by the text size in use; figures stand under each other."""
    load_fonts()
    font = QFont()
    font.setFamilies(FAMILIES)
    font.setPixelSize(scaled(size))
    font.setWeight(weight)
    font.setFeature(QFont.Tag("tnum"), 1)
    return font


@cache
def load_fonts() -> None:
    """Make the bundled letters known, once."""
    for file in sorted(asset("fonts").glob("*.ttf")):
        QFontDatabase.addApplicationFont(str(file))
