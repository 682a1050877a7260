"""The words, icons and tones for post: kinds, places, moves, ages."""

from __future__ import annotations

from datetime import datetime

from civicdesk.desk.authority import Standing, capacity_words
from civicdesk.desk.mail_wall import Age
from civicdesk.desk.mail_words import condition_words, kind_words, move_words, place_words
from civicdesk.desk.open_box import Lying
from civicdesk.desk.pickups import Collector
from civicdesk.models import MailItem, MailKind, MailMove, Place
from civicdesk.text import _, clock, day, local, ngettext, number

__all__ = [
    "KINDS",
    "age_tone",
    "condition_words",
    "days_words",
    "full_moment",
    "item_second",
    "items_words",
    "kind_icon",
    "kind_tone",
    "kind_words",
    "lying_words",
    "moment",
    "move_second",
    "move_words",
    "notices_words",
    "place_words",
    "standing_words",
    "whose_words",
]

KINDS = (
    MailKind.ORDINARY,
    MailKind.REGISTERED,
    MailKind.PARCEL,
    MailKind.RETURN_RECEIPT,
    MailKind.EXPRESS,
    MailKind.BY_HAND,
    MailKind.NOTICE,
    MailKind.SLIP21,
)
"""As the pills stand, the usual ones first and the red ones last."""

_ICONS = {
    MailKind.ORDINARY: "mail",
    MailKind.REGISTERED: "stamp",
    MailKind.PARCEL: "package",
    MailKind.RETURN_RECEIPT: "stamp",
    MailKind.EXPRESS: "send",
    MailKind.BY_HAND: "hand-helping",
    MailKind.NOTICE: "file-pen",
    MailKind.SLIP21: "file-pen",
}


def kind_icon(kind: str) -> str:
    """Its picture."""
    return next((icon for known, icon in _ICONS.items() if known == kind), "mail")


def kind_tone(kind: str) -> str:
    """Red for notices, blue for what is registered, nothing for letters."""
    if kind in (MailKind.NOTICE, MailKind.SLIP21):
        return "bad"
    return "" if kind in (MailKind.ORDINARY, MailKind.BY_HAND) else "info"


def days_words(days: int) -> str:
    """How long it has been here: `today`, `2 days`."""
    return ngettext("{} day", "{} days", days).format(number(days)) if days else _("today")


def age_tone(age: Age) -> str:
    """From a week on it is worth a look, after a month it is bad."""
    return {Age.FRESH: "", Age.DAYS_3: "info", Age.DAYS_7: "warn", Age.DAYS_30: "bad"}[age]


def moment(at: datetime) -> str:
    """`22 Kas 14:10`; of another year with it."""
    return f"{day(local(at).date(), 'd MMM')} {clock(at)}"


def full_moment(at: datetime) -> str:
    """`22 Kasım 2026 14:10`."""
    return f"{day(local(at).date(), 'd MMMM yyyy')} {clock(at)}"


def items_words(count: int) -> str:
    """`3 items`."""
    return ngettext("{} item", "{} items", count).format(number(count))


def notices_words(count: int) -> str:
    """`2 official notices`."""
    return ngettext("{} official notice", "{} official notices", count).format(number(count))


def item_second(item: MailItem) -> str:
    """Sender and number on it: `İzmir 3. Asliye Hukuk · RR123456785TR`."""
    return " · ".join(filter(None, (item.sender, item.tracking)))


def lying_words(lying: Lying) -> str:
    """When it came, how long ago, where it lies and how it stands."""
    item = lying.item
    parts = [moment(item.received_at), days_words(lying.days)]
    if item.shelf:
        parts.append(_("shelf {}").format(item.shelf))
    if item.condition:
        parts.append(condition_words(item.condition))
    if lying.place != Place.WAITING:
        parts.append(place_words(lying.place))
    return " · ".join(parts)


def whose_words(item: MailItem) -> str:
    """`214 · Barış Vakfı`, or the name an unmatched item bears."""
    if item.organisation is None:
        return item.addressed_to or _("nobody known")
    return f"{item.box} · {item.organisation.name}" if item.box else item.organisation.name


def standing_words(collector: Collector) -> str:
    """An authority in words: by what paper, until when, or why it does not hold."""
    person = collector.person
    until, begins = person.authority_until_on, person.authority_from_on
    if collector.standing is Standing.ENDED and until:
        return _("authority ended on {}").format(day(until, "d MMMM yyyy"))
    if collector.standing is Standing.NOT_YET and begins:
        return _("authority begins on {}").format(day(begins, "d MMMM yyyy"))
    if not collector.is_authorised:
        return _("no written authority")
    parts = [
        _("authority {}").format(person.authority_reference),
        _("valid until {}").format(day(until, "d MMMM yyyy")) if until else _("without an end"),
        _("notices too") if collector.may_take_notices else _("not for notices"),
    ]
    return " · ".join(parts)


def move_second(move: MailMove, staff: str) -> str:
    """Who and why: what stands under a line of the history."""
    parts = [move.person, capacity_words(move.capacity), move.authority, move.reason]
    return " · ".join(filter(None, (*parts, staff)))
