"""A new computer becomes a desk of the centre in one guided step: the hub's code, and the desk can be opened."""

from __future__ import annotations

import socket
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.errors import Refusal, Unavailable
from civicdesk.settings import HubSettings
from civicdesk.sync import arriving, invitation, opening, secrets
from civicdesk.sync.session import Progress
from civicdesk.text import _
from civicdesk.ui import sync_words
from civicdesk.ui.first_start.arrival import Arrival, Found
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

_PATIENCE_MS = 3_000
"""So long the download may take to stop when the desk is opened; it goes on behind the desk."""


class TakingOver(Themed, QWidget):
    """Asks for the code of the hub, fetches what a desk cannot open without, and opens it while the rest comes."""

    finished = Signal()
    cancelled = Signal()
    hub_found = Signal(object)  # HubSettings to be kept, or None: it is given up

    def __init__(self, path: Path, desk: str, hub: HubSettings | None = None) -> None:
        super().__init__()
        self._path, self._desk, self._hub = path, desk, hub
        self._authority: Path | None = None
        self._is_ready = self._is_done = False
        self.arrival = Arrival(path, self)
        self.setObjectName("taking_over")
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.title, self.second = label("", "title", wrap=True), label("", "body", wrap=True)
        self.banner = RefusalBanner(name="join_banner")
        self.code = text_field("", name="join_code")
        self.code.setMaxLength(invitation.LONGEST)
        self.code_field = LabelledField("", self.code)
        self.meter, self.how_far = Meter(name="join_meter", height=14), label("", "second", wrap=True)
        self.open = Button("", "play", name="join_open", role="primary")
        self.go = Button("", "globe", name="join_go", role="primary")
        self.certificate = Button("", "file-text", name="join_certificate")
        self.file = Button("", "hard-drive", name="join_file")
        self.cancel = Button("", name="join_cancel")
        self.keyboard = KeyboardDock()
        self._build()
        self._connect()
        self.retranslate()
        self._show_at_work()
        if hub is not None:
            self._go_on()

    def retranslate(self) -> None:
        self.title.setText(_("Join the centre's hub"))
        self.second.setText(
            _(
                "This computer becomes a desk of the centre, or takes the place of one that broke. Whoever looks "
                "after the hub has a code for it."
            )
        )
        self.code_field.set_words(_("Code of the hub (scan it, or paste it)"))
        self.open.setText(_("Open the desk"))
        self.certificate.setText(_("Choose its certificate"))
        self.file.setText(_("A file as the hub"))
        self._say_buttons()

    def join_file(self, path: Path) -> None:
        """Join the hub in this file."""
        self._begin(partial(_of_file, path, f"{socket.gethostname()}-{self._desk}"[:60]))

    def _build(self) -> None:
        card = Card(name="join_card", padded=True)
        for part in (self.title, self.second, self.banner, self.code_field, self.meter, self.how_far):
            card.add(part)
        card.add(FlowRow([self.open, self.go, self.certificate, self.file, self.cancel]))
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
        self.certificate.hide()

    def _connect(self) -> None:
        self.go.clicked.connect(lambda _on=False: self._go_on())
        self.code.returnPressed.connect(self._go_on)
        self.certificate.clicked.connect(lambda _on=False: self._ask_certificate())
        self.file.clicked.connect(lambda _on=False: self._ask_file())
        self.open.clicked.connect(lambda _on=False: self._open())
        self.cancel.clicked.connect(lambda _on=False: self._leave())
        self.arrival.found.connect(self._found)
        self.arrival.ready.connect(self._ready)
        self.arrival.went.connect(self._went)
        self.arrival.ended.connect(self._ended)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self.keyboard.follow)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.retranslate()

    def _go_on(self) -> None:
        """With the code in the field, or with the hub that was found before."""
        if self.code.text().strip() or self._hub is None:
            self._accept()
        else:
            self._begin(partial(_known, self._hub))

    def _accept(self) -> None:
        try:
            one = opening.read_code(self.code.text())
        except Refusal as refusal:
            self.banner.show_refusal(str(refusal))
            return
        self.certificate.setVisible(not one.authority)
        self._begin(partial(opening.accept, one, self._authority))

    def _begin(self, find: partial[Found]) -> None:
        if self.arrival.is_at_work:
            return
        self.banner.clear()
        self.how_far.setText(_("Calling the hub"))
        self.meter.say(0, 0, spoken=self.how_far.text())
        self.arrival.begin(find)
        self._show_at_work()

    def _found(self, hub: HubSettings, is_kept: bool) -> None:
        self._hub = hub
        self.code.clear()
        self.certificate.hide()
        self.hub_found.emit(hub)
        if not is_kept:
            self.banner.show_refusal(secrets.without_keyring(), tone="warn")

    def _ready(self) -> None:
        self._is_ready = True
        self.keyboard.put_away()
        self._show_at_work()
        self.open.setFocus()

    def _went(self, progress: Progress) -> None:
        self.meter.say(progress.done, progress.total, spoken=sync_words.progress_words(progress))
        lead = _("The desk can be opened now; the rest comes while it works.")
        self.how_far.setText(f"{sync_words.progress_words(progress)} · {lead}")

    def _ended(self, trouble: str) -> None:
        self._show_at_work()
        if self._is_done:
            self._finish()
        elif trouble:
            self.banner.show_refusal(trouble)
        elif self.banner.isVisible():  # something was said that must be read first
            self.how_far.setText(_("Everything has arrived."))
            self.how_far.show()
        else:
            self._finish()

    def _show_at_work(self) -> None:
        is_at_work = self.arrival.is_at_work
        for at_work in (self.meter, self.how_far):
            at_work.setVisible(is_at_work)
        for asking in (self.code_field, self.file):
            asking.setVisible(not is_at_work and not self._is_ready)
        self.go.setVisible(not is_at_work)
        self.open.setVisible(self._is_ready)
        self.cancel.setVisible(not self._is_ready)
        self._say_buttons()

    def _say_buttons(self) -> None:
        self.go.setText(_("Go on") if self._hub is not None else _("Join"))
        self.cancel.setText(_("Cancel") if self.arrival.is_at_work else _("Back"))

    def _open(self) -> None:
        """The download stops and goes on behind the desk; one that does not stop is not waited for."""
        if not self.arrival.is_at_work:
            self._finish()
            return
        self._is_done = True
        self.open.setEnabled(False)
        self.arrival.stop()
        QTimer.singleShot(_PATIENCE_MS, self, self._finish)

    def _finish(self) -> None:
        if self.isEnabled():
            self.setEnabled(False)  # once
            self.keyboard.put_away()
            self.finished.emit()

    def _leave(self) -> None:
        if self.arrival.is_at_work:
            self.arrival.stop()
        else:
            self._let_go()

    def _let_go(self) -> None:
        """Nobody has worked in the file yet: what came from the hub is there once more at any time."""
        if self._hub is not None:
            arriving.let_go(self._path)
            self.hub_found.emit(None)
        self.keyboard.put_away()
        self.cancelled.emit()

    def _ask_certificate(self) -> None:
        dialog = QFileDialog(self, _("Choose its certificate"), _documents(), "PEM (*.pem *.crt *.cer)")
        dialog.setObjectName("join_certificate_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self.use_certificate)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def use_certificate(self, chosen: str) -> None:
        """The hub's certificate is in this file."""
        self._authority = Path(chosen)
        self._accept()

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, _("A file as the hub"), _documents(), "CivicDesk (*.hub)")
        dialog.setObjectName("join_file_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(lambda chosen: self.join_file(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _known(hub: HubSettings) -> Found:
    return hub, True


def _of_file(path: Path, role: str) -> Found:
    """One that is there: an empty one would hold no centre."""
    if not path.is_file():
        raise Unavailable(_("There is no hub at {}.").format(path))
    return opening.at_file(path, role), True
