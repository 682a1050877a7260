"""The first set-up: four short steps, each kept at once, so that it goes on where it was left."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.desk import audit, centre, fields, opening, staff
from civicdesk.desk.opening import Hours
from civicdesk.errors import Refusal
from civicdesk.models import Centre, Mark, Role, Staff
from civicdesk.text import LANGUAGES, _

STEPS = ("centre", "hours", "rooms", "manager")
DONE = "done"
NAME_LENGTH = 120
ADDRESS_LENGTH = 300
MOST_PEOPLE = 10_000
_MARK = "setup"


def is_begun(session: Session) -> bool:
    """Whether a step was kept."""
    return centre.mark(session, _MARK) is not None


def is_done(session: Session) -> bool:
    """Whether the desk can open."""
    return step(session) == DONE


def step(session: Session) -> str:
    """The step at which the set-up goes on, or `done`."""
    return centre.mark(session, _MARK) or STEPS[0]


def done_at(session: Session) -> datetime | None:
    """When the desk was first ready to open."""
    kept = session.get(Mark, _MARK)
    return kept.at if kept is not None and kept.value == DONE else None


def go_to(session: Session, name: str, *, at: datetime) -> None:
    """Go back to a step that was kept before. What was kept stays."""
    if not is_done(session):
        centre.set_mark(session, _MARK, name, at)


def found(session: Session) -> Centre | None:
    """The centre as far as it is set up."""
    return session.scalar(select(Centre).where(Centre.deleted_at.is_(None)).limit(1))


def save_centre(session: Session, *, name: str, address: str, language: str, at: datetime) -> Centre:
    """Name, address and language. Refuses `no_name`, `long_name`, `long_address`, `bad_language`."""
    name, address, language = _centre_name(name), _address(address), _language(language)
    made = found(session)
    if made is None:
        made = Centre(name=name, address=address, language=language)
        session.add(made)
        session.flush()
        audit.record(session, "found_centre", made, at)
    else:
        centre.change(session, at, name=name, address=address, language=language)
    _next(session, "centre", at)
    return made


def save_hours(
    session: Session, hours: Mapping[int, Hours], *, observes_holidays: bool, at: datetime
) -> None:
    """Opening hours by weekday (0 is Monday). Refuses `never_open`, `bad_time`, `ends_first`."""
    if not hours:
        raise Refusal("never_open", _("Open the centre on at least one day of the week."))
    opening.set_hours(session, hours, at=at)
    centre.change(session, at, observes_holidays=observes_holidays)
    _next(session, "hours", at)


def save_rooms(session: Session, *, capacity: int, at: datetime) -> None:
    """The rooms are as they should be; so many fit into the building. Refuses `no_rooms` and `bad_capacity`."""
    if not centre.rooms(session):
        raise Refusal("no_rooms", _("Add at least one room."))
    if not 1 <= capacity <= MOST_PEOPLE:
        raise Refusal("bad_capacity", _("The building holds between 1 and {} people.").format(MOST_PEOPLE))
    centre.change(session, at, capacity=capacity)
    _next(session, "rooms", at)


def finish(session: Session, *, name: str, pin: str, again: str, at: datetime) -> Staff:
    """Enrol the first manager and open the desk. Refuses `different_pins` and what `staff.enrol` refuses."""
    if is_done(session):
        return staff.everyone(session)[0]
    if pin != again:
        raise Refusal("different_pins", _("The two codes are not the same. Type the code once more."))
    manager = staff.enrol(session, name=name, role=Role.MANAGER, pin=pin, at=at)
    centre.set_mark(session, _MARK, DONE, at)
    return manager


def take_over(session: Session, *, at: datetime) -> None:
    """Open the desk of a centre that others set up. Refuses `nobody` where nobody could sign in."""
    if not any(member.is_manager for member in staff.everyone(session)):
        raise Refusal(
            "nobody", _("The hub has no centre with a manager yet. Sync the first desk, then try again.")
        )
    if not is_done(session):
        centre.set_mark(session, _MARK, DONE, at)


def _next(session: Session, kept: str, at: datetime) -> None:
    centre.set_mark(session, _MARK, STEPS[STEPS.index(kept) + 1], at)


def _centre_name(text: str) -> str:
    name = fields.note(text)
    if not any(letter.isalpha() for letter in name):
        raise Refusal("no_name", _("Write the name of the centre."))
    if len(name) > NAME_LENGTH:
        raise Refusal("long_name", _("The name has at most {} letters. Shorten it.").format(NAME_LENGTH))
    return name


def _address(text: str) -> str:
    address = fields.note(text)
    if len(address) > ADDRESS_LENGTH:
        raise Refusal(
            "long_address", _("The address has at most {} letters. Shorten it.").format(ADDRESS_LENGTH)
        )
    return address


def _language(code: str) -> str:
    if code not in LANGUAGES:
        raise Refusal("bad_language", _("Choose Turkish or English."))
    return code
