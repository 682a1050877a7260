"""A small real IMAP server on loopback: a mailbox with e-mails in it, TLS, signing in, and bad manners."""

from __future__ import annotations

import re
import socketserver
import ssl
import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from civicdesk.settings import BounceSettings
from tests.messages.mail_server import authority

USER, PASSWORD = "desk@merkez.example", "bounce-1923"


@dataclass
class Mailbox:
    """What lies in it, in the order of its numbers, and what was asked of it."""

    letters: dict[int, bytes] = field(default_factory=dict)
    validity: int = 7
    password: str = PASSWORD
    folder: str = "INBOX"
    hangs_up: bool = False
    said: list[str] = field(default_factory=list)

    def put(self, raw: bytes) -> int:
        uid = max(self.letters, default=0) + 1
        self.letters[uid] = raw
        return uid


class _Talk(socketserver.StreamRequestHandler):
    """One connection."""

    box: Mailbox
    context: ssl.SSLContext | None

    def handle(self) -> None:
        with suppress(OSError, ValueError):
            self._say("* OK ready")
            while line := self.rfile.readline():
                tag, _space, rest = line.decode().rstrip("\r\n").partition(" ")
                self.box.said.append(rest)
                if self.box.hangs_up and "SEARCH" in rest.upper():
                    return
                if not self._answer(tag, rest):
                    return

    def finish(self) -> None:
        with suppress(OSError, ValueError):
            super().finish()
        self.request.close()  # under TLS it is another one than the server knows

    def _answer(self, tag: str, rest: str) -> bool:
        verb = rest.split(" ", maxsplit=1)[0].upper()
        if verb == "UID":
            verb = f"UID {rest.split(' ')[1].upper()}"
        deeds = {
            "CAPABILITY": self._capability,
            "STARTTLS": self._starttls,
            "LOGIN": self._login,
            "AUTHENTICATE": self._authenticate,
            "EXAMINE": self._examine,
            "UID SEARCH": self._search,
            "UID FETCH": self._fetch,
        }
        if verb == "LOGOUT":
            self._say("* BYE", f"{tag} OK bye")
            return False
        if verb not in deeds:
            self._say(f"{tag} BAD what?")
            return True
        deeds[verb](tag, rest)
        return True

    def _capability(self, tag: str, _rest: str) -> None:
        self._say(f"* CAPABILITY IMAP4rev1{' STARTTLS' if self.context else ''} AUTH=PLAIN", f"{tag} OK done")

    def _starttls(self, tag: str, _rest: str) -> None:
        self._say(f"{tag} OK now")
        assert self.context is not None
        self.request = self.context.wrap_socket(self.request, server_side=True)
        self.setup()

    def _login(self, tag: str, rest: str) -> None:
        self._let_in(tag, rest.endswith(f'{USER} "{self.box.password}"'))

    def _authenticate(self, tag: str, _rest: str) -> None:
        self._say("+ ")
        given = b64decode(self.rfile.readline()).decode()
        self._let_in(tag, given == f"\0{USER}\0{self.box.password}")

    def _let_in(self, tag: str, is_right: bool) -> None:
        self._say(f"{tag} OK in" if is_right else f"{tag} NO [AUTHENTICATIONFAILED] wrong password")

    def _examine(self, tag: str, rest: str) -> None:
        if rest.split(" ", 1)[1].strip('"') != self.box.folder:
            self._say(f"{tag} NO no such folder")
            return
        self._say(
            f"* {len(self.box.letters)} EXISTS",
            f"* OK [UIDVALIDITY {self.box.validity}] ok",
            f"{tag} OK done",
        )

    def _search(self, tag: str, rest: str) -> None:
        found = sorted(self.box.letters)
        if named := re.search(r"UID (\d+):\*", rest):
            found = [uid for uid in found if uid >= int(named[1])] or found[-1:]
        self._say(f"* SEARCH {' '.join(map(str, found))}".rstrip(), f"{tag} OK done")

    def _fetch(self, tag: str, rest: str) -> None:
        uid = int(rest.split(" ")[2])
        raw = self.box.letters[uid]
        if "HEADER.FIELDS" in rest:
            head = raw.split(b"\r\n\r\n")[0]
            kept = re.search(rb"(?im)^content-type:.*(?:\r\n[ \t].*)*", head)
            part, name = (kept[0] if kept else b"") + b"\r\n\r\n", "BODY[HEADER.FIELDS (CONTENT-TYPE)]"
        else:
            most = re.search(r"<0\.(\d+)>", rest)
            part, name = raw[: int(most[1])] if most else raw, "BODY[]<0>"
        self.wfile.write(f"* 1 FETCH (UID {uid} {name} {{{len(part)}}}\r\n".encode() + part + b")\r\n")
        self._say(f"{tag} OK done")

    def _say(self, *lines: str) -> None:
        self.wfile.write("".join(f"{line}\r\n" for line in lines).encode())


