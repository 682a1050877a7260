"""The rows of a member's page."""

from __future__ import annotations

from datetime import date

from civicdesk.desk import addresses, authority, identifiers
from civicdesk.desk.addresses import Paper, PaperState
from civicdesk.desk.collectors import Known
from civicdesk.models import Booking, Loan, MailItem, PhoneMessage, Visit
from civicdesk.text import _, clock, day, local
from civicdesk.ui import booking_words, post_words
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.tone_icon import ToneIcon

_PAPER_PILLS = {
    PaperState.STANDING: ("ok", "circle-check"),
    PaperState.ENDING: ("warn", "clock"),
    PaperState.ENDED: ("bad", "circle-x"),
    PaperState.COMING: ("info", "clock"),
}


def person_row(known: Known, *, is_shown: bool) -> ListRow:
    """A person, what they are there, and whether they may collect."""
    person = known.person
    shown = (identifiers.phone_shown(person.phone), person.email)
    reach = shown if is_shown else (identifiers.masked(person.phone),)
    return ListRow(
        person.name,
        " · ".join(filter(None, (authority.capacity_words(person.role), person.authority_reference, *reach))),
        name="member_person",
        lead=ToneIcon("user", "ok" if known.may_collect else "", size=40),
        pills=_authority_pills(known),
        opens=True,
    )


def paper_row(paper: Paper) -> ListRow:
    """A paper, how it stands and until when."""
    tone, icon = _PAPER_PILLS[paper.state]
    row = paper.paper
    return ListRow(
        addresses.paper_words(row.kind),
        " · ".join(filter(None, (row.reference, row.note))),
        name="member_paper",
        lead=ToneIcon("file-text", tone, size=40),
        pills=[Pill(_paper_words(paper), tone, icon)],
        opens=True,
    )


def post_row(item: MailItem, at: date) -> ListRow:
    """An item that waits: its kind and number, for how long."""
    days = (at - local(item.received_at).date()).days
    waited = _("today") if days == 0 else _("for {} days").format(days)
    return ListRow(
        f"{post_words.kind_words(item.kind)} {item.number}",
        waited,
        name="member_item",
        lead=ToneIcon("mailbox", "bad" if item.is_notice else "info", size=40),
    )


def booking_row(booking: Booking) -> ListRow:
    """A booking to come: when, where, what."""
    on = day(local(booking.starts_at).date(), "d MMM EEE")
    return ListRow(
        booking.title or booking_words.kind_words(booking.kind),
        f"{on} {clock(booking.starts_at)}–{clock(booking.ends_at)} · {booking.room.name if booking.room else ''}",
        name="member_booking",
        opens=True,
    )


def visit_row(visit: Visit) -> ListRow:
    """A visit: who and when; the desk alone sees the name."""
    came = f"{day(local(visit.arrived_at).date(), 'd MMM')} {clock(visit.arrived_at)}"
    return ListRow(visit.visitor.name, came, name="member_visit", opens=True)


def message_row(message: PhoneMessage) -> ListRow:
    """Somebody called."""
    return ListRow(
        message.caller,
        message.text,
        name="member_message",
        pills=[Pill(_("urgent"), "bad", "triangle-alert")] if message.is_urgent else [],
        note=day(local(message.taken_at).date(), "d MMM"),
    )


def loan_row(loan: Loan, now: date) -> ListRow:
    """What was lent, and when it is due."""
    due = local(loan.due_at).date() if loan.due_at else None
    words = _("due {}").format(day(due, "d MMM")) if due else ""
    is_late = due is not None and due < now
    pills = [Pill(words, "warn" if is_late else "", "clock" if is_late else "")] if words else []
    what = loan.what if loan.count == 1 else f"{loan.count} × {loan.what}"
    return ListRow(what, loan.person, name="member_loan", pills=pills)


def _authority_pills(known: Known) -> list[Pill]:
    person = known.person
    if not person.authority_reference:
        return []
    until = person.authority_until_on
    if known.is_ending and until:
        pills = [Pill(_("authorised until {}").format(day(until, "d MMM yyyy")), "warn", "clock")]
    elif known.may_collect:
        pills = [Pill(authority.standing_words(known.standing), "ok", "circle-check")]
    else:
        pills = [Pill(authority.standing_words(known.standing), "bad", "circle-x")]
    if known.may_take_notices:
        pills.append(Pill(_("notices too"), "info", "file-text"))
    return pills


def _paper_words(paper: Paper) -> str:
    until, begins = paper.paper.valid_until_on, paper.paper.valid_from_on
    if paper.state is PaperState.COMING and begins:
        return _("from {}").format(day(begins, "d MMM yyyy"))
    if until is None:
        return _("without an end")
    words = _("ended {}") if paper.state is PaperState.ENDED else _("until {}")
    return words.format(day(until, "d MMM yyyy"))
