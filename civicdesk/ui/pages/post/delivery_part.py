"""The postman's delivery by scanner only: the item, its box, the next item; nothing on the screen is touched."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout

from civicdesk import codes
from civicdesk.desk import boxes, mail_batches
from civicdesk.desk.boxes import Holder
from civicdesk.desk.mail_batches import KINDS, Answer, Delivery, Heard
from civicdesk.models import MailItem
from civicdesk.text import _
from civicdesk.ui.post_words import kind_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.theme.style import restyle
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.fields import FieldLabel, LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.tone_icon import ToneIcon

_USUAL = tuple(str(kind) for kind in KINDS)
_LOOKS = {"ok": "circle-check", "warn": "triangle-alert", "bad": "circle-x", "info": "scan-barcode"}


class DeliveryPart(Themed, QFrame):
    """Says in large letters what to scan next and what became of the last scan."""

    answered = Signal(object)  # Answer
    received = Signal(object)  # MailItem

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.delivery: Delivery = mail_batches.begin()
        self.count = 0
        self._box: int | None = None
        self._said: Callable[[], str] | None = None
        self.mark = ToneIcon("scan-barcode", "info", size=64)
        self.sentence = label("", "title", wrap=True)
        self.in_hand = label("", "body", wrap=True)
        self.choices = QVBoxLayout()
        self.typed = text_field(
            "", name="delivery_typed", icon="keyboard", hints=Qt.InputMethodHint.ImhDigitsOnly
        )
        self.typed_field = LabelledField("", self.typed)
        self.kind_label = FieldLabel("")
        self.kind = Segmented([], name="delivery_kind", spoken="")
        self._bar = QFrame()
        self._build()
        self.typed.returnPressed.connect(self._type)
        self.kind.chosen.connect(self._other_kind)
        self.retranslate()
        named(self, "delivery", "")

    @property
    def is_under_way(self) -> bool:
        return self.count > 0 or bool(self.delivery.in_hand)

    def begin(self) -> None:
        """A new delivery; the kind stays."""
        self.delivery = mail_batches.begin(self.delivery.kind)
        self.count = 0
        self._said = None
        self._show("info")

    def scan(self, text: str) -> None:
        """Take the next scan."""
        at, delivery = self._runner.at(), self.delivery
        parsed = codes.parse(text)
        self._box = parsed.number if isinstance(parsed, codes.Code) else boxes.box_number(text)
        self._runner.now(lambda session: mail_batches.scan(session, delivery, text, at=at), then=self._answer)

    def finish(self, then: Callable[[int], None]) -> None:
        """The delivery is over; what is still in the hand waits unmatched."""
        at, delivery = self._runner.at(), self.delivery

        def done(item: MailItem | None) -> None:
            count = self.count + (item is not None)
            if item is not None:
                self.received.emit(item)
            self.begin()
            then(count)

        self._runner.now(lambda session: mail_batches.finish(session, delivery, at=at), then=done)

    def retranslate(self) -> None:
        self.typed_field.set_words(_("Box number by hand, if its label does not read"))
        self.kind_label.setText(_("What has a barcode is"))
        self.kind.setAccessibleName(_("What has a barcode is"))
        self.kind.set_choices([(kind, kind_words(kind)) for kind in _USUAL])
        self.kind.set_value(str(self.delivery.kind))
        self._show(self._tone())

    def _build(self) -> None:
        self._bar.setProperty("kind", "answer")
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.sentence)
        words.addWidget(self.in_hand)
        row = QHBoxLayout(self._bar)
        row.setContentsMargins(roomy(20), roomy(16), roomy(20), roomy(16))
        row.setSpacing(roomy(16))
        row.addWidget(self.mark)
        row.addLayout(words, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(10))
        column.addWidget(self._bar)
        column.addLayout(self.choices)
        for part in (self.typed_field, self.kind_label, self.kind):
            column.addWidget(part)
        column.addStretch(1)

    def _tone(self) -> str:
        return str(self._bar.property("tone") or "info")

    def _type(self) -> None:
        text = self.typed.text().strip()
        self.typed.clear()
        if text:
            self.scan(text)

    def _other_kind(self, kind: object) -> None:
        self.delivery = Delivery(
            self.delivery.id,
            str(kind),
            self.delivery.in_hand,
            self.delivery.last_box,
            self.delivery.last_at,
        )

    def _answer(self, answer: Answer) -> None:
        self.delivery = answer.delivery
        self.count += answer.item is not None
        self.kind.set_value(str(answer.delivery.kind))
        self._said = lambda: answer.sentence
        tone = "ok" if answer.heard is Heard.RECEIVED else "info" if answer.heard.is_good else "warn"
        if answer.heard is Heard.UNMATCHED or answer.oddities:
            tone = "warn"
        self._show(tone)
        self._offer(answer)
        if answer.item is not None:
            self.received.emit(answer.item)
        self.answered.emit(answer)

    def _offer(self, answer: Answer) -> None:
        """Offer the organisations of a box that two share."""
        empty(self.choices)
        if answer.heard is not Heard.SHARED_BOX:
            return
        if (number := self._box) is not None:
            self._runner.read(lambda session: boxes.holders(session, number), self._offer_holders)

    def _offer_holders(self, holders: Sequence[Holder]) -> None:
        buttons = [self._holder(each) for each in holders]
        if buttons:
            self.choices.addWidget(FlowRow(buttons))

    def _holder(self, holder: Holder) -> Button:
        whose = holder.receiver
        button = Button(whose.name[:60], "mailbox", name=f"delivery_for_{whose.id.hex}", role="primary")
        button.clicked.connect(lambda _on=False: self._choose(whose.id))
        return button

    def _choose(self, organisation_id: UUID) -> None:
        at, delivery = self._runner.at(), self.delivery
        self._runner.now(
            lambda session: mail_batches.choose(session, delivery, organisation_id, at=at), then=self._answer
        )

    def _show(self, tone: str) -> None:
        self._bar.setProperty("tone", tone)
        restyle(self._bar)
        self.mark.show_as(_LOOKS[tone], tone)
        asks = _("Now scan the box.") if self.delivery.in_hand else _("Scan an item, or the box of a letter.")
        said = self._said() if self._said else ""
        self.sentence.setText(said or asks)
        hand = _("In hand: {}").format(self.delivery.in_hand) if self.delivery.in_hand else ""
        self.in_hand.setText(hand or (asks if said else ""))
        self._bar.setAccessibleName(self.sentence.text())
