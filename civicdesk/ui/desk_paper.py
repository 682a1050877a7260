"""What the window does about paper: who asks for it, how it stands, the queue, the first look at a kind."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject, Signal
from sqlalchemy.orm import Session

from civicdesk.desk import visits
from civicdesk.models import PaperKind, Visit
from civicdesk.settings import RouteSettings, Settings
from civicdesk.text import _
from civicdesk.ui import paper_state
from civicdesk.ui.desk_pages import DeskPages
from civicdesk.ui.pages.page import Page
from civicdesk.ui.paper import First, Paper
from civicdesk.ui.paper_words import kind_words
from civicdesk.ui.print_desk import cut_short_words, unset_words
from civicdesk.ui.runner import Notice, Runner
from civicdesk.ui.top_bar import TopBar

Act = Callable[[], None]


class DeskPaper(QObject):
    """Connects pages, top bar and lock screen to the paper."""

    way_wanted = Signal(str)
    back_wanted = Signal()
    settings_wanted = Signal(object)
    locked_said = Signal(str)

    def __init__(self, runner: Runner, paper: Paper, pages: DeskPages, top_bar: TopBar) -> None:
        super().__init__(paper)
        self.runner, self.paper, self.pages, self.top_bar = runner, paper, pages, top_bar
        self.printers = paper.printers
        self.messages: Callable[[Visit], tuple[str, Act] | None] = lambda _visit: None
        self._looked_at: First | None = None
        self._asked_for: list[Act] = []
        paper.first_seen.connect(self._show_first)
        paper.queue_wanted.connect(self.open_queue)
        top_bar.printer_wanted.connect(self.open_queue)
        self.printers.changed.connect(self.show)

    def answers(self) -> dict[str, Callable[..., None]]:
        """What is done for a page that wants paper, by the name of its signal."""
        return {
            "badge_wanted": self.paper.badge,
            "badges_wanted": self.paper.badges,
            "pass_wanted": self.paper.visitor_pass,
            "passes_wanted": self.paper.passes,
            "list_wanted": self.paper.evacuation,
            "day_list_wanted": self.paper.day_list,
            "setup_list_wanted": self.paper.setup_list,
            "occupancy_wanted": self.paper.occupancy,
            "report_wanted": self.paper.report,
            "door_sign_wanted": self.paper.door_sign,
            "receipt_wanted": self.paper.receipt,
            "register_wanted": self.paper.mail_register,
            "post_labels_wanted": self.paper.post_labels,
            "test_card_wanted": self.paper.test_card,
            "queue_wanted": self.open_queue,
            "printers_wanted": self.open_printers,
            "checked_in": self.checked_in,
            "print_wanted": self._print_first,
            "redraw_wanted": self._redraw,
        }

    def use(self, settings: Settings) -> None:
        """Work by these settings from now on."""
        self.printers.use(settings)

    def join(self, page: Page) -> None:
        """A page that shows how the printers stand was made."""
        if use_printers := getattr(page, "use_printers", None):
            use_printers(self.printers)

    def tell_cut_short(self) -> None:
        """What was being printed when the desk stopped may or may not have come out."""
        if self.printers.cut_short:
            words = cut_short_words(self.printers.cut_short)
            self.runner.notice.emit(Notice(words, "warn", action=(_("Print queue"), self.open_queue)))

    def show(self) -> None:
        """The chip and the card “needs attention” say how it stands."""
        self.top_bar.show_printer(*paper_state.chip(self.printers), paper_state.chip_tip(self.printers))
        matters = paper_state.matters(self.printers, self.runner.at())
        self.pages.today.attend(matters, topic="paper")

    def open_queue(self) -> None:
        """Show what waits."""
        if self.runner.staff is not None:
            self.way_wanted.emit("print_queue")

    def open_printers(self) -> None:
        """Show where printers are set."""
        self.way_wanted.emit("settings")
        self.pages.settings.show_section("printers")

    def checked_in(self, visit: Visit, prints: bool) -> None:
        """Say that somebody is inside, and have the badge printed; neither waits for the other."""
        said = [_("{} is inside · badge {}").format(visit.visitor.name, visit.number)]
        has_printer = bool(prints and self.printers.printer_of(PaperKind.BADGE))
        if has_printer:
            said.append(paper_state.badge_words(self.printers))
        waits = self.messages(visit)
        action = self._next(visit.id, has_printer=has_printer) if prints else None
        if waits:
            said.append(waits[0])
            action = (_("See messages"), waits[1])
        self.runner.notice.emit(
            Notice(
                " · ".join(said),
                undo=partial(_take_back, visit_id=visit.id, at=self.runner.at),
                action=action,
            )
        )
        if prints:
            self.paper.badge(visit.id, is_told=False)

    def badge_words(self) -> str:
        """What becomes of the badge of somebody let in now."""
        return paper_state.badge_words(self.printers)

    def print_while_locked(self, kind: PaperKind) -> None:
        """A list of the locked desk goes to its printer; it is not shown."""
        if not self.printers.printer_of(kind):
            self.locked_said.emit(unset_words())
            return
        said = paper_state.asked_words(self.printers, kind)[0]
        self.printers.list_(kind, lambda _jobs: self.locked_said.emit(said))

    def _next(self, visit_id: UUID, *, has_printer: bool) -> tuple[str, Act]:
        if has_printer:
            return _("Print queue"), self.open_queue
        return _("Open badge"), partial(self.paper.open_badge, visit_id)

    def _show_first(self, first: First, pdf: bytes) -> None:
        """Nobody has seen this kind of paper yet: show it first, once for all that is asked for meanwhile."""
        if self.runner.staff is None:
            first.ask()
            return
        if self._asked_for and self._looked_at and self._looked_at.kind == first.kind:
            self._asked_for.append(first.ask)
            return
        self.left("preview")  # of another kind, which nobody printed
        self._looked_at, self._asked_for = first, [first.ask]
        assert self.printers.settings is not None
        self.pages.preview.show_paper(kind_words(first.kind), pdf, first.kind, self.printers.settings)
        self.way_wanted.emit("preview")

    def _redraw(self, _kind: str, printer: str) -> None:
        """It would come out of another printer, and looks different there."""
        if self._looked_at is not None:
            form = self.printers.form_of(printer)
            self.paper.draw(self._looked_at, form, self.pages.preview.show_drawn)

    def left(self, way: str) -> None:
        """Another page is shown: what was only looked at was not printed, and that is said."""
        if way != "preview" or not self._asked_for:
            return
        asked, self._asked_for = self._asked_for, []
        print_now = (_("Print"), partial(_do_all, asked))
        self.runner.notice.emit(Notice(_("Nothing was printed."), "warn", action=print_now))

    def _print_first(self, kind: str, route: RouteSettings) -> None:
        """It was looked at: print it, here and from now on without a look."""
        settings = self.printers.settings
        assert settings is not None
        asked, self._asked_for = self._asked_for, []
        seen = route.model_copy(update={"is_seen": True})
        changed = settings.with_(routes={**settings.routes, kind: seen})
        self.use(changed)
        self.settings_wanted.emit(changed)
        self.back_wanted.emit()
        _do_all(asked)


def _do_all(asked: list[Act]) -> None:
    for ask in asked:
        ask()


def _take_back(session: Session, visit_id: UUID, at: Callable[[], datetime]) -> Visit:
    return visits.undo_check_in(session, visit_id, at=at())
