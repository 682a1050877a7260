"""One item with all that is known of it, its history, and what can be done."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.desk import signatures
from civicdesk.desk.open_box import Story
from civicdesk.errors import Refusal
from civicdesk.models import MailKind, Place
from civicdesk.text import _
from civicdesk.ui.pages.post.ask_part import AskPart
from civicdesk.ui.pages.post.box_pick import BoxPick
from civicdesk.ui.pages.post.deeds import PostDeeds
from civicdesk.ui.pages.post.history_list import HistoryList
from civicdesk.ui.pages.post.item_acts import acts, buttons
from civicdesk.ui.pages.post.photo_part import PhotoPart
from civicdesk.ui.post_words import KINDS, item_second, kind_words, lying_words, whose_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card, empty, rule
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel, label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.signature_pad import SignaturePicture
from civicdesk.ui.widgets.touch import TouchScrollArea

_RED = (MailKind.NOTICE, MailKind.SLIP21)


class ItemView(Card):
    """The card beside the wall while one item is looked at."""

    closed = Signal()
    notice_wanted = Signal(object)  # item id
    receipt_wanted = Signal(object)  # hand-over id

    def __init__(self, runner: Runner) -> None:
        super().__init__(name="post_item", padded=True)
        self._runner = runner
        self.story: Story | None = None
        self.deeds = PostDeeds(runner, self)
        self.heading, self.second = ElidedLabel("", "heading"), label("", "second", wrap=True)
        self.facts = label("", "body", wrap=True)
        self.back = IconButton("arrow-left", "", name="post_item_back", role="step")
        self.banner = RefusalBanner(name="post_item_refusal")
        self.ask = AskPart(name="post_item_ask")
        self.whose = BoxPick(runner, name="post_whose")
        self.match = Button("", "check", name="post_match", role="primary")
        self.kinds = Segmented([], name="post_new_kind", spoken="")
        self.picture = SignaturePicture(name="post_item_signature")
        self.signed = label("", "second", wrap=True)
        self.photo = PhotoPart(runner)
        self.history_label, self.history = label("", "heading"), HistoryList(name="post_history")
        self._build_card()
        self._join()
        self.retranslate()

    def show_story(self, story: Story) -> None:
        """Show an item; a question that was open for another one is gone."""
        is_same = self.story is not None and self.story.lying.item.id == story.lying.item.id
        self.story = story
        if not is_same:
            self._leave_questions()
        item = story.lying.item
        self.heading.setText(f"{kind_words(item.kind)} {item.number}")
        self.second.setText(whose_words(item))
        note = item.note
        self.facts.setText("\n".join(filter(None, (item_second(item), lying_words(story.lying), note))))
        self._show_acts()
        self._show_signature()
        may_change = story.lying.place in (Place.WAITING, Place.PRESENTED)
        self.photo.show_photo(item.id, story.photo, may_change=may_change)
        self.history.show_story(story)

    def retranslate(self) -> None:
        self.back.say(_("Back to the box"))
        self.whose.say(_("Whose is it?"))
        self.match.setText(_("It is theirs"))
        self.kinds.set_choices([(str(kind), kind_words(kind)) for kind in KINDS])
        self.kinds.setAccessibleName(_("Other kind"))
        self.photo.retranslate()
        self.history_label.setText(_("History"))
        self.setAccessibleName(_("Item of post"))
        if self.story is not None:
            self.show_story(self.story)

    def refuse(self, refusal: Refusal) -> None:
        """Say why not, where it was asked."""
        if not self.ask.isHidden():
            self.ask.refuse(str(refusal))
        else:
            self.banner.show_refusal(str(refusal))

    def _build_card(self) -> None:
        title = QVBoxLayout()
        title.setSpacing(0)
        title.addWidget(self.heading)
        title.addWidget(self.second)
        head = QHBoxLayout()
        head.addWidget(self.back)
        head.addLayout(title, 1)
        self._matching, self._acts = QWidget(), QVBoxLayout()
        matching = QVBoxLayout(self._matching)
        matching.setContentsMargins(0, 0, 0, 0)
        for widget in (self.whose.field, self.whose.matches, self.match):
            matching.addWidget(widget)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(10))
        above: list[QWidget] = [self.facts, self.banner, self.ask, self._matching, self.kinds]
        for part in above:
            column.addWidget(part)
        column.addLayout(self._acts)
        below: list[QWidget] = [
            self.photo,
            self.signed,
            self.picture,
            rule(),
            self.history_label,
            self.history,
        ]
        for part in below:
            column.addWidget(part)
        column.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(TouchScrollArea(inside), 1)
        self._leave_questions()

    def _join(self) -> None:
        self.back.clicked.connect(self.closed)
        self.deeds.refused.connect(self.refuse)
        self.deeds.done.connect(self._leave_questions)
        self.match.clicked.connect(lambda _on=False: self._match())
        self.whose.entered.connect(self._match)
        self.whose.settled.connect(lambda holder: self.match.setEnabled(holder is not None))
        self.kinds.chosen.connect(self._other_kind)

    def _leave_questions(self) -> None:
        self.ask.close_question()
        self.banner.clear()
        self.whose.clear()
        self.match.setEnabled(False)
        self._matching.hide()
        self.kinds.hide()

    def _show_acts(self) -> None:
        assert self.story is not None
        empty(self._acts)
        lying = self.story.lying
        is_manager = self._runner.staff is not None and self._runner.staff.is_manager
        wanted = acts(lying.place, is_matched=lying.item.organisation_id is not None, is_manager=is_manager)
        self._acts.addWidget(FlowRow(buttons(wanted, self._press)))

    def _show_signature(self) -> None:
        assert self.story is not None
        made, signature = self.story.hand_over, self.story.signature
        strokes = signatures.strokes_of(signature) if signature else []
        words = _("Signature of {}").format(made.collector) if made and strokes else ""
        if made and not made.collector:
            words = _("Who took it, and the signature, were deleted: their years were over.")
        self.signed.setText(words)
        self.signed.setVisible(bool(words))
        self.picture.show_strokes(
            strokes, signature.width if signature else 1, signature.height if signature else 1, words
        )

    def _press(self, act: str) -> None:
        """What a button does: ask first, or open another page."""
        assert self.story is not None
        self._leave_questions()
        lying = self.story.lying
        if act == "decide":
            self.notice_wanted.emit(lying.item.id)
        elif act == "match":
            self._matching.show()
            self.whose.text.setFocus()
        elif act == "kind":
            self.kinds.set_value(lying.item.kind)
            self.kinds.show()
        elif act == "receipt":
            if self.story.hand_over:
                self.receipt_wanted.emit(self.story.hand_over.id)
        else:
            self._ask(act)

    def _ask(self, act: str) -> None:
        assert self.story is not None
        lying, deeds, why = self.story.lying, self.deeds, _("Why")
        item = lying.item
        asks: dict[str, Callable[[], None]] = {
            "shelf": lambda: self.ask.ask(
                "", _("Shelf"), _("Save"), lambda said: deeds.shelve(lying, said), text=item.shelf
            ),
            "sender": lambda: self._ask_words("sender", _("Sender")),
            "tracking": lambda: self._ask_words("tracking", _("Tracking number")),
            "forward": lambda: self.ask.ask(
                "", _("Where it is sent on to"), _("Send on"), lambda to: deeds.forward(lying, to)
            ),
            "return": lambda: self.ask.ask(
                "", why, _("Send back"), lambda said: deeds.send_back(lying, said)
            ),
            "unclaimed": lambda: self.ask.ask(
                "", why, _("Give up as unclaimed"), lambda said: deeds.give_up(lying, said)
            ),
            "withdraw": self._ask_withdraw,
            "back": lambda: self.ask.ask(
                "", why, _("Bring it back"), lambda said: deeds.bring_back(lying, said)
            ),
            "correct": self._ask_correct,
        }
        asks[act]()

    def _ask_words(self, name: str, words: str) -> None:
        assert self.story is not None
        lying = self.story.lying
        text = str(getattr(lying.item, name))
        self.ask.ask("", words, _("Save"), lambda said: self.deeds.write(lying, name, said), text=text)

    def _ask_withdraw(self) -> None:
        assert self.story is not None
        lying = self.story.lying
        words = _("The item was entered by mistake; its number stays used.")
        self.ask.ask(words, "", _("Take it out"), lambda _said: self.deeds.withdraw(lying), tone="bad")

    def _ask_correct(self) -> None:
        assert self.story is not None
        made, item = self.story.hand_over, self.story.lying.item
        if made is not None:
            words = _("The items wait again; the hand-over and the correction both stay in the history.")
            correct = partial(self.deeds.correct_hand_over, made.id)
            self.ask.ask(words, _("Why"), _("Correct it"), lambda why: correct(why, item.id), tone="bad")

    def _match(self) -> None:
        assert self.story is not None
        if self.whose.holder is None:
            self.whose.field.refuse(_("Choose a box or an organisation."))
        else:
            words = self.whose.words()
            self.deeds.match(self.story.lying, self.whose.box, self.whose.organisation_id, words)

    def _other_kind(self, kind: object) -> None:
        """A notice is made or unmade only with a reason."""
        assert self.story is not None
        lying = self.story.lying
        self.kinds.hide()
        if (str(kind) in _RED) != (lying.item.kind in _RED):
            words = _("This becomes: {}").format(kind_words(str(kind)))
            become = partial(self.deeds.correct_kind, lying, str(kind))
            self.ask.ask(words, _("Why"), _("Correct it"), become)
        elif kind != lying.item.kind:
            self.deeds.correct_kind(lying, str(kind), "")
