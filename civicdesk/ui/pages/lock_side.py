"""The quiet side of the lock screen: where we are, what time it is, and the way to the evacuation list."""

from __future__ import annotations

from datetime import datetime
from textwrap import shorten

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.desk.lock import Locked
from civicdesk.text import _, clock, day, language, local, ngettext, number
from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.ground import GlassButton, Ground
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.themed import Themed

_OTHER = {"tr": ("en", "English"), "en": ("tr", "Türkçe")}
_NARROW = 18
_LONGEST_NAME = 80


class LockSide(Ground):
    """Name of the centre, clock, date, how many are inside, and buttons that work without signing in.

    The lists on paper go straight to their printer: whoever prints them here does not see a name on the screen.
    """

    evacuation_wanted = Signal()
    list_wanted = Signal()
    day_list_wanted = Signal()
    language_wanted = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._seen: Locked | None = None
        self.logo = QLabel()
        self.centre = _on_ground("heading", "bright")
        self.clock = BigClock()
        self.date = _on_ground("title", "rail")
        self.state = _on_ground("heading", "rail")
        self.state.setObjectName("lock_state")
        self.evacuation = GlassButton("", "siren", name="lock_evacuation")
        self.evacuation_paper = GlassButton("", "printer", name="lock_print_evacuation")
        self.day_paper = GlassButton("", "printer", name="lock_print_day_list")
        self.camera = Pill("", "info", "camera")
        self.camera.setObjectName("lock_camera")
        self.camera.hide()
        self.language = GlassButton("", "languages", name="lock_language")
        self.language.clicked.connect(lambda: self.language_wanted.emit(_OTHER[language()][0]))
        self.evacuation.clicked.connect(self.evacuation_wanted)
        self.evacuation_paper.clicked.connect(lambda _on=False: self.list_wanted.emit())
        self.day_paper.clicked.connect(lambda _on=False: self.day_list_wanted.emit())
        self._build()

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(14)
        head.addWidget(self.logo)
        head.addWidget(self.centre, 1)
        self._whole = QVBoxLayout(self)
        self._whole.setSpacing(0)
        self._whole.addLayout(head)
        self._whole.addStretch(3)
        for part in (self.clock, self.date, self.state):
            self._whole.addWidget(part)
        self._whole.addStretch(4)
        self._whole.addWidget(self.camera, 0, Qt.AlignmentFlag.AlignLeft)
        self._whole.addSpacing(12)
        self._whole.addWidget(
            FlowRow([self.evacuation, self.evacuation_paper, self.day_paper, self.language], spacing=12)
        )
        self.dress()

    def dress(self) -> None:
        super().dress()
        self._set_margins()
        self.state.setContentsMargins(0, roomy(24), 0, 0)
        self.logo.setPixmap(pixmap("civicdesk", size=roomy(56)))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._set_margins()
        self._leave_out()

    def _leave_out(self) -> None:
        """Where letters are too large for all of it, the date goes, never a button."""
        self.date.show()
        self.state.setContentsMargins(0, roomy(24), 0, 0)
        if self._whole.totalHeightForWidth(self.width()) > self.height():
            self.state.setContentsMargins(0, 0, 0, 0)
        self.date.setVisible(self._whole.totalHeightForWidth(self.width()) <= self.height())

    def least_width(self) -> int:
        """As narrow as the widest button allows."""
        buttons = (self.evacuation, self.evacuation_paper, self.day_paper, self.language)
        return max(button.sizeHint().width() for button in buttons) + 2 * _NARROW

    def _set_margins(self) -> None:
        wide = self.width() > roomy(480)
        side, top = (roomy(56), roomy(48)) if wide else (_NARROW, roomy(20))
        self._whole.setContentsMargins(side, top, side, top)

    def retranslate(self) -> None:
        self.evacuation.setText(_("Emergency: who is inside"))
        self.evacuation_paper.setText(_("Print the evacuation list"))
        self.day_paper.setText(_("Print the day list"))
        self.language.setText(_OTHER[language()][1])
        self.camera.setText(_("Camera on"))
        if self._seen:
            self.show_seen(self._seen)

    def show_seen(self, seen: Locked) -> None:
        """Show the centre as it stands."""
        self._seen = seen
        self.centre.setText(shorten(seen.centre, _LONGEST_NAME, placeholder="…"))
        self.centre.setToolTip(seen.centre)
        inside = ngettext("{count} person inside", "{count} people inside", seen.inside)
        self.state.setText(f"{inside.format(count=number(seen.inside))} · {_hours(seen)}")
        self.show_time(seen.at)

    def show_camera(self, is_on: bool) -> None:
        """Say whether a camera looks at whoever stands here."""
        self.camera.setVisible(is_on)

    def show_time(self, at: datetime) -> None:
        """Show the time and the date."""
        self.clock.show_time(clock(at))
        self.date.setText(day(local(at).date()))


def _hours(seen: Locked) -> str:
    """When the centre closes, or why it is closed and when it opens."""
    if seen.day.is_open(seen.at):
        spans = (f"{clock(opens)}–{clock(closes)}" for opens, closes in seen.day.spans)
        return _("open {hours}").format(hours=", ".join(spans))
    opens = seen.opens_next
    said = [_("closed"), seen.day.reason]
    if opens and local(opens).date() == local(seen.at).date():
        said.append(_("opens at {time}").format(time=clock(opens)))
    elif opens:
        when = f"{day(local(opens).date(), 'd MMMM EEEE')} {clock(opens)}"
        said.append(_("opens {when}").format(when=when))
    return " · ".join(filter(None, said))


def _on_ground(kind: str, tone: str) -> QLabel:
    words = label("", kind, wrap=True)
    words.setProperty("tone", tone)
    return words


class BigClock(Themed, QWidget):
    """The time, as large as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self._time = "00:00"
        self.setObjectName("lock_clock")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_time(self, time: str) -> None:
        """Show this time."""
        if time != self._time:
            self._time = time
            self.setAccessibleName(time)
            self.update()

    def text(self) -> str:
        return self._time

    def sizeHint(self) -> QSize:
        return QSize(scaled(200), QFontMetrics(self._font(roomy(92))).height())

    def minimumSizeHint(self) -> QSize:
        return QSize(roomy(160), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        font = self._font(roomy(92))
        width = QFontMetrics(font).horizontalAdvance(self._time)
        if width > self.width():
            font = self._font(font.pixelSize() * self.width() // width)
        painter.setFont(font)
        painter.setPen(QColor("#FFFFFF"))
        painter.drawText(
            self.rect(), int(Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading), self._time
        )

    def _font(self, size: int) -> QFont:
        font = desk_font(15, QFont.Weight.Bold)
        font.setPixelSize(size)
        return font
