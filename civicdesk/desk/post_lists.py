"""The register of post as a list like every other."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from civicdesk.desk import centre, mail_registers, mail_registers_out
from civicdesk.desk.listing import Column, Form, Listing
from civicdesk.desk.period import Period
from civicdesk.text import _, ngettext, number

_FORMS = {1: Form.INSTANT, 3: Form.COUNT, 11: Form.COUNT, 12: Form.INSTANT, 13: Form.INSTANT}
_WIDTHS = {4: 34, 7: 24, 18: 30, 19: 30}


def register(
    session: Session, period: Period, *, at: datetime, organisation_id: UUID | None = None
) -> Listing:
    """What came in on the days of a period, of all or of one organisation, as it stands now."""
    if organisation_id is None:
        found = mail_registers.of_days(session, period.first, period.last, at=at)
    else:
        found = mail_registers.of_organisation(session, organisation_id, period.first, period.last, at=at)
    count = len(found.lines)
    return Listing(
        key="post_register",
        title=_("Register of post"),
        centre=centre.the_centre(session).name,
        at=at,
        period=period,
        columns=[
            Column(_(word), _FORMS.get(place, Form.WORDS), _WIDTHS.get(place, 16))
            for place, word in enumerate(mail_registers_out.HEADERS)
        ],
        rows=[mail_registers_out.cells(line) for line in found.lines],
        count=ngettext("{count} item", "{count} items", count).format(count=number(count)),
        empty=_("No post came in on these days."),
        about=found.organisation.name if found.organisation else "",
    )
