"""The rows behind a figure: its bookings and when people came; their names are in the visitor log alone."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.desk.behind import Behind, Booked, Come, Wanted
from civicdesk.desk.booking_words import kind_words
from civicdesk.printing.occupancy_said import state_words
from civicdesk.printing.tables import NOTHING
from civicdesk.text import _, clock, day, local, ngettext, number
from civicdesk.ui.pages.reports.plots.words import people_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import ElidedLabel, label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.touch import TouchScrollArea

MOST = 100


class BehindView(QWidget):
    """A list of what was counted, with the way back to the plots."""

    back_wanted = Signal()
    booking_wanted = Signal(object)  # UUID
    day_wanted = Signal(object)  # date
    log_wanted = Signal(object)  # date

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("reports_behind")
        self._on: date | None = None
        self.back = IconButton("arrow-left", "", name="reports_behind_back")
        self.title, self.second = ElidedLabel("", "heading"), label("", "second", wrap=True)
        self.open_day = Button("", "chart-column", name="reports_behind_day")
        self.open_log = Button("", "scroll-text", name="reports_behind_log")
        self.booked, self.come = Card(name="reports_behind_booked"), Card(name="reports_behind_come")
        self._ways = FlowRow([self.open_day, self.open_log])
        self._build()
        self.back.clicked.connect(lambda _on=False: self.back_wanted.emit())
        self.open_day.clicked.connect(lambda _on=False: self.day_wanted.emit(self._on))
        self.open_log.clicked.connect(lambda _on=False: self.log_wanted.emit(self._on))

    def show_rows(self, title: str, wanted: Wanted, found: Behind, *, is_manager: bool, is_day: bool) -> None:
        """Show these; `is_day` when the sheet of that day is what was looked at already."""
        self._on = wanted.first if wanted.first == wanted.last else None
        self.back.say(_("Back to the plots"))
        self.title.setText(title)
        self.second.setText(_counts(wanted, found))
        self.open_day.setText(_("The sheet of this day"))
        self.open_log.setText(_("Visitor log"))
        self.open_day.setVisible(self._on is not None and not is_day)
        self.open_log.setVisible(self._on is not None and is_manager and bool(found.come))
        self._ways.setVisible(not self.open_day.isHidden() or not self.open_log.isHidden())
        self._show_booked(found)
        self._show_come(wanted, found)

    def _show_booked(self, found: Behind) -> None:
        rows: list[QWidget] = [self._booking(each, place) for place, each in enumerate(found.booked[:MOST])]
        self.booked.set_title(_("Bookings"))
        self.booked.fill(
            rows + _rest(len(found.booked)) or [_nothing("calendar-days", _("No room was booked."))]
        )

    def _show_come(self, wanted: Wanted, found: Behind) -> None:
        self.come.set_title(_("Arrivals"))
        self.come.setVisible(not wanted.is_about_events)
        rows: list[QWidget] = [self._arrival(each, place) for place, each in enumerate(found.come[:MOST])]
        self.come.fill(rows + _rest(len(found.come)) or [_nothing("users", _("Nobody came by name."))])

    def _booking(self, booked: Booked, place: int) -> ListRow:
        event = booked.event
        came = NOTHING if event.came is None or event.is_no_show else number(event.came)
        second = " · ".join(filter(None, (booked.room, event.organisation, kind_words(event.kind))))
        state = state_words(event.state)
        row = ListRow(
            event.title or kind_words(event.kind),
            second,
            name=f"reports_booked_{place}",
            time=f"{_moment(event.starts_at, is_day=self._on is not None)}–{clock(event.ends_at)}",
            pills=[Pill(state, "warn")] if state else None,
            note=_("{came} of {expected}").format(came=came, expected=number(event.people)),
            opens=True,
        )
        row.clicked.connect(lambda _on=False: self.booking_wanted.emit(UUID(event.id)))
        return row

    def _arrival(self, come: Come, place: int) -> ListRow:
        where = " · ".join(filter(None, (come.host, come.room))) or _("the centre")
        time = _moment(come.at, is_day=self._on is not None)
        return ListRow(people_words(come.people), where, name=f"reports_come_{place}", time=time)

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.second)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(12))
        for part in (self._ways, self.booked, self.come):
            column.addWidget(part)
        column.addStretch(1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(roomy(12))
        whole.addLayout(head)
        whole.addWidget(TouchScrollArea(inside), 1)


def _counts(wanted: Wanted, found: Behind) -> str:
    bookings = ngettext("{count} booking", "{count} bookings", len(found.booked))
    said = [bookings.format(count=number(len(found.booked)))]
    if not wanted.is_about_events:
        said.append(_("{people} by name").format(people=people_words(found.people)))
    return " · ".join(said)


def _moment(at: datetime, *, is_day: bool) -> str:
    return clock(at) if is_day else f"{day(local(at).date(), 'd MMM')} {clock(at)}"


def _rest(count: int) -> list[QWidget]:
    if count <= MOST:
        return []
    words = ngettext("and {count} more", "and {count} more", count - MOST)
    more = label(words.format(count=number(count - MOST)), "second")
    more.setContentsMargins(roomy(16), roomy(10), roomy(16), roomy(10))
    return [more]


def _nothing(icon: str, sentence: str) -> QWidget:
    return EmptyState(icon, sentence, name=f"reports_no_{icon}")
