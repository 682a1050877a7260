"""Pills to choose from, of which only the usual ones are shown until the last one, “+ 14”, opens all."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.text import _
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.themed import mark, named


class PillChoice(QWidget):
    """One of many, or with `several` any of them. What is taken is always shown."""

    changed = Signal()

    def __init__(
        self, keys: Sequence[Hashable], *, name: str, usual: Collection[Hashable], several: bool = False
    ) -> None:
        super().__init__()
        self._usual, self._several, self._is_open = set(usual), several, False
        self.pills = {key: Button("", name=f"{name}_{key}", role="pill") for key in keys}
        self.more = Button("", name=f"{name}_more", role="pill")
        for key, pill in self.pills.items():
            pill.setCheckable(True)
            pill.toggled.connect(lambda on, key=key: self._toggled(key, on))
        self.more.clicked.connect(self._open)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(FlowRow([*self.pills.values(), self.more]))
        named(self, name, "")
        self._show()

    def set_words(self, spoken: str, words: Sequence[str]) -> None:
        """Write what the pills say; `spoken` is what all of them are about."""
        self.setAccessibleName(spoken)
        for pill, word in zip(self.pills.values(), words, strict=True):
            pill.setText(word)
        self._show()

    def taken(self) -> tuple[Hashable, ...]:
        """What is chosen, in the order of the pills."""
        return tuple(key for key, pill in self.pills.items() if pill.isChecked())

    def take(self, keys: Collection[Hashable]) -> None:
        """Choose these and no others."""
        for key, pill in self.pills.items():
            mark(pill, key in keys)
            pill.dress()
        self._show()

    def fold(self) -> None:
        """Show only the usual ones again."""
        self._is_open = False
        self._show()

    def _toggled(self, key: Hashable, on: bool) -> None:
        if not self._several:
            self.take([key])  # one is always chosen, so a tap on it changes nothing
        if on or self._several:
            self.changed.emit()

    def _open(self) -> None:
        self._is_open = True
        self._show()
        hidden = next((pill for key, pill in self.pills.items() if key not in self._usual), None)
        if hidden:
            hidden.setFocus()

    def _show(self) -> None:
        left = 0
        for key, pill in self.pills.items():
            is_shown = self._is_open or key in self._usual or pill.isChecked()
            pill.setVisible(is_shown)
            left += not is_shown
        self.more.setText(f"+ {left}")
        self.more.setAccessibleName(_("Show {} more").format(left))
        self.more.setVisible(left > 0)
