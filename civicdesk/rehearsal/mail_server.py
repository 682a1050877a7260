"""A real mail server on this computer: takes what the desk sends, or is away, busy or slow; what came is kept."""

from __future__ import annotations

import asyncio
import email
import socket
import threading
from email.message import EmailMessage
from email.policy import default
from pathlib import Path

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

_LATER = "451 4.3.0 Busy, please try again later"
_READY_S = 10


class MailServer:
    """On a port of its own from the first moment; answers only while it is on."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.port = _free_port()
        self.arrived: list[EmailMessage] = []
        self.refusals = 0
        self.dawdles_s = 0.0
        self.is_dawdling = threading.Event()
        self._controller: Controller | None = None

    def switch_on(self) -> None:
        """Listen from now on."""
        self.folder.mkdir(exist_ok=True)
        self._controller = Controller(
            self, hostname="127.0.0.1", port=self.port, ready_timeout=_READY_S, server_hostname="localhost"
        )
        self._controller.start()

    def switch_off(self) -> None:
        """Nobody answers any more."""
        controller, self._controller = self._controller, None
        if controller is not None:
            controller.stop()

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if self.refusals > 0:
            self.refusals -= 1
            return _LATER
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.dawdles_s:
            seconds, self.dawdles_s = self.dawdles_s, 0.0
            self.is_dawdling.set()
            await asyncio.sleep(seconds)
            self.is_dawdling.clear()
        assert isinstance(envelope.content, bytes)
        self.arrived.append(email.message_from_bytes(envelope.content, policy=default))
        (self.folder / f"{len(self.arrived):02}.eml").write_bytes(envelope.content)
        return "250 OK"


def words(message: EmailMessage) -> str:
    """What an e-mail says: its subject and its text."""
    body = message.get_body(("plain",))
    return f"{message['Subject']}\n{body.get_content() if body else ''}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        found: int = probe.getsockname()[1]
        return found
