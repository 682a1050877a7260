"""Post: the wall of boxes, and beside it the box that is open."""

from __future__ import annotations

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QStackedWidget, QVBoxLayout, QWidget

from civicdesk import codes
from civicdesk.database import Changes
from civicdesk.desk import mail, mail_wall, open_box, pickups
from civicdesk.desk.mail_wall import Wall
from civicdesk.desk.open_box import OpenBox, Story
from civicdesk.errors import Refusal
from civicdesk.messages import composing
from civicdesk.models import (
    AddressPaper,
    Mailbox,
    MailPhoto,
    MailState,
    MessageMove,
    Organisation,
    OrganisationPerson,
    PhoneMessage,
    SignedPickup,
)
from civicdesk.text import _, clock
from civicdesk.ui.pages.checkin.field_row import FieldRow
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.post.box_view import BoxView
from civicdesk.ui.pages.post.deeds import PostDeeds
from civicdesk.ui.pages.post.handed_view import HandedView
from civicdesk.ui.pages.post.handing import Handed, Handing
from civicdesk.ui.pages.post.item_view import ItemView
from civicdesk.ui.pages.post.wall_card import ALL, NOTICES, UNMATCHED, WallCard
from civicdesk.ui.pages.side import place_side
from civicdesk.ui.post_words import items_words, notices_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, Chip
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.touch import TouchScrollArea

_SIDE_WIDTH = 400


