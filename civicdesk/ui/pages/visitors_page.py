"""Who is inside, who is expected, who came today, and what the readers read."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from civicdesk.database import Changes
from civicdesk.desk import roster
from civicdesk.desk.roster import Roster
from civicdesk.models import (
    Badge,
    HeadCount,
    Invitation,
    Organisation,
    Room,
    Scan,
    Visit,
    Visitor,
)
from civicdesk.text import _, clock, ngettext, number
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import BendingHead
from civicdesk.ui.pages.visitors.deeds import Deeds
from civicdesk.ui.pages.visitors.lines import Line, lines, narrowed
from civicdesk.ui.pages.visitors.people_list import PeopleList
from civicdesk.ui.pages.visitors.steps import Steps
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.touch import TouchScrollArea

_MARGIN = 20
TABS = ("inside", "expected", "today", "scans")


class VisitorsPage(Page):
    """Four lists under one search field; a line tapped opens in place."""

    watches: ClassVar[Changes] = frozenset(
        {Visit, Visitor, Invitation, Scan, Badge, HeadCount, Room, Organisation}
    )
    check_in_wanted = Signal()
    visitor_wanted = Signal(object)  # visitor id
    badge_wanted = Signal(object)  # visit id
    badges_wanted = Signal(object)  # visit ids
    day_list_wanted = Signal()
    checked_in = Signal(object, bool)  # visit, whether a badge is printed
    invite_wanted = Signal()
    head_count_wanted = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("visitors_page")
        self._tab = "inside"
        self._roster: Roster | None = None
        self._lines: list[Line] = []
        self._minute = ""
        self._make_head()
        self._make_lists()
        self._build()
        self._connect()
        self.retranslate()

    def show_tab(self, tab: str) -> None:
        """Turn to inside, expected, today or scans."""
        self._tab = tab if tab in TABS else "inside"
        self.tabs.set_value(self._tab)
        self.banner.clear()
        self.list.close_line()
        self.list.verticalScrollBar().setValue(0)
        self._roster = None
        self.refresh_now()

    def search(self, text: str) -> None:
        """Look for this in the list shown."""
        self.filter.setText(text)
        self.filter.setFocus()

    def refresh(self) -> None:
        at = self.runner.at()
        self._minute = clock(at)
        self.runner.read(partial(roster.look, tab=self._tab, at=at), self._show)

    def tick(self) -> None:
        """Somebody expected may be late by now, and the day may have ended."""
        if clock(self.runner.at()) != self._minute:
            self.refresh_now()

    def retranslate(self) -> None:
        self.title.setText(_("Visitors"))
        self.back.say(_("Back"))
        self.check_in.setText(_("Visitor in"))
        self.invite.setText(_("Expect a visitor"))
        self.count.setText(_("Count heads"))
        self.everybody_out.setText(_("Everybody has left"))
        self.all_badges.setText(_("Badges for all"))
        self.day_list.setText(_("Day list"))
        self.day_list.setAccessibleName(_("Print the day list"))
        self.filter.setAccessibleName(_("Search name, badge number, host"))
        self.filter.setPlaceholderText(_("Search name, badge number, host"))
        self.tabs.setAccessibleName(_("Which list"))
        self._name_tabs()

    def _make_head(self) -> None:
        self.back = IconButton("arrow-left", "", name="visitors_back")
        self.title = label("", "title")
        self.second = label("", "second", wrap=True)
        self.count = Button("", "users-round", name="visitors_head_count")
        self.invite = Button("", "calendar-plus", name="visitors_invite")
        self.check_in = Button("", "user-plus", name="visitors_check_in", role="primary")

    def _make_lists(self) -> None:
        self.tabs = Segmented([(tab, tab) for tab in TABS], name="visitors_tab", spoken="", value=self._tab)
        self.filter = text_field("", name="visitors_filter", icon="search")
        self.filter.setClearButtonEnabled(True)
        self.all_badges = Button("", "printer", name="visitors_all_badges")
        self.day_list = Button("", "printer", name="visitors_day_list")
        self.everybody_out = Button("", "log-out", name="visitors_everybody_out")
        self.banner = RefusalBanner(name="visitors_banner")
        self.deeds = Deeds(self.runner, self.banner)
        self.steps = Steps()
        self.list = PeopleList(self.steps, name="visitors_list")
        self.first = Button("", "user-plus", name="visitors_first", role="primary")
        self.nobody = EmptyState("users", "", name="visitors_nobody", button=self.first)

    def _build(self) -> None:
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(_MARGIN, 12, _MARGIN, _MARGIN)
        whole.setSpacing(12)
        self._head = BendingHead(self.back, self.title, self.second, [self.count, self.invite, self.check_in])
        whole.addLayout(self._head)
        whole.addWidget(self.tabs)
        self._search_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._search_row.setSpacing(8)
        self._search_row.addWidget(self.filter, 1)
        self._for_all = FlowRow([self.all_badges, self.day_list, self.everybody_out])
        self._search_row.addWidget(self._for_all)
        whole.addLayout(self._search_row)
        whole.addWidget(self.banner)
        self.card = Card(name="visitors_card")
        self.card.add(self.list, 1)
        self.card.add(self.nobody, 1)
        whole.addWidget(self.card, 1)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(TouchScrollArea(content))

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.check_in.clicked.connect(lambda _on=False: self.check_in_wanted.emit())
        self.invite.clicked.connect(lambda _on=False: self.invite_wanted.emit())
        self.count.clicked.connect(lambda _on=False: self.head_count_wanted.emit())
        self.first.clicked.connect(lambda _on=False: self._put_first())
        self.all_badges.clicked.connect(lambda _on=False: self._print_badges())
        self.day_list.clicked.connect(lambda _on=False: self.day_list_wanted.emit())
        self.everybody_out.clicked.connect(lambda _on=False: self._ask_everybody_out())
        self.deeds.check_in_wanted.connect(self.check_in_wanted)
        self.deeds.badge_wanted.connect(self.badge_wanted)
        self.deeds.checked_in.connect(self.checked_in)
        self.deeds.refused.connect(self.refresh_now)
        self.tabs.chosen.connect(lambda tab: self.show_tab(str(tab)))
        self.filter.textChanged.connect(lambda _text: self._show_lines())
        self.list.acted.connect(self.deeds.act)
        self.list.pressed_line.connect(self._show_visitor)
        self.list.opened.connect(lambda line: self.steps.show_line(line) if line else None)
        self.steps.some_left.connect(self._some_left)
        self.steps.reprint_wanted.connect(self._ask_to_reprint)
        self.steps.visitor_wanted.connect(lambda: self._show_visitor(self.list.open_line()))
        self.steps.cancel_wanted.connect(self._cancel)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._fit)  # once the pieces have grown or shrunk

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        self._head.fit(self.width())
        self._search_row.setDirection(
            sideways if self._for_all.sizeHint().width() + roomy(280) < self.width() else down
        )
        self.card.setMinimumHeight(roomy(260))
        for button in (self.all_badges, self.day_list, self.everybody_out):
            button.setMinimumHeight(self.filter.sizeHint().height())

    def _show(self, seen: Roster) -> None:
        self._roster = seen
        self._lines = lines(self._tab, seen)
        self._name_tabs()
        is_inside = self._tab == "inside" and bool(seen.people)
        self.everybody_out.setVisible(is_inside)
        self.all_badges.setVisible(is_inside)
        self.day_list.setVisible(self._tab == "expected")
        self._for_all.setVisible(is_inside or self._tab == "expected")
        self._fit()
        self._show_lines()

    def _name_tabs(self) -> None:
        words = (_("Inside"), _("Expected"), _("Came in today"), _("Latest scans"))
        for tab, word in zip(TABS, words, strict=True):
            button = self.tabs.findChild(Button, f"visitors_tab_{tab}")
            assert button is not None
            count = self._roster.counts[tab] if self._roster else None
            button.setText(word if count is None else f"{word}  {number(count)}")
        if self._roster:
            self.second.setText(_summary(self._roster))
        self.tabs.updateGeometry()

    def _show_lines(self) -> None:
        found = narrowed(self._lines, self.filter.text())
        self.list.setAccessibleName(_("Visitors"))
        self.list.show_lines(found)
        self.list.setVisible(bool(found))
        self.nobody.setVisible(not found)
        if not found:
            self._say_nobody()

    def _say_nobody(self) -> None:
        if self.filter.text().strip() and self._lines:
            self.nobody.say(_("Nobody in this list fits. Search for less."))
            self.first.hide()
            return
        sentences = {
            "inside": _("Nobody is inside. Whoever is checked in stands here until leaving."),
            "expected": _("Nobody is expected. Whoever is announced stands here until arriving."),
            "today": _("Nobody has come today. Every visit of the day stands here."),
            "scans": _("Nothing was scanned yet. Every badge and pass that is read stands here."),
        }
        self.nobody.say(sentences[self._tab])
        self.first.setText(_("Expect a visitor") if self._tab == "expected" else _("Visitor in"))
        self.first.setVisible(self._tab != "scans")

    def _put_first(self) -> None:
        (self.invite_wanted if self._tab == "expected" else self.check_in_wanted).emit()

    def _show_visitor(self, line: Line | None) -> None:
        held = (line.visit or line.invitation) if line else None
        if held is not None:
            self.visitor_wanted.emit(held.visitor_id)

    def _print_badges(self) -> None:
        if self._roster:
            self.badges_wanted.emit([visit.id for visit in self._roster.visits])

    def _ask_everybody_out(self) -> None:
        self.deeds.ask_everybody_out(self._roster.people if self._roster else 0)

    def _ask_to_reprint(self) -> None:
        line = self.list.open_line()
        if line is not None and line.visit is not None:
            self.deeds.ask_to_reprint(line.visit.id)

    def _cancel(self) -> None:
        line = self.list.open_line()
        if line is not None and line.invitation is not None:
            self.deeds.cancel(line.invitation)

    def _some_left(self, count: int) -> None:
        line = self.list.open_line()
        if line is not None and line.visit is not None:
            self.deeds.some_left(line.visit.id, count)


def _summary(seen: Roster) -> str:
    """How many people there are in the building, and how many are still to come."""
    inside = ngettext("{count} person inside", "{count} people inside", seen.people)
    said = [inside.format(count=number(seen.people))]
    if seen.unnamed:
        said.append(_("{count} without names").format(count=number(seen.unnamed)))
    late = sum(map(seen.is_late, seen.expected))
    if late:
        said.append(ngettext("{} is late", "{} are late", late).format(number(late)))
    return " · ".join(said)
