"""Messages for the organisations: one is taken on the left, those that wait stand on the right."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from civicdesk.desk import phone_messages
from civicdesk.desk.fields import phone_as_dialled
from civicdesk.desk.phone_messages import Call, Message
from civicdesk.errors import Refusal
from civicdesk.messages import composing
from civicdesk.models import new_id
from civicdesk.text import _, language, ngettext, number
from civicdesk.ui.pages.booking.organisation_pick import OrganisationPick
from civicdesk.ui.pages.secretariat.part import MOST, Part, beside, fill
from civicdesk.ui.pages.settings.section import Tick
from civicdesk.ui.paper_state import since_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import BigButton, Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.matter_row import MatterRow
from civicdesk.ui.widgets.tone_icon import ToneIcon


@dataclass(frozen=True)
class Look:
    """What waits, how many of it, and what was passed on of late."""

    waiting: list[Message]
    count: tuple[int, int]
    delivered: list[Message]


class MessagesPart(Part):
    """Who called, for whom, what about; delivered, sent by e-mail, taken back."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "messages")
        self._key = new_id().hex
        self._said: object = None
        self.organisation = OrganisationPick(runner, name="message_for")
        self.caller = text_field("", name="message_caller")
        self.number = text_field(
            "", name="message_number", hints=Qt.InputMethodHint.ImhDialableCharactersOnly
        )
        self.person = text_field("", name="message_person")
        self.text = text_field("", name="message_text")
        self.text.setMaxLength(2_000)
        self.urgent = Tick(name="message_urgent")
        self.take = BigButton("", "phone", name="message_take", role="primary")
        self.fields = {
            field: LabelledField("", field) for field in (self.caller, self.number, self.person, self.text)
        }
        self.waiting, self.delivered = Card(name="messages_waiting"), Card(name="messages_delivered")
        self._lay_out()
        self.retranslate()

    def retranslate(self) -> None:
        self.form.set_title(_("Take a message"))
        self.organisation.say(_("For which organisation"))
        words = {
            self.caller: _("Who called"),
            self.number: _("Call back on (optional)"),
            self.person: _("For whom there (optional)"),
            self.text: _("What is to be passed on"),
        }
        for field, said in words.items():
            self.fields[field].set_words(said)
        self.urgent.say(_("Urgent"))
        self.take.setText(_("Take message"))

    def refresh(self) -> None:
        self.runner.read(_look, self._show)

    def begin(self) -> None:
        """An empty form for the next call."""
        self._key = new_id().hex
        self.banner.clear()
        self.organisation.set_organisation(None)
        for field in self.fields:
            field.clear()
        self.urgent.setChecked(False)

    def _take(self, _on: bool = False) -> None:
        self.banner.clear()
        for part in self.fields.values():
            part.refuse("")
        whose = self.organisation.organisation
        call = Call(
            organisation_id=whose.id if whose else None,
            caller=self.caller.text(),
            number=self.number.text(),
            for_person=self.person.text(),
            text=self.text.text(),
            is_urgent=self.urgent.isChecked(),
        )
        at, key = self.runner.at(), self._key
        self.runner.now(
            lambda session: phone_messages.take(session, call, at=at, key=key),
            then=lambda message: self._taken(message.id),
            refused=self._refused,
        )

    def _taken(self, message_id: UUID) -> None:
        self.begin()
        at = self.runner.at
        self.runner.say(
            _("The message is taken."),
            undo=lambda session: phone_messages.remove(session, message_id, at=at()),
        )
        self.organisation.text.setFocus()

    def _refused(self, refusal: Refusal) -> None:
        """Where the eye is: at the field that is wrong."""
        wrong = {"no_caller": self.caller, "bad_phone": self.number, "no_message": self.text}
        if refusal.reason == "no_organisation":
            self.organisation.field.refuse(str(refusal))
            self.organisation.text.setFocus()
        elif field := wrong.get(refusal.reason):
            self.fields[field].refuse(str(refusal))
            field.setFocus()
        else:
            self.refuse(refusal)

    def _show(self, look: Look) -> None:
        said = language(), look.count, [_key(each) for each in (*look.waiting, *look.delivered)]
        if said == self._said:
            return
        self._said = said
        count, urgent = look.count
        title = ngettext("{} message waits", "{} messages wait", count).format(number(count))
        if urgent:
            title += " · " + ngettext("{} urgent", "{} urgent", urgent).format(number(urgent))
        self.waiting.set_title(title if count else "")
        rows: list[QWidget] = [self._row(each) for each in look.waiting[:MOST]]
        if not rows:
            sentence = _(
                "Nobody has to be told anything. A message that is taken waits here until it is read out."
            )
            rows = [EmptyState("phone", sentence, name="messages_none")]
        fill(self.waiting, rows, count - MOST)
        self.delivered.set_title(_("Passed on of late"))
        self.delivered.setVisible(bool(look.delivered))
        fill(self.delivered, [self._delivered_row(each) for each in look.delivered])

    def _row(self, found: Message) -> MatterRow:
        message = found.message
        whose = message.organisation.name if message.organisation else "—"
        since = since_words(message.taken_at, self.runner.at())
        first = [message.caller, phone_as_dialled(message.number), since]
        if message.for_person:
            first.append(_("for {}").format(message.for_person))
        if found.sent_at:
            first.append(_("sent by e-mail {}").format(since_words(found.sent_at, self.runner.at())))
        if found.shown_at:
            first.append(_("they were here {}").format(since_words(found.shown_at, self.runner.at())))
        lines = " · ".join(filter(None, first)), message.text
        icon, tone = ("bell-ring", "bad") if message.is_urgent else ("phone", "info")
        title = _("Urgent · {}").format(whose) if message.is_urgent else whose
        return MatterRow(
            icon, tone, title, "\n".join(lines), self._buttons(found), name=f"message_{message.id.hex}"
        )

    def _buttons(self, found: Message) -> list[Button]:
        message = found.message
        whose = message.organisation
        steps: list[tuple[str, str, str, str, Callable[..., None]]] = [
            (_("Passed on"), "check", "delivered", "primary", self._deliver)
        ]
        if whose is not None and whose.email:
            words = _("Send again") if found.sent_at else _("By e-mail")
            steps.append((words, "mail", "send", "plain", self._send))
        steps.append((_("Remove"), "trash-2", "remove", "quiet", self._remove))
        buttons = []
        for words, icon, name, role, deed in steps:
            button = Button(words, icon, name=f"message_{name}_{message.id.hex}", role=role)
            button.setAccessibleName(f"{words}: {whose.name if whose else message.caller}")
            button.clicked.connect(partial(deed, message.id))
            buttons.append(button)
        return buttons

    def _deliver(self, message_id: UUID, _on: bool = False) -> None:
        at = self.runner.at
        self.runner.now(
            lambda session: phone_messages.deliver(session, message_id, at=at()),
            then=lambda _done: self.runner.say(
                _("The message was passed on."),
                undo=lambda session: phone_messages.reopen(session, message_id, at=at()),
            ),
            refused=self.refuse,
        )

    def _send(self, message_id: UUID, _on: bool = False) -> None:
        at, key = self.runner.at(), f"{self.runner.at():%Y%m%d%H%M}"
        self.runner.now(
            lambda session: composing.ask_message(session, message_id, at=at, key=key),
            then=lambda _job: self.runner.say(
                _("The message leaves by e-mail; it waits until it is passed on.")
            ),
            refused=self.refuse,
        )

    def _remove(self, message_id: UUID, _on: bool = False) -> None:
        at = self.runner.at
        self.runner.now(
            lambda session: phone_messages.remove(session, message_id, at=at()),
            then=lambda _gone: self.runner.say(
                _("The message was removed."),
                undo=lambda session: phone_messages.restore(session, message_id, at=at()),
            ),
            refused=self.refuse,
        )

    def _delivered_row(self, found: Message) -> ListRow:
        message, move = found.message, found.delivered
        whose = message.organisation.name if message.organisation else ""
        note = since_words(move.at, self.runner.at()) if move else ""
        second = " · ".join(filter(None, (message.caller, message.text)))
        name, lead = f"message_{message.id.hex}", ToneIcon("check", "ok", size=36)
        return ListRow(whose or message.caller, second, name=name, lead=lead, note=note)

    def _lay_out(self) -> None:
        self.form.add(self.organisation.field)
        self.form.add(self.organisation.matches)
        self.form.body.addLayout(beside(self.fields[self.caller], self.fields[self.number]))
        for part in (self.fields[self.person], self.fields[self.text], self.urgent):
            self.form.add(part)
        self.foot.addWidget(self.take)
        self.lists.addWidget(self.waiting)
        self.lists.addWidget(self.delivered)
        self.lists.addStretch(1)
        self.take.clicked.connect(self._take)
        self.text.returnPressed.connect(self._take)


def _look(session: Session) -> Look:
    return Look(
        phone_messages.open_ones(session, limit=MOST),
        phone_messages.count_open(session),
        phone_messages.delivered_lately(session, 20),
    )


def _key(found: Message) -> tuple[object, ...]:
    return found.message.id, found.message.is_urgent, len(found.moves), found.message.text
