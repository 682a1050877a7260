"""Dresses the whole desk: palette, letters and style sheet, from one theme and one text size."""

from __future__ import annotations

import atexit
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from string import Template

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QColor, QFocusEvent, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from civicdesk.assets import asset
from civicdesk.ui.theme.icons import drawing
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled, wear
from civicdesk.ui.theme.tokens import Theme

__all__ = ["apply_theme", "current", "restyle", "roomy", "scaled", "style_sheet"]

_BY_KEYBOARD = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)
_SIZE = re.compile(r"([tr])(\d+)")


def apply_theme(app: QApplication, theme: Theme, scale: float) -> None:
    """Dress every window, now and later, in this theme with text at this scale (1.0 to 2.0)."""
    wear(theme, scale)
    if app.style().objectName().lower() != "fusion" and not app.styleSheet():
        app.setStyle("Fusion")
    # taken off first: changing clothes on top of the old ones costs eight times as much with every page open
    app.setStyleSheet("")
    app.setPalette(_palette(theme))
    app.setFont(desk_font())
    app.setStyleSheet(style_sheet(theme))
    if app.findChild(_FocusRing) is None:
        app.installEventFilter(_FocusRing(app))


def restyle(widget: QWidget) -> None:
    """Look again at a widget whose role or tone has changed."""
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


def style_sheet(theme: Theme) -> str:
    """The style sheet with this theme's colours and the sizes of the scale in use."""
    return Template(asset("theme", "desk.qss").read_text(encoding="utf-8")).substitute(_Words(theme))


class _Words(dict[str, str]):
    """What the style sheet may name: a colour, `t15` (text), `r44` (box), `mark_check_ink` (icon)."""

    def __init__(self, theme: Theme) -> None:
        super().__init__(theme.colours())
        edges = {
            f"{tone}_edge": strong if theme.pill_edge else soft for tone, (strong, soft) in _tones(theme)
        }
        self.update(edges)

    def __missing__(self, word: str) -> str:
        if size := _SIZE.fullmatch(word):
            grow = scaled if size[1] == "t" else roomy
            return f"{grow(int(size[2]))}px"
        _mark, name, colour = word.split("_", 2)
        return _mark_file(name.replace("0", "-"), self[colour]).as_posix()


def _tones(theme: Theme) -> list[tuple[str, tuple[str, str]]]:
    return [(tone, theme.tone(tone)) for tone in ("ok", "warn", "bad", "info", "accent", "primary")]


def _mark_file(name: str, colour: str) -> Path:
    """A tinted icon as a file: style sheets take pictures from files only."""
    file = _marks() / f"{name}-{colour.strip('#')}.svg"
    if not file.exists():
        file.write_bytes(drawing(name, colour))
    return file


@cache
def _marks() -> Path:
    folder = tempfile.mkdtemp(prefix="civicdesk-marks-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return Path(folder)


def _palette(theme: Theme) -> QPalette:
    role = QPalette.ColorRole
    colours = {
        role.Window: theme.canvas,
        role.WindowText: theme.ink,
        role.Base: theme.surface,
        role.AlternateBase: theme.canvas,
        role.Text: theme.ink,
        role.PlaceholderText: theme.mute,
        role.Button: theme.surface,
        role.ButtonText: theme.ink,
        role.ToolTipBase: theme.ink,
        role.ToolTipText: theme.surface,
        role.Highlight: theme.primary,
        role.HighlightedText: theme.on_primary,
        role.Accent: theme.primary,
        role.Link: theme.primary,
        role.LinkVisited: theme.primary,
    }
    palette = QPalette()
    for which, colour in colours.items():
        palette.setColor(which, QColor(colour))
    for which in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, which, QColor(theme.mute))
    return palette


class _FocusRing(QObject):
    """Shows the ring around what the keyboard has reached; a finger or the mouse needs none."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut) and isinstance(watched, QWidget):
            self._ring(
                watched,
                isinstance(event, QFocusEvent) and event.gotFocus() and event.reason() in _BY_KEYBOARD,
            )
        return False

    def _ring(self, widget: QWidget, wanted: bool) -> None:
        if bool(widget.property("ring")) != wanted:
            widget.setProperty("ring", wanted)
            restyle(widget)
