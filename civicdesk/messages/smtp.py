"""One e-mail to the mail server: it is taken, or the answer says what is wrong and with whom."""

from __future__ import annotations

import re
import smtplib
import socket
import ssl
import threading
from base64 import b64encode
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage

from civicdesk.desk.email_trouble import EmailTrouble
from civicdesk.desk.emails import Outcome
from civicdesk.messages.letter import domain
from civicdesk.settings import MailSettings

LIMIT_S = 120.0
"""How long one e-mail may take altogether: a server that answers letter by letter ends there."""

_SERVERS_OWN = {
    530: EmailTrouble.LOGIN,
    534: EmailTrouble.LOGIN,
    535: EmailTrouble.LOGIN,
    538: EmailTrouble.LOGIN,
}
_BUSY = 421
_FOR_GOOD = 500
_GO_AHEAD = 354
_OK = 250
_SIGNED_IN, _GO_ON = 235, 334
_DOT = re.compile(rb"(?m)^\.")

SecurityContext = Callable[[], ssl.SSLContext]


class _Answered(Exception):
    """The server said something that ends the attempt."""

    def __init__(self, outcome: Outcome) -> None:
        super().__init__(outcome.said)
        self.outcome = outcome


class Sender:
    """Brings e-mails to one server. `stop` ends what is under way; call `send` on a thread that may wait."""

    def __init__(
        self,
        mail: MailSettings,
        password: str = "",
        *,
        context: SecurityContext = ssl.create_default_context,
        limit: float = LIMIT_S,
    ) -> None:
        self.mail, self._password, self._context, self._limit = mail, password, context, limit
        self._server: smtplib.SMTP | None = None
        self._is_awaiting = False
        self._is_stopped = False

    def send(self, message: EmailMessage) -> Outcome:
        """Send one e-mail to whom it names. Never raises for what the world outside does."""
        self._is_awaiting = False
        began = False
        try:
            with self._connected() as server:
                began = True
                self._hand_in(server, message)
            return Outcome()
        except _Answered as answered:
            return answered.outcome
        except (OSError, smtplib.SMTPException, UnicodeError) as error:
            return self._broken_off(error, began=began)
        finally:
            self._server = None

    def stop(self) -> None:
        """Hang up, whatever the server is doing."""
        self._is_stopped = True
        self._hang_up()

    def _broken_off(self, error: Exception, *, began: bool) -> Outcome:
        if self._is_awaiting:
            return Outcome(EmailTrouble.CUT, _words(error))
        if not began and isinstance(error, ssl.SSLError) and not isinstance(error, ssl.SSLEOFError):
            return Outcome(EmailTrouble.SECURITY, _words(error))
        # one e-mail at which the server hangs up must not hold up the others
        return Outcome(EmailTrouble.LATER if began else EmailTrouble.AWAY, _words(error))

    @contextmanager
    def _connected(self) -> Iterator[smtplib.SMTP]:
        server = self._greeted()
        watch = threading.Timer(self._limit, self._hang_up)
        watch.daemon = True
        watch.start()
        try:
            self._make_safe(server)
            self._sign_in(server)
            yield server
            with suppress(OSError, smtplib.SMTPException):
                server.quit()
        finally:
            watch.cancel()
            server.close()

    def _greeted(self) -> smtplib.SMTP:
        mail = self.mail
        name, patience = domain(mail), mail.patience_s
        try:
            if mail.security == "tls":
                server: smtplib.SMTP = smtplib.SMTP_SSL(
                    mail.server, mail.port, local_hostname=name, timeout=patience, context=self._context()
                )
            else:
                server = smtplib.SMTP(mail.server, mail.port, local_hostname=name, timeout=patience)
        except smtplib.SMTPConnectError as error:
            raise _Answered(Outcome(EmailTrouble.AWAY, _said(error.smtp_code, error.smtp_error))) from error
        self._server = server
        if self._is_stopped:
            self._hang_up()
        return server

    def _make_safe(self, server: smtplib.SMTP) -> None:
        self._expect(server.ehlo_or_helo_if_needed)
        if self.mail.security != "starttls":
            return
        if not server.has_extn("starttls"):
            raise _Answered(Outcome(EmailTrouble.SECURITY, "STARTTLS?"))
        code, said = server.starttls(context=self._context())
        if code != 220:  # noqa: PLR2004  "ready to start TLS"
            raise _Answered(Outcome(EmailTrouble.SECURITY, _said(code, said)))
        self._expect(server.ehlo)

    def _expect(self, greet: Callable[[], object]) -> None:
        try:
            greet()
        except smtplib.SMTPHeloError as error:
            raise _Answered(Outcome(EmailTrouble.AWAY, _said(error.smtp_code, error.smtp_error))) from error

    def _sign_in(self, server: smtplib.SMTP) -> None:
        user, password = self.mail.user, self._password
        if not user:
            return
        try:
            if f"{user}{password}".isascii():
                server.login(user, password)
            else:
                _sign_in_beyond_ascii(server, user, password)
        except smtplib.SMTPNotSupportedError as error:
            raise _Answered(Outcome(EmailTrouble.LOGIN, _words(error))) from error
        except smtplib.SMTPResponseException as error:
            is_final = error.smtp_code >= _FOR_GOOD
            trouble = EmailTrouble.LOGIN if is_final else EmailTrouble.AWAY
            raise _Answered(Outcome(trouble, _said(error.smtp_code, error.smtp_error))) from error

    def _hand_in(self, server: smtplib.SMTP, message: EmailMessage) -> None:
        raw = message.as_bytes()
        self._own(*server.mail(self.mail.sender))
        for to in message["To"].addresses:
            self._of_this_one(*server.rcpt(to.addr_spec))
        code, said = server.docmd("DATA")
        if code != _GO_AHEAD:
            self._of_this_one(code, said)
            raise _Answered(Outcome(EmailTrouble.LATER, _said(code, said)))
        server.send(_DOT.sub(b"..", raw) + (b"" if raw.endswith(b"\r\n") else b"\r\n"))
        self._is_awaiting = True  # with the last dot it may be the server's, whatever happens then
        server.send(b".\r\n")
        code, said = server.getreply()
        self._is_awaiting = False
        self._of_this_one(code, said)

    def _own(self, code: int, said: bytes) -> None:
        """What the server says to our own address concerns all e-mail."""
        if code == _OK:
            return
        trouble = _SERVERS_OWN.get(code)
        if trouble is None:
            trouble = EmailTrouble.SENDER if code >= _FOR_GOOD else EmailTrouble.AWAY
        raise _Answered(Outcome(trouble, _said(code, said)))

    def _of_this_one(self, code: int, said: bytes) -> None:
        if code in (250, 251, 252):
            return
        if code in _SERVERS_OWN or code == _BUSY:
            raise _Answered(Outcome(_SERVERS_OWN.get(code, EmailTrouble.AWAY), _said(code, said)))
        trouble = EmailTrouble.REFUSED if code >= _FOR_GOOD else EmailTrouble.LATER
        raise _Answered(Outcome(trouble, _said(code, said)))

    def _hang_up(self) -> None:
        server = self._server
        connection = getattr(server, "sock", None)
        if connection is not None:
            with suppress(OSError):
                socket.socket.shutdown(connection, socket.SHUT_RDWR)  # also under TLS: nothing more is said


def _sign_in_beyond_ascii(server: smtplib.SMTP, user: str, password: str) -> None:
    """A password with a ç in it, which Python's own sign-in cannot say."""
    if "PLAIN" in server.esmtp_features.get("auth", "").upper().split():
        steps = [f"AUTH PLAIN {_base64(chr(0) + user + chr(0) + password)}"]
    else:
        steps = ["AUTH LOGIN", _base64(user), _base64(password)]
    code, said = 0, b""
    for step in steps:
        code, said = server.docmd(step)
        if code not in (_SIGNED_IN, _GO_ON):
            break
    if code != _SIGNED_IN:
        raise smtplib.SMTPAuthenticationError(code, said)


def _base64(words: str) -> str:
    return b64encode(words.encode()).decode()


def _said(code: int, said: bytes | str) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else said
    return f"{code} {' '.join(words.split())}".strip()


def _words(error: Exception) -> str:
    return str(getattr(error, "strerror", "") or error) or type(error).__name__
