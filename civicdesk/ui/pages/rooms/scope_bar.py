"""Which of a repeated booking is meant: asked in the page, answered by one press; Escape means none."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent

from civicdesk.desk.series_changes import Scope
from civicdesk.text import _
from civicdesk.ui.widgets.refusal_banner import RefusalBanner

Chosen = Callable[[Scope], None]


class ScopeBar(RefusalBanner):
    """Only one, it and the following, all that are yet to come, or not at all."""

    def __init__(self) -> None:
        super().__init__(name="series_scope")
        self._ask: tuple[str, Chosen] | None = None

    def ask(self, sentence: str, then: Chosen) -> None:
        """Ask, and do `then` with the answer."""
        self._ask = sentence, then
        self.show_refusal(
            sentence,
            (_("This one only"), partial(self._answer, Scope.THIS)),
            (_("This and the following"), partial(self._answer, Scope.FOLLOWING)),
            (_("All that are to come"), partial(self._answer, Scope.ALL)),
            (_("Not at all"), self.clear),
            tone="info",
        )
        self.buttons[0].setFocus(Qt.FocusReason.TabFocusReason)

    def clear(self) -> None:
        self._ask = None
        super().clear()

    def retranslate(self) -> None:
        """What was asked in another language is asked again by whoever still wants it."""
        self.clear()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.clear()
        else:
            super().keyPressEvent(event)

    def _answer(self, scope: Scope) -> None:
        asked = self._ask
        self.clear()
        if asked:
            asked[1](scope)
