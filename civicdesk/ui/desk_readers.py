"""What the desk's window shows of the readers: chips in the top bar, a sign on the lock screen, the set-up page."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject

from civicdesk.ui.desk_pages import DeskPages
from civicdesk.ui.pages.lock_page import LockPage
from civicdesk.ui.pages.page import Page
from civicdesk.ui.reader_words import is_camera_on, worst
from civicdesk.ui.readers import Readers
from civicdesk.ui.top_bar import TopBar

if TYPE_CHECKING:
    from civicdesk.ui.pages.post_page import PostPage
    from civicdesk.ui.pages.settings_page import SettingsPage


class DeskReaders(QObject):
    """Tells the screens how the readers are, and the set-up page what they read."""

    def __init__(self, readers: Readers, pages: DeskPages, top_bar: TopBar, lock: LockPage) -> None:
        super().__init__(pages)
        self._readers, self._top_bar, self._lock = readers, top_bar, lock
        readers.changed.connect(self.show)
        pages.made.connect(self._made)
        for way, page in pages.there.items():
            self._made(way, page)
        self.show()

    def show(self) -> None:
        """The readers came, went, or speak another language."""
        states = self._readers.states()
        self._top_bar.show_readers(worst(states), is_camera_on=is_camera_on(states))
        self._lock.side.show_camera(is_camera_on(states))

    def _made(self, way: str, page: Page) -> None:
        if way == "settings":
            settings: SettingsPage = cast("SettingsPage", page)  # not imported before somebody opens it
            settings.reader.use_readers(self._readers)
        if way == "post":
            post: PostPage = cast("PostPage", page)
            post.item.photo.use_readers(self._readers)
