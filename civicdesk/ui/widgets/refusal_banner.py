"""Why something was not done, where the eye is, with the next step as a button."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.theme.style import restyle
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import Themed, named

ICONS = {"bad": "circle-x", "warn": "triangle-alert", "info": "info", "ok": "circle-check"}

Action = tuple[str, Callable[[], None]]
"""A word on a button, and what pressing it does."""


class RefusalBanner(Themed, QFrame):
    """A sentence in its tone and at most a few buttons; stays until the matter is settled. Empty, it is not there.

    `extra` stands between the sentence and the buttons while a refusal is shown, such as a field for the reason why
    somebody comes in all the same.
    """

    left = Signal()
    """It goes while the keyboard was in it; whoever shows it says where the keyboard goes on."""

    def __init__(self, *, name: str, extra: QWidget | None = None) -> None:
        super().__init__()
        self._tone, self._name = "bad", name
        self.extra = extra
        self.mark = QLabel()
        self.sentence = label("", "strong", wrap=True)
        self.buttons: list[Button] = []
        self._steps = QVBoxLayout()
        self.setProperty("kind", "notice")
        named(self, name, "")
        self._build()
        self.clear()

    def _build(self) -> None:
        said = QHBoxLayout()
        said.setSpacing(roomy(12))
        said.addWidget(self.mark, 0, Qt.AlignmentFlag.AlignTop)
        said.addWidget(self.sentence, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(roomy(16), roomy(12), roomy(16), roomy(12))
        whole.setSpacing(roomy(10))
        whole.addLayout(said)
        if self.extra:
            whole.addWidget(self.extra)
        whole.addLayout(self._steps)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)

    def show_refusal(self, sentence: str, *actions: Action, tone: str = "bad") -> None:
        """Say why not, and offer these next steps; the first one is the one most will want."""
        self._tone = tone
        self.setProperty("tone", tone)
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self._offer(actions)
        if self.extra:
            self.extra.hide()
        self.dress()
        restyle(self)
        self.show()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def clear(self) -> None:
        """The matter is settled."""
        focus = QApplication.focusWidget()
        if focus is not None and self.isAncestorOf(focus):
            self.left.emit()
        self.sentence.clear()
        self._offer(())
        self.hide()

    def _offer(self, actions: tuple[Action, ...]) -> None:
        empty(self._steps)
        self.buttons = [self._button(place, *action) for place, action in enumerate(actions)]
        if self.buttons:
            self._steps.addWidget(FlowRow(self.buttons))

    def _button(self, place: int, words: str, act: Callable[[], None]) -> Button:
        button = Button(words, name=f"{self._name}_{place + 1}", role="plain" if place else "primary")
        button.clicked.connect(lambda _on=False: act())
        return button

    def dress(self) -> None:
        size = scaled(22)
        strong, _soft = current().tone(self._tone)
        self.mark.setPixmap(pixmap(ICONS.get(self._tone, "info"), strong, size))
