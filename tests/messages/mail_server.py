"""A real mail server on loopback that takes e-mail, refuses it, dawdles, hangs up or is not there."""

from __future__ import annotations

import asyncio
import email
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage
from email.policy import default
from functools import cache

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

from civicdesk.settings import MailSettings

USER, PASSWORD = "desk@merkez.example", "çınar-1923"


@dataclass
class Postbox:
    """What the server does with e-mail, and what arrived."""

    arrived: list[EmailMessage] = field(default_factory=list)
    to_rcpt: str = "250 OK"
    to_sender: str = "250 OK"
    to_data: str = "250 taken"
    hangs_up_after_data: bool = False
    waits_after_data: bool = False
    goes_on: asyncio.Event = field(default_factory=asyncio.Event)
    reached: threading.Event = field(default_factory=threading.Event)
    raw: list[bytes] = field(default_factory=list)

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if self.to_sender.startswith("2"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return self.to_sender

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.to_rcpt.startswith("2"):
            envelope.rcpt_tos.append(address)
        return self.to_rcpt

    async def handle_DATA(self, server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        assert isinstance(envelope.content, bytes)
        if self.to_data.startswith("2"):
            self.raw.append(envelope.content)
            self.arrived.append(email.message_from_bytes(envelope.content, policy=default))
        self.reached.set()
        if self.waits_after_data:
            await self.goes_on.wait()
        if self.hangs_up_after_data:
            assert server.transport is not None
            server.transport.abort()
        return self.to_data

    @property
    def subjects(self) -> list[str]:
        return [str(message["Subject"]) for message in self.arrived]


@cache
def authority() -> trustme.CA:
    return trustme.CA()


def trusting() -> ssl.SSLContext:
    """How a desk looks at certificates that trusts the tests' authority."""
    context = ssl.create_default_context()
    authority().configure_trust(context)
    return context


def _certificate(name: str) -> ssl.SSLContext:
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority().issue_cert(name).configure_cert(context)
    return context


def _checking(password: str) -> Callable[..., AuthResult]:
    def check(_server: SMTP, _session: Session, _envelope: Envelope, _how: str, given: object) -> AuthResult:
        assert isinstance(given, LoginPassword)
        is_right = (given.login, given.password) == (USER.encode(), password.encode())
        return AuthResult(success=is_right, handled=False)

    return check


@contextmanager
def serving(
    box: Postbox, *, security: str = "none", password: str = "", port: int = 0, name: str = "localhost"
) -> Iterator[int]:
    """A server at work; the port it is on. `name` is the one in its certificate."""
    context = _certificate(name) if security != "none" else None
    options: dict[str, object] = {"hostname": "127.0.0.1", "port": port or free_port(), "ready_timeout": 10}
    if security == "starttls":
        options |= {"tls_context": context, "require_starttls": True}
    if security == "tls":
        options |= {"ssl_context": context}
    if password:
        options |= {"authenticator": _checking(password), "auth_required": True}
    controller = Controller(box, **options)  # type: ignore[arg-type]
    controller.start()
    try:
        yield controller.port
    finally:
        controller.loop.call_soon_threadsafe(box.goes_on.set)
        controller.stop()


def free_port() -> int:
    """A port nobody is on now."""
    import socket  # noqa: PLC0415

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found


def settings(port: int, **values: object) -> MailSettings:
    """How the desk reaches the server."""
    given = {
        "server": "localhost",
        "security": "none",
        "sender": "danisma@merkez.example",
        "patience_s": 10.0,
    }
    return MailSettings(port=port, **(given | values))  # type: ignore[arg-type]
