"""One member at a glance: cards in two columns, or in one where there is no room."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from civicdesk.desk.member_glance import Glance
from civicdesk.text import _, local, ngettext, number
from civicdesk.ui.pages.member import rows
from civicdesk.ui.pages.member.about_card import AboutCard
from civicdesk.ui.pages.member.rows_card import RowsCard
from civicdesk.ui.pages.member.use_card import MonthCard
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.themed import Themed

_WIDE = 860


class Board(Themed, QWidget):
    """People, papers and numbers on the one side; what waits and what comes on the other."""

    person_wanted = Signal(object)  # OrganisationPerson, or None for a new one
    paper_wanted = Signal(object)  # AddressPaper, or None for a new one
    booking_pressed = Signal(object)  # booking id
    visitor_pressed = Signal(object)  # visitor id

    def __init__(self) -> None:
        super().__init__()
        self._glance: Glance | None = None
        self._at: datetime | None = None
        self.people = RowsCard("member_people", "user-plus")
        self.papers = RowsCard("member_papers", "plus")
        self.about = AboutCard()
        self.post = RowsCard("member_post", "mailbox")
        self.coming = RowsCard("member_coming", "calendar-plus")
        self.lately = RowsCard("member_lately", "users")
        self.messages = RowsCard("member_messages", "phone")
        self.use = MonthCard()
        for card in (self.messages, self.lately):
            card.button.hide()
        self._sides = (
            _side(self.people, self.papers, self.about),
            _side(self.post, self.coming, self.messages, self.lately, self.use),
        )
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._is_wide: bool | None = None
        self._arrange(is_wide=True)
        self.people.wanted.connect(lambda: self.person_wanted.emit(None))
        self.papers.wanted.connect(lambda: self.paper_wanted.emit(None))
        self.about.covers_changed.connect(lambda _shown: self._show_people())
        self.retranslate()

    def retranslate(self) -> None:
        self.people.button.setText(_("Add a person"))
        self.papers.button.setText(_("Add a paper"))
        self.post.button.setText(_("To its post"))
        self.coming.button.setText(_("Book a room"))
        self.about.retranslate()
        if self._glance and self._at:
            self.show_glance(self._glance, self._at)

    def show_glance(self, glance: Glance, at: datetime) -> None:
        """Show this organisation as it stands now."""
        self._glance, self._at = glance, at
        self.about.show_glance(glance)
        self._show_people()
        self._show_papers(glance)
        self._show_waiting(glance, at)
        self._show_coming(glance)
        self._show_lately(glance)
        self.use.show_use(glance.used)

    def dress(self) -> None:
        self._arrange(is_wide=self.width() >= roomy(_WIDE))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dress()

    def _show_people(self) -> None:
        if self._glance is None:
            return
        shown = []
        for known in self._glance.people:
            row = rows.person_row(known, is_shown=self.about.is_shown)
            row.clicked.connect(lambda _on=False, person=known.person: self.person_wanted.emit(person))
            shown.append(row)
        nothing = _(
            "Nobody is named yet. Whoever may collect its post stands here, with the written authority."
        )
        self.people.show_rows(_("People and authority"), len(shown), shown, nothing)

    def _show_papers(self, glance: Glance) -> None:
        shown = []
        for paper in glance.papers:
            row = rows.paper_row(paper)
            row.clicked.connect(lambda _on=False, each=paper.paper: self.paper_wanted.emit(each))
            shown.append(row)
        nothing = _("No paper. By which paper it uses the address stands here, and until when.")
        self.papers.show_rows(_("Use of the address"), len(shown), shown, nothing)

    def _show_waiting(self, glance: Glance, at: datetime) -> None:
        today = local(at).date()
        items = [rows.post_row(item, today) for item in glance.post[:5]]
        self.post.show_rows(_("Post waiting"), len(glance.post), items, _("No post waits."))
        told: list[QWidget] = [rows.message_row(message) for message in glance.messages]
        told += [rows.loan_row(loan, today) for loan in glance.loans]
        self.messages.setVisible(bool(told))
        self.messages.show_rows(_("Messages and loans"), len(told), told, "")

    def _show_coming(self, glance: Glance) -> None:
        shown = []
        for booking in glance.coming.next:
            row = rows.booking_row(booking)
            row.clicked.connect(lambda _on=False, id_=booking.id: self.booking_pressed.emit(id_))
            shown.append(row)
        self.coming.show_rows(
            _("Bookings to come"), glance.coming.count, shown, _("No room is booked for it.")
        )

    def _show_lately(self, glance: Glance) -> None:
        shown: list[QWidget] = []
        for visit in glance.lately.latest:
            row = rows.visit_row(visit)
            row.clicked.connect(lambda _on=False, id_=visit.visitor_id: self.visitor_pressed.emit(id_))
            shown.append(row)
        people = glance.lately.people
        title = ngettext(
            "Visitors in 30 days: {count} person", "Visitors in 30 days: {count} people", people
        ).format(count=number(people))
        self.lately.show_rows(title, 0, shown, _("Nobody came to it in the last thirty days."))

    def _arrange(self, *, is_wide: bool) -> None:
        if is_wide == self._is_wide:
            return
        self._is_wide = is_wide
        for place, side in enumerate(self._sides):
            self._grid.addWidget(side, 0 if is_wide else place, place if is_wide else 0)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1 if is_wide else 0)
        self._grid.setRowStretch(2, 1)


def _side(*cards: QWidget) -> QWidget:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(16)
    for card in cards:
        column.addWidget(card)
    column.addStretch(1)
    return side
