"""The days of a series: free, closed with the reason, taken, or left out; each can be tapped out and in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.text import _, day, ngettext
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.themed import Themed, mark, named

_SHOWN = 48
_WIDTH = 86
_MOST_COLUMNS = 8
_TONES = {"free": "ok", "closed": "warn", "taken": "bad", "out": ""}


@dataclass(frozen=True)
class ChipState:
    """One day: how it stands, in a word and in a sentence, and whether it is to be booked."""

    on: date
    state: str
    word: str
    why: str
    is_in: bool


class DateChip(Themed, QAbstractButton):
    """A day and how it stands, painted; pressed, it is left out or taken in again."""

    def __init__(self) -> None:
        super().__init__()
        self._shown = ChipState(date(2000, 1, 1), "free", "", "", is_in=True)
        self.setCheckable(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, shown: ChipState) -> None:
        """Show this day."""
        self._shown = shown
        mark(self, shown.is_in)
        on = day(shown.on)
        said = dict.fromkeys(
            filter(None, (on, shown.word, shown.why))
        )  # a feast is word and reason: said once
        named(self, f"booking_date_{shown.on:%Y%m%d}", " · ".join(said))
        self.setToolTip(self.accessibleName())
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(roomy(_WIDTH), max(roomy(48), scaled(15) * 3))

    def minimumSizeHint(self) -> QSize:
        return QSize(roomy(60), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, shown = current(), self._shown
        strong, soft = theme.tone(_TONES[shown.state])
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring = bool(self.property("ring"))
        edge = theme.primary if ring else strong if theme.pill_edge or self.isDown() else soft
        pen = QPen(QColor(edge if shown.is_in or ring else theme.edge), 3 if ring else 1)
        if not shown.is_in:
            pen.setStyle(Qt.PenStyle.DashLine)
        painter.setPen(pen)
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5), 10, 10)
        painter.setPen(QColor(strong))
        self._write(painter)

    def _write(self, painter: QPainter) -> None:
        inside = self.rect().adjusted(4, 4, -4, -4)
        upper, lower = (
            inside.adjusted(0, 0, 0, -inside.height() // 2),
            inside.adjusted(0, inside.height() // 2, 0, 0),
        )
        heavy = desk_font(13, QFont.Weight.DemiBold)
        heavy.setStrikeOut(not self._shown.is_in)
        middle = Qt.AlignmentFlag.AlignCenter
        for font, room, words in (
            (heavy, upper, day(self._shown.on, "d MMM")),
            (desk_font(12), lower, self._shown.word),
        ):
            painter.setFont(font)
            elided = painter.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, int(middle), elided)


class DateChips(Themed, QWidget):
    """Side by side, as many to a line as there is room for; of very many only the first until more are wanted."""

    toggled = Signal(object, bool)  # date, whether it is to be booked

    def __init__(self) -> None:
        super().__init__()
        self._states: Sequence[ChipState] = ()
        self._chips: list[DateChip] = []
        self._columns, self._is_open = 0, False
        self.more = Button("", name="booking_dates_more", role="quiet")
        self._grid = QGridLayout()
        self._grid.setSpacing(6)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addLayout(self._grid)
        whole.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeading)
        self.more.clicked.connect(self._open)
        named(self, "booking_dates", "")
        self.hide()

    def show_days(self, states: Sequence[ChipState]) -> None:
        """Show these days; none, and nothing is there."""
        if len(states) <= _SHOWN:
            self._is_open = False
        self._states = states
        self.setVisible(bool(states))
        self.retranslate()
        self._fill()

    def chip(self, on: date) -> DateChip | None:
        """The chip of a day, if it is shown."""
        shown = zip(self._chips, self._states, strict=False)
        return next((chip for chip, state in shown if state.on == on), None)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Days"))
        left = len(self._states) - _SHOWN
        self.more.setText(ngettext("Show {} more day", "Show {} more days", max(left, 1)).format(left))
        self.more.setVisible(left > 0 and not self._is_open)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def dress(self) -> None:
        self._arrange()

    def _open(self) -> None:
        self._is_open = True
        self.retranslate()
        self._fill()

    def _fill(self) -> None:
        shown = self._states if self._is_open else self._states[:_SHOWN]
        while len(self._chips) < len(shown):
            self._chips.append(self._new_chip())
        for chip, state in zip(self._chips, shown, strict=False):
            chip.say(state)
            chip.show()
        for chip in self._chips[len(shown) :]:
            chip.hide()
        self._columns = 0
        self._arrange()

    def _new_chip(self) -> DateChip:
        chip, place = DateChip(), len(self._chips)
        chip.toggled.connect(lambda on: self.toggled.emit(self._states[place].on, on))
        self._grid.addWidget(chip, place // _MOST_COLUMNS, place % _MOST_COLUMNS)
        return chip

    def _arrange(self) -> None:
        columns = max(1, min(_MOST_COLUMNS, (self.width() + 6) // (roomy(_WIDTH) + 6)))
        if columns == self._columns:
            return
        self._columns = columns
        for place, chip in enumerate(self._chips):
            self._grid.addWidget(chip, place // columns, place % columns)
        for column in range(_MOST_COLUMNS):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
