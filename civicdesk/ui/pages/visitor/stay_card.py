"""Whether a visitor is inside now, and what can be done about it."""

from __future__ import annotations

from datetime import datetime

from PySide6.QtCore import Signal

from civicdesk.desk.visitors import Profile
from civicdesk.models import Visit
from civicdesk.text import _, clock, day, local, ngettext
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card, rule
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.stepper import Stepper
from civicdesk.ui.words import needs_words, reason_words


class StayCard(Card):
    """The stay under way, or the last one: since when, where, with how many, and its badge."""

    reprint_wanted = Signal()
    undo_wanted = Signal()
    people_changed = Signal(int)  # how many there are
    some_left = Signal(int)  # how many of them left early

    def __init__(self) -> None:
        super().__init__(name="stay_card", padded=True)
        self._visit: Visit | None = None
        self.state, self.since = Pill(""), label("", "strong", wrap=True)
        self.where, self.why = label("", "body", wrap=True), label("", "second", wrap=True)
        self.stepper = Stepper("", name="stay_people", highest=500)
        self.people_field = LabelledField("", self.stepper)
        self.left_early = Button("", "log-out", name="left_early")
        self.put_right = Button("", "pencil", name="put_people_right")
        self.steps = FlowRow([self.left_early, self.put_right])
        self.reprint = Button("", "printer", name="reprint_badge")
        self.undo = Button("", "undo-2", name="undo_check_out")
        self.parting = rule()
        for row in (FlowRow([self.state]), self.since, self.where, self.why, self.parting):
            self.add(row)
        for part in (self.people_field, self.steps, self.reprint, self.undo):
            self.add(part)
        self.body.addStretch(1)
        self._connect()
        self.retranslate()

    def _connect(self) -> None:
        self.stepper.value_changed.connect(lambda _people: self._offer_steps())
        self.put_right.clicked.connect(lambda _on=False: self.people_changed.emit(self.stepper.value()))
        self.left_early.clicked.connect(lambda _on=False: self.some_left.emit(self._fewer()))
        self.reprint.clicked.connect(lambda _on=False: self.reprint_wanted.emit())
        self.undo.clicked.connect(lambda _on=False: self.undo_wanted.emit())

    def show_stay(self, profile: Profile, at: datetime) -> None:
        """The stay of this visitor at this moment."""
        visit = profile.open_visit or profile.last
        is_inside = visit is not None and visit.is_open
        self._visit = visit
        self._say(visit)
        for part in (self.parting, self.people_field, self.steps, self.reprint):
            part.setVisible(is_inside)
        self.undo.setVisible(not is_inside and profile.left_today(at) is not None)
        if visit is not None:
            self.stepper.set_value(visit.people)
        self._offer_steps()

    def retranslate(self) -> None:
        self.people_field.set_words(_("Number of people"))
        self.put_right.setText(_("Correct the number"))
        self.reprint.setText(_("Reprint badge"))
        self.undo.setText(_("Undo check-out"))
        self._offer_steps()

    def dress(self) -> None:
        super().dress()
        self.body.setSpacing(roomy(10))

    def _say(self, visit: Visit | None) -> None:
        if visit is None:
            self.state.show_as(_("not inside"), "")
            self._words(_("No visit yet"), "", "")
            return
        self.state.show_as(*_state(visit))
        needs = needs_words(visit.needs)
        number = _("badge {number}").format(number=visit.number)
        self._words(
            _since(visit),
            " · ".join(place.name for place in (visit.host, visit.room) if place),
            " · ".join(filter(None, (reason_words(visit.reason), number, needs, visit.note))),
        )

    def _words(self, *lines: str) -> None:
        for shown, words in zip((self.since, self.where, self.why), lines, strict=True):
            shown.setText(words)
            shown.setVisible(bool(words))

    def _fewer(self) -> int:
        return self._visit.people - self.stepper.value() if self._visit else 0

    def _offer_steps(self) -> None:
        """Another number than the one kept: either some went, or it was wrong from the start."""
        fewer = self._fewer()
        self.put_right.setVisible(fewer != 0)
        self.left_early.setVisible(fewer > 0)
        self.left_early.setText(
            ngettext("{count} person left early", "{count} people left early", fewer).format(count=fewer)
        )


def _state(visit: Visit) -> tuple[str, str, str]:
    if visit.is_open:
        return _("inside"), "ok", "circle-check"
    return _("not inside"), "", "log-out"


def _since(visit: Visit) -> str:
    if visit.is_open:
        return _("Inside since {time}").format(time=clock(visit.arrived_at))
    on = day(local(visit.arrived_at).date(), "d MMMM yyyy")
    return _("Last visit: {day}").format(day=on)
