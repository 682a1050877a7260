"""What the window does about post: opens boxes, items and notices, and hands scans to the page they are for."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from civicdesk import codes
from civicdesk.ui.desk_pages import DeskPages
from civicdesk.ui.sounds import Sounds

_WAYS = ("post", "receive", "notice")
_TONES = {"ok": "admitted", "warn": "warning", "bad": "refused"}


class DeskPost(QObject):
    """Connects the pages of post."""

    way_wanted = Signal(str)

    def __init__(self, pages: DeskPages, sounds: Sounds) -> None:
        super().__init__(pages)
        self._pages, self._sounds = pages, sounds

    def answers(self, way: str) -> dict[str, Callable[..., None]]:
        """What is done for a page that wants something of the post, by the name of its signal."""
        ours: dict[str, Callable[..., None]] = {
            "back_wanted": partial(self.go, "post"),
            "scan_answered": self._sound,
            "decided": self.open_item,
        }
        return {
            "post_wanted": self.open_post,
            "pickup_wanted": self.begin_pickup,
            "box_wanted": self.open_box,
            "post_of_wanted": self.open_organisation,
            "post_list_wanted": self.open_list,
            "post_item_wanted": self.open_item,
            "item_wanted": self.open_item,
            "receive_wanted": self.receive,
            "notice_wanted": self.open_notice,
            **(ours if way in _WAYS[1:] else dict[str, Callable[..., None]]()),
        }

    def go(self, way: str) -> None:
        """Show a page of post."""
        self.way_wanted.emit(way)

    def open_post(self, organisation_id: UUID | None = None) -> None:
        """Show the wall, with the post of an organisation open beside it if one is named."""
        if organisation_id is None:
            self.go("post")
        else:
            self.open_organisation(organisation_id)

    def begin_pickup(self) -> None:
        """Somebody is here for their post: which box is asked first."""
        self.go("post")
        self._pages.post.begin_pickup()

    def open_box(self, number: int) -> None:
        """Open a box beside the wall."""
        self.go("post")
        self._pages.post.open_box(number)

    def open_organisation(self, organisation_id: UUID) -> None:
        """Open the post of an organisation."""
        self.go("post")
        self._pages.post.open_organisation(organisation_id)

    def open_list(self, which: str) -> None:
        """Show what waits as a list: `all`, `notices` or `unmatched`."""
        self.go("post")
        self._pages.post.show_list(which)

    def open_item(self, item_id: UUID) -> None:
        """Show one item."""
        self.go("post")
        self._pages.post.open_item(item_id)

    def open_notice(self, item_id: UUID) -> None:
        """Decide on a notice."""
        self._pages.notice.open_notice(item_id)
        self.go("notice")

    def receive(self) -> None:
        """Take post in."""
        self.go("receive")
        self._pages.receive.begin()

    def takes(self, text: str) -> bool:
        """Whether a scan is post's matter: a box's label anywhere, an item's number where post is worked on."""
        way = self._pages.way()
        if way == "receive":
            return self._pages.receive.takes_scan(text)
        if way == "post":
            return self._pages.post.takes_scan(text) or self._begins_item(text)
        parsed = codes.parse(text)
        if isinstance(parsed, codes.Code) and parsed.kind is codes.Kind.BOX:
            self.open_box(parsed.number)
            return True
        return False

    def _begins_item(self, text: str) -> bool:
        """On the wall, the number of an item that is not here is one that comes in."""
        if codes.parse(text) is not codes.Fault.FOREIGN:
            return False
        self.go("receive")
        self._pages.receive.begin(text)
        return True

    def _sound(self, tone: str) -> None:
        self._sounds.play(_TONES[tone])
