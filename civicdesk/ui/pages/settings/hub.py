"""The hub of this desk: joined by one code, synced by night or at once, left again. For managers."""

from __future__ import annotations

import socket
from functools import partial
from pathlib import Path

from PySide6.QtCore import QStandardPaths
from PySide6.QtWidgets import QFileDialog

from civicdesk.desk import audit, clocks
from civicdesk.desk.centre import mark
from civicdesk.errors import Refusal
from civicdesk.models import Alarm
from civicdesk.settings import HubSettings, Settings
from civicdesk.sync import invitation, joining, opening, settling
from civicdesk.sync.session import Progress
from civicdesk.sync.standing import Standing
from civicdesk.text import _
from civicdesk.ui import sync_words
from civicdesk.ui.pages.settings.section import MachineSection
from civicdesk.ui.runner import Runner, wall_clock
from civicdesk.ui.sync_desk import SyncDesk
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.meter import Meter
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.time_stepper import TimeStepper

_OFTEN = (0, 5, 15, 60)


class HubSection(MachineSection):
    """Asks for the code of the hub; once joined, says how the desk stands with it."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_hub")
        self._desk: SyncDesk | None = None
        self._authority: Path | None = None
        self.join_card, self.stand_card = (
            Card(name="hub_join", padded=True),
            Card(name="hub_stand", padded=True),
        )
        self.when_card = Card(name="hub_when", padded=True)
        self.what = label("", "body", wrap=True)
        self.code = text_field("", name="hub_code")
        self.code.setMaxLength(invitation.LONGEST)
        self.code_field = LabelledField("", self.code)
        self.join = Button("", "globe", name="hub_join_go", role="primary")
        self.certificate = Button("", "file-text", name="hub_certificate")
        self.file = Button("", "hard-drive", name="hub_file")
        self.where, self.last = label("", "strong", wrap=True), label("", "body", wrap=True)
        self.waits, self.alarm = label("", "second", wrap=True), label("", "body", wrap=True)
        self.meter, self.how_far = Meter(name="hub_meter", height=14), label("", "second")
        self.sync = Button("", "refresh-cw", name="hub_sync", role="primary")
        self.cancel = Button("", "x", name="hub_cancel")
        self.confirm = Button("", "shield-check", name="hub_confirm", role="danger")
        self.leave = Button("", "unplug", name="hub_leave")
        self.night = TimeStepper(name="hub_night", value="20:00")
        self.night_field = LabelledField("", self.night)
        self.often = Segmented([], name="hub_often", spoken="")
        self.often_field = LabelledField("", self.often)
        self._is_leaving = False
        self._lay_out()
        self._connect()
        self.retranslate()

    def use_sync(self, desk: SyncDesk) -> None:
        """Show how the sync of this desk goes, now and from now on."""
        self._desk = desk
        desk.stood.connect(self._show_standing)
        desk.went.connect(self._show_progress)
        desk.ended.connect(self._ended)
        self._show_standing(desk.standing)
        desk.look()

    def show_settings(self, settings: Settings) -> None:
        super().show_settings(settings)
        self._show_hub()

    def take_code(self, code: str) -> None:
        """The code of a hub was scanned."""
        self.code.setText(code)
        self._join()

    def retranslate(self) -> None:
        self.set_heading(
            _("Hub"),
            _("What this desk shares with the other desks of the centre. It never waits for the hub."),
        )
        self.join_card.set_title(_("Join a hub"))
        self.stand_card.set_title(_("How it stands"))
        self.when_card.set_title(_("When"))
        self.what.setText(
            _(
                "Whoever looks after the hub has a code for this desk. It is used once; scan it, or paste it here."
            )
        )
        self.code_field.set_words(_("Code of the hub"))
        self.join.setText(_("Join"))
        self.certificate.setText(_("Choose its certificate"))
        self.file.setText(_("A file as the hub"))
        self.sync.setText(_("Sync now"))
        self.cancel.setText(_("Cancel"))
        self.confirm.setText(_("Yes, it is our hub: go on"))
        self.night_field.set_words(_("Nights from"))
        self.night.say(_("Nights from"))
        self.often_field.set_words(_("Also by day"))
        self.often.setAccessibleName(_("Also by day"))
        words = [_("no"), *(_("every {} minutes").format(minutes) for minutes in _OFTEN[1:])]
        self.often.set_choices(list(zip(map(str, _OFTEN), words, strict=True)))
        self._say_leave()
        self._show_hub()

    def _lay_out(self) -> None:
        for part in (self.what, self.code_field, FlowRow([self.join, self.certificate, self.file])):
            self.join_card.add(part)
        for shown in (self.where, self.last, self.waits, self.alarm, self.meter, self.how_far):
            self.stand_card.add(shown)
        self.stand_card.add(FlowRow([self.sync, self.cancel, self.confirm, self.leave]))
        self.when_card.add(FlowRow([self.night_field, self.often_field], 16))
        for card in (self.stand_card, self.when_card, self.join_card):
            self.add(card)
        for hidden in (self.meter, self.how_far, self.cancel, self.confirm, self.certificate, self.alarm):
            hidden.hide()

    def _connect(self) -> None:
        self.join.clicked.connect(lambda _on=False: self._join())
        self.code.returnPressed.connect(self._join)
        self.certificate.clicked.connect(lambda _on=False: self._ask_certificate())
        self.file.clicked.connect(lambda _on=False: self._ask_file())
        self.sync.clicked.connect(lambda _on=False: self._desk_do("sync_now"))
        self.cancel.clicked.connect(lambda _on=False: self._desk_do("cancel"))
        self.confirm.clicked.connect(lambda _on=False: self._confirm())
        self.leave.clicked.connect(lambda _on=False: self._leave())
        self.night.changed.connect(lambda value: self._change(night_from=value))
        self.often.chosen.connect(lambda value: self._change(every_minutes=int(str(value))))

    @property
    def _hub(self) -> HubSettings | None:
        return self.settings.hub if self.settings else None

    def _desk_do(self, what: str) -> None:
        self.banner.clear()
        if self._desk is not None:
            getattr(self._desk, what)()

    def _show_hub(self) -> None:
        hub = self._hub
        self.join_card.setVisible(hub is None)
        self.stand_card.setVisible(hub is not None)
        self.when_card.setVisible(hub is not None)
        if hub is not None:
            self.where.setText(hub.path or f"{hub.role} · {hub.host}:{hub.port}")
            self.night.set_value(hub.night_from)
            self.often.set_value(str(hub.every_minutes))

    def _show_standing(self, standing: Standing) -> None:
        now, desk = wall_clock(), self._desk
        self.last.setText(sync_words.last_words(standing, now))
        self.waits.setText(sync_words.waits_words(standing, now))
        alarm = Alarm(standing.alarm)
        self.alarm.setText(sync_words.alarm_words(alarm))
        self.alarm.setVisible(bool(alarm))
        self.confirm.setVisible(alarm == Alarm.EPOCH)
        is_at_work = desk is not None and desk.is_at_work
        for part in (self.meter, self.how_far, self.cancel):
            part.setVisible(is_at_work)
        self.sync.setEnabled(not is_at_work)
        self.leave.setEnabled(not is_at_work)

    def _show_progress(self, progress: Progress) -> None:
        self.how_far.setText(sync_words.progress_words(progress))
        self.meter.say(progress.done, progress.total, spoken=self.how_far.text())

    def _ended(self, ended: object) -> None:
        words, tone = sync_words.outcome_words(ended)
        self.banner.show_refusal(words, tone=tone)

    def _join(self) -> None:
        self.banner.clear()
        try:
            one = opening.read_code(self.code.text())
        except Refusal as refusal:
            self.refuse(refusal)
            return
        self.certificate.setVisible(not one.authority)
        accept = partial(opening.accept, one, self._authority)
        self.runner.read(_refuse_demo, lambda _none: self._accept(accept), self.refuse)

    def _accept(self, accept: partial[tuple[HubSettings, bool]]) -> None:
        self.join.setEnabled(False)
        self.runner.background(accept, self._accepted, self._not_accepted, owner=self)

    def _not_accepted(self, refusal: Refusal) -> None:
        self.join.setEnabled(True)
        self.refuse(refusal)

    def _accepted(self, found: tuple[HubSettings, bool]) -> None:
        hub, is_kept = found
        self.join.setEnabled(True)
        self.code.clear()
        self._use(hub)
        if not is_kept:
            from civicdesk.sync import secrets  # noqa: PLC0415

            self.banner.show_refusal(secrets.without_keyring(), tone="warn")

    def _ask_certificate(self) -> None:
        dialog = QFileDialog(self, _("Choose its certificate"), _documents(), "PEM (*.pem *.crt *.cer)")
        dialog.setObjectName("hub_certificate_dialog")
        dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
        dialog.fileSelected.connect(self._certificate_chosen)
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def _certificate_chosen(self, chosen: str) -> None:
        self._authority = Path(chosen)
        self._join()

    def _ask_file(self) -> None:
        dialog = QFileDialog(self, _("A file as the hub"), _documents(), "CivicDesk (*.hub)")
        dialog.setObjectName("hub_file_dialog")
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setOption(QFileDialog.Option.DontConfirmOverwrite)
        dialog.setDefaultSuffix("hub")
        dialog.fileSelected.connect(lambda chosen: self.join_file(Path(chosen)))
        dialog.finished.connect(dialog.deleteLater)
        dialog.open()

    def join_file(self, path: Path) -> None:
        """Join the hub in this file; it is made if it is not there."""
        role = f"{socket.gethostname()}-{self.settings.desk if self.settings else ''}"[:60]
        self.runner.background(partial(opening.at_file, path, role), self._use, self.refuse, owner=self)

    def _use(self, hub: HubSettings | None) -> None:
        at = self.runner.at()
        self.want(hub=hub)
        self.runner.now(lambda session: audit.record(session, "set_hub", None, at, joined=hub is not None))
        if hub is not None:
            self._desk_do("sync_now")

    def _change(self, **values: object) -> None:
        hub = self._hub
        if hub is not None and any(getattr(hub, name) != value for name, value in values.items()):
            self.want(hub=hub.model_copy(update=values))

    def _confirm(self) -> None:
        at = self.runner.at()
        confirm = partial(settling.confirm_hub, at=at)
        self.runner.now(confirm, lambda _none: self._desk_do("sync_now"), self.refuse)

    def _say_leave(self) -> None:
        self.leave.setText(_("Really leave?") if self._is_leaving else _("Leave the hub"))

    def _leave(self) -> None:
        """Asks once more in its own words: what was not sent stays on this desk alone."""
        self._is_leaving = not self._is_leaving
        self._say_leave()
        if not self._is_leaving:
            self.runner.background(
                partial(joining.leave, self.runner.database), lambda _none: self._use(None), owner=self
            )


def _documents() -> str:
    return QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)


def _refuse_demo(session: object) -> None:
    if mark(session, clocks.DEMO) is not None:  # type: ignore[arg-type]
        raise Refusal("demo", _("The demo centre joins no server. Its people are invented."))
