"""The reports: choose one and its day on the left and right, see it in the middle as it comes out on paper."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from civicdesk.desk import centre, report_runs, visitor_log
from civicdesk.desk.report_runs import Way
from civicdesk.errors import Refusal
from civicdesk.models import Centre
from civicdesk.settings import Settings
from civicdesk.text import _, local
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.reports import drawing, saving
from civicdesk.ui.pages.reports.by_itself_card import ByItselfCard
from civicdesk.ui.pages.reports.day_card import DayCard
from civicdesk.ui.pages.reports.kinds import ReportKind, kind_of, kinds_for
from civicdesk.ui.pages.reports.log_card import LogCard
from civicdesk.ui.pages.side import is_tall, place_side
from civicdesk.ui.runner import Runner
from civicdesk.ui.sheets_by_themselves import last_words, time_words
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.button import BigButton, Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.paper_view import PaperView
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import mark
from civicdesk.ui.widgets.tone_icon import ToneIcon
from civicdesk.ui.widgets.touch import TouchScrollArea

_WIDE, _LIST, _SIDE = 1_080, 286, 284


class ReportsPage(Page):
    """What a manager owes of a day, and every other list of the desk, seen before it is printed."""

    occupancy_wanted = Signal(object)  # date
    day_list_wanted = Signal(object)  # date
    setup_list_wanted = Signal(object)  # date
    list_wanted = Signal()
    settings_wanted = Signal(object)  # Settings

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("reports_page")
        self.kind = kind_of("occupancy")
        self.on = local(runner.at()).date()
        self.settings = Settings.model_construct()
        self._asked = 0
        self._log: bytes = b""
        self.title, self.lead = label("", "title"), label("", "second", wrap=True)
        self.list = Card(name="reports_list")
        self.pills = Segmented([], name="reports_pills", spoken="")
        self.view, self.log = PaperView(runner, name="reports_paper"), LogCard()
        self.day, self.by_itself = DayCard(), ByItselfCard()
        self.print = BigButton("", "printer", name="reports_print", role="primary")
        self.pdf = Button("", "save", name="reports_pdf")
        self.xlsx, self.csv = Button("", name="reports_xlsx"), Button("", name="reports_csv")
        self._build()
        self._connect()
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        """Show what this computer works by."""
        self.settings = settings
        self.by_itself.show_settings(settings, is_manager=self._is_manager())

    def show_day(self, on: date) -> None:
        """Show the report of another day."""
        self.on = on
        self._show()

    def choose(self, key: str) -> None:
        """Show another report."""
        self.kind = kind_of(key)
        self._show()

    def refresh(self) -> None:
        kinds = kinds_for(is_manager=self._is_manager())
        if self.kind not in kinds:
            self.kind = kinds[0]
        self.list.fill([self._row(kind) for kind in kinds])
        self.pills.set_choices([(kind.key, kind.title) for kind in kinds])
        self.show_settings(self.settings)
        self._show()

    def retranslate(self) -> None:
        self.title.setText(_("Reports"))
        self.lead.setText(_("Choose a report and its day; you see it as it comes out."))
        self.list.setAccessibleName(_("Reports"))
        self.pills.setAccessibleName(_("Reports"))
        for card in (self.day, self.by_itself, self.log):
            card.retranslate()
        self.print.setText(_("Print"))
        self.pdf.setText(_("Save PDF"))
        self.xlsx.setText("Excel")
        self.csv.setText("CSV")
        self.by_itself.show_last(time_words(), "")
        self._fit()

    def hideEvent(self, event: QHideEvent) -> None:
        """Names stay on no screen that nobody looks at; what was shown is drawn anew the next time."""
        super().hideEvent(event)
        self._stale = True
        self._forget()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _is_manager(self) -> bool:
        return self.runner.staff is not None and self.runner.staff.is_manager

    def _forget(self) -> None:
        self._asked += 1
        self._log = b""
        self.log.settle()
        self.view.clear()

    def _show(self) -> None:
        """The report that is chosen, of the day that is chosen."""
        self._forget()
        self._mark()
        self.day.show_day(self.on, local(self.runner.at()).date())
        self.day.setVisible(self.kind.has_day)
        for button in (self.xlsx, self.csv):
            button.setVisible(self.kind.has_numbers)
        self.by_itself.setVisible(self.kind.key == "occupancy")
        self.print.setVisible(self.kind.paper is not None)
        self.pdf.setEnabled(self.kind.paper is not None)
        self._middle.setCurrentWidget(self.view if self.kind.paper else self.log)
        if self.kind.paper is not None:
            self._draw()
        if self.kind.key == "occupancy":
            self.runner.read(
                lambda session: (report_runs.last(session, Way.PRINTED), report_runs.last(session, Way.KEPT)),
                then=self._show_last,
            )

    def _show_last(self, found: tuple[report_runs.Last | None, report_runs.Last | None]) -> None:
        is_on = self.settings.sheet_is_printed or bool(self.settings.sheet_folder)
        self.by_itself.show_last(time_words(), last_words(*found) if is_on else "")

    def _draw(self) -> None:
        asked = self._asked
        self.runner.background(self._maker("pdf"), then=lambda pdf: self._drawn(asked, pdf), owner=self)

    def _drawn(self, asked: int, pdf: bytes) -> None:
        if asked == self._asked:  # another one was chosen meanwhile
            self.view.show_pdf(pdf, self.kind.title)

    def _maker(self, ending: str) -> Callable[[], bytes]:
        """What draws the report that is chosen now; called off the GUI thread."""
        kind, on, at = self.kind, self.on, self.runner.at()
        member = self.runner.staff
        by, by_id = (member.name, member.id) if member else ("", None)
        if kind.has_numbers:
            draw = partial(drawing.draw_occupancy, on=on, ending=ending, at=at, by=by)
        else:
            draw = partial(drawing.draw_list, kind=kind, on=on, at=at, by_id=by_id)

        def make() -> bytes:
            with self.runner.database.read() as session:
                return draw(session)

        return make

    def _open_log(self, reason: str) -> None:
        """The reason is written down before a name is seen."""
        on, at = self.on, self.runner.at()
        self.runner.now(
            lambda session: (
                centre.the_centre(session),
                visitor_log.open_log(session, on, reason=reason, at=at),
            ),
            then=lambda found: self._draw_log(*found),
            refused=self._refuse_log,
        )

    def _refuse_log(self, refusal: Refusal) -> None:
        self.log.refuse(refusal)

    def _draw_log(self, here: Centre, log: visitor_log.VisitorLog) -> None:
        asked, by = self._asked, self.runner.staff.name if self.runner.staff else ""
        self.runner.background(
            partial(drawing.draw_log, here, log, by), then=lambda pdf: self._show_log(asked, pdf), owner=self
        )

    def _show_log(self, asked: int, pdf: bytes) -> None:
        if asked == self._asked:
            self._log = pdf
            self.pdf.setEnabled(True)
            self._middle.setCurrentWidget(self.view)
            self.view.show_pdf(pdf, self.kind.title)

    def _print(self) -> None:
        wanted: dict[str, Callable[[], object]] = {
            "occupancy": partial(self.occupancy_wanted.emit, self.on),
            "day_list": partial(self.day_list_wanted.emit, self.on),
            "setup_list": partial(self.setup_list_wanted.emit, self.on),
            "evacuation": self.list_wanted.emit,
        }
        wanted[self.kind.key]()

    def _save(self, ending: str) -> None:
        log = self._log
        make: Callable[[], bytes] = self._maker(ending) if self.kind.paper else lambda: log
        name = f"{self.kind.title} {self.on.isoformat()}.{ending}"
        saving.ask_where(self, name, ending, lambda path: saving.write(self.runner, self, path, make))

    def _want(self, values: dict[str, object]) -> None:
        if self._is_manager():
            self.settings = self.settings.with_(**values)
            self.settings_wanted.emit(self.settings)
            self.by_itself.show_settings(self.settings, is_manager=True)

    def _row(self, kind: ReportKind) -> ListRow:
        lead = ToneIcon(kind.icon, size=40)
        row = ListRow(kind.title, kind.second, name=f"reports_row_{kind.key}", lead=lead, opens=True)
        row.setCheckable(True)
        row.clicked.connect(lambda _on=False: self.choose(kind.key))
        return row

    def _mark(self) -> None:
        self.pills.set_value(self.kind.key)
        for row in self.list.findChildren(ListRow):
            mark(row, row.objectName() == f"reports_row_{self.kind.key}")

    def _connect(self) -> None:
        self.pills.chosen.connect(lambda key: self.choose(str(key)))
        self.day.chosen.connect(self.show_day)
        self.log.opened.connect(self._open_log)
        self.by_itself.wanted.connect(self._want)
        self.print.clicked.connect(lambda _on=False: self._print())
        for button, ending in ((self.pdf, "pdf"), (self.xlsx, "xlsx"), (self.csv, "csv")):
            button.clicked.connect(lambda _on=False, ending=ending: self._save(ending))

    def _build(self) -> None:
        self._middle = QStackedWidget()
        self._middle.addWidget(self.view)
        self._middle.addWidget(self.log)
        self._left = QWidget()
        left = QVBoxLayout(self._left)
        left.setContentsMargins(0, 0, 0, 0)
        left.addWidget(TouchScrollArea(self.list))
        self.side = self._right()
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(self._middle, 0, 0)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._left)
        body.addLayout(self._grid, 1)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 20)
        whole.setSpacing(12)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.lead, 1, Qt.AlignmentFlag.AlignVCenter)
        whole.addLayout(head)
        whole.addWidget(self.pills)
        whole.addLayout(body, 1)

    def _right(self) -> QWidget:
        self.print.setProperty("grown", "huge")
        numbers = QWidget()
        pair = QHBoxLayout(numbers)
        pair.setContentsMargins(0, 0, 0, 0)
        pair.setSpacing(8)
        pair.addWidget(self.xlsx, 1)
        pair.addWidget(self.csv, 1)
        self._inside = QWidget()
        column = QVBoxLayout(self._inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for part in (self.day, self.print, self.pdf, numbers, self.by_itself):
            column.addWidget(part)
        column.addStretch(1)
        side = QWidget()
        holder = QVBoxLayout(side)
        holder.setContentsMargins(0, 0, 0, 0)
        holder.addWidget(TouchScrollArea(self._inside))
        return side

    def _fit(self) -> None:
        is_wide = self.width() >= scaled(_WIDE)
        self._left.setVisible(is_wide)
        self.pills.setVisible(not is_wide)
        self._left.setFixedWidth(roomy(_LIST))
        self._grid.setHorizontalSpacing(0 if is_tall(self) else 16)
        self._grid.setVerticalSpacing(12)
        width = max(roomy(_SIDE), self._inside.minimumSizeHint().width())
        place_side(self, self._grid, self.side, first_row=0, last_row=0, width=width)
