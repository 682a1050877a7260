"""How an organisation is known and reached; its numbers are covered until somebody needs them."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal

from civicdesk.desk import identifiers
from civicdesk.desk.member_glance import Glance
from civicdesk.models import Notify, Organisation
from civicdesk.text import _, day
from civicdesk.ui.email_words import why_not_words
from civicdesk.ui.pages.member.place_form import line_words
from civicdesk.ui.pages.rooms.fact_line import FactLine
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.refusal_banner import Action, RefusalBanner


class AboutCard(Card):
    """Box, lines and seats; phone and e-mail; register, tax and other numbers."""

    place_wanted = Signal()
    covers_changed = Signal(bool)
    address_wanted = Signal()
    address_right = Signal(object)  # bounce id

    def __init__(self) -> None:
        super().__init__(name="member_about", padded=True)
        self.is_shown = False
        self._glance: Glance | None = None
        self.box = FactLine("mailbox", name="member_boxes")
        self.line = FactLine("phone", name="member_lines")
        self.seat = FactLine("armchair", name="member_seats")
        self.reach = FactLine("id-card", name="member_reach")
        self.person = FactLine("user", name="member_responsible_said")
        self.numbers = FactLine("list", name="member_numbers")
        self.post = FactLine("bell", name="member_hears")
        self.note = FactLine("file-text", name="member_authority")
        self.place = Button("", "pencil", name="member_place", role="quiet")
        self.show_numbers = Button("", "eye", name="member_show_numbers", role="quiet")
        self.unreached = RefusalBanner(name="member_unreached")
        for part in (
            self.unreached,
            self.box,
            self.line,
            self.seat,
            self.reach,
            self.person,
            self.numbers,
            self.post,
            self.note,
        ):
            self.add(part)
        self.add(FlowRow([self.place, self.show_numbers]))
        self.place.clicked.connect(lambda _on=False: self.place_wanted.emit())
        self.show_numbers.clicked.connect(lambda _on=False: self.cover(is_shown=not self.is_shown))

    def show_glance(self, glance: Glance) -> None:
        """Show this organisation."""
        self._glance = glance
        one, has = glance.organisation, glance.has
        self.set_title(_("Here"))
        boxes = ", ".join(str(each.number) for each in has.boxes)
        self.box.say(_("Box {}").format(boxes) if boxes else _("No box"))
        self.line.say(", ".join(map(line_words, has.lines)))
        self.seat.say(", ".join(each.name for each in has.seats))
        self.person.say(_("Responsible: {}").format(one.responsible_person) if one.responsible_person else "")
        self.post.say(_hears(one))
        self.note.say(one.authority_note)
        self._say_unreached(glance)
        self._say_numbers(one)

    def _say_unreached(self, glance: Glance) -> None:
        """That no e-mail reaches it, why, and the way out."""
        why, bounce = glance.unreached, glance.bounce
        if why is None:
            self.unreached.clear()
            return
        steps: list[Action] = [(_("Correct the address"), self.address_wanted.emit)]
        if bounce is not None:
            steps.append((_("The address is right"), partial(self.address_right.emit, bounce.id)))
        said = why_not_words(why, glance.organisation.email, bounce)
        call = _("Call them when post comes.")
        self.unreached.show_refusal(f"{said}. {call}", *steps, tone="warn")

    def cover(self, *, is_shown: bool) -> None:
        """Show the numbers, or only their ends."""
        changed, self.is_shown = is_shown != self.is_shown, is_shown
        if self._glance:
            self._say_numbers(self._glance.organisation)
        if changed:
            self.covers_changed.emit(is_shown)

    def retranslate(self) -> None:
        self.place.setText(_("Box and lines"))
        self._name_cover()

    def _name_cover(self) -> None:
        self.show_numbers.setText(_("Cover numbers") if self.is_shown else _("Show numbers"))
        self.show_numbers.set_icon("eye-off" if self.is_shown else "eye")

    def _say_numbers(self, one: Organisation) -> None:
        shown = (lambda kept: kept) if self.is_shown else identifiers.masked
        told = (
            (_("Registry number"), one.registry_number),
            (_("Tax number"), shown(one.tax_number)),
            (_("MERSİS number"), shown(one.mersis)),
            (_("UETS address"), shown(one.uets)),
        )
        self.numbers.say("\n".join(f"{word}: {kept}" for word, kept in told if kept))
        phone = identifiers.phone_shown(one.phone)
        self.reach.say(" · ".join(filter(None, (phone, one.email))))
        self._name_cover()


def _hears(one: Organisation) -> str:
    """How it hears of its post, and since when it is here."""
    words = {
        Notify.AT_ONCE.value: _("Hears of its post at once"),
        Notify.DIGEST.value: _("Hears of its post once a day"),
        Notify.NONE.value: _("Does not hear of its post by e-mail"),
    }
    since = _("here since {}").format(day(one.joined_on, "d MMM yyyy")) if one.joined_on else ""
    return " · ".join(filter(None, (words.get(one.notify, ""), since)))
