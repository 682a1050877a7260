"""How the register, the page of one member and the import of members hang together."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from civicdesk.ui.desk_pages import DeskPages


class DeskMembers(QObject):
    """Answers what pages want of the members."""

    way_wanted = Signal(str)

    def __init__(self, pages: DeskPages) -> None:
        super().__init__()
        self._pages = pages

    def answers(self, way: str) -> Mapping[str, Callable[..., object]]:
        """What is done for each signal, by its name; from a member one goes back to the register."""
        found: dict[str, Callable[..., object]] = {
            "member_wanted": self.show_member,
            "new_member_wanted": self._begin,
            "members_wanted": partial(self.way_wanted.emit, "members"),
            "import_members_wanted": partial(self.way_wanted.emit, "import_members"),
        }
        if way in ("member", "import_members"):
            found["back_wanted"] = partial(self.way_wanted.emit, "members")
        return found

    def show_member(self, organisation_id: UUID) -> None:
        """Turn to one organisation."""
        self._pages.member.show_member(organisation_id)
        self.way_wanted.emit("member")

    def _begin(self) -> None:
        self._pages.member.begin()
        self.way_wanted.emit("member")
