"""What the sync laid before a person: rooms given away twice, and two versions of one thing, side by side."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import room_clashes
from civicdesk.desk.room_clashes import RoomClash
from civicdesk.models import Booking, InboxKind, SyncInbox
from civicdesk.sync import settling, standing
from civicdesk.sync.settling import Choice, Item, Side
from civicdesk.text import _, ngettext, number
from civicdesk.ui import sync_words
from civicdesk.ui.one_tap import OneTap
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import page_head
from civicdesk.ui.pages.rooms.deeds import BookingDeeds
from civicdesk.ui.pages.settle.clash_card import clash_card
from civicdesk.ui.pages.settle.two_sides import Shown, TwoSides, Way
from civicdesk.ui.runner import Runner, wall_clock
from civicdesk.ui.sync_values import column_words, is_shown, value_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import IconButton
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.touch import TouchScrollArea

_MOST = 50


@dataclass(frozen=True)
class _Found:
    clashes: list[RoomClash]
    items: list[Item]
    shown: list[tuple[Shown, ...]]
    count: int


class SettlePage(Page):
    """One card for each thing to settle; each choice can be taken back from the notice."""

    watches: ClassVar[Changes] = frozenset({SyncInbox, Booking})
    free_room_wanted = Signal(object)  # a booking that lost its room

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("settle_page")
        self._tap = OneTap()
        self._said: object = None
        self._deeds = BookingDeeds(runner, self)
        self.banner = RefusalBanner(name="settle_banner")
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
        page.addWidget(self.banner)
        page.addWidget(TouchScrollArea(content), 1)
        self._deeds.refused.connect(lambda sentence, _wish: self.banner.show_refusal(sentence))
        self.back.clicked.connect(lambda _on=False: self.back_wanted.emit())
        self.retranslate()

    def refresh(self) -> None:
        self.runner.read(partial(_look, at=self.runner.at()), self._show)

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.title.setText(_("To settle"))
        self._said = None
        self.refresh_now()

    def _show(self, found: _Found) -> None:
        words = ngettext("{} thing to settle", "{} things to settle", found.count)
        lead = _("Two desks did the same at once. Nothing is lost: choose which shall stand.")
        self.second.setText(f"{words.format(number(found.count))} · {lead}")
        said = (found.items, found.shown, [_said_of(clash) for clash in found.clashes], found.count)
        if said == self._said:
            return
        self._said = said
        self.banner.clear()
        self._clear()
        if not found.count:
            sentence = _("There is nothing to settle. What two desks did to one thing is shown here.")
            self._add(EmptyState("circle-check", sentence, name="settle_nothing"))
        for clash in found.clashes:
            card = clash_card(clash, self._deeds, self._tap)
            card.searched.connect(self.free_room_wanted)
            self._add(card)
        for item, shown in zip(found.items, found.shown, strict=True):
            self._add(self._card(item, shown))
        left = found.count - len(found.items) - len(found.clashes)
        if left > 0:
            more = _("and {} more, once these are settled").format(number(left))
            self._add(label(more, "second"))

    def _card(self, item: Item, shown: tuple[Shown, ...]) -> TwoSides:
        is_refused = item.kind == InboxKind.REFUSED
        card = TwoSides(
            item.subject or _("Without a name"), _why(item), self._tap, name=f"settle_{item.id.hex}"
        )
        if not is_refused:
            card.show_sides(_who(item.theirs, _("Stands now")), _who(item.mine, _("Gave way")), shown)
        keep, take = (
            (_("Leave it here"), _("Send it once more"))
            if is_refused
            else (_("Keep what stands"), _("Take the other"))
        )
        ways = [Way("keep", keep, "check", partial(self._settle, item, Choice.KEPT))]
        if is_refused or shown:
            ways.append(Way("take", take, "undo-2", partial(self._settle, item, Choice.TAKEN)))
        card.offer(ways)
        return card

    def _settle(self, item: Item, choice: Choice) -> None:
        at = self.runner.at()
        self.runner.now(
            lambda session: settling.settle(session, item.id, choice, at=at),
            lambda _row: self._settled(item, choice),
            lambda refusal: self.banner.show_refusal(str(refusal)),
        )

    def _settled(self, item: Item, choice: Choice) -> None:
        self.runner.say(
            _settled_words(item, choice),
            undo=lambda session: settling.undo(session, item.id, at=self.runner.at()),
        )

    def _add(self, part: QWidget) -> None:
        self._column.insertWidget(self._column.count() - 1, part)

    def _clear(self) -> None:
        while self._column.count() > 1:
            taken = self._column.takeAt(0)
            if taken is not None and (widget := taken.widget()):
                widget.hide()
                widget.deleteLater()


def _look(session: Session, *, at: datetime) -> _Found:
    clashes = room_clashes.look(session, at=at, most=_MOST)
    found = settling.items(session, _MOST)
    shown = [_shown(session, item) for item in found]
    stands = standing.look(session)
    items = max(len(found), stands.conflicts + stands.refused)
    return _Found(clashes, found, shown, len(clashes) + items)


def _said_of(clash: RoomClash) -> tuple[object, ...]:
    """All that the card of a clash shows."""
    sides = (clash.lost, clash.holder) if clash.holder else (clash.lost,)
    shown = [(each.id, each.starts_at, each.ends_at, each.people, each.title, each.room_id) for each in sides]
    return (*shown, clash.lost_made, clash.holder_made, *(room.id for room in clash.rooms))


def _settled_words(item: Item, choice: Choice) -> str:
    if item.kind == InboxKind.REFUSED:
        return _("It stays here.") if choice is Choice.KEPT else _("It goes with the next sync.")
    return _("It stays as it stood.") if choice is Choice.KEPT else _("The other version stands now.")


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
