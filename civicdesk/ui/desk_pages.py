"""The pages of the desk, each imported and made when it is first wanted: a quick start, and less memory."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QStackedWidget

from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.today_page import TodayPage
from civicdesk.ui.runner import Runner

if TYPE_CHECKING:
    from civicdesk.ui.pages.booking_page import BookingPage
    from civicdesk.ui.pages.checkin_page import CheckInPage
    from civicdesk.ui.pages.emails_page import EmailsPage
    from civicdesk.ui.pages.evacuation_page import EvacuationPage
    from civicdesk.ui.pages.head_count_page import HeadCountPage
    from civicdesk.ui.pages.import_page import ImportPage
    from civicdesk.ui.pages.invite_page import InvitePage
    from civicdesk.ui.pages.member_page import MemberPage
    from civicdesk.ui.pages.members_page import MembersPage
    from civicdesk.ui.pages.notice_page import NoticePage
    from civicdesk.ui.pages.post_page import PostPage
    from civicdesk.ui.pages.preview_page import PreviewPage
    from civicdesk.ui.pages.queue_page import QueuePage
    from civicdesk.ui.pages.receive_page import ReceivePage
    from civicdesk.ui.pages.reports_page import ReportsPage
    from civicdesk.ui.pages.rooms_page import RoomsPage
    from civicdesk.ui.pages.secretariat_page import SecretariatPage
    from civicdesk.ui.pages.settings_page import SettingsPage
    from civicdesk.ui.pages.settle_page import SettlePage
    from civicdesk.ui.pages.visitor_page import VisitorPage
    from civicdesk.ui.pages.visitors_page import VisitorsPage
    from civicdesk.ui.pages.waiting_page import WaitingPage

P = TypeVar("P", bound=Page)

WAYS = (
    "today",
    "visitors",
    "check_in",
    "rooms",
    "booking",
    "visitor",
    "invite",
    "head_count",
    "evacuation",
    "waiting",
    "post",
    "receive",
    "notice",
    "print_queue",
    "emails",
    "secretariat",
    "preview",
    "reports",
    "settings",
    "settle",
    "import",
    "members",
    "member",
    "import_members",
)


class LooseStack(QStackedWidget):
    """A page is as large as the window leaves it, and scrolls; no page makes the window larger."""

    def minimumSizeHint(self) -> QSize:
        return QSize(0, 0)


class DeskPages(LooseStack):
    """Shows one page at a time; `made` tells of each new one, so that it can be connected."""

    made = Signal(str, object)  # way, Page

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self.there: dict[str, Page] = {}

    def page(self, way: str) -> Page:
        """The page of a way, made if it is wanted for the first time."""
        found: Page = getattr(self, "import_" if way == "import" else way)
        return found

    def way(self) -> str:
        """Which page is shown."""
        shown = self.currentWidget()
        return next((way for way, page in self.there.items() if page is shown), "today")

    @cached_property
    def today(self) -> TodayPage:
        return self._make("today", TodayPage)

    @cached_property
    def check_in(self) -> CheckInPage:
        from civicdesk.ui.pages.checkin_page import CheckInPage  # noqa: PLC0415

        return self._make("check_in", CheckInPage)

    @cached_property
    def visitors(self) -> VisitorsPage:
        from civicdesk.ui.pages.visitors_page import VisitorsPage  # noqa: PLC0415

        return self._make("visitors", VisitorsPage)

    @cached_property
    def rooms(self) -> RoomsPage:
        from civicdesk.ui.pages.rooms_page import RoomsPage  # noqa: PLC0415

        return self._make("rooms", RoomsPage)

    @cached_property
    def booking(self) -> BookingPage:
        from civicdesk.ui.pages.booking_page import BookingPage  # noqa: PLC0415

        return self._make("booking", BookingPage)

    @cached_property
    def visitor(self) -> VisitorPage:
        from civicdesk.ui.pages.visitor_page import VisitorPage  # noqa: PLC0415

        return self._make("visitor", VisitorPage)

    @cached_property
    def invite(self) -> InvitePage:
        from civicdesk.ui.pages.invite_page import InvitePage  # noqa: PLC0415

        return self._make("invite", InvitePage)

    @cached_property
    def head_count(self) -> HeadCountPage:
        from civicdesk.ui.pages.head_count_page import HeadCountPage  # noqa: PLC0415

        return self._make("head_count", HeadCountPage)

    @cached_property
    def evacuation(self) -> EvacuationPage:
        from civicdesk.ui.pages.evacuation_page import EvacuationPage  # noqa: PLC0415

        return self._make("evacuation", EvacuationPage)

    @cached_property
    def waiting(self) -> WaitingPage:
        from civicdesk.ui.pages.waiting_page import WaitingPage  # noqa: PLC0415

        return self._make("waiting", WaitingPage)

    @cached_property
    def post(self) -> PostPage:
        from civicdesk.ui.pages.post_page import PostPage  # noqa: PLC0415

        return self._make("post", PostPage)

    @cached_property
    def receive(self) -> ReceivePage:
        from civicdesk.ui.pages.receive_page import ReceivePage  # noqa: PLC0415

        return self._make("receive", ReceivePage)

    @cached_property
    def notice(self) -> NoticePage:
        from civicdesk.ui.pages.notice_page import NoticePage  # noqa: PLC0415

        return self._make("notice", NoticePage)

    @cached_property
    def print_queue(self) -> QueuePage:
        from civicdesk.ui.pages.queue_page import QueuePage  # noqa: PLC0415

        return self._make("print_queue", QueuePage)

    @cached_property
    def emails(self) -> EmailsPage:
        from civicdesk.ui.pages.emails_page import EmailsPage  # noqa: PLC0415

        return self._make("emails", EmailsPage)

    @cached_property
    def secretariat(self) -> SecretariatPage:
        from civicdesk.ui.pages.secretariat_page import SecretariatPage  # noqa: PLC0415

        return self._make("secretariat", SecretariatPage)

    @cached_property
    def preview(self) -> PreviewPage:
        from civicdesk.ui.pages.preview_page import PreviewPage  # noqa: PLC0415

        return self._make("preview", PreviewPage)

    @cached_property
    def import_(self) -> ImportPage:
        from civicdesk.ui.pages.import_page import ImportPage  # noqa: PLC0415

        return self._make("import", ImportPage)

    @cached_property
    def members(self) -> MembersPage:
        from civicdesk.ui.pages.members_page import MembersPage  # noqa: PLC0415

        return self._make("members", MembersPage)

    @cached_property
    def member(self) -> MemberPage:
        from civicdesk.ui.pages.member_page import MemberPage  # noqa: PLC0415

        return self._make("member", MemberPage)

    @cached_property
    def import_members(self) -> ImportPage:
        from civicdesk.ui.pages.import_page import ImportPage  # noqa: PLC0415
        from civicdesk.ui.pages.imports.members import Members  # noqa: PLC0415

        return self._make("import_members", lambda runner: ImportPage(runner, Members()))

    @cached_property
    def reports(self) -> ReportsPage:
        from civicdesk.ui.pages.reports_page import ReportsPage  # noqa: PLC0415

        return self._make("reports", ReportsPage)

    @cached_property
    def settle(self) -> SettlePage:
        from civicdesk.ui.pages.settle_page import SettlePage  # noqa: PLC0415

        return self._make("settle", SettlePage)

    @cached_property
    def settings(self) -> SettingsPage:
        from civicdesk.ui.pages.settings_page import SettingsPage  # noqa: PLC0415

        return self._make("settings", SettingsPage)

    def _make(self, way: str, kind: Callable[[Runner], P]) -> P:
        page = kind(self._runner)
        self.there[way] = page
        self.addWidget(page)
        self.made.emit(way, page)
        return page
