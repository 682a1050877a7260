"""The reports: choose one and its days, look at its plots or at the paper as it comes out, print it, keep it."""

from __future__ import annotations

from datetime import date
from functools import partial

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHideEvent, QResizeEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from civicdesk.desk import report_runs
from civicdesk.desk.period import Period, PeriodKind
from civicdesk.desk.report_kinds import KINDS, kind_of
from civicdesk.desk.report_runs import Way
from civicdesk.errors import Refusal
from civicdesk.models import Organisation
from civicdesk.settings import Settings
from civicdesk.text import _, local
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.reports import about_days, saving
from civicdesk.ui.pages.reports.choice import Chosen, maker, period_for
from civicdesk.ui.pages.reports.chooser import Chooser
from civicdesk.ui.pages.reports.log_card import LogCard
from civicdesk.ui.pages.reports.on_paper import print_report
from civicdesk.ui.pages.reports.plots.plots_view import PlotsView
from civicdesk.ui.pages.reports.side import ReportSide
from civicdesk.ui.pages.side import is_tall, place_side
from civicdesk.ui.runner import Runner
from civicdesk.ui.sheets_by_themselves import last_words, time_words
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.paper_view import PaperView
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented

_WIDE, _LIST, _SIDE = 1_080, 272, 284
_PAPER, _PLOTS = "paper", "plots"


