"""Which reports there are, and what can be done with each."""

from __future__ import annotations

from dataclasses import dataclass

from civicdesk.models import PaperKind
from civicdesk.text import N_, _


@dataclass(frozen=True)
class ReportKind:
    """One line of the list of reports."""

    key: str
    icon: str
    name: str
    what: str
    paper: PaperKind | None = None
    has_day: bool = True
    has_numbers: bool = False
    for_managers: bool = False

    @property
    def title(self) -> str:
        """Its name in the language spoken now."""
        return _(self.name)

    @property
    def second(self) -> str:
        """What is in it."""
        return _(self.what)


KINDS = (
    ReportKind(
        "occupancy",
        "chart-column",
        N_("Daily occupancy"),
        N_("rooms, hours, people"),
        PaperKind.OCCUPANCY,
        has_numbers=True,
    ),
    ReportKind(
        "day_list", "calendar-days", N_("Day list"), N_("rooms and expected visitors"), PaperKind.DAY_LIST
    ),
    ReportKind(
        "setup_list", "armchair", N_("Set-up list"), N_("what caretakers set up"), PaperKind.SETUP_LIST
    ),
    ReportKind(
        "evacuation",
        "siren",
        N_("Who is inside"),
        N_("evacuation list, now"),
        PaperKind.EVACUATION,
        has_day=False,
    ),
    ReportKind(
        "visitor_log",
        "scroll-text",
        N_("Visitor log"),
        N_("who came and went; with a reason"),
        for_managers=True,
    ),
)


def kinds_for(*, is_manager: bool) -> tuple[ReportKind, ...]:
    """The reports that somebody may open."""
    return tuple(kind for kind in KINDS if is_manager or not kind.for_managers)


def kind_of(key: str) -> ReportKind:
    """A report by its name."""
    return next(kind for kind in KINDS if kind.key == key)
