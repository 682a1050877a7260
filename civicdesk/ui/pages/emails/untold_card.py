"""Whose post waits and who could not be told of it by e-mail, with what there is to do instead."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from civicdesk.desk import identifiers
from civicdesk.desk.untold import Untold
from civicdesk.text import _, ngettext, number
from civicdesk.ui.email_words import why_not_words
from civicdesk.ui.post_words import days_words, items_words
from civicdesk.ui.theme.now import roomy
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.matter_row import MatterRow

_SHOWN = 50


class UntoldCard(Card):
    """One row an organisation: why, how much waits, and the ways out: call, correct, or trust the address."""

    called = Signal(object)  # Untold
    member_wanted = Signal(object)  # organisation id
    address_right = Signal(object)  # bounce id

    def __init__(self) -> None:
        super().__init__(name="emails_untold")

    def show_untold(self, found: Sequence[Untold], days: Sequence[int]) -> None:
        """Show these, and for how many days the oldest item of each waits; without any the card is not there."""
        self.set_title(_("Post that nobody was told of") if found else "")
        rows: list[QWidget] = [
            self._row(each, waits) for each, waits in zip(found[:_SHOWN], days, strict=False)
        ]
        self.fill(rows)
        if len(found) > _SHOWN:
            more = len(found) - _SHOWN
            words = label(ngettext("and {} more", "and {} more", more).format(number(more)), "second")
            words.setContentsMargins(roomy(16), 0, 0, roomy(12))
            self.add(words)
        self.setVisible(bool(found))

    def _row(self, found: Untold, days: int) -> MatterRow:
        one = found.organisation
        phone = identifiers.phone_shown(one.phone)
        waits = " · ".join(filter(None, (items_words(found.items), days_words(days), phone)))
        buttons = [self._called(found), self._correct(found)]
        if found.bounce is not None:
            right = Button(_("The address is right"), "check", name=f"untold_right_{one.id.hex}")
            right.setAccessibleName(_("The address of {} is right").format(one.name))
            right.clicked.connect(partial(self._emit_right, found))
            buttons.append(right)
        second = "\n".join((why_not_words(found.why, one.email, found.bounce), waits))
        return MatterRow("mail", "warn", one.name, second, buttons, name=f"untold_{one.id.hex}")

    def _called(self, found: Untold) -> Button:
        button = Button(_("I called them"), "phone", name=f"untold_called_{found.organisation.id.hex}")
        button.setAccessibleName(_("{} was called about its post").format(found.organisation.name))
        button.clicked.connect(lambda _on=False: self.called.emit(found))
        return button

    def _correct(self, found: Untold) -> Button:
        button = Button(_("Correct the address"), "pencil", name=f"untold_open_{found.organisation.id.hex}")
        button.setAccessibleName(_("Correct the address of {}").format(found.organisation.name))
        button.clicked.connect(lambda _on=False: self.member_wanted.emit(found.organisation.id))
        return button

    def _emit_right(self, found: Untold, _on: bool = False) -> None:
        if found.bounce is not None:
            self.address_right.emit(found.bounce.id)
