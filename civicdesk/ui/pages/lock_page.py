"""The locked desk: who signs in, with which PIN; the evacuation list is one tap away all the same."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QEvent, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QButtonGroup, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from civicdesk.database import Changes
from civicdesk.desk import staff
from civicdesk.desk.lock import Locked, look
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import Centre, Closure, HeadCount, OpeningHours, Staff, Visit
from civicdesk.text import _, clock
from civicdesk.ui.pages.lock_side import LockSide
from civicdesk.ui.pages.page import Page
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.pin_entry import PinEntry
from civicdesk.ui.widgets.staff_tile import StaffTile
from civicdesk.ui.widgets.themed import mark
from civicdesk.ui.widgets.touch import TouchScrollArea

_TILES_WIDE = 276
_SMALLEST = QSize(1000, 640)


class LockPage(Page):
    """Fills the window while nobody has signed in. It names no visitor."""

    watches: ClassVar[Changes] = frozenset({Staff, Centre, Visit, HeadCount, OpeningHours, Closure})
    signed_in = Signal(object)  # Staff
    evacuation_wanted = Signal()
    list_wanted = Signal()
    day_list_wanted = Signal()
    language_wanted = Signal(str)

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("lock_page")
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._staff: Sequence[Staff] = ()
        self._chosen: UUID | None = None
        self._message, self._is_checking = "", False
        self.side = LockSide()
        self.entry = PinEntry()
        self.tiles = QButtonGroup(self)
        self._column = QVBoxLayout()
        self._second = QTimer(self)
        self._second.setInterval(1000)  # `interval=` fails in a Turkish locale: Qt looks for a setter with İ
        self._build()
        self._connect()
        self.retranslate()

    def _build(self) -> None:
        self._names = QWidget()
        names = QVBoxLayout(self._names)
        names.setContentsMargins(0, 0, 0, 0)
        names.addWidget(TouchScrollArea(_column_of(self._column)))
        self._pin = QVBoxLayout()
        self._pin.addStretch(1)
        self._pin.addWidget(self.entry)
        self._pin.addStretch(1)
        self._desk = QHBoxLayout()
        self._desk.addStretch(1)
        self._desk.addWidget(self._names)
        self._desk.addLayout(self._pin)
        self._desk.addStretch(1)
        self._whole = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self._whole.setContentsMargins(0, 0, 0, 0)
        self._whole.setSpacing(0)
        self._whole.addWidget(self.side)
        self._whole.addLayout(self._desk, 1)

    def _connect(self) -> None:
        self.side.evacuation_wanted.connect(self.evacuation_wanted)
        self.side.list_wanted.connect(self.list_wanted)
        self.side.day_list_wanted.connect(self.day_list_wanted)
        self.side.language_wanted.connect(self.language_wanted)
        self.entry.entered.connect(self._check)
        self.tiles.buttonClicked.connect(lambda tile: self._choose(tile.member.id))
        self._second.timeout.connect(self.tick)

    def lock(self, message: str = "") -> None:
        """Ask for a PIN again; `message` says why the desk locked itself."""
        self._message, self._is_checking = message, False
        self._stale = True
        if self.isVisible():
            self._refresh_if_stale()
        self._ask()
        self.entry.pad.setFocus()

    def scan(self, code: str) -> None:
        """A card was held under the reader: let its owner in."""
        use_case = partial(staff.sign_in_with_card, code=code, at=self.runner.at())
        self.runner.now(use_case, self._carded, self._refused)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Locked"))
        self.side.retranslate()
        self._ask()

    def refresh(self) -> None:
        self.runner.read(partial(look, at=self.runner.at()), self._show, self._refused)

    def tick(self) -> None:
        at = self.runner.at()
        if self.side.clock.text() != clock(at):
            self.refresh()  # a new minute: the centre may have opened or closed
        if self._barred_until() or not self.entry.pad.isEnabled():
            self._ask()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._stale = True
        self._refresh_if_stale()
        self._second.start()
        self.entry.pad.setFocus()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._second.stop()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            QTimer.singleShot(0, self, self._lay_out)  # once the pieces have grown or shrunk

    def minimumSizeHint(self) -> QSize:
        return _SMALLEST  # what stands in it is measured anew for every size

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if self.entry.pad.isEnabled():
            self.entry.pad.keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        """Side by side, or one over the other on an upright screen."""
        upright = self.height() > self.width()
        self._whole.setDirection(
            QBoxLayout.Direction.TopToBottom if upright else QBoxLayout.Direction.LeftToRight
        )
        self._divide(*self._widths(), upright=upright)

    def _widths(self) -> tuple[int, int, int, int]:
        """Of the quiet side, the names, the digits and the gaps; large letters take it from gaps and names first."""
        upright = self.height() > self.width()
        pad, least = roomy(336), 0 if upright else self.side.least_width()
        spare = self.width() - least - pad
        gap = max(16, min(roomy(32), (spare - roomy(_TILES_WIDE)) // 3))
        tiles = min(roomy(_TILES_WIDE), max(roomy(120), spare - 3 * gap))
        return max(least, min(round(self.width() * 0.41), spare + least - tiles - 3 * gap)), tiles, pad, gap

    def _divide(self, side: int, tiles: int, pad: int, gap: int, *, upright: bool) -> None:
        self.side.setFixedSize(
            self.width() if upright else side, self.height() // 3 if upright else self.height()
        )
        self._desk.setContentsMargins(gap // 2, roomy(12), gap // 2, roomy(12))
        self._desk.setSpacing(gap)
        self._names.setFixedWidth(tiles)
        self.entry.setFixedWidth(pad)

    def _show(self, seen: Locked) -> None:
        self.side.show_seen(seen)
        if _faces(seen.staff) != _faces(self._staff):
            self._fill(seen.staff)
        self._staff = seen.staff
        if self._chosen not in {member.id for member in seen.staff}:
            self._choose(seen.staff[0].id if seen.staff else None)

    def _fill(self, members: Sequence[Staff]) -> None:
        for tile in self.tiles.buttons():
            self.tiles.removeButton(tile)
        empty(self._column)
        self._column.addStretch(1)
        for at, member in enumerate(members):
            tile = StaffTile(member, name=f"lock_staff_{at}")
            mark(tile, member.id == self._chosen)
            tile.toggled.connect(partial(self._toggled, member.id))
            self.tiles.addButton(tile)
            self._column.addWidget(tile)
        self._column.addStretch(1)

    def _choose(self, member_id: UUID | None) -> None:
        self._chosen, self._message = member_id, ""
        for tile in self.tiles.buttons():
            if isinstance(tile, StaffTile) and tile.member.id == member_id:
                mark(tile, True)
        self._ask()
        self.entry.pad.setFocus()

    def _toggled(self, member_id: UUID, is_on: bool) -> None:
        # a screen reader toggles a tile without clicking it
        if is_on and member_id != self._chosen:
            self._choose(member_id)

    def _member(self) -> Staff | None:
        return next((member for member in self._staff if member.id == self._chosen), None)

    def _barred_until(self) -> datetime | None:
        member = self._member()
        until = member.barred_until if member else None
        return until if until and self.runner.at() < until else None

    def _ask(self) -> None:
        """Ask for the PIN, or say how long there is to wait."""
        member, until = self._member(), self._barred_until()
        if until:
            self.entry.bar(_wait(until, self.runner.at()))
        elif member:
            self.entry.ask(self._message or _("{name}, enter your code").format(name=member.name))

    def _check(self, pin: str) -> None:
        if self._chosen is None or self._is_checking:
            return
        self._is_checking = True
        # a PIN takes long to check on purpose; meanwhile the screen stays alive
        self.runner.background(
            partial(self._sign_in, self._chosen, pin, self.runner.at()), self._answered, owner=self
        )

    def _sign_in(self, member_id: UUID, pin: str, at: datetime) -> Staff | Refusal | Unavailable:
        try:
            with self.runner.database.begin(desk=self.runner.desk) as session:
                return staff.sign_in(session, member_id, pin, at=at)
        except Unavailable as trouble:
            return trouble

    def _answered(self, answer: Staff | Refusal | Unavailable) -> None:
        self._is_checking = False
        if isinstance(answer, Staff):
            self._let_in(answer)
            return
        self.refresh()
        self.entry.refuse(str(answer))
        if self._barred_until():
            self.entry.pad.setEnabled(False)

    def _carded(self, member: Staff | None) -> None:
        if member:
            self._let_in(member)
        else:
            self.entry.refuse(_("This card is not known here. Sign in with your code."))

    def _let_in(self, member: Staff) -> None:
        self._choose(member.id)
        self.signed_in.emit(member)

    def _refused(self, refusal: Refusal) -> None:
        self.entry.refuse(str(refusal))


def _column_of(column: QVBoxLayout) -> QWidget:
    holder = QWidget()
    holder.setLayout(column)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(12)
    return holder


def _faces(members: Sequence[Staff]) -> list[tuple[UUID, str, str]]:
    return [(member.id, member.name, member.role) for member in members]


def _wait(until: datetime, at: datetime) -> str:
    left = int((until - at).total_seconds()) + 1
    return _("Too many wrong codes. Wait {minutes}:{seconds}, until {time}.").format(
        minutes=left // 60, seconds=f"{left % 60:02d}", time=staff.clock_with_seconds(until)
    )
