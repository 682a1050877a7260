"""The screen that is open all day."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.database import Changes
from civicdesk.desk import invitations, today
from civicdesk.desk.rooms_now import RoomNow
from civicdesk.desk.today_matters import Matters
from civicdesk.models import (
    Booking,
    Centre,
    Closure,
    HeadCount,
    Invitation,
    MailState,
    Mark,
    Muster,
    Room,
    SeatStay,
    SignedPickup,
    Visit,
    Visitor,
    Waiting,
)
from civicdesk.text import _, clock, language, ngettext, number
from civicdesk.ui.one_tap import OneTap
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.rooms.deeds import BookingDeeds
from civicdesk.ui.pages.today.attention import Attention
from civicdesk.ui.pages.today.expected import expected_pills, expected_said
from civicdesk.ui.pages.today.matters import ByHand
from civicdesk.ui.pages.today.room_deeds import RoomDeeds
from civicdesk.ui.post_words import notices_words
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import BigButton, Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.room_row import RoomRow, room_said
from civicdesk.ui.widgets.stat_tile import StatTile
from civicdesk.ui.widgets.touch import TouchScrollArea

_SHOWN = 30
_BOOKED: Changes = frozenset({Booking, Centre, Closure, Mark, Room, Waiting})
"""What the matters of the rooms hang on; a check-in changes none of it."""


class TodayPage(Page):
    """Who is expected, who is inside, which rooms are taken, and what needs attention."""

    watches: ClassVar[Changes] = _BOOKED | {
        Visit,
        Visitor,
        Invitation,
        HeadCount,
        Muster,
        MailState,
        SeatStay,
        SignedPickup,
    }
    check_in_wanted = Signal()
    expected_wanted = Signal()
    inside_wanted = Signal()
    today_wanted = Signal()
    invite_wanted = Signal()
    head_count_wanted = Signal()
    evacuation_wanted = Signal()
    list_wanted = Signal()
    day_list_wanted = Signal()
    queue_wanted = Signal()
    reports_wanted = Signal()
    emails_wanted = Signal()
    section_wanted = Signal(str)  # of the settings
    settle_wanted = Signal()
    secretariat_wanted = Signal(str)  # messages or loans
    members_wanted = Signal(str)  # which list of the register
    room_wanted = Signal(object)  # room id
    waiting_wanted = Signal()
    post_wanted = Signal()
    pickup_wanted = Signal()
    notice_wanted = Signal(object)  # item id
    post_item_wanted = Signal(object)  # item id
    post_list_wanted = Signal(str)  # notices or unmatched
    open_booking_wanted = Signal(object)  # booking id
    checked_in = Signal(object, bool)

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._tap = OneTap()
        self.check_in = BigButton("", "user-plus", name="today_check_in", role="primary")
        self.invite = BigButton("", "calendar-plus", name="today_invite")
        self.count = BigButton("", "users-round", name="today_head_count")
        self.hand_over = BigButton("", "package", name="today_hand_over")
        self.check_out = BigButton("", "log-out", name="today_check_out")
        self.evacuation = BigButton("", "siren", name="today_evacuation")
        self.inside = StatTile("door-open", "", name="today_inside", tone="ok")
        self.expected = StatTile("clock", "", name="today_expected", tone="warn")
        self.running = StatTile("presentation", "", name="today_running", tone="accent")
        self.post = StatTile("mailbox", "", name="today_post", tone="info")
        self.arrivals = StatTile("footprints", "", name="today_arrivals", tone="info")
        self.all_expected = Button("", name="today_all_expected", role="pill")
        self.day_list = Button("", "printer", name="today_day_list", role="pill")
        self.expected_card = Card(
            name="today_expected_card", action=FlowRow((self.day_list, self.all_expected))
        )
        self.rooms_card = Card(name="today_rooms_card")
        self.attention_card = Card(name="today_attention_card")
        self._shown: dict[str, tuple[str, list[tuple[str, ...]]]] = {}
        self._attention_by_hand: dict[str, list[ByHand]] = {}
        self._matters: Matters | None = None
        self.deeds = BookingDeeds(runner, self)
        self._build()
        self.attention = Attention(self._attention_list, RoomDeeds(runner, self), self._tap)
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.check_in.setText(_("Visitor in"))
        self.invite.setText(_("Expect a visitor"))
        self.count.setText(_("Count heads"))
        self.hand_over.setText(_("Hand over post"))
        self.check_out.setText(_("Check out"))
        self.day_list.setText(_("Day list"))
        self.day_list.setAccessibleName(_("Print the day list"))
        self.evacuation.setText(_("Evacuation list"))
        self.inside.caption.setText(_("Inside"))
        self.expected.caption.setText(_("Expected"))
        self.running.caption.setText(_("Running events"))
        self.post.caption.setText(_("Waiting post"))
        self.arrivals.caption.setText(_("Came in today"))
        self.expected_card.set_title(_("Expected visitors"))
        self.rooms_card.set_title(_("Rooms now"))
        self.attention_card.set_title(_("Needs attention"))

    def refresh(self) -> None:
        at = self.runner.at()
        self.runner.read(lambda session: today.look(session, at=at, matters=self._matters), then=self._show)

    def tick(self) -> None:
        self._matters = None
        self.refresh_now()

    def attend(self, matters: list[ByHand], *, topic: str = "desk") -> None:
        """Matters that this page does not read itself: (icon, tone, title, second line).

        Those of the topic `paper` open the print queue, `mail` the e-mails, `messages` and `loans` the secretariat.
        """
        if matters != self._attention_by_hand.get(topic, []):
            self._attention_by_hand[topic] = matters
            self.refresh_now()

    def _note_changes(self, changes: Changes) -> None:
        if not _BOOKED.isdisjoint(changes):
            self._matters = None
        super()._note_changes(changes)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_tall = self.width() < roomy(900)
        self._cards.setDirection(
            QBoxLayout.Direction.TopToBottom if is_tall else QBoxLayout.Direction.LeftToRight
        )

    def _build(self) -> None:
        self._expected_list, expected = _scrolled()
        self._rooms_list, self._rooms_area = _scrolled()
        self._attention_list, attention = _scrolled()
        for card, area in (
            (self.expected_card, expected),
            (self.rooms_card, self._rooms_area),
            (self.attention_card, attention),
        ):
            card.add(area, 1)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(12)
        for card, share in ((self.expected_card, 17), (self.rooms_card, 11), (self.attention_card, 10)):
            card.setMinimumHeight(roomy(300))
            self._cards.addWidget(card, share)
        content = QWidget()
        content.setProperty("kind", "scrolled")
        page = QVBoxLayout(content)
        page.setContentsMargins(20, 20, 20, 20)
        page.setSpacing(14)
        actions = (
            self.check_in,
            self.invite,
            self.count,
            self.hand_over,
            self.check_out,
            self.evacuation,
        )
        page.addWidget(FlowRow(actions, spacing=12, grow=True))
        page.addWidget(
            FlowRow(
                (self.inside, self.expected, self.running, self.post, self.arrivals), spacing=12, grow=True
            )
        )
        page.addLayout(self._cards, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(TouchScrollArea(content))

    def _connect(self) -> None:
        self.check_in.clicked.connect(self.check_in_wanted)
        self.invite.clicked.connect(self.invite_wanted)
        self.count.clicked.connect(self.head_count_wanted)
        self.hand_over.clicked.connect(lambda _on=False: self.pickup_wanted.emit())
        self.check_out.clicked.connect(self.inside_wanted)
        self.evacuation.clicked.connect(self.evacuation_wanted)
        self.inside.clicked.connect(self.inside_wanted)
        self.expected.clicked.connect(self.expected_wanted)
        self.all_expected.clicked.connect(self.expected_wanted)
        self.day_list.clicked.connect(lambda _on=False: self.day_list_wanted.emit())
        self.running.clicked.connect(self.head_count_wanted)
        self.post.clicked.connect(lambda _on=False: self.post_wanted.emit())
        self.arrivals.clicked.connect(self.today_wanted)
        self.attention.wanted.connect(self._go)
        self.deeds.refused.connect(lambda sentence, _wish: self.runner.say(sentence, "bad"))

    def _show(self, seen: today.Today) -> None:
        self._matters = seen.matters
        self._show_figures(seen)
        # most scans change neither list, and rows are slow to make
        if self._is_news("expected", [expected_said(one, seen) for one in seen.expected]):
            self._show_expected(seen)
        if self._is_news("rooms", [room_said(room) for room in seen.rooms]):
            self._rooms_list.fill([self._room_row(room) for room in seen.rooms])
        self.attention.show(seen, self._attention_by_hand)

    def _is_news(self, what: str, said: list[tuple[str, ...]]) -> bool:
        """Whether a list says something else than it shows."""
        news = self._shown.get(what) != (language(), said)
        self._shown[what] = (language(), said)
        return news

    def _show_figures(self, seen: today.Today) -> None:
        late = ngettext("{} is late", "{} are late", seen.late).format(seen.late) if seen.late else ""
        self.inside.say(number(seen.inside), _("capacity {}").format(number(seen.capacity)))
        self.expected.say(number(len(seen.expected)), late)
        self.running.say(number(seen.running), _("today {}").format(number(seen.events_today)))
        self.post.say(
            number(seen.post.waiting), notices_words(seen.post.notices) if seen.post.notices else ""
        )
        self.arrivals.say(number(seen.arrivals_today), _opening(seen))

    def _show_expected(self, seen: today.Today) -> None:
        self.all_expected.setText(_("All {}").format(len(seen.expected)))
        self.all_expected.setVisible(bool(seen.expected))
        rows: list[QWidget] = [self._expected_row(one, seen) for one in seen.expected[:_SHOWN]]
        if not rows:
            expect = Button(_("Expect a visitor"), name="today_expect")
            expect.clicked.connect(self.invite_wanted)
            sentence = _("Nobody else is expected today.")
            rows.append(EmptyState("calendar-plus", sentence, name="today_nobody_expected", button=expect))
        self._expected_list.fill(rows)

    def _room_row(self, room: RoomNow) -> RoomRow:
        row = RoomRow(room)
        row.clicked.connect(lambda: self._once(self.room_wanted.emit, room.room.id))
        row.here_wanted.connect(partial(self._once, self.deeds.begin))
        row.free_wanted.connect(partial(self._once, self.deeds.free))
        return row

    def _once(self, act: Callable[[Any], None], about: object) -> None:
        """Not again for the second of a double tap, under which another row may have come up."""
        if not self._tap.is_second():
            act(about)

    def _expected_row(self, invitation: Invitation, seen: today.Today) -> ListRow:
        button = Button(_("Check in"), name=f"today_admit_{invitation.id.hex}", role="primary")
        button.setAccessibleName(_("Check in {}").format(invitation.visitor.name))
        row = ListRow(
            invitation.visitor.name,
            invitation.host.name if invitation.host else "",
            name=f"today_expected_{invitation.id.hex}",
            time=clock(invitation.expected_at),
            pills=expected_pills(invitation, is_late=seen.is_late(invitation)),
            button=button,
        )
        row.action_wanted.connect(lambda: self._admit(invitation))
        return row

    def _admit(self, invitation: Invitation) -> None:
        # the row goes with the tap and the next one comes up under the finger: a double tap must not reach it
        if self._tap.is_second():
            return
        at = self.runner.at()
        self.runner.now(
            lambda session: invitations.admit(session, invitation.id, at=at),
            then=lambda visit: self.checked_in.emit(visit, True),
            refused=lambda refusal: self.runner.notice.emit(
                Notice(str(refusal), "bad", action=(_("Check in by name"), self.check_in_wanted.emit))
            ),
        )

    def _go(self, where: str, subject: object) -> None:
        """Where a matter leads."""
        if where == "room_row":
            self._show_room_of(subject)
            return
        ways = {
            "queue": self.queue_wanted,
            "emails": self.emails_wanted,
            "reports": self.reports_wanted,
            "evacuation": self.evacuation_wanted,
            "expected": self.expected_wanted,
            "waiting": self.waiting_wanted,
            "post": self.post_wanted,
            "settle": self.settle_wanted,
            "print_list": self.list_wanted,
        }
        about = {
            "booking": self.open_booking_wanted,
            "notice": self.notice_wanted,
            "post_item": self.post_item_wanted,
            "post_list": self.post_list_wanted,
        }
        if where in ("messages", "loans"):
            self.secretariat_wanted.emit(where)
        elif where in ("backup", "hub"):
            self.section_wanted.emit(where)
        elif where == "members":
            self.members_wanted.emit("ending")
        elif where in about:
            about[where].emit(subject)
        else:
            ways[where].emit()

    def _show_room_of(self, booking_id: object) -> None:
        """Bring the room before the eye in which nobody is, with what can be done about it."""
        for row in self._rooms_list.findChildren(RoomRow):
            booking = row.room.booking
            if booking is not None and booking.id == booking_id and row.buttons and not row.isHidden():
                self._rooms_area.ensureWidgetVisible(row)
                row.buttons[0].setFocus()


def _scrolled() -> tuple[Card, TouchScrollArea]:
    """A column of rows that scrolls inside its card."""
    column = Card(name="")
    column.setProperty("kind", "column")
    area = TouchScrollArea(column)
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return column, area


def _opening(seen: today.Today) -> str:
    opens, closes = seen.day.opens_at, seen.day.closes_at
    if opens is None or closes is None:
        return _("closed: {}").format(seen.day.reason)
    return _("closes {}").format(clock(closes))
