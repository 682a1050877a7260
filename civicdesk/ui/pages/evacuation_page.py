"""Everyone who must come out of the building, to be ticked off at the assembly point."""

from __future__ import annotations

from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.database import Changes
from civicdesk.desk import evacuation
from civicdesk.errors import Refusal
from civicdesk.models import HeadCount, Muster, MusterMark, Room, Visit, Visitor
from civicdesk.text import _, clock
from civicdesk.ui.pages.evacuation_lines import Line, Wanted, lines, places
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import BendingHead
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.counter import Counter
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.roll_list import RollList
from civicdesk.ui.widgets.touch import TouchScrollArea

_MARGIN = 20
_SURE_MS = 5_000


class EvacuationPage(Page):
    """The list with a round to tap for each person; it works without signing in."""

    watches: ClassVar[Changes] = frozenset({Visit, Visitor, HeadCount, Muster, MusterMark, Room})
    list_wanted = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("evacuation_page")
        self._roll: evacuation.Roll | None = None
        self._make_head()
        self._make_filters()
        self.counters = [Counter(f"evacuation_{name}") for name in ("total", "missing", "safe", "unnamed")]
        self.banner = RefusalBanner(name="evacuation_banner")
        self.list = RollList(name="evacuation_list")
        self.nobody = EmptyState("circle-check", "", name="evacuation_nobody", tone="ok")
        self._sure = QTimer(self, singleShot=True)
        # `interval=` fails in a Turkish locale: Qt looks for a setter with İ
        self._sure.setInterval(_SURE_MS)
        self._build()
        self._connect()
        self.retranslate()

    def _make_head(self) -> None:
        self.back = IconButton("arrow-left", "", name="evacuation_back")
        self.title = label("", "title")
        self.second = label("", "second", wrap=True)
        self.print = Button("", "printer", name="evacuation_print")
        self.drill = Button("", "presentation", name="evacuation_drill")
        self.start = Button("", "siren", name="evacuation_start", role="danger")
        self.end = Button("", "square-check", name="evacuation_end")

    def _make_filters(self) -> None:
        self.search = text_field("", name="evacuation_search", icon="search")
        self.search.setClearButtonEnabled(True)
        self.place = ChoiceField("", name="evacuation_place")
        self.only_missing = Button("", name="evacuation_only_missing", role="pill")
        self.only_missing.setCheckable(True)
        self.unlisted = text_field("", name="evacuation_unlisted")
        self.add = Button("", "user-plus", name="evacuation_add")

    def _build(self) -> None:
        content = QWidget()
        self._whole = QVBoxLayout(content)
        self._whole.setContentsMargins(_MARGIN, 12, _MARGIN, 12)
        self._whole.setSpacing(10)
        self._head = BendingHead(
            self.back, self.title, self.second, [self.print, self.drill, self.start, self.end]
        )
        self._whole.addLayout(self._head)
        self._whole.addWidget(self.banner)
        self._whole.addWidget(FlowRow(self.counters, spacing=12, grow=True))
        self._whole.addWidget(FlowRow([self.search, self.place, self.only_missing, self.unlisted, self.add]))
        self._whole.addWidget(self._list_card(), 1)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(TouchScrollArea(content))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._lay_out)  # once the pieces have grown or shrunk

    def _lay_out(self) -> None:
        self._head.fit(self.width())
        for field, width in ((self.search, 300), (self.unlisted, 260), (self.place, 200)):
            field.setMinimumWidth(roomy(width))
        for button in (self.only_missing, self.add):
            button.setMinimumHeight(self.search.sizeHint().height())

    def _list_card(self) -> Card:
        card = Card(name="evacuation_card")
        card.setMinimumHeight(roomy(260))
        card.add(self.list, 1)
        card.add(self.nobody, 1)
        return card

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.print.clicked.connect(self.list_wanted)
        self.start.clicked.connect(lambda: self._begin(is_drill=False))
        self.drill.clicked.connect(lambda: self._begin(is_drill=True))
        self.end.clicked.connect(self._end)
        self._sure.timeout.connect(self._show_state)
        self.list.ticked.connect(self._tick)
        self.search.textChanged.connect(self._show_lines)
        self.place.chosen.connect(self._show_lines)
        self.only_missing.toggled.connect(self._show_lines)
        self.unlisted.returnPressed.connect(self._add)
        self.add.clicked.connect(self._add)

    def retranslate(self) -> None:
        self.title.setText(_("Evacuation list"))
        self.back.say(_("Back"))
        self.print.setText(_("Print the list"))
        self.drill.setText(_("Start a drill"))
        self.start.setText(_("Start evacuation"))
        for counter, words in zip(
            self.counters,
            (_("inside"), _("Not seen yet"), _("Safe"), _("Without a name")),
            strict=True,
        ):
            counter.set_caption(words)
        self._name_field(self.search, _("Search name, badge number, host"))
        self._name_field(self.unlisted, _("Somebody not on the list: name"))
        self.place.setAccessibleName(_("Zone or room"))
        self.only_missing.setText(_("Only who is missing"))
        self.add.setText(_("Add"))
        self.list.setAccessibleName(_("Evacuation list"))
        self._show_state()

    def _name_field(self, field: QWidget, words: str) -> None:
        field.setAccessibleName(words)
        field.setProperty("placeholderText", words)

    def refresh(self) -> None:
        self.runner.read(partial(evacuation.roll, at=self.runner.at()), self._show)

    def _show(self, roll: evacuation.Roll) -> None:
        self._roll = roll
        total, missing, safe, unnamed = self.counters
        total.show_count(roll.total)
        missing.show_count(roll.missing, "bad" if roll.muster and roll.missing else "")
        safe.show_count(_safe(roll), "ok" if _safe(roll) else "")
        unnamed.show_count(sum(each.people for each in roll.unnamed), "info" if roll.unnamed else "")
        chosen = self.place.value()
        self.place.set_choices([(None, _("All zones and rooms")), *places(roll)])
        self.place.set_value(chosen)
        self._show_state()
        self._show_lines()

    def _show_state(self) -> None:
        """What runs, and what can be done about it."""
        muster = self._roll.muster if self._roll else None
        self._sure.stop()
        self.end.setVisible(muster is not None)
        self.start.setVisible(muster is None)
        self.drill.setVisible(muster is None)
        self.end.set_role("plain")
        if muster is None:
            self.second.setText(_("Start an evacuation or a drill, then tap each person who is safe."))
            set_tone(self.second, "")
            return
        self.end.setText(_("End the drill") if muster.is_drill else _("End the evacuation"))
        words = _("Drill, begun {time}") if muster.is_drill else _("Evacuation, begun {time}")
        tap = _("Tap each person who is safe; tap again to take it back.")
        self.second.setText(f"{words.format(time=clock(muster.started_at))} · {tap}")
        set_tone(self.second, "warn" if muster.is_drill else "bad")

    def _show_lines(self) -> None:
        if self._roll is None:
            return
        place = self.place.value()
        wanted = Wanted(
            self.search.text(),
            place if isinstance(place, str | UUID) else None,
            self.only_missing.isChecked(),
        )
        found = lines(self._roll, wanted)
        self.list.show_lines(found)
        self.list.setVisible(bool(found))
        self.nobody.setVisible(not found)
        self.nobody.say(self._nothing(wanted))

    def _nothing(self, wanted: Wanted) -> str:
        if wanted == Wanted():
            return _("Nobody is recorded as being inside.")
        if wanted == Wanted(only_missing=True):
            return _("Everyone with a name was seen safe.")
        return _("Nobody on the list fits. Search for less, or choose all rooms.")

    def _begin(self, *, is_drill: bool) -> None:
        self.banner.clear()
        self.runner.now(partial(evacuation.begin, at=self.runner.at(), is_drill=is_drill))

    def _end(self) -> None:
        """The first tap asks, the second ends it."""
        muster = self._roll.muster if self._roll else None
        if muster is None:
            return
        if not self._sure.isActive():
            self.end.setText(_("Really end it?"))
            self.end.set_role("danger")
            self._sure.start()
            return
        self._sure.stop()
        at = self.runner.at()
        self.runner.now(
            partial(evacuation.end, muster_id=muster.id, at=at),
            lambda _muster: self.runner.say(
                _("It has ended."), undo=partial(evacuation.resume, muster_id=muster.id, at=at)
            ),
        )

    def _tick(self, line: Line) -> None:
        muster = self._roll.muster if self._roll else None
        if muster is None:
            self._ask_to_begin()
        elif line.visit_id is not None:
            self.banner.clear()
            self.runner.now(
                partial(
                    evacuation.mark,
                    muster_id=muster.id,
                    visit_id=line.visit_id,
                    is_safe=not line.is_safe,
                    at=self.runner.at(),
                )
            )

    def _ask_to_begin(self) -> None:
        self.banner.show_refusal(
            _("Nothing is running. What is it?"),
            (_("Evacuation"), partial(self._begin, is_drill=False)),
            (_("Drill"), partial(self._begin, is_drill=True)),
            tone="warn",
        )

    def _add(self) -> None:
        muster = self._roll.muster if self._roll else None
        if muster is None:
            self._ask_to_begin()
            return
        self.runner.now(
            partial(
                evacuation.add_unlisted,
                muster_id=muster.id,
                name=self.unlisted.text(),
                at=self.runner.at(),
            ),
            lambda _mark: self._added(),
            self._refused,
        )

    def _added(self) -> None:
        self.banner.clear()
        self.unlisted.clear()

    def _refused(self, refusal: Refusal) -> None:
        self.banner.show_refusal(str(refusal))
        self.unlisted.setFocus()


def _safe(roll: evacuation.Roll) -> int:
    """Everyone seen safe: of the list, of those taken as left, and those who were on no list."""
    known = (*roll.people, *roll.presumed_left)
    return sum(visit.people for visit in known if visit.id in roll.safe) + len(roll.added)
