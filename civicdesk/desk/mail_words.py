"""The words for post, on screens and on paper: kinds, conditions, places, moves."""

from __future__ import annotations

from collections.abc import Callable

from civicdesk.models import Condition, MailKind, Move, Place
from civicdesk.text import _


def kind_words(kind: str) -> str:
    """What an item is."""
    return _said(
        {
            MailKind.ORDINARY: lambda: _("Letter"),
            MailKind.REGISTERED: lambda: _("Registered"),
            MailKind.RETURN_RECEIPT: lambda: _("With return receipt"),
            MailKind.EXPRESS: lambda: _("Express"),
            MailKind.PARCEL: lambda: _("Parcel"),
            MailKind.NOTICE: lambda: _("Official notice"),
            MailKind.SLIP21: lambda: _("Slip under article 21"),
            MailKind.BY_HAND: lambda: _("By hand"),
        },
        kind,
    )


def condition_words(condition: str) -> str:
    """How an item looked when it came."""
    return _said(
        {
            Condition.WHOLE: lambda: _("Whole"),
            Condition.DAMAGED: lambda: _("Damaged"),
            Condition.OPENED: lambda: _("Opened"),
            Condition.WET: lambda: _("Wet"),
        },
        condition,
    )


def place_words(place: str) -> str:
    """Where an item stands."""
    return _said(
        {
            Place.WAITING: lambda: _("waits for pickup"),
            Place.PRESENTED: lambda: _("not accepted yet"),
            Place.HANDED_OVER: lambda: _("handed over"),
            Place.FORWARDED: lambda: _("sent on"),
            Place.RETURNED: lambda: _("sent back"),
            Place.UNCLAIMED: lambda: _("unclaimed"),
            Place.NOT_TAKEN: lambda: _("not taken"),
            Place.WITHDRAWN: lambda: _("taken out"),
        },
        place,
    )


def move_words(what: str) -> str:
    """What happened to an item."""
    return _said(
        {
            Move.RECEIVED: lambda: _("Received"),
            Move.PRESENTED: lambda: _("Held out by the postman"),
            Move.MATCHED: lambda: _("Holder written"),
            Move.SHELVED: lambda: _("Shelf written"),
            Move.CORRECTED: lambda: _("Corrected"),
            Move.NOTIFIED: lambda: _("Organisation told"),
            Move.REMINDED: lambda: _("Reminded"),
            Move.CALLED: lambda: _("Called"),
            Move.ACCEPTED: lambda: _("Accepted"),
            Move.NOT_TAKEN: lambda: _("Not taken"),
            Move.HANDED_OVER: lambda: _("Handed over"),
            Move.HANDOVER_CORRECTED: lambda: _("Hand-over corrected: it is still here"),
            Move.FORWARDED: lambda: _("Sent on"),
            Move.RETURNED: lambda: _("Sent back"),
            Move.UNCLAIMED: lambda: _("Given up as unclaimed"),
            Move.BACK: lambda: _("Back at the desk"),
            Move.WITHDRAWN: lambda: _("Taken out: entered by mistake"),
        },
        what,
    )


def _said(words: dict[str, Callable[[], str]], key: str) -> str:
    return words[key]() if key in words else key
