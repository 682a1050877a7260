"""What a row of an expected visitor says."""

from __future__ import annotations

from civicdesk.desk.today import Today
from civicdesk.models import Invitation, Need
from civicdesk.text import _, clock, ngettext
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.words import needs_words, reason_words


def expected_pills(invitation: Invitation, *, is_late: bool) -> list[Pill]:
    """What is special about a visit, each in a word of its own."""
    where = invitation.room.name if invitation.room else ""
    purpose = " · ".join(filter(None, (reason_words(invitation.reason), where)))
    pills = [Pill(_("late"), "warn", "clock")] if is_late else []
    pills.append(Pill(purpose, "primary"))
    if invitation.people > 1:
        pills.append(
            Pill(ngettext("{} person", "{} people", invitation.people).format(invitation.people), "accent")
        )
    if invitation.needs:
        tone_icon = "accessibility" if Need.WHEELCHAIR in invitation.needs else "hand-helping"
        pills.append(Pill(needs_words(invitation.needs), "info", tone_icon))
    return pills


def expected_said(invitation: Invitation, seen: Today) -> tuple[str, ...]:
    """All that a row of an expected visitor depends on."""
    host, room = invitation.host, invitation.room
    return (
        invitation.id.hex,
        clock(invitation.expected_at),
        invitation.visitor.name,
        host.name if host else "",
        room.name if room else "",
        invitation.reason,
        invitation.needs,
        f"{invitation.people} {seen.is_late(invitation)}",
    )
