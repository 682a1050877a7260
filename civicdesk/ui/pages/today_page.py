"""The screen that is open all day."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtCore import QElapsedTimer, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.database import Changes
from civicdesk.desk import invitations, today
from civicdesk.models import Booking, HeadCount, Invitation, Muster, Need, Room, Visit, Visitor
from civicdesk.text import _, clock, language, ngettext, number
from civicdesk.ui.pages.page import Page
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import BigButton, Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.room_row import RoomRow, room_said
from civicdesk.ui.widgets.stat_tile import StatTile
from civicdesk.ui.widgets.tone_icon import ToneIcon
from civicdesk.ui.widgets.touch import TouchScrollArea
from civicdesk.ui.words import needs_words, reason_words

_SHOWN = 30


class TodayPage(Page):
    """Who is expected, who is inside, which rooms are taken, and what needs attention."""

    watches: ClassVar[Changes] = frozenset({Visit, Visitor, Invitation, Booking, HeadCount, Muster, Room})
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
    room_wanted = Signal(object)  # room id
    checked_in = Signal(object, bool)

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self._admitted = QElapsedTimer()
        self.check_in = BigButton("", "user-plus", name="today_check_in", role="primary")
        self.invite = BigButton("", "calendar-plus", name="today_invite")
        self.count = BigButton("", "users-round", name="today_head_count")
        self.check_out = BigButton("", "log-out", name="today_check_out")
        self.evacuation = BigButton("", "siren", name="today_evacuation")
        self.inside = StatTile("door-open", "", name="today_inside", tone="ok")
        self.expected = StatTile("clock", "", name="today_expected", tone="warn")
        self.running = StatTile("presentation", "", name="today_running", tone="accent")
        self.arrivals = StatTile("footprints", "", name="today_arrivals", tone="info")
        self.all_expected = Button("", name="today_all_expected", role="pill")
        self.day_list = Button("", "printer", name="today_day_list", role="pill")
        self.expected_card = Card(
            name="today_expected_card", action=FlowRow((self.day_list, self.all_expected))
        )
        self.rooms_card = Card(name="today_rooms_card")
        self.attention_card = Card(name="today_attention_card")
        self._shown: dict[str, tuple[str, list[tuple[str, ...]]]] = {}
        self._attention_by_hand: dict[str, list[tuple[str, str, str, str]]] = {}
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        self.check_in.setText(_("Visitor in"))
        self.invite.setText(_("Expect a visitor"))
        self.count.setText(_("Count heads"))
        self.check_out.setText(_("Check out"))
        self.day_list.setText(_("Day list"))
        self.day_list.setAccessibleName(_("Print the day list"))
        self.evacuation.setText(_("Evacuation list"))
        self.inside.caption.setText(_("Inside"))
        self.expected.caption.setText(_("Expected"))
        self.running.caption.setText(_("Running events"))
        self.arrivals.caption.setText(_("Came in today"))
        self.expected_card.set_title(_("Expected visitors"))
        self.rooms_card.set_title(_("Rooms now"))
        self.attention_card.set_title(_("Needs attention"))

    def refresh(self) -> None:
        at = self.runner.at()
        self.runner.read(lambda session: today.look(session, at=at), then=self._show)

    def tick(self) -> None:
        self.refresh_now()

    def attend(self, matters: list[tuple[str, str, str, str]], *, topic: str = "desk") -> None:
        """Matters that this page does not read itself: (icon, tone, title, second line).

        Those of the topic `paper` open the print queue.
        """
        if matters != self._attention_by_hand.get(topic, []):
            self._attention_by_hand[topic] = matters
            self.refresh_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        is_tall = self.width() < roomy(900)
        self._cards.setDirection(
            QBoxLayout.Direction.TopToBottom if is_tall else QBoxLayout.Direction.LeftToRight
        )

    def _build(self) -> None:
        self._expected_list, expected = _scrolled()
        self._rooms_list, rooms = _scrolled()
        self._attention_list, attention = _scrolled()
        for card, area in (
            (self.expected_card, expected),
            (self.rooms_card, rooms),
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
        actions = (self.check_in, self.invite, self.count, self.check_out, self.evacuation)
        page.addWidget(FlowRow(actions, spacing=12, grow=True))
        page.addWidget(
            FlowRow((self.inside, self.expected, self.running, self.arrivals), spacing=12, grow=True)
        )
        page.addLayout(self._cards, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(TouchScrollArea(content))

    def _connect(self) -> None:
        self.check_in.clicked.connect(self.check_in_wanted)
        self.invite.clicked.connect(self.invite_wanted)
        self.count.clicked.connect(self.head_count_wanted)
        self.check_out.clicked.connect(self.inside_wanted)
        self.evacuation.clicked.connect(self.evacuation_wanted)
        self.inside.clicked.connect(self.inside_wanted)
        self.expected.clicked.connect(self.expected_wanted)
        self.all_expected.clicked.connect(self.expected_wanted)
        self.day_list.clicked.connect(lambda _on=False: self.day_list_wanted.emit())
        self.running.clicked.connect(self.head_count_wanted)
        self.arrivals.clicked.connect(self.today_wanted)

    def _show(self, seen: today.Today) -> None:
        self._show_figures(seen)
        # most scans change neither list, and rows are slow to make
        if self._is_news("expected", [_expected_said(one, seen) for one in seen.expected]):
            self._show_expected(seen)
        if self._is_news("rooms", [room_said(room, seen) for room in seen.rooms]):
            self._rooms_list.fill([self._room_row(room, seen) for room in seen.rooms])
        self._attention_list.fill(self._attention(seen))

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

    def _expected_row(self, invitation: Invitation, seen: today.Today) -> ListRow:
        button = Button(_("Check in"), name=f"today_admit_{invitation.id.hex}", role="primary")
        button.setAccessibleName(_("Check in {}").format(invitation.visitor.name))
        row = ListRow(
            invitation.visitor.name,
            invitation.host.name if invitation.host else "",
            name=f"today_expected_{invitation.id.hex}",
            time=clock(invitation.expected_at),
            pills=_pills(invitation, is_late=seen.is_late(invitation)),
            button=button,
        )
        row.action_wanted.connect(lambda: self._admit(invitation))
        return row

    def _admit(self, invitation: Invitation) -> None:
        # the row goes with the tap and the next one comes up under the finger: a double tap must not reach it
        if self._admitted.isValid() and self._admitted.elapsed() < QApplication.doubleClickInterval():
            return
        self._admitted.start()
        at = self.runner.at()
        self.runner.now(
            lambda session: invitations.admit(session, invitation.id, at=at),
            then=lambda visit: self.checked_in.emit(visit, True),
            refused=lambda refusal: self.runner.notice.emit(
                Notice(str(refusal), "bad", action=(_("Check in by name"), self.check_in_wanted.emit))
            ),
        )

    def _room_row(self, room: today.RoomNow, seen: today.Today) -> RoomRow:
        row = RoomRow(room, seen)
        row.clicked.connect(lambda: self.room_wanted.emit(room.room.id))
        return row

    def _attention(self, seen: today.Today) -> list[QWidget]:
        rows = [_matter(*matter) for matter in self._attention_by_hand.get("desk", [])]
        on_paper = self._attention_by_hand.get("paper", [])
        rows += [self._opening(_matter(*matter), self.queue_wanted) for matter in on_paper]
        if seen.muster is not None:
            title = _("A drill is running") if seen.muster.is_drill else _("An evacuation is running")
            rows.append(
                self._opening(_matter("siren", "bad", title, _("open the list")), self.evacuation_wanted)
            )
        rows += [_empty_room(room) for room in seen.rooms if room.seems_empty]
        over = seen.inside - seen.capacity
        if over >= 0:
            second = _("{} of {} are inside").format(number(seen.inside), number(seen.capacity))
            rows.append(_matter("triangle-alert", "bad", _("The building is full"), second))
        if seen.late:
            title = ngettext("{} expected visitor is late", "{} expected visitors are late", seen.late)
            rows.append(
                self._opening(
                    _matter("clock", "warn", title.format(seen.late), _("see who")), self.expected_wanted
                )
            )
        rows.append(self._inside_matter(seen))
        return list(rows)

    def _inside_matter(self, seen: today.Today) -> ListRow:
        second = people = ngettext("{} person", "{} people", seen.inside).format(number(seen.inside))
        if seen.needing_help:
            helped = ngettext("{} needs assistance", "{} need assistance", seen.needing_help)
            second = f"{people} · {helped.format(seen.needing_help)}"
        on_paper = Button(_("Print"), name="today_print_evacuation")
        on_paper.setAccessibleName(_("Print the evacuation list"))
        row = _matter("siren", "primary", _("List of who is inside"), second, on_paper)
        row.action_wanted.connect(self.list_wanted)
        return self._opening(row, self.evacuation_wanted)

    def _opening(self, row: ListRow, wanted: object) -> ListRow:
        row.clicked.connect(wanted)
        return row


def _scrolled() -> tuple[Card, TouchScrollArea]:
    """A column of rows that scrolls inside its card."""
    column = Card(name="")
    column.setProperty("kind", "column")
    area = TouchScrollArea(column)
    area.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
    return column, area


def _pills(invitation: Invitation, *, is_late: bool) -> list[Pill]:
    where = invitation.room.name if invitation.room else ""
    purpose = " · ".join(filter(None, (reason_words(invitation.reason), where)))
    pills = [Pill(_("late"), "warn", "clock")] if is_late else []
    pills.append(Pill(purpose, "primary"))
    if invitation.people > 1:
        pills.append(
            Pill(ngettext("{} person", "{} people", invitation.people).format(invitation.people), "accent")
        )
    if invitation.needs:
        tone_icon = "accessibility" if Need.WHEELCHAIR in invitation.needs else "hand-helping"
        pills.append(Pill(needs_words(invitation.needs), "info", tone_icon))
    return pills


def _expected_said(invitation: Invitation, seen: today.Today) -> tuple[str, ...]:
    """All that a row of an expected visitor depends on."""
    host, room = invitation.host, invitation.room
    return (
        invitation.id.hex,
        clock(invitation.expected_at),
        invitation.visitor.name,
        host.name if host else "",
        room.name if room else "",
        invitation.reason,
        invitation.needs,
        f"{invitation.people} {seen.is_late(invitation)}",
    )


def _matter(icon: str, tone: str, title: str, second: str, button: Button | None = None) -> ListRow:
    lead = ToneIcon(icon, tone, size=42)
    row = ListRow(title, second, name=f"today_matter_{icon}", lead=lead, button=button, opens=True)
    row.setCursor(Qt.CursorShape.ArrowCursor)
    return row


def _empty_room(room: today.RoomNow) -> ListRow:
    booking = room.booking
    assert booking is not None
    host = booking.organisation.name if booking.organisation else booking.title
    second = _("{} · since {} · {}").format(room.room.name, clock(booking.starts_at), host)
    return _matter("user-round-x", "warn", _("Nobody came?"), second)


def _opening(seen: today.Today) -> str:
    opens, closes = seen.day.opens_at, seen.day.closes_at
    if opens is None or closes is None:
        return _("closed: {}").format(seen.day.reason)
    return _("closes {}").format(clock(closes))
