"""Where staff write whom they expect, one visitor or a whole list, and get the pass."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from civicdesk.desk import centre, hours, invitations
from civicdesk.errors import Refusal
from civicdesk.models import Closure, Invitation, OpeningHours, Organisation, Room, new_id
from civicdesk.text import _, ngettext
from civicdesk.ui.pages.invite.done_part import DonePart
from civicdesk.ui.pages.invite.expect_form import ExpectForm
from civicdesk.ui.pages.invite.summary_card import SummaryCard
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import page_head
from civicdesk.ui.pages.side import WithSide
from civicdesk.ui.runner import Runner, UseCase
from civicdesk.ui.widgets.button import BigButton, IconButton
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.touch import TouchScrollArea

_SIDE_WIDTH = 330
_PAUSE_MS = 60
_ONE, _MANY = "one", "many"
_Look = tuple[hours.Day, invitations.Weeks | None]


class InvitePage(Page):
    """The form on the left, what it will make on the right; once saved, the pass to print or to show."""

    watches = frozenset({Room, Organisation, Closure, OpeningHours})
    pass_wanted = Signal(object)  # invitation id
    passes_wanted = Signal(object)  # invitation ids

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("invite_page")
        self._key = new_id().hex
        self.back = IconButton("arrow-left", "", name="invite_back")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.mode = Segmented([], name="invite_mode", spoken="", joined=True)
        self.banner = RefusalBanner(name="invite_refusal")
        self.form, self.summary, self.done = ExpectForm(runner), SummaryCard(), DonePart(runner)
        self.save = BigButton("", "save", name="invite_save", role="primary")
        self._stack = QStackedWidget()
        self._pause = QTimer(self, singleShot=True)
        # `interval=` fails in a Turkish locale: Qt looks for a setter with İ
        self._pause.setInterval(_PAUSE_MS)
        self._build()
        self._connect()
        self.retranslate()
        self.mode.set_value(_ONE)

    def begin(self) -> None:
        """An empty form, for today at the next half hour."""
        self._key = new_id().hex
        self.banner.clear()
        self._stack.setCurrentIndex(0)
        self._words()
        self.form.begin()

    def refresh(self) -> None:
        self.runner.read(centre.rooms, self.form.where.show_rooms)
        self.form.when.show_today(self.runner.at())
        self._sum_up()

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.title.setText(_("Expect a visitor"))
        self.mode.set_choices([(_ONE, _("One visitor")), (_MANY, _("Paste a list"))])
        self.mode.setAccessibleName(_("How many visitors"))
        self._words()
        self._sum_up()

    def save_now(self) -> None:
        """Save what is written."""
        self.form.forgive()
        self.banner.clear()
        if self.form.where.is_unsettled:
            self._refused(
                Refusal("no_host", _("Choose an organisation from the list, or leave the field empty."))
            )
            return
        self.runner.now(self._use_case(), self._saved, self._refused)

    def _use_case(self) -> UseCase[Sequence[Invitation]]:
        wanted, at, weekly = self.form.wanted(), self.runner.at(), self.form.when.repeated_until()
        if self.form.is_many:
            names = self.form.names.field.toPlainText()
            return partial(invitations.invite_many, names=names, wanted=wanted, at=at, key=self._key)
        if weekly:
            return partial(invitations.invite_weekly, wanted=wanted, until=weekly, at=at, key=self._key)
        return partial(_invite_one, wanted=wanted, at=at, key=self._key)

    def _saved(self, made: Sequence[Invitation]) -> None:
        """The pass is what the clerk wants next."""
        self._key = new_id().hex
        self.done.show_made(made, self.summary.warning.text() if self.form.when.repeated_until() else "")
        self._stack.setCurrentIndex(1)
        self._words()

    def _refused(self, refusal: Refusal) -> None:
        if not self.form.refuse(refusal):
            self.banner.show_refusal(str(refusal))

    def _another(self) -> None:
        self._stack.setCurrentIndex(0)
        self._words()
        self.form.clear()

    def _words(self) -> None:
        is_done = self._stack.currentIndex() == 1
        self.mode.setVisible(not is_done)
        self.second.setText(
            _("Saved. Print the pass, or let the visitor photograph it.")
            if is_done
            else _("Who comes, when and to whom; you get a pass with a code")
        )
        self.save.setText(self._save_words())

    def _save_words(self) -> str:
        if not self.form.is_many:
            return _("Save and show the pass")
        count = len(self.form.names.lines)
        return (
            ngettext("Save {count} visitor", "Save {count} visitors", count).format(count=count)
            if count
            else _("Save the list")
        )

    def _sum_up(self) -> None:
        """Look whether the centre is open then."""
        when = self.form.when
        at, weekly = when.expected_at(), when.repeated_until()

        def look(session: Session) -> _Look:
            return hours.today(session, at), invitations.weekly(session, at, weekly) if weekly else None

        self.runner.read(look, lambda found: self.summary.sum_up(self.form, *found), self._no_summary)
        self._words()

    def _no_summary(self, refusal: Refusal) -> None:
        self.summary.warning.setText(str(refusal))
        self.summary.warning.show()

    def _mode_chosen(self, mode: object) -> None:
        self.banner.clear()
        self.form.show_many(many=mode == _MANY)

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.mode.chosen.connect(self._mode_chosen)
        self.form.changed.connect(self._pause.start)
        self._pause.timeout.connect(self._sum_up)
        self.save.clicked.connect(lambda _on=False: self.save_now())
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            shortcut = QShortcut(QKeySequence(keys), self.form)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(self.save_now)
        self.done.pass_wanted.connect(self.pass_wanted)
        self.done.passes_wanted.connect(self.passes_wanted)
        self.done.another_wanted.connect(self._another)

    def _build(self) -> None:
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 20)
        whole.setSpacing(12)
        whole.addLayout(page_head(self.back, self.title, self.second, self.mode))
        for part in (WithSide(self, self._left(), self._right(), self._side_width), self.done):
            self._stack.addWidget(part)
        whole.addWidget(self._stack, 1)

    def _left(self) -> TouchScrollArea:
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        for part in (self.banner, self.form):
            column.addWidget(part)
        column.addStretch(1)
        return TouchScrollArea(inside)

    def _right(self) -> QWidget:
        self.save.setProperty("grown", "huge")
        side = QWidget()
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(TouchScrollArea(self.summary), 1)
        column.addWidget(self.save)
        return side

    def showEvent(self, event: QShowEvent) -> None:
        """What is half written stays; else the page begins anew each time it is opened."""
        super().showEvent(event)
        if not event.spontaneous() and (self._stack.currentIndex() == 1 or self.form.is_empty()):
            self.begin()

    def _side_width(self) -> int:
        return max(_SIDE_WIDTH, self.save.minimumSizeHint().width())


def _invite_one(session: Session, wanted: invitations.Wanted, **how: object) -> list[Invitation]:
    return [invitations.invite(session, wanted, **how)]  # type: ignore[arg-type]
