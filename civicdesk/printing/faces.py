"""What stands on the badge of a visit, as printed and as pictured while the clerk still types."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from civicdesk.desk import badge_design
from civicdesk.desk.visits import needs_of
from civicdesk.desk.words import need_words, reason_words
from civicdesk.models import Badge, Centre, Organisation, Room, Visit
from civicdesk.printing.badge import BadgeFace, BadgeSize
from civicdesk.text import _, clock, day, local


def badge_face(centre: Centre, visit: Visit, badge: Badge, logo: bytes = b"") -> BadgeFace:
    """The badge of a visit that was made; `visit` comes with its visitor, host and room.

    `logo` is what `desk.logos.current` gives.
    """
    return draft_face(
        centre,
        name=visit.visitor.name,
        at=visit.arrived_at,
        number=visit.number,
        code=badge.code,
        copy=badge.copy,
        host=visit.host,
        room=visit.room,
        reason=visit.reason,
        people=visit.people,
        needs=needs_of(visit.needs),
        is_discreet=visit.is_discreet,
        logo=logo,
    )


def draft_face(
    centre: Centre,
    *,
    name: str,
    at: datetime,
    number: int,
    code: str,
    copy: int = 1,
    host: Organisation | None = None,
    room: Room | None = None,
    reason: str = "",
    people: int = 1,
    needs: Sequence[str] = (),
    is_discreet: bool = False,
    logo: bytes = b"",
) -> BadgeFace:
    """The badge that a check-in would make now, with what the managers want on it.

    Whoever goes nowhere in particular is a visitor of the house.
    """
    wanted = badge_design.parts(centre)
    shows_place = is_discreet or "place" in wanted
    place = room.name if room else _("Visitor") if is_discreet else ""
    return BadgeFace(
        centre=centre.name,
        name=name.strip() or _("Visitor"),
        place=place if shows_place else "",
        host=host.name if host and "host" in wanted else "",
        reason=reason_words(reason) if "reason" in wanted else "",
        on=f"{day(local(at).date(), 'd MMM yyyy')} {clock(at)}" if "date" in wanted else "",
        number=number,
        code=code,
        copy=copy,
        people=people,
        discreet=is_discreet,
        needs=tuple(map(need_words, needs)) if "needs" in wanted else (),
        room_colour=room.colour if room and shows_place else None,
        footer=centre.badge_footer,
        shows_digits="digits" in wanted,
        only_number=is_discreet and centre.badge_discreet == "number",
        logo=logo,
    )


def badge_size(centre: Centre) -> BadgeSize:
    """The paper the managers chose; a word we do not know means labels."""
    return _SIZES.get(centre.badge_size, BadgeSize.LABEL)


_SIZES = {
    "a6": BadgeSize.A6,
    "a4": BadgeSize.A4_SHEET,
    "roll_80": BadgeSize.ROLL_80,
    "roll_58": BadgeSize.ROLL_58,
}
