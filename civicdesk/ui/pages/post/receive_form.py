"""One item comes in: its number, whose it is, what it is; the rest behind “more”."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from civicdesk.desk import tracking
from civicdesk.desk.mail import Incoming
from civicdesk.desk.tracking import Oddity, Tracking
from civicdesk.errors import Refusal
from civicdesk.models import Condition, MailKind
from civicdesk.text import _
from civicdesk.ui.pages.checkin.field_row import FieldRow
from civicdesk.ui.pages.post.box_pick import BoxPick
from civicdesk.ui.post_words import KINDS, condition_words, full_moment, kind_words, whose_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.fields import FieldLabel, LabelledField, text_field
from civicdesk.ui.widgets.label import label, set_tone
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.themed import Themed

_SHAPES = (("RR", MailKind.REGISTERED), ("CP", MailKind.PARCEL), ("EE", MailKind.EXPRESS))
_BAD = (Oddity.CHECK_DIGIT, Oddity.STILL_HERE)


class ReceiveForm(Themed, QWidget):
    """Scan or type; every field can wait but one: a notice or a slip is never guessed."""

    changed = Signal()
    entered = Signal()

    def __init__(self, runner: Runner) -> None:
        super().__init__()
        self._runner = runner
        self._is_kind_chosen = False
        self.number = text_field("", name="receive_tracking", icon="scan-barcode")
        self.number_field = LabelledField("", self.number)
        self.oddity = label("", "second", wrap=True)
        self.whose = BoxPick(runner, name="receive_box")
        self.kind_label = FieldLabel("")
        self.kind = Segmented([], name="receive_kind", spoken="", value=str(MailKind.ORDINARY))
        self.more = Button("", "chevron-down", name="receive_more", role="quiet")
        self.more.setCheckable(True)
        self.in_person = Button("", "user", name="receive_in_person", role="pill")
        self.in_person.setCheckable(True)
        self.condition = Segmented([], name="receive_condition", spoken="", value=str(Condition.WHOLE))
        self.condition_label = FieldLabel("")
        self.shelf, self.source = text_field("", name="receive_shelf"), text_field("", name="receive_sender")
        self.note = text_field("", name="receive_note")
        self.addressed = text_field("", name="receive_addressed_to")
        self.shelf_field, self.sender_field = LabelledField("", self.shelf), LabelledField("", self.source)
        self.note_field, self.addressed_field = (
            LabelledField("", self.note),
            LabelledField("", self.addressed),
        )
        self._build()
        self._join()
        self.retranslate()
        self._show_more(is_open=False)

    @property
    def chosen_kind(self) -> str:
        return str(self.kind.value() or MailKind.ORDINARY)

    @property
    def is_empty(self) -> bool:
        """Whether nothing is written of the next item yet."""
        return not self.number.text().strip() and self.whose.holder is None and not self.whose.is_unsettled

    def incoming(self) -> Incoming:
        """What is known of the item."""
        return Incoming(
            kind=self.chosen_kind,
            box=self.whose.box,
            organisation_id=self.whose.organisation_id,
            addressed_to=self.addressed.text() or (self.whose.text.text() if self.whose.is_unsettled else ""),
            tracking=self.number.text(),
            sender=self.source.text(),
            condition=str(self.condition.value() or ""),
            shelf=self.shelf.text(),
            note=self.note.text(),
            is_in_person=self.in_person.isChecked(),
        )

    def take_number(self, text: str) -> None:
        """A tracking number was scanned."""
        self.number.setText(tracking.clean(text) if len(text) <= 60 else text)  # noqa: PLR2004
        self._look()
        self.whose.text.setFocus()

    def take_box(self, number: int) -> None:
        """A box's label was scanned."""
        self.whose.look_for(str(number))

    def next_item(self) -> None:
        """Ready for the next one; the kind stays, as deliveries come in piles."""
        for field in (self.number, self.note, self.addressed):
            field.clear()
        self.whose.clear()
        self.in_person.setChecked(False)
        self.condition.set_value(str(Condition.WHOLE))
        if self.chosen_kind in (MailKind.NOTICE, MailKind.SLIP21):
            self.kind.set_value(str(MailKind.ORDINARY))
        self._is_kind_chosen = False
        self.source.clear()
        self.forgive()
        self._say_oddity("")
        self.number.setFocus()

    def forgive(self) -> None:
        """Take back what was refused."""
        for field in (
            self.number_field,
            self.whose.field,
            self.shelf_field,
            self.sender_field,
            self.note_field,
        ):
            field.refuse("")

    def retranslate(self) -> None:
        self.number_field.set_words(_("Tracking number (scan or type; may stay empty)"))
        self.whose.say(_("Whose is it?"))
        self.kind_label.setText(_("Kind"))
        self.kind.setAccessibleName(_("Kind"))
        kind = self.chosen_kind
        self.kind.set_choices([(str(each), kind_words(each)) for each in KINDS])
        self.kind.set_value(kind)
        self.more.setText(_("More: condition, shelf, sender, note"))
        self.condition_label.setText(_("Condition"))
        self.condition.setAccessibleName(_("Condition"))
        condition = self.condition.value() or str(Condition.WHOLE)
        self.condition.set_choices([(str(one), condition_words(one)) for one in Condition])
        self.condition.set_value(condition)
        self.shelf_field.set_words(_("Shelf"))
        self.sender_field.set_words(_("Sender"))
        self.note_field.set_words(_("Note"))
        self.addressed_field.set_words(_("Name on the item, if nobody fits"))
        self.in_person.setText(_("“In person only” stands on it"))
        self._look()

    def _build(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(roomy(10))
        first: list[QWidget] = [self.number_field, self.oddity, self.whose.field, self.whose.matches]
        for part in (*first, self.kind_label, self.kind):
            column.addWidget(part)
        column.addWidget(self.more, 0, Qt.AlignmentFlag.AlignLeft)
        self._more = QWidget()
        more = QVBoxLayout(self._more)
        more.setContentsMargins(0, 0, 0, 0)
        more.setSpacing(roomy(10))
        more.addWidget(self.condition_label)
        more.addWidget(self.condition)
        more.addWidget(FieldRow([(self.sender_field, 3), (self.shelf_field, 1)], least=360))
        more.addWidget(FieldRow([(self.note_field, 1), (self.addressed_field, 1)], least=360))
        more.addWidget(self.in_person)
        column.addWidget(self._more)
        column.addStretch(1)

    def _join(self) -> None:
        self.number.textEdited.connect(lambda _text: self._look())
        self.number.returnPressed.connect(self.whose.text.setFocus)
        self.whose.settled.connect(lambda _holder: self.changed.emit())
        self.whose.entered.connect(self.entered)
        self.kind.chosen.connect(self._kind_chosen)
        self.more.toggled.connect(lambda is_open: self._show_more(is_open=is_open))
        for field in (self.shelf, self.source, self.note, self.addressed):
            field.returnPressed.connect(self.entered)

    def _kind_chosen(self, _kind: object) -> None:
        self._is_kind_chosen = True
        self.changed.emit()

    def _show_more(self, *, is_open: bool) -> None:
        self._more.setVisible(is_open)
        self.more.set_icon("chevron-up" if is_open else "chevron-down")

    def _look(self) -> None:
        """Say at once what is odd about the number."""
        self.number_field.refuse("")
        self._runner.read(
            lambda session: tracking.look(session, self.number.text()),
            self._show_tracking,
            self._refuse_number,
        )

    def _refuse_number(self, refusal: Refusal) -> None:
        self._say_oddity("")
        self.number_field.refuse(str(refusal))

    def _show_tracking(self, looked: Tracking) -> None:
        lines = [tracking.oddity_words(oddity) for oddity in looked.oddities]
        lines += [_seen(looked)] if looked.seen else []
        is_bad = any(oddity in _BAD for oddity in looked.oddities)
        self._say_oddity(" ".join(lines), "bad" if is_bad else "warn")
        guessed = next((kind for begins, kind in _SHAPES if looked.text.startswith(begins)), None)
        if guessed and not self._is_kind_chosen and self.chosen_kind == MailKind.ORDINARY:
            self.kind.set_value(str(guessed))
            self.changed.emit()

    def _say_oddity(self, words: str, tone: str = "") -> None:
        self.oddity.setText(words)
        self.oddity.setVisible(bool(words))
        set_tone(self.oddity, tone)


def _seen(looked: Tracking) -> str:
    latest = looked.seen[0]
    return _("Last: {number}, {when}, {whose}.").format(
        number=latest.number, when=full_moment(latest.received_at), whose=whose_words(latest)
    )
