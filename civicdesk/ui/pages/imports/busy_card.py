"""What is seen while a file is read: what is going on, how far it is, and a way to stop."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.text import _, ngettext, number
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.meter import Meter

_WIDTH = 420


class BusyCard(Card):
    """A sentence, a bar and a button."""

    stopped = Signal()

    def __init__(self) -> None:
        super().__init__(name="import_busy")
        self.sentence = label("", "heading", wrap=True)
        self.count = label("", "second")
        self.meter = Meter(name="import_meter", height=14)
        self.stop = Button("", "x", name="import_stop")
        self.stop.clicked.connect(lambda _on=False: self.stopped.emit())
        middle = QWidget()
        column = QVBoxLayout(middle)
        column.setSpacing(roomy(12))
        for part in (self.sentence, self.count):
            part.setAlignment(Qt.AlignmentFlag.AlignCenter)
        for widget in (self.sentence, self.meter, self.count):
            column.addWidget(widget)
        column.addWidget(self.stop, 0, Qt.AlignmentFlag.AlignHCenter)
        middle.setFixedWidth(roomy(_WIDTH))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(middle)
        row.addStretch(1)
        self.body.addStretch(1)
        self.body.addLayout(row)
        self.body.addStretch(1)

    def begin(self, sentence: str) -> None:
        """Something takes its time from now on."""
        self.sentence.setText(sentence)
        self.tell(0, 0)

    def tell(self, done: int, of: int) -> None:
        """So many of so many; of 0 while nobody knows."""
        words = ngettext("{count} row", "{count} rows", done).format(count=number(done)) if done else ""
        if of:
            words = _("{done} of {all}").format(done=number(done), all=number(of))
        self.count.setText(words)
        self.meter.say(done, of, spoken=words or self.sentence.text())

    def retranslate(self) -> None:
        self.stop.setText(_("Stop"))
