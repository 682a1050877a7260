"""The rail on the left: the ways to the screens that there are."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QButtonGroup, QFrame, QVBoxLayout, QWidget

from civicdesk.assets import asset
from civicdesk.text import N_, _
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.rail_button import RailButton
from civicdesk.ui.widgets.themed import Themed, mark
from civicdesk.ui.widgets.touch import TouchScrollArea

WAYS = (
    ("today", "house", N_("Today")),
    ("visitors", "users", N_("Visitors")),
    ("check_in", "user-plus", N_("Check-in")),
    ("rooms", "calendar-days", N_("Rooms")),
    ("post", "mailbox", N_("Post")),
    ("members", "building-2", N_("Members")),
    ("secretariat", "phone", N_("Secretariat")),
    ("head_count", "users-round", N_("Head count")),
    ("evacuation", "siren", N_("Evacuation")),
    ("reports", "chart-column", N_("Reports")),
)
WITHIN = {
    "booking": "rooms",
    "import": "rooms",
    "waiting": "rooms",
    "receive": "post",
    "notice": "post",
    "member": "members",
    "import_members": "members",
}
"""Screens that belong to one of the rail."""
SETTINGS = ("settings", "settings", N_("Settings"))


class Rail(Themed, QFrame):
    """One button a screen."""

    wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("rail")
        self.setProperty("kind", "rail")
        self._shown = ""
        self._words: dict[str, str] = {}
        self._buttons: dict[str, RailButton] = {}
        self._group = QButtonGroup(self)
        self._group.setExclusive(True)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(4)
        self._mark = QSvgWidget(str(asset("icons", "civicdesk.svg")))
        self._column.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignHCenter)
        self._column.addSpacing(8)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        ways = QVBoxLayout(inside)
        ways.setContentsMargins(0, 0, 0, 0)
        ways.setSpacing(4)
        self._area = _WaysArea(inside)
        self._column.addWidget(self._area, 1)
        for way in WAYS:
            ways.addWidget(self._button(*way))
        ways.addStretch(1)
        self._column.addWidget(self._button(*SETTINGS))
        self.dress()

    def show_way(self, way: str) -> None:
        """Mark the screen that is shown, or the one to which it belongs; none for a screen off the rail."""
        self._shown = way
        way = WITHIN.get(way, way)
        button = self._buttons.get(way)
        self._group.setExclusive(button is not None)
        for name, other in self._buttons.items():
            mark(other, name == way)
        self._group.setExclusive(True)
        if button is not None and button is not self._buttons[SETTINGS[0]]:
            self._area.ensureWidgetVisible(button, 0, 0)

    def retranslate(self) -> None:
        for way, button in self._buttons.items():
            button.setText(_(self._words[way]))

    def dress(self) -> None:
        self._mark.setFixedSize(roomy(48), roomy(48))
        self._column.setContentsMargins(8, 10, 8, 10)

    def _back_to(self, way: str) -> None:
        """From a screen that belongs to this one its button is marked already, and does not toggle."""
        if WITHIN.get(self._shown) == way:
            self.wanted.emit(way)

    def _button(self, way: str, icon: str, words: str) -> RailButton:
        button = RailButton(icon, _(words), name=f"rail_{way}")
        button.toggled.connect(lambda is_on: self.wanted.emit(way) if is_on else None)
        button.clicked.connect(lambda: self._back_to(way))
        self._words[way] = words
        self._buttons[way] = button
        self._group.addButton(button)
        return button


class _WaysArea(TouchScrollArea):
    """The buttons, moved by finger or wheel where they are more than the screen is high."""

    def __init__(self, ways: QWidget) -> None:
        super().__init__(ways)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setObjectName("rail_ways")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def minimumSizeHint(self) -> QSize:
        return QSize(self._content_width(), 0)

    def sizeHint(self) -> QSize:
        return self.minimumSizeHint()

    def _content_width(self) -> int:
        content = self.widget()
        return content.minimumSizeHint().width() if content else 0

    def _make_room(self) -> None:
        self.setMinimumWidth(self._content_width())

    def _offer_keys(self, _lowest: int, _highest: int) -> None:
        """The buttons themselves are reached by the keyboard, and come before the eye then."""
