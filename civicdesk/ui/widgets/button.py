"""The buttons of the desk."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics
from PySide6.QtWidgets import QPushButton, QSizePolicy

from civicdesk.ui.theme.icons import icon as drawn
from civicdesk.ui.theme.now import current, scaled
from civicdesk.ui.theme.style import restyle
from civicdesk.ui.widgets.themed import Themed, named

SMALLEST = 44
_GAP = "\u2002"


class Button(Themed, QPushButton):
    """A word to press, with or without an icon: `role` is plain, primary, quiet, danger or pill."""

    icon_size = 20

    def __init__(self, words: str, icon: str = "", *, name: str, role: str = "plain") -> None:
        super().__init__()
        self._icon = icon
        self.setProperty("role", role)
        self.setText(words)
        named(self, name, words)
        self.setAutoDefault(False)
        self.toggled.connect(lambda _on: self.dress())
        self.dress()

    def setText(self, words: str) -> None:
        """Icon and word stand apart by a wide space, which no style sheet can give."""
        literal = words.replace("&", "&&")  # an & is an & here, never a short cut
        super().setText(f"{_GAP}{literal}" if words and self._icon else literal)
        self.setAccessibleName(words)

    def words(self) -> str:
        """The words on the button, without the space beside the icon."""
        return self.text().removeprefix(_GAP).replace("&&", "&")

    def set_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon = name
        self.dress()

    def set_role(self, role: str) -> None:
        """Become plain, primary, quiet or danger."""
        self.setProperty("role", role)
        restyle(self)
        self.dress()

    def dress(self) -> None:
        if self._icon:
            size = scaled(self.icon_size)
            self.setIconSize(QSize(size, size))
            self.setIcon(drawn(self._icon, self._ink(), size))

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.EnabledChange:
            self.dress()

    def sizeHint(self) -> QSize:
        wide = QSize(self._grows_by() if self.isCheckable() else 0, 0)
        return (super().sizeHint() + wide).expandedTo(QSize(SMALLEST, SMALLEST))

    def _grows_by(self) -> int:
        """A choice that is taken is set heavier, and its last letter must not be cut off then."""
        heavy = QFont(self.font())
        heavy.setWeight(QFont.Weight.DemiBold)
        return QFontMetrics(heavy).horizontalAdvance(self.text()) - self.fontMetrics().horizontalAdvance(
            self.text()
        )

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def _ink(self) -> str:
        theme, role = current(), self.property("role")
        if not self.isEnabled():
            return theme.mute
        if role == "primary" or (self.isChecked() and role in ("pill", "joined")):
            return theme.on_primary
        return {"danger": theme.on_tone, "quiet": theme.primary}.get(role, theme.ink)


class BigButton(Button):
    """A main action of a screen: icon and word, 68 high."""

    icon_size = 26

    def __init__(self, words: str, icon: str = "", *, name: str, role: str = "plain") -> None:
        super().__init__(words, icon, name=name, role=role)
        self.setProperty("grown", "big")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)


class IconButton(Button):
    """One of the obvious three (back, close, search): an icon whose word is only spoken."""

    def __init__(self, icon: str, spoken: str, *, name: str, role: str = "icon") -> None:
        self._spoken = spoken
        super().__init__("", icon, name=name, role=role)
        self.say(spoken)

    def say(self, spoken: str) -> None:
        """The word for screen readers and the tip."""
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)


class Chip(Button):
    """How a device stands, in the top bar: a word, an icon and a tone; pressing it tells more."""

    icon_size = 18

    def __init__(self, words: str, icon: str, tone: str = "ok", *, name: str) -> None:
        self.tone = tone
        super().__init__(words, icon, name=name, role="chip")
        self.setProperty("tone", tone)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)

    def show_as(self, words: str, tone: str) -> None:
        """Say how the device stands now."""
        self.tone = tone
        self.setProperty("tone", tone)
        self.setText(words)
        restyle(self)
        self.dress()

    def _ink(self) -> str:
        return current().tone(self.tone)[0]
