"""The composition root: the one file that knows everything.

The first window is painted before the rest is imported; what is slow to import is imported beside it in a thread.
"""

from __future__ import annotations

import logging
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from civicdesk.ui import quiet
from civicdesk.ui.curtain import Curtain
from civicdesk.ui.quick_taps import QuickTaps

if TYPE_CHECKING:
    from types import TracebackType

    from civicdesk.settings import HubSettings, Settings
    from civicdesk.ui.desk_window import DeskWindow
    from civicdesk.ui.first_start import FirstStart
    from civicdesk.ui.mail_desk import MailDesk
    from civicdesk.ui.one_desk import OneDesk
    from civicdesk.ui.print_desk import PrintDesk
    from civicdesk.ui.readers import Readers
    from civicdesk.ui.runner import Runner
    from civicdesk.ui.sync_desk import SyncDesk

_log = logging.getLogger(__name__)
_SETTLED_MS = 5_000
"""So long after the desk was opened everything has been imported and shown once."""


_MAIL_MS = 1_500
"""So long after the desk was opened the mail queue begins."""


class CivicDesk(QObject):
    """The running program: one window, and what is in it."""

    opened = Signal()
    _imported = Signal()

    def __init__(self, qt: QApplication, *, is_demo: bool = False, database: Path | None = None) -> None:
        super().__init__()
        self.qt = qt
        self.window = QStackedWidget()
        self.window.setObjectName("civicdesk")
        self.window.setWindowTitle("CivicDesk")
        self.curtain, self._quick_taps = Curtain(), QuickTaps()
        self.window.addWidget(self.curtain)
        self.desk: DeskWindow | None = None
        self.first_start: FirstStart | None = None
        self.runner: Runner | None = None
        self.readers: Readers | None = None
        self.printers: PrintDesk | None = None
        self.mail: MailDesk | None = None
        self.sync: SyncDesk | None = None
        self.settings: Settings | None = None
        self.clock: Callable[[], datetime] | None = None
        self._one: OneDesk | None = None
        self._settings_aside: Path | None = None
        self._is_demo, self._database = is_demo, database
        self._mail_timer = QTimer(self)
        self._mail_timer.setSingleShot(True)
        self._mail_timer.setInterval(_MAIL_MS)
        self._mail_timer.timeout.connect(self.open_mail)
        self._imported.connect(self._open)
        self.curtain.painted.connect(self._import, Qt.ConnectionType.QueuedConnection)
        self.curtain.again_wanted.connect(self._open)
        self.curtain.leave_wanted.connect(self.window.close)

    def show(self) -> None:
        """Show the window; the desk opens behind it by itself."""
        self.window.resize(1366, 768)
        if self.qt.platformName() == "offscreen":
            self.window.show()
        else:
            self.window.showMaximized()
        self.window.windowHandle().installEventFilter(self._quick_taps)

    def close(self) -> None:
        """Let go of everything, in order."""
        if self.readers:
            self.readers.stop()
        self._mail_timer.stop()
        if self.mail:
            self.mail.stop()
        if self.sync:
            self.sync.stop()
        if self.printers:
            self.printers.stop()
        if self.runner:
            self.runner.close()
        if self._one:
            self._one.release()

    def open_demo(self) -> None:
        """Go to the demo centre; it is made first if it is not there."""
        self._is_demo = True
        self._close_file()
        self._open()

    def _import(self) -> None:
        def load() -> None:
            try:
                import civicdesk.ui.desk_window  # noqa: PLC0415
                import civicdesk.ui.first_start  # noqa: F401, PLC0415
            finally:
                self._imported.emit()  # what cannot be imported is told by whoever asks for it next

        threading.Thread(target=load, name="imports", daemon=True).start()

    def _open(self) -> None:
        self._try(self._open_what_is_there)

    def _try(self, act: Callable[[], None]) -> None:
        """Do a part of the opening; what stands in the way is told on the curtain."""
        from civicdesk.errors import Unavailable  # noqa: PLC0415
        from civicdesk.text import _  # noqa: PLC0415

        try:
            act()
        except Unavailable as trouble:
            _log.warning("the desk cannot open: %s", trouble.__cause__ or trouble)
            self._close_file()
            self.curtain.tell(str(trouble), again=_("Try again"), leave=_("Close"))
            self.window.setCurrentWidget(self.curtain)

    def _open_what_is_there(self) -> None:
        from civicdesk import text  # noqa: PLC0415

        self.settings = self.settings or self._read_settings()
        text.use_language(self.settings.language)
        self._dress(self.settings)
        path = self._path(self.settings)
        if not self._take(path):
            self.window.close()
        elif self._is_demo and not path.exists():
            self._make_demo(path)
        else:
            self._open_file(path)

    def _read_settings(self) -> Settings:
        from civicdesk.errors import Unavailable  # noqa: PLC0415
        from civicdesk.settings import FILE, Settings  # noqa: PLC0415
        from civicdesk.text import _  # noqa: PLC0415

        try:
            settings, self._settings_aside = Settings.load()
        except (ValueError, OSError) as trouble:
            words = _(
                "The settings of this computer cannot be read. Look at {} and at the CIVICDESK variables."
            )
            raise Unavailable(words.format(FILE)) from trouble
        return settings

    def _path(self, settings: Settings) -> Path:
        if self._database is not None:
            return self._database
        return settings.database.with_name("demo.db") if self._is_demo else settings.database

    def _take(self, path: Path) -> bool:
        from civicdesk.ui.one_desk import OneDesk  # noqa: PLC0415

        self._one = OneDesk(path)
        self._one.raised.connect(self._come_to_the_front)
        return self._one.take()

    def _open_file(self, path: Path) -> None:
        from civicdesk.desk import clocks, setup  # noqa: PLC0415
        from civicdesk.ui.runner import Runner, wall_clock  # noqa: PLC0415

        assert self.settings is not None
        self.runner = runner = Runner(path, desk=self.settings.desk)
        runner.database.prepare()
        with runner.database.read() as session:
            runner.at = self.clock or clocks.of(session, wall_clock)
            is_set_up = setup.is_done(session)
        if is_set_up:
            self._open_desk(runner, path)
        elif self.settings.hub is not None and not self._is_demo:
            self._begin_joining()  # it was begun before; the power went, or somebody closed the window
        else:
            self._begin_set_up(runner)

    def _open_desk(self, runner: Runner, path: Path) -> None:
        from civicdesk.ui.desk_window import DeskWindow  # noqa: PLC0415
        from civicdesk.ui.paper import Paper  # noqa: PLC0415
        from civicdesk.ui.print_desk import PrintDesk  # noqa: PLC0415
        from civicdesk.ui.readers import Readers  # noqa: PLC0415
        from civicdesk.ui.sounds import Sounds  # noqa: PLC0415

        assert self.settings is not None
        sounds = Sounds(self.settings.is_silent)
        self.printers = PrintDesk(runner)
        paper = Paper(runner, path.with_name(f"{path.stem}-paper"), self.printers)
        self.desk = DeskWindow(runner, paper, sounds, self.settings)
        self.desk.settings_wanted.connect(self._use)
        self.readers = Readers(self.qt, self.settings, runner.at)
        self.desk.use_readers(self.readers)
        self._show(self.desk)
        self.desk.tick()
        self.desk.desk_paper.tell_cut_short()
        self._tell_of_settings(runner)
        runner.background(runner.database.verify)  # damage is told; it takes too long to wait for
        self._mail_timer.start()
        QTimer.singleShot(_SETTLED_MS, quiet.settle)
        self.opened.emit()

    def open_mail(self) -> None:
        """Send what waits; nobody at the desk waits for that, so it begins when the desk is in use."""
        from civicdesk.errors import Unavailable  # noqa: PLC0415
        from civicdesk.ui.mail_desk import MailDesk  # noqa: PLC0415

        if self.desk is None or self.runner is None or self.mail is not None:
            return
        mail = MailDesk(self.runner)
        try:
            mail.open()
        except Unavailable as trouble:
            _log.warning("mail: %s", trouble.__cause__ or trouble)
            mail.deleteLater()
            self._mail_timer.start()  # the file is busy: a moment later it is not
            return
        self.mail = mail
        self.desk.use_mail(mail)
        self._open_sync()

    def _open_sync(self) -> None:
        """After the desk is in use, too: nobody waits for a hub."""
        from civicdesk.ui.sync_desk import SyncDesk  # noqa: PLC0415

        assert self.desk is not None
        assert self.runner is not None
        self.sync = SyncDesk(self.runner)
        self.desk.use_sync(self.sync)

    def _tell_of_settings(self, runner: Runner) -> None:
        from civicdesk.text import _  # noqa: PLC0415

        if self._settings_aside:
            words = _("Some settings of this computer could not be read; the usual ones stand in. See {}.")
            runner.say(words.format(self._settings_aside), "warn")
            self._settings_aside = None

    def _begin_set_up(self, runner: Runner) -> None:
        from civicdesk.ui.first_start import FirstStart  # noqa: PLC0415

        self.first_start = FirstStart(runner)
        self.first_start.demo_wanted.connect(self.open_demo)
        self.first_start.join_wanted.connect(self._begin_joining)
        self.first_start.restore_wanted.connect(self._begin_restoring)
        self.first_start.finished.connect(self._set_up)
        self.first_start.language_wanted.connect(self._speak)
        self._show(self.first_start)
        self.opened.emit()

    def _begin_restoring(self) -> None:
        from civicdesk.ui.first_start import Restoring  # noqa: PLC0415

        restoring = Restoring(self._let_go_of_the_file())
        restoring.finished.connect(self._set_up)
        restoring.cancelled.connect(self._set_up)
        self._show(restoring)

    def _begin_joining(self) -> None:
        from civicdesk.ui.first_start import TakingOver  # noqa: PLC0415

        assert self.settings is not None
        joining = TakingOver(self._let_go_of_the_file(), self.settings.desk, self.settings.hub)
        joining.hub_found.connect(self._keep_hub)
        joining.finished.connect(self._set_up)
        joining.cancelled.connect(self._set_up)
        self._show(joining)
        self.opened.emit()

    def _let_go_of_the_file(self) -> Path:
        """Others write into it or take its place, but no other start may have it meanwhile."""
        assert self.runner is not None
        path = self.runner.database.path
        self.runner.close()
        self.runner = self.first_start = None
        return path

    def _keep_hub(self, hub: HubSettings | None) -> None:
        assert self.settings is not None
        self.settings = self.settings.with_(hub=hub)
        self._save(self.settings)

    def _set_up(self) -> None:
        self._close_file()
        self._open()

    def _make_demo(self, path: Path) -> None:
        from civicdesk.ui.first_start import DemoProgress  # noqa: PLC0415

        progress = DemoProgress(path)
        progress.finished.connect(lambda: self._try(lambda: self._open_file(path)))
        progress.cancelled.connect(self._leave_demo)
        self._show(progress)
        progress.start()

    def _leave_demo(self) -> None:
        self._is_demo = False
        self._close_file()
        self._open()

    def _show(self, widget: QWidget) -> None:
        for index in reversed(range(self.window.count())):
            old = self.window.widget(index)
            if old is not None and old is not self.curtain and old is not widget:
                self.window.removeWidget(old)
                old.deleteLater()
        self.window.addWidget(widget)
        self.window.setCurrentWidget(widget)

    def _close_file(self) -> None:
        self.desk = self.first_start = None
        self.close()
        self.runner = self.readers = self.printers = self.mail = self.sync = self._one = None

    def _use(self, settings: Settings) -> None:
        """Settings were changed on the settings page."""
        assert self.settings is not None
        before, self.settings = self.settings, settings
        self._save(settings)
        if settings.language != before.language:
            self._speak(settings.language)
        if (settings.theme, settings.scale) != (before.theme, before.scale):
            self._dress(settings)
        if self.desk:
            self.desk.apply(settings)

    def _speak(self, language: str) -> None:
        from civicdesk import text  # noqa: PLC0415

        assert self.settings is not None
        self.settings = self.settings.with_(language=language)
        self._save(self.settings)
        text.use_language(language)
        QApplication.sendEvent(self.window, QEvent(QEvent.Type.LanguageChange))

    def _save(self, settings: Settings) -> None:
        from civicdesk.text import _  # noqa: PLC0415

        try:
            settings.save()
        except OSError as trouble:
            _log.warning("the settings were not saved: %s", trouble)
            if self.runner:
                words = _("The settings hold until CivicDesk is closed; they could not be saved: {}")
                self.runner.say(words.format(trouble.strerror), "warn")

    def _dress(self, settings: Settings) -> None:
        from civicdesk.ui.theme.style import apply_theme  # noqa: PLC0415
        from civicdesk.ui.theme.tokens import LIGHT, THEMES  # noqa: PLC0415

        apply_theme(self.qt, THEMES.get(settings.theme, LIGHT), settings.scale)

    def _come_to_the_front(self) -> None:
        self.window.setWindowState(self.window.windowState() & ~Qt.WindowState.WindowMinimized)
        self.window.raise_()
        self.window.activateWindow()


def open_desk(*, is_demo: bool = False, database: Path | None = None) -> int:
    """Open the desk and stay until it is closed. The answer is the process's exit code."""
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s %(message)s")
    qt = QApplication(sys.argv[:1])
    qt.setApplicationName("CivicDesk")
    qt.setDesktopFileName("civicdesk")
    sys.excepthook = report_bug
    civicdesk = CivicDesk(qt, is_demo=is_demo, database=database)
    civicdesk.show()
    try:
        return qt.exec()
    finally:
        civicdesk.close()


def report_bug(kind: type[BaseException], bug: BaseException, trace: TracebackType | None) -> None:
    """What nobody foresaw: log it, say so once, keep the desk running."""
    if issubclass(kind, KeyboardInterrupt):
        QApplication.quit()
        return
    _log.error("bug: %s", "".join(traceback.format_exception(kind, bug, trace)))
    from civicdesk.ui.bug_dialog import show_bug  # noqa: PLC0415

    show_bug("".join(traceback.format_exception_only(kind, bug)))
