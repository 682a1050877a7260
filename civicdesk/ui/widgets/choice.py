"""One of many, from a list that opens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QStyledItemDelegate

from civicdesk.ui.widgets.themed import named
from civicdesk.ui.widgets.touch import touch_list


class ChoiceField(QComboBox):
    """A field with a list under it; a choice is a key for the program and a word for the clerk."""

    chosen = Signal(object)

    def __init__(
        self, spoken: str, choices: Sequence[tuple[object, str]] = (), *, name: str, value: object = None
    ) -> None:
        super().__init__()
        self._keys: list[object] = []
        self.setItemDelegate(QStyledItemDelegate(self))  # the plain delegate knows no style sheet
        self.setMaxVisibleItems(8)
        touch_list(self.view())
        named(self, name, spoken)
        self.activated.connect(lambda at: self.chosen.emit(self._keys[at]))
        self.set_choices(choices)
        self.set_value(value)

    def set_choices(self, choices: Sequence[tuple[object, str]]) -> None:
        """Offer these instead, and keep what was chosen if it is still among them."""
        before = self.value()
        self._keys = [key for key, _word in choices]
        self.clear()
        self.addItems([word for _key, word in choices])
        self.set_value(before)

    def value(self) -> object:
        """The key of the choice taken, or None."""
        at = self.currentIndex()
        return self._keys[at] if 0 <= at < len(self._keys) else None

    def set_value(self, key: object) -> None:
        """Take this choice; None or an unknown key takes none."""
        self.setCurrentIndex(self._keys.index(key) if key in self._keys else -1)
