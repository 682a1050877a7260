"""Looks into a mailbox for reports of e-mails that came back, by IMAP over TLS; nothing in it is changed."""

from __future__ import annotations

import imaplib
import re
import ssl
from base64 import b64encode
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from civicdesk.desk.email_trouble import EmailTrouble
from civicdesk.messages.smtp import SecurityContext
from civicdesk.settings import BounceSettings

LOOKED_BACK = timedelta(days=10)
"""How far back a mailbox is read the first time: e-mails are remembered for longer, servers give up sooner."""

MOST_AT_ONCE = 50
_MOST_BYTES = 200_000
_MONTHS = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]


@dataclass(frozen=True)
class Place:
    """How far a mailbox was read: its own generation of numbers, and the last number."""

    validity: int = 0
    last: int = 0


@dataclass(frozen=True)
class Found:
    """What was read: the reports, how far that is, and whether there is more; or the trouble in the way."""

    reports: Sequence[bytes] = ()
    place: Place = field(default_factory=Place)
    has_more: bool = False
    trouble: EmailTrouble | None = None
    said: str = ""


class _Answered(Exception):
    """The server said no."""

    def __init__(self, trouble: EmailTrouble, said: str) -> None:
        super().__init__(said)
        self.trouble = trouble


def look(
    box: BounceSettings,
    password: str,
    place: Place,
    *,
    at: datetime,
    context: SecurityContext = ssl.create_default_context,
) -> Found:
    """Read what came after `place`. Only reports of delivery are read whole; never raises for the world outside."""
    try:
        with _connected(box, context) as server:
            _sign_in(server, box, password)
            return _read(server, box, place, at)
    except _Answered as answered:
        return Found(place=place, trouble=answered.trouble, said=str(answered))
    except ssl.SSLError as error:
        return Found(place=place, trouble=EmailTrouble.SECURITY, said=str(error.reason or error))
    except (OSError, imaplib.IMAP4.error, ValueError) as error:
        said = getattr(error, "strerror", None) or str(error) or type(error).__name__
        return Found(place=place, trouble=EmailTrouble.AWAY, said=str(said))


@contextmanager
def _connected(box: BounceSettings, context: SecurityContext) -> Iterator[imaplib.IMAP4]:
    if box.security == "tls":
        server: imaplib.IMAP4 = imaplib.IMAP4_SSL(
            box.server, box.port, ssl_context=context(), timeout=box.patience_s
        )
    else:
        server = imaplib.IMAP4(box.server, box.port, timeout=box.patience_s)
    try:
        if box.security == "starttls":
            _make_safe(server, context)
        yield server
        with suppress(OSError, imaplib.IMAP4.error):
            server.logout()
    finally:
        with suppress(OSError, imaplib.IMAP4.error):
            server.shutdown()


def _make_safe(server: imaplib.IMAP4, context: SecurityContext) -> None:
    if "STARTTLS" not in server.capabilities:
        raise _Answered(EmailTrouble.SECURITY, "STARTTLS?")
    server.starttls(ssl_context=context())


def _sign_in(server: imaplib.IMAP4, box: BounceSettings, password: str) -> None:
    try:
        if f"{box.user}{password}".isascii():
            server.login(box.user, password)
        else:
            secret = f"\0{box.user}\0{password}".encode()
            server.authenticate("PLAIN", lambda _asked: secret)
    except imaplib.IMAP4.abort:
        raise
    except imaplib.IMAP4.error as error:
        raise _Answered(EmailTrouble.LOGIN, _words(error.args[0] if error.args else b"")) from error


def _read(server: imaplib.IMAP4, box: BounceSettings, place: Place, at: datetime) -> Found:
    quoted = '"{}"'.format(_folder(box.folder).replace("\\", "\\\\").replace('"', '\\"'))
    answer, said = server.select(quoted, readonly=True)
    if answer != "OK":
        raise _Answered(EmailTrouble.GONE, _words(said[0] if said else b""))
    validity = int(_first(server.response("UIDVALIDITY")[1]) or 0)
    last = place.last if place.validity == validity else 0
    # "n:*" names the newest one even where that is older than n
    new = sorted(uid for uid in _numbers(server, last, at) if uid > last)
    now = new[:MOST_AT_ONCE]
    reports = [
        raw for uid in now if _is_report(server, uid) and (raw := _fetch(server, uid, f"<0.{_MOST_BYTES}>"))
    ]
    reached = now[-1] if now else last
    return Found(reports, Place(validity, reached), has_more=len(new) > len(now))


def _numbers(server: imaplib.IMAP4, last: int, at: datetime) -> Iterator[int]:
    begin = at - LOOKED_BACK
    since = f"{begin.day}-{_MONTHS[begin.month - 1]}-{begin.year}"
    wanted = ("UID", f"{last + 1}:*") if last else ("SINCE", since)
    answer, found = server.uid("SEARCH", *wanted)
    if answer != "OK":
        raise _Answered(EmailTrouble.AWAY, _words(_first(found)))
    for line in found:
        if isinstance(line, bytes):
            yield from map(int, line.split())


def _is_report(server: imaplib.IMAP4, uid: int) -> bool:
    """What else lies in the mailbox is nobody's business here."""
    head = _fetch(server, uid, "", section="HEADER.FIELDS (CONTENT-TYPE)")
    return b"multipart/report" in head.lower()


def _fetch(server: imaplib.IMAP4, uid: int, part: str, section: str = "") -> bytes:
    answer, found = server.uid("FETCH", str(uid), f"(BODY.PEEK[{section}]{part})")
    if answer != "OK":
        return b""
    return next((line[1] for line in found if isinstance(line, tuple)), b"")


def _folder(name: str) -> str:
    """A folder's name as IMAP writes letters beyond English ones (modified UTF-7)."""

    def written(run: re.Match[str]) -> str:
        packed = b64encode(run[0].encode("utf-16-be")).decode().rstrip("=").replace("/", ",")
        return f"&{packed}-"

    return re.sub(r"[^\x20-\x7e]+", written, name.replace("&", "&-"))


def _first(found: Sequence[object] | None) -> bytes:
    first = found[0] if found else b""
    return first if isinstance(first, bytes) else b""


def _words(said: object) -> str:
    words = said.decode(errors="replace") if isinstance(said, bytes) else str(said)
    return " ".join(words.split())[:300]
