"""An e-mail as it goes over the line: headers, text, what is attached. The same job is always the same e-mail."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP

from civicdesk.models import EmailJob
from civicdesk.settings import MailSettings

_POLICY = SMTP.clone(cte_type="7bit")


@dataclass(frozen=True)
class Attachment:
    """Something that goes along: its name, what it is, and its bytes."""

    name: str
    kind: str
    raw: bytes


def letter(
    job: EmailJob, mail: MailSettings, name: str = "", attached: Sequence[Attachment] = ()
) -> EmailMessage:
    """The e-mail of a job; its identity is the job's, so that a server that gets it twice can tell."""
    message = EmailMessage(policy=_POLICY)
    message["Message-ID"] = message_id(job, mail)
    message["Date"] = job.asked_at
    message["From"] = Address(name, addr_spec=mail.sender)
    message["To"] = Address(addr_spec=job.to)
    message["Subject"] = job.subject
    message["Auto-Submitted"] = "auto-generated"
    message["Content-Language"] = job.language
    message.set_content(job.body)
    for each in attached:
        main, _slash, sub = each.kind.partition("/")
        if main == "text":
            message.add_attachment(each.raw.decode(), subtype=sub, filename=each.name, charset="utf-8")
        else:
            message.add_attachment(each.raw, maintype=main, subtype=sub, filename=each.name)
    return message


def message_id(job: EmailJob, mail: MailSettings) -> str:
    """Never another one for the same job."""
    return f"<{job.id.hex}@{domain(mail)}>"


def domain(mail: MailSettings) -> str:
    """Where the sender is at home; how the desk introduces itself to the server."""
    return mail.sender.rpartition("@")[2]
