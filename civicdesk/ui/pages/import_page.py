"""Taking bookings or members in from a file: shown row by row first, then what is ticked; taken back at once."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk.imports import TakenIn
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Organisation, new_id
from civicdesk.text import _, ngettext, number
from civicdesk.ui.pages.imports.bookings import Bookings
from civicdesk.ui.pages.imports.busy_card import BusyCard
from civicdesk.ui.pages.imports.lately_card import LatelyCard
from civicdesk.ui.pages.imports.matching import ColumnsCard, RoomsCard
from civicdesk.ui.pages.imports.preview_card import PreviewCard
from civicdesk.ui.pages.imports.reading import Reading
from civicdesk.ui.pages.imports.subject import FileSeen, Subject
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import page_head
from civicdesk.ui.pages.side import WithSide
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import BigButton, Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.label import ElidedLabel, label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.touch import TouchScrollArea

_SIDE_WIDTH = 330


class ImportPage(Page):
    """A file is chosen, its columns and rooms are settled, its rows are looked at, and what is ticked is kept."""

    watches: ClassVar[Changes] = frozenset({Booking, Organisation})
    done = Signal(int)  # so many were taken in
    rooms_wanted = Signal()
    members_wanted = Signal()  # the register, where the new ones stand

    def __init__(self, runner: Runner, subject: Subject | None = None) -> None:
        super().__init__(runner)
        self.subject = subject or Bookings()
        self.setObjectName("import_page")
        self.seen: FileSeen | None = None
        self._key, self._is_taking_in = new_id().hex, False
        self.reading = Reading(runner, self, self.subject)
        self.back = IconButton("arrow-left", "", name="import_back")
        self.title, self.second = ElidedLabel("", "title"), label("", "second", wrap=True)
        self.another = Button("", "file-text", name="import_another")
        self.banner = RefusalBanner(name="import_banner")
        self.choose = BigButton("", "file-text", name="import_choose", role="primary")
        self.start = EmptyState("file-text", "", name="import_start", button=self.choose)
        self.lately = LatelyCard(self.subject)
        self.busy = BusyCard()
        self.preview = PreviewCard(self.subject)
        self.columns, self.rooms = ColumnsCard(self.subject), RoomsCard(self.subject)
        self.reason = text_field("", name="import_reason")
        self._reason = LabelledField("", self.reason)
        self.overrides = Card(name="import_overrides", padded=True)
        self.overrides_say = label("", "second", wrap=True)
        self.take_in = BigButton("", self.subject.icon, name="import_take_in", role="primary")
        self._build()
        self._connect()
        self.retranslate()
        self._show_part(self.start_card)

    def show_file(self, path: Path) -> None:
        """Read this file and show what is in it."""
        self.seen, self._key = None, new_id().hex
        self.banner.clear()
        self.reason.clear()
        self.second.setText(_summary(None))
        self._wait(_("Reading {}").format(path.name))
        self.reading.open(path, self._show, self._refused)

    def refresh(self) -> None:
        """Which files can still be taken back."""
        self.runner.read(self.subject.lately, self.lately.show_files)

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.title.setText(self.subject.title())
        self.another.setText(_("Another file"))
        self.choose.setText(_("Choose a file"))
        self.start.say(self.subject.start())
        self._reason.set_words(_("Reason"))
        self.overrides.set_title(_("Against the rules"))
        self.overrides_say.setText(
            _("Some rows are on closed days or over a limit. With a reason they can be ticked too.")
        )
        self.busy.retranslate()
        self.lately.retranslate()
        self.preview.retranslate()
        self._show_words()

    def _show_words(self) -> None:
        self.second.setText(_summary(self.seen))
        if self.seen is not None:
            self.columns.show_seen(self.seen)
            self.rooms.show_seen(self.seen)
        self._count()

    def _ask_for_file(self) -> None:
        dialog = QFileDialog(self, _("Choose a file"), "", self.subject.files())
        dialog.fileSelected.connect(lambda name: self.show_file(Path(name)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _wait(self, sentence: str, *, is_taking_in: bool = False) -> None:
        self._is_taking_in = is_taking_in
        self.busy.begin(sentence)
        self._show_part(self.busy)

    def _show(self, seen: FileSeen) -> None:
        """A file was read."""
        self.seen = seen
        self.banner.clear()
        if seen.lacking:
            self.banner.show_refusal(self.subject.unclear(), tone="warn")
        self.preview.show_preview(seen.preview)
        self.columns.setVisible(seen.table is not None)
        self.overrides.setVisible(bool(seen.preview) and self.preview.has_overridable())
        self._override()
        self._show_words()
        self._show_part(self.body)
        self.body.fit()

    def _refused(self, refusal: Refusal) -> None:
        """The file, or what was chosen from it, is not taken in."""
        self._show_part(self.body if self.seen else self.start_card)
        if refusal.reason != "stopped":
            self.banner.show_refusal(str(refusal))

    def _stop(self) -> None:
        self.reading.stop()
        if not self._is_taking_in:  # else it says itself whether it was in time
            self._show_part(self.body if self.seen else self.start_card)

    def _set_column(self, name: str, column: int | None) -> None:
        if self.seen is None:
            return
        shared = self.subject.shared if name in self.subject.shared else {name}
        taken = {other: at for other, at in self.seen.columns.items() if other in shared or at != column}
        self._look_again(columns={**taken, name: column})

    def _set_room(self, said: str, room_id: UUID | None) -> None:
        if self.seen is not None:
            self._look_again(rooms={**self.seen.rooms, said: room_id})

    def _look_again(self, **changed: object) -> None:
        if self.seen is None:
            return
        self._key = new_id().hex
        seen = replace(self.seen, **changed)  # type: ignore[arg-type]
        self.reading.again(seen, self._show, self._refused)

    def _override(self) -> None:
        self.preview.allow_overridable(
            bool(self.reason.text().strip()) and self.overrides.isVisibleTo(self.side)
        )

    def _count(self) -> None:
        count = self.preview.count()
        self.take_in.setText(self.subject.take_in_words(count))
        self.take_in.setEnabled(count > 0)
        self.take_in.setVisible(self.preview.has_any())

    def _take_in(self) -> None:
        lines, override = self.preview.chosen(), self.reason.text().strip()
        self.banner.clear()
        self._wait(_("Taking in. It is all or none."), is_taking_in=True)
        self.reading.take_in(lines, self._key, override, self._taken_in, self._refused)

    def _taken_in(self, count: int) -> None:
        key, at = self._key, self.runner.at

        def undo(session: Session) -> object:
            return self.subject.undo(session, key, at=at())

        self.seen, self._key = None, new_id().hex
        self.preview.show_preview(None)
        self._show_part(self.start_card)
        self.second.setText(_summary(None))
        self.runner.say(self.subject.taken_in_words(count), undo=undo)
        self.done.emit(count)
        (self.rooms_wanted if isinstance(self.subject, Bookings) else self.members_wanted).emit()

    def _undo(self, file: TakenIn) -> None:
        at = self.runner.at()
        self.banner.clear()
        self.runner.now(
            lambda session: self.subject.undo(session, file.key, at=at),
            then=lambda _back: self.runner.say(_("Taken back."), "info"),
            refused=self._refused,
        )

    def _show_part(self, part: QWidget) -> None:
        self.stack.setCurrentWidget(part)
        self.another.setVisible(part is self.body)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.lately.undo_wanted.connect(self._undo)
        for button in (self.choose, self.another):
            button.clicked.connect(lambda _on=False: self._ask_for_file())
        self.busy.stopped.connect(self._stop)
        self.reading.told.connect(self.busy.tell)
        self.columns.changed.connect(self._set_column)
        self.rooms.changed.connect(self._set_room)
        self.reason.textChanged.connect(lambda _text: self._override())
        self.preview.ticks_changed.connect(self._count)
        self.take_in.clicked.connect(lambda _on=False: self._take_in())

    def _build(self) -> None:
        self.start_card = Card(name="import_start_card")
        self.start_card.add(self.start, 1)
        self.start_card.add(self.lately)
        self.overrides.add(self.overrides_say)
        self.overrides.add(self._reason)
        self.stack = QStackedWidget()
        self.side = self._right()
        self.body = WithSide(self, self.preview, self.side, self._side_width)
        for part in (self.start_card, self.busy, self.body):
            self.stack.addWidget(part)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 20)
        whole.setSpacing(12)
        whole.addLayout(page_head(self.back, self.title, self.second, self.another))
        whole.addWidget(self.banner)
        whole.addWidget(self.stack, 1)

    def _right(self) -> QWidget:
        inside, side = QWidget(), QWidget()
        top = QVBoxLayout(inside)
        top.setContentsMargins(0, 0, 0, 0)
        top.setSpacing(12)
        for card in (self.rooms, self.overrides, self.columns):
            top.addWidget(card)
        top.addStretch(1)
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(TouchScrollArea(inside), 1)
        column.addWidget(self.preview.tick)
        column.addWidget(self.take_in)
        return side

    def _side_width(self) -> int:
        return max(roomy(_SIDE_WIDTH), self.side.minimumSizeHint().width())


def _summary(seen: FileSeen | None) -> str:
    """Which file, and how its rows fall out."""
    if seen is None:
        return _("Nothing is kept before you say so, and all of it can be taken back.")
    if seen.preview is None:
        return seen.name
    rows = len(seen.preview.lines)
    return f"{seen.name} · " + ngettext("{count} row", "{count} rows", rows).format(count=number(rows))
