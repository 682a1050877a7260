"""Who may sign in at the desk. For managers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import staff
from civicdesk.models import Role, Staff
from civicdesk.text import _, ngettext
from civicdesk.ui.pages.settings.own_pin import PinPair
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.avatar import Avatar
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.pill import Pill
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.words import role_words

_SHOWN = 200


class StaffSection(Section):
    """Enrols, gives new codes, and takes away the right to sign in."""

    watches: ClassVar[Changes] = frozenset({Staff})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_staff")
        self.member: Staff | None = None
        self.new = Button("", "user-plus", name="staff_new", role="primary")
        self.name = text_field("", name="staff_name")
        self.role = Segmented([], name="staff_role", spoken="")
        self.pins = PinPair("staff_pin")
        self._name, self._role = LabelledField("", self.name), LabelledField("", self.role)
        self.save = Button("", name="staff_save", role="primary")
        self.cancel = Button("", name="staff_cancel")
        self.dismiss = Button("", "user-round-x", name="staff_dismiss", role="quiet")
        self.form_card = Card(name="staff_form", padded=True)
        self.list = Card(name="staff_list", action=self.new)
        self._build()
        self._connect()
        self.retranslate()

    def refresh(self) -> None:
        self.runner.read(staff.everyone, then=self._show)

    def retranslate(self) -> None:
        self.set_heading(_("Staff"), _("Press a name to give a new code or to end the right to sign in."))
        self.new.setText(_("New member of staff"))
        self._name.set_words(_("Name"))
        self._role.set_words(_("Role"))
        self.role.set_choices([(str(role), role_words(role)) for role in Role])
        self.pins.retranslate()
        self.save.setText(_("Save"))
        self.cancel.setText(_("Cancel"))
        self.dismiss.setText(_("End the right to sign in"))
        self._title_form()

    def begin(self, member: Staff | None = None) -> None:
        """Write somebody new, or give somebody a new code."""
        self.member = member
        self.banner.clear()
        self.name.setText("")
        self.role.set_value(str(Role.RECEPTION))
        self.pins.clear()
        for part in (self._name, self._role):
            part.setVisible(member is None)
        self.dismiss.setVisible(member is not None and not self._is_me(member))
        self._title_form()
        self.form_card.show()
        first = self.pins.first if member else self.name
        first.setFocus()
        self.area.ensureWidgetVisible(first)

    def _build(self) -> None:
        for part in (
            self._name,
            self._role,
            self.pins,
            FlowRow([self.save, self.cancel, self.dismiss]),
        ):
            self.form_card.add(part)
        self.add(self.form_card)
        self.add(self.list)
        self.form_card.hide()

    def _connect(self) -> None:
        self.new.clicked.connect(lambda _on=False: self.begin())
        self.save.clicked.connect(self._save)
        self.cancel.clicked.connect(self._leave)
        self.dismiss.clicked.connect(self._dismiss)
        self.pins.again.returnPressed.connect(self._save)

    def _show(self, found: Sequence[Staff]) -> None:
        count = len(found)
        words = ngettext("{} person signs in here", "{} people sign in here", count)
        self.list.set_title(words.format(count))
        self.list.fill([self._row(member) for member in found[:_SHOWN]])

    def _row(self, member: Staff) -> QWidget:
        row = ListRow(
            member.name,
            role_words(member.role),
            name=f"staff_row_{member.id.hex}",
            lead=Avatar(member.name),
            pills=[Pill(_("you"), "primary")] if self._is_me(member) else [],
            opens=True,
        )
        row.clicked.connect(lambda: self.begin(member))
        return row

    def _is_me(self, member: Staff) -> bool:
        return self.runner.staff is not None and self.runner.staff.id == member.id

    def _title_form(self) -> None:
        title = _("New code for {}").format(self.member.name) if self.member else _("New member of staff")
        self.form_card.set_title(title)

    def _leave(self) -> None:
        self.pins.clear()
        self.banner.clear()
        self.form_card.hide()

    def _save(self) -> None:
        if not self.pins.agree():
            return
        member, at = self.member, self.runner.at()
        name, role, pin = self.name.text(), Role(str(self.role.value())), self.pins.value()

        def write(session: Session) -> Staff:
            if member is not None:
                return staff.change_pin(session, member.id, pin, at=at)
            return staff.enrol(session, name=name, role=role, pin=pin, at=at)

        self.runner.now(write, then=self._saved, refused=self.refuse)

    def _saved(self, member: Staff) -> None:
        self._leave()
        self.runner.say(_("Saved: {}").format(member.name))

    def _dismiss(self) -> None:
        member, at = self.member, self.runner.at()
        if member is not None:
            self.runner.now(
                lambda session: staff.dismiss(session, member.id, at=at),
                then=self._dismissed,
                refused=self.refuse,
            )

    def _dismissed(self, member: Staff) -> None:
        self._leave()
        at = self.runner.at
        self.runner.say(
            _("No longer signs in: {}").format(member.name),
            undo=lambda session: staff.reinstate(session, member.id, at=at()),
        )