class ReportsPage(Page):
    """What a manager owes of a day, a month or a year, and every other list of the desk."""

    occupancy_wanted = Signal(object)  # date
    day_list_wanted = Signal(object)  # date
    setup_list_wanted = Signal(object)  # date
    list_wanted = Signal()
    register_wanted = Signal(str, object)  # days, UUID of an organisation or None
    report_wanted = Signal(str, str, object)  # name of a report, its period, UUID of an organisation or None
    open_booking_wanted = Signal(object)  # UUID
    settings_wanted = Signal(object)  # Settings

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("reports_page")
        today = local(runner.at()).date()
        self.chosen = Chosen(KINDS[0], period_for(KINDS[0], today, None))
        self.settings = Settings.model_construct()
        self._on, self._asked = today, 0
        self._length: PeriodKind | None = None
        self._opened: bytes = b""
        self.title, self.lead = label("", "title"), label("", "second", wrap=True)
        self.look = Segmented([], name="reports_look", spoken="", joined=True)
        self.list = Chooser()
        self.banner = RefusalBanner(name="reports_banner")
        self.view, self.log = PaperView(runner, name="reports_paper"), LogCard()
        self.plots = PlotsView(runner)
        self.closed = EmptyState("lock", "", name="reports_closed", tone="warn")
        self.side = ReportSide(runner, today)
        self._build()
        self._connect()
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        """Show what this computer works by."""
        self.settings = settings
        self.side.by_itself.show_settings(settings, is_manager=self._is_manager())

    def show_day(self, on: date) -> None:
        """Show the report of the days around another day."""
        self._on = on
        self._show_period(period_for(self.chosen.kind, on, self._length))

    def choose(self, name: str) -> None:
        """Show another report, of the days around the same day; it is drawn when somebody looks."""
        kind = kind_of(name)
        self.side.whose.set_organisation(None)
        self.chosen = Chosen(kind, period_for(kind, self._on, self._length))
        if self.isVisible():
            self._show()

    def refresh(self) -> None:
        self.list.fill_for(is_manager=self._is_manager())
        self.show_settings(self.settings)
        self._show()

    def retranslate(self) -> None:
        self.title.setText(_("Reports"))
        self.lead.setText(_("Choose a report and its days; you see it as it comes out."))
        kept = self.look.value()
        self.look.set_choices([(_PAPER, _("On paper")), (_PLOTS, _("Plots"))])
        self.look.set_value(kept or _PAPER)
        self.look.setAccessibleName(_("How it is looked at"))
        for part in (self.list, self.log, self.side):
            part.retranslate()
        self.side.by_itself.show_last(time_words(), "")
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

    def _is_open(self) -> bool:
        return self._is_manager() or not self.chosen.kind.for_managers

    def _forget(self) -> None:
        self._asked += 1
        self._opened = b""
        self.chosen = Chosen(self.chosen.kind, self.chosen.period, self.chosen.organisation_id)
        self.log.settle()
        self.plots.forget()
        self.view.clear()

    def _show_period(self, days: Period) -> None:
        """Other days of the same report."""
        self.chosen = Chosen(self.chosen.kind, days, self.chosen.organisation_id)
        if not days.first <= self._on <= days.last:
            self._on = days.last if days.last < self._today() else days.first
        self._show()

    def _show_length(self, length: PeriodKind) -> None:
        self._length = length
        self.show_day(self._on)

    def _show_whose(self, whose: Organisation | None) -> None:
        self.chosen = Chosen(self.chosen.kind, self.chosen.period, whose.id if whose else None)
        self._show()

    def _today(self) -> date:
        return local(self.runner.at()).date()

    def _show(self) -> None:
        """The report that is chosen, of the days that are chosen."""
        self._forget()
        self.banner.clear()
        self.list.mark(self.chosen.kind.name)
        self.side.show_chosen(self.chosen, self._today(), is_open=self._is_open())
        self.look.setVisible(self.chosen.has_plots)
        if not self._is_open():
            words = _("Only managers may open “{report}”. Ask one of them to sign in at this desk.")
            self.closed.say(words.format(report=self.chosen.kind.title))
            self._middle.setCurrentWidget(self.closed)
        elif self.chosen.kind.needs_reason:
            self._middle.setCurrentWidget(self.log)
        else:
            self._look()
        if self.chosen.kind.name == "occupancy":
            self.runner.read(
                lambda session: [report_runs.last(session, way) for way in Way], then=self._show_last
            )

    def _look(self) -> None:
        """As paper or as plots; what is odd about the days is said above."""
        say = partial(about_days.say, self.banner, self.chosen, self._today(), self.show_day)
        self.runner.read(about_days.read, say)
        if self.look.value() == _PAPER or not self.chosen.has_plots:
            self._middle.setCurrentWidget(self.view)
            self._draw()
        else:
            self._middle.setCurrentWidget(self.plots)
            self.plots.show_chosen(self.chosen)

    def _show_last(self, found: list[report_runs.Last | None]) -> None:
        settings = self.settings
        is_on = settings.sheet_is_printed or bool(settings.sheet_folder or settings.sheet_emails)
        self.side.by_itself.show_last(time_words(), last_words(*found) if is_on else "")

    def _draw(self) -> None:
        asked = self._asked
        self.runner.background(
            maker(self.runner, self.chosen, "pdf"),
            lambda pdf: self._drawn(asked, pdf),
            lambda refusal: self._refuse(asked, refusal),
            owner=self,
        )

    def _drawn(self, asked: int, pdf: bytes) -> None:
        if asked == self._asked:  # another one was chosen meanwhile
            self.view.show_pdf(pdf, self.chosen.kind.title)

    def _refuse(self, asked: int, refusal: Refusal) -> None:
        if asked == self._asked:
            self.banner.show_refusal(str(refusal), (_("Today"), partial(self.show_day, self._today())))

    def _open_log(self, reason: str) -> None:
        """The reason is written down before a name is seen."""
        asked = self._asked
        wanted = Chosen(self.chosen.kind, self.chosen.period, reason=reason)
        self.runner.background(
            maker(self.runner, wanted, "pdf"),
            lambda pdf: self._show_log(asked, wanted, pdf),
            self.log.refuse,
            owner=self,
        )

    def _show_log(self, asked: int, wanted: Chosen, pdf: bytes) -> None:
        if asked != self._asked:
            return
        self.chosen, self._opened = wanted, pdf
        self.side.show_chosen(wanted, self._today(), is_open=True)
        self._middle.setCurrentWidget(self.view)
        self.view.show_pdf(pdf, wanted.kind.title)

    def _save(self, ending: str) -> None:
        saving.save(self.runner, self, self.chosen, ending, opened=self._opened, banner=self.banner)

    def _go_to(self, name: str, on: date) -> None:
        """Another report of a day, from what is behind a figure."""
        self._on = on
        self.choose(name)

    def _want(self, values: dict[str, object]) -> None:
        if self._is_manager():
            self.settings = self.settings.with_(**values)
            self.settings_wanted.emit(self.settings)
            self.side.by_itself.show_settings(self.settings, is_manager=True)

    def _connect(self) -> None:
        self.list.chosen.connect(self.choose)
        self.look.chosen.connect(lambda _look: self._show())
        self.side.days.chosen.connect(self._show_period)
        self.side.days.length_wanted.connect(self._show_length)
        self.side.whose_wanted.connect(self._show_whose)
        self.side.grown.connect(self._fit)
        self.side.print_wanted.connect(lambda: print_report(self, self.chosen))
        self.side.file_wanted.connect(self._save)
        self.side.by_itself.wanted.connect(self._want)
        self.log.opened.connect(self._open_log)
        self.plots.booking_wanted.connect(self.open_booking_wanted)
        self.plots.day_wanted.connect(partial(self._go_to, "occupancy"))
        self.plots.log_wanted.connect(partial(self._go_to, "visitor_log"))
        self.plots.refused.connect(lambda refusal: self.banner.show_refusal(str(refusal)))

    def _build(self) -> None:
        self._middle = QStackedWidget()
        for part in (self.view, self.plots, self.log, self.closed):
            self._middle.addWidget(part)
        self._left, seen = QWidget(), QWidget()
        left, middle = QVBoxLayout(self._left), QVBoxLayout(seen)
        for column in (left, middle):
            column.setContentsMargins(0, 0, 0, 0)
        left.addWidget(self.list)
        middle.setSpacing(12)
        middle.addWidget(self.banner)
        middle.addWidget(self._middle, 1)
        self._grid = QGridLayout()
        self._grid.setColumnStretch(0, 1)
        self._grid.addWidget(seen, 0, 0)
        body = QHBoxLayout()
        body.setSpacing(16)
        body.addWidget(self._left)
        body.addLayout(self._grid, 1)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.title)
        head.addWidget(self.lead, 1, Qt.AlignmentFlag.AlignVCenter)
        head.addWidget(self.look)
        steady = self.look.sizePolicy()
        steady.setRetainSizeWhenHidden(True)
        self.look.setSizePolicy(steady)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(20, 20, 20, 20)
        whole.setSpacing(12)
        whole.addLayout(head)
        whole.addWidget(self.list.field)
        whole.addLayout(body, 1)

    def _fit(self) -> None:
        is_wide = self.width() >= scaled(_WIDE)
        self._left.setVisible(is_wide)
        self.list.field.setVisible(not is_wide)
        self._left.setFixedWidth(roomy(_LIST))
        self._grid.setHorizontalSpacing(0 if is_tall(self) else 16)
        self._grid.setVerticalSpacing(12)
        width = max(roomy(_SIDE), self.side.wide())
        place_side(self, self._grid, self.side, first_row=0, last_row=0, width=width)
