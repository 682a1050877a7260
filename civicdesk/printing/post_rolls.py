"""What stands on the papers of the post, taken from what the desk knows: receipts and registers."""

from __future__ import annotations

from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk import centre, hand_overs, signatures
from civicdesk.desk.authority import capacity_words
from civicdesk.desk.mail_registers import Line, Register
from civicdesk.desk.mail_words import kind_words, place_words
from civicdesk.models import Centre, Organisation, Staff
from civicdesk.printing.mail_register import RegisterLine, RegisterSheet
from civicdesk.printing.receipt import Receipt, ReceiptLine
from civicdesk.printing.rolls import moment
from civicdesk.text import _, clock, day, local, number


def receipt(session: Session, hand_over_id: UUID) -> Receipt:
    """The receipt of a hand-over. Refuses `no_hand_over`."""
    made = hand_overs.one(session, hand_over_id)
    organisation = session.get(Organisation, made.organisation_id) if made.organisation_id else None
    staff = session.get(Staff, made.by_id) if made.by_id else None
    signature = hand_overs.signature_of(session, made)
    reference = _("By authority {}").format(made.authority) if made.authority else ""
    return Receipt(
        centre=centre.the_centre(session).name,
        on=moment(made.at),
        organisation=organisation.name if organisation else "",
        collector=made.collector,
        capacity=capacity_words(made.capacity),
        authority=reference,
        by=staff.name if staff else "",
        lines=[
            ReceiptLine(
                f"{kind_words(item.kind)} · {item.number}",
                " · ".join(filter(None, (item.tracking, item.sender))),
            )
            for item in hand_overs.items_of(session, made.id)
        ],
        strokes=signatures.strokes_of(signature) if signature else (),
        width=signature.width if signature else 1,
        height=signature.height if signature else 1,
    )


def register_sheet(here: Centre, register: Register, *, as_of: str, by: str) -> RegisterSheet:
    """A register of some days, of all or of one organisation."""
    kinds = [f"{kind_words(kind)} {number(count)}" for kind, count in register.by_kind.items()]
    return RegisterSheet(
        centre=here.name,
        title=register.organisation.name if register.organisation else "",
        days=days_words(register),
        kinds=" · ".join(kinds),
        as_of=as_of,
        by=by,
        lines=[_line(line) for line in register.lines],
    )


def days_words(register: Register) -> str:
    """The days of a register: one, or from the first to the last."""
    if register.first == register.last:
        return day(register.first)
    return f"{day(register.first, 'd MMMM yyyy')} – {day(register.last, 'd MMMM yyyy')}"


def _line(line: Line) -> RegisterLine:
    item = line.item
    ended = (
        f"{day(local(line.ended_at).date(), 'd MMM yyyy')} {clock(line.ended_at)}" if line.ended_at else ""
    )
    served = _("served {}").format(moment(line.served_at)) if line.served_at else ""
    capacity = capacity_words(line.capacity)
    return RegisterLine(
        day=day(local(item.received_at).date()),
        number=item.number,
        time=clock(item.received_at),
        received_by=line.received_by,
        kind=kind_words(item.kind),
        tracking=item.tracking,
        sender=item.sender,
        whose=item.organisation.name if item.organisation else item.addressed_to or _("nobody known"),
        box=_("box {}").format(item.box) if item.box else "",
        note=served,
        place=place_words(line.place),
        ended=ended,
        taken_by=" · ".join(filter(None, (line.taken_by, capacity, line.authority, line.reason))),
    )
