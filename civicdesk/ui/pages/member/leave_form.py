"""An organisation leaves, or becomes a part of another one: what still waits for it is said before."""

from __future__ import annotations

from datetime import date

from civicdesk.desk.memberships import Waits
from civicdesk.text import _, ngettext, number
from civicdesk.ui.pages.booking.organisation_pick import OrganisationPick
from civicdesk.ui.pages.member.day_text import DayText
from civicdesk.ui.pages.member.form_card import FormCard
from civicdesk.ui.pages.settings.section import Tick
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.label import label


class LeaveForm(FormCard):
    """From which day, why, and whether its post is sent on."""

    def __init__(self) -> None:
        super().__init__("leave_form")
        self.waits = label("", "body", wrap=True)
        self.on = DayText(name="leave_on")
        self.text = text_field("", name="leave_reason")
        self.reason = LabelledField("", self.text)
        self.forwards = Tick(name="leave_forwards")
        self.after = label("", "second", wrap=True)
        self.on.setMinimumWidth(260)
        self.reason.setMinimumWidth(260)
        self.add(self.waits)
        self.add_row(self.on, self.reason)
        for part in (self.forwards, self.after):
            self.add(part)
        self.add_buttons()
        self.by_reason = {"bad_dates": self.on, "bad_date": self.on, "long_note": self.reason}
        self.retranslate()

    def show_leaving(self, waits: Waits) -> None:
        """Begin with today, and the post sent on."""
        self.waits.setText(waits_words(waits))
        self.on.show_day(self.today)
        self.text.clear()
        self.forwards.setChecked(True)

    def day(self) -> date:
        """The day it leaves. Refuses `bad_date`."""
        return self.on.day(self.today) or self.today

    def retranslate(self) -> None:
        super().retranslate()
        self.save.setText(_("It leaves"))
        self.save.set_icon("log-out")
        self.on.set_words(_("Leaves on"))
        self.reason.set_words(_("Why (optional)"))
        self.forwards.say(_("Keep its post and send it on for 45 days"))
        self.after.setText(
            _("Its lines and seats are free again. It keeps its box while post waits or is sent on.")
        )


class MergeForm(FormCard):
    """Into which other organisation it goes."""

    def __init__(self, runner: Runner) -> None:
        super().__init__("merge_form")
        self.waits = label("", "body", wrap=True)
        self.into = OrganisationPick(runner, name="merge_into")
        self.after = label("", "second", wrap=True)
        for part in (self.waits, self.into.field, self.into.matches, self.after):
            self.add(part)
        self.add_buttons()
        self.by_reason = {"into_itself": self.into.field, "has_left": self.into.field}
        self.retranslate()

    def show_merging(self, waits: Waits) -> None:
        """Begin with nobody chosen."""
        self.waits.setText(waits_words(waits))
        self.into.set_organisation(None)
        self.into.text.setFocus()

    def retranslate(self) -> None:
        super().retranslate()
        self.save.setText(_("Merge"))
        self.save.set_icon("users-round")
        self.into.say(_("Becomes a part of"))
        self.after.setText(
            _(
                "People, papers, box, post, messages and rooms to come go over to it. What is past stays as it was."
            )
        )


def waits_words(waits: Waits) -> str:
    """What still waits for an organisation, in a sentence."""
    said = [
        (waits.post, ngettext("{} item of post", "{} items of post", waits.post)),
        (waits.bookings, ngettext("{} booking to come", "{} bookings to come", waits.bookings)),
        (waits.messages, ngettext("{} message", "{} messages", waits.messages)),
        (waits.loans, ngettext("{} thing on loan", "{} things on loan", waits.loans)),
    ]
    found = [words.format(number(count)) for count, words in said if count]
    if not found:
        return _("Nothing waits for it.")
    return _("Still waiting for it: {}. Nothing of it is lost.").format(", ".join(found))
