"""Backups: where they go, how they stand, one at once, and the key that opens them. For managers."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from civicdesk.backup import keys, places
from civicdesk.backup.standing import Place
from civicdesk.desk import audit, centre
from civicdesk.errors import Refusal
from civicdesk.settings import BackupSettings, Settings
from civicdesk.text import _, local, percent
from civicdesk.ui import saving
from civicdesk.ui.backup_desk import BackupDesk, last_words
from civicdesk.ui.pages.settings.section import MachineSection
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.meter import Meter
from civicdesk.ui.widgets.tone_icon import ToneIcon

_MOST = 3


class BackupSection(MachineSection):
    """The places of this computer's backups. The key is made with the first place."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_backup")
        self._desk: BackupDesk | None = None
        self._key = ""
        self._stood: dict[Path, Place] = {}
        self.where = Card(name="backup_places_card", padded=True)
        self.list = Card(name="backup_places")
        self.meter = Meter(name="backup_meter", height=14)
        self.how_far = label("", "second")
        self.choose = Button("", "plus", name="backup_add", role="primary")
        self.now = Button("", "archive", name="backup_now")
        self.cancel = Button("", "x", name="backup_cancel")
        self.key_card = Card(name="backup_key_card", padded=True)
        self.key_words, self.key = label("", "body", wrap=True), label("", "strong", wrap=True)
        self.sheet = Button("", "save", name="backup_sheet", role="primary")
        self.show_key = Button("", "eye", name="backup_show_key")
        self.new_key = Button("", "key-round", name="backup_new_key")
        self._lay_out()
        self._connect()
        self.retranslate()

    def use_backup(self, desk: BackupDesk) -> None:
        """Show how the backups of this desk go, now and from now on."""
        self._desk = desk
        desk.stood.connect(self._show_places)
        desk.went.connect(self._show_how_far)
        desk.ended.connect(self._show_at_work)
        desk.look()

    def show_settings(self, settings: Settings) -> None:
        super().show_settings(settings)
        self._show_list()

    def retranslate(self) -> None:
        self.set_heading(
            _("Backup"),
            _("After every closing the desk's file is copied, looked through, sealed and read back."),
        )
        self.where.set_title(_("Where backups go"))
        self.key_card.set_title(_("Recovery key"))
        self.choose.setText(_("Add a place"))
        self.now.setText(_("Back up now"))
        self.cancel.setText(_("Cancel"))
        self.sheet.setText(_("Save the recovery sheet"))
        self.show_key.setText(_("Show the key"))
        self.new_key.setText(_("New key"))
        self.key_words.setText(
            _(
                "Backups are sealed. Only the key on the recovery sheet opens them: print the sheet and keep it in a "
                "safe, away from this computer. Without it no backup can be restored."
            )
        )
        self._show_list()

    def _lay_out(self) -> None:
        self.where.add(self.list)
        self.where.add(self.meter)
        self.where.add(self.how_far)
        self.where.add(FlowRow([self.choose, self.now, self.cancel]))
        for part in (self.key_words, self.key, FlowRow([self.sheet, self.show_key, self.new_key])):
            self.key_card.add(part)
        self.add(self.where)
        self.add(self.key_card)
        for hidden in (self.meter, self.how_far, self.cancel, self.key):
            hidden.hide()

    def _connect(self) -> None:
        self.choose.clicked.connect(lambda _on=False: self._ask_where())
        self.now.clicked.connect(lambda _on=False: self._back_up_now())
        self.cancel.clicked.connect(lambda _on=False: self._cancel())
        self.sheet.clicked.connect(lambda _on=False: self._with_key(self._save_sheet))
        self.show_key.clicked.connect(lambda _on=False: self._with_key(self._show_the_key))
        self.new_key.clicked.connect(lambda _on=False: self._make_new_key())

    @property
    def _backup(self) -> BackupSettings | None:
        return self.settings.backup if self.settings else None

    def _show_places(self, stood: list[Place]) -> None:
        self._stood = {place.path: place for place in stood}
        self._show_list()

    def _show_list(self) -> None:
        backup = self._backup
        if backup is None:
            sentence = _("No backup is made yet. Add a folder on another disk, a stick or a network share.")
            self.list.fill([EmptyState("hard-drive", sentence, name="backup_none")])
        else:
            self.list.fill([self._row(Path(place)) for place in backup.places])
        self.choose.setVisible(backup is None or len(backup.places) < _MOST)
        self.now.setVisible(backup is not None)
        self.key_card.setVisible(backup is not None)

    def _row(self, path: Path) -> ListRow:
        place = self._stood.get(path, Place(path))
        is_well = place.taken_at is not None and not place.trouble and not place.is_old(self.runner.at())
        second = " · ".join(filter(None, (last_words(place), place.trouble, self._same_disk(path))))
        leave = Button(_("Remove"), name=f"backup_remove_{places.slug(path.name)}")
        leave.setAccessibleName(_("Send no backups to {} any more").format(path))
        lead = ToneIcon("hard-drive", "ok" if is_well else "warn", size=36)
        row = ListRow(
            str(path), second, name=f"backup_place_{places.slug(path.name)}", lead=lead, button=leave
        )
        row.action_wanted.connect(partial(self._remove, path))
        return row

    def _same_disk(self, path: Path) -> str:
        if places.is_on_disk_of(path, self.runner.database.path):
            return _("on the desk's own disk: choose a second place as well")
        return ""

    def _ask_where(self) -> None:
        documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
        dialog = QFileDialog(self, _("Send backups to this folder"), documents)
        dialog.setObjectName("backup_dialog")
        dialog.setFileMode(QFileDialog.FileMode.Directory)
        dialog.setOption(QFileDialog.Option.ShowDirsOnly)
        dialog.fileSelected.connect(lambda chosen: self.add_place(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def add_place(self, path: Path) -> None:
        """Send backups here from now on; the first place makes the key."""
        self.banner.clear()
        choose = partial(places.choose, path, self.runner.database.path)
        self.runner.background(choose, lambda _none: self._added(path), self.refuse, owner=self)

    def _added(self, path: Path) -> None:
        backup = self._backup
        if backup is None:
            self._key = keys.make()
            tag = secrets.token_hex(3)
            self._use(BackupSettings(places=(str(path),), recipient=keys.recipient_of(self._key), tag=tag))
            self.runner.background(partial(keys.keep, self._key), owner=self)
        elif str(path) not in backup.places:
            self._use(backup.model_copy(update={"places": (*backup.places, str(path))}))
        self._back_up_now()

    def _remove(self, path: Path) -> None:
        backup = self._backup
        if backup is None:
            return
        rest = tuple(place for place in backup.places if place != str(path))
        self._use(backup.model_copy(update={"places": rest}) if rest else None)
        self.runner.say(_("No backup goes to {} any more. Those that are there stay.").format(path), "info")

    def _use(self, backup: BackupSettings | None) -> None:
        at = self.runner.at()
        count = len(backup.places) if backup else 0
        self.want(backup=backup)
        self.runner.now(lambda session: audit.record(session, "set_backup", None, at, places=count))

    def _back_up_now(self) -> None:
        if self._desk is not None:
            self._desk.back_up_now()
            self._show_at_work()

    def _cancel(self) -> None:
        if self._desk is not None:
            self._desk.cancel()

    def _show_how_far(self, done: int, of: int) -> None:
        self.meter.say(done // 1024, of // 1024, spoken=percent(done / of))
        self.how_far.setText(_("Sealing and reading back: {}").format(percent(done / of)))
        self._show_at_work()

    def _show_at_work(self) -> None:
        is_at_work = self._desk is not None and self._desk.is_at_work
        for part in (self.meter, self.how_far, self.cancel):
            part.setVisible(is_at_work)
        self.now.setEnabled(not is_at_work)

    def _with_key(self, then: Callable[[str], None]) -> None:
        """Find the key in memory or in the keyring, and go on with it."""
        backup = self._backup
        if self._key or backup is None:
            then(self._key)
            return
        self.runner.background(
            partial(keys.find, backup.recipient), lambda key: self._found(key, then), owner=self
        )

    def _found(self, key: str, then: Callable[[str], None]) -> None:
        if key:
            self._key = key
            then(key)
            return
        self.refuse(
            Refusal(
                "key_not_here",
                _(
                    "This computer does not keep the key. Use the sheet you have, or make a new key for new backups."
                ),
            )
        )

    def _show_the_key(self, key: str) -> None:
        self.key.setText(keys.grouped(key))
        self.key.setVisible(not self.key.isVisible())
        self._note("show_recovery_key")

    def _save_sheet(self, key: str) -> None:
        self.runner.read(
            lambda session: centre.the_centre(session).name, lambda name: self._save_sheet_of(name, key)
        )

    def _save_sheet_of(self, name: str, key: str) -> None:
        desk, on = self.settings.desk if self.settings else "", local(self.runner.at()).date()

        def make() -> bytes:
            from civicdesk.printing.recovery_sheet import recovery_sheet  # noqa: PLC0415

            return recovery_sheet(name, desk, keys.grouped(key), on)

        def write(path: Path) -> None:
            saving.write(self.runner, self, path, make, self.refuse)
            self._note("save_recovery_sheet")

        saving.ask_where(self, f"civicdesk-{_('recovery')}-{on}.pdf", "pdf", write)

    def _note(self, action: str) -> None:
        at = self.runner.at()
        self.runner.now(lambda session: audit.record(session, action, None, at))

    def _make_new_key(self) -> None:
        backup = self._backup
        if backup is None:
            return
        self._key = keys.make()
        self.key.hide()
        self._use(backup.model_copy(update={"recipient": keys.recipient_of(self._key)}))
        self.runner.background(partial(keys.keep, self._key), owner=self)
        words = _("New backups need the new key. Save its sheet now; keep the old one for older backups.")
        self.runner.say(words, "warn")
        self._back_up_now()
