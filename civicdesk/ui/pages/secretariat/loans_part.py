"""Requests and loans: what goes out on the left, what is out and overdue on the right."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from civicdesk.desk import hours, loans
from civicdesk.errors import Refusal
from civicdesk.models import Loan, LoanKind, new_id
from civicdesk.text import _, language, local, ngettext, number
from civicdesk.ui.pages.booking.organisation_pick import OrganisationPick
from civicdesk.ui.pages.secretariat.part import MOST, Part, beside, fill
from civicdesk.ui.paper_state import since_words
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import BigButton, Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.date_stepper import DateStepper
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import LabelledField, text_field
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.matter_row import MatterRow
from civicdesk.ui.widgets.segmented import Segmented
from civicdesk.ui.widgets.stepper import Stepper
from civicdesk.ui.widgets.time_stepper import TimeStepper
from civicdesk.ui.widgets.tone_icon import ToneIcon

_ICONS = {LoanKind.COPIES: "file-text", LoanKind.KEY: "key-round", LoanKind.EQUIPMENT: "presentation"}
_WISHES = (LoanKind.COPIES, LoanKind.OTHER)
"""What is done for somebody and never comes back."""
_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Look:
    """What is out, how many of it are overdue, and what came back of late."""

    out: Sequence[Loan]
    count: tuple[int, int]
    back: Sequence[Loan]


class LoansPart(Part):
    """Keys and equipment lent with a time to be back, copies and other wishes."""

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "loans")
        self._key = new_id().hex
        self._said: object = None
        self.kind = Segmented([], name="loan_kind", spoken="")
        self.what, self.person = text_field("", name="loan_what"), text_field("", name="loan_person")
        self.organisation = OrganisationPick(runner, name="loan_for")
        self.count = Stepper("", name="loan_count", highest=loans.MOST)
        self.day = DateStepper(name="loan_day", value=local(runner.at()).date())
        self.time = TimeStepper(name="loan_time", value="18:00")
        self.lend = BigButton("", "hand-helping", name="loan_lend", role="primary")
        inputs: tuple[QWidget, ...] = (self.what, self.person, self.count, self.day, self.time)
        self.fields = {field: LabelledField("", field) for field in inputs}
        self.out, self.back = Card(name="loans_out"), Card(name="loans_back")
        self._lay_out()
        self.retranslate()
        self.begin()

    def retranslate(self) -> None:
        self.form.set_title(_("Lend or note a wish"))
        self.kind.setAccessibleName(_("Kind of loan"))
        kinds = (LoanKind.EQUIPMENT, LoanKind.KEY, LoanKind.COPIES, LoanKind.OTHER)
        self.kind.set_choices([(kind, kind_words(kind)) for kind in kinds])
        self.organisation.say(_("For which organisation"))
        words: dict[QWidget, str] = {
            self.what: _("What"),
            self.person: _("Who takes it (optional)"),
            self.count: _("How many"),
        }
        for field, said in words.items():
            self.fields[field].set_words(said)
        self._say_when()
        self.lend.setText(_("Note it"))

    def begin(self) -> None:
        """An empty form; what is lent is back by closing time, unless somebody says otherwise."""
        self._key = new_id().hex
        self.banner.clear()
        self.organisation.set_organisation(None)
        self.kind.set_value(LoanKind.EQUIPMENT)
        self._say_when()
        self.what.clear()
        self.person.clear()
        self.count.set_value(1)
        self.day.set_first(local(self.runner.at()).date())
        self.runner.read(lambda session: hours.closing_after(session, self.runner.at()), self._until)

    def refresh(self) -> None:
        at = self.runner.at()
        self.runner.read(
            lambda session: Look(
                loans.out(session, limit=MOST),
                loans.count_out(session, at=at),
                loans.back_lately(session, 20),
            ),
            self._show,
        )

    def _say_when(self) -> None:
        """A key comes back; a copy is only to be ready by then."""
        is_wish = self.kind.value() in _WISHES
        on, by = (_("Wanted on"), _("Wanted by")) if is_wish else (_("Back on"), _("Back by"))
        self.fields[self.day].set_words(on)
        self.fields[self.time].set_words(by)
        self.time.say(by)

    def _until(self, closes: datetime) -> None:
        last = local(closes) - timedelta(minutes=1) if local(closes).hour == 0 else local(closes)
        self.day.set_value(last.date())
        self.time.set_value(last.strftime("%H:%M"))

    def _lend(self, _on: bool = False) -> None:
        self.banner.clear()
        self.fields[self.what].refuse("")
        whose = self.organisation.organisation
        wanted = loans.Wanted(
            what=self.what.text(),
            organisation_id=whose.id if whose else None,
            kind=str(self.kind.value() or LoanKind.OTHER),
            person=self.person.text(),
            count=self.count.value(),
            due_at=hours.instant(self.day.value(), self.time.value()),
        )
        at, key = self.runner.at(), self._key
        self.runner.now(
            lambda session: loans.lend(session, wanted, at=at, key=key),
            then=self._lent,
            refused=self._refused,
        )

    def _lent(self, loan: Loan) -> None:
        self.begin()
        at, loan_id = self.runner.at, loan.id
        self.runner.say(
            _("Noted: {}").format(loan.what),
            undo=lambda session: loans.remove(session, loan_id, at=at()),
        )

    def _refused(self, refusal: Refusal) -> None:
        if refusal.reason == "no_organisation":
            self.organisation.field.refuse(str(refusal))
            self.organisation.text.setFocus()
        elif refusal.reason == "nothing_lent":
            self.fields[self.what].refuse(str(refusal))
            self.what.setFocus()
        else:
            self.refuse(refusal)

    def _show(self, look: Look) -> None:
        at = self.runner.at()
        keys = [(loan.id, loan.due_at, loans.is_overdue(loan, at)) for loan in look.out]
        said = language(), look.count, keys, [loan.id for loan in look.back]
        if said == self._said:
            return
        self._said = said
        count, overdue = look.count
        title = ngettext("{} is out", "{} are out", count).format(number(count))
        if overdue:
            title += " · " + ngettext("{} overdue", "{} overdue", overdue).format(number(overdue))
        self.out.set_title(title if count else "")
        rows: list[QWidget] = [self._row(loan) for loan in look.out[:MOST]]
        if not rows:
            sentence = _("Nothing is out. What is lent or asked for stands here until it is back or done.")
            rows = [EmptyState("hand-helping", sentence, name="loans_none")]
        fill(self.out, rows, count - MOST)
        self.back.set_title(_("Back of late"))
        self.back.setVisible(bool(look.back))
        fill(self.back, [self._back_row(loan) for loan in look.back])

    def _row(self, loan: Loan) -> MatterRow:
        at = self.runner.at()
        is_late = loans.is_overdue(loan, at)
        what = f"{loan.what} × {number(loan.count)}" if loan.count > 1 else loan.what
        whose = loan.organisation.name if loan.organisation else ""
        is_wish = loan.kind in _WISHES
        by = _("wanted by {}") if is_wish else _("back by {}")
        due = by.format(since_words(loan.due_at, at)) if loan.due_at else ""
        if is_late:
            due = _("overdue since {}").format(since_words(loan.due_at or at, at))
        since = _("asked for at {}") if is_wish else _("out since {}")
        out = since.format(since_words(loan.out_at, at))
        lines = " · ".join(filter(None, (whose, loan.person))), " · ".join(filter(None, (due, out)))
        icon = _ICONS.get(LoanKind(loan.kind), "hand-helping")
        name = f"loan_{loan.id.hex}"
        return MatterRow(
            icon, "bad" if is_late else "info", what, "\n".join(lines), self._buttons(loan), name=name
        )

    def _buttons(self, loan: Loan) -> list[Button]:
        is_back = _("Done") if loan.kind in _WISHES else _("It is back")
        steps: list[tuple[str, str, str, str, Callable[..., None]]] = [
            (is_back, "check", "back", "primary", self._take_back),
            (_("One day longer"), "calendar-plus", "extend", "plain", self._extend),
        ]
        buttons = []
        for words, icon, name, role, deed in steps:
            button = Button(words, icon, name=f"loan_{name}_{loan.id.hex}", role=role)
            button.setAccessibleName(f"{words}: {loan.what}")
            button.clicked.connect(partial(deed, loan))
            buttons.append(button)
        return buttons

    def _take_back(self, loan: Loan, _on: bool = False) -> None:
        at, loan_id = self.runner.at, loan.id
        said = _("Done: {}") if loan.kind in _WISHES else _("Back: {}")
        self.runner.now(
            lambda session: loans.take_back(session, loan_id, at=at()),
            then=lambda _back: self.runner.say(
                said.format(loan.what),
                undo=lambda session: loans.still_out(session, loan_id, at=at()),
            ),
            refused=self.refuse,
        )

    def _extend(self, loan: Loan, _on: bool = False) -> None:
        at, loan_id = self.runner.at(), loan.id
        due_at = max(loan.due_at or at, at) + _DAY
        self.runner.now(
            lambda session: loans.extend(session, loan_id, due_at, at=at),
            then=lambda _done: self.runner.say(
                _("It may stay out until {}.").format(since_words(due_at, at))
            ),
            refused=self.refuse,
        )

    def _back_row(self, loan: Loan) -> ListRow:
        whose = loan.organisation.name if loan.organisation else ""
        note = since_words(loan.back_at, self.runner.at()) if loan.back_at else ""
        lead = ToneIcon("check", "ok", size=36)
        return ListRow(loan.what, whose, name=f"loan_{loan.id.hex}", lead=lead, note=note)

    def _lay_out(self) -> None:
        self.form.add(self.kind)
        self.form.add(self.organisation.field)
        self.form.add(self.organisation.matches)
        for left, right in (self.what, self.count), (self.day, self.time):
            self.form.body.addLayout(beside(self.fields[left], self.fields[right]))
        self.form.add(self.fields[self.person])
        self.foot.addWidget(self.lend)
        self.lists.addWidget(self.out)
        self.lists.addWidget(self.back)
        self.lists.addStretch(1)
        self.kind.chosen.connect(lambda _kind: self._say_when())
        self.lend.clicked.connect(self._lend)
        self.what.returnPressed.connect(self._lend)


def kind_words(kind: str) -> str:
    """What is asked for."""
    said = {
        LoanKind.EQUIPMENT: _("Equipment"),
        LoanKind.KEY: _("Key"),
        LoanKind.COPIES: _("Copies"),
        LoanKind.OTHER: _("Other wish"),
    }
    return said[LoanKind(kind)]
