"""The secretariat: messages for the organisations, what they were lent, and the seats of the work areas."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout

from civicdesk import codes
from civicdesk.database import Changes
from civicdesk.models import (
    Loan,
    MessageMove,
    Organisation,
    PhoneMessage,
    Room,
    SeatStay,
    Visit,
    WorkSeat,
)
from civicdesk.text import _
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.secretariat.areas_part import AreasPart
from civicdesk.ui.pages.secretariat.loans_part import LoansPart
from civicdesk.ui.pages.secretariat.messages_part import MessagesPart
from civicdesk.ui.pages.secretariat.part import Part
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.segmented import Segmented


class SecretariatPage(Page):
    """Three tabs; the one that is open looks again when its tables change."""

    watches: ClassVar[Changes] = frozenset(
        {Loan, MessageMove, Organisation, PhoneMessage, Room, SeatStay, Visit, WorkSeat}
    )

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("secretariat_page")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.tabs = Segmented([], name="secretariat_tab", spoken="", joined=True)
        self.messages, self.loans, self.areas = MessagesPart(runner), LoansPart(runner), AreasPart(runner)
        self.parts: dict[str, Part] = {"messages": self.messages, "loans": self.loans, "areas": self.areas}
        self._stack = QStackedWidget()
        self._build()
        self.retranslate()
        self.show_tab("messages")

    def show_tab(self, tab: str) -> None:
        """Open one of messages, loans and areas."""
        self.tabs.set_value(tab)
        self._stack.setCurrentWidget(self.parts[tab])
        self._say_second()
        self.refresh_now()

    def take_scan(self, text: str, raw: str = "", device: str = "keyboard") -> bool:
        """A code was read: while the work areas ask for badges, one gets a seat here and nowhere else anything."""
        parsed = codes.parse(text)
        is_badge = isinstance(parsed, codes.Code) and parsed.kind is codes.Kind.BADGE
        if not (is_badge and self.isVisible() and self.part is self.areas and self.areas.takes_scans):
            return False
        assert isinstance(parsed, codes.Code)
        self.areas.seat_badge(parsed.text, raw, device)
        return True

    @property
    def part(self) -> Part:
        """The tab that is open."""
        return self.parts[str(self.tabs.value() or "messages")]

    def refresh(self) -> None:
        self.part.refresh()

    def tick(self) -> None:
        self.refresh_now()

    def retranslate(self) -> None:
        self.title.setText(_("Secretariat"))
        choices = [("messages", _("Messages")), ("loans", _("Loans")), ("areas", _("Work areas"))]
        self.tabs.set_choices(choices)
        self.tabs.setAccessibleName(_("Secretariat"))
        for part in self.parts.values():
            part.retranslate()
        self._say_second()

    def _say_second(self) -> None:
        said = {
            "messages": _("calls for the organisations, passed on at their next visit or pickup"),
            "loans": _("keys, equipment, copies, and when they are back"),
            "areas": _("who sits in the work areas, and how many seats are free"),
        }
        self.second.setText(said[str(self.tabs.value() or "messages")])

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.second)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addLayout(words, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 20, 20, 20)
        page.setSpacing(14)
        page.addLayout(head)
        page.addWidget(FlowRow([self.tabs]))
        page.addWidget(self._stack, 1)
        for part in self.parts.values():
            self._stack.addWidget(part)
        self.tabs.chosen.connect(lambda tab: self.show_tab(str(tab)))
