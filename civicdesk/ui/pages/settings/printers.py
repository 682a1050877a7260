"""The printers of this desk: how they are, trying them, and what goes where. Changing them is for managers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QWidget

from civicdesk.database import Changes
from civicdesk.desk import print_jobs
from civicdesk.errors import Refusal
from civicdesk.models import Staff
from civicdesk.printing.printers.port import Status
from civicdesk.settings import PrinterSettings, Settings
from civicdesk.text import _
from civicdesk.ui.pages.settings.printer_finds import FindsCard, trays, try_address
from civicdesk.ui.pages.settings.printer_form import PrinterForm
from civicdesk.ui.pages.settings.printer_plan import (
    address_of,
    printer_of,
    with_printer,
    with_route,
    without_printer,
)
from civicdesk.ui.pages.settings.printer_routes import RoutesCard
from civicdesk.ui.pages.settings.printer_row import PrinterRow
from civicdesk.ui.pages.settings.printer_trial import Make, TrialCard
from civicdesk.ui.pages.settings.section import MachineSection
from civicdesk.ui.print_desk import lines, make_printer
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card, rule
from civicdesk.ui.widgets.empty_state import EmptyState


class PrintersSection(MachineSection):
    """A list of printers, a form above it, the trial of one, and where each kind of document goes."""

    watches: ClassVar[Changes] = frozenset({Staff})

    def __init__(self, runner: Runner, make: Make = make_printer) -> None:
        super().__init__(runner, "settings_printers")
        self.states: Mapping[str, Status] = {}
        self.new = Button("", "plus", name="printers_new", role="primary")
        self.form, self.finds = PrinterForm(), FindsCard(runner)
        self.form_card = Card(name="printers_form", padded=True)
        self.form_card.add(self.finds)
        self.form_card.add(self.form)
        self.trial = TrialCard(runner, make)
        self.list = Card(name="printers_list", action=self.new)
        self.routes = RoutesCard()
        for part in (self.form_card, self.trial, self.list, self.routes):
            self.add(part)
        self.form_card.hide()
        self._connect()
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        is_new = self.settings is None or settings.printers != self.settings.printers
        super().show_settings(settings)
        if is_new:
            self._find_trays()
        self.refresh_now()

    def show_states(self, states: Mapping[str, Status]) -> None:
        """Show how the printers say they are."""
        before, self.states = self.states, dict(states)
        for row in self.list.findChildren(PrinterRow):
            row.show_status(self.states.get(row.printer.name))
        if (tried := self.trial.printer) is not None:
            status = self.states.get(tried.name)
            if status is not None and status != before.get(tried.name):
                self.trial.show_told(status)

    def refresh(self) -> None:
        may = self._may_change()
        self.new.setVisible(may)
        self.routes.setVisible(may)
        if not may:
            self.form_card.hide()
            self.trial.end()
        if self.settings is not None:
            self._show(self.settings, may)

    def retranslate(self) -> None:
        self.set_heading(
            _("Printers"), _("Badges, passes and lists come out here; without a printer, as PDF files.")
        )
        self.new.setText(_("Add a printer"))
        self.list.set_title(_("Printers of this desk"))
        self.form.retranslate()
        self._title_form()

    def begin(self, printer: PrinterSettings | None = None) -> None:
        """Write a printer, or a new one."""
        self.banner.clear()
        self.trial.end()
        self.form.show_printer(printer)
        self.finds.setVisible(printer is None)
        self.finds.clear()
        self._title_form()
        self.form_card.show()
        self.area.ensureWidgetVisible(self.form_card)
        if printer is not None:
            self.form.name.setFocus()

    def _connect(self) -> None:
        self.new.clicked.connect(lambda _on=False: self.begin())
        self.form.cancel.clicked.connect(self.form_card.hide)
        self.form.save_wanted.connect(self._save)
        self.form.address_try_wanted.connect(self._try_address)
        self.finds.chosen.connect(self._take)
        self.trial.mute_wanted.connect(self._use_without_answers)
        self.routes.route_wanted.connect(self._route)

    def _may_change(self) -> bool:
        return self.runner.staff is not None and self.runner.staff.is_manager

    def _show(self, settings: Settings, may: bool) -> None:
        rows: list[QWidget] = []
        for printer in settings.printers:
            if rows:
                rows.append(rule())
            rows.append(self._row(printer, may))
        if not rows:
            words = _("No printer yet. Badges and lists become PDF files until one is added.")
            rows.append(EmptyState("printer", words, name="printers_none"))
        self.list.fill(rows)
        self.routes.show_settings(settings)

    def _row(self, printer: PrinterSettings, may: bool) -> PrinterRow:
        row = PrinterRow(printer, self.states.get(printer.name), is_for_managers=may)
        row.try_wanted.connect(partial(self._try, printer))
        row.change_wanted.connect(partial(self.begin, printer))
        row.remove_wanted.connect(partial(self._ask_to_remove, row))
        row.remove_confirmed.connect(partial(self._remove, printer))
        return row

    def _title_form(self) -> None:
        self.form_card.set_title(_("Change this printer") if self.form.printer else _("Add a printer"))

    def _try(self, printer: PrinterSettings) -> None:
        self.form_card.hide()
        self.trial.begin(printer, self.states.get(printer.name))
        self.area.ensureWidgetVisible(self.trial)

    def _save(self) -> None:
        if self.settings is None:
            return
        old = self.form.printer.name if self.form.printer else ""
        try:
            printer = printer_of(self.form.written(), self.settings, old)
        except Refusal as refusal:
            self._refuse(refusal)
            return
        self.want_settings(with_printer(self.settings, printer, old))
        if old and old != printer.name:
            self._move_jobs(old, printer.name)
        self.form_card.hide()
        words = _("Saved: {}").format(printer.name)
        self.runner.notice.emit(Notice(words, action=(_("Try it"), partial(self._try, printer))))

    def _refuse(self, refusal: Refusal) -> None:
        self.area.ensureWidgetVisible(self.form.refuse(refusal))

    def _take(self, name: str, link: str, address: str) -> None:
        self.form.take(name, link, address)
        self.area.ensureWidgetVisible(self.form.save)
        self.area.ensureWidgetVisible(self.form.name)

    def _use_without_answers(self, printer: PrinterSettings) -> None:
        if self.settings is not None:
            mute = printer.model_copy(update={"answers": False})
            self.want_settings(with_printer(self.settings, mute, printer.name))
            self.trial.begin(mute)

    def _route(self, kind: str, values: dict[str, object]) -> None:
        if self.settings is not None:
            self.want_settings(with_route(self.settings, kind, **values))

    def _try_address(self, written: str) -> None:
        try:
            address = address_of("network", written)
        except Refusal as refusal:
            self._refuse(refusal)
            return
        self.form.show_asking()
        self.area.ensureWidgetVisible(self.form.banner)
        self.runner.background(
            lambda: try_address(address),
            then=lambda tried: self.form.show_answer(tried.sentence, is_well=tried.is_well),
            owner=self,
        )

    def _find_trays(self) -> None:
        """Which trays there are; only the printers of this computer have any."""
        if self._may_change() and self._has_pages():
            self.runner.background(trays, then=self.routes.show_trays, owner=self)

    def _has_pages(self) -> bool:
        return self.settings is not None and any(not each.is_thermal for each in self.settings.printers)

    def _ask_to_remove(self, row: PrinterRow) -> None:
        assert self.settings is not None
        kinds = next(line.kinds for line in lines(self.settings) if line.printer.name == row.printer.name)

        def answer(waiting: Sequence[UUID]) -> None:
            if waiting:
                row.ask(len(waiting))
            else:
                self._remove(row.printer)

        self.runner.read(
            lambda session: print_jobs.waiting_for(session, row.printer.name, kinds), then=answer
        )

    def _remove(self, printer: PrinterSettings) -> None:
        before = self.settings
        if before is None:
            return
        if self.trial.printer is not None and self.trial.printer.name == printer.name:
            self.trial.end()
        self.want_settings(without_printer(before, printer.name))
        self._move_jobs(printer.name, "")
        back = (_("Put it back"), partial(self._put_back, printer, before))
        self.runner.notice.emit(Notice(_("Removed: {}").format(printer.name), action=back))

    def _put_back(self, printer: PrinterSettings, before: Settings) -> None:
        if self.settings is not None and self.settings.printer(printer.name) is None:
            again = self.settings.with_(printers=(*self.settings.printers, printer), routes=before.routes)
            self.want_settings(again)

    def _move_jobs(self, old: str, new: str) -> None:
        """What waits for a printer by name waits for another one, or for whichever gets its kind."""
        at = self.runner.at()
        self.runner.now(
            lambda session: print_jobs.move(session, print_jobs.waiting_for(session, old), new, at=at)
        )
