"""How many phone messages wait, in words that a visitor may read too: never what they say."""

from __future__ import annotations

from collections.abc import Sequence

from civicdesk.desk.phone_messages import Message
from civicdesk.text import _, ngettext, number


def waiting_words(found: Sequence[Message], whose: str = "") -> str:
    """`2 messages wait at the secretariat`, for whom if it is not clear, and whether one is urgent."""
    if whose:
        words = ngettext(
            "{count} message waits at the secretariat: {organisation}",
            "{count} messages wait at the secretariat: {organisation}",
            len(found),
        )
    else:
        words = ngettext(
            "{count} message waits at the secretariat", "{count} messages wait at the secretariat", len(found)
        )
    said = words.format(count=number(len(found)), organisation=whose)
    return _("Urgent · {}").format(said) if is_urgent(found) else said


def short_words(found: Sequence[Message]) -> str:
    """`2 messages`, where there is little room."""
    said = ngettext("{} message", "{} messages", len(found)).format(number(len(found)))
    return _("Urgent · {}").format(said) if is_urgent(found) else said


def is_urgent(found: Sequence[Message]) -> bool:
    """Whether one of them is."""
    return any(each.message.is_urgent for each in found)
