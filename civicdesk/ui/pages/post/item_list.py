"""Items as a list: all that waits, or what was found, the oldest first; quick with thousands."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontMetrics, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from civicdesk.desk.open_box import Lying
from civicdesk.text import _
from civicdesk.ui.post_words import (
    age_tone,
    days_words,
    item_second,
    kind_icon,
    kind_tone,
    kind_words,
    moment,
    place_words,
    whose_words,
)
from civicdesk.ui.theme.icons import pixmap
from civicdesk.ui.theme.letters import desk_font
from civicdesk.ui.theme.now import current, roomy, scaled
from civicdesk.ui.widgets.themed import Themed, named
from civicdesk.ui.widgets.touch import touch_list

_Index = QModelIndex | QPersistentModelIndex
_LYING = Qt.ItemDataRole.UserRole
_SEMI = QFont.Weight.DemiBold
_START = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeading
_END = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignTrailing


class ItemModel(QAbstractListModel):
    """The items as Qt asks for them."""

    def __init__(self) -> None:
        super().__init__()
        self.items: Sequence[Lying] = ()

    def show_items(self, items: Sequence[Lying]) -> None:
        """Show these."""
        self.beginResetModel()
        self.items = items
        self.endResetModel()

    def rowCount(self, parent: _Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.items)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid() or index.row() >= len(self.items):
            return None
        lying = self.items[index.row()]
        if role == _LYING:
            return lying
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.ToolTipRole):
            return _title(lying)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ", ".join(filter(None, (_title(lying), _second(lying), days_words(lying.days))))
        return None


class ItemList(Themed, QListView):
    """Tap or Enter opens an item."""

    opened = Signal(object)  # Lying

    def __init__(self, *, name: str) -> None:
        super().__init__()
        self.items = ItemModel()
        self.setModel(self.items)
        self.setItemDelegate(_Painting(self))
        self.setUniformItemSizes(True)
        self.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        named(self, name, "")
        touch_list(self)
        self.clicked.connect(self._open)
        self.retranslate()

    def show_items(self, items: Sequence[Lying]) -> None:
        """Show these and stay where the reader is."""
        at = self.verticalScrollBar().value()
        self.items.show_items(items)
        self.doItemsLayout()
        self.verticalScrollBar().setValue(at)

    def retranslate(self) -> None:
        self.setAccessibleName(_("Items of post"))
        self.viewport().update()

    def dress(self) -> None:
        self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        if isinstance(lying := index.data(_LYING), Lying):
            self.opened.emit(lying)


def _title(lying: Lying) -> str:
    return f"{kind_words(lying.item.kind)} · {whose_words(lying.item)}"


def _second(lying: Lying) -> str:
    item = lying.item
    parts = (item.number, item_second(item), moment(item.received_at), place_words(lying.place))
    return " · ".join(filter(None, parts))


class _Painting(QStyledItemDelegate):
    """What it is and whose; under it number and sender; at the end how old it is, in a word and a tone."""

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        return QSize(roomy(100), roomy(18) + scaled(44))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        lying, theme, box = index.data(_LYING), current(), option.rect
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(box, QColor(theme.primary_soft))
        painter.fillRect(QRect(box.left(), box.bottom(), box.width(), 1), QColor(theme.line))
        room = box.adjusted(roomy(12), roomy(7), -roomy(14), -roomy(7))
        strong, soft = theme.tone(kind_tone(lying.item.kind))
        side = roomy(42)
        spot = QRect(room.left(), room.center().y() - side // 2, side, side)
        painter.setPen(QPen(QColor(strong if theme.pill_edge else soft), 1))
        painter.setBrush(QColor(soft))
        painter.drawRoundedRect(spot, 10, 10)
        size = side // 2
        mark = pixmap(kind_icon(lying.item.kind), strong, size)
        painter.drawPixmap(spot.center().x() - size // 2, spot.center().y() - size // 2, mark)
        room.setLeft(spot.right() + roomy(12))
        ink = theme.tone(age_tone(lying.age))[0]
        taken = _write(painter, room, days_words(lying.days), desk_font(13, _SEMI), ink, where=_END)
        room.setRight(room.right() - taken - roomy(12))
        middle = room.center().y() + 1
        top = QRect(room.left(), room.top(), room.width(), middle - room.top())
        below = QRect(room.left(), middle, room.width(), room.bottom() - middle)
        _write(painter, top, _title(lying), desk_font(15, _SEMI), theme.ink)
        _write(painter, below, _second(lying), desk_font(13), theme.mute)
        painter.restore()


def _write(
    painter: QPainter, room: QRect, words: str, font: QFont, ink: str, *, where: Qt.AlignmentFlag = _START
) -> int:
    metrics = QFontMetrics(font)
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, room.width())
    painter.setFont(font)
    painter.setPen(QColor(ink))
    painter.drawText(room, int(where) | int(Qt.TextFlag.TextSingleLine), shown)
    return metrics.horizontalAdvance(shown)
