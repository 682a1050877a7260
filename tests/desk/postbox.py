"""Post for tests: an organisation with a box, its people, items that wait."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy.orm import Session

from civicdesk.desk import mail, notices, pickups, staff
from civicdesk.desk.mail import Incoming
from civicdesk.models import (
    AddressPaper,
    Mailbox,
    MailItem,
    Organisation,
    OrganisationPerson,
    Role,
)
from tests import builders
from tests.builders import TUESDAY

STROKES = [[(10.0 + 4 * n, 60.0 + (n % 7) * 5) for n in range(60)], [(20.0, 100.0), (250.0, 90.0)]]
PAD = (366, 137)


def let(session: Session, number: int, name: str) -> Organisation:
    """An organisation with a box."""
    organisation = builders.organisation(session, name)
    session.add(Mailbox(number=number, organisation_id=organisation.id))
    session.flush()
    return organisation


def person(
    session: Session,
    organisation: Organisation,
    name: str = "Ayşe Tan",
    *,
    reference: str = "2026/14",
    until: date | None = None,
    notices: bool = False,
) -> OrganisationPerson:
    """Somebody on file; with a reference, authorised."""
    made = OrganisationPerson(
        organisation_id=organisation.id,
        name=name,
        role="collector",
        authority_reference=reference,
        authority_from_on=date(2026, 1, 1) if reference else None,
        authority_until_on=until,
        may_take_notices=notices,
    )
    session.add(made)
    session.flush()
    return made


def desk_authority(session: Session, organisation: Organisation, until: date | None = None) -> None:
    """The paper by which the desk may take an organisation's notices."""
    paper = AddressPaper(
        organisation_id=organisation.id,
        kind="desk_authority",
        reference="YK 2026/7",
        valid_from_on=date(2026, 1, 1),
        valid_until_on=until,
    )
    session.add(paper)
    session.flush()


def item(session: Session, box: int, kind: str = "parcel", at: datetime = TUESDAY) -> MailItem:
    if kind == "notice":
        return notices.present(session, Incoming(box=box), at=at)
    return mail.receive(session, Incoming(box=box, kind=kind), at=at)


def taking(
    organisation: Organisation, *items: MailItem, by: OrganisationPerson | None = None, **more: str
) -> pickups.Taking:
    return pickups.Taking(
        organisation_id=organisation.id,
        items=tuple(one.id for one in items),
        person_id=by.id if by else None,
        **more,
    )


def act_as(session: Session, role: Role) -> None:
    """From now on somebody of this role acts."""
    member = staff.enrol(session, name="Deniz Polat", role=role, pin=builders.PIN, at=TUESDAY)
    session.info["by"] = member.id
