"""Which box and which phone lines an organisation has."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal

from civicdesk.desk import boxes, identifiers
from civicdesk.desk.belongings import Belongings
from civicdesk.errors import Refusal
from civicdesk.models import Line
from civicdesk.text import _
from civicdesk.ui.pages.member.form_card import FormCard
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow


class PlaceForm(FormCard):
    """The number of the box, with some that are free; a new line; and the lines there are, to be taken back."""

    line_back_wanted = Signal(object)  # line id

    def __init__(self) -> None:
        super().__init__("place_form")
        digits, dial = Qt.InputMethodHint.ImhDigitsOnly, Qt.InputMethodHint.ImhDialableCharactersOnly
        self.box = text_field("", name="place_box", hints=digits)
        self.box_row = LabelledField("", self.box)
        self.free = FlowRow()
        self.phone = text_field("", name="place_phone", hints=dial)
        self.extension = text_field("", name="place_extension", hints=dial)
        self.phone_row = LabelledField("", self.phone)
        self.extension_row = LabelledField("", self.extension)
        self.lines = FlowRow()
        for part in (self.phone_row, self.extension_row):
            part.setMinimumWidth(240)
        self.add(self.box_row)
        self.add(self.free)
        self.add_row(self.phone_row, self.extension_row)
        self.add(self.lines)
        self.add_buttons()
        self.by_reason = {
            "no_box": self.box_row,
            "box_taken": self.box_row,
            "line_taken": self.phone_row,
            "long_number": self.phone_row,
        }
        self.enter_saves([self.box_row, self.phone_row, self.extension_row])
        self.retranslate()

    def show_place(self, has: Belongings, free: Sequence[int]) -> None:
        """Show what the organisation has, and some boxes that are free."""
        self.box.setText(str(has.boxes[0].number) if has.boxes else "")
        self.phone.clear()
        self.extension.clear()
        _fill(self.free, [self._offer(number) for number in free])
        _fill(self.lines, [self._taken_back(line) for line in has.lines])
        self.box.setFocus()

    def wanted(self) -> int | None:
        """The box that is written; None for none. Refuses `no_box`."""
        said = self.box.text().strip()
        number = boxes.box_number(said)
        if said and number is None:
            raise Refusal("no_box", _("Write the number of a box."))
        return number

    def retranslate(self) -> None:
        super().retranslate()
        self.box_row.set_words(_("Box number (empty for none)"))
        self.phone_row.set_words(_("New phone line (optional)"))
        self.extension_row.set_words(_("Extension (optional)"))

    def _offer(self, number: int) -> Button:
        words = _("Box {} is free").format(number)
        button = Button(words, name=f"place_free_{number}", role="pill")
        button.clicked.connect(lambda _on=False: self.box.setText(str(number)))
        return button

    def _taken_back(self, line: Line) -> Button:
        words = _("Take {} back").format(line_words(line))
        button = Button(words, "x", name="place_line_back")
        button.clicked.connect(lambda _on=False: self.line_back_wanted.emit(line.id))
        return button


def line_words(line: Line) -> str:
    """A line as people say it: its number, its extension."""
    number = identifiers.phone_shown(line.number)
    extension = _("extension {}").format(line.extension) if line.extension else ""
    return " · ".join(filter(None, (number, extension)))


def _fill(row: FlowRow, buttons: Sequence[Button]) -> None:
    empty(row.flow)
    for button in buttons:
        row.add(button)
    row.setVisible(bool(buttons))
