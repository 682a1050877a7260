"""The settings: a list of sections, and the chosen one beside it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from civicdesk.settings import Settings
from civicdesk.text import _
from civicdesk.ui.backup_desk import BackupDesk
from civicdesk.ui.mail_desk import MailDesk
from civicdesk.ui.pages.denial_page import DenialPage
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.settings.about import AboutSection
from civicdesk.ui.pages.settings.backup import BackupSection
from civicdesk.ui.pages.settings.badges import BadgesSection
from civicdesk.ui.pages.settings.booking_rules import BookingRulesSection
from civicdesk.ui.pages.settings.centre import CentreSection
from civicdesk.ui.pages.settings.hours import HoursSection
from civicdesk.ui.pages.settings.hub import HubSection
from civicdesk.ui.pages.settings.looks import LooksSection
from civicdesk.ui.pages.settings.mail import MailSection
from civicdesk.ui.pages.settings.mail_texts import MailTextsSection
from civicdesk.ui.pages.settings.own_pin import OwnPinSection
from civicdesk.ui.pages.settings.post_labels import PostLabelsSection
from civicdesk.ui.pages.settings.printers import PrintersSection
from civicdesk.ui.pages.settings.reader import ReaderSection
from civicdesk.ui.pages.settings.rooms import RoomsSection
from civicdesk.ui.pages.settings.safety import SafetySection
from civicdesk.ui.pages.settings.section import MachineSection, Section
from civicdesk.ui.pages.settings.staff import StaffSection
from civicdesk.ui.print_desk import PrintDesk
from civicdesk.ui.runner import Runner
from civicdesk.ui.sync_desk import SyncDesk
from civicdesk.ui.theme.now import roomy, scaled
from civicdesk.ui.widgets.button import IconButton
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import mark
from civicdesk.ui.widgets.tone_icon import ToneIcon
from civicdesk.ui.widgets.touch import TouchScrollArea

_WIDE = 1_000
"""From this width on, at the clerk's text size, the list stands beside the section."""

_LIST = 268


@dataclass(frozen=True)
class _Entry:
    """One line of the list: who may see it, and what it opens."""

    key: str
    icon: str
    words: Callable[[], str]
    make: Callable[[Runner], Section]
    for_managers: bool = True


_ENTRIES = (
    _Entry("looks", "sun", lambda: _("Looks and sound"), LooksSection, for_managers=False),
    _Entry("reader", "scan-line", lambda: _("Reader"), ReaderSection, for_managers=False),
    _Entry("printers", "printer", lambda: _("Printers"), PrintersSection, for_managers=False),
    _Entry("own_pin", "key-round", lambda: _("My code"), OwnPinSection, for_managers=False),
    _Entry("centre", "building-2", lambda: _("Centre"), CentreSection),
    _Entry("badges", "id-card", lambda: _("Badges"), BadgesSection),
    _Entry("hours", "clock", lambda: _("Opening hours"), HoursSection),
    _Entry("mail", "mail", lambda: _("E-mail"), MailSection),
    _Entry("mail_texts", "pencil", lambda: _("E-mail texts"), MailTextsSection),
    _Entry("rooms", "door-open", lambda: _("Rooms"), RoomsSection),
    _Entry("post_labels", "mailbox", lambda: _("Labels and cards"), PostLabelsSection, for_managers=False),
    _Entry("booking_rules", "list-checks", lambda: _("Booking rules"), BookingRulesSection),
    _Entry("staff", "users-round", lambda: _("Staff"), StaffSection),
    _Entry("denials", "shield-ban", lambda: _("Refused entry"), DenialPage),
    _Entry("backup", "archive", lambda: _("Backup"), BackupSection),
    _Entry("hub", "globe", lambda: _("Hub"), HubSection),
    _Entry("safety", "shield-check", lambda: _("Audit trail"), SafetySection),
    _Entry("about", "info", lambda: _("About"), AboutSection, for_managers=False),
)


