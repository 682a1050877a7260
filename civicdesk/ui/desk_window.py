"""The shell: rail, top bar, answer and notice bars; connects the pages in one readable block."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from civicdesk import codes
from civicdesk.desk import evacuation, staff
from civicdesk.models import Muster, PaperKind, Staff
from civicdesk.settings import Settings
from civicdesk.text import _, clock
from civicdesk.ui.desk_members import DeskMembers
from civicdesk.ui.desk_pages import DeskPages, LooseStack
from civicdesk.ui.desk_paper import DeskPaper
from civicdesk.ui.desk_post import DeskPost
from civicdesk.ui.desk_readers import DeskReaders
from civicdesk.ui.desk_secretariat import DeskSecretariat
from civicdesk.ui.desk_watch import DeskWatch
from civicdesk.ui.desk_ways import DeskWays
from civicdesk.ui.pages.lock_page import LockPage
from civicdesk.ui.pages.page import Page
from civicdesk.ui.paper import Paper
from civicdesk.ui.rail import Rail
from civicdesk.ui.readers import Readers
from civicdesk.ui.retention import Retention
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.scan_desk import ScanDesk
from civicdesk.ui.sheets_by_themselves import SheetsByThemselves
from civicdesk.ui.sounds import Sounds
from civicdesk.ui.top_bar import TopBar
from civicdesk.ui.widgets.answer_bar import AnswerBar
from civicdesk.ui.widgets.keyboard_dock import KeyboardDock, When
from civicdesk.ui.widgets.notice_bar import NoticeBar
from civicdesk.ui.widgets.over_bars import OverBars

if TYPE_CHECKING:
    from civicdesk.ui.desk_sync import DeskSync
    from civicdesk.ui.mail_desk import MailDesk
    from civicdesk.ui.sync_desk import SyncDesk

_TICK_MS = 5_000
_ACTIVITY = (
    QEvent.Type.MouseButtonPress,
    QEvent.Type.TouchBegin,
    QEvent.Type.KeyPress,
    QEvent.Type.Wheel,
)


class DeskWindow(QWidget):
    """Everything a clerk sees once the centre is set up."""

    settings_wanted = Signal(object)

    def __init__(self, runner: Runner, paper: Paper, sounds: Sounds, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("desk")
        self.runner, self.paper, self.settings = runner, paper, settings
        self._active_at = runner.at()
        self._before = "today"
        self._mail: MailDesk | None = None
        self._sync: DeskSync | None = None
        self.rail, self.top_bar = Rail(), TopBar(runner)
        self.answer, self.notices = AnswerBar(), NoticeBar()
        self.keyboard = KeyboardDock(_when(settings), (settings.keyboard, "en", "ar"))
        self.pages = DeskPages(runner)
        self.lock_page = LockPage(runner)
        self.desk_paper = DeskPaper(runner, paper, self.pages, self.top_bar)
        self.ways = DeskWays(runner, self.pages)
        self.desk_members = DeskMembers(runner, self.pages)
        self.desk_post = DeskPost(self.pages, sounds)
        self.scans, self.retention = ScanDesk(runner, self.answer, sounds), Retention(runner)
        self.secretariat = DeskSecretariat(runner, self.pages)
        self.sheets = SheetsByThemselves(runner, paper.printers)
        self.watch = DeskWatch(runner, self.retention, self.pages, self.top_bar)
        self._build()
        self._connect()
        self.apply(settings)
        self.go("today")
        self.lock()

    def apply(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        self.settings = settings
        self.keyboard.when = _when(settings)
        self.keyboard.keyboard.use_boards((settings.keyboard, "en", "ar"))
        self.desk_paper.use(settings)
        if self._mail is not None:
            self._mail.use(settings)
        if self._sync is not None:
            self._sync.use(settings)
        self.sheets.use(settings)
        self.watch.use(settings)
        for page in self.pages.there.values():
            if show_settings := getattr(page, "show_settings", None):
                show_settings(settings)

    def go(self, way: str) -> None:
        """Show a page."""
        page = self.pages.page(way)
        if self.pages.currentWidget() is not page:
            self._before = self.pages.way()
            self._leave_page()
            self.desk_paper.left(self._before)
        self.pages.setCurrentWidget(page)
        self.rail.show_way(way)

    def _leave_page(self) -> None:
        """Nothing of the old page stays in the way: no keyboard, no focus in a field that is gone, no good news."""
        self.keyboard.put_away()
        self.answer.dismiss_if_good()
        focus = QApplication.focusWidget()
        if focus is not None and self.pages.isAncestorOf(focus):
            focus.clearFocus()

    def lock(self, message: str = "") -> None:
        """Nobody is signed in until a PIN fits; what was half typed stays where it is."""
        self.runner.staff = None
        self.answer.dismiss()
        self.notices.dismiss()
        self.keyboard.put_away()
        self.top_bar.show_staff(None)
        self._show_shell(is_locked=True)
        self._whole.setCurrentWidget(self.lock_page)
        self.lock_page.lock(message)

    def lock_now(self) -> None:
        """Somebody wants the desk locked."""
        self.lock()

    @property
    def is_locked(self) -> bool:
        return self.runner.staff is None

    def use_readers(self, readers: Readers) -> None:
        """Answer what these readers read, and show how they are."""
        readers.scanned.connect(self.scanned)
        self._readers = DeskReaders(readers, self.pages, self.top_bar, self.lock_page)

    def use_mail(self, mail: MailDesk) -> None:
        """Send e-mail by the settings, and show how that goes."""
        from civicdesk.ui.desk_mail import DeskMail  # noqa: PLC0415  comes with what speaks to servers

        self._mail = mail
        self.desk_mail = DeskMail(self.runner, mail, self.pages, self.top_bar)
        self.desk_mail.way_wanted.connect(self.go)
        mail.use(self.settings)
        self.desk_mail.tell_cut_short()

    def use_sync(self, sync: SyncDesk) -> None:
        """Sync with the hub of the settings, and show how that goes."""
        from civicdesk.ui.desk_sync import DeskSync  # noqa: PLC0415

        self._sync = DeskSync(self.runner, sync, self.pages, self.top_bar)
        self._sync.section_wanted.connect(self.ways.settings)
        self._sync.backup_wanted.connect(self.watch.backups.back_up_now)
        self._sync.use(self.settings)

    def scanned(self, text: str, raw: str, device: str = "keyboard") -> None:
        """A reader sent something, whatever has the focus."""
        self._active_at = self.runner.at()
        self.top_bar.show_reader(clock(self.runner.at()))
        if "settings" in self.pages.there:
            self.pages.settings.scanned(text, raw)
        parsed = codes.parse(text)
        if isinstance(parsed, codes.Code) and parsed.kind is codes.Kind.STAFF:
            self._read_card(text)
        elif self.is_locked:
            self._say_locked(_("The desk is locked. Sign in first, then scan."))
        elif self._is_taken_by_page(text, raw, device) or self._is_of_a_hub(text):
            pass
        elif self.desk_post.takes(text):
            return
        elif not (isinstance(parsed, codes.Code) and parsed.kind is codes.Kind.TEST_CARD):
            self.scans.scan(text, raw, device=device)

    def _is_taken_by_page(self, text: str, raw: str, device: str) -> bool:
        """Whether the page that is shown was told to take such codes, as the work areas are for seats."""
        take = getattr(self.pages.currentWidget(), "take_scan", None)
        return bool(take and take(text, raw, device))

    def _is_of_a_hub(self, text: str) -> bool:
        """Whether it was the code that asks this desk to a hub; a manager is led to where it belongs."""
        from civicdesk.sync import invitation  # noqa: PLC0415

        if not invitation.is_one(text):
            return False
        if self.runner.staff is not None and self.runner.staff.is_manager:
            self.ways.settings("hub")
            self.pages.settings.take_hub_code(text)
        else:
            self.runner.say(_("This is the code of a hub. A manager signs in and scans it."), "warn")
        return True

    def _read_card(self, code: str) -> None:
        if self._whole.currentWidget() is self.lock_page:
            self.lock_page.scan(code)
        else:
            card = partial(staff.sign_in_with_card, code=code, at=self.runner.at())
            self.runner.now(card, then=self._carded)

    def _carded(self, member: Staff | None) -> None:
        if member:
            self._sign_in(member)
        else:
            self.runner.say(_("This card is not known here. Sign in with your code."), "bad")

    def _say_locked(self, sentence: str) -> None:
        """Where the eye is: on the lock screen, or over the evacuation list that is open without a PIN."""
        if self._whole.currentWidget() is self.lock_page:
            self.lock_page.lock(sentence)
        else:
            self.runner.say(sentence, "warn")

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.LanguageChange:
            self.answer.dismiss()  # said in the other language
            self.notices.dismiss()
            self.watch.look_at_health()
            self.desk_paper.show()
            if self._mail is not None:
                self.desk_mail.show()
            if self._sync is not None:
                self._sync.retranslate()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() in _ACTIVITY:
            self._active_at = self.runner.at()
        return False

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # every key, tap and click comes to the window first; the whole application would tell of too much else
        if handle := self.window().windowHandle():
            handle.installEventFilter(self)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._timer.stop()
        self.retention.stop()
        super().closeEvent(event)

    def _build(self) -> None:
        right = QWidget()
        column = QVBoxLayout(right)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.top_bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.keyboard)
        self._over = OverBars(right, self.answer, self.notices)
        shell = QFrame()
        shell.setProperty("kind", "page")
        row = QHBoxLayout(shell)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.rail)
        row.addWidget(right, 1)
        self._whole = LooseStack()
        self._shell = shell
        self._whole.addWidget(shell)
        self._whole.addWidget(self.lock_page)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.addWidget(self._whole)

    def _connect(self) -> None:
        go = partial
        self.rail.wanted.connect(self.go)
        self.top_bar.searched.connect(self._search)
        self.top_bar.lock_wanted.connect(self.lock_now)
        self.top_bar.reader_wanted.connect(partial(self.ways.settings, "reader"))
        self.top_bar.desk_wanted.connect(go(self.go, "settings"))
        self.runner.notice.connect(self._notice)
        self.scans.answered.connect(lambda _answer: self.notices.dismiss())
        self.scans.check_in_wanted.connect(self.ways.check_in_anew)
        self.scans.badge_wanted.connect(partial(self.paper.badge, is_told=False))
        self.scans.open_badge_wanted.connect(self.paper.open_badge)
        self.pages.made.connect(self._connect_page)
        for way, page in list(self.pages.there.items()):  # somebody looked at it already
            self._connect_page(way, page)
        for part in (self.ways, self.desk_members):
            part.way_wanted.connect(self.go)
        self.desk_post.way_wanted.connect(self.go)
        self._connect_lock()
        self._connect_paper()
        self._watch_the_desk()

    def _connect_lock(self) -> None:
        printed = self.desk_paper.print_while_locked
        self.lock_page.signed_in.connect(self._sign_in)
        self.lock_page.evacuation_wanted.connect(self._evacuation_while_locked)
        self.lock_page.list_wanted.connect(partial(printed, PaperKind.EVACUATION))
        self.lock_page.day_list_wanted.connect(partial(printed, PaperKind.DAY_LIST))
        self.lock_page.language_wanted.connect(self._speak)

    def _connect_paper(self) -> None:
        self.scans.badge_words = self.desk_paper.badge_words
        self.scans.messages = self.desk_paper.messages = self.secretariat.tell
        self.secretariat.messages_wanted.connect(self.ways.secretariat)
        self.desk_paper.way_wanted.connect(self.go)
        self.sheets.told.connect(partial(self.pages.today.attend, topic="reports"))
        self.desk_paper.back_wanted.connect(self._back)
        self.desk_paper.settings_wanted.connect(self.settings_wanted)
        self.desk_paper.locked_said.connect(self._say_locked)

    def _connect_page(self, way: str, page: Page) -> None:
        """What a page wants of the others, by the names of its signals."""
        wants = {
            "back_wanted": self._back,
            "settings_wanted": self.settings_wanted,
            **self.ways.answers(way),
            **self.desk_members.answers(way),
            **self.desk_post.answers(way),
            **self.desk_paper.answers(),
        }
        for name, answer in wants.items():
            if wanted := getattr(page, name, None):
                wanted.connect(answer)
        if show_settings := getattr(page, "show_settings", None):
            show_settings(self.settings)
        self.desk_paper.join(page)

    def _watch_the_desk(self) -> None:
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        app.focusChanged.connect(self.keyboard.follow)
        shortcuts = {
            "Ctrl+L": self.lock_now,
            "Ctrl+F": self._to_the_search,
            "F2": self.ways.check_in_anew,
            "F4": self._rooms,
            "F9": self._evacuation,
        }
        for keys, act in shortcuts.items():
            QShortcut(QKeySequence(keys), self).activated.connect(act)
        self._timer = QTimer(self)
        self._timer.setInterval(_TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()

    def tick(self) -> None:
        """Every few seconds: the clock, the lock, closing time."""
        at = self.runner.at()
        self._active_at = min(self._active_at, at)  # a clock that was set back must not keep the desk open
        self.top_bar.tick()
        current = self.pages.currentWidget()
        if isinstance(current, Page) and current.isVisible():
            current.tick()
        if at - self._active_at >= timedelta(minutes=self.settings.lock_after_minutes):
            self._lock_idle()
        self.watch.tick(at)
        self.sheets.tick(at)
        if self._sync is not None:
            self._sync.tick()
        self.secretariat.look()

    def _lock_idle(self) -> None:
        """Nobody is here. A list that was opened without a PIN goes too, unless an evacuation is running."""
        if not self.is_locked:
            self.lock()
        elif self._whole.currentWidget() is self._shell:
            self.runner.read(evacuation.running, then=self._lock_unless_running)

    def _lock_unless_running(self, muster: Muster | None) -> None:
        if muster is None:
            self.lock()

    def _sign_in(self, member: Staff) -> None:
        self.runner.staff = member
        self._active_at = self.runner.at()
        self.top_bar.show_staff(member)
        self._show_shell(is_locked=False)
        for page in self.pages.there.values():
            page.refresh_now()

    def _speak(self, language: str) -> None:
        self.settings_wanted.emit(self.settings.with_(language=language))

    def _show_shell(self, *, is_locked: bool) -> None:
        self.rail.setVisible(not is_locked)
        self.top_bar.setVisible(not is_locked)
        if not is_locked:
            self._whole.setCurrentWidget(self._shell)

    def _evacuation_while_locked(self) -> None:
        """The list is needed most when nobody has time for a PIN; rail and top bar stay away."""
        self._show_shell(is_locked=True)
        self.go("evacuation")
        self._whole.setCurrentWidget(self._shell)

    def _evacuation(self) -> None:
        if self.is_locked:
            self._evacuation_while_locked()
        else:
            self.go("evacuation")

    def _back(self) -> None:
        if self.is_locked:
            self.lock()
        # also behind the lock: whoever signs in finds the page with what was half typed
        self.go(self._before if self._before != self.pages.way() else "today")

    def _to_the_search(self) -> None:
        if not self.is_locked:
            self.top_bar.search.setFocus()

    def _rooms(self) -> None:
        if not self.is_locked:
            self.go("rooms")

    def _search(self, text: str) -> None:
        if isinstance(codes.parse(text), codes.Code):
            self.scanned(text, text, "typed")
        else:
            self.ways.check_in_name(text)

    def _notice(self, notice: Notice) -> None:
        self.answer.dismiss_if_good()
        undo = notice.undo
        take_back = (lambda: self.runner.now(undo, then=self._undone)) if undo else None
        self.notices.say(notice.sentence, notice.tone, take_back, notice.action)

    def _undone(self, _result: object) -> None:
        self.notices.say(_("Taken back."), "info")


def _when(settings: Settings) -> When:
    known: dict[str, When] = {"always": "always", "never": "never"}
    return known.get(settings.shows_keyboard, "pressed")
