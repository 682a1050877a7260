"""How the register, the page of one member and the import of members hang together, and what Today says of them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal

from civicdesk.database import Changes
from civicdesk.desk import member_list
from civicdesk.desk.member_list import Reminders
from civicdesk.models import AddressPaper, Organisation, OrganisationPerson
from civicdesk.text import _, day, ngettext, number
from civicdesk.ui.desk_pages import DeskPages
from civicdesk.ui.pages.today.matters import ByHand
from civicdesk.ui.runner import Runner

_WATCHED: Changes = frozenset({AddressPaper, Organisation, OrganisationPerson})
_EVERY_MS = 600_000


class DeskMembers(QObject):
    """Answers what pages want of the members, and looks now and then for papers, which end by themselves."""

    way_wanted = Signal(str)

    def __init__(self, runner: Runner, pages: DeskPages) -> None:
        super().__init__(pages)
        self._runner, self._pages = runner, pages
        self._timer = QTimer(self)
        self._timer.timeout.connect(self.look)
        self._timer.start(_EVERY_MS)
        runner.changed.connect(self._note)
        QTimer.singleShot(0, self, self.look)

    def answers(self, way: str) -> Mapping[str, Callable[..., object]]:
        """What is done for each signal, by its name; from a member one goes back to the register."""
        found: dict[str, Callable[..., object]] = {
            "member_wanted": self.show_member,
            "new_member_wanted": self._begin,
            "members_wanted": self._show_register,
            "import_members_wanted": partial(self.way_wanted.emit, "import_members"),
        }
        if way in ("member", "import_members"):
            found["back_wanted"] = partial(self.way_wanted.emit, "members")
        return found

    def show_member(self, organisation_id: UUID) -> None:
        """Turn to one organisation."""
        self._pages.member.show_member(organisation_id)
        self.way_wanted.emit("member")

    def look(self) -> None:
        """Count what ends soon, and say so on Today."""
        self._runner.read(lambda session: member_list.reminders(session, at=self._runner.at()), self._remind)

    def _note(self, changes: Changes) -> None:
        if not _WATCHED.isdisjoint(changes):
            self.look()

    def _remind(self, found: Reminders) -> None:
        self._pages.today.attend(_matters(found), topic="members")

    def _show_register(self, tab: str = "") -> None:
        if tab:
            self._pages.members.show_tab(tab)
        self.way_wanted.emit("members")

    def _begin(self) -> None:
        self._pages.member.begin()
        self.way_wanted.emit("member")


def _matters(found: Reminders) -> list[ByHand]:
    told: list[ByHand] = []
    count = found.papers + found.authorities
    if count and found.next_on:
        title = ngettext("{} paper of members ends soon", "{} papers of members end soon", count)
        second = _("the next one on {}").format(day(found.next_on, "d MMMM"))
        told.append(("file-text", "warn", title.format(number(count)), second))
    if found.forwardings:
        title = ngettext(
            "Post of {} organisation is soon not sent on",
            "Post of {} organisations is soon not sent on",
            found.forwardings,
        )
        told.append(("mailbox", "info", title.format(number(found.forwardings)), _("see whose")))
    return told
