"""What is counted and lent with the rooms: in one room for good, or carried to where it is wanted."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from uuid import UUID

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from civicdesk.desk import furnishing
from civicdesk.errors import Refusal
from civicdesk.models import Equipment, Room
from civicdesk.text import _, number
from civicdesk.ui.pages.settings.in_the_way import InTheWay
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.stepper import Stepper

_SHOWN = 100
_CARRIED = ""


class EquipmentCard(Card):
    """The pieces of one place; pressing one opens it in the form above the list."""

    def __init__(self, runner: Runner, *, name: str) -> None:
        self.new = Button("", "plus", name=f"{name}_new")
        super().__init__(name=name, action=self.new)
        self._runner, self._name = runner, name
        self._rooms: Sequence[Room] = ()
        self.room: Room | None = None
        self.piece: Equipment | None = None
        self.what = text_field("", name=f"{name}_what")
        self.count = Stepper("", name=f"{name}_count", highest=furnishing.MOST_PIECES)
        self.place = ChoiceField("", name=f"{name}_place")
        self.banner, self.in_the_way = RefusalBanner(name=f"{name}_banner"), InTheWay(f"{name}_in_the_way")
        self.save = Button("", name=f"{name}_save", role="primary")
        self.cancel = Button("", name=f"{name}_cancel")
        self.remove = Button("", "trash-2", name=f"{name}_remove", role="quiet")
        self._fields = {part: LabelledField("", part) for part in (self.what, self.count, self.place)}
        self.form = Card(name=f"{name}_form", padded=True)
        self.form.setProperty("kind", "column")
        self.list = Card(name=f"{name}_list")
        self.list.setProperty("kind", "column")
        self._lay()
        self.retranslate()

    def begin(self, room: Room | None) -> None:
        """Show another place; None is what is carried about."""
        self.room = room
        self.form.hide()
        self.retranslate()

    def show_pieces(self, pieces: Sequence[Equipment], rooms: Sequence[Room]) -> None:
        """Show what stands there now."""
        self._rooms = rooms
        self.place.set_choices(self._places())
        rows: list[QWidget] = [self._row(piece) for piece in pieces[:_SHOWN]]
        if not rows:
            words = _("Nothing is counted here yet.")
            rows.append(EmptyState("package", words, name=f"{self._name}_none"))
        self.list.fill(rows)

    def write(self, piece: Equipment | None = None) -> None:
        """Write a piece of equipment, or a new one."""
        self.piece = piece
        self.banner.clear()
        self.in_the_way.clear()
        here = self.room.id.hex if self.room else _CARRIED
        self.what.setText(piece.name if piece else "")
        self.count.set_value(piece.count if piece else 1)
        self.place.set_value(piece.room_id.hex if piece and piece.room_id else _CARRIED if piece else here)
        self.remove.setVisible(piece is not None)
        self.form.show()
        self.what.setFocus()

    def retranslate(self) -> None:
        self.set_title(_("Equipment of this room") if self.room else _("Equipment that is carried about"))
        self.new.setText(_("Add equipment"))
        self._fields[self.what].set_words(_("What it is"))
        self._fields[self.count].set_words(_("How many"))
        self._fields[self.place].set_words(_("Where it stands"))
        self.place.set_choices(self._places())
        self.save.setText(_("Save"))
        self.cancel.setText(_("Cancel"))
        self.remove.setText(_("Remove"))

    def _lay(self) -> None:
        fields = [self._fields[part] for part in (self.what, self.count, self.place)]
        for part in (
            self.banner,
            self.in_the_way,
            FlowRow(fields, spacing=12, grow=True),
            FlowRow([self.save, self.cancel, self.remove]),
        ):
            self.form.add(part)
        self.add(self.form)
        self.add(self.list)
        self.form.hide()
        self.new.clicked.connect(lambda _on=False: self.write())
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self.form.hide)
        self.remove.clicked.connect(self._remove)

    def _places(self) -> list[tuple[object, str]]:
        return [
            (_CARRIED, _("carried to where it is wanted")),
            *((room.id.hex, room.name) for room in self._rooms),
        ]

    def _row(self, piece: Equipment) -> ListRow:
        name = f"{self._name}_row_{piece.id.hex}"
        row = ListRow(piece.name, "", name=name, note=number(piece.count), opens=True)
        row.clicked.connect(partial(self.write, piece))
        return row

    def _save(self) -> None:
        at, piece, place = self._runner.at(), self.piece, str(self.place.value() or _CARRIED)
        said: furnishing.Piece = {
            "name": self.what.text(),
            "count": self.count.value(),
            "room_id": UUID(place) if place else None,
        }

        def do(session: Session) -> Equipment:
            if piece is None:
                return furnishing.add(session, at=at, **said)
            return furnishing.change(session, piece.id, at=at, **said)

        self._runner.now(do, then=self._saved, refused=self._refuse)

    def _saved(self, piece: Equipment) -> None:
        before, at = self.piece, self._runner.at
        self.form.hide()

        def undo(session: Session) -> object:
            if before is None:
                return furnishing.remove(session, piece.id, at=at())
            was: furnishing.Piece = {"name": before.name, "count": before.count, "room_id": before.room_id}
            return furnishing.change(session, piece.id, at=at(), **was)

        self._runner.say(_("Saved: {}").format(piece.name), undo=undo)

    def _remove(self) -> None:
        at, piece = self._runner.at(), self.piece
        if piece is not None:
            self._runner.now(
                lambda session: furnishing.remove(session, piece.id, at=at),
                then=self._removed,
                refused=self._refuse,
            )

    def _removed(self, piece: Equipment) -> None:
        self.form.hide()
        at = self._runner.at
        self._runner.say(
            _("Removed: {}").format(piece.name),
            undo=lambda session: furnishing.restore(session, piece.id, at=at()),
        )

    def _refuse(self, refusal: Refusal) -> None:
        """Say why not, and list the bookings that want it."""
        self.banner.show_refusal(str(refusal))
        self.in_the_way.clear()
        at, piece = self._runner.at(), self.piece
        if refusal.reason == "equipment_promised" and piece is not None:
            self._runner.read(
                lambda session: furnishing.wanted_by(session, piece.id, at=at),
                then=self.in_the_way.show_bookings,
            )
