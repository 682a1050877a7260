"""The very first start: the choice, then the four steps, in one frame."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QLabel, QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from civicdesk.desk import setup
from civicdesk.text import _, language
from civicdesk.ui.first_start.centre_step import LANGUAGES, CentreStep
from civicdesk.ui.first_start.choice import Choice
from civicdesk.ui.first_start.hours_step import HoursStep
from civicdesk.ui.first_start.manager_step import ManagerStep
from civicdesk.ui.first_start.progress_dots import ProgressDots
from civicdesk.ui.first_start.rooms_step import RoomsStep
from civicdesk.ui.first_start.step import Step
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.ground import Ground
from civicdesk.ui.widgets.keyboard_dock import KeyboardDock
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import Themed
from civicdesk.ui.widgets.touch import TouchScrollArea


class FirstStart(Themed, QWidget):
    """Fills the window until the desk is set up; closed half-way, it goes on at the same step."""

    demo_wanted = Signal()
    join_wanted = Signal()
    restore_wanted = Signal()
    finished = Signal()
    language_wanted = Signal(str)

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self.runner = runner
        self.setObjectName("first_start")
        self.setProperty("kind", "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.choice = Choice()
        self.steps: list[Step] = [kind(runner) for kind in (CentreStep, HoursStep, RoomsStep, ManagerStep)]
        self.side = WelcomeSide()
        self.title, self.second = label("", "display", wrap=True), label("", "body", wrap=True)
        self.language = Segmented(LANGUAGES, name="first_language", spoken="", joined=True, value=language())
        self.back = Button("", "arrow-left", name="first_back")
        self.next = Button("", name="first_next", role="primary")
        self.dots = ProgressDots(len(self.steps), name="first_progress")
        self.stack = QStackedWidget()
        self.keyboard = KeyboardDock()
        self._build()
        self._connect()
        self.runner.read(_where, self._begin)

    def _build(self) -> None:
        for part in (self.choice, *self.steps):
            self.stack.addWidget(TouchScrollArea(part))
        self._right = QVBoxLayout()
        self._right.setSpacing(roomy(14))
        self._right.addLayout(self._head())
        self._right.addWidget(self.stack, 1)
        self._right.addLayout(self._foot())
        middle = QHBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.side)
        middle.addLayout(self._right, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(0)
        whole.addLayout(middle, 1)
        whole.addWidget(self.keyboard)

    def _head(self) -> QHBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(4)
        words.addWidget(self.title)
        words.addWidget(self.second)
        head = QHBoxLayout()
        head.addLayout(words, 1)
        head.addWidget(self.language, 0, Qt.AlignmentFlag.AlignTop)
        return head

    def _foot(self) -> QHBoxLayout:
        foot = QHBoxLayout()
        foot.addWidget(self.back)
        foot.addStretch(1)
        foot.addWidget(self.dots)
        foot.addStretch(1)
        foot.addWidget(self.next)
        return foot

    def _connect(self) -> None:
        self.choice.demo_wanted.connect(self.demo_wanted)
        self.choice.join_wanted.connect(self.join_wanted)
        self.choice.restore_wanted.connect(self.restore_wanted)
        self.choice.set_up_wanted.connect(lambda: self._show(1))
        self.language.chosen.connect(lambda code: self.language_wanted.emit(str(code)))
        self.back.clicked.connect(self._back)
        self.next.clicked.connect(lambda: self._step().save())
        for step in self.steps:
            step.saved.connect(self._saved)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self.keyboard.follow)

    def retranslate(self) -> None:
        at = self.stack.currentIndex()
        title, second = self.steps[at - 1].heading() if at else self.choice.heading()
        self.title.setText(title)
        self.second.setText(second)
        self.setAccessibleName(title)
        self.language.setAccessibleName(_("Language"))
        self.language.set_value(language())
        self.back.setText(_("Back"))
        self.next.setText(_("Open the desk") if at == len(self.steps) else _("Next"))
        self.side.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.dress()

    def dress(self) -> None:
        side = roomy(40) if self.width() > roomy(1000) else roomy(16)
        self._right.setContentsMargins(side, roomy(28), side, roomy(20))
        self.side.setVisible(self.width() >= roomy(1240))
        self.side.setFixedWidth(round(self.width() * 0.32))
        self.next.setMinimumWidth(roomy(150))
        for part in (self.choice, *self.steps):
            part.setMaximumWidth(roomy(900))

    def _begin(self, where: str | None) -> None:
        """Nothing kept yet: ask how to begin. Else go on where it was left."""
        self._show(setup.STEPS.index(where) + 1 if where in setup.STEPS else 0)

    def _show(self, at: int) -> None:
        self.stack.setCurrentIndex(at)
        if at:
            self._step().load()
            self._step().setFocus()
        self.dots.show_step(at)
        for part in (self.back, self.next, self.dots):
            part.setVisible(at > 0)
        self.retranslate()

    def _step(self) -> Step:
        return self.steps[self.stack.currentIndex() - 1]

    def _back(self) -> None:
        at = self.stack.currentIndex() - 1
        if at > 0:
            self.runner.now(partial(setup.go_to, name=setup.STEPS[at - 1], at=self.runner.at()))
        self._show(at)

    def _saved(self) -> None:
        at = self.stack.currentIndex()
        if at == len(self.steps):
            self.keyboard.put_away()
            self.finished.emit()
        else:
            self._show(at + 1)


class WelcomeSide(Ground):
    """The deep ground with the mark and what CivicDesk is."""

    def __init__(self) -> None:
        super().__init__()
        self.logo = QLabel()
        self.name, self.claim = label("CivicDesk", "display"), label("", "heading", wrap=True)
        self.name.setProperty("tone", "bright")
        self.claim.setProperty("tone", "rail")
        self._column = QVBoxLayout(self)
        self._column.addWidget(self.logo)
        self._column.addStretch(1)
        self._column.addWidget(self.name)
        self._column.addWidget(self.claim)
        self._column.addStretch(2)
        self.dress()
        self.retranslate()

    def dress(self) -> None:
        super().dress()
        side = roomy(48)
        self._column.setContentsMargins(side, side, side, side)
        self.logo.setPixmap(pixmap("civicdesk", size=roomy(72)))

    def retranslate(self) -> None:
        self.claim.setText(_("The front desk of a civic centre: visitors, badges, rooms and safety."))


def _where(session: Session) -> str | None:
    return setup.step(session) if setup.is_begun(session) else None
