"""The part of the day that is about e-mail: the server is away, then busy and slow; what arrived is kept and read."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from time import perf_counter

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from civicdesk.app import CivicDesk
from civicdesk.models import EmailJob, EmailKind, EmailState, MailItem, MailState, Notify, Organisation
from civicdesk.rehearsal.hands import Hands, expect
from civicdesk.rehearsal.mail_server import MailServer, words
from civicdesk.rehearsal.post_cast import NOTE, SENDER
from civicdesk.rehearsal.report import Step
from civicdesk.rehearsal.stage import Missing, Stage

_DAWDLES_S = 3.0
_ENDED = (EmailState.SENT, EmailState.CANCELLED)


class EmailPart(Hands):
    """Sets the server, lets it fail, and looks at what arrived."""

    def __init__(self, civicdesk: CivicDesk, stage: Stage, out: Path) -> None:
        super().__init__(civicdesk, stage)
        self.server = MailServer(out / "e-mails")

    def set_up(self) -> tuple[tuple[str, Callable[[Step], None]], ...]:
        """Before the post comes."""
        return (("A mail server is set that does not answer; the desk says so and goes on", self._set),)

    def steps(self) -> tuple[tuple[str, Callable[[Step], None]], ...]:
        """After the post came and went."""
        return (
            (
                "The e-mails wait for the server; it comes back busy and slow, and the desk does not",
                self._send,
            ),
            ("Every e-mail arrived once, and says of an item its kind and number alone", self._read_them),
        )

    def close(self) -> None:
        """Switch the server off."""
        self.server.switch_off()

    def _set(self, step: Step) -> None:
        stage = self.stage
        self.change_to("Deniz Polat")
        stage.click("rail_settings")
        stage.click("settings_row_mail")
        stage.write("mail_server", "127.0.0.1")
        stage.write("mail_port", str(self.server.port))
        stage.click("mail_security_none")
        stage.write("mail_sender", "danisma@merkez.example")
        stage.click("mail_try")
        stage.wait(lambda: stage.find("mail_try").isEnabled(), "nothing is said of the server")
        stage.picture("63-mail-server-away")
        stage.click("mail_save")
        stage.wait(lambda: self.desk.settings.mail is not None, "the server was not kept")
        self.change_to("Elif Aksoy")
        step.checks.append("tried from the settings: nobody answers there")

    def _send(self, step: Step) -> None:
        stage = self.stage
        self.clock.forward(minutes=3)
        self._show_emails()
        stage.click("emails_now")
        stage.wait(self.desk.top_bar.mail.isVisible, "the chip does not say that e-mail waits")
        waiting = self._states().get(EmailState.WAITING, 0)
        stage.read_notice()
        stage.picture("64-emails-wait")
        self.server.refusals, self.server.dawdles_s = 1, _DAWDLES_S
        self.server.switch_on()
        stage.click("emails_now")
        stage.wait(self.server.is_dawdling.is_set, "nothing reached the server")
        step.checks.append(
            f"{waiting} waited; a page opened in {self._open_a_page() * 1000:.0f} ms meanwhile"
        )
        stage.wait(
            lambda: self._states().get(EmailState.WAITING) == 1, "not every e-mail left but the refused one"
        )
        for _half in range(2):  # a desk that nobody touches for five minutes locks itself
            self.clock.forward(minutes=3)
            stage.click("rail_post")
        self._show_emails()
        if stage.is_there("emails_now"):  # unless it left by itself meanwhile
            stage.click("emails_now")
        stage.wait(lambda: set(self._states()) <= set(_ENDED), "the one refused at first did not leave")
        stage.read_notice()
        stage.picture("65-emails-sent")
        step.checks.append("one was told to come back later, and did")

    def _show_emails(self) -> None:
        self.stage.read_notice()
        self.desk.go("emails")
        self.stage.settle()

    def _open_a_page(self) -> float:
        began = perf_counter()
        self.stage.click("rail_post")
        took = perf_counter() - began
        if not self.server.is_dawdling.is_set():
            raise Missing(f"a page took {took:.1f} s: it waited for the mail server")
        return took

    def _read_them(self, step: Step) -> None:
        self.server.switch_off()
        said = [words(message) for message in self.server.arrived]
        expect(len(said), self._states().get(EmailState.SENT), "e-mails that arrived")
        told = self.read(_to_be_told)
        about = [[number for number in told if number in text] for text in said]
        for number in told:
            if sum(number in numbers for numbers in about) < 1:
                raise Missing(f"nobody was told of {number}")
        for text in said:
            for secret in (SENDER, NOTE, *self._tracking()):
                if secret and secret.casefold() in text.casefold():
                    raise Missing(f"an e-mail says “{secret}”")
        receipts = self.count(
            select(func.count()).select_from(EmailJob).where(EmailJob.kind == EmailKind.RECEIPT)
        )
        expect(receipts, 1, "receipts by e-mail")
        step.checks.append(f"{len(said)} e-mails in {self.server.folder.name}, {len(told)} items told of")
        step.checks.append("none names a sender, a tracking number or a note")
        self.desk.settings_wanted.emit(self.desk.settings.with_(mail=None))

    def _tracking(self) -> set[str]:
        return self.read(lambda session: set(session.scalars(select(MailItem.tracking))))

    def _states(self) -> dict[str, int]:
        found = select(EmailJob.state, func.count()).group_by(EmailJob.state)
        return self.read(lambda session: dict(session.execute(found).tuples().all()))


def _to_be_told(session: Session) -> list[str]:
    """The numbers of what came in today and still waits for organisations that hear of it at once."""
    jobs = select(EmailJob.subject_id).where(EmailJob.kind == EmailKind.MAIL_CAME)
    wanted = (
        select(MailItem.number)
        .join(MailState, MailState.item_id == MailItem.id)
        .join(Organisation, Organisation.id == MailItem.organisation_id)
        .where(MailState.is_open, MailItem.id.in_(jobs), Organisation.notify == Notify.AT_ONCE)
    )
    return list(session.scalars(wanted))
