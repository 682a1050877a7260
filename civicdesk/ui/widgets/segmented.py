"""One of a few, as pills or as one joined bar."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.themed import named


class Segmented(QWidget):
    """Choices of which one is taken: separate pills that wrap, or `joined` into one bar.

    A choice is a key for the program and a word for the clerk.
    """

    chosen = Signal(object)

    def __init__(
        self,
        choices: Sequence[tuple[object, str]],
        *,
        name: str,
        spoken: str,
        joined: bool = False,
        value: object = None,
    ) -> None:
        super().__init__()
        self._keys: list[object] = []
        self._group = QButtonGroup(self)
        self._joined, self._name = joined, name
        self._room = QVBoxLayout(self)
        self._room.setContentsMargins(0, 0, 0, 0)
        self._holder = QWidget()
        self._room.addWidget(self._holder)
        named(self, name, spoken)
        self._group.idToggled.connect(self._toggled)
        self.set_choices(choices)
        self.set_value(value)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer these instead, and keep what was chosen if it is still among them."""
        before = self.value()
        for old in self._group.buttons():
            self._group.removeButton(old)
        self._keys = [key for key, _word in choices]
        buttons = [self._choice(index, key, word) for index, (key, word) in enumerate(choices)]
        holder = _bar(buttons) if self._joined else FlowRow(buttons)
        self._room.replaceWidget(self._holder, holder)
        self._holder.hide()  # it goes a moment later
        self._holder.deleteLater()
        self._holder = holder
        self.set_value(before)

    def value(self) -> object:
        """The key of the choice taken, or None."""
        index = self._group.checkedId()
        return self._keys[index] if index >= 0 else None

    def set_value(self, key: object) -> None:
        """Take this choice; None or an unknown key takes none."""
        self._group.setExclusive(False)
        with QSignalBlocker(self._group):
            for index, button in enumerate(self._group.buttons()):
                button.setChecked(key is not None and self._keys[index] == key)
        self._group.setExclusive(True)

    def _toggled(self, index: int, is_on: bool) -> None:
        # a screen reader toggles a choice without clicking it
        if is_on:
            self.chosen.emit(self._keys[index])

    def _choice(self, index: int, key: object, word: str) -> Button:
        button = Button(word, name=f"{self._name}_{key}", role="joined" if self._joined else "pill")
        button.setCheckable(True)
        self._group.addButton(button, index)
        return button


def _bar(buttons: list[Button]) -> QWidget:
    bar = QWidget()
    row = QHBoxLayout(bar)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(0)
    for button in buttons:
        row.addWidget(button)
    if buttons:
        buttons[0].setProperty("place", "first")
        buttons[-1].setProperty("place", "last")
    bar.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
    return bar
