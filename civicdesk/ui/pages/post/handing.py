"""The hand-over itself: signed for first, handed over second, and what a stop in between left behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from civicdesk.desk import hand_overs, phone_messages
from civicdesk.desk.phone_messages import Message
from civicdesk.desk.pickups import Taking
from civicdesk.desk.signatures import Strokes
from civicdesk.errors import Refusal
from civicdesk.models import HandOver, MailItem, Organisation, Signature, SignedPickup, new_id
from civicdesk.text import _
from civicdesk.ui.runner import Runner


@dataclass(frozen=True)
class Handed:
    """A hand-over with all that its card shows."""

    made: HandOver
    items: list[MailItem]
    signature: Signature | None
    organisation: Organisation | None
    messages: Sequence[Message] = ()


class Handing(QObject):
    """Hands over, once; a second tap changes nothing."""

    handed = Signal(object)  # Handed
    refused = Signal(object)  # Refusal
    unfinished = Signal(object)  # SignedPickup: signed for, but not handed over

    def __init__(self, runner: Runner, parent: QObject) -> None:
        super().__init__(parent)
        self._runner = runner
        self._key = new_id().hex

    def sign(self, taking: Taking, strokes: Strokes, width: int, height: int) -> None:
        """Keep the signature, then hand over what it is for."""
        at, key = self._runner.at(), self._key
        self._runner.now(
            lambda session: hand_overs.sign(session, taking, strokes, width, height, at=at, key=key),
            then=lambda _signed: self._give(key),
            refused=self._refuse,
        )

    def give(self, taking: Taking) -> None:
        """Letters go without a signature."""
        at, key = self._runner.at(), self._key
        self._runner.now(
            lambda session: _seen(session, hand_overs.give(session, taking, at=at, key=key), at),
            then=self._done,
            refused=self._refuse,
        )

    def finish(self, pickup: SignedPickup) -> None:
        """Hand over what was signed for before the desk stopped."""
        self._give(pickup.key)

    def drop(self, pickup: SignedPickup) -> None:
        """They went without their post."""
        at = self._runner.at()
        self._runner.now(
            lambda session: hand_overs.drop(session, pickup.key, at=at),
            then=lambda _gone: self._runner.say(_("Nothing was handed over. The items wait."), "info"),
            refused=self._refuse,
        )

    def look(self) -> None:
        """Tell of the first that is unfinished."""
        self._runner.read(hand_overs.unfinished, self._tell_unfinished)

    def _tell_unfinished(self, found: Sequence[SignedPickup]) -> None:
        self.unfinished.emit(found[0] if found else None)

    def _give(self, key: str) -> None:
        at = self._runner.at()
        self._runner.now(
            lambda session: _seen(session, hand_overs.hand_over(session, key, at=at), at),
            then=self._done,
            refused=self._refuse,
        )

    def _done(self, handed: Handed) -> None:
        self._key = new_id().hex
        self.handed.emit(handed)

    def _refuse(self, refusal: Refusal) -> None:
        self._key = new_id().hex
        self.refused.emit(refusal)


def _seen(session: Session, made: HandOver, at: datetime) -> Handed:
    """What the card shows; somebody of the organisation is here, so the messages for it are told of too."""
    organisation = session.get(Organisation, made.organisation_id) if made.organisation_id else None
    items = list(hand_overs.items_of(session, made.id))
    messages = phone_messages.show(session, organisation.id, at=at) if organisation else []
    return Handed(made, items, hand_overs.signature_of(session, made), organisation, messages)
