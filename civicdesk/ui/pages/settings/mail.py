"""The mail server of this computer: where e-mail goes, as whom, and a trial of it."""

from __future__ import annotations

from functools import partial

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from civicdesk.desk import centre, emails
from civicdesk.desk.emails import Outcome
from civicdesk.errors import Refusal
from civicdesk.messages import secret, trial
from civicdesk.settings import MailSettings, Settings
from civicdesk.text import _
from civicdesk.ui.email_words import advice, trouble_words
from civicdesk.ui.mail_desk import MailDesk
from civicdesk.ui.pages.settings.mail_returned import ReturnedCard
from civicdesk.ui.pages.settings.section import MachineSection
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import scaled
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, TextField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.time_stepper import TimeStepper

_PORTS = {"starttls": 587, "tls": 465, "none": 25}
_HIGHEST_PORT = 65_535


class MailSection(MachineSection):
    """Writes down the server; the password goes to the keyring and is never shown again."""

    emails_wanted = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_mail")
        self._desk: MailDesk | None = None
        self.server_card = Card(name="mail_server_card", padded=True)
        self.trial_card = Card(name="mail_trial_card", padded=True)
        self.returned = ReturnedCard(runner)
        self.server = text_field("", name="mail_server")
        self.port = text_field("", name="mail_port", hints=Qt.InputMethodHint.ImhDigitsOnly)
        self.security = Segmented([], name="mail_security", spoken="")
        self.from_, self.user = text_field("", name="mail_sender"), text_field("", name="mail_user")
        self.password: TextField = text_field("", name="mail_password", secret=True)
        self.digest = TimeStepper(name="mail_digest", value="16:00")
        self.to = text_field("", name="mail_trial_to")
        self.in_the_open = label("", "second", wrap=True)
        self.kept = label("", "second", wrap=True)
        fields = (self.server, self.port, self.security, self.from_, self.user, self.password, self.digest)
        self.parts: dict[QWidget, LabelledField] = {
            field: LabelledField("", field) for field in (*fields, self.to)
        }
        self.save = Button("", "save", name="mail_save", role="primary")
        self.off = Button("", "ban", name="mail_off")
        self.waiting = Button("", "mail", name="mail_waiting")
        self.try_it = Button("", "send", name="mail_try")
        self.answer = RefusalBanner(name="mail_trial_answer")
        self._lay_out()
        self._connect()
        self.retranslate()
        self._fill(None)

    def use_mail(self, desk: MailDesk) -> None:
        """Begin anew with this queue when a password was written."""
        self._desk = desk
        self.returned.use_mail(desk)

    def show_settings(self, settings: Settings) -> None:
        is_new = self.settings is None or settings.mail != self.settings.mail
        super().show_settings(settings)
        if is_new:
            self._fill(settings.mail)
        self.off.setVisible(settings.mail is not None)
        self.returned.show_settings(settings)

    def retranslate(self) -> None:
        lead = _("Messages, passes and news of post leave by this server. The desk never waits for it.")
        self.set_heading(_("E-mail"), lead)
        self.server_card.set_title(_("Mail server"))
        self.trial_card.set_title(_("Try it"))
        self._say_fields()
        self.returned.retranslate()
        self.save.setText(_("Save"))
        self.off.setText(_("Send no e-mail"))
        self.waiting.setText(_("What waits and failed"))
        self.try_it.setText(_("Send a trial"))
        self.in_the_open.setText(
            _(
                "Without TLS everything can be read on the way, the password too. Only inside your own network."
            )
        )

    def _say_fields(self) -> None:
        words: dict[QWidget, str] = {
            self.server: _("Server"),
            self.port: _("Port"),
            self.security: _("Security"),
            self.from_: _("Sender’s address"),
            self.user: _("User"),
            self.password: _("Password"),
            self.digest: _("Post of the day goes out at"),
            self.to: _("To this address"),
        }
        for field, said in words.items():
            self.parts[field].set_words(said)
        self.digest.say(words[self.digest])
        self.security.set_choices([("starttls", "STARTTLS"), ("tls", "TLS"), ("none", _("None"))])
        self.server.setPlaceholderText(_("such as mail.centre.org"))
        self.from_.setPlaceholderText(_("such as desk@centre.org"))
        self.user.setPlaceholderText(_("empty: the server asks for none"))
        self._say_password()

    def _say_password(self) -> None:
        has_user = self.settings is not None and self.settings.mail is not None and self.settings.mail.user
        self.password.setPlaceholderText(_("unchanged") if has_user else "")

    def _lay_out(self) -> None:
        lines = (
            ((self.server, 300), (self.port, 90)),
            ((self.from_, 300),),
            ((self.user, 200), (self.password, 200)),
        )
        for line in lines:
            for field, least in line:
                self.parts[field].setMinimumWidth(scaled(least))
        self.server_card.add(FlowRow([self.parts[self.server], self.parts[self.port]], 16, grow=True))
        self.server_card.add(self.parts[self.security])
        self.server_card.add(self.in_the_open)
        self.server_card.add(self.parts[self.from_])
        self.server_card.add(FlowRow([self.parts[self.user], self.parts[self.password]], 16, grow=True))
        self.server_card.add(self.kept)
        self.server_card.add(self.parts[self.digest])
        self.server_card.add(FlowRow([self.save, self.off, self.waiting]))
        self.trial_card.add(self.parts[self.to])
        self.trial_card.add(FlowRow([self.try_it]))
        self.trial_card.add(self.answer)
        self.add(self.server_card)
        self.add(self.trial_card)
        self.add(self.returned)
        self.kept.hide()

    def _connect(self) -> None:
        self.security.chosen.connect(self._security_chosen)
        self.save.clicked.connect(lambda _on=False: self._save())
        self.off.clicked.connect(lambda _on=False: self._turn_off())
        self.waiting.clicked.connect(lambda _on=False: self.emails_wanted.emit())
        self.try_it.clicked.connect(lambda _on=False: self._try())
        self.returned.wanted.connect(lambda box: self.want(bounces=box))

    def _fill(self, mail: MailSettings | None) -> None:
        self.server.setText(mail.server if mail else "")
        self.port.setText(str(mail.port if mail else _PORTS["starttls"]))
        self.security.set_value(mail.security if mail else "starttls")
        self.from_.setText(mail.sender if mail else "")
        self.user.setText(mail.user if mail else "")
        self.password.clear()
        self.digest.set_value(mail.digest_at if mail else "16:00")
        self.in_the_open.setVisible(mail is not None and mail.security == "none")
        self._say_password()

    def _security_chosen(self, security: object) -> None:
        """The port that goes with it, unless somebody wrote another one."""
        if self.port.text() in {str(port) for port in _PORTS.values()}:
            self.port.setText(str(_PORTS[str(security)]))
        self.in_the_open.setVisible(security == "none")

    def _written(self) -> MailSettings | None:
        """What stands in the fields, or nothing, with the reason under the field that is wrong."""
        for part in self.parts.values():
            part.refuse("")
        if not self.server.text().strip():
            return self._wrong(self.server, _("Write the name of the mail server."))
        port = self.port.text().strip()
        if not (port.isascii() and port.isdigit() and 1 <= int(port) <= _HIGHEST_PORT):
            return self._wrong(self.port, _("A port is a number, such as 587."))
        try:
            sender = emails.address(self.from_.text())
        except Refusal as refusal:
            return self._wrong(self.from_, str(refusal))
        if not sender:
            return self._wrong(self.from_, _("Write the address the e-mails come from."))
        return self._settings(int(port), sender)

    def _settings(self, port: int, sender: str) -> MailSettings | None:
        before = self.settings.mail if self.settings else None
        values = before.model_dump() if before else {}
        values |= {
            "server": self.server.text().strip(),
            "port": port,
            "security": self.security.value() or "starttls",
            "sender": sender,
            "user": self.user.text().strip(),
            "digest_at": self.digest.value(),
        }
        try:
            return MailSettings(**values)
        except ValidationError:
            return self._wrong(self.server, _("This cannot be the name of a mail server."))

    def _wrong(self, field: QWidget, why: str) -> MailSettings | None:
        """Nothing can be saved: say why under the field."""
        self.parts[field].refuse(why)
        field.setFocus()
        return None

    def _save(self) -> None:
        mail = self._written()
        if mail is None:
            return
        password = self.password.text()
        if password and mail.user:
            self.save.setEnabled(False)
            keep = partial(secret.keep, mail, password)
            self.runner.background(keep, then=partial(self._kept, mail), owner=self)
        else:
            self._use(mail)

    def _kept(self, mail: MailSettings, is_kept: bool) -> None:
        self.save.setEnabled(True)
        self.kept.setText(
            ""
            if is_kept
            else _(
                "This computer has no keyring that keeps passwords. E-mail leaves until CivicDesk is closed; then "
                "the password is written here again, or stands in the variable {}."
            ).format(secret.VARIABLE)
        )
        self.kept.setVisible(not is_kept)
        is_same = self.settings is not None and self.settings.mail == mail
        self._use(mail)
        if is_same and self._desk is not None:
            self._desk.renew()

    def _use(self, mail: MailSettings) -> None:
        self.password.clear()
        self.want(mail=mail)
        self.runner.say(_("E-mail leaves by {}.").format(mail.server))

    def _turn_off(self) -> None:
        mail = self.settings.mail if self.settings else None
        self.want(mail=None)
        if mail is not None and mail.user:
            self.runner.background(partial(secret.keep, mail, ""))
        self.runner.say(_("No e-mail is sent any more. What waits stays."), "info")

    def _try(self) -> None:
        self.answer.clear()
        mail = self._written()
        if mail is None:
            return
        try:
            to = emails.address(self.to.text()) or mail.sender
        except Refusal as refusal:
            self._wrong(self.to, str(refusal))
            return
        self.try_it.setEnabled(False)
        self.answer.show_refusal(_("The server is being asked…"), tone="info")
        self.runner.read(centre.the_centre, lambda here: self._send_trial(mail, to, here.name))

    def _send_trial(self, mail: MailSettings, to: str, name: str) -> None:
        send = partial(trial.try_it, mail, to, name=name, at=self.runner.at(), password=self.password.text())
        self.runner.background(send, then=partial(self._tried, to), owner=self)

    def _tried(self, to: str, outcome: Outcome) -> None:
        self.try_it.setEnabled(True)
        if outcome.trouble is None:
            words = _("The server took the trial to {}. Look whether it arrived.")
            self.answer.show_refusal(words.format(to), tone="ok")
            return
        said = [
            f"{trouble_words(outcome.trouble)}.",
            advice(outcome.trouble),
            f"({outcome.said})" * bool(outcome.said),
        ]
        self.answer.show_refusal(" ".join(filter(None, said)))
