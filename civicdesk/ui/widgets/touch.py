"""Scrolling by finger, wheel and keyboard."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtWidgets import (
    QAbstractItemView,
    QAbstractScrollArea,
    QFrame,
    QScrollArea,
    QScroller,
    QScrollerProperties,
    QTableView,
    QWidget,
)

from civicdesk.ui.theme.now import roomy


class TouchScrollArea(QScrollArea):
    """A page that is longer than the screen: moved by finger, wheel or keys, up and down only."""

    def __init__(self, content: QWidget | None = None) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.verticalScrollBar().rangeChanged.connect(self._offer_keys)
        self._offer_keys(0, 0)
        self.viewport().setAutoFillBackground(False)
        by_finger(self)
        if content:
            self.setWidget(content)

    def setWidget(self, content: QWidget) -> None:  # noqa: N802
        super().setWidget(content)
        content.setAutoFillBackground(False)
        content.installEventFilter(self)
        self._make_room()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.widget() and event.type() == QEvent.Type.LayoutRequest:
            self._make_room()
        return super().eventFilter(watched, event)

    def _offer_keys(self, _lowest: int, highest: int) -> None:
        """The keyboard comes here to scroll, but only when there is more than can be seen."""
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus if highest else Qt.FocusPolicy.NoFocus)

    def _make_room(self) -> None:
        """Never narrower than the content can be: there is no way to move it sideways."""
        content = self.widget()
        if content:
            self.setMinimumWidth(
                content.minimumSizeHint().width() + self.verticalScrollBar().sizeHint().width()
            )


def touch_list(view: QAbstractItemView) -> None:
    """Let a list or table be moved by finger, pixel by pixel."""
    view.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
    view.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    view.setFrameShape(QFrame.Shape.NoFrame)
    if isinstance(view, QTableView):
        _as_rows(view)
    by_finger(view)


def _as_rows(table: QTableView) -> None:
    """A table is read and chosen by whole rows, high enough for a finger."""
    table.setShowGrid(False)
    table.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
    table.verticalHeader().hide()
    table.verticalHeader().setDefaultSectionSize(roomy(52))
    table.horizontalHeader().setDefaultAlignment(
        Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
    )
    table.horizontalHeader().setHighlightSections(False)


def by_finger(area: QAbstractScrollArea) -> None:
    """Let something be moved by finger, without running over its end."""
    QScroller.grabGesture(area.viewport(), QScroller.ScrollerGestureType.TouchGesture)
    scroller = QScroller.scroller(area.viewport())
    manners = scroller.scrollerProperties()
    off = QScrollerProperties.OvershootPolicy.OvershootAlwaysOff
    manners.setScrollMetric(QScrollerProperties.ScrollMetric.HorizontalOvershootPolicy, off)
    manners.setScrollMetric(QScrollerProperties.ScrollMetric.VerticalOvershootPolicy, off)
    scroller.setScrollerProperties(manners)
