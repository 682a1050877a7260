"""What the desk sees to by itself every minute: closing time, names whose days are over, backups, disk and clock."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from PySide6.QtCore import QObject

from civicdesk.desk import health, visits
from civicdesk.models import Visit
from civicdesk.settings import Settings
from civicdesk.text import _, ngettext
from civicdesk.ui.backup_desk import BackupDesk
from civicdesk.ui.desk_pages import DeskPages
from civicdesk.ui.pages.page import Page
from civicdesk.ui.retention import Retention
from civicdesk.ui.runner import Runner
from civicdesk.ui.top_bar import TopBar

_MINUTE = timedelta(minutes=1)


class DeskWatch(QObject):
    """Looks once a minute; whatever it finds is said in the top bar, on Today or as a notice."""

    def __init__(self, runner: Runner, retention: Retention, pages: DeskPages, top_bar: TopBar) -> None:
        super().__init__(top_bar)
        self._runner, self._retention = runner, retention
        self._pages, self._top_bar = pages, top_bar
        self._minute_at = runner.at() - _MINUTE
        self.backups = BackupDesk(runner)
        self.backups.told.connect(partial(pages.today.attend, topic="backup"))
        pages.made.connect(self._made)

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        self.backups.use(settings)

    def tick(self, at: datetime) -> None:
        """Some seconds passed; a clock that was set back must not stop the looks."""
        self.backups.tick(at)
        if not timedelta(0) <= at - self._minute_at < _MINUTE:
            self._minute_at = at
            self._runner.now(lambda session: visits.presume_left(session, at=at), then=self._presumed)
            self._retention.tick(at)
            self.look_at_health()

    def _made(self, _way: str, page: Page) -> None:
        if use_backup := getattr(page, "use_backup", None):
            use_backup(self.backups)

    def look_at_health(self) -> None:
        """How the disk, the file and the clock are."""
        at = self._runner.at()
        self._runner.background(
            lambda: health.look(self._runner.database, at), then=self._show_health, owner=self
        )

    def _show_health(self, matters: list[health.Matter]) -> None:
        """Trouble with the disk, the file or the clock: the chip and the card “needs attention” say so."""
        tone = matters[0].tone if matters else "ok"
        self._top_bar.show_desk(tone, matters[0].title if matters else _("All records are safe."))
        self._pages.today.attend(
            [(matter.icon, matter.tone, matter.title, matter.second) for matter in matters]
        )

    def _presumed(self, gone: list[Visit]) -> None:
        if gone:
            words = ngettext(
                "Closing time: {} visit was taken as left.",
                "Closing time: {} visits were taken as left.",
                len(gone),
            )
            self._runner.say(words.format(len(gone)), "info")
