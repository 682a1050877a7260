"""What will be saved, in words, before it is saved."""

from __future__ import annotations

from collections.abc import Sequence

from civicdesk.desk.hours import Day
from civicdesk.desk.invitations import Weeks
from civicdesk.text import _, clock, day, local, ngettext
from civicdesk.ui.pages.invite.expect_form import ExpectForm
from civicdesk.ui.widgets.card import Card
from civicdesk.ui.widgets.label import label, set_tone

_MOST_DAYS = 8


class SummaryCard(Card):
    """Who, when and where in a few lines, and a warning when the centre is closed then."""

    def __init__(self) -> None:
        super().__init__(name="invite_summary", padded=True)
        self.who, self.when = label("", "heading", wrap=True), label("", "strong", wrap=True)
        self.where, self.days = label("", "body", wrap=True), label("", "second", wrap=True)
        self.warning = label("", "second", wrap=True)
        set_tone(self.warning, "warn")
        for line in (self.who, self.when, self.where, self.days, self.warning):
            self.add(line)
        self.body.addStretch(1)
        self.retranslate()

    def retranslate(self) -> None:
        self.set_title(_("To be saved"))

    def sum_up(self, form: ExpectForm, on: Day, weeks: Weeks | None) -> None:
        """Say what the form holds; `on` is the day chosen, `weeks` the days of a weekly invitation."""
        at, until = form.when.expected_at(), form.when.until()
        self.who.setText(_who(form))
        self.when.setText(f"{day(local(at).date())} · {clock(at)}")
        host, room = form.where.host, form.where.room
        self.where.setText(" · ".join(filter(None, (room.name if room else "", host.name if host else ""))))
        self.where.setVisible(bool(self.where.text()))
        several = _("The pass is good until {}.").format(day(form.when.last.value())) if until else ""
        self.days.setText(_dates(weeks) if weeks else several)
        self.days.setVisible(bool(self.days.text()))
        closed = _("The centre is closed on this day: {}").format(on.reason) if not on.spans else ""
        self.warning.setText(skipped(weeks.closed) if weeks else closed)
        self.warning.setVisible(bool(self.warning.text()))


def skipped(closed: Sequence[Day]) -> str:
    """The days left out as the centre is closed, and why."""
    if not closed:
        return ""
    named = [f"{day(each.on, 'd MMM')} ({each.reason})" for each in closed[:_MOST_DAYS]]
    return _("Left out, as the centre is closed: {}").format(", ".join(named))


def _who(form: ExpectForm) -> str:
    if not form.is_many:
        return form.who.name.text().strip() or "–"
    count = len(form.names.lines)
    return ngettext("{count} visitor", "{count} visitors", count).format(count=count)


def _dates(weeks: Weeks) -> str:
    shown = [day(local(on).date(), "d MMM") for on in weeks.open[:_MOST_DAYS]]
    count = len(weeks.open)
    said = ngettext("{count} invitation", "{count} invitations", count).format(count=count)
    return f"{said}: {', '.join(shown)}{' …' if count > _MOST_DAYS else ''}"