class PostPage(Page):
    """Find a box, hand over what lies in it, see what waits."""

    watches: ClassVar[Changes] = frozenset(
        {
            AddressPaper,
            Mailbox,
            MailPhoto,
            MailState,
            MessageMove,
            Organisation,
            OrganisationPerson,
            PhoneMessage,
            SignedPickup,
        }
    )
    receive_wanted = Signal()
    notice_wanted = Signal(object)  # item id
    registers_wanted = Signal()
    receipt_wanted = Signal(object)  # hand-over id
    secretariat_wanted = Signal(str)  # messages

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("post_page")
        self._box: int | None = None
        self._organisation: UUID | None = None
        self._item: UUID | None = None
        self.title = label("", "title")
        self.title.setMinimumHeight(roomy(44))
        self.waiting = Chip("", "mail", "info", name="post_waiting")
        self.notices = Chip("", "file-pen", "bad", name="post_notices")
        self.unmatched = Chip("", "circle-help", "warn", name="post_unmatched")
        self.receive = Button("", "package", name="post_receive", role="primary")
        self.banner = RefusalBanner(name="post_unfinished")
        self.wall = WallCard()
        self.box, self.item, self.handed = BoxView(), ItemView(runner), HandedView()
        self.nothing = EmptyState("mailbox", "", name="post_no_box")
        self._empty = Card(name="post_side")
        self.handing = Handing(runner, self)
        self.deeds = PostDeeds(runner, self)
        self._build()
        self._connect()
        self.retranslate()

    def begin_pickup(self) -> None:
        """Show all boxes, ready for a number or a name to be typed."""
        self._close()
        self.wall.begin()

    def open_box(self, number: int) -> None:
        """Open a box beside the wall."""
        self._box, self._organisation, self._item = number, None, None
        self._put_away_handed()
        self._read_open()

    def open_organisation(self, organisation_id: UUID) -> None:
        """Open the post of an organisation, with or without a box."""
        self._box, self._organisation, self._item = None, organisation_id, None
        self._put_away_handed()
        self._read_open()

    def open_item(self, item_id: UUID) -> None:
        """Show one item with its history."""
        self._item = item_id
        self._read_open()

    def show_list(self, which: str = ALL) -> None:
        """Show what waits as a list: all, `notices` or `unmatched`."""
        self.wall.set_list(is_list=True, which=which)

    def takes_scan(self, text: str) -> bool:
        """A box's label opens it; a badge chooses who collects while a box is open; a known number opens its item."""
        parsed = codes.parse(text)
        if isinstance(parsed, codes.Code):
            if parsed.kind is codes.Kind.BOX:
                self.open_box(parsed.number)
                return True
            return parsed.kind is codes.Kind.BADGE and self._takes_badge(text)
        return parsed is codes.Fault.FOREIGN and self._takes_number(text)

    def refresh(self) -> None:
        at = self.runner.at()
        self.runner.read(lambda session: mail_wall.look(session, at=at), self._show_wall)
        self.runner.read(lambda session: open_box.waiting(session, at=at), self.wall.show_items)
        self.handing.look()
        self._read_open()

    def retranslate(self) -> None:
        self.title.setText(_("Mailboxes"))
        self.receive.setText(_("Receive post"))
        self.nothing.say(
            _("Choose a box to see what lies in it and to hand it over. A box's label can be scanned.")
        )
        self._empty.setAccessibleName(_("No box is open"))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def _build(self) -> None:
        self._empty.add(self.nothing, 1)
        self.side = QStackedWidget()
        for view in (self._empty, self.box, self.item, self.handed):
            self.side.addWidget(view)
        said = FlowRow((self.title, self.waiting, self.notices, self.unmatched), spacing=10)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        main = QVBoxLayout(inside)
        main.setContentsMargins(0, 0, 0, 0)
        main.setSpacing(12)
        main.addWidget(FieldRow([(said, 1), (self.receive, 0)], least=560))
        main.addWidget(self.banner)
        main.addWidget(self.wall, 1)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, 20, 20, 20)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(TouchScrollArea(inside), 0, 0)
        self._fit()

    def _fit(self) -> None:
        width = min(roomy(_SIDE_WIDTH), max(_SIDE_WIDTH, self.width() * 2 // 5))
        place_side(self, self._grid, self.side, first_row=0, last_row=0, width=width)

    def _connect(self) -> None:
        self.receive.clicked.connect(self.receive_wanted)
        self.waiting.clicked.connect(lambda _on=False: self.show_list(ALL))
        self.notices.clicked.connect(lambda _on=False: self.show_list(NOTICES))
        self.unmatched.clicked.connect(lambda _on=False: self.show_list(UNMATCHED))
        self.wall.box_wanted.connect(self.open_box)
        self.wall.item_wanted.connect(self.open_item)
        self.wall.registers_wanted.connect(self.registers_wanted)
        self.wall.searched.connect(self._search)
        self._connect_box()
        self.item.closed.connect(self._close_item)
        self.item.notice_wanted.connect(self.notice_wanted)
        self.item.receipt_wanted.connect(self.receipt_wanted)
        self.handed.receipt_wanted.connect(self.receipt_wanted)
        self.handed.email_wanted.connect(self._send_receipt)
        self.handed.correct_wanted.connect(self.deeds.correct_hand_over)
        self.handed.secretariat_wanted.connect(self.secretariat_wanted)
        self.handed.done.connect(self._close_handed)
        self.deeds.done.connect(self._close_handed)
        self.deeds.refused.connect(lambda refusal: self.handed.ask.refuse(str(refusal)))

    def _connect_box(self) -> None:
        self.box.closed.connect(self._close)
        self.box.secretariat_wanted.connect(self.secretariat_wanted)
        self.box.item_wanted.connect(self.open_item)
        self.box.notice_wanted.connect(self.notice_wanted)
        self.box.hand_over_wanted.connect(self._hand_over)
        self.handing.handed.connect(self._handed_over)
        self.handing.refused.connect(self._refuse_hand_over)
        self.handing.unfinished.connect(self._show_unfinished)

    def _read_open(self) -> None:
        """Read what is open beside the wall."""
        at = self.runner.at()
        if self._item is not None:
            item = self._item
            self.runner.read(
                lambda session: open_box.story(session, item, at=at), self._show_item, self._gone
            )
        elif self._box is not None:
            box = self._box
            self.runner.read(lambda session: open_box.look(session, box, at=at), self._show_box, self._gone)
        elif self._organisation is not None:
            whose = self._organisation
            look = partial(open_box.of_organisation, organisation_id=whose, at=at)
            self.runner.read(look, self._show_box, self._gone)

    def _show_wall(self, wall: Wall) -> None:
        self.wall.show_wall(wall)
        self.waiting.show_as(items_words(wall.waiting), "info")
        self.notices.show_as(notices_words(wall.notices), "bad")
        self.notices.setVisible(bool(wall.notices))
        self.unmatched.show_as(_("{} of nobody known").format(wall.unmatched), "warn")
        self.unmatched.setVisible(bool(wall.unmatched))
        self.wall.boxes.mark_box(self._box)

    def _show_box(self, box: OpenBox) -> None:
        if self.side.currentWidget() is self.handed:
            return  # what was handed over is shown until it is put away
        self.box.show_box(box, is_manager=self._is_manager())
        self.side.setCurrentWidget(self.box)
        self.wall.mark_box(box.number)

    def _show_item(self, story: Story) -> None:
        self.item.show_story(story)
        self.side.setCurrentWidget(self.item)

    def _gone(self, refusal: Refusal) -> None:
        self._close()
        self.runner.say(str(refusal), "bad")

    def _close(self) -> None:
        self._box = self._organisation = self._item = None
        self.side.setCurrentWidget(self._empty)
        self.wall.mark_box(None)

    def _close_item(self) -> None:
        """Back to the box the item lies in."""
        story, self._item = self.item.story, None
        if self._box is None and self._organisation is None and story is not None:
            self._box, self._organisation = story.lying.item.box, story.lying.item.organisation_id
        if self._box is None and self._organisation is None:
            self._close()
        self._read_open()

    def _put_away_handed(self) -> None:
        """The next box is wanted: what was handed over before is not in its way."""
        if self.side.currentWidget() is self.handed:
            self.side.setCurrentWidget(self._empty)

    def _close_handed(self) -> None:
        if self.side.currentWidget() is self.handed:
            self.side.setCurrentWidget(self._empty)
            self._read_open()

    def _hand_over(self) -> None:
        taking = self.box.taking()
        if taking is None:
            return
        if not taking.person_id and not taking.collector.strip():
            self.box.banner.show_refusal(_("Choose who takes it."))
        elif self.box.pad.is_empty and not self.box.needs_signature:
            self.handing.give(taking)
        else:
            pad = self.box.pad
            self.handing.sign(taking, pad.strokes, pad.width(), pad.height())

    def _handed_over(self, handed: Handed) -> None:
        self.box.pad.clear()
        self.box.banner.clear()
        self._item = None
        self.handed.show_hand_over(handed, is_manager=self._is_manager())
        self.side.setCurrentWidget(self.handed)
        self.handed.print_receipt.setFocus(Qt.FocusReason.OtherFocusReason)
        words = _("{items} handed over to {who}.")
        self.runner.say(words.format(items=items_words(len(handed.items)), who=handed.made.collector))

    def _refuse_hand_over(self, refusal: Refusal) -> None:
        if self.side.currentWidget() is self.box:
            self.box.refuse(refusal)
        else:
            self.runner.say(str(refusal), "bad")

    def _show_unfinished(self, pickup: SignedPickup | None) -> None:
        if pickup is None:
            self.banner.clear()
            return
        words = _("{who} signed for {items} at {time}, but they were not handed over. What happened?")
        count = len(pickup.items.split(","))
        said = words.format(who=pickup.collector, items=items_words(count), time=clock(pickup.at))
        self.banner.show_refusal(
            said,
            (_("They took the items"), partial(self.handing.finish, pickup)),
            (_("They left without them"), partial(self.handing.drop, pickup)),
            tone="warn",
        )

    def _send_receipt(self, hand_over_id: UUID, to: str) -> None:
        at = self.runner.at()
        self.runner.now(
            lambda session: composing.ask_receipt(session, hand_over_id, at=at, to=to),
            then=lambda _job: self._sent(to),
            refused=lambda refusal: self.handed.ask.refuse(str(refusal)),
        )

    def _sent(self, to: str) -> None:
        self.handed.ask.close_question()
        self.runner.say(_("The receipt is on its way to {}.").format(to))

    def _takes_badge(self, text: str) -> bool:
        """Whoever is on file for the box that is open; anybody else's badge is answered as everywhere."""
        held = self.box.held if self.side.currentWidget() is self.box else None
        if held is None or not self.box.ticked():
            return False
        at = self.runner.at()
        found: list[pickups.Collector] = []
        self.runner.read(
            lambda session: pickups.of_badge(session, text, at=at), found.extend, lambda _refusal: None
        )
        ours = [each for each in found if each.person.organisation_id == held.organisation.id]
        if ours:
            self.box.who.choose(ours[0].person.id)
        return bool(ours)

    def _takes_number(self, text: str) -> bool:
        """The tracking number of something that is here opens it."""
        at = self.runner.at()
        here: list[open_box.Lying] = []
        self.runner.read(
            lambda session: open_box.found(session, mail.find(session, text), at=at),
            here.extend,
            lambda _refusal: None,
        )
        waiting = [each for each in here if each.place in ("waiting", "presented")]
        if waiting:
            self.open_item(waiting[0].item.id)
        return bool(waiting)

    def _search(self, typed: str) -> None:
        at = self.runner.at()
        self.runner.read(
            lambda session: open_box.found(session, mail.find(session, typed), at=at),
            self.wall.show_found,
            lambda _refusal: self.wall.show_found(()),
        )

    def _is_manager(self) -> bool:
        return self.runner.staff is not None and self.runner.staff.is_manager
