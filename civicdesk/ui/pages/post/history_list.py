"""What happened to an item, line by line."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.desk.open_box import Story
from civicdesk.models import MailMove, Move
from civicdesk.ui.post_words import full_moment, move_second, move_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.card import empty
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.themed import named
from civicdesk.ui.widgets.tone_icon import ToneIcon

_LOOKS = {
    Move.RECEIVED: ("inbox", "info"),
    Move.PRESENTED: ("file-pen", "bad"),
    Move.CALLED: ("phone", "info"),
    Move.ACCEPTED: ("check", "ok"),
    Move.NOT_TAKEN: ("ban", "bad"),
    Move.HANDED_OVER: ("hand-helping", "ok"),
    Move.HANDOVER_CORRECTED: ("undo-2", "warn"),
    Move.NOTIFIED: ("mail", "primary"),
    Move.REMINDED: ("bell", "primary"),
    Move.RETURNED: ("undo-2", "warn"),
    Move.FORWARDED: ("send", "primary"),
    Move.UNCLAIMED: ("archive", "warn"),
    Move.BACK: ("rotate-ccw", "info"),
    Move.WITHDRAWN: ("trash-2", "warn"),
}


class HistoryList(QWidget):
    """The latest first: when, what, who and why."""

    def __init__(self, *, name: str) -> None:
        super().__init__()
        named(self, name, "")
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(roomy(8))

    def show_story(self, story: Story) -> None:
        """Show all moves of an item."""
        empty(self._column)
        for move in reversed(story.moves):
            staff = story.staff.get(move.by_id, "") if move.by_id else ""
            self._column.addWidget(_line(move, staff))


def _line(move: MailMove, staff: str) -> QWidget:
    icon, tone = next((look for known, look in _LOOKS.items() if known == move.what), ("pencil", ""))
    line = QWidget()
    row = QHBoxLayout(line)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(roomy(10))
    row.addWidget(ToneIcon(icon, tone, size=32))
    words = QVBoxLayout()
    words.setSpacing(0)
    words.addWidget(label(move_words(move.what), "strong", wrap=True))
    second = " · ".join(filter(None, (full_moment(move.at), move_second(move, staff))))
    words.addWidget(label(second, "second", wrap=True))
    row.addLayout(words, 1)
    return line
