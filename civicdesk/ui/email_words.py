"""E-mail in words: what one is about, how it stands, what is wrong and what to do about it."""

from __future__ import annotations

from collections.abc import Callable

from civicdesk.desk import bounces, email_trouble, emails
from civicdesk.desk.email_texts import Text
from civicdesk.desk.email_trouble import EmailTrouble
from civicdesk.desk.untold import WhyNot
from civicdesk.models import EmailBounce, EmailJob, EmailKind, EmailState
from civicdesk.text import N_, _, day, local

_KINDS = {
    EmailKind.MAIL_CAME: N_("New post"),
    EmailKind.MAIL_DIGEST: N_("Post of the day"),
    EmailKind.MAIL_REMINDER: N_("Reminder of post"),
    EmailKind.RECEIPT: N_("Receipt of a pickup"),
    EmailKind.MESSAGE: N_("Phone message"),
    EmailKind.PASS: N_("Visitor pass"),
    EmailKind.SHEET: N_("Daily occupancy sheet"),
}
_TEXTS = {
    Text.POST: N_("New post"),
    Text.NOTICE: N_("Official notice"),
    Text.DIGEST: N_("Post of the day"),
    Text.REMINDER_3: N_("Reminder after 3 days"),
    Text.REMINDER_7: N_("Reminder after 7 days"),
    Text.REMINDER_30: N_("Reminder after 30 days"),
    Text.RECEIPT: N_("Receipt of a pickup"),
    Text.MESSAGE: N_("Phone message"),
    Text.PASS: N_("Visitor pass"),
    Text.SHEET: N_("Daily occupancy sheet"),
}


def kind_words(kind: str) -> str:
    """What an e-mail is about."""
    return _(_KINDS[EmailKind(kind)]) if kind in _KINDS else kind


def text_words(text: Text) -> str:
    """Which text it is that a manager may write."""
    return _(_TEXTS[text])


def trouble_words(trouble: str) -> str:
    """What is wrong, in a few words."""
    said: dict[str, Callable[[], str]] = {
        EmailTrouble.AWAY: lambda: _("The mail server does not answer"),
        EmailTrouble.LOGIN: lambda: _("The mail server does not accept user and password"),
        EmailTrouble.SECURITY: lambda: _("The mail server cannot be spoken to in secret"),
        EmailTrouble.SENDER: lambda: _("The mail server does not accept the sender"),
        EmailTrouble.LATER: lambda: _("Put off by the server; tried again by itself"),
        EmailTrouble.REFUSED: lambda: _("The address was refused"),
        EmailTrouble.CUT: lambda: _("Cut short; it may have arrived"),
        EmailTrouble.GONE: lambda: _("Not sent: what it tells of is over"),
        EmailTrouble.FAULT: lambda: _("It could not be put together"),
        EmailTrouble.BOUNCED: lambda: _("It came back from where it went"),
    }
    return said[trouble]() if trouble in said else trouble


def advice(trouble: str) -> str:
    """What to do about the server; nothing where time does it."""
    said: dict[str, Callable[[], str]] = {
        EmailTrouble.AWAY: lambda: _("Nothing is lost: e-mails wait and leave by themselves."),
        EmailTrouble.LOGIN: lambda: _("Write the password anew in the settings, under E-mail."),
        EmailTrouble.SECURITY: lambda: _("Look at port and security in the settings, under E-mail."),
        EmailTrouble.SENDER: lambda: _("Write an address of the centre as sender in the settings."),
    }
    return said[trouble]() if trouble in said else ""


def why_words(job: EmailJob) -> str:
    """How one e-mail stands and why."""
    why = email_trouble.read(job.trouble)
    said = [trouble_words(why.trouble) if why.trouble else "", why.said]
    if why.is_again and why.trouble != EmailTrouble.CUT:
        said.append(_("may have arrived twice"))
    if job.state == EmailState.WAITING and why.is_again:
        said.append(_("is sent once more"))
    return " · ".join(filter(None, said))


def state_words(job: EmailJob) -> tuple[str, str]:
    """How it stands in a word, and the tone of it."""
    if emails.is_held(job):
        return _("held back"), "warn"
    said: dict[str, tuple[str, str]] = {
        EmailState.WAITING: (_("waits"), "info"),
        EmailState.SENDING: (_("is being sent"), "info"),
        EmailState.SENT: (_("sent"), "ok"),
        EmailState.FAILED: (_("failed"), "bad"),
        EmailState.CANCELLED: (_("not sent"), "warn"),
        EmailState.BOUNCED: (_("came back"), "bad"),
    }
    if job.state == EmailState.CANCELLED and bounces.came_back(job):
        return _("came back; set aside"), "warn"
    return said.get(job.state, (job.state, "info"))


def why_not_words(why: WhyNot, address: str, bounce: EmailBounce | None = None) -> str:
    """Why no e-mail reaches an organisation."""
    if why is WhyNot.CAME_BACK and bounce is not None:
        on = day(local(bounce.at).date(), "d MMMM yyyy")
        said = _("E-mail to {address} came back on {day}").format(address=bounce.address, day=on)
        return f"{said}: {bounce.said}" if bounce.said else said
    if why is WhyNot.WRONG:
        return _("“{}” is no e-mail address").format(address)
    return _("No e-mail address is written")
