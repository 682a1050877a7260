"""What is written of a paper by which an organisation uses the centre's address."""

from __future__ import annotations

from civicdesk.desk import addresses
from civicdesk.desk.addresses import Face
from civicdesk.models import AddressPaper, AddressPaperKind
from civicdesk.text import _
from civicdesk.ui.pages.member.day_text import DayText
from civicdesk.ui.pages.member.form_card import FormCard
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.segmented import Segmented


class PaperForm(FormCard):
    """Which paper, its number, and the days on which it begins and ends."""

    def __init__(self) -> None:
        super().__init__("paper_form")
        self.paper: AddressPaper | None = None
        self.kind = Segmented([], name="paper_kind", spoken="")
        self.kind_row = LabelledField("", self.kind)
        self.text = text_field("", name="paper_reference")
        self.reference = LabelledField("", self.text)
        self.begins, self.ends = DayText(name="paper_from"), DayText(name="paper_until")
        self.note_text = text_field("", name="paper_note")
        self.note = LabelledField("", self.note_text)
        for part in (self.reference, self.begins, self.ends):
            part.setMinimumWidth(240)
        self.add(self.kind_row)
        self.add_row(self.reference, self.begins, self.ends)
        self.add(self.note)
        self.add_buttons()
        self.by_reason = {"bad_kind": self.kind_row, "bad_dates": self.ends, "long_note": self.reference}
        self.enter_saves([self.reference, self.begins, self.ends])
        self.retranslate()

    def show_paper(self, paper: AddressPaper | None) -> None:
        """Show a paper to be changed, or an empty form."""
        self.paper = paper
        self.remove.setVisible(paper is not None)
        self.kind.set_value(paper.kind if paper else AddressPaperKind.ALLOCATION.value)
        self.text.setText(paper.reference if paper else "")
        self.note_text.setText(paper.note if paper else "")
        self.begins.show_day(paper.valid_from_on if paper else self.today)
        self.ends.show_day(paper.valid_until_on if paper else None)
        self.text.setFocus()

    def face(self) -> Face:
        """What is written. Refuses `bad_date`."""
        return {
            "kind": str(self.kind.value() or AddressPaperKind.OTHER),
            "reference": self.text.text(),
            "valid_from_on": self.begins.day(self.today),
            "valid_until_on": self.ends.day(self.today),
            "note": self.note_text.text(),
        }

    def retranslate(self) -> None:
        super().retranslate()
        self.kind_row.set_words(_("Which paper"))
        self.kind.set_choices([(each.value, addresses.paper_words(each)) for each in AddressPaperKind])
        self.reference.set_words(_("Its number (optional)"))
        self.begins.set_words(_("Valid from (optional)"))
        self.ends.set_words(_("Valid until (optional)"))
        self.note.set_words(_("Note (optional)"))
