"""The registers of post: of some days or of one organisation, seen as they will be printed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFileDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import mail_registers, mail_registers_out, members_out
from civicdesk.desk.mail_registers import Register
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import MailState, PaperKind
from civicdesk.text import _, local
from civicdesk.ui.pages.booking.day_field import DayField
from civicdesk.ui.pages.booking.organisation_pick import OrganisationPick
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.side import place_side
from civicdesk.ui.post_words import items_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import BigButton, Button, IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.paper_view import PaperView
from civicdesk.ui.widgets.refusal_banner import RefusalBanner
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.touch import TouchScrollArea

_SIDE_WIDTH = 340
TODAY, WEEK, MONTH, OTHER = "today", "week", "month", "other"
_LONGEST = timedelta(days=366)


class RegistersPage(Page):
    """Choose the days and perhaps an organisation; print it, or keep it as PDF or for a spreadsheet."""

    watches: ClassVar[Changes] = frozenset({MailState})
    register_wanted = Signal(str, object)  # days, organisation id or None

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("registers_page")
        today = local(runner.at()).date()
        self._drawn: object = None
        self._pdf = b""
        self.back = IconButton("arrow-left", "", name="registers_back")
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.banner = RefusalBanner(name="registers_refusal")
        self.span = Segmented([], name="registers_span", spoken="", value=TODAY)
        self.first, self.last = (
            DayField(name="registers_first", value=today),
            DayField(name="registers_last", value=today),
        )
        self.first_field, self.last_field = LabelledField("", self.first), LabelledField("", self.last)
        self.whose = OrganisationPick(runner, name="registers_organisation")
        self.paper = PaperView(runner, name="registers_paper")
        self.save_pdf = Button("", "file-text", name="registers_pdf")
        self.save_table = Button("", "list", name="registers_xlsx")
        self.print_it = BigButton("", "printer", name="registers_print", role="primary")
        self._build()
        self._join()
        self.retranslate()

    def days(self) -> tuple[date, date]:
        """The first and the last day."""
        today = local(self.runner.at()).date()
        span = self.span.value()
        if span == WEEK:
            return today - timedelta(days=today.weekday()), today
        if span == MONTH:
            return today.replace(day=1), today
        return (today, today) if span == TODAY else (self.first.value(), self.last.value())

    def refresh(self) -> None:
        """Draw the register anew, off the screen's thread."""
        first, last = self.days()
        self.banner.clear()
        if first > last:
            self.banner.show_refusal(_("The end is before the beginning."))
        elif last - first > _LONGEST:
            self.banner.show_refusal(_("At most a year fits in one register."))
        else:
            self.runner.background(partial(self._draw, first, last), self._show, self._refuse, owner=self)

    def retranslate(self) -> None:
        self.back.say(_("Back"))
        self.title.setText(_("Registers of post"))
        self.second.setText(_("What came in, where it stands and who took it; as it will be printed."))
        spans = [
            (TODAY, _("Today")),
            (WEEK, _("This week")),
            (MONTH, _("This month")),
            (OTHER, _("Other days")),
        ]
        span = self.span.value() or TODAY
        self.span.set_choices(spans)
        self.span.set_value(span)
        self.span.setAccessibleName(_("Which days"))
        self.first_field.set_words(_("From"))
        self.last_field.set_words(_("Until"))
        self.whose.say(_("Only of one organisation"))
        self.whose.text.setPlaceholderText(_("All organisations"))
        self.print_it.setText(_("Print"))
        self.save_pdf.setText(_("Save as PDF"))
        self.save_table.setText(_("Save as a table (XLSX)"))
        self._show_span()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _build(self) -> None:
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self.title)
        words.addWidget(self.second)
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addLayout(words, 1)
        choices = QWidget()
        choices.setProperty("kind", "scrolled")
        column = QVBoxLayout(choices)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(10))
        parts: list[QWidget] = [self.banner, self.span, self.first_field, self.last_field, self.whose.field]
        for part in (*parts, self.whose.matches):
            column.addWidget(part)
        column.addStretch(1)
        self._side = Card(name="registers_card", padded=True)
        self._side.add(TouchScrollArea(choices), 1)
        for button in (self.save_table, self.save_pdf, self.print_it):
            self._side.add(button)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(20, 20, 20, 20)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(12)
        self._grid.setColumnStretch(0, 1)
        self._grid.addLayout(head, 0, 0, 1, 2)
        self._grid.addWidget(self.paper, 1, 0)
        self._grid.setRowStretch(1, 1)
        self._fit()

    def _fit(self) -> None:
        width = max(roomy(_SIDE_WIDTH), self.save_table.minimumSizeHint().width() + roomy(40))
        place_side(self, self._grid, self._side, first_row=1, last_row=1, width=width)

    def _join(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.span.chosen.connect(lambda _span: self._other_span())
        self.first.value_changed.connect(lambda _on: self.refresh())
        self.last.value_changed.connect(lambda _on: self.refresh())
        self.whose.settled.connect(lambda _whose: self.refresh())
        self.print_it.clicked.connect(lambda _on=False: self._print())
        self.save_pdf.clicked.connect(lambda _on=False: self._ask_file("pdf"))
        self.save_table.clicked.connect(lambda _on=False: self._ask_file("xlsx"))

    def _other_span(self) -> None:
        self._show_span()
        self.refresh()

    def _show_span(self) -> None:
        is_other = self.span.value() == OTHER
        self.first_field.setVisible(is_other)
        self.last_field.setVisible(is_other)

    def _label(self) -> str:
        first, last = self.days()
        return f"{first.isoformat()}:{last.isoformat()}"

    def _draw(self, first: date, last: date) -> tuple[bytes, int]:
        """The PDF and how many items it holds."""
        from civicdesk.printing import sheets  # noqa: PLC0415  drawing is slow to import

        at, whose, staff = self.runner.at(), self.whose.organisation, self.runner.staff
        with self.runner.database.read() as session:
            sheet = sheets.preview(
                session,
                PaperKind.MAIL_REGISTER,
                at=at,
                subject_id=whose.id if whose else None,
                label=f"{first.isoformat()}:{last.isoformat()}",
                by_id=staff.id if staff else None,
            )
            return sheet.pdf, len(self._register(session, first, last).lines)

    def _register(self, session: Session, first: date, last: date) -> Register:
        at, whose = self.runner.at(), self.whose.organisation
        if whose is None:
            return mail_registers.of_days(session, first, last, at=at)
        return mail_registers.of_organisation(session, whose.id, first, last, at=at)

    def _show(self, drawn: tuple[bytes, int]) -> None:
        if not self.isVisible():
            self._stale = True  # drawn anew when somebody looks again
            return
        self._pdf, count = drawn
        self.paper.show_pdf(self._pdf, _("Register of post"))
        self.second.setText(
            _("{items} came in; the register is shown as it will be printed.").format(
                items=items_words(count)
            )
        )

    def _refuse(self, refusal: Refusal) -> None:
        self.banner.show_refusal(str(refusal))

    def _print(self) -> None:
        self.register_wanted.emit(
            self._label(), self.whose.organisation.id if self.whose.organisation else None
        )

    def _ask_file(self, ending: str) -> None:
        """Where to; the file is written whole or not at all."""
        first, last = self.days()
        name = f"{_('Register of post')} {first.isoformat()} {last.isoformat()}.{ending}"
        dialog = QFileDialog(self, _("Save the register"), name, f"*.{ending}")
        dialog.setObjectName("registers_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setDefaultSuffix(ending)
        dialog.fileSelected.connect(lambda chosen: self.write(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def write(self, path: Path) -> None:
        """Write the register into this file: a PDF or a table, by its ending."""
        first, last = self.days()
        job: Callable[[], Path] = partial(self._write_table, path, first, last)
        if path.suffix.lower() == ".pdf":
            job = partial(self._write_pdf, path, first, last)
        done = _("The register was written to {}.")
        self.runner.background(job, lambda made: self.runner.say(done.format(made.name)), owner=self)

    def _write_table(self, path: Path, first: date, last: date) -> Path:
        with self.runner.database.read() as session:
            told = mail_registers_out.rows(self._register(session, first, last))
        return members_out.write(path, told)

    def _write_pdf(self, path: Path, first: date, last: date) -> Path:
        pdf, _count = self._draw(first, last)
        part = path.with_suffix(".part")
        try:
            part.write_bytes(pdf)
            part.replace(path)
        except OSError as error:
            raise Unavailable(_("The file could not be written: {}").format(error.strerror)) from error
        return path
