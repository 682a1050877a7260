"""One member organisation: at a glance who it is, what it has here, what waits and what comes; and its forms."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from civicdesk.database import Changes
from civicdesk.desk import belongings, kinds, member_glance, members, memberships
from civicdesk.desk.member_glance import Glance
from civicdesk.errors import Refusal
from civicdesk.models import (
    AddressPaper,
    Booking,
    EmailBounce,
    Line,
    Loan,
    Mailbox,
    MailState,
    MessageMove,
    Organisation,
    OrganisationPerson,
    PhoneMessage,
    Visit,
    Visitor,
    WorkSeat,
)
from civicdesk.text import _, day, local
from civicdesk.ui.pages.member.board import Board
from civicdesk.ui.pages.member.deeds import Deeds
from civicdesk.ui.pages.member.form_card import FormCard
from civicdesk.ui.pages.member.forms import Forms
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.rooms.wish import BookingWish
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel, label
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.tone_icon import ToneIcon
from civicdesk.ui.widgets.touch import TouchScrollArea


class MemberPage(Page):
    """The board of one organisation, or one of its forms in its place."""

    watches: ClassVar[Changes] = frozenset(
        {
            Organisation,
            OrganisationPerson,
            AddressPaper,
            EmailBounce,
            Mailbox,
            Line,
            WorkSeat,
            MailState,
            Booking,
            Visit,
            Visitor,
            PhoneMessage,
            MessageMove,
            Loan,
        }
    )
    post_wanted = Signal(object)  # organisation id
    booking_wanted = Signal(object)  # BookingWish
    open_booking_wanted = Signal(object)  # booking id
    visitor_wanted = Signal(object)  # visitor id
    member_wanted = Signal(object)  # organisation id

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("member_page")
        self._id: UUID | None = None
        self._glance: Glance | None = None
        self.back = IconButton("arrow-left", "", name="member_back")
        self.mark = ToneIcon("building-2", size=48)
        self.title, self.second = ElidedLabel("", "title"), label("", "second", wrap=True)
        self.state = Pill("")
        self.edit = Button("", "pencil", name="member_edit")
        self.heir = Button("", "building-2", name="member_heir")
        self.come_back = Button("", "undo-2", name="member_come_back")
        self.go_away = Button("", "log-out", name="member_leave", role="quiet")
        self.merge = Button("", "users-round", name="member_merge", role="quiet")
        self.remove = Button("", "trash-2", name="member_remove", role="quiet")
        self.banner = RefusalBanner(name="member_banner")
        self.board, self.forms, self.deeds = Board(), Forms(runner), Deeds(runner)
        self.stack = QStackedWidget()
        self._build()
        self._connect()
        self.retranslate()

    def show_member(self, organisation_id: UUID) -> None:
        """Turn to this organisation; that somebody looked is written down."""
        self._id, self._glance = organisation_id, None
        self.board.about.cover(is_shown=False)
        self.banner.clear()
        self.stack.setCurrentIndex(0)
        at = self.runner.at()
        self.runner.now(
            lambda session: members.note_look(session, organisation_id, at=at), refused=self._gone
        )
        self.refresh_now()

    def begin(self) -> None:
        """Enter a new organisation."""
        self._id, self._glance = None, None
        self.banner.clear()
        self._open(self.forms.face, _("New organisation"))
        self.forms.face.show_face(None, None)
        self._words()

    def refresh(self) -> None:
        if self._id is not None:
            at, id_ = self.runner.at(), self._id
            self.runner.read(
                lambda session: member_glance.glance(session, id_, at=at), self._show, self._gone
            )

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.edit.setText(_("Change"))
        self.come_back.setText(_("It is here again"))
        self.go_away.setText(_("It leaves"))
        self.merge.setText(_("Merge with another"))
        self.remove.setText(_("Strike off"))
        self.forms.retranslate()
        self.board.retranslate()
        self._words()

    def _show(self, glance: Glance) -> None:
        self._glance = glance
        self.banner.clear()
        self.board.show_glance(glance, self.runner.at())
        self._words()

    def _words(self) -> None:
        """Who this is, and what can be done now."""
        glance, is_form = self._glance, self.stack.currentIndex() == 1
        one = glance.organisation if glance else None
        self.title.setText(one.name if one else _("New organisation"))
        self.second.setText(_about(glance) if glance else _("Only the name and the kind are needed."))
        has_left = one is not None and one.left_on is not None
        self.state.show_as(*_state(one, self._today()))
        self.state.setVisible(one is not None)
        is_board = one is not None and not is_form
        self.edit.setVisible(is_board)
        self.come_back.setVisible(is_board and has_left and glance is not None and glance.heir is None)
        self.heir.setVisible(is_board and glance is not None and glance.heir is not None)
        self.heir.setText(_("To {}").format(glance.heir.name) if glance and glance.heir else "")
        for button in (self.go_away, self.merge):
            button.setVisible(is_board and not has_left)
        self.remove.setVisible(is_board)

    def _open(self, form: FormCard, title: str) -> None:
        """Put a form in the place of the board."""
        form.set_title(title)
        self.forms.begin(form, self._today())
        self.stack.setCurrentIndex(1)
        self._words()

    def _close(self) -> None:
        self.stack.setCurrentIndex(0)
        self._words()
        if self._id is None:
            self.back_wanted.emit()

    def _back(self) -> None:
        if self.stack.currentIndex() == 1 and self._id is not None:
            self._close()
        else:
            self.back_wanted.emit()

    def _edit(self) -> None:
        if self._glance:
            self._open(self.forms.face, _("Change the organisation"))
            self.forms.face.show_face(self._glance.organisation, self._glance.parent)

    def _person(self, person: OrganisationPerson | None) -> None:
        self._open(self.forms.person, _("Change a person") if person else _("Add a person"))
        self.forms.person.show_person(person)

    def _paper(self, paper: AddressPaper | None) -> None:
        self._open(self.forms.paper, _("Change a paper") if paper else _("Add a paper"))
        self.forms.paper.show_paper(paper)

    def _place(self) -> None:
        if self._glance:
            has = self._glance.has
            self._open(self.forms.place, _("Box and lines"))
            self.runner.read(belongings.free_boxes, lambda free: self.forms.place.show_place(has, free))

    def _leave(self) -> None:
        self._open(self.forms.leave, _("The organisation leaves"))
        self._ask_waits(self.forms.leave.show_leaving)

    def _merge(self) -> None:
        self._open(self.forms.merge, _("Merge with another organisation"))
        self._ask_waits(self.forms.merge.show_merging)

    def _ask_waits(self, then: Callable[[memberships.Waits], None]) -> None:
        at, id_ = self.runner.at(), self._id
        if id_ is not None:
            self.runner.read(lambda session: memberships.waits(session, id_, at=at), then)

    def _remove(self) -> None:
        if self._glance:
            self.deeds.remove(
                self._glance.organisation, lambda refusal: self.banner.show_refusal(str(refusal))
            )

    def _book(self) -> None:
        if self._glance:
            self.booking_wanted.emit(BookingWish(organisation=self._glance.organisation))

    def _go_to_heir(self) -> None:
        if self._glance and self._glance.heir:
            self.member_wanted.emit(self._glance.heir.id)

    def _opened(self, organisation_id: UUID | None) -> None:
        """A new one was entered, or this one struck off."""
        if organisation_id is None:
            self._id = None
            self.back_wanted.emit()
        else:
            self.show_member(organisation_id)

    def _with(self, act: Callable[[Organisation], None]) -> None:
        if self._glance:
            act(self._glance.organisation)

    def _with_id(self, act: Callable[[UUID], None]) -> None:
        if self._id is not None:
            act(self._id)

    def _gone(self, refusal: Refusal) -> None:
        """It was struck off, perhaps on another desk."""
        self._glance = None
        self.banner.show_refusal(str(refusal), (_("Back"), self.back_wanted.emit))

    def _connect(self) -> None:
        forms, deeds, board = self.forms, self.deeds, self.board
        self.back.clicked.connect(lambda _on=False: self._back())
        for button, act in (
            (self.edit, self._edit),
            (self.go_away, self._leave),
            (self.merge, self._merge),
            (self.remove, self._remove),
            (self.heir, self._go_to_heir),
            (self.come_back, partial(self._with, deeds.come_back)),
        ):
            button.clicked.connect(lambda _on=False, act=act: act())
        board.person_wanted.connect(self._person)
        board.paper_wanted.connect(self._paper)
        board.about.place_wanted.connect(self._place)
        board.about.address_wanted.connect(self._edit)
        board.about.address_right.connect(deeds.address_is_right)
        board.post.wanted.connect(lambda: self.post_wanted.emit(self._id))
        board.coming.wanted.connect(self._book)
        board.booking_pressed.connect(self.open_booking_wanted)
        board.visitor_pressed.connect(self.visitor_wanted)
        forms.cancelled.connect(self._close)
        forms.face.save_wanted.connect(lambda: deeds.save_face(forms.face, self._id))
        forms.person.save_wanted.connect(lambda: self._with_id(partial(deeds.save_person, forms.person)))
        forms.paper.save_wanted.connect(lambda: self._with_id(partial(deeds.save_paper, forms.paper)))
        forms.place.save_wanted.connect(lambda: self._with_id(partial(deeds.save_place, forms.place)))
        forms.leave.save_wanted.connect(lambda: self._with(partial(deeds.leave, forms.leave)))
        forms.merge.save_wanted.connect(lambda: self._with(partial(deeds.merge, forms.merge)))
        forms.place.line_back_wanted.connect(lambda line: self._with_id(partial(deeds.take_line_back, line)))
        forms.person.remove.clicked.connect(lambda _on=False: deeds.remove_person(forms.person.person))
        forms.paper.remove.clicked.connect(lambda _on=False: deeds.remove_paper(forms.paper.paper))
        deeds.saved.connect(lambda: self._close() if self._id else None)
        deeds.opened.connect(self._opened)

    def _today(self) -> date:
        return local(self.runner.at()).date()

    def _build(self) -> None:
        glance = QWidget()
        column = QVBoxLayout(glance)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(self.board)
        column.addWidget(FlowRow([self.come_back, self.go_away, self.merge, self.remove]))
        column.addStretch(1)
        self.stack.addWidget(TouchScrollArea(glance))
        self.stack.addWidget(self.forms)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 20)
        whole.setSpacing(12)
        whole.addLayout(self._head())
        whole.addWidget(self.banner)
        whole.addWidget(self.stack, 1)

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        name = QHBoxLayout()
        name.setSpacing(12)
        name.addWidget(self.title)
        name.addWidget(self.state)
        name.addStretch(1)
        words.addLayout(name)
        words.addWidget(self.second)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addWidget(self.mark)
        head.addLayout(words, 1)
        head.addWidget(self.heir)
        head.addWidget(self.edit)
        return head


def _about(glance: Glance) -> str:
    """Its kind, whether it is a legal person, and to whom it belongs."""
    one = glance.organisation
    rule = kinds.rule(one.kind)
    legal = _("legal person") if rule.is_legal_person else _("no legal person")
    parent = _("belongs to {}").format(glance.parent.name) if glance.parent else ""
    children = _("{} belong to it").format(glance.children) if glance.children else ""
    return " · ".join(filter(None, (kinds.kind_words(one.kind), one.short_name, legal, parent, children)))


def _state(one: Organisation | None, today: date) -> tuple[str, str, str]:
    """Whether it is a member, an outside body, or has left."""
    if one is None:
        return "", "", ""
    if one.merged_into_id is not None:
        return _("merged"), "", ""
    if one.left_on is not None:
        until = one.forwarding_until_on
        if until is not None and until >= today:
            return _("left; post sent on until {}").format(day(until, "d MMM yyyy")), "accent", "mailbox"
        return _("left on {day}").format(day=day(one.left_on, "d MMM yyyy")), "", ""
    return (_("member"), "ok", "circle-check") if one.is_member else (_("outside body"), "info", "")
