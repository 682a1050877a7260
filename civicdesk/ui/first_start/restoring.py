"""A backup put back in one guided step: the file, the key, and the desk is as it was."""

from __future__ import annotations

import logging
import threading
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget
from shiboken6 import isValid

from civicdesk.backup import keys, places, restoring, sealing
from civicdesk.errors import Refusal, Unavailable
from civicdesk.text import _, clock, day, local
from civicdesk.ui.runner import wall_clock
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.keyboard_dock import KeyboardDock
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.meter import Meter
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.themed import Themed
from civicdesk.ui.widgets.touch import TouchScrollArea

_log = logging.getLogger(__name__)


class Restoring(Themed, QWidget):
    """Asks for the backup and its key, and puts it in the place of this desk's file."""

    finished = Signal()
    cancelled = Signal()
    _advanced = Signal(object)
    _ended = Signal(str)

    def __init__(self, path: Path) -> None:
        super().__init__()
        self._path, self._file = path, Path()
        self._wants_no_more = threading.Event()
        self._thread: threading.Thread | None = None
        self.setObjectName("restoring")
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.second = label("", "title", wrap=True), label("", "body", wrap=True)
        self.banner = RefusalBanner(name="restore_banner")
        self.chosen = label("", "strong", wrap=True)
        self.choose = Button("", "hard-drive", name="restore_choose")
        self.key = text_field("", name="restore_key")
        self.key_field = LabelledField("", self.key)
        self.meter, self.how_far = Meter(name="restore_meter", height=14), label("", "second")
        self.go = Button("", "rotate-ccw", name="restore_go", role="primary")
        self.cancel = Button("", name="restore_cancel")
        self.keyboard = KeyboardDock()
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(_("Restore a backup"))
        self.second.setText(
            _(
                "Plug in the stick or connect the share; have the recovery sheet at hand. Nothing is written over."
            )
        )
        self.choose.setText(_("Choose the backup"))
        self.key_field.set_words(_("Recovery key (scan the code on the sheet)"))
        self.go.setText(_("Restore"))
        self.cancel.setText(_("Back"))
        self._say_chosen()

    def take(self, file: Path) -> None:
        """Restore from this file."""
        self._file = file
        self._say_chosen()
        self.key.setFocus()

    def _build(self) -> None:
        card = Card(name="restore_card", padded=True)
        for part in (self.title, self.second, self.banner, self.chosen):
            card.add(part)
        card.add(FlowRow([self.choose]))
        for field in (self.key_field, self.meter, self.how_far):
            card.add(field)
        card.add(FlowRow([self.go, self.cancel]))
        card.setFixedWidth(min(roomy(640), 720))
        content = QWidget()
        content.setProperty("kind", "scrolled")
        # stretches, not an alignment: aligned, the card would not grow with its sentences
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(card)
        row.addStretch(1)
        middle = QVBoxLayout(content)
        middle.addStretch(1)
        middle.addLayout(row)
        middle.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(TouchScrollArea(content), 1)
        whole.addWidget(self.keyboard)
        self.meter.hide()
        self.how_far.hide()

    def _connect(self) -> None:
        self.choose.clicked.connect(lambda _on=False: self._ask())
        self.go.clicked.connect(lambda _on=False: self._begin())
        self.key.returnPressed.connect(self._begin)
        self.cancel.clicked.connect(lambda _on=False: self._leave())
        self._advanced.connect(self._show_how_far, Qt.ConnectionType.QueuedConnection)
        self._ended.connect(self._end, Qt.ConnectionType.QueuedConnection)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self.keyboard.follow)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _say_chosen(self) -> None:
        if not self._file.name:
            self.chosen.setText(_("No backup is chosen yet."))
            return
        try:
            at = places.taken_at(self._file)
        except ValueError:
            self.chosen.setText(str(self._file))
        else:
            when = f"{day(local(at).date(), 'd MMMM yyyy EEEE')} {clock(at)}"
            self.chosen.setText(f"{when}\n{self._file}")

    def _ask(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Choose the backup"), documents, f"CivicDesk (*{places.ENDING})")
        dialog.setObjectName("restore_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.take(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _begin(self) -> None:
        self.banner.clear()
        if self._thread is not None:
            return
        if not self._file.name:
            self.banner.show_refusal(_("Choose the backup first."))
            return
        try:
            identity = keys.read(self.key.text())
        except Refusal as refusal:
            self.banner.show_refusal(str(refusal))
            return
        self._wants_no_more.clear()
        self._show_at_work(is_at_work=True)
        self._thread = threading.Thread(target=self._restore, args=(identity,), name="restore", daemon=True)
        self._thread.start()

    def _restore(self, identity: object) -> None:
        """In the thread."""
        try:
            restoring.restore(self._file, identity, self._path, at=wall_clock(), tell=self._tell)
        except (Refusal, Unavailable) as trouble:
            self._say_end(str(trouble))
        except sealing.Stopped:
            self._say_end(_("Nothing was changed."))
        except Exception:  # whatever it was, nobody must wait for ever
            _log.exception("the backup was not restored")
            self._say_end(sealing.damaged())
        else:
            self._say_end("")

    def _tell(self, done: int) -> bool:
        if not isValid(self):
            return False  # the window was closed: nobody waits for it
        self._advanced.emit(done)
        return not self._wants_no_more.is_set()

    def _say_end(self, trouble: str) -> None:
        if isValid(self):
            self._ended.emit(trouble)

    def _show_how_far(self, done: int) -> None:
        self.meter.say(0, 0, spoken=_("Restoring"))
        self.how_far.setText(_("{} MB are opened and looked through").format(done // 1_000_000))

    def _show_at_work(self, *, is_at_work: bool) -> None:
        self.meter.setVisible(is_at_work)
        self.how_far.setVisible(is_at_work)
        for part in (self.choose, self.key, self.go):
            part.setEnabled(not is_at_work)

    def _leave(self) -> None:
        if self._thread is None:
            self.keyboard.put_away()
            self.cancelled.emit()
        else:
            self._wants_no_more.set()

    def _end(self, trouble: str) -> None:
        self._thread = None
        self._show_at_work(is_at_work=False)
        if trouble:
            self.banner.show_refusal(trouble)
        else:
            self.keyboard.put_away()
            self.finished.emit()
