"""What was just done, and ten seconds to take it back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy

from civicdesk.text import _
from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.theme.style import restyle
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import Themed, named

SECONDS = 10
ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x", "info": "info"}
_LASTING = ("bad", "warn")


class NoticeBar(Themed, QFrame):
    """One sentence at a time. Good news goes by itself; a refusal stays until it is read and closed."""

    undo_wanted = Signal()

    def __init__(self, *, name: str = "notice") -> None:
        super().__init__()
        self._tone, self._left = "ok", 0
        self._undo: Callable[[], None] | None = None
        self._action: Callable[[], None] | None = None
        self.setProperty("kind", "notice")
        self.mark = QLabel()
        self.sentence = label("", "strong", wrap=True)
        self.action = Button("", name=f"{name}_action")
        self.undo = Button("", "undo-2", name=f"{name}_undo")
        self.close_button = IconButton("x", "", name=f"{name}_close", role="step")
        self._clock = QTimer(self)
        self._clock.setInterval(1000)  # `interval=` fails in a Turkish locale: Qt looks for a setter with İ
        named(self, name, "")
        self._build()
        self.retranslate()
        self.hide()

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(roomy(16), roomy(8), roomy(8), roomy(8))
        row.setSpacing(roomy(12))
        row.addWidget(self.mark)
        row.addWidget(self.sentence, 1)
        for button in (self.action, self.undo, self.close_button):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._clock.timeout.connect(self._tick)
        self.undo.clicked.connect(self._take_back)
        self.action.clicked.connect(self._act)
        self.close_button.clicked.connect(self.dismiss)

    def say(
        self,
        sentence: str,
        tone: str = "ok",
        undo: Callable[[], None] | None = None,
        action: tuple[str, Callable[[], None]] | None = None,
    ) -> None:
        """Show a sentence; `undo` takes back what was done, `action` is the next step and its word."""
        self._tone, self._undo = tone, undo
        self._action = action[1] if action else None
        self.sentence.setText(sentence)
        self.setAccessibleName(sentence)
        self.setProperty("tone", tone)
        self.action.setText(action[0] if action else "")
        self.action.setVisible(action is not None)
        self.undo.setVisible(undo is not None)
        restyle(self)
        self.dress()
        self.show()
        self._count_down()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """Put the notice away; what was done stays done."""
        self._clock.stop()
        self._undo = self._action = None
        self.hide()

    def counting(self) -> bool:
        """Whether the notice will go by itself."""
        return self._clock.isActive()

    def dress(self) -> None:
        ink = current().tone(self._tone)[0]
        self.mark.setPixmap(pixmap(ICONS.get(self._tone, "info"), ink, scaled(24)))

    def retranslate(self) -> None:
        self.close_button.say(_("Close"))
        self.undo.setText(_("Undo ({seconds})").format(seconds=self._left))

    def _count_down(self) -> None:
        self._left = SECONDS
        self.retranslate()
        if self._undo or self._tone not in _LASTING:
            self._clock.start()
        else:
            self._clock.stop()

    def _tick(self) -> None:
        self._left -= 1
        self.retranslate()
        if self._left <= 0:
            self.dismiss()

    def _take_back(self) -> None:
        undo = self._undo
        self.dismiss()
        if undo:
            undo()
        self.undo_wanted.emit()

    def _act(self) -> None:
        action = self._action
        self.dismiss()
        if action:
            action()
