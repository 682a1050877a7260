"""The wall of boxes on its card: find a box, choose a range, see all at a glance, or read what waits as a list."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from civicdesk.desk.mail_wall import Age, Wall
from civicdesk.desk.open_box import Lying
from civicdesk.text import _, fold, number
from civicdesk.ui.pages.checkin.field_row import FieldRow
from civicdesk.ui.pages.post.item_list import ItemList
from civicdesk.ui.post_words import items_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.box_lens import BoxLens
from civicdesk.ui.widgets.box_wall import BoxWall
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.segmented import Segmented

ALL = "all"
_WALL, _LIST = "wall", "list"
NOTICES, UNMATCHED = "notices", "unmatched"
_LEAST_HIGH = 230
_FILTERS = (ALL, NOTICES, Age.DAYS_3, Age.DAYS_7, Age.DAYS_30, UNMATCHED)


class WallCard(Card):
    """Boxes or items, and the ways to one of them."""

    box_wanted = Signal(int)
    item_wanted = Signal(object)  # item id
    registers_wanted = Signal()
    searched = Signal(str)  # what is sought in the list

    def __init__(self) -> None:
        super().__init__(name="post_wall_card", padded=True)
        self.wall: Wall | None = None
        self._items: Sequence[Lying] = ()
        self._found: Sequence[Lying] = ()
        self._hundreds: list[tuple[int, int]] = []
        self.mode = Segmented([], name="post_mode", spoken="", joined=True)
        self.seek = text_field("", name="post_find", icon="search")
        self.only_waiting = Button("", name="post_only_waiting", role="pill")
        self.only_waiting.setCheckable(True)
        self.registers = Button("", "scroll-text", name="post_registers")
        self.ranges = Segmented([], name="post_range", spoken="")
        self.filters = Segmented([], name="post_filter", spoken="", value=ALL)
        self.boxes = BoxWall(name="post_wall")
        self.lens = BoxLens(self.boxes)
        self.items = ItemList(name="post_items_list")
        self.count = label("", "second")
        self.no_boxes = EmptyState("mailbox", "", name="post_no_boxes")
        self.no_items = EmptyState("inbox", "", name="post_no_items")
        self._build_card()
        self._join()
        self.retranslate()

    @property
    def is_list(self) -> bool:
        return self._stack.currentWidget() is self._list_side

    def show_wall(self, wall: Wall) -> None:
        """Show how the boxes are now."""
        self.wall = wall
        hundreds = wall.hundreds()
        if hundreds != self._hundreds:
            self._hundreds = hundreds
            self._offer_ranges()
        self._show_boxes()

    def show_items(self, items: Sequence[Lying]) -> None:
        """Show what waits, as a list."""
        self._items = items
        self._show_items()

    def show_found(self, found: Sequence[Lying]) -> None:
        """What was found by its number, also what is gone."""
        self._found = found
        self._show_items()

    def set_list(self, *, is_list: bool, which: object = None) -> None:
        """Show items instead of boxes, or boxes again."""
        self._stack.setCurrentWidget(self._list_side if is_list else self._wall_side)
        self.mode.set_value(_LIST if is_list else _WALL)
        self.only_waiting.setVisible(not is_list)
        if which is not None:
            self.seek.clear()
            self.filters.set_value(which)
            self._show_items()
        self._say_find()

    def begin(self) -> None:
        """The whole wall again, and what is typed looks for a box."""
        self.set_list(is_list=False)
        self.seek.clear()
        self.only_waiting.setChecked(False)
        self.ranges.set_value(ALL)
        self._show_boxes()
        self.seek.setFocus()

    def mark_box(self, box: int | None) -> None:
        """Which box is open beside the wall; its range is shown."""
        if box is not None and self.boxes.wall.row(box) >= 0 and not self.boxes.is_whole:
            self.boxes.mark_box(box)
            return
        holds = next((span for span in self._hundreds if box is not None and span[0] <= box <= span[1]), None)
        if holds is not None and not self.seek.text().strip():
            self.ranges.set_value(holds)
            self._show_boxes()
        self.boxes.mark_box(box)

    def retranslate(self) -> None:
        self.mode.set_choices([(_WALL, _("Wall")), (_LIST, _("List"))])
        self.mode.set_value(_LIST if self.is_list else _WALL)
        self.mode.setAccessibleName(_("Boxes or a list"))
        self.only_waiting.setText(_("Only with post"))
        self.registers.setText(_("Registers"))
        self.ranges.setAccessibleName(_("Which boxes"))
        self.filters.setAccessibleName(_("Which items"))
        which = self.filters.value() or ALL
        self.filters.set_choices([(key, _filter_words(key)) for key in _FILTERS])
        self.filters.set_value(which)
        self.no_items.say(_("Nothing waits here."))
        self._offer_ranges()
        self._say_find()
        self._show_items()
        self._say_no_boxes()

    def _build_card(self) -> None:
        tools = FlowRow((self.only_waiting, self.registers, self.mode))
        row = FieldRow([(self.seek, 1), (tools, 0)], least=620)
        self._wall_side, wall = _column(self.ranges, self.boxes, self.no_boxes)
        self._list_side, items = _column(self.filters, self.count, self.items, self.no_items)
        wall.setStretch(1, 1)
        items.setStretch(2, 1)
        self._stack = QStackedWidget()
        self._stack.addWidget(self._wall_side)
        self._stack.addWidget(self._list_side)
        for part in (self.boxes, self.items):
            part.setMinimumHeight(roomy(_LEAST_HIGH))
        self.body.setSpacing(10)
        self.body.addWidget(row)
        self.body.addWidget(self._stack, 1)

    def _join(self) -> None:
        self.seek.textEdited.connect(self._typed)
        self.seek.returnPressed.connect(self._enter)
        self.only_waiting.toggled.connect(lambda _on: self._show_boxes())
        self.registers.clicked.connect(self.registers_wanted)
        self.mode.chosen.connect(lambda mode: self.set_list(is_list=mode == _LIST))
        self.ranges.chosen.connect(self._other_range)
        self.filters.chosen.connect(lambda _key: self._show_items())
        self.boxes.opened.connect(self.box_wanted)
        self.items.opened.connect(lambda lying: self.item_wanted.emit(lying.item.id))

    def _other_range(self, _key: object) -> None:
        self.seek.clear()
        self._show_boxes()

    def _typed(self, typed: str) -> None:
        if self.is_list:
            self.searched.emit(typed)
            self._show_items()
        else:
            self._show_boxes()

    def _enter(self) -> None:
        """Enter opens the only one, or the box whose number was written out."""
        if self.is_list:
            if len(self.items.items.items) == 1:
                self.item_wanted.emit(self.items.items.items[0].item.id)
            return
        tiles = self.boxes.wall.tiles
        typed = self.seek.text().strip()
        exact = [tile for tile in tiles if str(tile.number) == typed]
        if exact or len(tiles) == 1:
            self.box_wanted.emit((exact or tiles)[0].number)

    def _offer_ranges(self) -> None:
        spans: list[tuple[object, str]] = [(ALL, _("All"))]
        spans += [((first, last), f"{first}–{last}") for first, last in self._hundreds]
        before = self.ranges.value()
        self.ranges.set_choices(spans)
        self.ranges.set_value(before if before in [key for key, _word in spans] else ALL)

    def _show_boxes(self) -> None:
        if self.wall is None:
            return
        typed, span, only = self.seek.text().strip(), self.ranges.value(), self.only_waiting.isChecked()
        tiles = self.wall.find(typed, only_waiting=only)
        is_whole = not typed and not isinstance(span, tuple)
        if not typed and isinstance(span, tuple):
            tiles = [tile for tile in tiles if span[0] <= tile.number <= span[1]]
        few = 60
        self.boxes.show_tiles(tiles, is_whole=is_whole and len(tiles) > few)
        self.boxes.setVisible(bool(tiles))
        self.no_boxes.setVisible(not tiles)
        self._say_no_boxes()

    def _say_no_boxes(self) -> None:
        if self.wall is not None and not self.wall.tiles:
            self.no_boxes.say(_("There are no boxes yet. They come with the members."))
        elif self.only_waiting.isChecked():
            self.no_boxes.say(_("No box here has post."))
        else:
            self.no_boxes.say(_("No box fits."))

    def _show_items(self) -> None:
        words = fold(self.seek.text()).split()
        items = [
            each for each in self._items if self._fits(each) and all(word in _folded(each) for word in words)
        ]
        if words:
            known = {each.item.id for each in items}
            items += [each for each in self._found if each.item.id not in known]
        self.items.show_items(items)
        self.count.setText(items_words(len(items)))
        self.items.setVisible(bool(items))
        self.count.setVisible(bool(items))
        self.no_items.setVisible(not items)

    def _fits(self, lying: Lying) -> bool:
        key = self.filters.value()
        if key == NOTICES:
            return lying.item.is_notice
        if key == UNMATCHED:
            return lying.item.organisation_id is None
        return not isinstance(key, Age) or lying.days >= key

    def _say_find(self) -> None:
        words = (
            _("Find by number, tracking number or name")
            if self.is_list
            else _("Find a box by number or name")
        )
        self.seek.setPlaceholderText(words)
        self.seek.setAccessibleName(words)


def _column(*parts: QWidget) -> tuple[QWidget, QVBoxLayout]:
    side = QWidget()
    column = QVBoxLayout(side)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(10)
    for part in parts:
        column.addWidget(part)
    return side, column


def _filter_words(key: object) -> str:
    if isinstance(key, Age):
        return _("{} days and more").format(number(int(key)))
    return {ALL: _("All"), NOTICES: _("Official notices"), UNMATCHED: _("Holder not known")}[str(key)]


def _folded(lying: Lying) -> str:
    item = lying.item
    name = item.organisation.name if item.organisation else item.addressed_to
    return fold(" ".join((item.number, item.tracking, name, item.sender, str(item.box or ""))))
