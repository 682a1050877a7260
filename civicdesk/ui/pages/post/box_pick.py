"""Whose post it is: a box by its number, or an organisation by its name as it is typed."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QObject, Signal

from civicdesk.desk import boxes
from civicdesk.desk.boxes import Holder
from civicdesk.errors import Refusal
from civicdesk.text import _, local
from civicdesk.ui.pages.checkin.picks import Pick, PickGrid
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.fields import LabelledField, text_field

MOST = 6


class BoxPick(QObject):
    """A field, and beneath it the boxes and organisations that fit; Enter takes the only or the first one."""

    settled = Signal(object)  # Holder, or None when another one is being typed
    entered = Signal()

    def __init__(self, runner: Runner, *, name: str) -> None:
        super().__init__()
        self._runner = runner
        self._found: Sequence[Holder] = []
        self.holder: Holder | None = None
        self.text = text_field("", name=name, icon="mailbox")
        self.field = LabelledField("", self.text)
        self.matches = PickGrid(name=f"{name}_match", most=MOST, width=250, icon="mailbox")
        self.text.textEdited.connect(self._typed)
        self.text.returnPressed.connect(self._enter)
        self.matches.picked.connect(lambda place: self._take(self._found[place]))

    @property
    def is_unsettled(self) -> bool:
        """Whether something is written that is no box and no organisation of ours."""
        return self.holder is None and bool(self.text.text().strip())

    @property
    def box(self) -> int | None:
        return self.holder.box if self.holder else None

    @property
    def organisation_id(self) -> UUID | None:
        return self.holder.receiver.id if self.holder else None

    def clear(self) -> None:
        """Nobody chosen."""
        self.holder, self._found = None, []
        self.text.clear()
        self.field.refuse("")
        self.matches.offer([])

    def look_for(self, typed: str) -> None:
        """As if this was typed: a scanned label settles on its box at once."""
        self.text.setText(typed)
        self._typed(typed)
        self.take_only()

    def take_only(self) -> None:
        """Take the one that fits, if only one does."""
        if self.holder is None and len(self._found) == 1:
            self._take(self._found[0])

    def say(self, words: str) -> None:
        """What the box is wanted for."""
        self.field.set_words(words)
        self.text.setPlaceholderText(_("Box number or name"))
        self.matches.setAccessibleName(_("Boxes that fit"))

    def words(self) -> str:
        """Who was chosen, in words; nothing for nobody."""
        if self.holder is None:
            return ""
        name = self.holder.receiver.name
        return f"{self.holder.box} · {name}" if self.holder.box else name

    def _typed(self, typed: str) -> None:
        was, self.holder = self.holder, None
        self.field.refuse("")
        self._found = []
        self._runner.read(lambda session: boxes.find(session, typed, MOST), self._show, self._not_there)
        if was is not None:
            self.settled.emit(None)

    def _not_there(self, refusal: Refusal) -> None:
        self._show([])
        self.field.refuse(str(refusal))

    def _show(self, found: Sequence[Holder]) -> None:
        self._found = found
        self.matches.offer([self._pick(each) for each in found])

    def _pick(self, holder: Holder) -> Pick:
        box = _("box {}").format(holder.box) if holder.box else _("no box")
        on = local(self._runner.at()).date()
        left = _("left; its post is sent on") if holder.is_forwarded(on) else _("left")
        heir = _("now {}").format(holder.receiver.name) if holder.heir else ""
        state = left if holder.has_left(on) else ""
        return Pick(
            holder.organisation.name, second=" · ".join(filter(None, (box, heir))), state=state, tone="warn"
        )

    def _enter(self) -> None:
        if self.holder is None and self._found:
            self._take(self._found[0])
        else:
            self.entered.emit()

    def _take(self, holder: Holder) -> None:
        self.holder, self._found = holder, []
        self.text.setText(self.words())
        self.text.setCursorPosition(0)
        self.field.refuse("")
        self.matches.offer([])
        self.settled.emit(holder)
