"""One thing asked for before something is done: a reason, an address, a shelf."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout

from civicdesk.text import _
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import Themed, named


class AskPart(Themed, QFrame):
    """A sentence, a field, and two buttons: do it, or leave it. Empty, it is not there."""

    asking = Signal(bool)

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.setProperty("kind", "notice")
        self._then: Callable[[str], None] | None = None
        self.sentence = label("", "strong", wrap=True)
        self.text = text_field("", name=f"{name}_text")
        self.field = LabelledField("", self.text)
        self.go = Button("", name=f"{name}_go", role="primary")
        self.leave = Button("", name=f"{name}_leave")
        column = QVBoxLayout(self)
        column.setContentsMargins(roomy(14), roomy(10), roomy(14), roomy(12))
        column.setSpacing(roomy(8))
        for part in (self.sentence, self.field, FlowRow((self.go, self.leave))):
            column.addWidget(part)
        named(self, name, "")
        self.go.clicked.connect(self._go)
        self.text.returnPressed.connect(self._go)
        self.text.textEdited.connect(lambda _text: self.field.refuse(""))
        self.leave.clicked.connect(self.close_question)
        self.retranslate()
        self.close_question()

    def ask(
        self,
        sentence: str,
        field: str,
        word: str,
        then: Callable[[str], None],
        *,
        tone: str = "",
        text: str = "",
    ) -> None:
        """Ask; `then` gets what was written. `field` empty: only whether to do it."""
        self._then = then
        self.setProperty("tone", tone)
        self.style().polish(self)
        self.sentence.setText(sentence)
        self.sentence.setVisible(bool(sentence))
        self.field.set_words(field)
        self.field.setVisible(bool(field))
        self.field.refuse("")
        self.text.setText(text)
        self.go.setText(word)
        self.go.set_role("danger" if tone == "bad" else "primary")
        self.show()
        self.asking.emit(True)
        (self.text if field else self.go).setFocus()

    def refuse(self, reason: str) -> None:
        """Say why it was not done."""
        if self.field.isHidden():
            self.sentence.setText(reason)
            self.sentence.show()
        else:
            self.field.refuse(reason)
            self.text.setFocus()

    def close_question(self) -> None:
        """Nothing is asked any more."""
        self._then = None
        self.text.clear()
        self.hide()
        self.asking.emit(False)

    def retranslate(self) -> None:
        self.leave.setText(_("Leave it"))

    def _go(self) -> None:
        if self._then is not None:
            self._then(self.text.text().strip())
