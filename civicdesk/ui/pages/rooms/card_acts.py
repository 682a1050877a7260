"""What can be done with a booking as it stands now, what most will want first."""

from __future__ import annotations

from dataclasses import dataclass

from civicdesk.desk.booking_detail import FALLEN, Detail
from civicdesk.models import BookingState
from civicdesk.text import _


@dataclass(frozen=True)
class Act:
    """A button of the card. What is asked of the desk stands in a banner of its own tone."""

    key: str
    words: str
    icon: str = ""
    role: str = "plain"
    is_asked: bool = False
    tone: str = "warn"


def acts_of(detail: Detail) -> list[Act]:
    """Every button that means something now."""
    booking = detail.booking
    if booking.state == BookingState.CLASH:
        return [*_settling(detail), _edit()]
    if booking.state in FALLEN:
        return [] if detail.is_over else [Act("restore", _("Bring back"), "rotate-ccw", "primary")]
    if booking.state == BookingState.NO_SHOW:
        return [Act("restore", _("They came after all"), "rotate-ccw")]
    return [*_asking(detail), *_going_on(detail), *_changing(detail), *_about(detail)]


def _asking(detail: Detail) -> list[Act]:
    if not detail.seems_empty:
        return []
    return [
        Act("are_here", _("They are here"), is_asked=True),
        Act("free", _("Free the room"), is_asked=True),
    ]


def _settling(detail: Detail) -> list[Act]:
    """A clash: this one, the other one, or another room for this one."""
    if detail.is_over:
        return []
    other = Act("other_room", _("Another room for this one"), is_asked=True, tone="bad")
    if detail.rival is None:
        return [Act("restore", _("Let it stand"), is_asked=True, tone="bad"), other]
    return [
        other,
        Act("this_stays", _("This one stays"), is_asked=True, tone="bad"),
        Act("other_stays", _("The other one stays"), is_asked=True, tone="bad"),
    ]


def _going_on(detail: Detail) -> list[Act]:
    booking = detail.booking
    if not detail.is_on or detail.seems_empty:
        return []
    if booking.started_at is None:
        return [Act("begin", _("Has begun"), "play")]
    return [Act("end", _("Has ended"), "square")] if booking.ended_at is None else []


def _changing(detail: Detail) -> list[Act]:
    if detail.is_over or not detail.is_held:
        return []
    firm = [Act("confirm", _("Confirm"), "check", "primary")]
    is_tentative = detail.booking.state == BookingState.TENTATIVE
    return [
        *(firm if is_tentative else ()),
        _edit("plain" if is_tentative else "primary"),
        Act("cancel", _("Call off"), "circle-x"),
    ]


def _about(detail: Detail) -> list[Act]:
    check_in = [] if detail.is_over else [Act("check_in", _("Check visitors in"), "user-plus")]
    return [*check_in, Act("door_sign", _("Door sign"), "printer")]


def _edit(role: str = "plain") -> Act:
    return Act("edit", _("Change"), "pencil", role)
