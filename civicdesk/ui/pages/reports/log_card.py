"""Before the visitor log is opened: why? The reason is written down with the name of whoever opens it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from civicdesk.desk.visitor_log import MOST_LETTERS
from civicdesk.errors import Refusal
from civicdesk.text import _
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, TextField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner


class LogCard(Card):
    """A reason, and the button that opens the log."""

    opened = Signal(str)  # the reason

    def __init__(self) -> None:
        super().__init__(name="reports_log", padded=True)
        self.note = label("", "body", wrap=True)
        self.reason = TextField("", name="reports_reason")
        self.reason.setMaxLength(MOST_LETTERS)
        self._reason = LabelledField("", self.reason)
        self.banner = RefusalBanner(name="reports_log_banner")
        self.open = Button("", "scroll-text", name="reports_open_log", role="primary")
        for part in (self.note, self._reason, self.banner, FlowRow([self.open])):
            self.add(part)
        self.body.addStretch(1)
        self.open.clicked.connect(lambda _on=False: self.opened.emit(self.reason.text()))
        self.reason.returnPressed.connect(lambda: self.opened.emit(self.reason.text()))

    def refuse(self, refusal: Refusal) -> None:
        """Say why it stays closed."""
        self.banner.show_refusal(str(refusal))

    def settle(self) -> None:
        """It was opened, or left: the next time needs a reason of its own."""
        self.reason.clear()
        self.banner.clear()

    def retranslate(self) -> None:
        self.set_title(_("Why is the visitor log opened?"))
        self.note.setText(
            _(
                "It shows the names of all visitors of the day. The reason is kept with your name in the audit trail."
            )
        )
        self._reason.set_words(_("Reason"))
        self.open.setText(_("Open the visitor log"))