class SettingsPage(Page):
    """What belongs to this computer for everybody; what belongs to the centre for managers."""

    settings_wanted = Signal(object)
    test_card_wanted = Signal(str)  # the code on the card
    emails_wanted = Signal()
    post_labels_wanted = Signal(str)  # which labels or cards

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("settings_page")
        self._sections: dict[str, Section] = {}
        self._entries: tuple[_Entry, ...] = ()
        self._key = "looks"
        self._settings: Settings | None = None
        self._printers: PrintDesk | None = None
        self._mail: MailDesk | None = None
        self._backup: BackupDesk | None = None
        self._sync: SyncDesk | None = None
        self.back = IconButton("arrow-left", "", name="settings_back")
        self.title, self.lead = label("", "title"), label("", "second", wrap=True)
        self.list = Card(name="settings_list")
        self.pills = Segmented([], name="settings_pills", spoken="")
        self._stack = QStackedWidget()
        self._build()
        self._connect()
        self.looks, self.reader = LooksSection(runner), ReaderSection(runner)
        self._keep("looks", self.looks)
        self._keep("reader", self.reader)
        self.reader.test_card_wanted.connect(self.test_card_wanted)
        self.retranslate()

    def show_settings(self, settings: Settings) -> None:
        """Show what this computer works by."""
        self._settings = settings
        for section in self._sections.values():
            self._tell_settings(section)

    def use_printers(self, printers: PrintDesk) -> None:
        """Show how these printers stand, now and from now on."""
        self._printers = printers
        printers.changed.connect(self._show_printers)
        self._show_printers()

    def use_mail(self, mail: MailDesk) -> None:
        """Tell this queue of a password that was written anew."""
        self._mail = mail
        section = self._sections.get("mail")
        if isinstance(section, MailSection):
            section.use_mail(mail)

    def use_backup(self, backup: BackupDesk) -> None:
        """Show how the backups of this desk go."""
        self._backup = backup
        section = self._sections.get("backup")
        if isinstance(section, BackupSection):
            section.use_backup(backup)

    def use_sync(self, sync: SyncDesk) -> None:
        """Show how the sync of this desk goes."""
        self._sync = sync
        section = self._sections.get("hub")
        if isinstance(section, HubSection):
            section.use_sync(sync)

    def take_hub_code(self, code: str) -> None:
        """The code of a hub was scanned."""
        section = self._sections.get("hub")
        if isinstance(section, HubSection):
            section.take_code(code)

    def _show_printers(self) -> None:
        section = self._sections.get("printers")
        if self._printers is not None and isinstance(section, PrintersSection):
            section.show_states(self._printers.states)

    def scanned(self, text: str, raw: str) -> None:
        """A reader sent something, whatever is on the screen."""
        self.reader.scanned(text, raw)

    def show_section(self, key: str) -> None:
        """Open a section of the list; one that is not for whoever is signed in stays closed."""
        entry = next((entry for entry in self._seen() if entry.key == key), None)
        if entry is None:
            return
        self._key = key
        if key not in self._sections:
            self._keep(key, entry.make(self.runner))
        self._stack.setCurrentWidget(self._sections[key])
        self._mark()

    def section(self) -> Section:
        """The section that is open."""
        return self._sections[self._key]

    def refresh(self) -> None:
        """Offer what is for whoever is signed in now."""
        self._entries = self._seen()
        if self._key not in {entry.key for entry in self._entries}:
            self._key = "looks"
        self.list.fill([self._row(entry) for entry in self._entries])
        self.pills.set_choices([(entry.key, entry.words()) for entry in self._entries])
        self.show_section(self._key)
        self.section().refresh_now()

    def retranslate(self) -> None:
        self.title.setText(_("Settings"))
        self.lead.setText(_("of this computer and, for managers, of the centre"))
        self.back.say(_("Back"))
        self.list.setAccessibleName(_("Sections"))
        self.pills.setAccessibleName(_("Sections"))
        self.refresh_now()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._arrange()

    def _build(self) -> None:
        self._side = QWidget()
        side = QVBoxLayout(self._side)
        side.setContentsMargins(0, 0, 0, 0)
        side.addWidget(TouchScrollArea(self.list))
        self._body = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._body.addWidget(self._side)
        self._body.addWidget(self.pills)
        self._body.addWidget(self._stack, 1)
        page = QVBoxLayout(self)
        page.setContentsMargins(20, 20, 20, 20)
        page.setSpacing(14)
        page.addLayout(self._head())
        page.addLayout(self._body, 1)

    def _head(self) -> QHBoxLayout:
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(self.back)
        head.addWidget(self.title)
        head.addWidget(self.lead, 1, Qt.AlignmentFlag.AlignVCenter)
        return head

    def _connect(self) -> None:
        self.back.clicked.connect(self.back_wanted)
        self.pills.chosen.connect(lambda key: self.show_section(str(key)))

    def _keep(self, key: str, section: Section) -> None:
        self._sections[key] = section
        self._stack.addWidget(section)
        if isinstance(section, MachineSection):
            section.settings_wanted.connect(self.settings_wanted)
        if isinstance(section, MailSection):
            section.emails_wanted.connect(self.emails_wanted)
            if self._mail is not None:
                section.use_mail(self._mail)
        if isinstance(section, PostLabelsSection):
            section.post_labels_wanted.connect(self.post_labels_wanted)
        if isinstance(section, BackupSection) and self._backup is not None:
            section.use_backup(self._backup)
        if isinstance(section, HubSection) and self._sync is not None:
            section.use_sync(self._sync)
        self._tell_settings(section)

    def _tell_settings(self, section: Section) -> None:
        if self._settings is not None and isinstance(section, MachineSection):
            section.show_settings(self._settings)
        self._show_printers()

    def _seen(self) -> tuple[_Entry, ...]:
        may = self.runner.staff is not None and self.runner.staff.is_manager
        return tuple(entry for entry in _ENTRIES if may or not entry.for_managers)

    def _row(self, entry: _Entry) -> ListRow:
        row = ListRow(
            entry.words(), name=f"settings_row_{entry.key}", lead=ToneIcon(entry.icon, size=36), opens=True
        )
        row.setCheckable(True)
        row.toggled.connect(lambda _on: self.show_section(entry.key))
        return row

    def _mark(self) -> None:
        self.pills.set_value(self._key)
        for row in self.list.findChildren(ListRow):
            mark(row, row.objectName() == f"settings_row_{self._key}")

    def _arrange(self) -> None:
        """The list stands beside the section, or as pills above it where there is no room."""
        is_wide = self.width() >= scaled(_WIDE)
        direction = QBoxLayout.Direction.LeftToRight if is_wide else QBoxLayout.Direction.TopToBottom
        self._body.setDirection(direction)
        self._body.setSpacing(roomy(14))
        self._side.setFixedWidth(scaled(_LIST))
        self._side.setVisible(is_wide)
        self.pills.setVisible(not is_wide)
