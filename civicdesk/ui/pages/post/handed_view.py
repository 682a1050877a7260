"""What was just handed over: the receipt, and what there is to do if it was wrong."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk import signatures
from civicdesk.desk.phone_messages import Message
from civicdesk.models import HandOver, MailItem, Organisation
from civicdesk.text import _
from civicdesk.ui.message_words import is_urgent, waiting_words
from civicdesk.ui.pages.post.ask_part import AskPart
from civicdesk.ui.pages.post.handing import Handed
from civicdesk.ui.post_words import full_moment, item_second, items_words, kind_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import BigButton, Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel, label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.signature_pad import SignaturePicture
from civicdesk.ui.widgets.touch import TouchScrollArea

_MOST_LINES = 8


class HandedView(Card):
    """Says who took what, shows the signature, and gives the receipt on paper or by e-mail."""

    receipt_wanted = Signal(object)  # hand-over id
    email_wanted = Signal(object, str)  # hand-over id, address
    correct_wanted = Signal(object, str)  # hand-over id, reason
    secretariat_wanted = Signal(str)
    done = Signal()

    def __init__(self) -> None:
        super().__init__(name="post_handed", padded=True)
        self.made: HandOver | None = None
        self._organisation: Organisation | None = None
        self.heading, self.second = ElidedLabel("", "title"), label("", "second", wrap=True)
        self.lines = label("", "body", wrap=True)
        self.picture = SignaturePicture(name="post_signature_shown")
        self.messages = RefusalBanner(name="post_handed_messages")
        self.ask = AskPart(name="post_handed_ask")
        self.print_receipt = BigButton("", "printer", name="post_receipt", role="primary")
        self.email = Button("", "mail", name="post_receipt_email")
        self.correct = Button("", "undo-2", name="post_correct_hand_over")
        self.close_handed = Button("", "check", name="post_handed_done")
        head = QVBoxLayout()
        head.setSpacing(0)
        head.addWidget(self.heading)
        head.addWidget(self.second)
        self.body.setSpacing(roomy(10))
        self.body.addLayout(head)
        inside = QWidget()
        inside.setProperty("kind", "scrolled")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(10))
        for part in (self.ask, self.messages, self.lines, self.picture):
            column.addWidget(part)
        column.addStretch(1)
        self._foot = QWidget()
        foot = QVBoxLayout(self._foot)
        foot.setContentsMargins(0, 0, 0, 0)
        foot.setSpacing(roomy(10))
        foot.addWidget(FlowRow((self.email, self.correct, self.close_handed), grow=True))
        foot.addWidget(self.print_receipt)
        self.body.addWidget(TouchScrollArea(inside), 1)
        self.body.addWidget(self._foot)
        self._join()
        self.retranslate()

    def show_hand_over(self, handed: Handed, *, is_manager: bool) -> None:
        """Show what was handed over, and whether messages wait for whoever is here."""
        made, items, signature, organisation = (
            handed.made,
            handed.items,
            handed.signature,
            handed.organisation,
        )
        self.made, self._organisation = made, organisation
        self.heading.setText(_("{} handed over").format(items_words(len(items))))
        name = organisation.name if organisation else ""
        self.second.setText(" · ".join(filter(None, (made.collector, name, full_moment(made.at)))))
        said = [" · ".join(filter(None, (_n(item), item_second(item)))) for item in items[:_MOST_LINES]]
        if len(items) > _MOST_LINES:
            said.append(_("{} more").format(len(items) - _MOST_LINES))
        self.lines.setText("\n".join(said))
        strokes = signatures.strokes_of(signature) if signature else []
        spoken = _("Signature of {}").format(made.collector)
        self.picture.show_strokes(
            strokes, signature.width if signature else 1, signature.height if signature else 1, spoken
        )
        self.correct.setVisible(is_manager)
        self._show_messages(handed.messages)
        self.ask.close_question()

    def _show_messages(self, found: Sequence[Message]) -> None:
        if not found:
            self.messages.clear()
            return
        see = (_("See messages"), lambda: self.secretariat_wanted.emit("messages"))
        self.messages.show_refusal(waiting_words(found), see, tone="warn" if is_urgent(found) else "info")

    def retranslate(self) -> None:
        self.print_receipt.setText(_("Print the receipt"))
        self.email.setText(_("Receipt by e-mail"))
        self.correct.setText(_("It was not handed over"))
        self.close_handed.setText(_("Done"))
        self.setAccessibleName(_("Handed over"))

    def _join(self) -> None:
        self.print_receipt.clicked.connect(lambda _on=False: self._emit(self.receipt_wanted))
        self.close_handed.clicked.connect(self.done)
        # while something is asked, the keyboard of the screen leaves no room for more
        self.ask.asking.connect(lambda is_asking: self._foot.setVisible(not is_asking))
        self.email.clicked.connect(lambda _on=False: self._ask_email())
        self.correct.clicked.connect(lambda _on=False: self._ask_why())

    def _id(self) -> UUID:
        assert self.made is not None
        return self.made.id

    def _emit(self, signal: object) -> None:
        signal.emit(self._id())  # type: ignore[attr-defined]

    def _ask_email(self) -> None:
        address = self._organisation.email if self._organisation else ""
        words, field = _("Where is the receipt sent?"), _("E-mail")
        self.ask.ask(words, field, _("Send"), lambda to: self.email_wanted.emit(self._id(), to), text=address)

    def _ask_why(self) -> None:
        words = _("The items wait again; the hand-over and the correction both stay in the history.")
        self.ask.ask(
            words,
            _("Why"),
            _("Correct it"),
            lambda why: self.correct_wanted.emit(self._id(), why),
            tone="bad",
        )


def _n(item: MailItem) -> str:
    return f"{kind_words(item.kind)} {item.number}"
