"""The words for why somebody comes and what somebody needs: on screens, on badges and in lists."""

from __future__ import annotations

from civicdesk.models import Need, Reason
from civicdesk.text import N_, _

_REASONS: dict[str, str] = {
    Reason.MEETING: N_("Meeting"),
    Reason.EVENT: N_("Event"),
    Reason.WORK_AREA: N_("Work area"),
    Reason.POST: N_("Post"),
    Reason.INFORMATION: N_("Information / application"),
    Reason.MAINTENANCE: N_("Maintenance"),
}
_NEEDS: dict[str, str] = {
    Need.WHEELCHAIR: N_("Wheelchair"),
    Need.SIGN_LANGUAGE: N_("Sign language"),
    Need.COMPANION: N_("Companion"),
}


def reason_words(reason: str) -> str:
    """Why somebody comes, in the language spoken now; a reason of a newer desk is shown as it is stored."""
    return _(_REASONS.get(reason, reason))


def need_words(need: str) -> str:
    """What somebody needs, in the language spoken now."""
    return _(_NEEDS.get(need, need))
