"""What is written of an organisation itself: name, kind, numbers, how to reach it."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from civicdesk.desk import identifiers, kinds
from civicdesk.desk.members import Face
from civicdesk.errors import Refusal
from civicdesk.models import Notify, Organisation, OrganisationKind
from civicdesk.text import _
from civicdesk.ui.pages.booking.organisation_pick import OrganisationPick
from civicdesk.ui.pages.member.day_text import DayText
from civicdesk.ui.pages.member.form_card import FormCard
from civicdesk.ui.pages.settings.section import Tick
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.fields import LabelledField, TextField, text_field
from civicdesk.ui.widgets.segmented import Segmented

_TEXTS = (
    "name",
    "short_name",
    "registry_number",
    "tax_number",
    "mersis",
    "uets",
    "phone",
    "email",
    "responsible_person",
    "authority_note",
)
_HINTS = {
    "phone": Qt.InputMethodHint.ImhDialableCharactersOnly,
    "email": Qt.InputMethodHint.ImhEmailCharactersOnly,
    "tax_number": Qt.InputMethodHint.ImhDigitsOnly,
    "mersis": Qt.InputMethodHint.ImhDigitsOnly,
    "uets": Qt.InputMethodHint.ImhDigitsOnly,
}
_LEAST = 260


class FaceForm(FormCard):
    """Only the numbers that a kind can have are offered; an odd one is told of under its field and can be saved."""

    def __init__(self, runner: Runner) -> None:
        super().__init__("member_face")
        self.texts: dict[str, TextField] = {
            name: text_field("", name=f"member_{name}", hints=_HINTS.get(name, Qt.InputMethodHint.ImhNone))
            for name in _TEXTS
        }
        self.rows = {name: LabelledField("", field) for name, field in self.texts.items()}
        self.kind = ChoiceField("", name="member_kind")
        self.kind_row = LabelledField("", self.kind)
        self.outside = Tick(name="member_outside")
        self.parent_pick = OrganisationPick(runner, name="member_parent")
        self.joined = DayText(name="member_joined")
        self.notify = Segmented([], name="member_notify", spoken="")
        self.notify_row = LabelledField("", self.notify)
        self.speaks = Segmented([], name="member_language", spoken="")
        self.speaks_row = LabelledField("", self.speaks)
        self.discreet = Tick(name="member_discreet")
        self._lay_out()
        self._know_reasons()
        self.kind.chosen.connect(lambda _kind: self._kind_chosen())
        for name, field in self.texts.items():
            field.editingFinished.connect(self._doubt)
            field.textEdited.connect(lambda _text, row=self.rows[name]: row.refuse(""))
        self.enter_saves([self.rows["name"], self.rows["short_name"]])
        self.retranslate()

    def show_face(self, organisation: Organisation | None, parent: Organisation | None) -> None:
        """Show what is known, to be changed; or an empty form for a member."""
        for name, field in self.texts.items():
            value = getattr(organisation, name) if organisation else ""
            field.setText(identifiers.phone_shown(value) if name == "phone" else value)
            field.setCursorPosition(0)
        self.kind.set_value(organisation.kind if organisation else OrganisationKind.ASSOCIATION.value)
        self.outside.setChecked(organisation is not None and not organisation.is_member)
        self.parent_pick.set_organisation(parent)
        self.joined.show_day(organisation.joined_on if organisation else self.today)
        self.notify.set_value(organisation.notify if organisation else Notify.AT_ONCE.value)
        self.speaks.set_value(organisation.language if organisation else "tr")
        self.discreet.setChecked(organisation is not None and organisation.is_discreet)
        self._offer()
        self._doubt()
        self.texts["name"].setFocus()

    def face(self) -> Face:
        """What is written; numbers the kind cannot have are emptied. Refuses `bad_date`."""
        rule = kinds.rule(self._kind())
        said: dict[str, object] = {name: field.text() for name, field in self.texts.items()}
        said |= {name: "" for name in kinds.IDENTIFIERS if name not in rule.identifiers}
        parent = self.parent_pick.organisation
        said |= {
            "kind": self._kind(),
            "is_member": not (self.outside.isChecked() or rule.is_outside),
            "parent_id": parent.id if parent and rule.parents else None,
            "joined_on": self.joined.day(self.today),
            "notify": str(self.notify.value() or Notify.AT_ONCE),
            "language": str(self.speaks.value() or "tr"),
            "is_discreet": self.discreet.isChecked(),
        }
        return said  # type: ignore[return-value]

    def retranslate(self) -> None:
        super().retranslate()
        for name, words in _words().items():
            self.rows[name].set_words(words)
        self.kind_row.set_words(_("Kind"))
        self.kind.set_choices([(kind.value, kinds.kind_words(kind)) for kind in kinds.RULES])
        self.outside.say(_("Outside body: not counted among the members"))
        self.parent_pick.say(_("Belongs to"))
        self.joined.set_words(_("Member since"))
        self.notify_row.set_words(_("Hears of its post"))
        self.notify.set_choices(
            [
                (Notify.AT_ONCE.value, _("at once")),
                (Notify.DIGEST.value, _("once a day")),
                (Notify.NONE.value, _("not by e-mail")),
            ]
        )
        self.speaks_row.set_words(_("Language of its e-mails"))
        self.speaks.set_choices([("tr", "Türkçe"), ("en", "English")])
        self.discreet.say(_("Badges of its visitors do not name it"))
        self._offer()

    def _kind(self) -> str:
        return str(self.kind.value() or OrganisationKind.ASSOCIATION)

    def _kind_chosen(self) -> None:
        self._offer()
        self._doubt()

    def _offer(self) -> None:
        """What the kind can have."""
        rule = kinds.rule(self._kind())
        for name in kinds.IDENTIFIERS:
            self.rows[name].setVisible(name in rule.identifiers)
        for part in (self.parent_pick.field, self.parent_pick.matches):
            part.setVisible(bool(rule.parents))
        self.outside.setVisible(not rule.is_outside)
        needed = _("Represents") if rule.needs_parent else _("Belongs to (optional)")
        self.parent_pick.say(needed)

    def _doubt(self) -> None:
        """Tell of odd numbers at their fields; they can be saved all the same."""
        said = {name: self._cleaned(name) for name in _TEXTS}
        told = {doubt.field: doubt.sentence for doubt in identifiers.doubts(self._kind(), said)}
        for name, row in self.rows.items():
            if name in (*kinds.IDENTIFIERS, "phone", "email", "responsible_person"):
                row.warn(told.get(name, ""))

    def _cleaned(self, name: str) -> str:
        """As it would be kept; what is refused is told on saving."""
        text = self.texts[name].text()
        try:
            if name == "phone":
                return identifiers.phone(text)
            return identifiers.clean(name, text) if name in kinds.IDENTIFIERS else text.strip()
        except Refusal:
            return ""

    def _lay_out(self) -> None:
        wide: list[QWidget] = [self.rows["name"], self.kind_row, self.parent_pick.field, *self.rows.values()]
        for part in (*wide, self.joined):
            part.setMinimumWidth(_LEAST)
        self.add_row(self.rows["name"], self.rows["short_name"], self.kind_row)
        self.add(self.outside)
        self.add(self.parent_pick.field)
        self.add(self.parent_pick.matches)
        self.add_row(*(self.rows[name] for name in kinds.IDENTIFIERS))
        self.add_row(self.rows["phone"], self.rows["email"], self.rows["responsible_person"])
        self.add_row(self.joined, self.notify_row, self.speaks_row)
        self.add(self.rows["authority_note"])
        self.add(self.discreet)
        self.add_buttons()

    def _know_reasons(self) -> None:
        self.by_reason = {
            "no_name": self.rows["name"],
            "long_name": self.rows["name"],
            "bad_kind": self.kind_row,
            "not_a_member_kind": self.kind_row,
            "no_parent": self.parent_pick.field,
            "bad_parent": self.parent_pick.field,
            "bad_date": self.joined,
        }


def _words() -> dict[str, str]:
    return {
        "name": _("Name of the organisation"),
        "short_name": _("Short name (for the wall of boxes)"),
        "registry_number": _("Registry number"),
        "tax_number": _("Tax number"),
        "mersis": _("MERSİS number"),
        "uets": _("UETS address"),
        "phone": _("Phone"),
        "email": _("Email"),
        "responsible_person": _("Responsible person"),
        "authority_note": _("What it wrote about official notices"),
    }
