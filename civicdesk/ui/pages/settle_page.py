"""What the sync laid before a person: two versions side by side, and which one shall stand."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.models import InboxKind, SyncInbox
from civicdesk.sync import settling, standing
from civicdesk.sync.settling import Choice, Item, Side
from civicdesk.text import _, ngettext, number
from civicdesk.ui import sync_words
from civicdesk.ui.one_tap import OneTap
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import page_head
from civicdesk.ui.pages.settle.two_sides import Shown, TwoSides
from civicdesk.ui.runner import Runner, wall_clock
from civicdesk.ui.sync_values import column_words, is_shown, value_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import IconButton
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.touch import TouchScrollArea

_MOST = 50


@dataclass(frozen=True)
class _Found:
    items: list[Item]
    shown: list[tuple[Shown, ...]]
    count: int


class SettlePage(Page):
    """One card for each thing to settle; each choice can be taken back from the notice."""

    watches: ClassVar[Changes] = frozenset({SyncInbox})
    booking_wanted = Signal(object)

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("settle_page")
        self._tap = OneTap()
        self._said: object = None
        self.back = IconButton("arrow-left", "", name="settle_back")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        content = QWidget()
        content.setProperty("kind", "scrolled")
        self._column = QVBoxLayout(content)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(roomy(14))
        self._column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 20, 20, 20)
        page.setSpacing(14)
        page.addLayout(page_head(self.back, self.title, self.second))
        page.addWidget(TouchScrollArea(content), 1)
        self.back.clicked.connect(lambda _on=False: self.back_wanted.emit())
        self.retranslate()

    def refresh(self) -> None:
        self.runner.read(_look, self._show)

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.title.setText(_("Two versions"))
        self._said = None
        self.refresh_now()

    def _show(self, found: _Found) -> None:
        words = ngettext("{} thing to settle", "{} things to settle", found.count)
        lead = _("Two desks changed the same. Nothing is lost: choose which shall stand.")
        self.second.setText(f"{words.format(number(found.count))} · {lead}")
        if found == self._said:
            return
        self._said = found
        self._clear()
        if not found.items:
            sentence = _("There is nothing to settle. What two desks changed at once is shown here.")
            self._add(EmptyState("circle-check", sentence, name="settle_nothing"))
        for item, shown in zip(found.items, found.shown, strict=True):
            self._add(self._card(item, shown))
        if found.count > len(found.items):
            more = _("and {} more, once these are settled").format(number(found.count - len(found.items)))
            self._add(label(more, "second"))

    def _card(self, item: Item, shown: tuple[Shown, ...]) -> TwoSides:
        is_refused = item.kind == InboxKind.REFUSED
        card = TwoSides(item.subject or _("Without a name"), _why(item), name=f"settle_{item.id.hex}")
        if not is_refused:
            card.show_sides(_who(item.theirs, _("Stands now")), _who(item.mine, _("Gave way")), shown)
        keep, take = (
            (_("Leave it here"), _("Send it once more"))
            if is_refused
            else (_("Keep what stands"), _("Take the other"))
        )
        card.offer(keep, take if is_refused or shown else "")
        card.kept.connect(partial(self._settle, item.id, Choice.KEPT))
        card.taken.connect(partial(self._settle, item.id, Choice.TAKEN))
        return card

    def _settle(self, item_id: UUID, choice: Choice) -> None:
        if self._tap.is_second():
            return
        at = self.runner.at()
        self.runner.now(
            lambda session: settling.settle(session, item_id, choice, at=at),
            lambda _row: self._settled(item_id, choice),
        )

    def _settled(self, item_id: UUID, choice: Choice) -> None:
        words = _("It stays as it stood.") if choice is Choice.KEPT else _("The other version stands now.")
        self.runner.say(words, undo=lambda session: settling.undo(session, item_id, at=self.runner.at()))

    def _add(self, part: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, part)

    def _clear(self) -> None:
        while self._column.count() > 1:
            taken = self._column.takeAt(0)
            if taken is not None and (widget := taken.widget()):
                widget.hide()
                widget.deleteLater()


def _look(session: Session) -> _Found:
    found = settling.items(session, _MOST)
    shown = [_shown(session, item) for item in found]
    stands = standing.look(session)
    return _Found(found, shown, max(len(found), stands.conflicts + stands.refused))


def _shown(session: Session, item: Item) -> tuple[Shown, ...]:
    theirs = dict(item.theirs.values)
    return tuple(
        Shown(
            column_words(column),
            value_words(session, item.table, column, theirs.get(column)),
            value_words(session, item.table, column, value),
        )
        for column, value in item.mine.values
        if is_shown(column)
    )


def _who(side: Side, what: str) -> tuple[str, str]:
    """What a side is, and who made it."""
    when = sync_words.when_words(side.at, wall_clock()) if side.at else ""
    return what, " · ".join(filter(None, (side.by, side.desk, when))) or _("nobody knows who")


def _why(item: Item) -> str:
    return {
        InboxKind.CONFLICT: _("Two desks changed this without knowing of each other."),
        InboxKind.OVERWRITTEN: _("A change of another desk was newer than the one made here."),
        InboxKind.REFUSED: _("The hub does not take this row as it is. It stays here and waits."),
        InboxKind.TWIN: _("This is there twice, from two desks. What happened stays; look which one counts."),
    }[item.kind]
