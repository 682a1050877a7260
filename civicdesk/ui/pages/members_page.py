"""The register: every member by the alphabet, outside bodies and those who left apart, found as typed."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QEvent, QStandardPaths, Qt, QTimer, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFileDialog, QHBoxLayout, QVBoxLayout, QWidget

from civicdesk.database import Changes
from civicdesk.desk import kinds, member_list, members_out
from civicdesk.desk.member_list import MemberList
from civicdesk.models import AddressPaper, Mailbox, MailState, Organisation, OrganisationPerson
from civicdesk.text import _, local, ngettext, number
from civicdesk.ui.pages.members.lines import TABS, counts, lines
from civicdesk.ui.pages.page import Page
from civicdesk.ui.pages.visitors.lines import Line
from civicdesk.ui.pages.visitors.people_list import PeopleList
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.touch import TouchScrollArea

_MARGIN = 20
_ENDINGS = {".csv", ".xlsx"}


class MembersPage(Page):
    """One list under a search field; a tap on a line opens the organisation."""

    watches: ClassVar[Changes] = frozenset(
        {Organisation, OrganisationPerson, AddressPaper, Mailbox, MailState}
    )
    member_wanted = Signal(object)  # organisation id
    new_member_wanted = Signal()
    import_members_wanted = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner)
        self.setObjectName("members_page")
        self._tab = "members"
        self._seen: MemberList | None = None
        self._make()
        self._build()
        self._connect()
        self.retranslate()

    def show_tab(self, tab: str) -> None:
        """Turn to members, outside bodies, those whose papers end soon, or those who left."""
        self._tab = tab if tab in TABS else "members"
        self.tabs.set_value(self._tab)
        self._name_kinds()
        self.list.verticalScrollBar().setValue(0)
        self._show_lines()

    def refresh(self) -> None:
        self.runner.read(partial(member_list.look, at=self.runner.at()), self._show)

    def tick(self) -> None:
        """A day may have begun on which a paper ends."""
        if self._seen and local(self.runner.at()) - local(self._seen.at) > timedelta(hours=1):
            self.refresh_now()

    def retranslate(self) -> None:
        self.title.setText(_("Members"))
        self.export.setText(_("Write out"))
        self.take_in.setText(_("Take in from a file"))
        self.add.setText(_("Add an organisation"))
        self.first.setText(_("Take in from a file"))
        self.filter.setAccessibleName(_("Search name, short name, box"))
        self.filter.setPlaceholderText(_("Search name, short name, box"))
        self.tabs.setAccessibleName(_("Which list"))
        self.kind.setAccessibleName(_("Which kind"))
        self.list.setAccessibleName(_("Members"))
        self._name_tabs()
        self._name_kinds()

    def _make(self) -> None:
        self.title, self.second = label("", "title"), label("", "second", wrap=True)
        self.export = Button("", "save", name="members_export")
        self.take_in = Button("", "file-text", name="members_import")
        self.add = Button("", "plus", name="members_add", role="primary")
        self.tabs = Segmented([(tab, tab) for tab in TABS], name="members_tab", spoken="", value=self._tab)
        self.kind = ChoiceField("", name="members_kind")
        self.filter = text_field("", name="members_filter", icon="search")
        self.filter.setClearButtonEnabled(True)
        self.card = Card(name="members_card")
        self.list = PeopleList(QWidget(), name="members_list")
        self.first = Button("", "file-text", name="members_first", role="primary")
        self.nobody = EmptyState("building-2", "", name="members_nobody", button=self.first)

    def _build(self) -> None:
        content = QWidget()
        whole = QVBoxLayout(content)
        whole.setContentsMargins(_MARGIN, 12, _MARGIN, _MARGIN)
        whole.setSpacing(12)
        self._head = self._make_head()
        whole.addLayout(self._head)
        whole.addWidget(self.tabs)
        self._search_row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._search_row.setSpacing(8)
        self._search_row.addWidget(self.filter, 1)
        self._search_row.addWidget(self.kind)
        whole.addLayout(self._search_row)
        self.card.add(self.list, 1)
        self.card.add(self.nobody, 1)
        whole.addWidget(self.card, 1)
        room = QVBoxLayout(self)
        room.setContentsMargins(0, 0, 0, 0)
        room.addWidget(TouchScrollArea(content))

    def _make_head(self) -> QBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self.title)
        words.addWidget(self.second)
        where = QHBoxLayout()
        where.addLayout(words, 1)
        head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        head.setSpacing(12)
        head.addLayout(where, 1)
        self._ways = FlowRow([self.export, self.take_in, self.add])
        head.addWidget(self._ways)
        return head

    def _connect(self) -> None:
        self.tabs.chosen.connect(lambda tab: self.show_tab(str(tab)))
        self.kind.chosen.connect(lambda _kind: self._show_lines())
        self.filter.textChanged.connect(lambda _text: self._show_lines())
        self.filter.returnPressed.connect(self._open_first)
        self.list.pressed_line.connect(lambda line: self.member_wanted.emit(line.key))
        self.add.clicked.connect(lambda _on=False: self.new_member_wanted.emit())
        self.export.clicked.connect(lambda _on=False: self._ask_where())
        for button in (self.take_in, self.first):
            button.clicked.connect(lambda _on=False: self.import_members_wanted.emit())

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            QTimer.singleShot(0, self, self._fit)  # once the pieces have grown or shrunk

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        sideways, down = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        needed = self._ways.sizeHint().width() + self.title.sizeHint().width() + roomy(160)
        self._head.setDirection(sideways if needed < self.width() else down)
        beside = self.kind.sizeHint().width() + roomy(320) < self.width()
        self._search_row.setDirection(sideways if beside else down)
        self.card.setMinimumHeight(roomy(260))

    def _show(self, seen: MemberList) -> None:
        self._seen = seen
        self._name_tabs()
        self._name_kinds()
        self._fit()
        self._show_lines()

    def _name_tabs(self) -> None:
        words = (_("Member organisations"), _("Outside bodies"), _("Ending soon"), _("Have left"))
        told = counts(self._seen) if self._seen else {}
        for tab, word in zip(TABS, words, strict=True):
            button = self.tabs.findChild(Button, f"members_tab_{tab}")
            assert button is not None
            button.setText(f"{word}  {number(told[tab])}" if told else word)
        self.tabs.updateGeometry()
        if self._seen:
            self.second.setText(_summary(self._seen))

    def _name_kinds(self) -> None:
        """The kinds that can stand in this list; of members also how many of each there are."""
        offered = kinds.OUTSIDE_KINDS if self._tab == "outside" else kinds.MEMBER_KINDS
        told = self._seen.register.counts if self._seen and self._tab == "members" else {}
        choices: list[tuple[object, str]] = [("", _("All kinds"))]
        for kind in offered:
            count = f"  {number(told.get(kind, 0))}" if told else ""
            choices.append((kind.value, f"{kinds.kind_words(kind)}{count}"))
        self.kind.set_choices(choices)
        if self.kind.value() is None:
            self.kind.set_value("")

    def _show_lines(self) -> None:
        if self._seen is None:
            return
        found = lines(self._tab, str(self.kind.value() or ""), self.filter.text(), self._seen)
        self.list.show_lines(found)
        self.list.setVisible(bool(found))
        self.nobody.setVisible(not found)
        if not found:
            self._say_nobody()

    def _say_nobody(self) -> None:
        is_searched = bool(self.filter.text().strip() or self.kind.value())
        sentences = {
            "members": _("No member yet. Add the first one, or take all of them in from a file."),
            "outside": _("No outside body yet. Municipalities, chambers and universities stand here."),
            "ending": _("No paper and no authority ends within thirty days."),
            "left": _("Nobody has left. Whoever leaves stands here, with how long the post is sent on."),
        }
        nobody_fits = _("No organisation in this list fits. Search for less.")
        self.nobody.say(nobody_fits if is_searched else sentences[self._tab])
        self.first.setVisible(not is_searched and self._tab == "members")

    def _open_first(self) -> None:
        """Enter takes the first one that fits."""
        found: list[Line] = list(self.list.people.lines)
        if found and self.filter.text().strip():
            self.member_wanted.emit(found[0].key)

    def _ask_where(self) -> None:
        folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        name = str(Path(folder) / f"{_('members')}-{local(self.runner.at()):%Y-%m-%d}.xlsx")
        kinds_ = f"{_('Excel table')} (*.xlsx);;{_('Text table')} (*.csv)"
        dialog = QFileDialog(self, _("Write the register into a file"), name, kinds_)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.fileSelected.connect(lambda chosen: self.write_out(_with_ending(chosen, dialog)))
        dialog.open()

    def write_out(self, path: Path) -> None:
        """Write the whole register into this file."""
        at = self.runner.at()
        by, desk = self.runner.staff, self.runner.desk

        def job() -> Path:
            with self.runner.database.begin(by=by.id if by else None, desk=desk) as session:
                told = members_out.rows(session, on=local(at).date(), at=at)
            return members_out.write(path, told)

        self.runner.background(
            job, lambda file: self.runner.say(_("Written: {}").format(file.name)), owner=self
        )


def _with_ending(chosen: str, dialog: QFileDialog) -> Path:
    path = Path(chosen)
    if path.suffix.lower() in _ENDINGS:
        return path
    return path.with_name(path.name + (".csv" if "csv" in dialog.selectedNameFilter() else ".xlsx"))


def _summary(seen: MemberList) -> str:
    """How many members there are, and what of theirs needs a look."""
    count = seen.register.members
    said = [ngettext("{count} member", "{count} members", count).format(count=number(count))]
    waiting = len(seen.post)
    if waiting:
        words = ngettext("post waits for {count}", "post waits for {count}", waiting)
        said.append(words.format(count=number(waiting)))
    if seen.ending:
        words = ngettext("papers of {count} end soon", "papers of {count} end soon", len(seen.ending))
        said.append(words.format(count=number(len(seen.ending))))
    return " · ".join(said)
