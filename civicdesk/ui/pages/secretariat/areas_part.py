"""The work areas: how full each is, who sits there, and a seat by scan or by tap."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from civicdesk.desk import seat_scans, visits, work_areas
from civicdesk.desk.seat_scans import SeatAnswer, Seated
from civicdesk.desk.work_areas import Area, Place, Sitting
from civicdesk.errors import Refusal
from civicdesk.models import SeatStay, Visit, WorkSeat
from civicdesk.text import _, fold, language, ngettext, number
from civicdesk.ui.pages.checkin.picks import Pick, PickGrid
from civicdesk.ui.pages.secretariat.part import MOST, Part, fill
from civicdesk.ui.pages.settings.section import Tick
from civicdesk.ui.paper_state import since_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.avatar import Avatar
from civicdesk.ui.widgets.button import BigButton, Button
from civicdesk.ui.widgets.card import Card, empty
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.meter import Meter
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.tone_icon import ToneIcon

_MATCHES = 4
_LEAST_LETTERS = 2


class AreasPart(Part):
    """One area at a time: one more or less by tap, a name by a few letters, a badge while that is switched on."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "areas")
        self._said: object = None
        self._areas: list[Area] = []
        self._inside: Sequence[Visit] = []
        self._found: list[Visit] = []
        self.which = Segmented([], name="area_which", spoken="")
        self.free, self.meter = label("", "figure"), Meter(name="area_meter")
        self.said = label("", "second", wrap=True)
        self.more = BigButton("", "plus", name="area_more", role="primary")
        self.less = BigButton("", "minus", name="area_less")
        self.name = text_field("", name="area_name", icon="search")
        self.name_field = LabelledField("", self.name)
        self.matches = PickGrid(name="area_match", most=_MATCHES, width=330)
        self.scans = Tick(name="area_scans")
        self._seats = QVBoxLayout()
        self.list = Card(name="area_sittings")
        self._lay_out()
        self.retranslate()

    @property
    def takes_scans(self) -> bool:
        """Whether a badge that is read now is given a seat."""
        return self.scans.isChecked() and self.area is not None

    @property
    def area(self) -> Area | None:
        """The area that is shown."""
        chosen = self.which.value()
        found = (area for area in self._areas if area.room.id == chosen)
        return next(found, self._areas[0] if self._areas else None)

    def retranslate(self) -> None:
        self.which.setAccessibleName(_("Work areas"))
        self.more.setText(_("One more person"))
        self.less.setText(_("One got up"))
        self.name_field.set_words(_("Seat somebody who is inside, by name"))
        self.scans.say(_("Badges that are scanned now get a seat here"))
        self._said = None

    def refresh(self) -> None:
        self.runner.read(self._look, self._show)

    def seat_badge(self, code: str, raw: str = "", device: str = "keyboard") -> None:
        """A badge was read: whoever wears it sits down, or gets up."""
        area, at = self.area, self.runner.at()
        if area is not None:
            self.banner.clear()
            room_id = area.room.id
            self.runner.now(
                lambda session: seat_scans.scan(session, code, room_id, at=at, raw=raw, device=device),
                then=self._seated_by_badge,
                refused=self.refuse,
            )

    def _look(self, session: Session) -> tuple[list[Area], Sequence[Visit]]:
        return work_areas.areas(session), visits.inside(session)

    def _show(self, seen: tuple[list[Area], Sequence[Visit]]) -> None:
        self._areas, self._inside = seen
        choices = [(area.room.id, area.room.name) for area in self._areas]
        if choices != getattr(self, "_choices", None):
            self._choices = choices
            self.which.set_choices(choices)
            self.which.setVisible(len(choices) > 1)
        if self.which.value() is None and choices:
            self.which.set_value(choices[0][0])
        self._show_area()

    def _show_area(self) -> None:
        area = self.area
        has = area is not None
        for part in (self.free, self.meter, self.said, self.more, self.less, self.name_field, self.scans):
            part.setVisible(has)
        keys = [(each.stay.id, each.stay.people) for each in area.sittings] if area else []
        said = language(), area and (area.room.id, area.room.capacity), keys
        if said == self._said:
            return
        self._said = said
        if area is None:
            self._say_none()
            return
        self.form.set_title(area.room.name)
        self._show_figures(area)
        self._show_seats(area)
        rows: list[QWidget] = [self._row(each) for each in area.sittings[:MOST]]
        if not rows:
            sentence = _("Nobody sits here. Tap One more person, scan a badge or write a name.")
            rows = [EmptyState("armchair", sentence, name="area_nobody")]
        count = ngettext("{} sits here", "{} sit here", area.taken).format(number(area.taken))
        self.list.set_title(count if area.taken else "")
        fill(self.list, rows, len(area.sittings) - MOST)

    def _say_none(self) -> None:
        self.form.set_title(_("Work areas"))
        self.list.set_title("")
        empty(self._seats)
        sentence = _("There is no work area yet. Managers make one of a room in the settings, under Rooms.")
        fill(self.list, [EmptyState("armchair", sentence, name="area_none")])

    def _show_figures(self, area: Area) -> None:
        free, whole = area.free, area.room.capacity
        words = ngettext("{free} of {whole} seat is free", "{free} of {whole} seats are free", free)
        self.free.setText(words.format(free=number(free), whole=number(whole)))
        tone = "ok" if free > whole // 5 else "warn" if free else "bad"
        self.meter.say(area.taken, whole, tone=tone, spoken=self.free.text())
        named = ngettext("{} by name", "{} by name", area.taken - area.unnamed)
        counted = ngettext("{} counted", "{} counted", area.unnamed)
        said = (named.format(number(area.taken - area.unnamed)), counted.format(number(area.unnamed)))
        self.said.setText(" · ".join(said))
        self.less.setEnabled(area.unnamed > 0)

    def _show_seats(self, area: Area) -> None:
        """Seats with a name of their own: a free one is taken by a tap, a taken one is left by a tap."""
        empty(self._seats)
        taken = {each.stay.seat_id: each for each in area.sittings if each.stay.seat_id}
        pills: list[Button] = []
        for seat in area.seats:
            pill = Button(seat.name, name=f"area_seat_{seat.id.hex}", role="pill")
            sitting = taken.get(seat.id)
            pill.setCheckable(True)
            pill.setChecked(sitting is not None)
            state = _("taken") if sitting else _("free")
            kept = _("kept for {}").format(area.kept[seat.id]) if seat.id in area.kept else ""
            pill.setAccessibleName(f"{seat.name}: {', '.join(filter(None, (state, kept)))}")
            pill.setToolTip(kept)
            pill.clicked.connect(partial(self._tap_seat, seat, sitting))
            pills.append(pill)
        if pills:
            self._seats.addWidget(FlowRow(pills))

    def _row(self, sitting: Sitting) -> ListRow:
        stay, visit = sitting.stay, sitting.visit
        lead: QWidget
        if visit is not None:
            name, lead = visit.visitor.name, Avatar(visit.visitor.name)
        else:
            words = ngettext("{} person, counted", "{} people, counted", stay.people)
            name, lead = words.format(number(stay.people)), ToneIcon("user", "info", size=40)
        second = [
            sitting.seat.name if sitting.seat else "",
            sitting.organisation.name if sitting.organisation else "",
        ]
        second.append(_("seated {}").format(since_words(stay.since_at, self.runner.at())))
        button = Button(_("Got up"), name=f"area_up_{stay.id.hex}")
        button.setAccessibleName(_("{} got up").format(name))
        row = ListRow(
            name, " · ".join(filter(None, second)), name=f"sitting_{stay.id.hex}", lead=lead, button=button
        )
        row.action_wanted.connect(partial(self._get_up, stay.id, name))
        return row

    def _one_more(self, _on: bool = False) -> None:
        if area := self.area:
            self._sit(Place(room_id=area.room.id), "")

    def _one_less(self, _on: bool = False) -> None:
        if area := self.area:
            room_id, at = area.room.id, self.runner.at()
            self._do(lambda session: work_areas.one_left(session, room_id, at=at))

    def _tap_seat(self, seat: WorkSeat, sitting: Sitting | None, _on: bool = False) -> None:
        self._said = None  # the pill has turned by itself; what is true is shown anew
        if sitting is not None:
            self._get_up(sitting.stay.id, seat.name)
        else:
            self._sit(Place(room_id=seat.room_id, seat_id=seat.id), seat.name)

    def _sit(self, place: Place, name: str) -> None:
        self.banner.clear()
        at = self.runner.at()
        self.runner.now(
            lambda session: work_areas.sit(session, place, at=at),
            then=lambda stay: self._seated(stay, name),
            refused=self._refused,
        )

    def _seated(self, stay: SeatStay, name: str) -> None:
        if name:
            at, stay_id = self.runner.at, stay.id
            self.runner.say(
                _("{} has a seat.").format(name),
                undo=lambda session: work_areas.leave(session, stay_id, at=at()),
            )
        self.refresh()

    def _seated_by_badge(self, answer: SeatAnswer) -> None:
        if not answer.result.is_good:
            self.banner.show_refusal(answer.sentence, tone="warn")
        elif answer.stay is not None and answer.result is not Seated.SEAT_REPEAT:
            at, stay_id = self.runner.at, answer.stay.id
            undo = work_areas.leave if answer.result is Seated.SEATED else work_areas.sit_again
            self.runner.say(answer.sentence, undo=lambda session: undo(session, stay_id, at=at()))
        self.refresh()

    def _get_up(self, stay_id: UUID, name: str) -> None:
        at = self.runner.at
        self.runner.now(
            lambda session: work_areas.leave(session, stay_id, at=at()),
            then=lambda _done: self.runner.say(
                _("{} got up.").format(name),
                undo=lambda session: work_areas.sit_again(session, stay_id, at=at()),
            ),
            refused=self._refused,
        )

    def _do(self, deed: Callable[[Session], object]) -> None:
        self.banner.clear()
        self.runner.now(deed, then=lambda _done: self.refresh(), refused=self._refused)

    def _refused(self, refusal: Refusal) -> None:
        self.refuse(refusal)
        self.refresh()

    def _typed(self, typed: str) -> None:
        """Those inside who do not sit here yet, by the letters of their names."""
        wanted, area = fold(typed), self.area
        self._found = []
        if area is not None and len(wanted) >= _LEAST_LETTERS:
            here = {each.stay.visit_id for each in area.sittings}
            words = wanted.split()
            self._found = [
                visit
                for visit in self._inside
                if visit.id not in here and all(word in visit.visitor.folded for word in words)
            ][:_MATCHES]
        self.matches.offer(
            [Pick(visit.visitor.name, visit.host.name if visit.host else "") for visit in self._found]
        )

    def _picked(self, place: int) -> None:
        if place < len(self._found) and (area := self.area):
            visit = self._found[place]
            self.name.clear()
            self._typed("")
            self._sit(Place(room_id=area.room.id, visit_id=visit.id), visit.visitor.name)

    def _lay_out(self) -> None:
        self.form.add(self.which)
        for part in (self.free, self.meter, self.said):
            self.form.add(part)
        self.form.add(FlowRow([self.more, self.less], 12, grow=True))
        self.form.body.addLayout(self._seats)
        self.form.add(self.name_field)
        self.form.add(self.matches)
        self.form.add(self.scans)
        self.lists.addWidget(self.list)
        self.lists.addStretch(1)
        self.which.chosen.connect(lambda _key: self._show_area())
        self.more.clicked.connect(self._one_more)
        self.less.clicked.connect(self._one_less)
        self.name.textEdited.connect(self._typed)
        self.name.returnPressed.connect(lambda: self._picked(0))
        self.matches.picked.connect(self._picked)
