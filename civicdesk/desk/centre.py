"""The centre: what its managers decided, its rooms, and how many may be inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, badge_design
from civicdesk.errors import Refusal
from civicdesk.models import Centre, Mark, Room
from civicdesk.text import _

MOST_PEOPLE = 100_000
NOTICE_HOURS = range(721)
"""How many hours ahead rooms may have to be booked: not at all up to a month."""

AHEAD_DAYS = range(1, 1_827)
"""How many days ahead rooms may be booked: a day up to five years."""

NO_SHOW_MINUTES = range(5, 241)
"""After how many minutes the desk may be asked whether anybody came."""

_THE_CENTRE = select(Centre).where(Centre.deleted_at.is_(None)).limit(1)


def the_centre(session: Session) -> Centre:
    """The one centre of this desk. Refuses `no_centre` before the set-up."""
    centre = session.scalar(_THE_CENTRE)
    if centre is None:
        raise Refusal("no_centre", _("The centre is not set up yet."))
    return centre


def rooms(session: Session) -> Sequence[Room]:
    """The rooms in the order the managers gave them."""
    return session.scalars(
        select(Room).where(Room.deleted_at.is_(None)).order_by(Room.position, Room.name)
    ).all()


def mark(session: Session, name: str) -> str | None:
    """What was noted under this name, such as how far the set-up came."""
    found = session.get(Mark, name)
    return found.value if found else None


def set_mark(session: Session, name: str, value: str, at: datetime) -> None:
    """Note something of this desk under a name."""
    session.merge(Mark(name=name, value=value, at=at))


def change(session: Session, at: datetime, **values: object) -> Centre:
    """Change what the managers decide: name, capacity, badge size, notice text and so on.

    Refuses `no_name`, `bad_capacity`, `bad_rule`, and what `badge_design.check` refuses.
    """
    centre = the_centre(session)
    badge_design.check(values)
    if not str(values.get("name", centre.name)).strip():
        raise Refusal("no_name", _("Write the centre's name."))
    if not 1 <= int(str(values.get("capacity", centre.capacity))) <= MOST_PEOPLE:
        raise Refusal("bad_capacity", _("The centre holds between 1 and {} people.").format(MOST_PEOPLE))
    _check_rules(values)
    if values.get("notice_text", centre.notice_text) != centre.notice_text:
        centre.notice_version += 1
    for name, value in values.items():
        setattr(centre, name, value)
    audit.record(session, "change_centre", centre, at, fields=sorted(values))
    return centre


def _check_rules(values: Mapping[str, object]) -> None:
    allowed = {
        "notice_hours": (NOTICE_HOURS, _("Rooms are booked {first} to {last} hours ahead at least.")),
        "ahead_days": (AHEAD_DAYS, _("Rooms are booked {first} to {last} days ahead at most.")),
        "no_show_minutes": (NO_SHOW_MINUTES, _("The desk is asked after {first} to {last} minutes.")),
    }
    for name, (span, sentence) in allowed.items():
        if name in values and values[name] not in span:
            raise Refusal("bad_rule", sentence.format(first=span[0], last=span[-1]))
