"""The red flow of an official notice: accepted by whom, not taken and why, or somebody is called."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.database import Changes
from civicdesk.desk import mail, notices, open_box
from civicdesk.desk.open_box import NoticeCase
from civicdesk.errors import Refusal
from civicdesk.models import (
    AddressPaper,
    MailItem,
    MailKind,
    MailMove,
    MailState,
    OrganisationPerson,
    Place,
    new_id,
)
from civicdesk.text import _, clock, day, local, utc
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.post.box_pick import BoxPick
from civicdesk.ui.pages.post.decision import AcceptPart, CallPart, ReasonPart
from civicdesk.ui.pages.post.history_list import HistoryList
from civicdesk.ui.pages.side import is_tall
from civicdesk.ui.post_words import days_words, full_moment, item_second, kind_words, place_words, whose_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import BigButton, Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.tone_icon import ToneIcon
from civicdesk.ui.widgets.touch import TouchScrollArea

ACCEPT, NOT_TAKE, CALL = "accept", "not_take", "call"
_NO_AUTHORITY = ("no_authority", "not_yet", "authority_ended", "not_for_notices")


class NoticePage(Page):
    """One notice: what is known, what was done so far, and the decision. No deadline is ever computed."""

    watches: ClassVar[Changes] = frozenset({MailState, MailMove, OrganisationPerson, AddressPaper})
    decided = Signal(object)  # item id

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("notice_page")
        self._item: UUID | None = None
        self._key = new_id().hex
        self.case: NoticeCase | None = None
        self.back = IconButton("arrow-left", "", name="notice_back")
        self.title, self.second = label("", "title", wrap=True), label("", "second", wrap=True)
        self.elapsed = Pill("", "bad", "clock")
        self.banner = RefusalBanner(name="notice_refusal")
        self.whose = BoxPick(runner, name="notice_whose")
        self.match = Button("", "check", name="notice_match", role="primary")
        self.authority = label("", "strong", wrap=True)
        self.step = Segmented([], name="notice_step", spoken="", value=ACCEPT)
        self.accept, self.reason, self.call = AcceptPart(), ReasonPart(), CallPart()
        self.minute = text_field("", name="notice_minute")
        self.minute_field = LabelledField("", self.minute)
        self.go = BigButton("", "check", name="notice_go", role="danger")
        self.history = HistoryList(name="notice_history")
        self.history_card = Card(name="notice_history_card", padded=True)
        self.decision_card = Card(name="notice_card", padded=True)
        self._build()
        self._join()
        self.retranslate()

    def open_notice(self, item_id: UUID) -> None:
        """Begin with this notice."""
        self._item, self._key = item_id, new_id().hex
        self.accept.clear()
        for field in (self.reason.why, self.call.person, self.call.outcome, self.minute):
            field.clear()
        self.whose.clear()
        self.step.set_value(ACCEPT)
        self.banner.clear()
        self.refresh()

    def refresh(self) -> None:
        if self._item is None:
            return
        at, item = self.runner.at(), self._item
        self.runner.read(
            lambda session: open_box.notice_case(session, item, at=at),
            self._show,
            lambda refusal: self.banner.show_refusal(str(refusal)),
        )

    def takes_scan(self, text: str) -> bool:
        """Nothing on an item is of use here."""
        return False

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.whose.say(_("Whose is it?"))
        self.match.setText(_("It is theirs"))
        step = self.step.value() or ACCEPT
        self.step.set_choices(
            [(ACCEPT, _("Accept it")), (NOT_TAKE, _("Not taken")), (CALL, _("Call somebody"))]
        )
        self.step.set_value(step)
        self.step.setAccessibleName(_("What happens with it"))
        self.minute_field.set_words(_("At what minute (empty: now)"))
        self.minute.setPlaceholderText("10:42")
        self.decision_card.set_title(_("Decision"))
        self.history_card.set_title(_("What was done so far"))
        if self.case is not None:
            self._show(self.case)
        else:
            self._say_step()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beneath = is_tall(self)
        side = QBoxLayout.Direction.TopToBottom if beneath else QBoxLayout.Direction.LeftToRight
        self._cards.setDirection(side)

    def _build(self) -> None:
        head = QHBoxLayout()
        head.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.second)
        head.addWidget(self.back)
        head.addWidget(ToneIcon("file-pen", "bad", size=48))
        head.addLayout(words, 1)
        head.addWidget(self.elapsed)
        self._unmatched = QWidget()
        first = QVBoxLayout(self._unmatched)
        first.setContentsMargins(0, 0, 0, 0)
        matching: list[QWidget] = [self.whose.field, self.whose.matches, self.match]
        for part in matching:
            first.addWidget(part)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(12))
        above: list[QWidget] = [self._unmatched, self.authority, self.step]
        for each in (*above, self.accept, self.reason, self.call, self.minute_field):
            column.addWidget(each)
        column.addStretch(1)
        self.decision_card.add(self.banner)
        self.decision_card.add(TouchScrollArea(inside), 1)
        self.decision_card.add(self.go)
        told = QWidget()
        told.setProperty("kind", "scrolled")
        lines = QVBoxLayout(told)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.history)
        lines.addStretch(1)
        self.history_card.add(TouchScrollArea(told), 1)
        self._cards = QHBoxLayout()
        self._cards.setSpacing(14)
        self._cards.addWidget(self.decision_card, 3)
        self._cards.addWidget(self.history_card, 2)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 20, 20, 20)
        page.setSpacing(14)
        page.addLayout(head)
        page.addLayout(self._cards, 1)

    def _join(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.step.chosen.connect(lambda step: self._choose(str(step)))
        self.go.clicked.connect(self._go)
        self.match.clicked.connect(self._match)
        self.whose.entered.connect(self._match)
        self.reason.why.returnPressed.connect(self._go)

    def _show(self, case: NoticeCase) -> None:
        self.case = case
        item, place = case.story.lying.item, case.story.lying.place
        self.title.setText(f"{kind_words(item.kind)} {item.number} · {whose_words(item)}")
        parts = (
            item_second(item),
            _("held out on {}").format(full_moment(item.received_at)),
            self._place(case),
        )
        self.second.setText(" · ".join(filter(None, parts)))
        self._say_elapsed(case)
        is_open = place == Place.PRESENTED and item.kind == MailKind.NOTICE
        self._unmatched.setVisible(is_open and item.organisation_id is None)
        self.authority.setText(self._authority(case))
        set_tone(self.authority, "ok" if case.desk and case.desk.is_on_file else "bad")
        self.authority.setVisible(item.organisation_id is not None)
        self.step.setVisible(is_open)
        self.go.setVisible(is_open)
        is_manager = self.runner.staff is not None and self.runner.staff.is_manager
        self.accept.offer(case.desk, case.collectors, is_manager=is_manager)
        self.accept.use_name(self.runner.staff.name if self.runner.staff else "")
        self.call.offer(case.collectors)
        self.history.show_story(case.story)
        self._say_step()

    def _place(self, case: NoticeCase) -> str:
        taken = [taking for taking in case.story.takings if taking.is_taken]
        if taken:
            return _("served on {}").format(full_moment(taken[-1].at))
        return place_words(case.story.lying.place)

    def _say_elapsed(self, case: NoticeCase) -> None:
        """Days gone by since it was served, or since it was held out; nothing about what must be done by when."""
        at = self.runner.at()
        taken = [taking for taking in case.story.takings if taking.is_taken]
        if taken:
            gone = notices.days_gone(taken[-1].at, at)
            words = _("{} since it was served").format(days_words(gone)) if gone else _("served today")
        else:
            gone = notices.days_gone(case.story.lying.item.received_at, at)
            words = _("{} since it came").format(days_words(gone)) if gone else _("came today")
        self.elapsed.show_as(words, "bad", "clock")

    def _authority(self, case: NoticeCase) -> str:
        desk = case.desk
        if desk is None or not desk.reference:
            return _("The desk has no written authority for the notices of this organisation.")
        if desk.is_on_file and desk.until_on:
            words = _("The desk may take its notices: {paper}, valid until {day}.")
            return words.format(paper=desk.reference, day=day(desk.until_on, "d MMMM yyyy"))
        if desk.is_on_file:
            return _("The desk may take its notices: {paper}, without an end.").format(paper=desk.reference)
        return _("The desk's authority {paper} does not stand today.").format(paper=desk.reference)

    def _say_step(self) -> None:
        step = self.step.value()
        is_open = not self.step.isHidden() or self.case is None
        self.accept.setVisible(is_open and step == ACCEPT)
        self.reason.setVisible(is_open and step == NOT_TAKE)
        self.call.setVisible(is_open and step == CALL)
        self.minute_field.setVisible(is_open and step in (ACCEPT, NOT_TAKE))
        words = {
            ACCEPT: _("The notice is accepted"),
            NOT_TAKE: _("The notice is not taken"),
            CALL: _("Note the call"),
        }
        self.go.setText(words.get(str(step), ""))
        self.go.set_role("primary" if step == CALL else "danger")
        self.go.set_icon({ACCEPT: "check", NOT_TAKE: "ban"}.get(str(step), "phone"))

    def _minute(self) -> datetime | None:
        """The minute that was written, of the last day on which the clock showed it. Refuses `bad_minute`."""
        text = self.minute.text().strip().replace(".", ":")
        if not text:
            return None
        try:
            told = datetime.strptime(text, "%H:%M")
        except ValueError:
            raise Refusal("bad_minute", _("Write the minute as 10:42.")) from None
        return utc(
            local(self.runner.at()).replace(hour=told.hour, minute=told.minute, second=0, microsecond=0)
        )

    def _go(self) -> None:
        if self._item is None or self.go.isHidden():
            return
        try:
            minute = self._minute()
        except Refusal as refusal:
            self.minute_field.refuse(str(refusal))
            return
        self.minute_field.refuse("")
        self.banner.clear()
        {ACCEPT: self._accept, NOT_TAKE: self._not_take, CALL: self._call}[str(self.step.value())](minute)

    def _accept(self, minute: datetime | None) -> None:
        acceptance = self.accept.acceptance()
        if acceptance is None:
            self.banner.show_refusal(_("Choose who accepts it."))
            return
        item, at, key = self._id(), self.runner.at(), self._key
        self.runner.now(
            lambda session: notices.accept(session, item, acceptance, taken_at=minute, at=at, key=key),
            then=lambda done: self._done(done, _("The official notice {} was accepted.")),
            refused=self._refuse,
        )

    def _not_take(self, minute: datetime | None) -> None:
        item, at, key, why = self._id(), self.runner.at(), self._key, self.reason.why.text()
        self.runner.now(
            lambda session: notices.not_take(session, item, reason=why, taken_at=minute, at=at, key=key),
            then=lambda done: self._done(done, _("The official notice {} was not taken.")),
            refused=self._refuse,
        )

    def _call(self, _minute: datetime | None) -> None:
        item, at, key = self._id(), self.runner.at(), self._key
        person, outcome = self.call.person.text(), self.call.outcome.text()
        self.runner.now(
            lambda session: notices.call(session, item, person=person, outcome=outcome, at=at, key=key),
            then=self._called,
            refused=self._refuse,
        )

    def _called(self, _item: MailItem) -> None:
        self._key = new_id().hex
        self.call.person.clear()
        self.call.outcome.clear()
        self.runner.say(_("The call was written down, {}.").format(clock(self.runner.at())))

    def _done(self, item: MailItem, words: str) -> None:
        self._key = new_id().hex
        self.runner.say(words.format(item.number))
        self.decided.emit(item.id)

    def _match(self) -> None:
        if self.whose.holder is None:
            self.whose.field.refuse(_("Choose a box or an organisation."))
            return
        item, at, key = self._id(), self.runner.at(), new_id().hex
        box, whose = self.whose.box, self.whose.organisation_id
        self.runner.now(
            lambda session: mail.match(session, item, box=box, organisation_id=whose, at=at, key=key),
            then=lambda _item: self.refresh(),
            refused=self._refuse,
        )

    def _refuse(self, refusal: Refusal) -> None:
        if refusal.reason == "bad_minute":
            self.minute_field.refuse(str(refusal))
        elif refusal.reason == "no_reason":
            self.reason.why_field.refuse(str(refusal))
        else:
            steps = [(_("Call somebody"), self._to_the_call), (_("Not taken"), self._to_not_taken)]
            self.banner.show_refusal(str(refusal), *(steps if refusal.reason in _NO_AUTHORITY else ()))

    def _to_the_call(self) -> None:
        self._choose(CALL)

    def _to_not_taken(self) -> None:
        self._choose(NOT_TAKE)

    def _choose(self, step: str) -> None:
        self.banner.clear()
        self.step.set_value(step)
        self._say_step()

    def _id(self) -> UUID:
        assert self._item is not None
        return self._item
