"""What one tap does to a visit or an invitation, and how it is taken back."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from civicdesk.desk import invitations, leaving, visits
from civicdesk.desk.leaving import Gone
from civicdesk.errors import Refusal
from civicdesk.models import Badge, Invitation, Visit, new_id
from civicdesk.text import _, ngettext, number
from civicdesk.ui.pages.visitors.lines import Line
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.refusal_banner import RefusalBanner


class Deeds(QObject):
    """Does it at once and offers to take it back; what touches everybody or voids a badge is asked first."""

    check_in_wanted = Signal()
    badge_wanted = Signal(object)  # visit id
    checked_in = Signal(object, bool)  # visit, whether a badge is printed
    refused = Signal()

    def __init__(self, runner: Runner, banner: RefusalBanner) -> None:
        super().__init__()
        self.runner, self.banner = runner, banner
        self._keys: dict[object, str] = {}

    def act(self, line: Line) -> None:
        """The button of a line: out for who is inside, in for who is expected."""
        self.banner.clear()
        if line.invitation is not None:
            self._admit(line.invitation)
        elif line.visit is not None:
            self._check_out(line.visit)

    def _check_out(self, visit: Visit) -> None:
        at = self.runner.at()
        self.runner.now(
            lambda session: visits.check_out(session, visit.id, at=at), self._went_out, self._refused
        )

    def _went_out(self, visit: Visit) -> None:
        self.runner.say(
            _("{name} has left").format(name=visit.visitor.name),
            undo=lambda session: visits.undo_check_out(session, [visit.id], at=self.runner.at()),
        )

    def _admit(self, invitation: Invitation) -> None:
        key = self._keys.setdefault(invitation.id, new_id().hex)
        at = self.runner.at()
        self.runner.now(
            lambda session: invitations.admit(session, invitation.id, at=at, key=key),
            partial(self._came_in, invitation.id),
            lambda refusal: self.banner.show_refusal(
                str(refusal), (_("Check in by name"), self.check_in_wanted.emit)
            ),
        )

    def _came_in(self, invitation_id: UUID, visit: Visit) -> None:
        """Whoever is taken back out and comes once more is a new check-in."""
        self._keys.pop(invitation_id, None)
        self.checked_in.emit(visit, True)

    def cancel(self, invitation: Invitation) -> None:
        """Nobody is expected any more."""
        self.banner.clear()
        at = self.runner.at()
        self.runner.now(
            lambda session: invitations.cancel(session, invitation.id, at=at),
            lambda _cancelled: self.runner.say(
                _("{name} is not expected any more").format(name=invitation.visitor.name),
                undo=lambda session: invitations.restore(session, invitation.id, at=self.runner.at()),
            ),
            self._refused,
        )

    def some_left(self, visit_id: UUID, count: int) -> None:
        """Some of a company leave before the others."""
        self.banner.clear()
        at, key = self.runner.at(), new_id().hex
        self.runner.now(
            lambda session: leaving.some_out(session, visit_id, count, at=at, key=key),
            lambda left: self.runner.say(
                _("Still inside: {count}").format(count=number(left.people)),
                undo=lambda session: leaving.some_back(session, visit_id, count, at=self.runner.at()),
            ),
            self._refused,
        )

    def ask_to_reprint(self, visit_id: UUID) -> None:
        """A copy once void is void for good, so the clerk is asked."""
        self.banner.show_refusal(
            _("The badge given out before will be void as soon as a new copy is made."),
            (_("Make a new copy"), partial(self._reprint, visit_id)),
            (_("Keep the badge"), self.banner.clear),
            tone="warn",
        )

    def _reprint(self, visit_id: UUID) -> None:
        self.banner.clear()
        at = self.runner.at()
        self.runner.now(
            lambda session: visits.reprint(session, visit_id, at=at), self._reprinted, self._refused
        )

    def _reprinted(self, badge: Badge) -> None:
        self.runner.say(_("Copy {copy} of the badge; the former copy is void").format(copy=badge.copy))
        self.badge_wanted.emit(badge.visit_id)

    def ask_everybody_out(self, people: int) -> None:
        """The first step; the second is the answer."""
        ask = ngettext(
            "{count} person counts as inside. Has everybody left the building?",
            "{count} people count as inside. Has everybody left the building?",
            people,
        )
        self.banner.show_refusal(
            ask.format(count=number(people)),
            (_("Yes, everybody has left"), self._everybody_out),
            (_("Cancel"), self.banner.clear),
            tone="warn",
        )

    def _everybody_out(self) -> None:
        self.banner.clear()
        self.runner.now(partial(leaving.everybody_out, at=self.runner.at()), self._all_gone, self._refused)

    def _all_gone(self, gone: Gone) -> None:
        self.runner.say(
            _("Everybody counts as having left"),
            undo=lambda session: leaving.bring_back(session, gone, at=self.runner.at()),
        )

    def _refused(self, refusal: Refusal) -> None:
        self.banner.show_refusal(str(refusal))
        self.refused.emit()
