"""The register of personal data: what is kept of people and how long, what was deleted, and who looked.

It names no visitor: what stands in it outlives their names.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, SQLColumnExpression, func, select
from sqlalchemy.orm import Session

from civicdesk.desk import centre
from civicdesk.desk.audit_words import action_words
from civicdesk.desk.listing import Cell, Column, Form, Listing, wall
from civicdesk.desk.period import Period
from civicdesk.models import (
    AuditEntry,
    Base,
    Booking,
    Centre,
    Denial,
    EmailJob,
    HandOver,
    OrganisationPerson,
    PhoneMessage,
    Signature,
    Staff,
    Visit,
    Visitor,
)
from civicdesk.text import _, day, local, ngettext, number

_LOOKED = ("look_at_", "open_", "export_", "print_while_locked", "find_person")
_DELETED = ("forget_", "erase_", "destroy_")
_COUNTED = ("count", "hand_overs", "loans", "visits")


def look(session: Session, period: Period, *, at: datetime) -> Listing:
    """What is kept now, and what happened in the period: deletions, and every look at what is not open to all."""
    here = centre.the_centre(session)
    deleted = list(_entries(session, period, _DELETED))
    looked = list(_entries(session, period, _LOOKED))
    return Listing(
        key="privacy",
        title=_("Register of personal data"),
        centre=here.name,
        at=at,
        period=period,
        columns=[
            Column(_("Part"), Form.WORDS, 12),
            Column(_("What"), Form.WORDS, 44),
            Column(_("When"), Form.INSTANT, 17),
            Column(_("Who"), Form.WORDS, 22),
            Column(_("How many"), width=10),
            Column(_("Remark"), Form.WORDS, 44),
        ],
        rows=[
            *_kept(session, here),
            *(_said(_("Deleted"), *each) for each in deleted),
            *(_said(_("Looked"), *each) for each in looked),
        ],
        count=" · ".join(
            (
                ngettext("{count} deletion", "{count} deletions", len(deleted)).format(
                    count=number(len(deleted))
                ),
                ngettext("{count} look", "{count} looks", len(looked)).format(count=number(len(looked))),
            )
        ),
        empty="",
        notes=[
            _("What is kept is counted now, whatever the days of this register."),
            _("Identity numbers, birth dates and copies of identity cards are kept of nobody."),
        ],
    )


def _kept(session: Session, here: Centre) -> Iterator[Sequence[Cell]]:
    """Each kind of data with a name in it: how many, since when, and until when it is kept."""
    of_visits = _days(here.retention_days)
    of_post = ngettext("deleted after {count} year", "deleted after {count} years", here.mail_years)
    of_post = of_post.format(count=number(here.mail_years))
    as_long = _("as long as the organisation names them")
    parts: list[tuple[str, type[Base], ColumnElement[bool], SQLColumnExpression[datetime] | None, str]] = [
        (_("Names of visitors"), Visitor, Visitor.folded != "", None, of_visits),
        (_("Visits of named visitors"), Visit, Visit.visitor_id.in_(_named()), Visit.arrived_at, of_visits),
        (_("Contacts and notes of bookings"), Booking, _tells(), Booking.starts_at, of_visits),
        (
            _("People of organisations"),
            OrganisationPerson,
            OrganisationPerson.deleted_at.is_(None),
            None,
            as_long,
        ),
        (
            _("Phone messages"),
            PhoneMessage,
            PhoneMessage.text != "",
            PhoneMessage.taken_at,
            _days(here.message_days),
        ),
        (_("Names of those who took post"), HandOver, HandOver.collector != "", HandOver.at, of_post),
        (_("Signatures"), Signature, func.length(Signature.strokes) > 0, Signature.at, of_post),
        (_("E-mails in the queue"), EmailJob, EmailJob.to != "", EmailJob.asked_at, _days(30)),
        (_("Refused entry"), Denial, Denial.deleted_at.is_(None), None, _("until its end date")),
        (_("Staff"), Staff, Staff.deleted_at.is_(None), None, _("as long as they work here")),
    ]
    for words, table, is_kept, since, until in parts:
        oldest = func.min(since) if since is not None else func.min(None)
        count, first = session.execute(select(func.count(), oldest).select_from(table).where(is_kept)).one()
        said = (
            _("the oldest is of {day}").format(day=day(local(first).date(), "d MMMM yyyy")) if first else ""
        )
        yield (_("Kept"), words, None, "", count, " · ".join(filter(None, (until, said))))


def _named() -> Select[Any]:
    return select(Visitor.id).where(Visitor.folded != "")


def _tells() -> ColumnElement[bool]:
    return (Booking.contact_name != "") | (Booking.contact_phone != "") | (Booking.note != "")


def _days(count: int) -> str:
    return ngettext("deleted after {count} day", "deleted after {count} days", count).format(
        count=number(count)
    )


def _entries(session: Session, period: Period, actions: Sequence[str]) -> Iterator[tuple[AuditEntry, str]]:
    is_one = [AuditEntry.action.startswith(action, autoescape=True) for action in actions]
    wanted: ColumnElement[bool] = is_one[0]
    for each in is_one[1:]:
        wanted |= each
    rows = session.execute(
        select(AuditEntry, Staff.name)
        .outerjoin(Staff, Staff.id == AuditEntry.by_id)
        .where(AuditEntry.at >= period.begins, AuditEntry.at < period.ends, wanted)
        .order_by(AuditEntry.at, AuditEntry.id)
    )
    for entry, name in rows:
        yield entry, name or _("The desk itself")


def _said(part: str, entry: AuditEntry, who: str) -> Sequence[Cell]:
    details = json.loads(entry.details)
    counts = [details[key] for key in _COUNTED if isinstance(details.get(key), int)]
    on = details.get("on", "")
    remark = " · ".join(filter(None, (on, str(details.get("reason", "")))))
    return (part, action_words(entry.action), wall(entry.at), who, sum(counts) if counts else None, remark)
