"""The first thing a new desk asks: a centre of its own, one that is there already, or a look around."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from civicdesk.text import _
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.pressable import Pressable
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.tone_icon import ToneIcon


class Choice(Themed, QWidget):
    """Four big tiles."""

    set_up_wanted = Signal()
    join_wanted = Signal()
    restore_wanted = Signal()
    demo_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("kind", "scrolled")
        self.own = Way("building-2", "primary", name="first_set_up")
        self.join = Way("globe", "ok", name="first_join")
        self.restore = Way("rotate-ccw", "info", name="first_restore")
        self.demo = Way("play", "accent", name="first_demo")
        self.own.clicked.connect(self.set_up_wanted)
        self.join.clicked.connect(self.join_wanted)
        self.restore.clicked.connect(self.restore_wanted)
        self.demo.clicked.connect(self.demo_wanted)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(16))
        column.addStretch(1)
        for way in (self.own, self.join, self.restore, self.demo):
            column.addWidget(way)
        column.addStretch(2)
        self.retranslate()

    def heading(self) -> tuple[str, str]:
        """What is asked."""
        return _("Welcome"), _("How would you like to begin?")

    def retranslate(self) -> None:
        self.own.say(_("Set up my centre"), _("Four short steps: name, hours, rooms, first manager."))
        self.join.say(
            _("Join the centre's hub"),
            _("One more desk of the centre, or one in the place of a desk that broke. Its code is needed."),
        )
        self.restore.say(
            _("Restore a backup"),
            _("This desk takes the place of one that broke, as it was at its last backup."),
        )
        self.demo.say(
            _("Look around in a demo centre"),
            _("A made-up centre with three years of visits. Nothing there is real."),
        )


class Way(Pressable):
    """A way to begin: a mark, a word and a sentence."""

    def __init__(self, icon: str, tone: str, *, name: str) -> None:
        super().__init__("tile", opens=True)
        self.setObjectName(name)
        self.title, self.second = label("", "title", wrap=True), label("", "body", wrap=True)
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.second)
        self._row = QHBoxLayout(self)
        self._row.addWidget(ToneIcon(icon, tone, size=64), 0, Qt.AlignmentFlag.AlignVCenter)
        self._row.addLayout(words, 1)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.MinimumExpanding)
        self.dress()

    def dress(self) -> None:
        side = roomy(24)
        self._row.setContentsMargins(side, side, side, side)
        self._row.setSpacing(roomy(20))

    def say(self, title: str, second: str) -> None:
        """What this way is."""
        self.title.setText(title)
        self.second.setText(second)
        named(self, self.objectName(), f"{title}. {second}")
