"""The texts of the e-mails, as managers write them: one at a time, in each language."""

from __future__ import annotations

from functools import partial

from PySide6.QtWidgets import QPlainTextEdit
from sqlalchemy.orm import Session

from civicdesk.desk import email_templates
from civicdesk.desk.email_texts import GAPS, Text, Written
from civicdesk.models import EmailTemplate
from civicdesk.text import _
from civicdesk.ui.email_words import text_words
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.choice import ChoiceField
from civicdesk.ui.widgets.fields import PRIVATE, LabelledField, text_field
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.segmented import Segmented

_LANGUAGES = (("tr", "Türkçe"), ("en", "English"))


class MailTextsSection(Section):
    """Shows one text; what is written is kept only with gaps that can be filled."""

    watches = frozenset({EmailTemplate})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_mail_texts")
        self.which = ChoiceField("", name="mail_text_which")
        self.language = Segmented(_LANGUAGES, name="mail_text_language", spoken="", value="tr")
        self.subject = text_field("", name="mail_text_subject")
        self.body = QPlainTextEdit()
        self.body.setObjectName("mail_text_body")
        self.body.setInputMethodHints(PRIVATE)
        self.body.setTabChangesFocus(True)
        self.body.setMinimumHeight(roomy(240))
        self.gaps, self.whose = label("", "second", wrap=True), label("", "second", wrap=True)
        self.save = Button("", "save", name="mail_text_save", role="primary")
        self.own = Button("", "rotate-ccw", name="mail_text_own")
        self._which = LabelledField("", self.which)
        self._subject, self._body = LabelledField("", self.subject), LabelledField("", self.body)
        self.card = Card(name="mail_text_card", padded=True)
        self._shown: Written | None = None
        self._lay_out()
        self.retranslate()

    def retranslate(self) -> None:
        lead = _("Of an item of post an e-mail says its number and kind, never more. Braces are filled in.")
        self.set_heading(_("E-mail texts"), lead)
        self.which.set_choices([(text, text_words(text)) for text in Text])
        if self.which.value() is None:
            self.which.set_value(Text.POST)
        self._which.set_words(_("Text"))
        self.language.setAccessibleName(_("Language of the text"))
        self._subject.set_words(_("Subject"))
        self._body.set_words(_("What it says"))
        self.save.setText(_("Save"))
        self.own.setText(_("Use the desk’s own text"))
        self._say_gaps()

    def refresh(self) -> None:
        self.runner.read(self._look, then=self._show)

    def _look(self, session: Session) -> tuple[Written, bool]:
        text, language = self._chosen()
        found = email_templates.text_of(session, text, language)
        return found, email_templates.is_own(session, text, language)

    def _show(self, found: tuple[Written, bool]) -> None:
        written, is_own = found
        self.whose.setText(_("This is the desk’s own text.") if is_own else _("A manager wrote this text."))
        self.own.setVisible(not is_own)
        if self._shown is None or self._standing() == self._shown:
            self.subject.setText(written.subject)
            self.subject.setCursorPosition(0)
            self.body.setPlainText(written.body)
        self._shown = written

    def _standing(self) -> Written:
        return Written(self.subject.text(), self.body.toPlainText())

    def _chosen(self) -> tuple[Text, str]:
        return Text(str(self.which.value() or Text.POST)), str(self.language.value() or "tr")

    def _another(self, _key: object) -> None:
        self._shown = None
        self.banner.clear()
        self._say_gaps()
        self.refresh_now()

    def _say_gaps(self) -> None:
        text, _language = self._chosen()
        gaps = " ".join(f"{{{gap}}}" for gap in GAPS[text])
        self.gaps.setText(_("Filled in when it is sent: {gaps}").format(gaps=gaps))

    def _save(self, _on: bool = False) -> None:
        self.banner.clear()
        text, language = self._chosen()
        write = partial(
            email_templates.write,
            text=text,
            language=language,
            subject=self.subject.text(),
            body=self.body.toPlainText(),
            at=self.runner.at(),
        )
        self._shown = None
        self.runner.now(write, then=lambda _written: self._saved(), refused=self.refuse)

    def _saved(self) -> None:
        self.refresh_now()
        self.runner.say(_("This text is sent from now on."))

    def _use_own(self, _on: bool = False) -> None:
        text, language = self._chosen()
        at = self.runner.at()
        self._shown = None
        self.runner.now(
            lambda session: email_templates.use_own(session, text, language, at=at),
            then=lambda _done: self._another(None),
        )

    def _lay_out(self) -> None:
        self.card.add(self._which)
        self.card.add(self.language)
        for part in (self.whose, self._subject, self._body, self.gaps):
            self.card.add(part)
        self.card.add(FlowRow([self.save, self.own]))
        self.add(self.card)
        self.which.chosen.connect(self._another)
        self.language.chosen.connect(self._another)
        self.save.clicked.connect(self._save)
        self.own.clicked.connect(self._use_own)
