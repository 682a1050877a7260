"""What the desk answered to a scan, large enough to be read from where the visitor stands."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.text import _
from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.theme.style import restyle
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.fields import TextField, text_field
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import Themed, named

GOOD_FOR_MS = 6_000
_ICONS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x"}

Step = tuple[str, Callable[[], None]]


class AnswerBar(Themed, QFrame):
    """Green, amber or red, with a word, a shape and the next step; a good answer goes by itself."""

    closed = Signal()
    overridden = Signal(str)  # the reason

    def __init__(self) -> None:
        super().__init__()
        named(self, "answer", "")
        self.setProperty("kind", "answer")
        self._tone = "ok"
        self._mark = QLabel()
        self._mark.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.sentence = label("", "title", wrap=True)
        self.second = label("", "body", wrap=True)
        self.reason: TextField = text_field("", name="answer_reason")
        self.let_in = Button("", "door-open", name="answer_let_in")
        self.close_button = IconButton("x", "", name="answer_close", role="step")
        self._steps = QHBoxLayout()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(GOOD_FOR_MS)
        self._build()
        self.retranslate()
        self.hide()

    def answer(
        self, tone: str, word: str, sentence: str, second: str, steps: Sequence[Step], *, asks_reason: bool
    ) -> None:
        """Show an answer; `steps` are buttons, `asks_reason` offers to let the visitor in with a reason."""
        self._tone = tone
        self.setProperty("tone", tone)
        self.sentence.setText(sentence)
        self.second.setText(" · ".join(filter(None, (word, second))))
        self.reason.clear()
        self.reason.setVisible(asks_reason)
        self.let_in.setVisible(asks_reason)
        self._fill_steps(steps)
        self.setAccessibleName(f"{word}: {sentence}")
        restyle(self)
        self.dress()
        self.show()
        self._timer.stop()
        if tone == "ok":
            self._timer.start()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def dismiss(self) -> None:
        """The answer was read."""
        self._timer.stop()
        self.hide()
        self.closed.emit()

    def dismiss_if_good(self) -> None:
        """Good news is old news on the next page; a refusal stays until it is read."""
        if self._tone == "ok" and not self.isHidden():
            self.dismiss()

    def retranslate(self) -> None:
        self.close_button.say(_("Close"))
        self.let_in.setText(_("Let in all the same"))
        self.reason.setPlaceholderText(_("Reason"))
        self.reason.setAccessibleName(_("Reason for letting in"))

    def dress(self) -> None:
        self._mark.setPixmap(pixmap(_ICONS[self._tone], current().tone(self._tone)[0], scaled(36)))

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setContentsMargins(roomy(20), roomy(4), roomy(12), roomy(4))
        row.setSpacing(roomy(16))
        row.addWidget(self._mark)
        said = QWidget()
        said.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        words = QVBoxLayout(said)
        words.setContentsMargins(0, 0, 0, 0)
        words.setSpacing(0)
        for line in (self.sentence, self.second):
            words.addWidget(line)
        override = QHBoxLayout()
        override.addWidget(self.reason, 1)
        override.addWidget(self.let_in)
        words.addLayout(override)
        self.reason.hide()
        self.let_in.hide()
        row.addWidget(said, 1)
        row.addLayout(self._steps)
        row.addWidget(self.close_button)
        self.let_in.clicked.connect(self._override)
        self.reason.returnPressed.connect(self._override)
        self.close_button.clicked.connect(self.dismiss)
        self._timer.timeout.connect(self.dismiss)

    def _fill_steps(self, steps: Sequence[Step]) -> None:
        while item := self._steps.takeAt(0):
            if widget := item.widget():
                widget.hide()
                widget.deleteLater()
        for number, (words, act) in enumerate(steps):
            button = Button(words, name=f"answer_step_{number}", role="primary" if number == 0 else "plain")
            button.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
            button.clicked.connect(self.dismiss)
            button.clicked.connect(act)
            self._steps.addWidget(button)

    def _override(self) -> None:
        if reason := self.reason.text().strip():
            self.dismiss()
            self.overridden.emit(reason)
        else:
            self.reason.setFocus()
