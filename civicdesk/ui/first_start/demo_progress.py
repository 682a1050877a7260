"""While the demo centre is made: how far it is, and a way to leave it."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from shiboken6 import isValid

from civicdesk.text import _, percent
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.meter import Meter
from civicdesk.ui.widgets.themed import Themed

_YEARS = 3
_log = logging.getLogger(__name__)


class DemoProgress(Themed, QWidget):
    """Makes the demo centre in a thread of its own. Cancelled or failed, nothing of it is left."""

    finished = Signal()
    cancelled = Signal()
    _advanced = Signal(int, int)
    _ended = Signal(str)

    def __init__(self, path: Path, years: int = _YEARS) -> None:
        super().__init__()
        self._path, self._years = path, years
        self._wants_no_more = threading.Event()
        self._thread: threading.Thread | None = None
        self._done, self._of = 0, 1
        self._trouble = False
        self.setObjectName("demo_progress")
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.second = label("", "title", wrap=True), label("", "body", wrap=True)
        self.meter = Meter(name="demo_meter", height=14)
        self.cancel = Button("", name="demo_cancel")
        self.again = Button("", "refresh-cw", name="demo_again", role="primary")
        self._build()
        self.retranslate()

    def _build(self) -> None:
        card = Card(name="demo_card", padded=True)
        for part in (self.title, self.second, self.meter):
            card.add(part)
        card.add(FlowRow([self.again, self.cancel]))
        card.setMaximumWidth(roomy(640))
        whole = QVBoxLayout(self)
        whole.addStretch(1)
        whole.addWidget(card)
        whole.setAlignment(card, Qt.AlignmentFlag.AlignHCenter)
        whole.addStretch(1)
        card.setMinimumWidth(min(roomy(520), 720))
        self.cancel.clicked.connect(self._cancel)
        self.again.clicked.connect(self.start)
        self._advanced.connect(self._show, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        self.again.hide()

    def start(self) -> None:
        """Begin to make it."""
        self._trouble, self._done = False, 0
        self.again.hide()
        self.retranslate()
        self._wants_no_more.clear()
        self._thread = threading.Thread(target=self._make, name="demo", daemon=True)
        self._thread.start()

    def retranslate(self) -> None:
        self.title.setText(
            _("The demo centre could not be made") if self._trouble else _("Making the demo centre")
        )
        self.cancel.setText(_("Cancel"))
        self.again.setText(_("Try again"))
        if self._trouble:
            self.second.setText(_("Check that there is room on the disk. Nothing was left behind."))
        else:
            share = percent(self._done / self._of)
            self.second.setText(
                _("Years of visits are written; this happens once. {share}").format(share=share)
            )
        self.meter.say(self._done, self._of, spoken=percent(self._done / self._of))

    def _make(self) -> None:
        """In the thread."""
        from civicdesk import demo  # noqa: PLC0415  slow to import

        try:
            demo.make(self._path, years=self._years, progress=self._tell)
        except demo.Cancelled:
            self._say_end("cancelled")
        except Exception:  # whatever it was, the clerk must not wait for ever
            _log.exception("the demo centre was not made")
            self._say_end("trouble")
        else:
            self._say_end("finished")

    def _say_end(self, how: str) -> None:
        if isValid(self):
            self._ended.emit(how)

    def _tell(self, done: int, total: int) -> bool:
        if not isValid(self):
            return False  # the window was closed: nobody waits for it
        self._advanced.emit(done, total)
        return not self._wants_no_more.is_set()

    def _show(self, done: int, total: int) -> None:
        self._done, self._of = done, max(1, total)
        self.retranslate()

    def _cancel(self) -> None:
        self._wants_no_more.set()
        if self._trouble:
            self.cancelled.emit()

    def _end(self, how: str) -> None:
        if how == "finished":
            self.finished.emit()
        elif how == "cancelled":
            self.cancelled.emit()
        else:
            self._trouble = True
            self.again.show()
            self.retranslate()
