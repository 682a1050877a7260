"""E-mails are put into words: what is to be told becomes jobs in the queue, each in its reader's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.codes import grouped
from civicdesk.desk import (
    centre,
    email_templates,
    email_texts,
    emails,
    fields,
    invitations,
    phone_messages,
    post_emails,
    report_runs,
)
from civicdesk.desk.email_texts import Text
from civicdesk.desk.post_emails import Due
from civicdesk.desk.report_runs import Way
from civicdesk.errors import Refusal
from civicdesk.models import (
    EmailJob,
    EmailKind,
    HandOver,
    Invitation,
    MailItem,
    MailKind,
    MailMove,
    Move,
    Organisation,
)
from civicdesk.text import N_, _, clock, day, language, local, said_in

_KINDS: Mapping[str, str] = {
    MailKind.ORDINARY: N_("Ordinary"),
    MailKind.REGISTERED: N_("Registered"),
    MailKind.RETURN_RECEIPT: N_("With return receipt"),
    MailKind.EXPRESS: N_("Express"),
    MailKind.PARCEL: N_("Parcel"),
    MailKind.NOTICE: N_("Official notice"),
    MailKind.SLIP21: N_("Slip under article 21"),
    MailKind.BY_HAND: N_("By hand"),
}
_REMINDERS = {3: Text.REMINDER_3, 7: Text.REMINDER_7, 30: Text.REMINDER_30}
_INSTANT = timedelta(microseconds=1)
_MOST_LINES = 100


@dataclass(frozen=True)
class _Told:
    """What is told: by which text, under which key, with what in its gaps, and about which row."""

    text: Text
    kind: EmailKind
    key: str
    values: Mapping[str, object]
    subject_id: UUID | None = None


def ask_due(session: Session, *, at: datetime, digest_at: str) -> int:
    """Ask for every e-mail that is due now: new post, the day's digests, reminders. Returns how many.

    `digest_at` is the wall time from which on digests and reminders go out.
    """
    made = [_ask_came(session, due, at) for due in list(post_emails.at_once(session, at=at))]
    if clock(at) >= digest_at:
        made += [_ask_digest(session, due, at) for due in post_emails.digests(session, at=at)]
        made += [_ask_reminder(session, due, at) for due in post_emails.reminders(session, at=at)]
    return sum(made)


def ask_receipt(session: Session, hand_over_id: UUID, *, at: datetime, to: str = "", key: str = "") -> UUID:
    """Send the receipt of a pickup, to the organisation or `to` somebody; with another `key` once more.

    Refuses `no_organisation`, `no_email` and `bad_email`.
    """
    hand_over = session.get(HandOver, hand_over_id)
    found = session.get(Organisation, hand_over.organisation_id) if hand_over else None
    if hand_over is None or found is None:
        raise Refusal("no_organisation", _("This organisation is not on this desk."))
    items = session.scalars(
        select(MailItem)
        .join(MailMove, MailMove.item_id == MailItem.id)
        .where(MailMove.hand_over_id == hand_over_id, MailMove.what == Move.HANDED_OVER)
        .order_by(MailItem.number)
    ).all()
    values = {
        "collector": hand_over.collector,
        "count": len(items),
        "items": _lines(items, found.language),
        **_when(hand_over.at, found.language),
    }
    name = f"{hand_over_id.hex}:{to}:{key}"
    told = _Told(Text.RECEIPT, EmailKind.RECEIPT, name, values, subject_id=hand_over_id)
    return _ask(session, told, found, at=at, to=to)


def ask_message(session: Session, message_id: UUID, *, at: datetime, to: str = "", key: str = "") -> UUID:
    """Send a phone message to its organisation; with another `key` once more.

    Refuses `no_message_here`, `no_email` and `bad_email`.
    """
    found = phone_messages.one(session, message_id).message
    whose = found.organisation
    values = {
        "caller": found.caller,
        "number": fields.phone_as_dialled(found.number) or "—",
        "person": found.for_person or "—",
        "text": found.text,
        **_when(found.taken_at, whose.language if whose else "tr"),
    }
    name = f"{message_id.hex}:{to}:{key}"
    told = _Told(Text.MESSAGE, EmailKind.MESSAGE, name, values, subject_id=message_id)
    return _ask(session, told, whose, at=at, to=to)


def ask_pass(session: Session, invitation_id: UUID, to: str, *, at: datetime, key: str = "") -> UUID:
    """Send a pass to an expected visitor; with another `key` once more.

    The pass itself and the calendar entry are made when it leaves, so that they say what is true then. Refuses
    `no_invitation`, `no_email` and `bad_email`.
    """
    invitation = invitations.one(session, invitation_id)
    values = {
        "name": invitation.visitor.name,
        "when": when(invitation),
        "where": where(invitation),
        "code": grouped(invitation.code),
    }
    to = emails.address(to)
    name = f"{invitation_id.hex}:{to}:{key}"
    told = _Told(Text.PASS, EmailKind.PASS, name, values, subject_id=invitation_id)
    return _ask(session, told, None, at=at, to=to, language=language())


def ask_sheets(session: Session, addresses: Sequence[str], *, at: datetime) -> list[date]:
    """Send the occupancy sheets that are due to everybody on the list, each day once, and write that down with them.

    The sheet itself is drawn when it leaves. Refuses `no_email` and `bad_email`.
    """
    days = report_runs.due(session, Way.EMAILED, at=at)
    for on in days:
        for to in dict.fromkeys(addresses):
            told = _Told(
                Text.SHEET, EmailKind.SHEET, f"{on}:{emails.address(to)}", {"day": day(on, "d MMMM yyyy")}
            )
            _ask(session, told, None, at=at, to=to, language=language())
        report_runs.note_done(session, Way.EMAILED, on, at=at)
    return days


def sheet_day(job: EmailJob) -> date:
    """The day of an occupancy sheet that was asked for."""
    return date.fromisoformat(job.key.split(":")[1])


def when(invitation: Invitation) -> str:
    """The day and time somebody is expected, or the days between which they may come."""
    first = local(invitation.expected_at)
    last = local(invitation.valid_until - _INSTANT).date()
    if first.date() == last:
        return f"{day(first.date())} · {clock(invitation.expected_at)}"
    return f"{day(first.date(), 'd MMM yyyy')} {clock(invitation.expected_at)} – {day(last, 'd MMM yyyy')}"


def where(invitation: Invitation) -> str:
    """The room and the host; the name of a host whose visits are discreet is in no e-mail."""
    room, host = invitation.room, invitation.host
    named = host.name if host and not host.is_discreet else ""
    return " · ".join(filter(None, (room.name if room else "", named)))


def kind_words(kind: str, code: str) -> str:
    """What an item is, in a language; a kind of a newer desk is said as it is stored."""
    return said_in(code, _KINDS[kind]) if kind in _KINDS else kind


def _ask_came(session: Session, due: Due, at: datetime) -> bool:
    [item], whose = due.items, due.organisation
    values = {
        "number": item.number,
        "kind": kind_words(item.kind, whose.language),
        **_when(item.received_at, whose.language),
    }
    told = _Told(
        Text.NOTICE if item.is_notice else Text.POST,
        EmailKind.MAIL_CAME,
        f"{item.id.hex}:{whose.id.hex}",
        values,
        subject_id=item.id,
    )
    return _ask_if_possible(session, told, whose, at)


def _ask_digest(session: Session, due: Due, at: datetime) -> bool:
    return _ask_list(session, Text.DIGEST, EmailKind.MAIL_DIGEST, due, at=at)


def _ask_reminder(session: Session, due: Due, at: datetime) -> bool:
    return _ask_list(session, _REMINDERS.get(due.days, Text.REMINDER_3), EmailKind.MAIL_REMINDER, due, at=at)


def _ask_list(session: Session, text: Text, kind: EmailKind, due: Due, *, at: datetime) -> bool:
    whose = due.organisation
    key = post_emails.day_key(whose, at)
    emails.replace_older(session, kind, whose.id, key, at=at)
    values = {
        "count": len(due.items),
        "items": _lines(due.items, whose.language),
        **_when(at, whose.language),
    }
    return _ask_if_possible(session, _Told(text, kind, key, values), whose, at)


def _ask_if_possible(session: Session, told: _Told, whose: Organisation, at: datetime) -> bool:
    """What is asked for by itself stops at no address that is none: its organisation simply hears nothing."""
    try:
        _ask(session, told, whose, at=at)
    except Refusal:
        return False
    return True


def _ask(
    session: Session,
    told: _Told,
    whose: Organisation | None,
    *,
    at: datetime,
    to: str = "",
    language: str = "",
) -> UUID:
    code = language or (whose.language if whose else "tr")
    named = {"centre": centre.the_centre(session).name, "organisation": whose.name if whose else ""}
    written = email_templates.text_of(session, told.text, code)
    said = email_texts.fill(told.text, written, {**named, **told.values}, code)
    return emails.ask(
        session,
        told.kind,
        told.key,
        to=to or (whose.email if whose else ""),
        subject=said.subject,
        body=said.body,
        at=at,
        language=code,
        organisation_id=whose.id if whose else None,
        subject_id=told.subject_id,
    )


def _when(at: datetime, code: str) -> dict[str, str]:
    return {"day": day(local(at).date(), "d MMMM yyyy", code), "time": clock(at)}


def _lines(items: Sequence[MailItem], code: str) -> str:
    """Number, kind and day of each; nothing else of an item goes into an e-mail."""
    said = [
        f"{item.number} · {kind_words(item.kind, code)} · {day(local(item.received_at).date(), 'd MMMM', code)}"
        for item in items[:_MOST_LINES]
    ]
    return "\n".join([*said, "…"] if len(items) > _MOST_LINES else said)
