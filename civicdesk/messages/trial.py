"""A trial of the mail server: one e-mail to whoever tries it, past the queue."""

from __future__ import annotations

import ssl
from datetime import datetime

from civicdesk.desk import emails
from civicdesk.desk.emails import Outcome
from civicdesk.messages import secret
from civicdesk.messages.letter import letter
from civicdesk.messages.smtp import SecurityContext, Sender
from civicdesk.models import EmailJob, EmailKind
from civicdesk.settings import MailSettings
from civicdesk.text import _, language


def try_it(
    mail: MailSettings,
    to: str,
    *,
    name: str,
    at: datetime,
    password: str = "",
    context: SecurityContext = ssl.create_default_context,
) -> Outcome:
    """Send one e-mail now and wait for the server; a `password` counts before the one kept. Refuses `bad_email`."""
    job = EmailJob(
        key="trial",
        kind=EmailKind.MESSAGE,
        to=emails.address(to) or emails.address(mail.sender),
        subject=_("A trial of the e-mail of {}").format(name),
        body=_("The mail server took this e-mail. The desk can send."),
        language=language(),
        asked_at=at,
        next_at=at,
    )
    return Sender(mail, password or secret.find(mail), context=context).send(letter(job, mail, name))
