"""Who waits for a room: the wishes in their order, booked when there is a room, or withdrawn."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import centre, waiting
from civicdesk.desk.fields import phone_as_dialled
from civicdesk.desk.waiting import Offer
from civicdesk.models import Booking, Centre, Closure, OpeningHours, Room, Waiting
from civicdesk.text import _, clock, day, language, local, ngettext, number
from civicdesk.ui.booking_words import class_words
from civicdesk.ui.one_tap import OneTap
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.page_head import page_head
from civicdesk.ui.pages.today.room_deeds import RoomDeeds, when, who
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.matter_row import MatterRow
from civicdesk.ui.widgets.touch import TouchScrollArea

_SHOWN = 200


@dataclass(frozen=True)
class Wishes:
    """The list as it is read: who waits, what could be given now, and the names of the rooms."""

    waiting: list[Waiting]
    offers: dict[UUID, Offer]
    rooms: dict[UUID, str]


class WaitingPage(Page):
    """One row a wish, the first to ask first."""

    watches: ClassVar[Changes] = frozenset({Booking, Centre, Closure, OpeningHours, Room, Waiting})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("waiting_page")
        self._said: object = None
        self._tap = OneTap()
        self.back = IconButton("arrow-left", "", name="waiting_back")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.list = Card(name="waiting_list")
        self.deeds = RoomDeeds(runner, self)
        self._build()
        self.retranslate()

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.title.setText(_("Waiting list"))
        self.second.setText(
            _("Who asked first is asked first. Nothing is kept for anybody until it is booked.")
        )

    def refresh(self) -> None:
        self.runner.read(self._look, then=self._show)

    def tick(self) -> None:
        self.refresh_now()

    def _look(self, session: Session) -> Wishes:
        at = self.runner.at()
        return Wishes(
            waiting=list(waiting.open_wishes(session, at=at)),
            offers={offer.waiting.id: offer for offer in waiting.offers(session, at=at)},
            rooms={room.id: room.name for room in centre.rooms(session)},
        )

    def _show(self, seen: Wishes) -> None:
        rows = [self._words(place, wish, seen) for place, wish in enumerate(seen.waiting[:_SHOWN], start=1)]
        said = language(), rows, sorted(map(str, seen.offers))
        if said == self._said:
            return
        self._said = said
        count = len(seen.waiting)
        title = ngettext("{} wish for a room waits", "{} wishes for a room wait", count)
        self.list.set_title(title.format(number(count)) if count else "")
        widgets: list[QWidget] = []
        for wish, (title_words, second) in zip(seen.waiting, rows, strict=False):
            widgets.append(self._row(wish, title_words, second, seen.offers.get(wish.id)))
        if not widgets:
            sentence = _("Nobody waits for a room. Where a room is taken, a booking can be put on this list.")
            widgets.append(EmptyState("clock", sentence, name="waiting_none"))
        if count > _SHOWN:
            more = ngettext("and {} more wish", "and {} more wishes", count - _SHOWN)
            widgets.append(label(more.format(number(count - _SHOWN)), "second"))
        self.list.fill(widgets)

    def _words(self, place: int, wish: Waiting, seen: Wishes) -> tuple[str, str]:
        wanted = seen.rooms.get(wish.room_id, "") if wish.room_id else class_words(wish.room_class)
        people = ngettext("{} person", "{} people", wish.people).format(number(wish.people))
        names = list(dict.fromkeys(filter(None, (who(wish), wish.title))))
        contact = " · ".join(filter(None, (wish.contact_name, phone_as_dialled(wish.contact_phone))))
        asked = _("asked on {day}, {time}").format(
            day=day(local(wish.asked_at).date(), "d MMMM"), time=clock(wish.asked_at)
        )
        lines = [" · ".join((wanted, when(wish), people)), " · ".join(filter(None, (contact, asked)))]
        return f"{place}. {' · '.join(names)}", "\n".join(lines)

    def _row(self, wish: Waiting, title: str, second: str, offer: Offer | None) -> MatterRow:
        key, name = wish.id.hex, who(wish)
        withdraw = Button(_("Withdraw"), "x", name=f"waiting_withdraw_{key}")
        withdraw.setAccessibleName(_("{who} does not want it").format(who=name))
        withdraw.clicked.connect(partial(self._withdraw, wish))
        buttons = [withdraw]
        if offer is not None:
            book = Button(_("Book {}").format(offer.room.name), name=f"waiting_book_{key}", role="primary")
            book.setAccessibleName(_("Book {room} for {who}").format(room=offer.room.name, who=name))
            book.clicked.connect(partial(self._take, offer))
            buttons.insert(0, book)
        icon, tone = ("circle-check", "ok") if offer else ("clock", "info")
        return MatterRow(icon, tone, title, second, buttons, name=f"waiting_{key}")

    def _take(self, offer: Offer, _on: bool = False) -> None:
        if not self._tap.is_second():
            self.deeds.take(offer)

    def _withdraw(self, wish: Waiting, _on: bool = False) -> None:
        if not self._tap.is_second():
            self.deeds.withdraw(wish)

    def _build(self) -> None:
        content = QWidget()
        content.setProperty("kind", "scrolled")
        column = QVBoxLayout(content)
        column.setContentsMargins(20, 20, 20, 20)
        column.setSpacing(14)
        column.addLayout(page_head(self.back, self.title, self.second))
        column.addWidget(self.list)
        column.addStretch(1)
        page = QVBoxLayout(self)
        page.setContentsMargins(0, 0, 0, 0)
        page.addWidget(TouchScrollArea(content))
        self.back.clicked.connect(self.back_wanted)
