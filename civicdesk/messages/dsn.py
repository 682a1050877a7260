"""What a mail server reports of an e-mail that it could not deliver (RFC 3464), read from the report's bytes."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email import message_from_bytes
from email.errors import MessageError
from email.message import EmailMessage, Message
from email.policy import SMTP
from uuid import UUID

from civicdesk.desk.bounces import CameBack

_FAILED = "failed"
_OURS = re.compile(r"<([0-9a-f]{32})@[^>\s]+>")
_TYPED = re.compile(r"^\s*(?:smtp|x-[\w-]+|rfc822)\s*;\s*", re.IGNORECASE)


def read(raw: bytes) -> list[CameBack]:
    """The e-mails of a desk that this report says were not delivered; nothing where it is no such report.

    A report of a delay is not one of a failure. Never raises, whatever the bytes are.
    """
    try:
        return list(_read(message_from_bytes(raw, policy=SMTP)))
    except (MessageError, ValueError, LookupError, TypeError, AttributeError, IndexError):
        return []  # what cannot be read says nothing about an address


def _read(report: Message) -> Iterator[CameBack]:
    if report.get_content_type() != "multipart/report":
        return
    job_id = _job_of(report)
    if job_id is None:
        return
    for recipient in _recipients(report):
        if str(recipient.get("Action", "")).strip().lower() == _FAILED:
            status = str(recipient.get("Status", "")).strip()[:20]
            yield CameBack(job_id, status, _said(recipient))
            return


def _recipients(report: Message) -> Iterator[Message]:
    """The groups of fields of the report: one is of the e-mail as a whole, each other one of a recipient."""
    for part in report.walk():
        if part.get_content_type() == "message/delivery-status":
            payload = part.get_payload()
            if isinstance(payload, list):
                yield from (group for group in payload if isinstance(group, Message) and "Action" in group)


def _job_of(report: Message) -> UUID | None:
    """Which e-mail it is about, by the identity the desk gave it; nobody else knows that one."""
    for part in report.walk():
        kind = part.get_content_type()
        if kind == "message/rfc822":
            inner = part.get_payload(0) if part.is_multipart() else None
            found = str(inner.get("Message-ID", "")) if isinstance(inner, (EmailMessage, Message)) else ""
        elif kind == "text/rfc822-headers":
            body = part.get_payload(decode=True)
            found = _header(body if isinstance(body, bytes) else b"")
        else:
            continue
        if ours := _OURS.search(found):
            return UUID(hex=ours[1])
    return None


def _header(raw: bytes) -> str:
    return str(message_from_bytes(raw, policy=SMTP).get("Message-ID", ""))


def _said(recipient: Message) -> str:
    """The words of the server that would not have it."""
    code = str(recipient.get("Diagnostic-Code", "") or "")
    return " ".join(_TYPED.sub("", code).split())
