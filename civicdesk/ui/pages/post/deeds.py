"""What a clerk does with an item, each a use case with its words and its way back."""

from __future__ import annotations

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from civicdesk.desk import hand_overs, mail, mail_ends
from civicdesk.desk.open_box import Lying
from civicdesk.errors import Refusal
from civicdesk.models import MailItem, new_id
from civicdesk.text import _
from civicdesk.ui.post_words import kind_words
from civicdesk.ui.runner import Runner

Do = Callable[[Session, str], object]
Undo = Callable[[Session], object]


class PostDeeds(QObject):
    """Does it, says it, offers to take it back."""

    refused = Signal(object)  # Refusal
    done = Signal()

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner

    def shelve(self, lying: Lying, shelf: str) -> None:
        """Note where it lies."""
        item, at = lying.item, self._runner.at()
        was = item.shelf
        self._do(
            lambda session, key: mail.shelve(session, item.id, shelf, at=at, key=key),
            _("Item {} lies on shelf {}.").format(item.number, shelf or "—"),
            lambda session: mail.shelve(session, item.id, was, at=self._runner.at()),
        )

    def match(self, lying: Lying, box: int | None, organisation_id: UUID | None, name: str) -> None:
        """Say whose it is."""
        item, at = lying.item, self._runner.at()
        self._do(
            lambda session, key: mail.match(
                session, item.id, box=box, organisation_id=organisation_id, at=at, key=key
            ),
            _("Item {} is for {}.").format(item.number, name),
            self._back_to(item),
        )

    def correct_kind(self, lying: Lying, kind: str, reason: str) -> None:
        """It is something else than was said."""
        item, at, was = lying.item, self._runner.at(), lying.item.kind
        self._do(
            lambda session, key: mail.correct(session, item.id, reason=reason, at=at, key=key, kind=kind),
            _("Item {} is now: {}.").format(item.number, kind_words(kind)),
            lambda session: mail.correct(
                session, item.id, reason=reason or _("taken back"), at=self._runner.at(), kind=was
            ),
        )

    def write(self, lying: Lying, name: str, words: str) -> None:
        """Sender, number or note, said better."""
        item, at = lying.item, self._runner.at()
        was = getattr(item, name)
        self._do(
            lambda session, key: mail.correct(session, item.id, at=at, key=key, **{name: words}),
            _("Item {} was corrected.").format(item.number),
            lambda session: mail.correct(session, item.id, at=self._runner.at(), **{name: was}),
        )

    def forward(self, lying: Lying, to: str) -> None:
        """Send it on."""
        item, at = lying.item, self._runner.at()
        self._do(
            lambda session, key: mail_ends.forward(session, [item.id], to=to, at=at, key=key),
            _("Item {} was sent on.").format(item.number),
            self._back(item),
        )

    def send_back(self, lying: Lying, reason: str) -> None:
        """Back to the sender."""
        item, at = lying.item, self._runner.at()
        self._do(
            lambda session, key: mail_ends.send_back(session, [item.id], reason=reason, at=at, key=key),
            _("Item {} was sent back.").format(item.number),
            self._back(item),
        )

    def give_up(self, lying: Lying, reason: str) -> None:
        """Nobody came for it."""
        item, at = lying.item, self._runner.at()
        self._do(
            lambda session, key: mail_ends.give_up(session, [item.id], reason=reason, at=at, key=key),
            _("Item {} is unclaimed.").format(item.number),
            self._back(item),
        )

    def withdraw(self, lying: Lying) -> None:
        """It was entered by mistake."""
        item, at = lying.item, self._runner.at()
        self._do(
            lambda session, key: mail.withdraw(session, item.id, at=at, key=key),
            _("Item {} was taken out.").format(item.number),
            self._back(item),
        )

    def bring_back(self, lying: Lying, reason: str) -> None:
        """It is here after all."""
        item, at = lying.item, self._runner.at()
        self._do(
            lambda session, key: mail_ends.bring_back(session, [item.id], reason=reason, at=at, key=key),
            _("Item {} is back at the desk.").format(item.number),
        )

    def correct_hand_over(self, hand_over_id: UUID, reason: str, *items: UUID) -> None:
        """It was not handed over."""
        at = self._runner.at()
        self._do(
            lambda session, key: hand_overs.correct(
                session, hand_over_id, items, reason=reason, at=at, key=key
            ),
            _("Corrected: the items wait again."),
        )

    def _back_to(self, item: MailItem) -> Undo:
        box, whose = item.box, item.organisation_id
        if whose is None:
            return lambda session: mail.unmatch(session, item.id, at=self._runner.at())
        return lambda session: mail.match(
            session, item.id, box=box, organisation_id=whose, at=self._runner.at()
        )

    def _back(self, item: MailItem) -> Undo:
        return lambda session: mail_ends.bring_back(
            session, [item.id], reason=_("taken back"), at=self._runner.at()
        )

    def _do(self, do: Do, said: str, undo: Undo | None = None) -> None:
        key = new_id().hex

        def then(_result: object) -> None:
            self._runner.say(said, undo=undo)
            self.done.emit()

        self._runner.now(lambda session: do(session, key), then, self._refuse)

    def _refuse(self, refusal: Refusal) -> None:
        self.refused.emit(refusal)
