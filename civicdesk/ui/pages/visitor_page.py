"""One visitor: who it is, every visit, and what can be done now."""

from __future__ import annotations

from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk import fields, leaving, visitors, visits
from civicdesk.desk.retention import is_forgotten
from civicdesk.desk.visitors import Profile
from civicdesk.errors import Refusal
from civicdesk.models import Badge, Organisation, Room, Visit, Visitor
from civicdesk.text import _, number
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import page_head
from civicdesk.ui.pages.side import WithSide
from civicdesk.ui.pages.visitor.edit_card import EditCard
from civicdesk.ui.pages.visitor.history_row import history_row
from civicdesk.ui.pages.visitor.stay_card import StayCard
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.avatar import Avatar
from civicdesk.ui.widgets.button import BigButton, Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.label import ElidedLabel, label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.touch import TouchScrollArea
from civicdesk.ui.words import needs_words, person_spoken

_SIDE, _BAR = 360, 12


class VisitorPage(Page):
    """The history on the left; on the right the stay under way, or the next one."""

    watches = frozenset({Visit, Visitor, Organisation, Room, Badge})
    check_in_wanted = Signal(object)  # Visitor
    badge_wanted = Signal(object)  # visit id

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("visitor_page")
        self._visitor_id: UUID | None = None
        self._profile: Profile | None = None
        self.back = IconButton("arrow-left", "", name="visitor_back")
        self.avatar, self.title = Avatar(size=48), ElidedLabel("", "title")
        self.second = label("", "second", wrap=True)
        self.edit_button = Button("", "pencil", name="edit_visitor_button", role="quiet")
        self.edit, self.bars, self.stay = EditCard(), RefusalBanner(name="visitor_refusal"), StayCard()
        self.history = Card(name="visit_history")
        self.more = label("", "second", wrap=True)
        self.main = BigButton("", "log-in", name="visitor_main", role="primary")
        self._build()
        self._connect()
        self.retranslate()

    def show_visitor(self, visitor_id: UUID) -> None:
        """Turn to this visitor; that somebody looked is written down."""
        if visitor_id != self._visitor_id:
            self.edit.hide()
        self._visitor_id = visitor_id
        self.bars.clear()
        at = self.runner.at()
        self.runner.now(lambda session: visitors.note_look(session, visitor_id, at=at), refused=self._gone)
        self.refresh_now()

    def refresh(self) -> None:
        visitor_id = self._visitor_id
        if visitor_id is not None:
            self.runner.read(lambda session: visitors.profile(session, visitor_id), self._show, self._gone)

    def tick(self) -> None:
        self.refresh_now()

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.edit_button.setText(_("Change name or phone"))
        if self._profile:
            self._show(self._profile)

    def _show(self, profile: Profile) -> None:
        self._profile = profile
        visitor = profile.visitor
        self.avatar.show_person(visitor.name)
        self.title.setText(visitor.name)
        for widget in (self.avatar, self.title):
            widget.setAccessibleName(person_spoken(visitor))
        for button in (self.edit_button, self.main):
            button.setVisible(not is_forgotten(visitor))  # whoever comes again is a new visitor
        count = _("visits: {count}").format(count=number(profile.visits))
        phone = fields.phone_as_dialled(visitor.phone) or _("no phone number")
        self.second.setText(" · ".join(filter(None, (count, phone, needs_words(visitor.needs)))))
        self.stay.show_stay(profile, self.runner.at())
        self._show_history(profile)
        self._name_main()

    def _show_history(self, profile: Profile) -> None:
        self.history.set_title(_("Visits ({count})").format(count=number(profile.visits)))
        rows: list[QWidget] = [history_row(visit) for visit in profile.history]
        if not rows:
            sentence = _("Every visit of this person will stand here. Check in to begin the first one.")
            rows = [EmptyState("history", sentence, name="no_visits")]
        self.history.fill(rows)
        hidden = profile.visits - len(profile.history)
        self.more.setText(_("and {count} earlier visits").format(count=number(hidden)))
        self.more.setVisible(hidden > 0)

    def _name_main(self) -> None:
        is_inside = self._open_visit() is not None
        self.main.setText(_("Check out") if is_inside else _("Check in again"))
        self.main.set_icon("log-out" if is_inside else "log-in")
        self._columns.fit()

    def _open_visit(self) -> Visit | None:
        return self._profile.open_visit if self._profile else None

    def _act(self) -> None:
        self.bars.clear()
        if visit := self._open_visit():
            self._check_out(visit)
        elif self._profile:
            self.check_in_wanted.emit(self._profile.visitor)

    def _check_out(self, visit: Visit) -> None:
        at = self.runner.at()
        self.runner.now(
            lambda session: visits.check_out(session, visit.id, at=at), self._went_out, self._refused
        )

    def _went_out(self, visit: Visit) -> None:
        self.runner.say(
            _("{name} has left").format(name=visit.visitor.name),
            undo=lambda session: visits.undo_check_out(session, [visit.id], at=self.runner.at()),
        )

    def _undo_check_out(self) -> None:
        left = self._profile.left_today(self.runner.at()) if self._profile else None
        if left:
            at = self.runner.at()
            self.runner.now(
                lambda session: visits.undo_check_out(session, [left.id], at=at),
                lambda back: self.runner.say(_("{name} is inside again").format(name=back[0].visitor.name)),
                self._refused,
            )

    def _ask_to_reprint(self) -> None:
        """A copy once void is void for good, so the clerk is asked."""
        self.bars.show_refusal(
            _("The badge given out before will be void as soon as a new copy is made."),
            (_("Make a new copy"), self._reprint),
            (_("Keep the badge"), self.bars.clear),
            tone="warn",
        )

    def _reprint(self) -> None:
        self.bars.clear()
        if visit := self._open_visit():
            at = self.runner.at()
            self.runner.now(
                lambda session: visits.reprint(session, visit.id, at=at), self._reprinted, self._refused
            )

    def _reprinted(self, badge: Badge) -> None:
        self.runner.say(_("Copy {copy} of the badge; the former copy is void").format(copy=badge.copy))
        self.badge_wanted.emit(badge.visit_id)

    def _change_people(self, count: int) -> None:
        if visit := self._open_visit():
            before, at = visit.people, self.runner.at()
            self.runner.now(
                lambda session: visitors.change_people(session, visit.id, count, at=at),
                lambda _visit: self.runner.say(
                    _("Number of people: {count}").format(count=number(count)),
                    undo=lambda session: visitors.change_people(
                        session, visit.id, before, at=self.runner.at()
                    ),
                ),
                self._refused,
            )

    def _some_left(self, count: int) -> None:
        if visit := self._open_visit():
            at = self.runner.at()
            self.runner.now(
                lambda session: leaving.some_out(session, visit.id, count, at=at),
                lambda left: self.runner.say(
                    _("Still inside: {count}").format(count=number(left.people)),
                    undo=lambda session: leaving.some_back(session, visit.id, count, at=self.runner.at()),
                ),
                self._refused,
            )

    def _open_edit(self) -> None:
        if self._profile:
            self.edit.open(self._profile.visitor)

    def _save(self, name: str, phone: str) -> None:
        if self._profile is None:
            return
        before, at = self._profile.visitor, self.runner.at()
        old = (before.name, before.phone)

        def saved(visitor: Visitor) -> None:
            self.edit.hide()
            self.runner.say(
                _("Saved: {name}").format(name=visitor.name),
                undo=lambda session: visitors.change(
                    session, visitor.id, name=old[0], phone=old[1], at=self.runner.at()
                ),
            )

        self.runner.now(
            lambda session: visitors.change(session, before.id, name=name, phone=phone, at=at),
            saved,
            lambda refusal: None if self.edit.refuse(refusal) else self._refused(refusal),
        )

    def _refused(self, refusal: Refusal) -> None:
        self.bars.show_refusal(str(refusal))
        self.refresh_now()

    def _gone(self, refusal: Refusal) -> None:
        """The visitor was erased, perhaps on another desk."""
        self._profile = None
        self.bars.show_refusal(str(refusal), (_("Back"), self.back_wanted.emit))

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.main.clicked.connect(lambda _on=False: self._act())
        self.edit_button.clicked.connect(lambda _on=False: self._open_edit())
        self.edit.save_wanted.connect(self._save)
        self.stay.reprint_wanted.connect(self._ask_to_reprint)
        self.stay.undo_wanted.connect(self._undo_check_out)
        self.stay.people_changed.connect(self._change_people)
        self.stay.some_left.connect(self._some_left)

    def _side_width(self) -> int:
        """The words of the buttons stand whole at every text size."""
        return max(_SIDE, self.main.minimumSizeHint().width(), self.stay.minimumSizeHint().width() + _BAR)

    def _build(self) -> None:
        self.side = self._right()
        self._columns = WithSide(self, self._left(), self.side, self._side_width)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 20)
        whole.setSpacing(12)
        whole.addLayout(page_head(self.back, self.title, self.second, self.edit_button, face=self.avatar))
        whole.addWidget(self.bars)
        whole.addWidget(self._columns, 1)

    def _left(self) -> TouchScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.edit, self.history, self.more):
            column.addWidget(part)
        column.addStretch(1)
        return TouchScrollArea(inside)

    def _right(self) -> QWidget:
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(TouchScrollArea(self.stay), 1)
        column.addWidget(self.main)
        return side
