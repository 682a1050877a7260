"""A report leaves the desk as a file; what could not be saved can be saved elsewhere."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QWidget

from civicdesk.errors import Refusal
from civicdesk.text import _
from civicdesk.ui import saving
from civicdesk.ui.pages.reports.choice import Chosen, file_name, maker
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.refusal_banner import RefusalBanner


def save(
    runner: Runner, owner: QWidget, chosen: Chosen, ending: str, *, opened: bytes, banner: RefusalBanner
) -> None:
    """Ask where the report is to be kept, and write it there; `opened` was drawn already, and is not opened twice."""
    make = maker(runner, chosen, ending)
    if opened and ending == "pdf":
        make = partial(bytes, opened)
    again = partial(save, runner, owner, chosen, ending, opened=opened, banner=banner)

    def refuse(refusal: Refusal) -> None:
        banner.show_refusal(str(refusal), (_("Save elsewhere"), again))

    saving.ask_where(
        owner, file_name(chosen, ending), ending, lambda path: saving.write(runner, owner, path, make, refuse)
    )
