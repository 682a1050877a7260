"""How rooms are booked: how far ahead, when the desk asks after who did not come, and fair use. For managers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from civicdesk.database import Changes
from civicdesk.desk import centre, fair_use
from civicdesk.desk.kinds import kind_words
from civicdesk.errors import Refusal
from civicdesk.models import Centre, Organisation, RoomClass, UseLimit
from civicdesk.text import _, ngettext, number, sort_key
from civicdesk.ui.booking_words import class_words
from civicdesk.ui.pages.settings.limit_form import Limit, LimitForm
from civicdesk.ui.pages.settings.section import Section
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.button import Button
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.empty_state import EmptyState
from civicdesk.ui.widgets.fields import LabelledField
from civicdesk.ui.widgets.flow import FlowRow
from civicdesk.ui.widgets.label import label
from civicdesk.ui.widgets.list_row import ListRow
from civicdesk.ui.widgets.stepper import Stepper

_SHOWN = 200


@dataclass(frozen=True)
class Rules:
    """What the section shows."""

    centre: Centre
    limits: list[UseLimit]
    names: dict[UUID, str]


class BookingRulesSection(Section):
    """The times, saved together; the limits, one by one."""

    watches: ClassVar[Changes] = frozenset({Centre, UseLimit})

    def __init__(self, runner: Runner) -> None:
        super().__init__(runner, "settings_booking_rules")
        self._shown: dict[str, int] = {}
        self.steppers = {
            "notice_hours": _stepper("notice_hours", centre.NOTICE_HOURS),
            "ahead_days": _stepper("ahead_days", centre.AHEAD_DAYS),
            "no_show_minutes": _stepper("no_show_minutes", centre.NO_SHOW_MINUTES),
        }
        self._fields = {name: LabelledField("", stepper) for name, stepper in self.steppers.items()}
        self.stays, self.order = label("", "second", wrap=True), label("", "second", wrap=True)
        self.save = Button("", name="booking_rules_save", role="primary")
        self.form = LimitForm(runner)
        self.times = Card(name="booking_rules_times", padded=True)
        self.limits = Card(name="booking_rules_limits", padded=True)
        self.list = Card(name="limits_list")
        self._build()
        self.save.clicked.connect(self._save)
        self.form.wanted.connect(self._set)
        self.retranslate()

    def refresh(self) -> None:
        self.runner.read(_look, then=self._show, refused=self.refuse)

    def retranslate(self) -> None:
        self.set_heading(
            _("Booking rules"),
            _(
                "How far ahead rooms are booked, when the desk asks whether anybody came, and who may have how much."
            ),
        )
        self.times.set_title(_("Times"))
        self.list.set_title(_("Hours a month"))
        self.limits.set_title(_("New limit"))
        self._fields["notice_hours"].set_words(_("Hours ahead, at least (0: at once)"))
        self._fields["ahead_days"].set_words(_("Days ahead, at most"))
        self._fields["no_show_minutes"].set_words(_("Minutes until the desk is asked whether anybody came"))
        self.stays.setText(_("What is booked already stays as it is."))
        self.order.setText(
            _(
                "One organisation's own limit counts before that of its kind, and that before the limit for all."
            )
        )
        self.save.setText(_("Save"))
        self.form.retranslate()

    def _build(self) -> None:
        for part in (
            FlowRow(list(self._fields.values()), spacing=12, grow=True),
            self.stays,
            FlowRow([self.save]),
        ):
            self.times.add(part)
        self.limits.add(self.order)
        self.limits.add(self.form)
        for card in (self.times, self.list, self.limits):
            self.add(card)

    def _values(self) -> dict[str, int]:
        return {name: stepper.value() for name, stepper in self.steppers.items()}

    def _show(self, found: Rules) -> None:
        """Show what is kept; what is half written stays."""
        kept = {name: getattr(found.centre, name) for name in self.steppers}
        if not self._shown or self._values() == self._shown:
            for name, stepper in self.steppers.items():
                stepper.set_value(kept[name])
        self._shown = kept
        rows: list[QWidget] = [self._row(limit, found.names) for limit in found.limits[:_SHOWN]]
        if not rows:
            sentence = _("No room has a limit. Everybody may book as much as there is.")
            rows.append(EmptyState("clock", sentence, name="limits_none"))
        self.list.fill(rows)

    def _row(self, limit: UseLimit, names: dict[UUID, str]) -> ListRow:
        button = Button(_("Remove"), name=f"limit_remove_{limit.id.hex}")
        words, whom = _hours(limit), _whom(limit, names)
        button.setAccessibleName(f"{_('Remove')}: {words}, {whom}")
        row = ListRow(words, whom, name=f"limit_{limit.id.hex}", button=button)
        row.action_wanted.connect(partial(self._remove, limit))
        return row

    def _save(self) -> None:
        at, values, before = self.runner.at, self._values(), dict(self._shown)
        now = at()

        def saved(_centre: Centre) -> None:
            self.banner.clear()
            self.runner.say(
                _("The booking rules were saved."),
                undo=lambda session: centre.change(session, at(), **before),
            )

        self._shown = values
        self.runner.now(
            lambda session: centre.change(session, now, **values), then=saved, refused=self._refuse_times
        )

    def _refuse_times(self, refusal: Refusal) -> None:
        self.refuse(refusal)
        self.refresh_now()

    def _set(self, limit: Limit) -> None:
        now = self.runner.at()

        def write(session: Session) -> tuple[UseLimit, int | None]:
            before = next((each.hours for each in fair_use.limits(session) if _is_same(each, limit)), None)
            return _set_limit(session, limit, limit.hours, now), before

        self.runner.now(
            write,
            then=lambda made: self._was_set(limit, *made),
            refused=lambda refusal: self.form.banner.show_refusal(str(refusal)),
        )

    def _was_set(self, limit: Limit, made: UseLimit, before: int | None) -> None:
        at = self.runner.at
        self.form.organisation.set_organisation(None)

        def undo(session: Session) -> object:
            if before is None:
                return fair_use.remove_limit(session, made.id, at=at())
            return _set_limit(session, limit, before, at())

        self.runner.say(_("Limit set: {}").format(_hours(made)), undo=undo)

    def _remove(self, limit: UseLimit) -> None:
        at = self.runner.at
        now = at()
        self.runner.now(
            lambda session: fair_use.remove_limit(session, limit.id, at=now),
            then=lambda gone: self.runner.say(
                _("Limit removed: {}").format(_hours(gone)),
                undo=lambda session: fair_use.restore_limit(session, limit.id, at=at()),
            ),
        )


def _look(session: Session) -> Rules:
    limits = fair_use.limits(session)
    ids = {limit.organisation_id for limit in limits if limit.organisation_id}
    found = [session.get(Organisation, id_) for id_ in ids]
    names = {each.id: each.name for each in found if each is not None}
    return Rules(centre.the_centre(session), sorted(limits, key=partial(_place, names)), names)


def _place(names: dict[UUID, str], limit: UseLimit) -> tuple[object, ...]:
    """By class; for all before a kind, a kind before one organisation."""
    classes = [each.value for each in RoomClass]
    place = classes.index(limit.room_class) if limit.room_class in classes else len(classes)
    is_own = limit.organisation_id is not None
    return place, is_own, bool(limit.kind), sort_key(_whom(limit, names))


def _set_limit(session: Session, limit: Limit, hours: int, at: datetime) -> UseLimit:
    return fair_use.set_limit(
        session, limit.room_class, hours, kind=limit.kind, organisation_id=limit.organisation_id, at=at
    )


def _is_same(kept: UseLimit, limit: Limit) -> bool:
    return (kept.room_class, kept.kind, kept.organisation_id) == (
        limit.room_class,
        limit.kind,
        limit.organisation_id,
    )


def _hours(limit: UseLimit) -> str:
    words = ngettext("{room_class}: {count} hour a month", "{room_class}: {count} hours a month", limit.hours)
    return words.format(room_class=class_words(limit.room_class), count=number(limit.hours))


def _whom(limit: UseLimit, names: dict[UUID, str]) -> str:
    if limit.organisation_id is not None:
        return names.get(limit.organisation_id, "—")
    return kind_words(limit.kind) if limit.kind else _("for all")


def _stepper(name: str, span: range) -> Stepper:
    return Stepper("", name=f"rules_{name}", lowest=span[0], highest=span[-1], value=span[0])
