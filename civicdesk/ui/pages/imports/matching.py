"""What a hand settles before rows are taken in: which column says what, and which room a word means."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.models import Room
from civicdesk.text import _
from civicdesk.ui.pages.imports.subject import FileSeen, Subject
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.card import Card, empty
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.label import label

_MOST_ROOMS = 30
_SHOWN = 28


class _MatchCard(Card):
    """A card with a sentence and one choice for each thing to settle."""

    def __init__(self, name: str) -> None:
        super().__init__(name=name, padded=True)
        self.note = label("", "second", wrap=True)
        self._rows = QWidget()
        self._column = QVBoxLayout(self._rows)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(roomy(10))
        self.add(self.note)
        self.add(self._rows)

    def _fill(self, fields: Sequence[LabelledField]) -> None:
        empty(self._column)
        for field in fields:
            self._column.addWidget(field)


class ColumnsCard(_MatchCard):
    """For each thing that can be known, the column of the table that says it."""

    changed = Signal(str, object)  # name, column or None

    def __init__(self, subject: Subject) -> None:
        super().__init__("import_columns")
        self._subject = subject

    def show_seen(self, seen: FileSeen) -> None:
        """Show how the columns of a table are understood."""
        self.set_title(_("Columns"))
        self.note.setText(self._subject.columns_note())
        lacking = seen.lacking
        self._fill([self._field(name, seen, name in lacking) for name in self._subject.columns])

    def _field(self, name: str, seen: FileSeen, is_lacking: bool) -> LabelledField:
        headers = seen.table.headers if seen.table else ()
        choices: list[tuple[object, str]] = [(None, _("Not in the file"))]
        choices += [(at, _header(header, at)) for at, header in enumerate(headers)]
        choice = ChoiceField(
            self._subject.column_words(name),
            choices,
            name=f"import_column_{name}",
            value=seen.columns.get(name),
        )
        _narrow(choice)
        choice.chosen.connect(lambda column: self.changed.emit(name, column))
        field = LabelledField(self._subject.column_words(name), choice)
        field.refuse(_("Choose the column that says this.") if is_lacking else "")
        return field


class RoomsCard(_MatchCard):
    """For each word of the file that is no room's name, the room it means."""

    changed = Signal(str, object)  # word, room id or None

    def __init__(self, subject: Subject) -> None:
        super().__init__("import_rooms")
        self._subject = subject

    def show_seen(self, seen: FileSeen) -> None:
        """Show which rooms are not sure; the card is not there when all are."""
        unsure, rooms = self._subject.unsure(seen)
        self.setVisible(bool(unsure))
        if not unsure:
            return
        self.set_title(_("Rooms"))
        self.note.setText(_("These names are not those of our rooms. Choose which room is meant."))
        self._fill(
            [
                self._field(at, place.said, place.room_id, _likely_first(rooms, place.likely))
                for at, place in enumerate(unsure[:_MOST_ROOMS])
            ]
        )

    def _field(self, at: int, said: str, value: UUID | None, rooms: Sequence[Room]) -> LabelledField:
        words = " ".join(said.split())[:80] or _("No room in the file")
        choices: list[tuple[object, str]] = [
            (None, _("Leave these out")),
            *((room.id, room.name) for room in rooms),
        ]
        choice = ChoiceField(words, choices, name=f"import_room_{at + 1}", value=value)
        _narrow(choice)
        choice.chosen.connect(lambda room: self.changed.emit(said, room))
        return LabelledField(words, choice)


def _header(header: str, at: int) -> str:
    words = " ".join(header.split())
    return (words if len(words) <= _SHOWN else f"{words[:_SHOWN]}…") or _("Column {}").format(at + 1)


def _likely_first(rooms: Sequence[Room], likely: UUID | None) -> list[Room]:
    return sorted(rooms, key=lambda room: room.id != likely)


def _narrow(choice: ChoiceField) -> None:
    """A name may be long."""
    choice.setSizeAdjustPolicy(ChoiceField.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
    choice.setMinimumContentsLength(8)
