"""The bar over every page: search or scan, devices, clock, who, lock."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.models import Staff
from civicdesk.text import _, clock, day, local
from civicdesk.ui.reader_words import chip_tip, state_words
from civicdesk.ui.reading import ReaderState
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.avatar import Avatar
from civicdesk.ui.widgets.button import Button, Chip, IconButton
from civicdesk.ui.widgets.fields import TextField, text_field
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import Themed

_MARGIN, _GAP = 20, 12
_CALM = ("ok", "info")


class TopBar(Themed, QFrame):
    """Search, chips, clock and lock."""

    searched = Signal(str)
    printer_wanted = Signal()
    reader_wanted = Signal()
    mail_wanted = Signal()
    hub_wanted = Signal()
    desk_wanted = Signal()
    lock_wanted = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.setObjectName("top_bar")
        self.setProperty("kind", "bar")
        self.search: TextField = text_field("", name="search", icon="search")
        self.printer = Chip("", "printer", "ok", name="chip_printer")
        self.mail = Chip("", "mail", "warn", name="chip_mail")
        self.hub = Chip("", "globe", "ok", name="chip_hub")
        self.reader = Chip("", "scan-line", "info", name="chip_reader")
        self.camera = Chip("", "camera", "info", name="chip_camera")
        self.desk = Chip("", "hard-drive", "ok", name="chip_desk")
        self.time = label("", "title")
        self.date = label("", "second")
        self.avatar = Avatar(size=44)
        self.lock = Button("", "lock", name="lock")
        self.lock_small = IconButton("lock", "", name="lock_small")
        self._read_at = ""
        self._troubled: ReaderState | None = None
        self._is_camera_on = False
        self._build()
        self._connect()
        self.retranslate()

    def show_staff(self, staff: Staff | None) -> None:
        """Who is signed in."""
        self.avatar.show_person(staff.name if staff else "")
        self.avatar.setAccessibleName(staff.name if staff else "")
        self.avatar.setToolTip(staff.name if staff else "")

    def show_reader(self, at: str) -> None:
        """The reader sent something at this time."""
        self._read_at = at
        self._say_readers()

    def show_readers(self, troubled: ReaderState | None, *, is_camera_on: bool) -> None:
        """Which reader needs somebody, if one does; and whether a camera looks on."""
        self._troubled, self._is_camera_on = troubled, is_camera_on
        self._say_readers()
        self._make_room()

    def show_printer(self, words: str, tone: str, tip: str) -> None:
        """How the printers stand; without words there is nothing to tell, and no chip."""
        self.printer.show_as(words, tone)
        self.printer.setToolTip(tip)
        self.printer.setAccessibleName(_("Printers: {}").format(words) if words else "")
        self._make_room()

    def show_mail(self, words: str, tone: str, tip: str) -> None:
        """What is wrong with the e-mail; without words nothing is, and there is no chip."""
        self.mail.show_as(words, tone)
        self.mail.setToolTip(tip)
        self.mail.setAccessibleName(f"{words}. {tip}" if words else "")
        self._make_room()

    def show_hub(self, words: str, tone: str, tip: str) -> None:
        """How the desk stands with its hub; without words there is none, and no chip."""
        self.hub.show_as(words, tone)
        self.hub.setToolTip(tip)
        self.hub.setAccessibleName(f"{words}. {tip}" if words else "")
        self._make_room()

    def show_desk(self, tone: str, words: str) -> None:
        """How the file and the disk are."""
        self.desk.show_as(_("Records"), tone)
        self.desk.setToolTip(words)

    def tick(self) -> None:
        """The clock moved on."""
        at = self._runner.at()
        self.time.setText(clock(at))
        self.date.setText(day(local(at).date()))

    def retranslate(self) -> None:
        self.search.setPlaceholderText(_("Search, or scan a code…"))
        self.search.setAccessibleName(_("Search, or scan a code…"))
        self.lock.setText(_("Lock"))
        self.lock_small.say(_("Lock"))
        self.desk.show_as(_("Records"), self.desk.tone)
        self._say_readers()
        self.tick()

    def _say_readers(self) -> None:
        at = self._read_at
        if self._troubled:
            said = state_words(self._troubled)
            self.reader.show_as(said.chip, said.tone)
            self.reader.setToolTip(chip_tip(self._troubled))
        else:
            self.reader.show_as(_("Reader {}").format(at) if at else _("Reader"), "ok" if at else "info")
            self.reader.setToolTip("")
        self.camera.show_as(_("Camera on"), "info")
        self.camera.setToolTip(_("The camera is on. Its picture is looked at for codes and kept nowhere."))

    def dress(self) -> None:
        if row := self.layout():
            row.setContentsMargins(_MARGIN, roomy(10), _MARGIN, roomy(10))
        self.search.setMinimumWidth(roomy(180))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def minimumSizeHint(self) -> QSize:
        """As narrow as it must be: what does not fit is left out, so it must not hold the window open."""
        return QSize(0, super().minimumSizeHint().height())

    def _make_room(self) -> None:
        """What is least needed goes first when the bar is narrow or the letters are large.

        A chip that tells of trouble goes last, and the printers', the e-mail's and the camera's never do. What stays
        is reckoned before anything is shown or hidden: that makes the bar higher or lower, which asks for it again.
        """
        told = (self.desk, self.hub, self.reader) if self.hub.text() else (self.desk, self.reader)
        calm = [chip for chip in told if chip.tone in _CALM]
        stirred = [chip for chip in told if chip.tone not in _CALM]
        least_needed: tuple[QWidget, ...] = (*calm[:1], self.date, *calm[1:], self.lock, *stirred)
        stays = {*least_needed, *self._always()}
        for widget in least_needed:
            if self._needed(stays) <= self.width():
                break
            stays.remove(widget)
            if widget is self.lock:
                stays.add(self.lock_small)
        for widget in (self.printer, self.mail, self.hub, self.camera, self.lock_small, *least_needed):
            widget.setVisible(widget in stays)

    def _always(self) -> Iterator[QWidget]:
        """The chips that are never left out, as long as there is something to tell."""
        if self.printer.text():
            yield self.printer
        if self.mail.text():
            yield self.mail
        if self._is_camera_on:
            yield self.camera

    def _needed(self, stays: Collection[QWidget]) -> int:
        """How wide the bar would have to be for these."""
        when = (self.time, self.date)
        widths = [widget.sizeHint().width() for widget in stays if widget not in when]
        widest = max(line.sizeHint().width() for line in when if line is self.time or line in stays)
        parts = [*widths, widest, self.avatar.sizeHint().width(), self.search.minimumWidth()]
        return sum(parts) + _GAP * (len(parts) + 1) + 2 * _MARGIN

    def _build(self) -> None:
        row = QHBoxLayout(self)
        row.setSpacing(_GAP)
        self.search.setMaximumWidth(roomy(520))
        self.search.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.search, 3)
        row.addWidget(self.printer)
        row.addWidget(self.mail)
        row.addWidget(self.hub)
        row.addWidget(self.reader)
        row.addWidget(self.camera)
        row.addWidget(self.desk)
        row.addStretch(1)
        when = QVBoxLayout()
        when.setSpacing(0)
        for line in (self.time, self.date):
            line.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            when.addWidget(line)
        when.setContentsMargins(0, 0, 0, 0)
        row.addLayout(when)
        for widget in (self.avatar, self.lock, self.lock_small):
            row.addWidget(widget)
        self.dress()

    def _connect(self) -> None:
        self.search.returnPressed.connect(self._search)
        self.printer.clicked.connect(self.printer_wanted)
        self.mail.clicked.connect(self.mail_wanted)
        self.hub.clicked.connect(self.hub_wanted)
        self.reader.clicked.connect(self.reader_wanted)
        self.camera.clicked.connect(self.reader_wanted)
        self.desk.clicked.connect(self.desk_wanted)
        self.lock.clicked.connect(self.lock_wanted)
        self.lock_small.clicked.connect(self.lock_wanted)

    def _search(self) -> None:
        if text := self.search.text().strip():
            self.search.clear()
            self.searched.emit(text)
