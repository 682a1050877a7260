"""Where something is written: the fields of the desk and the words over them."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QLineEdit, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.theme.style import restyle
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.themed import Themed, named

PRIVATE = Qt.InputMethodHint.ImhNoPredictiveText | Qt.InputMethodHint.ImhSensitiveData
LONGEST = 300


class TextField(Themed, QLineEdit):
    """One line to write in. What is written is nobody's to learn from: no prediction, no history."""

    def __init__(
        self, spoken: str, *, name: str, placeholder: str = "", icon: str = "", secret: bool = False
    ) -> None:
        super().__init__()
        self._icon = icon
        named(self, name, spoken)
        self.setPlaceholderText(placeholder)
        self.setMaxLength(LONGEST)
        self.setInputMethodHints(PRIVATE)
        if secret:
            self.setEchoMode(QLineEdit.EchoMode.Password)
        self.dress()

    def set_wrong(self, wrong: bool) -> None:
        """Mark the field as the place where something is not right."""
        self.setProperty("wrong", wrong)
        restyle(self)

    def dress(self) -> None:
        self.setTextMargins(scaled(20) + roomy(10) if self._icon else 0, 0, 0, 0)

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if self._icon:
            size = scaled(20)
            left = roomy(14) if self.isLeftToRight() else self.width() - roomy(14) - size
            QPainter(self).drawPixmap(
                left, (self.height() - size) // 2, pixmap(self._icon, current().mute, size)
            )


def text_field(
    spoken: str,
    *,
    name: str,
    placeholder: str = "",
    icon: str = "",
    hints: Qt.InputMethodHint = Qt.InputMethodHint.ImhNone,
    secret: bool = False,
) -> TextField:
    """A field to write in; `hints` such as ImhDigitsOnly choose the on-screen keyboard."""
    field = TextField(spoken, name=name, placeholder=placeholder, icon=icon, secret=secret)
    field.setInputMethodHints(PRIVATE | hints)
    return field


class FieldLabel(QLabel):
    """The word over a field."""

    def __init__(self, words: str, buddy: QWidget | None = None) -> None:
        super().__init__(words)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("kind", "label")
        self.setWordWrap(True)
        if buddy:
            self.setBuddy(buddy)


class LabelledField(QWidget):
    """A field with its word over it and, when it is refused or odd, the reason under it."""

    def __init__(self, words: str, field: QWidget) -> None:
        super().__init__()
        self.label, self.field = FieldLabel(words, field), field
        self.trouble = label("", "second", wrap=True)
        self.trouble.setProperty("tone", "bad")
        self.trouble.hide()
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        for part in (self.label, field, self.trouble):
            whole.addWidget(part)
        whole.addStretch(1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_words(self, words: str) -> None:
        """The word over the field, which is also what a screen reader says."""
        self.label.setText(words)
        self.field.setAccessibleName(words)

    def refuse(self, reason: str) -> None:
        """Say under the field why it is not right; an empty reason takes it back."""
        self._say(reason, "bad")
        if isinstance(self.field, TextField):
            self.field.set_wrong(bool(reason))

    def warn(self, sentence: str) -> None:
        """Say under the field what is odd about it; it may stay so. Nothing takes it back."""
        self.refuse("")
        self._say(sentence, "warn")

    def _say(self, sentence: str, tone: str) -> None:
        self.trouble.setText(sentence)
        self.trouble.setVisible(bool(sentence))
        self.field.setAccessibleDescription(sentence)
        if self.trouble.property("tone") != tone:
            set_tone(self.trouble, tone)
