"""Somebody who may sign in, to be chosen by finger."""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout

from civicdesk.models import Staff
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.avatar import Avatar
from civicdesk.ui.widgets.label import ElidedLabel
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.themed import named
from civicdesk.ui.words import role_words

_ROOM_FOR_FACE = 230


class StaffTile(Pressable):
    """A name and what this person does here; the one who is signing in is marked."""

    def __init__(self, member: Staff, *, name: str) -> None:
        super().__init__("tile", opens=True)
        self.member = member
        self.setCheckable(True)
        self.role = ElidedLabel(role_words(member.role), "second")
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addStretch(1)
        words.addWidget(ElidedLabel(member.name, "heading"))
        words.addWidget(self.role)
        words.addStretch(1)
        self._row = QHBoxLayout(self)
        self.face = Avatar(member.name, size=52)
        self._row.addWidget(self.face)
        self._row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        named(self, name, f"{member.name}, {self.role.text()}")
        self.dress()

    def dress(self) -> None:
        self._row.setContentsMargins(roomy(18), roomy(14), roomy(14), roomy(14))
        self._row.setSpacing(roomy(16))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.face.setVisible(self.width() >= roomy(_ROOM_FOR_FACE))  # large letters need the room themselves

    def retranslate(self) -> None:
        self.role.setText(role_words(self.member.role))
        self.setAccessibleName(f"{self.member.name}, {self.role.text()}")
