"""What the window does about the sync: its chip, the lines on Today, the pages on which it is set and settled."""

from __future__ import annotations

from PySide6.QtCore import QObject, Signal

from civicdesk.settings import Settings
from civicdesk.sync.session import Outcome
from civicdesk.sync.standing import Standing
from civicdesk.text import _, ngettext, number
from civicdesk.ui import sync_words
from civicdesk.ui.desk_pages import DeskPages
from civicdesk.ui.pages.page import Page
from civicdesk.ui.runner import Runner, wall_clock
from civicdesk.ui.sync_desk import SyncDesk
from civicdesk.ui.top_bar import TopBar

Matter = tuple[str, str, str, str]


class DeskSync(QObject):
    """Connects pages and top bar to the sync; after each one the desk is backed up."""

    section_wanted = Signal(str)
    backup_wanted = Signal()

    def __init__(self, runner: Runner, sync: SyncDesk, pages: DeskPages, top_bar: TopBar) -> None:
        super().__init__(sync)
        self._runner, self._sync, self._pages, self._top_bar = runner, sync, pages, top_bar
        top_bar.hub_wanted.connect(self._open)
        sync.stood.connect(self._show)
        sync.ended.connect(self._ended)
        pages.made.connect(self._join)
        for way, page in pages.there.items():
            self._join(way, page)

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        self._sync.use(settings)

    def tick(self) -> None:
        """Some seconds passed: perhaps it is time, and times in words grow old."""
        self._sync.tick()
        self._sync.look()

    def retranslate(self) -> None:
        """Say it in the language spoken now."""
        self._show(self._sync.standing)

    def _join(self, _way: str, page: Page) -> None:
        if use_sync := getattr(page, "use_sync", None):
            use_sync(self._sync)

    def _show(self, standing: Standing) -> None:
        self._top_bar.show_hub(*sync_words.chip(standing, wall_clock(), is_at_work=self._sync.is_at_work))
        self._pages.today.attend(settle_matters(standing), topic="settle")
        self._pages.today.attend(hub_matters(standing), topic="hub")

    def _ended(self, ended: object) -> None:
        if isinstance(ended, Outcome):
            self.backup_wanted.emit()
            if ended.is_fork:
                words = _(
                    "This file is a copy, or was restored: the hub knows it as a desk of its own from now on."
                )
                self._runner.say(words, "warn")

    def _open(self) -> None:
        member = self._runner.staff
        if member is not None and member.is_manager:
            self.section_wanted.emit("hub")
        elif member is not None:
            words, tone, tip = sync_words.chip(
                self._sync.standing, wall_clock(), is_at_work=self._sync.is_at_work
            )
            self._runner.say(f"{words}. {tip}", "info" if tone == "ok" else tone)


def settle_matters(standing: Standing) -> list[Matter]:
    """Two versions of one thing, and what the hub does not take: a person settles both on one page."""
    count = standing.conflicts + standing.refused
    if not count:
        return []
    title = ngettext("{} change of two desks to settle", "{} changes of two desks to settle", count)
    return [("history", "warn", title.format(number(count)), _("see both, choose one"))]


def hub_matters(standing: Standing) -> list[Matter]:
    """Why the sync stopped, or for how long the hub has been away."""
    now = wall_clock()
    if standing.alarm:
        return [("globe", "bad", _("The sync stopped"), sync_words.alarm_words(standing.alarm))]
    away = standing.away_since
    if away is not None and now - away > sync_words.LONG_AWAY:
        second = " · ".join((sync_words.waits_words(standing, now), sync_words.last_words(standing, now)))
        title = _("Hub away since {}").format(sync_words.when_words(away, now))
        return [("globe", "warn", title, second)]
    return []
