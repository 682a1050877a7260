"""What waits at the secretariat for the organisation somebody comes to or from."""

from __future__ import annotations

from PySide6.QtCore import Signal

from civicdesk.desk import phone_messages
from civicdesk.desk.phone_messages import Message
from civicdesk.models import MessageMove, Organisation, PhoneMessage
from civicdesk.text import _
from civicdesk.ui.message_words import is_urgent, waiting_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.refusal_banner import RefusalBanner


class MessagesHint(RefusalBanner):
    """Says how many messages wait, never what they say: the visitor sees the screen too."""

    secretariat_wanted = Signal(str)

    def __init__(self, runner: Runner) -> None:
        super().__init__(name="checkin_messages")
        self._runner = runner
        self._organisation: Organisation | None = None
        runner.changed.connect(self._note)

    def show_organisation(self, organisation: Organisation | None) -> None:
        """Look whether anything waits for this organisation."""
        if (organisation and organisation.id) != (self._organisation and self._organisation.id):
            self._organisation = organisation
            self.look()

    def look(self) -> None:
        """Say what waits now."""
        whose = self._organisation
        if whose is None:
            self.clear()
        else:
            self._runner.read(lambda session: phone_messages.open_ones(session, whose.id), self._show)

    def _note(self, changes: frozenset[type]) -> None:
        if self._organisation is not None and not changes.isdisjoint({PhoneMessage, MessageMove}):
            self.look()

    def _show(self, found: list[Message]) -> None:
        if not found or self._organisation is None:
            self.clear()
            return
        said = waiting_words(found, self._organisation.name)
        tone = "warn" if is_urgent(found) else "info"
        self.show_refusal(
            said, (_("See messages"), lambda: self.secretariat_wanted.emit("messages")), tone=tone
        )
