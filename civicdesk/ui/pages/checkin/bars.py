"""What stands over the form when somebody cannot simply come in, and what can be done about it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Signal

from civicdesk.desk import denylist, people
from civicdesk.errors import Refusal
from civicdesk.models import Visitor
from civicdesk.text import _, clock
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.refusal_banner import RefusalBanner

_OVERRIDABLE = ("closed", "capacity_full")


class ArrivalBars(RefusalBanner):
    """One refusal of a check-in at a time, with its next steps as buttons."""

    overridden = Signal(str)  # the reason why they come in all the same
    namesake_allowed = Signal()
    same_person = Signal(object)  # people.Suggestion
    visitor_wanted = Signal(object)
    check_out_wanted = Signal(object)  # Visit

    def __init__(self, runner: Runner) -> None:
        self._runner = runner
        self.why = text_field("", name="override_reason")
        self.why_field = LabelledField("", self.why)
        super().__init__(name="checkin_refusal", extra=self.why_field)
        self.why.returnPressed.connect(self._override)
        self.why.textEdited.connect(lambda _text: self.why_field.refuse(""))
        self.retranslate()

    def explain(self, refusal: Refusal, *, name: str, phone: str, visitor: Visitor | None) -> None:
        """Show why this visitor does not come in."""
        if refusal.reason == "already_inside" and visitor:
            self._show_inside(str(refusal), visitor)
        elif refusal.reason == "namesake_inside":
            self._show_namesake(str(refusal), name)
        elif refusal.reason in _OVERRIDABLE:
            self._offer_override(str(refusal), "warn")
        elif refusal.reason == "refused":
            self._show_denied(str(refusal), name, phone)
        else:
            self.show_refusal(str(refusal))

    def retranslate(self) -> None:
        self.why_field.set_words(_("Why do they come in all the same?"))

    def _show_inside(self, sentence: str, visitor: Visitor) -> None:
        self._runner.read(
            lambda session: people.suggestion(session, visitor.id),
            lambda found: self._offer_inside(sentence, found),
        )

    def explain_inside(self, found: people.Suggestion) -> None:
        """A visitor was taken who is inside already: say so before the form is filled in."""
        if found.last:
            since = clock(found.last.arrived_at)
            self._offer_inside(_("{} is already inside since {}.").format(found.visitor.name, since), found)

    def _offer_inside(self, sentence: str, found: people.Suggestion | None) -> None:
        if found is None or found.last is None:
            self.show_refusal(sentence)
            return
        visitor, visit = found.visitor, found.last
        self.show_refusal(
            sentence,
            (_("Show the visit"), lambda: self.visitor_wanted.emit(visitor.id)),
            (_("Check out instead"), lambda: self.check_out_wanted.emit(visit)),
            tone="warn",
        )

    def _show_namesake(self, sentence: str, name: str) -> None:
        def offer(found: people.Suggestion | None) -> None:
            self.show_refusal(
                sentence,
                (_("Same person"), lambda: self.same_person.emit(found)),
                (_("Another person"), self.namesake_allowed.emit),
                tone="warn",
            )

        self._runner.read(lambda session: people.inside_by_name(session, name), offer)

    def _show_denied(self, sentence: str, name: str, phone: str) -> None:
        """The reason is for managers only, and only they may let the visitor in."""
        staff, at = self._runner.staff, self._runner.at()
        if staff is None or not staff.is_manager:
            self.show_refusal(sentence)
            return

        def offer(match: denylist.Match | None) -> None:
            why = _("Reason on the list: {reason}").format(reason=match.denial.reason) if match else ""
            self._offer_override("\n".join(filter(None, (sentence, why))), "bad")

        self._runner.read(lambda session: denylist.match(session, name=name, phone=phone, at=at), offer)

    def _offer_override(self, sentence: str, tone: str) -> None:
        self._ask(sentence, (_("Let in all the same"), self._override), tone)

    def _ask(self, sentence: str, action: tuple[str, Callable[[], None]], tone: str) -> None:
        self.show_refusal(sentence, action, tone=tone)
        self.why.clear()
        self.why_field.refuse("")
        self.why_field.show()
        self.why.setFocus()

    def _override(self) -> None:
        if not self.why.text().strip():
            self.why_field.refuse(_("Write why; it is kept with the visit."))
            self.why.setFocus()
        else:
            self.overridden.emit(self.why.text().strip())
