"""What managers decide about badges, and the words it is stored in."""

from __future__ import annotations

from collections.abc import Mapping

from civicdesk.errors import Refusal
from civicdesk.models import Centre
from civicdesk.text import _

PARTS = ("host", "reason", "place", "date", "digits", "needs")
"""What stands on a badge if the managers want it; name, code and number always do."""

DISCREET = ("place", "number")
"""What a discreet badge shows: room and colour, or the number alone."""

SIZES = ("label", "a6", "a4", "roll_80", "roll_58")
LONGEST_FOOTER = 200


def parts(centre: Centre) -> frozenset[str]:
    """What stands on this centre's badges; a part of a newer desk is left out."""
    return frozenset(PARTS) & {part.strip() for part in centre.badge_parts.split(",")}


def written(chosen: frozenset[str]) -> str:
    """The parts as they are stored, always in the same order."""
    return ",".join(part for part in PARTS if part in chosen)


def check(values: Mapping[str, object]) -> None:
    """Refuses `unknown_part`, `unknown_discreet`, `unknown_size` and `long_footer`."""
    said = filter(None, str(values.get("badge_parts", "")).split(","))
    if not set(said) <= set(PARTS):
        raise Refusal("unknown_part", _("This desk does not know this part of a badge."))
    if values.get("badge_discreet", DISCREET[0]) not in DISCREET:
        raise Refusal("unknown_discreet", _("This desk does not know this kind of discreet badge."))
    if values.get("badge_size", SIZES[0]) not in SIZES:
        raise Refusal("unknown_size", _("This desk does not know this size of badge."))
    if len(str(values.get("badge_footer", ""))) > LONGEST_FOOTER:
        raise Refusal("long_footer", _("The last line may have at most {} letters.").format(LONGEST_FOOTER))