class _Server(socketserver.ThreadingTCPServer):
    allow_reuse_address = True
    daemon_threads = True

    def handle_error(self, _request: object, _client: object) -> None:
        """A desk that hangs up is no trouble of the server's."""


class _TlsServer(_Server):
    context: ssl.SSLContext

    def get_request(self) -> tuple[ssl.SSLSocket, object]:
        plain, client = super().get_request()
        plain.settimeout(10)
        return self.context.wrap_socket(plain, server_side=True), client


@contextmanager
def serving_mailbox(box: Mailbox, *, security: str = "tls", name: str = "localhost") -> Iterator[int]:
    """The server at work; the port it is on."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert(name).configure_cert(context)
    talk = type("Talk", (_Talk,), {"box": box, "context": context if security == "starttls" else None})
    server = (_TlsServer if security == "tls" else _Server)(("127.0.0.1", 0), talk)
    server.context = context  # type: ignore[attr-defined]
    thread = threading.Thread(target=lambda: server.serve_forever(0.02), daemon=True)
    thread.start()
    try:
        yield server.server_address[1]
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)


def reading(port: int, **values: object) -> BounceSettings:
    """How the desk reaches the mailbox."""
    given = {"server": "localhost", "security": "tls", "user": USER, "patience_s": 10.0}
    return BounceSettings(port=port, **(given | values))  # type: ignore[arg-type]


def report(job_id: str, to: str = "dernek@ege.example", *, action: str = "failed", said: str = "") -> bytes:
    """What a mail server sends back (RFC 3464), as Postfix writes it."""
    words = said or "smtp; 550 5.1.1 <dernek@ege.example>: Recipient address rejected: User unknown"
    lines = [
        "Return-Path: <>",
        "From: MAILER-DAEMON@mx.example (Mail Delivery System)",
        "To: danisma@merkez.example",
        "Subject: Undelivered Mail Returned to Sender",
        "Auto-Submitted: auto-replied",
        "MIME-Version: 1.0",
        "Content-Type: multipart/report; report-type=delivery-status;",
        '\tboundary="A1/mx.example"',
        "",
        "This is a MIME-encapsulated message.",
        "",
        "--A1/mx.example",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "I'm sorry to have to inform you that your message could not be delivered.",
        "",
        "--A1/mx.example",
        "Content-Type: message/delivery-status",
        "",
        "Reporting-MTA: dns; mx.example",
        "X-Postfix-Sender: rfc822; danisma@merkez.example",
        "",
        f"Final-Recipient: rfc822; {to}",
        f"Original-Recipient: rfc822;{to}",
        f"Action: {action}",
        "Status: 5.1.1",
        "Remote-MTA: dns; mail.ege.example",
        f"Diagnostic-Code: {words}",
        "",
        "--A1/mx.example",
        "Content-Type: message/rfc822",
        "",
        f"Message-ID: <{job_id}@merkez.example>",
        "From: danisma@merkez.example",
        f"To: {to}",
        "Subject: =?utf-8?q?G=C3=B6nderi?=",
        "",
        "Merhaba",
        "",
        "--A1/mx.example--",
        "",
    ]
    return "\r\n".join(lines).encode()
