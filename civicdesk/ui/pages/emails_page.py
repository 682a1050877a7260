"""The e-mails: what failed and why, what waits, and what was sent of late."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import bounces, emails, untold
from civicdesk.desk.emails import Standing
from civicdesk.desk.untold import Untold
from civicdesk.models import EmailBounce, EmailJob, EmailState, MailState, Organisation
from civicdesk.text import _, language, local, ngettext, number
from civicdesk.ui.email_words import advice, kind_words, state_words, trouble_words, why_words
from civicdesk.ui.mail_desk import MailDesk
from civicdesk.ui.pages.emails.untold_card import UntoldCard
from civicdesk.ui.pages.page import Page
from civicdesk.ui.paper_state import since_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card, rule
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.matter_row import MatterRow
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.tone_icon import ToneIcon
from civicdesk.ui.widgets.touch import TouchScrollArea

_SHOWN = 100
_SENT = 30


@dataclass(frozen=True)
class Look:
    """All that the page shows, read in one go; `anew` are those that can be sent to another address now."""

    standing: Standing
    open: Sequence[EmailJob]
    ended: Sequence[EmailJob]
    untold: Sequence[Untold] = ()
    anew: frozenset[UUID] = frozenset()


class EmailsPage(Page):
    """One row an e-mail with its steps: try again, hold back, cancel."""

    watches: ClassVar[Changes] = frozenset({EmailJob, EmailBounce, MailState, Organisation})
    mail_settings_wanted = Signal()
    member_wanted = Signal(object)  # organisation id

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("emails_page")
        self._mail: MailDesk | None = None
        self._said: object = None
        self.back = IconButton("arrow-left", "", name="emails_back")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.now = Button("", "refresh-cw", name="emails_now")
        self.set_up = Button("", "settings", name="emails_set_up")
        self.banner = RefusalBanner(name="emails_banner")
        self.open, self.ended = Card(name="emails_open"), Card(name="emails_ended")
        self.untold = UntoldCard()
        self._anew: frozenset[UUID] = frozenset()
        self._build()
        self.retranslate()

    def use_mail(self, mail: MailDesk) -> None:
        """Show how this queue stands."""
        self._mail = mail
        mail.changed.connect(self.refresh_now)
        self.refresh_now()

    def refresh(self) -> None:
        self.runner.read(_look, self._show)

    def tick(self) -> None:
        self.refresh_now()

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.title.setText(_("E-mails"))
        self.now.setText(_("Try now"))
        self.set_up.setText(_("Mail server"))

    def _show(self, look: Look) -> None:
        self._show_head(look.standing)
        untold = [
            (each.organisation.id, each.organisation.email, each.why, each.items) for each in look.untold
        ]
        said = language(), [_row_key(job) for job in (*look.open, *look.ended)], untold, look.anew
        if said == self._said:
            return
        self._said = said
        self._anew = look.anew
        self._show_open(look)
        today = local(self.runner.at()).date()
        self.untold.show_untold(look.untold, [(today - local(one.oldest).date()).days for one in look.untold])
        rows: list[QWidget] = [self._ended_row(job) for job in look.ended]
        self.ended.set_title(_("Sent of late") if rows else "")
        self.ended.setVisible(bool(rows))
        self.ended.fill(rows)

    def _show_head(self, standing: Standing) -> None:
        counts = [
            (standing.failed, ngettext("{} failed", "{} failed", standing.failed)),
            (standing.came_back, ngettext("{} came back", "{} came back", standing.came_back)),
            (standing.waiting, ngettext("{} waits", "{} wait", standing.waiting)),
            (standing.held, ngettext("{} held back", "{} held back", standing.held)),
        ]
        said = [words.format(number(count)) for count, words in counts if count]
        self.second.setText(" · ".join(said) or _("Nothing waits to be sent."))
        self.now.setVisible(bool(standing.waiting))
        self._show_server()

    def _show_server(self) -> None:
        mail = self._mail
        if mail is None or mail.mail is None:
            words = _("No mail server is set. E-mails wait here until one is.")
            self.banner.show_refusal(words, (_("Set one"), self.mail_settings_wanted.emit), tone="info")
        elif mail.state.trouble is not None:
            trouble = mail.state.trouble
            said = f"{trouble_words(trouble)}. {advice(trouble)}"
            self.banner.show_refusal(f"{said} ({mail.state.said})" if mail.state.said else said, tone="warn")
        else:
            self.banner.clear()

    def _show_open(self, look: Look) -> None:
        rows: list[QWidget] = []
        for job in look.open[:_SHOWN]:
            rows += [rule()] if rows else []
            rows.append(self._open_row(job))
        if not rows:
            sentence = _("Nothing waits. What cannot be delivered stands here, with the reason.")
            rows.append(EmptyState("mail", sentence, name="emails_none"))
        stands = look.standing
        more = stands.failed + stands.came_back + stands.waiting + stands.held - _SHOWN
        if more > 0:
            words = ngettext("and {} more", "and {} more", more)
            rows.append(label(words.format(number(more)), "second"))
        self.open.fill(rows)

    def _open_row(self, job: EmailJob) -> MatterRow:
        word, tone = state_words(job)
        since = since_words(job.asked_at, self.runner.at())
        lines = [" · ".join((job.to, job.subject)), " · ".join(filter(None, (word, since, why_words(job))))]
        title = kind_words(job.kind)
        return MatterRow(
            "mail", tone, title, "\n".join(lines), self._buttons(job), name=f"email_{job.id.hex}"
        )

    def _buttons(self, job: EmailJob) -> list[Button]:
        is_waiting = job.state == EmailState.WAITING
        is_held = emails.is_held(job)
        steps: list[tuple[str, str, str, Callable[..., object]]] = []
        if job.state == EmailState.FAILED or is_held:
            steps.append((_("Send"), "send", "again", emails.again))
        if is_waiting and not is_held:
            steps.append((_("Hold back"), "timer", "hold", emails.hold))
        if job.state == EmailState.BOUNCED:
            return self._ways_out(job)
        buttons = [self._button(job, *step) for step in steps]
        cancel = Button(_("Cancel it"), "x", name=f"email_cancel_{job.id.hex}")
        cancel.setAccessibleName(_("Cancel the e-mail to {}").format(job.to))
        cancel.clicked.connect(partial(self._cancel, job.id))
        return [*buttons, cancel]

    def _ways_out(self, job: EmailJob) -> list[Button]:
        """What came back goes to the new address, once there is one; until then to whose address it is."""
        found = [self._button(job, _("Set aside"), "archive", "aside", bounces.set_aside)]
        if job.id in self._anew:
            return [
                self._button(job, _("Send to the new address"), "send", "anew", bounces.send_anew),
                *found,
            ]
        if job.organisation_id is None:
            return found
        words = _("Correct the address")
        correct = Button(words, "pencil", name=f"email_correct_{job.id.hex}")
        correct.setAccessibleName(f"{words}: {job.to}")
        correct.clicked.connect(lambda _on=False: self.member_wanted.emit(job.organisation_id))
        return [correct, *found]

    def _button(self, job: EmailJob, words: str, icon: str, name: str, deed: Callable[..., object]) -> Button:
        button = Button(words, icon, name=f"email_{name}_{job.id.hex}")
        button.setAccessibleName(f"{words}: {job.to}")
        button.clicked.connect(partial(self._do, job.id, deed))
        return button

    def _do(self, job_id: UUID, deed: Callable[..., object], _on: bool = False) -> None:
        at = self.runner.at()
        self.runner.now(
            lambda session: deed(session, job_id, at=at),
            refused=lambda refusal: self.banner.show_refusal(str(refusal)),
        )

    def _called(self, found: Untold) -> None:
        at, whose = self.runner.at(), found.organisation
        self.runner.now(lambda session: untold.called(session, whose.id, at=at))
        self.runner.say(_("{} was called about its post").format(whose.name))

    def _address_right(self, bounce_id: UUID) -> None:
        at = self.runner.at
        self.runner.now(lambda session: bounces.address_is_right(session, bounce_id, at=at()))
        self.runner.say(
            _("E-mail goes to this address again."),
            undo=lambda session: bounces.address_is_wrong(session, bounce_id, at=at()),
        )

    def _cancel(self, job_id: UUID, _on: bool = False) -> None:
        at = self.runner.at()
        self.runner.now(
            lambda session: emails.cancel(session, [job_id], at=at),
            then=self._cancelled,
        )

    def _cancelled(self, gone: list[UUID]) -> None:
        at = self.runner.at
        self.runner.say(
            _("The e-mail is not sent."), undo=lambda session: emails.bring_back(session, gone, at=at())
        )

    def _ended_row(self, job: EmailJob) -> ListRow:
        word, tone = state_words(job)
        second = " · ".join(filter(None, (kind_words(job.kind), job.subject, why_words(job))))
        note = since_words(job.ended_at, self.runner.at()) if job.ended_at else ""
        lead = ToneIcon("mail", tone, size=36)
        return ListRow(
            job.to, second, name=f"email_{job.id.hex}", lead=lead, pills=[Pill(word, tone)], note=note
        )

    def _build(self) -> None:
        head, words = QHBoxLayout(), QVBoxLayout()
        head.setSpacing(12)
        words.setSpacing(0)
        for part in (self.title, self.second):
            words.addWidget(part)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        content = QWidget()
        content.setProperty("kind", "scrolled")
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(FlowRow([self.now, self.set_up]))
        for card in (self.banner, self.untold, self.open, self.ended):
            column.addWidget(card)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(TouchScrollArea(content))
        self.back.clicked.connect(self.back_wanted)
        self.set_up.clicked.connect(lambda _on=False: self.mail_settings_wanted.emit())
        self.now.clicked.connect(self._try_now)
        self.untold.called.connect(self._called)
        self.untold.member_wanted.connect(self.member_wanted)
        self.untold.address_right.connect(self._address_right)

    def _try_now(self, _on: bool = False) -> None:
        if self._mail is not None:
            self._mail.try_now()
            self.runner.say(_("The server is being asked."), "info")


def _look(session: Session) -> Look:
    found = emails.open_jobs(session)
    return Look(
        emails.standing(session),
        found,
        emails.ended_jobs(session, _SENT),
        untold.look(session),
        bounces.can_go_anew(session, found),
    )


def _row_key(job: EmailJob) -> tuple[object, ...]:
    return job.id, job.state, job.trouble, job.next_at
