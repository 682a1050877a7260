"""Setting up the readers: try one with a test card, see what arrived and how, and change what is not right."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from civicdesk.desk.staff import clock_with_seconds
from civicdesk.settings import Settings
from civicdesk.text import _
from civicdesk.ui.pages.settings.reader_camera import CameraCard
from civicdesk.ui.pages.settings.reader_card import CardPicture
from civicdesk.ui.pages.settings.reader_last import LastScan
from civicdesk.ui.pages.settings.reader_manners import MannersCard
from civicdesk.ui.pages.settings.reader_ports import PortsCard
from civicdesk.ui.pages.settings.section import MachineSection
from civicdesk.ui.readers import Readers
from civicdesk.ui.reading import Reading, Way
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label

_WIDE = 720
"""From this width on the test card stands beside what the reader made of it."""


class ReaderSection(MachineSection):
    """Test card and last scan on top; below them the readers of each kind."""

    test_card_wanted = Signal(str)  # the code on the card

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_reader")
        self._readers: Readers | None = None
        self._is_looked_for = False
        self.trial = Card(name="reader_trial", padded=True)
        self.picture = CardPicture(runner)
        self.how = label("", "body", wrap=True)
        self.print_card = Button("", "printer", name="reader_print_card")
        self.last = LastScan()
        self.manners, self.ports, self.camera = MannersCard(), PortsCard(runner), CameraCard()
        self._build()
        self._connect()
        self.retranslate()

    def use_readers(self, readers: Readers) -> None:
        """Show what these readers send, and how they are."""
        self._readers = readers
        readers.read.connect(self._show_reading)
        readers.changed.connect(self._show_states)
        readers.seen.connect(self.camera.show_picture)
        self._show_states()

    def show_settings(self, settings: Settings) -> None:
        """Show what this computer works by."""
        super().show_settings(settings)
        for part in (self.last, self.manners, self.ports, self.camera):
            part.show_settings(settings)

    def scanned(self, text: str, raw: str) -> None:
        """Something came in as a code; the readers themselves tell more of it."""
        if self._readers is None:
            self._show_reading(Reading(text, raw, Way.KEYBOARD, sent=text, end="enter"))

    def retranslate(self) -> None:
        lead = _(
            "Hold the reader before the test card: what it sent, and what to change if need be, stands here."
        )
        self.set_heading(_("Reader"), lead)
        self.trial.set_title(_("Test card"))
        self.how.setText(
            _(
                "Scan it from the screen, or print it first. If nothing arrives, see whether the reader is plugged "
                "in and set up as a keyboard, or add it below."
            )
        )
        self.print_card.setText(_("Print test card"))
        self._show_states()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch(True)
        if not self._is_looked_for:
            self._is_looked_for = True
            self.ports.look()
            QTimer.singleShot(0, self, self.camera.look)  # the page first: a camera takes a while to import

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch(False)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

    def _build(self) -> None:
        self.trial.body.addWidget(self.picture, 0, Qt.AlignmentFlag.AlignHCenter)
        self.trial.add(self.how)
        self.trial.add(self.print_card)
        self.trial.body.addStretch(1)
        top = QWidget()
        self._top = QBoxLayout(QBoxLayout.Direction.LeftToRight, top)
        self._top.setContentsMargins(0, 0, 0, 0)
        self._top.addWidget(self.trial)
        self._top.addWidget(self.last, 1)
        for part in (top, self.manners, self.ports, self.camera):
            self.add(part)

    def _connect(self) -> None:
        self.print_card.clicked.connect(lambda _on=False: self.test_card_wanted.emit(self.picture.code))
        for part in (self.last, self.manners, self.ports, self.camera):
            part.change_wanted.connect(lambda change: self.want(**change))

    def _arrange(self) -> None:
        is_wide = self.width() >= scaled(_WIDE)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._top.setDirection(direction)
        self._top.setSpacing(roomy(12))
        self.trial.setMaximumWidth(roomy(300) if is_wide else 16_777_215)

    def _show_reading(self, reading: Reading) -> None:
        self.last.show_reading(reading, clock_with_seconds(self.runner.at()))
        if self.isVisible():
            self.area.ensureWidgetVisible(self.last.verdict, 0, roomy(60))

    def _show_states(self) -> None:
        if self._readers is None:
            return
        states = self._readers.states()
        self.manners.show_state(next(each for each in states if each.way is Way.KEYBOARD))
        self.ports.show_states(states)
        self.camera.show_states(states)

    def _watch(self, is_watched: bool) -> None:
        if self._readers is not None:
            self._readers.watch_near_misses(is_watched)
