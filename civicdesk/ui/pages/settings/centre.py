"""The centre itself: its name, its size and its privacy notice. For managers."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QPlainTextEdit

from civicdesk.database import Changes
from civicdesk.desk import centre
from civicdesk.models import Centre
from civicdesk.text import _, ngettext
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.fields import PRIVATE, LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.stepper import Stepper
from civicdesk.ui.widgets.themed import named


class CentreSection(Section):
    """What managers decide for the whole centre; saved together."""

    watches: ClassVar[Changes] = frozenset({Centre})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_centre")
        self._shown: Centre | None = None
        self.name, self.address = text_field("", name="centre_name"), text_field("", name="centre_address")
        self.capacity = Stepper("", name="centre_capacity", highest=centre.MOST_PEOPLE)
        self.notice = _long_text("centre_notice")
        self.version, self.retention = label("", "second", wrap=True), label("", "body", wrap=True)
        self.post_retention = label("", "body", wrap=True)
        self.save = Button("", name="centre_save", role="primary")
        self._fields = {
            part: LabelledField("", part) for part in (self.name, self.address, self.capacity, self.notice)
        }
        self.about = Card(name="centre_about", padded=True)
        self.privacy = Card(name="centre_privacy", padded=True)
        self._build()
        self._connect()
        self.retranslate()

    def refresh(self) -> None:
        self.runner.read(centre.the_centre, then=self._show, refused=self.refuse)

    def retranslate(self) -> None:
        self.set_heading(_("Centre"), _("Saved for the whole centre with the button at the end."))
        self.about.set_title(_("Name and size"))
        self.privacy.set_title(_("Privacy notice"))
        self._fields[self.name].set_words(_("Name of the centre"))
        self._fields[self.address].set_words(_("Address"))
        self._fields[self.capacity].set_words(_("People allowed inside at once"))
        self._fields[self.notice].set_words(_("Text shown to visitors"))
        self.save.setText(_("Save"))
        self._tell()

    def _build(self) -> None:
        for part in (self.name, self.address, self.capacity):
            self.about.add(self._fields[part])
        for widget in (self.retention, self.post_retention, self._fields[self.notice], self.version):
            self.privacy.add(widget)
        for whole in (self.about, self.privacy, FlowRow([self.save])):
            self.add(whole)

    def _connect(self) -> None:
        self.save.clicked.connect(self._save)

    def _show(self, found: Centre) -> None:
        """Show what is stored; what is half typed stays."""
        if self._shown is not None and self._is_edited():
            self._shown = found
            return
        self._shown = found
        self.name.setText(found.name)
        self.address.setText(found.address)
        self.capacity.set_value(found.capacity)
        self.notice.setPlainText(found.notice_text)
        self._tell()

    def _is_edited(self) -> bool:
        shown = self._shown
        assert shown is not None
        return self._values() != {name: getattr(shown, name) for name in self._values()}

    def _values(self) -> dict[str, object]:
        return {
            "name": self.name.text().strip(),
            "address": self.address.text().strip(),
            "capacity": self.capacity.value(),
            "notice_text": self.notice.toPlainText().strip(),
        }

    def _tell(self) -> None:
        if self._shown is None:
            return
        days = self._shown.retention_days
        words = ngettext(
            "Names of visitors are deleted after {} day.",
            "Names of visitors are deleted after {} days.",
            days,
        )
        self.retention.setText(words.format(days))
        post = _(
            "Who took post, their signatures and pictures of parcels are deleted after {years} years; messages "
            "{days} days after they were passed on. Counts stay."
        )
        self.post_retention.setText(post.format(years=self._shown.mail_years, days=self._shown.message_days))
        version = _("Version {}. A changed text is a new version, and visitors are shown it again.")
        self.version.setText(version.format(self._shown.notice_version))

    def _save(self) -> None:
        at, values = self.runner.at(), self._values()
        self.runner.now(
            lambda session: centre.change(session, at, **values), then=self._saved, refused=self.refuse
        )

    def _saved(self, changed: Centre) -> None:
        self.banner.clear()
        self._shown = changed
        self._tell()
        self.runner.say(_("The centre's settings were saved."))


def _long_text(name: str) -> QPlainTextEdit:
    field = QPlainTextEdit()
    named(field, name, "")
    field.setInputMethodHints(PRIVATE)
    field.setTabChangesFocus(True)
    field.setMinimumHeight(roomy(180))
    return field
