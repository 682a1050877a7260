"""Who may not come in. For managers; others are told whom to ask."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from civicdesk.database import Changes
from civicdesk.desk import denylist, fields
from civicdesk.errors import Refusal
from civicdesk.models import Denial
from civicdesk.text import _, day, local, ngettext
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.pill import Pill

_SHOWN = 200
_DIGITS = Qt.InputMethodHint.ImhDigitsOnly


class DenialPage(Section):
    """The list with its reasons, and the form that puts somebody on it."""

    watches: ClassVar[Changes] = frozenset({Denial})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_denials")
        self.name, self.reason = text_field("", name="denial_name"), text_field("", name="denial_reason")
        self.phone = text_field("", name="denial_phone", hints=_DIGITS)
        self.email = text_field("", name="denial_email", hints=Qt.InputMethodHint.ImhEmailCharactersOnly)
        self.until = text_field("", name="denial_until", hints=_DIGITS)
        self._fields = {
            part: LabelledField("", part)
            for part in (self.name, self.phone, self.email, self.reason, self.until)
        }
        self.put = Button("", "shield-ban", name="denial_add", role="primary")
        self.near = label("", "second", wrap=True)
        self.form = Card(name="denial_form", padded=True)
        self.list = Card(name="denial_list")
        self.only_managers = EmptyState("lock", "", name="denial_only_managers", tone="warn")
        self._build()
        self.put.clicked.connect(self._put)
        self.retranslate()

    def refresh(self) -> None:
        may_see = self.runner.staff is not None and self.runner.staff.is_manager
        self.form.setVisible(may_see)
        self.list.setVisible(may_see)
        self.only_managers.setVisible(not may_see)
        if may_see:
            at = self.runner.at()
            self.runner.read(lambda session: denylist.entries(session, at), then=self._show)
        else:
            self.list.fill([])

    def retranslate(self) -> None:
        self.set_heading(
            _("Refused entry"), _("Whoever is listed here is not admitted. Only managers see why.")
        )
        self.form.set_title(_("Refuse somebody entry"))
        self._fields[self.name].set_words(_("Name"))
        self._fields[self.phone].set_words(_("Phone (optional)"))
        self._fields[self.email].set_words(_("E-mail (optional)"))
        self._fields[self.reason].set_words(_("Reason"))
        self._fields[self.until].set_words(_("Until, as in 24.11.2026 (empty: no end)"))
        self.near.setText(
            _(
                "The same name in any spelling, the same phone or the same e-mail is refused. A name that is only "
                "alike is shown to the clerk as a question, because it may be somebody else."
            )
        )
        self.put.setText(_("Put on the list"))
        self.only_managers.say(_("Only managers see and change this list. Ask one of them to sign in."))

    def _build(self) -> None:
        parts = [self._fields[part] for part in (self.name, self.phone, self.email)]
        self.form.add(FlowRow(parts, spacing=12, grow=True))
        rest = [self._fields[part] for part in (self.reason, self.until)]
        self.form.add(FlowRow(rest, spacing=12, grow=True))
        self.form.add(self.near)
        self.form.add(FlowRow([self.put]))
        for card in (self.form, self.list, self.only_managers):
            self.add(card)

    def _show(self, found: Sequence[Denial]) -> None:
        count = len(found)
        self.list.set_title(ngettext("{} person on the list", "{} people on the list", count).format(count))
        rows: list[QWidget] = [self._row(denial) for denial in found[:_SHOWN]]
        if count > _SHOWN:
            more = ngettext("and {} more person", "and {} more people", count - _SHOWN)
            rows.append(label(more.format(count - _SHOWN), "second"))
        if not rows:
            sentence = _("Nobody is refused entry. Whoever must not come in is written above.")
            rows.append(EmptyState("shield-check", sentence, name="denial_none", tone="ok"))
        self.list.fill(rows)

    def _row(self, denial: Denial) -> ListRow:
        button = Button(_("Remove"), name=f"denial_remove_{denial.id.hex}")
        button.setAccessibleName(_("Take off the list: {}").format(denial.name))
        end = _("until {}").format(day(denial.until_on, "d MMM yyyy")) if denial.until_on else _("no end")
        row = ListRow(
            denial.name,
            denial.reason,
            name=f"denial_row_{denial.id.hex}",
            pills=[Pill(end, "warn" if denial.until_on else "bad", "ban")],
            button=button,
        )
        row.action_wanted.connect(lambda: self._remove(denial))
        return row

    def _put(self) -> None:
        at = self.runner.at()
        try:
            until = self._until(local(at).date())
        except Refusal as refusal:
            self.refuse(refusal)
            return
        name, reason = self.name.text(), self.reason.text()
        phone, email = self.phone.text(), self.email.text()
        self.runner.now(
            lambda session: denylist.add(
                session, name=name, phone=phone, email=email, reason=reason, until=until, at=at
            ),
            then=self._added,
            refused=self.refuse,
        )

    def _until(self, today: date) -> date | None:
        typed = self.until.text().strip()
        return fields.written_day(typed, today) if typed else None

    def _added(self, denial: Denial) -> None:
        self.banner.clear()
        for field in (self.name, self.phone, self.email, self.reason, self.until):
            field.clear()
        at = self.runner.at
        self.runner.say(
            _("Refused entry from now on: {}").format(denial.name),
            undo=lambda session: denylist.remove(session, denial, at=at()),
        )

    def _remove(self, denial: Denial) -> None:
        at = self.runner.at
        self.runner.now(
            lambda session: denylist.remove(session, denial, at=at()),
            then=lambda gone: self.runner.say(
                _("No longer refused entry: {}").format(gone.name),
                undo=lambda session: denylist.restore(session, denial, at=at()),
            ),
            refused=self.refuse,
        )
