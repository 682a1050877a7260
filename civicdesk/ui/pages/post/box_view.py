"""A box open beside the wall: what lies in it, who takes it, the signature, and the button that hands it over."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QScroller, QVBoxLayout, QWidget

from civicdesk.desk.open_box import Held, Lying, OpenBox
from civicdesk.desk.phone_messages import Message
from civicdesk.desk.pickups import Taking
from civicdesk.errors import Refusal
from civicdesk.models import MailKind
from civicdesk.text import _, ngettext, number
from civicdesk.ui.message_words import is_urgent, short_words, waiting_words
from civicdesk.ui.pages.post.item_row import ItemRow
from civicdesk.ui.pages.post.who_takes import WhoTakes
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.theme.style import restyle
from civicdesk.ui.widgets.button import BigButton, Button, Chip, IconButton
from civicdesk.ui.widgets.card import Card, empty
from civicdesk.ui.widgets.fields import FieldLabel
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.signature_pad import SignaturePad
from civicdesk.ui.widgets.touch import TouchScrollArea

_ONE_LINE, _LONGEST_NAME = 26, 80
"""So many letters stand in one line of a title; a longer name is smaller, and cut at last."""
_LOW = 560
"""A card of less height has no room for a list, the people and the pad."""

_FREE = (MailKind.ORDINARY, MailKind.BY_HAND)


class BoxView(Card):
    """Everything of a pickup on one card: tick, choose who, sign, hand over."""

    hand_over_wanted = Signal()
    item_wanted = Signal(object)  # item id
    notice_wanted = Signal(object)  # item id
    secretariat_wanted = Signal(str)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__(name="post_box", padded=True)
        self.box: OpenBox | None = None
        self.rows: list[ItemRow] = []
        self._left: set[UUID] = set()
        self.heading, self.second = label("", "title", wrap=True), label("", "second", wrap=True)
        self.close_box = IconButton("x", "", name="post_box_close", role="step")
        self.holders = Segmented([], name="post_holder", spoken="")
        self.messages = Chip("", "phone", "info", name="post_messages")
        self.banner = RefusalBanner(name="post_refusal")
        self.who = WhoTakes(name="post")
        self.sign_label = FieldLabel("")
        self.clear_sign = Button("", "eraser", name="post_sign_clear", role="quiet")
        self.pad = SignaturePad(name="post_signature")
        self.nothing = label("", "body", wrap=True)
        self.hand_over = BigButton("", name="post_hand_over", role="primary")
        self._fill_card()
        self._join()
        self.retranslate()

    @property
    def held(self) -> Held | None:
        """The holder whose post is shown."""
        if self.box is None or not self.box.held:
            return None
        key = self.holders.value()
        return next((each for each in self.box.held if each.organisation.id == key), self.box.held[0])

    def ticked(self) -> list[Lying]:
        """What goes along."""
        return [row.lying for row in self.rows if row.is_ticked]

    def show_box(self, box: OpenBox, *, is_manager: bool) -> None:
        """Show this box; what was ticked off and drawn stays if it is the same one."""
        is_same = self.box is not None and _who(self.box) == _who(box)
        self.box = box
        if not is_same:
            self._left.clear()
            self.pad.clear()
            self.who.clear()
            self.banner.clear()
            self.holders.set_choices([(each.organisation.id, _short(each)) for each in box.held])
            self.holders.set_value(box.held[0].organisation.id if box.held else None)
        self.holders.setVisible(len(box.held) > 1)
        self._show_held(is_manager=is_manager)

    def taking(self) -> Taking | None:
        """Who takes what, as it is chosen now."""
        held, one = self.held, self.who.chosen()
        if held is None:
            return None
        return Taking(
            organisation_id=held.organisation.id,
            items=tuple(lying.item.id for lying in self.ticked()),
            person_id=one.person.id if one else None,
            collector=self.who.person.text() if self.who.is_other else "",
            capacity=self.who.capacity.text() if self.who.is_other else "",
            override=self.who.override,
        )

    @property
    def needs_signature(self) -> bool:
        return any(lying.item.kind not in _FREE for lying in self.ticked())

    def refuse(self, refusal: Refusal) -> None:
        """Say why it is not handed over, and what now."""
        self.banner.show_refusal(str(refusal))
        if refusal.reason in ("no_authority", "not_yet", "authority_ended", "not_for_notices"):
            self.who.ask_why()
        if refusal.reason == "dot_signature":
            self.pad.clear()

    def retranslate(self) -> None:
        self.close_box.say(_("Close the box"))
        self.holders.setAccessibleName(_("Whose post"))
        self.clear_sign.setText(_("Clear"))
        self.clear_sign.setAccessibleName(_("Clear the signature"))
        self._say_sign()
        if self.box is not None:
            self._show_held(is_manager=self.who.is_manager)

    def _fill_card(self) -> None:
        title, said, head = QVBoxLayout(), QHBoxLayout(), QHBoxLayout()
        title.setSpacing(0)
        said.addWidget(self.second, 1)
        said.addWidget(self.messages)
        self.heading.setMinimumWidth(1)  # a word without an end makes the card no wider
        title.addWidget(self.heading)
        title.addLayout(said)
        head.addLayout(title, 1)
        head.addWidget(self.close_box, 0, Qt.AlignmentFlag.AlignTop)
        self._list = QVBoxLayout()
        self._list.setContentsMargins(0, 0, 0, 0)
        self._list.setSpacing(0)
        self._items = TouchScrollArea(_holding(self._list))
        self._items.setObjectName("post_items")
        signing = QHBoxLayout()
        signing.addWidget(self.sign_label, 1)
        signing.addWidget(self.clear_sign)
        self._signing, self._pickup = QWidget(), QWidget()
        signed = QVBoxLayout(self._signing)
        self._below = QVBoxLayout(self._pickup)
        for column in (signed, self._below):
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(roomy(4))
        signed.addLayout(signing)
        signed.addWidget(self.pad)
        self._below.addWidget(self.who)
        inside = QVBoxLayout()
        inside.setContentsMargins(0, 0, 0, 0)
        inside.setSpacing(roomy(8))
        for part in (self.holders, self.banner, self.nothing):
            inside.addWidget(part)
        inside.addWidget(self._items, 1)
        inside.addWidget(self._pickup)
        self._whole = TouchScrollArea(_holding(inside))
        self.body.setSpacing(roomy(8))
        self.body.addLayout(head)
        self.body.addWidget(self._whole, 1)
        self.body.addWidget(self._signing)
        self.body.addWidget(self.hand_over)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pad is always before the eye; only where there is no room for it, it is scrolled to."""
        super().resizeEvent(event)
        is_low = self.height() < roomy(_LOW)
        if is_low != (self._below.indexOf(self._signing) >= 0):
            room = self._below if is_low else self.body
            room.insertWidget(1 if is_low else self.body.indexOf(self.hand_over), self._signing)

    def _join(self) -> None:
        self.close_box.clicked.connect(self.closed)
        self.hand_over.clicked.connect(self.hand_over_wanted)
        self.messages.clicked.connect(lambda _on=False: self.secretariat_wanted.emit("messages"))
        self.clear_sign.clicked.connect(self.pad.clear)
        self.pad.changed.connect(self._say_sign)
        self.pad.began.connect(self._keep_still)
        self.holders.chosen.connect(lambda _key: self._other_holder())
        self.who.changed.connect(self.banner.clear)

    def _keep_still(self) -> None:
        """The card must not be moved by the finger that signs."""
        for area in (self._whole, self._items):
            QScroller.scroller(area.viewport()).stop()

    def _other_holder(self) -> None:
        self.pad.clear()
        self.who.clear()
        self.banner.clear()
        self._show_held(is_manager=self.who.is_manager)

    def _show_held(self, *, is_manager: bool) -> None:
        assert self.box is not None
        held = self.held
        items: Sequence[Lying] = (*(held.items if held else ()), *self.box.loose)
        self._say_head(held)
        self._say_messages(held.messages if held else ())
        self._fill_items(items)
        has_items = any(lying.is_ready for lying in items)
        self.nothing.setText("" if items else _("Nothing waits here. Received post shows up here at once."))
        self.nothing.setVisible(not items)
        self._items.setVisible(bool(items))
        self._pickup.setVisible(has_items)
        self._signing.setVisible(has_items)
        self.hand_over.setVisible(has_items)
        self.who.offer(held.collectors if held else (), is_manager=is_manager)
        self._put_in_order()
        self._say_count()

    def _put_in_order(self) -> None:
        """The keyboard goes as one reads: what goes along, who takes it, the signature, the button."""
        stops: list[QWidget] = [self.close_box, self.messages]
        for row in self.rows:
            stops += [row, *filter(None, (row.tick, row.decide))]
        stops += [*self.who.stops(), self.clear_sign, self.pad, self.hand_over]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _say_head(self, held: Held | None) -> None:
        assert self.box is not None
        name = held.organisation.name if held else _("Free box")
        # whole, not cut: names that begin alike are no rarity, and what is handed over is handed over
        self.heading.setToolTip(name)
        name = name if len(name) <= _LONGEST_NAME else f"{name[:_LONGEST_NAME].rstrip()}…"
        said = f"{self.box.number} · {name}" if self.box.number else name
        self.heading.setProperty("kind", "title" if len(said) <= _ONE_LINE else "heading")
        restyle(self.heading)
        self.heading.setText(said)
        parts: list[str] = []
        if held is not None:
            may = sum(each.is_authorised for each in held.collectors)
            parts.append(
                _("Legal address is here") if held.has_address_here else _("No paper for the address")
            )
            parts.append(ngettext("{} authorised", "{} authorised", may).format(number(may)))
            if held.has_left:
                parts.append(_("left, still receives post"))
        self.second.setText(" · ".join(parts))

    def _say_messages(self, found: Sequence[Message]) -> None:
        """Who collects the post can be told what was left by phone."""
        self.messages.setVisible(bool(found))
        if found:
            self.messages.show_as(short_words(found), "warn" if is_urgent(found) else "info")
            self.messages.setAccessibleName(waiting_words(found))
            self.messages.setToolTip(waiting_words(found))

    def _fill_items(self, items: Sequence[Lying]) -> None:
        self._left |= {row.lying.item.id for row in self.rows if row.tick and not row.is_ticked}
        empty(self._list)
        self.rows = [ItemRow(lying, is_ticked=lying.item.id not in self._left) for lying in items]
        for row in self.rows:
            item_id = row.lying.item.id
            row.clicked.connect(lambda _on=False, item_id=item_id: self.item_wanted.emit(item_id))
            row.decide_wanted.connect(lambda item_id=item_id: self.notice_wanted.emit(item_id))
            row.ticked.connect(self._ticked)
            self._list.addWidget(row)
        self._list.addStretch(1)
        self._items.setMinimumHeight(min(len(items), 2) * roomy(78))

    def _ticked(self) -> None:
        self._left = {row.lying.item.id for row in self.rows if row.tick and not row.is_ticked}
        self._say_count()

    def _say_count(self) -> None:
        count = len(self.ticked())
        words = ngettext("Hand over {} item", "Hand over {} items", count).format(number(count))
        self.hand_over.setText(words if count else _("Choose what goes along"))
        self.hand_over.setEnabled(count > 0)
        self._say_sign()

    def _say_sign(self) -> None:
        free = bool(self.rows) and not self.needs_signature
        self.sign_label.setText(_("Signature (not needed for letters)") if free else _("Signature"))
        self.clear_sign.setEnabled(not self.pad.is_empty)


def _holding(layout: QVBoxLayout) -> QWidget:
    inside = QWidget()
    inside.setProperty("kind", "scrolled")
    inside.setLayout(layout)
    return inside


def _who(box: OpenBox) -> tuple[int | None, list[UUID]]:
    return box.number, [each.organisation.id for each in box.held]


def _short(held: Held) -> str:
    return held.organisation.short_name or held.organisation.name[:40]
