"""What the desk says of the secretariat: messages for whoever comes in, and on Today what waits or is overdue."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import loans, phone_messages
from civicdesk.desk.phone_messages import Message
from civicdesk.models import Loan, MessageMove, PhoneMessage, Visit
from civicdesk.text import _, ngettext, number
from civicdesk.ui.desk_pages import DeskPages
from civicdesk.ui.message_words import waiting_words
from civicdesk.ui.pages.today.matters import ByHand
from civicdesk.ui.runner import Runner

_WATCHED: Changes = frozenset({Loan, MessageMove, PhoneMessage})
_Counts = tuple[tuple[int, int], tuple[int, int]]


class DeskSecretariat(QObject):
    """Counts whenever one of the tables changes, and every minute, since a loan grows overdue by itself."""

    messages_wanted = Signal(str)

    def __init__(self, runner: Runner, pages: DeskPages) -> None:
        super().__init__(pages)
        self._runner, self._pages = runner, pages
        runner.changed.connect(self._note)

    def look(self) -> None:
        """Count, and say so on Today."""
        self._runner.read(self._count, self._show)

    def tell(self, visit: Visit) -> tuple[str, Callable[[], None]] | None:
        """Whether messages wait for the organisation of somebody who came in: in words, and the way to them."""
        whose, at, found = visit.host_id, self._runner.at(), list[Message]()
        if whose is None:
            return None
        self._runner.read(lambda session: phone_messages.open_ones(session, whose), found.extend)
        if not found:
            return None
        self._runner.now(lambda session: phone_messages.show(session, whose, at=at))
        return waiting_words(found), partial(self.messages_wanted.emit, "messages")

    def _note(self, changes: Changes) -> None:
        if not _WATCHED.isdisjoint(changes):
            self.look()

    def _count(self, session: Session) -> _Counts:
        return phone_messages.count_open(session), loans.count_out(session, at=self._runner.at())

    def _show(self, counts: _Counts) -> None:
        (waiting, urgent), (_out, overdue) = counts
        self._pages.today.attend(_messages(waiting, urgent), topic="messages")
        self._pages.today.attend(_loans(overdue), topic="loans")


def _messages(waiting: int, urgent: int) -> list[ByHand]:
    if not waiting:
        return []
    title = ngettext("{} message waits", "{} messages wait", waiting).format(number(waiting))
    if urgent:
        title = ngettext("{} urgent message waits", "{} urgent messages wait", urgent).format(number(urgent))
    tone = "bad" if urgent else "info"
    return [("bell-ring" if urgent else "phone", tone, title, _("see for whom"))]


def _loans(overdue: int) -> list[ByHand]:
    if not overdue:
        return []
    title = ngettext("{} loan is overdue", "{} loans are overdue", overdue).format(number(overdue))
    return [("hand-helping", "warn", title, _("see what and with whom"))]
