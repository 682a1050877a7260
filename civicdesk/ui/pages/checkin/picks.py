"""Cards to pick from: visitors, organisations and events that fit what was typed so far."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.avatar import Avatar
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.themed import mark, named
from civicdesk.ui.widgets.tone_icon import ToneIcon

MOST_COLUMNS = 3


@dataclass(frozen=True)
class Pick:
    """What one card says; `state` is a word in its tone, such as that somebody is inside."""

    title: str
    second: str = ""
    note: str = ""
    state: str = ""
    tone: str = "ok"
    is_taken: bool = False


class PickCard(Pressable):
    """One of a few to pick. Made once and filled anew at every key, which is much quicker than making it."""

    def __init__(self, name: str, icon: str = "") -> None:
        super().__init__("tile", opens=True)
        self.lead: Avatar | ToneIcon = ToneIcon(icon, size=36) if icon else Avatar(size=40)
        self.title, self.second = ElidedLabel("", "strong"), ElidedLabel("", "second")
        self.note, self.state = ElidedLabel("", "second"), Pill("")
        self.note.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.setCheckable(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        named(self, name, "")
        self._build()
        self.dress()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.second)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.lead)
        self._row.addLayout(words, 1)
        self._row.addWidget(self.note)
        self._row.addWidget(self.state)

    def say(self, pick: Pick) -> None:
        """Show this one."""
        self.title.setText(pick.title)
        self.second.setText(pick.second)
        self.second.setVisible(bool(pick.second))
        self.note.setText(pick.note)
        self.note.setVisible(bool(pick.note))
        self.state.show_as(pick.state, pick.tone)
        self.state.setVisible(bool(pick.state))
        mark(self, pick.is_taken)
        if isinstance(self.lead, Avatar):
            self.lead.show_person(pick.title)
        self.setAccessibleName(", ".join(filter(None, (pick.title, pick.second, pick.note, pick.state))))

    def dress(self) -> None:
        self._row.setContentsMargins(roomy(12), roomy(6), roomy(12), roomy(6))
        self._row.setSpacing(roomy(12))

    def sizeHint(self) -> QSize:
        return super().sizeHint().expandedTo(QSize(0, roomy(58)))


class PickGrid(QWidget):
    """At most so many cards, side by side in as many columns as there is room for; empty, it is not there."""

    picked = Signal(int)

    def __init__(self, *, name: str, most: int, width: int, icon: str = "") -> None:
        super().__init__()
        self._width, self._columns = width, 0
        self.setObjectName(name)
        self.cards = [PickCard(f"{name}_{place}", icon) for place in range(1, most + 1)]
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        for place, card in enumerate(self.cards):
            card.toggled.connect(lambda _on=False, place=place: self.picked.emit(place))
        self._arrange(2)
        self.offer([])

    def offer(self, picks: Sequence[Pick]) -> None:
        """Show these; more than there are cards for are left out."""
        for card, pick in zip(self.cards, picks, strict=False):
            card.say(pick)
            card.show()
        for card in self.cards[len(picks) :]:
            card.hide()
        self.setVisible(bool(picks))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(max(1, min(MOST_COLUMNS, self.width() // roomy(self._width))))

    def _arrange(self, columns: int) -> None:
        if columns == self._columns:
            return
        self._columns = columns
        for place, card in enumerate(self.cards):
            self._grid.addWidget(card, place // columns, place % columns)
        for column in range(MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
