"""Which wish of the page of reports brings which report to its printer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from civicdesk.models import PaperKind
from civicdesk.ui.pages.reports.choice import Chosen

if TYPE_CHECKING:
    from civicdesk.ui.pages.reports_page import ReportsPage


def print_report(page: ReportsPage, chosen: Chosen) -> None:
    """Ask for this report on paper: by its own kind of paper, or as any other report."""
    days, whose = chosen.period, chosen.organisation_id
    wishes: dict[PaperKind, Callable[[], object]] = {
        PaperKind.OCCUPANCY: partial(page.occupancy_wanted.emit, days.first),
        PaperKind.DAY_LIST: partial(page.day_list_wanted.emit, days.first),
        PaperKind.SETUP_LIST: partial(page.setup_list_wanted.emit, days.first),
        PaperKind.EVACUATION: page.list_wanted.emit,
        PaperKind.MAIL_REGISTER: partial(page.register_wanted.emit, f"{days.first}:{days.last}", whose),
    }
    if chosen.kind.paper is not None:
        wishes[chosen.kind.paper]()
    else:
        page.report_wanted.emit(chosen.kind.name, days.key, whose)
