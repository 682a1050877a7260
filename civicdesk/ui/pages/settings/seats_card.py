"""The seats of a work area that have a name of their own, and for whom they are kept. For managers."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from civicdesk.desk import seats
from civicdesk.desk.seats import Seat
from civicdesk.errors import Refusal
from civicdesk.models import Room, WorkSeat
from civicdesk.text import _, ngettext, number
from civicdesk.ui.pages.booking.organisation_pick import OrganisationPick
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.refusal_banner import RefusalBanner


class SeatsCard(Card):
    """One row a seat; pressing one opens it in the form above the list."""

    def __init__(self, runner: Runner) -> None:
        self.new = Button("", "plus", name="seats_new")
        super().__init__(name="room_seats", action=self.new)
        self._runner = runner
        self.room: Room | None = None
        self.seat: WorkSeat | None = None
        self._seats: Sequence[Seat] = ()
        self.called = text_field("", name="seat_name")
        self._called = LabelledField("", self.called)
        self.holder = OrganisationPick(runner, name="seat_holder")
        self.banner = RefusalBanner(name="seat_banner")
        self.save = Button("", name="seat_save", role="primary")
        self.nobody = Button("", name="seat_nobody")
        self.cancel = Button("", name="seat_cancel")
        self.remove = Button("", "trash-2", name="seat_remove", role="quiet")
        self.form, self.list = Card(name="seat_form", padded=True), Card(name="seat_list")
        for part in (self.form, self.list):
            part.setProperty("kind", "column")
        self._lay()
        self.retranslate()

    def begin(self, room: Room) -> None:
        """Show another room."""
        self.room = room
        self.form.hide()

    def show_seats(self, found: Sequence[Seat]) -> None:
        """Show the seats as they are now."""
        self._seats = found
        self._title()
        rows: list[QWidget] = [self._row(each) for each in found]
        if not rows:
            words = _(
                "Seats without names are only counted. With a name one can be kept for an organisation."
            )
            rows.append(EmptyState("armchair", words, name="seats_none"))
        self.list.fill(rows)

    def write(self, found: Seat | None = None) -> None:
        """Write a seat, or a new one."""
        self.seat = found.seat if found else None
        self.banner.clear()
        self.called.setText(found.seat.name if found else self._next_name())
        self.holder.set_organisation(found.holder if found else None)
        self.nobody.setVisible(bool(found and found.holder))
        self.remove.setVisible(found is not None)
        self.form.show()
        self.called.setFocus()

    def retranslate(self) -> None:
        self._title()
        self.new.setText(_("Name a seat"))
        self._called.set_words(_("What the seat is called"))
        self.holder.say(_("Kept for (may stay empty)"))
        self.save.setText(_("Save"))
        self.nobody.setText(_("Keep it for nobody"))
        self.cancel.setText(_("Cancel"))
        self.remove.setText(_("Remove"))

    def _title(self) -> None:
        count = len(self._seats)
        words = ngettext("{} seat with a name", "{} seats with a name", count).format(number(count))
        self.set_title(words if count else _("Seats with a name"))

    def _next_name(self) -> str:
        """`A4` after `A3`: most name their seats so."""
        last = self._seats[-1].seat.name if self._seats else ""
        digits = last[len(last.rstrip("0123456789")) :]
        return f"{last[: len(last) - len(digits)]}{int(digits) + 1}" if digits else ""

    def _row(self, found: Seat) -> ListRow:
        kept = _("kept for {}").format(found.holder.name) if found.holder else _("for anybody")
        row = ListRow(found.seat.name, kept, name=f"seat_row_{found.seat.id.hex}", opens=True)
        row.clicked.connect(partial(self.write, found))
        return row

    def _lay(self) -> None:
        steps = FlowRow([self.save, self.nobody, self.cancel, self.remove])
        for part in (self.banner, self._called, self.holder.field, self.holder.matches, steps):
            self.form.add(part)
        self.add(self.form)
        self.add(self.list)
        self.form.hide()
        self.new.clicked.connect(lambda _on=False: self.write())
        self.save.clicked.connect(lambda _on=False: self._save())
        self.nobody.clicked.connect(lambda _on=False: self._save(is_for_nobody=True))
        self.cancel.clicked.connect(self.form.hide)
        self.remove.clicked.connect(lambda _on=False: self._remove())

    def _save(self, *, is_for_nobody: bool = False) -> None:
        room, seat, at, name = self.room, self.seat, self._runner.at(), self.called.text()
        if room is None:
            return
        if self.holder.is_unsettled and not is_for_nobody:
            self.banner.show_refusal(_("This organisation is not known. Choose one of the list, or nobody."))
            return
        chosen = None if is_for_nobody else self.holder.organisation
        holder_id = chosen.id if chosen else None
        if seat is None:
            self._runner.now(
                lambda session: seats.add(session, room.id, name, holder_id=holder_id, at=at),
                lambda made: self._added(made.id, made.name),
                self._refuse,
            )
        else:
            self._runner.now(
                lambda session: seats.change(session, seat.id, name=name, holder_id=holder_id, at=at),
                lambda before: self._changed(seat, before[0], before[1]),
                self._refuse,
            )

    def _added(self, seat_id: object, name: str) -> None:
        self.form.hide()
        at = self._runner.at
        self._runner.say(
            _("Saved: {}").format(name),
            undo=lambda session: seats.remove(session, seat_id, at=at()),  # type: ignore[arg-type]
        )

    def _changed(self, seat: WorkSeat, name: str, holder_id: object) -> None:
        self.form.hide()
        at = self._runner.at

        def undo(session: Session) -> object:
            return seats.change(session, seat.id, name=name, holder_id=holder_id, at=at())  # type: ignore[arg-type]

        self._runner.say(_("Saved: {}").format(self.called.text().strip()), undo=undo)

    def _remove(self) -> None:
        seat, at = self.seat, self._runner.at()
        if seat is not None:
            self._runner.now(
                lambda session: seats.remove(session, seat.id, at=at), self._removed, self._refuse
            )

    def _removed(self, seat: WorkSeat) -> None:
        self.form.hide()
        at = self._runner.at
        self._runner.say(
            _("Removed: {}").format(seat.name), undo=lambda session: seats.restore(session, seat.id, at=at())
        )

    def _refuse(self, refusal: Refusal) -> None:
        self.banner.show_refusal(str(refusal))
