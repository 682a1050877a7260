"""What comes out of the printers, drawn from the desk's rows the moment it is wanted."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk import (
    centre,
    claims,
    day_list,
    evacuation,
    invitations,
    logos,
    mail_registers,
    occupancy_day,
    period,
    post_labels,
    report_kinds,
    room_day,
    setup_list,
    visits,
)
from civicdesk.desk.report_kinds import Asked
from civicdesk.errors import Refusal
from civicdesk.models import Badge, Booking, PaperKind, PrintJob, Staff
from civicdesk.printing import drawings, faces, post_rolls, rolls, room_rolls
from civicdesk.printing.badge import BadgeSize, badge_pdf
from civicdesk.printing.day_list import day_list_pdf
from civicdesk.printing.door_sign import SignSize, door_sign_pdf
from civicdesk.printing.evacuation import evacuation_pdf
from civicdesk.printing.mail_register import register_pdf
from civicdesk.printing.occupancy_sheet import occupancy_pdf
from civicdesk.printing.occupancy_words import occupancy_sheet
from civicdesk.printing.post_labels import box_labels_pdf, kind_cards_pdf
from civicdesk.printing.printers.port import Form, Sheet
from civicdesk.printing.receipt import receipt_pdf
from civicdesk.printing.setup_list import setup_list_pdf
from civicdesk.printing.test_card import test_card_pdf
from civicdesk.printing.visitor_pass import pass_pdf
from civicdesk.text import _, local

_ROLLS = {Form.ROLL_58: BadgeSize.ROLL_58, Form.ROLL_80: BadgeSize.ROLL_80}


def sheet_for(session: Session, job: PrintJob, form: Form, at: datetime) -> Sheet:
    """A job as it stands now, for what a printer prints on. Refuses `gone` when there is nothing to draw any more."""
    return preview(
        session,
        PaperKind(job.kind),
        form=form,
        at=at,
        subject_id=job.subject_id,
        label=job.label,
        by_id=job.by_id,
    )


def preview(
    session: Session,
    kind: PaperKind,
    *,
    at: datetime,
    form: Form = Form.PAGE,
    subject_id: UUID | None = None,
    label: str = "",
    by_id: UUID | None = None,
) -> Sheet:
    """What a job would print, before it is asked for.

    `subject_id` is the badge, the invitation, the booking, the hand-over or the organisation; `label` the code of a
    test card, the size of a sign, the days of a register, the boxes of labels, a report and its period
    (`no_shows 2026-11`), or the day of a list (ISO; empty: the day of `at`).
    Refuses `gone`.
    """
    if kind is PaperKind.BADGE:
        return _badge(session, subject_id, form)
    if kind is PaperKind.PASS and subject_id:
        invitation = invitations.one(session, subject_id)
        return Sheet(_("Visitor pass"), pass_pdf(centre.the_centre(session), invitation))
    if kind in (PaperKind.RECEIPT, PaperKind.MAIL_REGISTER, PaperKind.REPORT):
        return _of_organisation(
            session, kind, subject_id, form=form, label=label, at=at, by=_name(session, by_id)
        )
    if kind is PaperKind.DOOR_SIGN and subject_id:
        return _door_sign(session, subject_id, label)
    if kind in _LISTS:
        on = date.fromisoformat(label) if label else local(at).date()
        return _LISTS[kind](session, on, at, _name(session, by_id))
    if kind in (PaperKind.POST_LABELS, PaperKind.TEST_CARD):
        return _post_labels(session, label) if kind is PaperKind.POST_LABELS else _test_card(label)
    raise _gone()


def _badge(session: Session, badge_id: UUID | None, form: Form) -> Sheet:
    badge = session.get(Badge, badge_id) if badge_id else None
    if badge is None:
        raise _gone()
    here, visit = centre.the_centre(session), visits.one(session, badge.visit_id)
    face = faces.badge_face(here, visit, badge, logos.current(session))
    size = _ROLLS.get(form) or faces.badge_size(here)
    title = _("Visitor badge {number}").format(number=visit.number)
    return Sheet(title, badge_pdf(face, size), face)


def _evacuation(session: Session, _on: date, at: datetime, by: str) -> Sheet:
    roll = evacuation.roll(session, at=at)
    return Sheet(
        _("Evacuation list"), evacuation_pdf(rolls.evacuation_sheet(centre.the_centre(session), roll, by))
    )


def _day_list(session: Session, on: date, at: datetime, by: str) -> Sheet:
    listed = day_list.look(session, on, at=at)
    return Sheet(_("Day list"), day_list_pdf(rolls.day_sheet(centre.the_centre(session), listed, by)))


def _occupancy(session: Session, on: date, at: datetime, by: str) -> Sheet:
    seen = occupancy_day.look(session, on, at=at, hide_small=True)
    return Sheet(_("Daily occupancy sheet"), occupancy_pdf(occupancy_sheet(seen, by), logos.current(session)))


def _setup_list(session: Session, on: date, at: datetime, by: str) -> Sheet:
    listed = setup_list.look(session, on, at=at)
    pdf = setup_list_pdf(room_rolls.setup_sheet(centre.the_centre(session), listed, by))
    return Sheet(_("Set-up list"), pdf)


def _door_sign(session: Session, booking_id: UUID, size: str) -> Sheet:
    """A booking that was called off needs no sign any more."""
    if (found := session.get(Booking, booking_id)) is None or found.state not in claims.STANDING:
        raise _gone()
    sign = room_rolls.door_sign(centre.the_centre(session), room_day.look(session, booking_id))
    return Sheet(_("Door sign"), door_sign_pdf(sign, SignSize(size or SignSize.A4)))


def _of_organisation(
    session: Session,
    kind: PaperKind,
    subject_id: UUID | None,
    *,
    form: Form,
    label: str,
    at: datetime,
    by: str,
) -> Sheet:
    if kind is PaperKind.MAIL_REGISTER and label:
        return _register(session, subject_id, label, at, by)
    if kind is PaperKind.REPORT and label:
        return _report(session, subject_id, label, at, by)
    if kind is PaperKind.RECEIPT and subject_id:
        return Sheet(_("Receipt for post"), receipt_pdf(post_rolls.receipt(session, subject_id), form))
    raise _gone()


def _register(session: Session, organisation_id: UUID | None, days: str, at: datetime, by: str) -> Sheet:
    """The register of some days, `2026-11-01:2026-11-24`, of all or of one organisation."""
    first, last = map(date.fromisoformat, days.split(":"))
    if organisation_id is None:
        register = mail_registers.of_days(session, first, last, at=at)
    else:
        register = mail_registers.of_organisation(session, organisation_id, first, last, at=at)
    here = centre.the_centre(session)
    sheet = post_rolls.register_sheet(here, register, as_of=rolls.moment(at), by=by)
    return Sheet(_("Register of post"), register_pdf(sheet))


def _report(session: Session, organisation_id: UUID | None, label: str, at: datetime, by: str) -> Sheet:
    """Any other report, by its name and its period; one that is opened for a reason never waits in a queue."""
    name, key = label.split()
    kind = report_kinds.kind_of(name)
    if kind.needs_reason:
        raise _gone()
    asked = Asked(period=period.parse(key), at=at, organisation_id=organisation_id)
    return Sheet(kind.title, drawings.pages(session, kind.look(session, asked), by))


def _post_labels(session: Session, label: str) -> Sheet:
    """Labels of boxes, with whoever has them now, or the cards for kinds."""
    here = centre.the_centre(session).name
    if label == post_labels.CARDS:
        return Sheet(_("Cards for kinds of post"), kind_cards_pdf(post_labels.cards(), centre=here))
    found = post_labels.labels(session, *post_labels.boxes_of(label))
    return Sheet(_("Labels for the boxes"), box_labels_pdf(found, centre=here))


def _test_card(code: str) -> Sheet:
    return Sheet(_("Test card"), test_card_pdf(code))


def _name(session: Session, staff_id: UUID | None) -> str:
    """Whoever asked for a list stands on it; a list asked for at a locked desk has nobody's name."""
    somebody = session.get(Staff, staff_id) if staff_id else None
    return somebody.name if somebody else ""


_LISTS = {
    PaperKind.EVACUATION: _evacuation,
    PaperKind.DAY_LIST: _day_list,
    PaperKind.SETUP_LIST: _setup_list,
    PaperKind.OCCUPANCY: _occupancy,
}


def _gone() -> Refusal:
    return Refusal("gone", _("This is no longer on this desk; there is nothing to print."))
