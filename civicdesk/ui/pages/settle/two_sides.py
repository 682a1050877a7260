"""A card with two versions of one thing side by side, and the ways out under them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel

from civicdesk.ui.one_tap import OneTap
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label


@dataclass(frozen=True)
class Shown:
    """One column in words: its name, what stands now, what gave way."""

    name: str
    stands: str
    gave_way: str


@dataclass(frozen=True)
class Way:
    """One way out: a button and what it does."""

    key: str
    words: str
    icon: str
    act: Callable[[], None]


class TwoSides(Card):
    """What it is about, both versions with who made them, and the choice."""

    searched = Signal(object)  # a booking for which another time or room is looked for

    def __init__(self, title: str, why: str, tap: OneTap, *, name: str) -> None:
        super().__init__(name=name, padded=True)
        self.set_title(title)
        self.why = label(why, "second", wrap=True)
        self.add(self.why)
        self._name, self._tap = name, tap

    def show_sides(self, stands: tuple[str, str], gave_way: tuple[str, str], shown: Sequence[Shown]) -> None:
        """Both versions; each side is said as what it is and who made it."""
        grid = QGridLayout()
        grid.setHorizontalSpacing(roomy(24))
        grid.setVerticalSpacing(roomy(6))
        grid.setColumnStretch(1, 1)
        grid.setColumnStretch(2, 1)
        for column, (what, who) in enumerate((stands, gave_way), 1):
            grid.addWidget(_words(what, "strong"), 0, column)
            grid.addWidget(_words(who, "second"), 1, column)
        for row, one in enumerate(shown, 2):
            grid.addWidget(_words(one.name, "second"), row, 0)
            grid.addWidget(_words(one.stands, "body"), row, 1)
            grid.addWidget(_words(one.gave_way, "body"), row, 2)
        self.body.addLayout(grid)

    def offer(self, ways: Sequence[Way]) -> None:
        """The ways out, the one most will want first."""
        buttons = []
        for place, way in enumerate(ways):
            role = "plain" if place else "primary"
            button = Button(way.words, way.icon, name=f"{self._name}_{way.key}", role=role)
            button.clicked.connect(lambda _on=False, way=way: self._choose(way))
            buttons.append(button)
        self.add(FlowRow(buttons))

    def _choose(self, way: Way) -> None:
        if not self._tap.is_second():
            way.act()


def _words(words: str, kind: str) -> QLabel:
    made = label(words, kind, wrap=True)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
    return made
