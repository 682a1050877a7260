"""The mailbox that e-mails come back to: where it is, and how the last look into it went."""

from __future__ import annotations

from functools import partial

from pydantic import ValidationError
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from civicdesk.messages import secret
from civicdesk.messages.bounce_watch import Looked
from civicdesk.settings import BounceSettings, Settings
from civicdesk.text import _, clock, ngettext, number
from civicdesk.ui.email_words import trouble_words
from civicdesk.ui.mail_desk import MailDesk
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import scaled
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, TextField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented

_PORTS = {"tls": 993, "starttls": 143, "none": 143}


class ReturnedCard(Card):
    """Off until a mailbox is written; its password goes to the keyring and is never shown again."""

    wanted = Signal(object)  # BounceSettings, or None for none

    def __init__(self, runner: Runner) -> None:
        super().__init__(name="mail_returned_card", padded=True)
        self._runner = runner
        self._desk: MailDesk | None = None
        self._box: BounceSettings | None = None
        self.about = label("", "second", wrap=True)
        self.server = text_field("", name="returned_server")
        self.port = text_field("", name="returned_port", hints=Qt.InputMethodHint.ImhDigitsOnly)
        self.security = Segmented([], name="returned_security", spoken="")
        self.user, self.folder = text_field("", name="returned_user"), text_field("", name="returned_folder")
        self.password: TextField = text_field("", name="returned_password", secret=True)
        fields = (self.server, self.port, self.security, self.user, self.password, self.folder)
        self.parts: dict[QWidget, LabelledField] = {field: LabelledField("", field) for field in fields}
        self.save = Button("", "save", name="returned_save", role="primary")
        self.look = Button("", "refresh-cw", name="returned_look")
        self.off = Button("", "ban", name="returned_off")
        self.in_the_open = label("", "second", wrap=True)
        self.answer = RefusalBanner(name="returned_answer")
        self._lay_out()
        self._connect()
        self.fill_fields(None)

    def use_mail(self, desk: MailDesk) -> None:
        """Show how this desk's last look went."""
        self._desk = desk
        desk.changed.connect(self._tell)
        self._tell()

    def show_settings(self, settings: Settings) -> None:
        """Show the mailbox of these settings, if it is another one."""
        if settings.bounces != self._box:
            self._box = settings.bounces
            self.fill_fields(self._box)
        for button in (self.look, self.off):
            button.setVisible(self._box is not None)
        self._tell()

    def retranslate(self) -> None:
        self.set_title(_("E-mails that come back"))
        self.about.setText(
            _(
                "What cannot be delivered comes back to the sender’s address. With this mailbox the desk reads such "
                "reports, and nothing else, and says at the organisation that its address is in doubt."
            )
        )
        words: dict[QWidget, str] = {
            self.server: _("Server"),
            self.port: _("Port"),
            self.security: _("Security"),
            self.user: _("User"),
            self.password: _("Password"),
            self.folder: _("Folder"),
        }
        for field, said in words.items():
            self.parts[field].set_words(said)
        security = self.security.value() or "tls"
        self.security.set_choices([("tls", "TLS"), ("starttls", "STARTTLS"), ("none", _("None"))])
        self.security.set_value(security)
        self.in_the_open.setText(
            _(
                "Without TLS everything can be read on the way, the password too. Only inside your own network."
            )
        )
        self.server.setPlaceholderText(_("such as imap.centre.org"))
        self.password.setPlaceholderText(_("unchanged") if self._box else "")
        self.save.setText(_("Save"))
        self.look.setText(_("Look now"))
        self.off.setText(_("Do not look"))
        self._tell()

    def fill_fields(self, box: BounceSettings | None) -> None:
        """What is set now, or what is usual."""
        self.server.setText(box.server if box else "")
        self.port.setText(str(box.port if box else _PORTS["tls"]))
        self.security.set_value(box.security if box else "tls")
        self.user.setText(box.user if box else "")
        self.folder.setText(box.folder if box else "INBOX")
        self.in_the_open.setVisible(box is not None and box.security == "none")
        self.password.clear()
        self.password.setPlaceholderText(_("unchanged") if box else "")

    def _lay_out(self) -> None:
        widths = (
            (self.server, 300),
            (self.port, 90),
            (self.user, 200),
            (self.password, 200),
            (self.folder, 160),
        )
        for field, least in widths:
            self.parts[field].setMinimumWidth(scaled(least))
        self.add(self.about)
        self.add(FlowRow([self.parts[self.server], self.parts[self.port]], 16, grow=True))
        self.add(self.parts[self.security])
        self.add(self.in_the_open)
        self.add(FlowRow([self.parts[self.user], self.parts[self.password]], 16, grow=True))
        self.add(self.parts[self.folder])
        self.add(self.answer)
        self.add(FlowRow([self.save, self.look, self.off]))
        for button in (self.look, self.off):
            button.hide()

    def _connect(self) -> None:
        self.security.chosen.connect(self._security_chosen)
        self.save.clicked.connect(lambda _on=False: self._save())
        self.look.clicked.connect(lambda _on=False: self._look())
        self.off.clicked.connect(lambda _on=False: self._turn_off())

    def _security_chosen(self, security: object) -> None:
        """The port that goes with it, unless somebody wrote another one."""
        if self.port.text() in {str(port) for port in _PORTS.values()}:
            self.port.setText(str(_PORTS[str(security)]))
        self.in_the_open.setVisible(security == "none")

    def _save(self) -> None:
        box = self._written()
        if box is None:
            return
        password = self.password.text()
        if password:
            self.save.setEnabled(False)
            self._runner.background(partial(secret.keep, box, password), partial(self._kept, box), owner=self)
        else:
            self._use(box)

    def _kept(self, box: BounceSettings, is_kept: bool) -> None:
        self.save.setEnabled(True)
        is_same = box == self._box
        self._use(box)
        if is_same and self._desk is not None:
            self._desk.renew_mailbox()
        if not is_kept:
            words = _(
                "This computer has no keyring. After the next start the password stands in the variable {}."
            )
            self.answer.show_refusal(words.format(secret.MAILBOX_VARIABLE), tone="warn")

    def _use(self, box: BounceSettings) -> None:
        self.password.clear()
        self.wanted.emit(box)
        self._runner.say(_("E-mails that come back are read from {}.").format(box.server))

    def _written(self) -> BounceSettings | None:
        for part in self.parts.values():
            part.refuse("")
        port = self.port.text().strip()
        if not self.server.text().strip():
            return self._wrong(self.server, _("Write the name of the mail server."))
        if not (port.isascii() and port.isdigit()):
            return self._wrong(self.port, _("A port is a number, such as 993."))
        if not self.user.text().strip():
            return self._wrong(self.user, _("Write the name the mailbox is opened with."))
        try:
            return BounceSettings(
                server=self.server.text().strip(),
                port=int(port),
                security=self.security.value() or "tls",  # type: ignore[arg-type]
                user=self.user.text().strip(),
                folder=self.folder.text().strip() or "INBOX",
            )
        except ValidationError:
            return self._wrong(self.server, _("This cannot be the name of a mail server."))

    def _wrong(self, field: QWidget, why: str) -> BounceSettings | None:
        """Nothing can be saved: say why under the field."""
        self.parts[field].refuse(why)
        field.setFocus()
        return None

    def _turn_off(self) -> None:
        box = self._box
        self.wanted.emit(None)
        if box is not None:
            self._runner.background(partial(secret.keep, box, ""))
        self._runner.say(_("The mailbox is not read any more."), "info")

    def _look(self) -> None:
        if self._desk is not None:
            self.answer.show_refusal(_("The server is being asked…"), tone="info")
            self._desk.look_for_returned()

    def _tell(self) -> None:
        """How the last look went."""
        looked = self._desk.looked if self._desk else Looked()
        if looked.trouble is not None:
            said = f"{trouble_words(looked.trouble)}."
            self.answer.show_refusal(f"{said} ({looked.said})" if looked.said else said)
        elif looked.at is not None and self._box is not None:
            back = looked.came_back
            words = ngettext("Read at {time}: {count} came back.", "Read at {time}: {count} came back.", back)
            self.answer.show_refusal(words.format(time=clock(looked.at), count=number(back)), tone="ok")
        else:
            self.answer.clear()
