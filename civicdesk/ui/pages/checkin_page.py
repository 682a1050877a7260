"""The check-in of a walk-in or returning visitor, with the badge as it will be printed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from civicdesk import codes
from civicdesk.desk import centre, denylist, logos, people, today, visits
from civicdesk.errors import Refusal
from civicdesk.models import Booking, Centre, Logo, Organisation, Room, Visit, Visitor, new_id
from civicdesk.printing.badge import BadgeFace, BadgeSize
from civicdesk.printing.faces import badge_size, draft_face
from civicdesk.text import _
from civicdesk.ui.pages.checkin.arrival_form import ArrivalForm
from civicdesk.ui.pages.checkin.badge_picture import BadgePicture
from civicdesk.ui.pages.checkin.bars import ArrivalBars
from civicdesk.ui.pages.checkin.messages_hint import MessagesHint
from civicdesk.ui.pages.checkin.notice_card import NoticeCard
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.side import WithSide, is_tall
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import BigButton, Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.touch import TouchScrollArea

_BADGE_WIDTH = 330
_LOW, _WORDY = 560, 620


class CheckInPage(Page):
    """Type three letters, tap the visitor, check in: the form on the left, the badge and the buttons on the right."""

    watches = frozenset({Visit, Visitor, Booking, Room, Organisation, Centre, Logo})
    checked_in = Signal(object, bool)  # Visit, whether a badge is to be printed
    visitor_wanted = Signal(object)  # visitor id
    secretariat_wanted = Signal(str)

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("checkin_page")
        self._key = new_id().hex
        self._centre: Centre | None = None
        self._logo = b""
        self._number = 0
        self._sample = codes.make(codes.Kind.TEST_CARD)
        self._wants_badge = True
        self.back = IconButton("arrow-left", "", name="checkin_back")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.clear_button = Button("", "rotate-ccw", name="clear_form", role="quiet")
        self.form, self.bars = ArrivalForm(runner), ArrivalBars(runner)
        self.messages = MessagesHint(runner)
        self.near = label("", "second", wrap=True)
        self.badge, self.notice = BadgePicture(runner), NoticeCard()
        self.badge_card = Card(name="badge_card", padded=True)
        self.print_button = BigButton("", "badge-check", name="check_in_and_print", role="primary")
        self.plain_button = Button("", name="check_in_without_printing")
        self._build()
        self._connect()
        self.retranslate()
        self._fit()

    def begin(self, visitor: Visitor | None = None, name: str = "") -> None:
        """Start with a returning visitor, or a name searched for; with neither, go on with what is written."""
        if visitor is not None or name:
            self.clear()
        if visitor is not None:
            self.runner.read(lambda session: people.suggestion(session, visitor.id), self._take)
        elif name:
            self.form.who.write(name)
        if visitor is None:
            self.form.who.name.setFocus()

    def clear(self) -> None:
        """The next visitor."""
        self._key = new_id().hex
        self.bars.clear()
        self.form.clear()

    def refresh(self) -> None:
        at = self.runner.at()
        self.runner.read(logos.current, self._show_logo)
        self.runner.read(centre.the_centre, self._show_centre)
        self.runner.read(centre.rooms, self.form.where.show_rooms)
        self.runner.read(
            lambda session: today.bookings_of_day(session, at),
            lambda bookings: self.form.where.show_events(bookings, at),
        )
        self.runner.read(visits.next_badge_number, self._show_number)
        self.form.who.look_again()

    def tick(self) -> None:
        self.refresh_now()

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.title.setText(_("Visitor check-in"))
        self.second.setText(_("scan the code if there is one, else type the name"))
        self.clear_button.setText(_("Clear"))
        self.print_button.setText(_("Check in and print"))
        self.plain_button.setText(_("Check in without printing"))
        self.messages.look()

    def check_in(self, *, printing: bool, override: str = "", is_namesake: bool = False) -> None:
        """Let in who is written in the form."""
        self._wants_badge = printing
        self.form.forgive()
        self.bars.clear()
        if self.form.where.is_unsettled:
            self._refused(
                Refusal("no_host", _("Choose an organisation from the list, or leave the field empty."))
            )
            return
        check_in = partial(
            visits.check_in,
            arrival=self.form.arrival(),
            at=self.runner.at(),
            key=self._key,
            override=override,
            is_namesake=is_namesake,
        )
        self.runner.now(check_in, self._came_in, self._refused)

    def _came_in(self, visit: Visit) -> None:
        """The next visitor's name is waited for; whoever hears `checked_in` says what was done, with undo."""
        self.clear()
        self.checked_in.emit(visit, self._wants_badge)

    def _refused(self, refusal: Refusal) -> None:
        if not self.form.refuse(refusal):
            who = self.form.who
            self.bars.explain(refusal, name=who.name.text(), phone=who.phone_number(), visitor=who.visitor)

    def _taken(self, suggestion: people.Suggestion) -> None:
        """Nothing need be typed any more: the keyboard goes. Whoever is inside already is told of at once."""
        self.bars.clear()
        self.print_button.setFocus()
        if suggestion.is_inside:
            self.bars.explain_inside(suggestion)

    def _take(self, suggestion: people.Suggestion | None) -> None:
        if suggestion:
            self.form.who.take(suggestion)

    def _check_out(self, visit: Visit) -> None:
        at = self.runner.at()
        self.runner.now(lambda session: visits.check_out(session, visit.id, at=at), self._went_out)

    def _went_out(self, visit: Visit) -> None:
        self.clear()
        self.runner.say(
            _("{name} has left").format(name=visit.visitor.name),
            undo=lambda session: visits.undo_check_out(session, [visit.id], at=self.runner.at()),
        )

    def _show_centre(self, found: Centre) -> None:
        self._centre = found
        self.notice.show_centre(found)
        self.badge.redraw()

    def _show_logo(self, found: bytes) -> None:
        self._logo = found

    def _show_number(self, number: int) -> None:
        self._number = number
        self.badge.redraw()

    def _written(self) -> None:
        self.badge.redraw()

    def _face(self) -> tuple[BadgeFace, BadgeSize] | None:
        """The badge of what is written; looked for when the keys rest, as is the deny list."""
        if self._centre is None:
            return None
        self._warn_of_near()
        where, why = self.form.where, self.form.why
        face = draft_face(
            self._centre,
            name=self.form.who.name.text(),
            at=self.runner.at(),
            number=self._number,
            code=self._sample,
            host=where.host,
            room=where.room,
            reason=why.chosen_reason(),
            people=where.stepper.value(),
            needs=why.chosen_needs(),
            is_discreet=why.discreet.isChecked(),
            logo=self._logo,
        )
        return face, badge_size(self._centre)

    def _warn_of_near(self) -> None:
        name, at = self.form.who.name.text(), self.runner.at()
        if people.is_enough(name):
            self.runner.read(lambda session: denylist.match(session, name=name, at=at), self._show_near)
        else:
            self._show_near(None)

    def _show_near(self, match: denylist.Match | None) -> None:
        is_near = match is not None and not match.is_exact
        self.near.setText(
            _("Resembles a name the managers keep a list of: {name}. Ask one if you are not sure.").format(
                name=match.denial.name
            )
            if match and is_near
            else ""
        )
        self.near.setVisible(is_near)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.clear_button.clicked.connect(lambda _on=False: self.clear())
        self.print_button.clicked.connect(lambda _on=False: self.check_in(printing=True))
        self.plain_button.clicked.connect(lambda _on=False: self.check_in(printing=False))
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda: self.check_in(printing=True))
        self.form.changed.connect(self.badge.redraw)
        self.form.changed.connect(lambda: self.messages.show_organisation(self.form.where.host))
        self.messages.secretariat_wanted.connect(self.secretariat_wanted)
        self.form.who.taken.connect(self._taken)
        self.badge.ask(self._face)
        self.bars.overridden.connect(lambda why: self.check_in(printing=self._wants_badge, override=why))
        self.bars.namesake_allowed.connect(
            lambda: self.check_in(printing=self._wants_badge, is_namesake=True)
        )
        self.bars.same_person.connect(self._take)
        self.bars.visitor_wanted.connect(self.visitor_wanted)
        self.bars.check_out_wanted.connect(self._check_out)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 20)
        whole.addWidget(WithSide(self, self._left(), self._right(), self._side_width, head=self._head()))

    def _head(self) -> QHBoxLayout:
        self._words = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._words.setSpacing(0)
        self._words.addWidget(self.title)
        self._words.addWidget(self.second, 1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addLayout(self._words, 1)
        head.addWidget(self.clear_button)
        return head

    def _left(self) -> TouchScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        set_tone(self.near, "warn")
        self.near.hide()
        for part in (self.bars, self.messages, self.near, self.form):
            column.addWidget(part)
        column.addStretch(1)
        return TouchScrollArea(inside)

    def _right(self) -> QWidget:
        """The badge takes what the buttons leave; while the keyboard is up it is smaller, and scrolls if it must."""
        shown = QWidget()
        upper = QVBoxLayout(shown)
        upper.setContentsMargins(0, 0, 0, 0)
        upper.setSpacing(12)
        self.badge_card.add(self.badge, 1)
        upper.addWidget(self.badge_card, 1)
        upper.addWidget(self.notice)
        self.print_button.setProperty("grown", "huge")
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(TouchScrollArea(shown), 1)
        column.addWidget(self.print_button)
        column.addWidget(self.plain_button)
        return side

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LanguageChange):
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _side_width(self) -> int:
        """The buttons say all their words."""
        buttons = (self.print_button, self.plain_button)
        return max(_BADGE_WIDTH, *(each.minimumSizeHint().width() for each in buttons))

    def _fit(self) -> None:
        """The lead stands where it has room; while the keyboard is up, the badge has no title."""
        room = self.width() - (0 if is_tall(self) else self._side_width())
        is_narrow = room < roomy(roomy(_WORDY))
        way = QBoxLayout.Direction.TopToBottom if is_narrow else QBoxLayout.Direction.LeftToRight
        self._words.setDirection(way)
        self._words.setSpacing(0 if is_narrow else 12)
        self.badge_card.set_title("" if self.height() < roomy(_LOW) else _("Visitor badge"))
