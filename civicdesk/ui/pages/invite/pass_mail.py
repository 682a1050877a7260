"""The pass by e-mail: an address, and a tap that puts it into the queue."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from civicdesk.errors import Refusal
from civicdesk.messages import composing
from civicdesk.models import Invitation, Visitor
from civicdesk.text import _
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.fields import LabelledField, text_field


class PassMail(QWidget):
    """Remembers the address with the visitor, and sends the pass with a calendar entry."""

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._invitation: Invitation | None = None
        self.address = text_field("", name="invite_email", hints=Qt.InputMethodHint.ImhEmailCharactersOnly)
        self.field = LabelledField("", self.address)
        self.send = Button("", "mail", name="invite_send")
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.address, 1)
        row.addWidget(self.send)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self.field)
        self.field.layout().replaceWidget(self.address, _holding(row))  # type: ignore[union-attr]
        self.send.clicked.connect(lambda _on=False: self._send())
        self.address.returnPressed.connect(self._send)
        self.retranslate()

    def show_invitation(self, invitation: Invitation) -> None:
        """Send the pass of this visitor."""
        self._invitation = invitation
        self.address.setText(invitation.visitor.email)
        self.field.refuse("")

    def retranslate(self) -> None:
        self.field.set_words(_("Send the pass to this address"))
        self.address.setPlaceholderText(_("name@place.org"))
        self.send.setText(_("Send"))
        self.send.setAccessibleName(_("Send the pass by e-mail"))

    def _send(self) -> None:
        if self._invitation is None:
            return
        self.field.refuse("")
        # twice within a minute is once; later it is meant
        key, to, at = f"{self._runner.at():%Y%m%d%H%M}", self.address.text(), self._runner.at()
        ask = partial(_ask, invitation=self._invitation, to=to)
        self._runner.now(
            lambda session: ask(session, send=partial(composing.ask_pass, at=at, key=key)),
            then=lambda _job: self._sent(to.strip()),
            refused=self._refused,
        )

    def _sent(self, to: str) -> None:
        self._runner.say(_("The pass leaves by e-mail: {}").format(to))

    def _refused(self, refusal: Refusal) -> None:
        self.field.refuse(str(refusal))
        self.address.setFocus()


def _ask(session: Session, invitation: Invitation, to: str, send: partial[UUID]) -> UUID:
    job = send(session, invitation.id, to)
    visitor = session.get_one(Visitor, invitation.visitor_id)
    visitor.email = to.strip()
    return job


def _holding(row: QHBoxLayout) -> QWidget:
    held = QWidget()
    row.setContentsMargins(0, 0, 0, 0)
    held.setLayout(row)
    return held
