"""The lines of the print queue, in the words of the desk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from civicdesk.desk import period, report_kinds
from civicdesk.desk.print_look import Look
from civicdesk.models import JobState, PaperKind, PrintJob
from civicdesk.text import _, clock, day, local, ngettext, number
from civicdesk.ui.pages.visitors.lines import Line
from civicdesk.ui.paper_state import standing
from civicdesk.ui.paper_words import kind_words, state_tone, state_words, trouble_tone, trouble_words
from civicdesk.ui.print_desk import PrintDesk

_ICONS = {
    JobState.WAITING: "clock",
    JobState.SENDING: "printer",
    JobState.PRINTED: "circle-check",
    JobState.SENT: "circle-check",
    JobState.UNSURE: "circle-help",
    JobState.CANCELLED: "ban",
}


@dataclass(frozen=True, kw_only=True)
class JobLine(Line):
    """A line that stands for one job."""

    job: PrintJob | None = None


def queue_lines(look: Look, desk: PrintDesk, at: datetime) -> list[Line]:
    """What waits, under its printer; then what came out of late."""
    found = list(_waiting(look, desk, at))
    if look.more > 0:
        more = ngettext("and {count} more paper", "and {count} more papers", look.more).format(
            count=number(look.more)
        )
        found.append(Line(key="more", title=more, is_heading=True))
    if look.ended:
        found.append(Line(key="ended", title=_("Came out of late"), note=_("of this week"), is_heading=True))
        found += [_line(job, look, at) for job in look.ended]
    return found


def what(job: PrintJob) -> str:
    """What is printed, by kind and number: `Visitor badge 1047`."""
    if job.kind in (PaperKind.DAY_LIST, PaperKind.SETUP_LIST, PaperKind.OCCUPANCY) and job.label:
        return f"{kind_words(job.kind)} · {_day(job.label)}"
    if job.kind == PaperKind.REPORT and job.label:
        return _report(job.label)
    if job.kind == PaperKind.BADGE and job.label:
        return f"{kind_words(job.kind)} {job.label}"
    return kind_words(job.kind)


def question(job: PrintJob) -> str:
    """Only a person knows."""
    return _("Did it come out? {}").format(what(job))


def is_gone(job: PrintJob) -> bool:
    """What was to be printed is no longer wanted: the visitor left, a newer copy was made."""
    return job.state == JobState.CANCELLED and bool(job.trouble)


def _waiting(look: Look, desk: PrintDesk, at: datetime) -> Iterator[Line]:
    known = [printer.name for printer in desk.printers]
    homeless = {desk.holder(job) for job in look.jobs} - set(known)
    for name in (*known, *sorted(homeless)):
        own = [job for job in look.jobs if desk.holder(job) == name]
        if own:
            yield _heading(name, own, desk, is_known=name in known)
            yield from (_line(job, look, at) for job in _asking_first(own))


def _asking_first(own: Sequence[PrintJob]) -> list[PrintJob]:
    ranks = {JobState.UNSURE: 0, JobState.SENDING: 1}
    return sorted(own, key=lambda job: ranks.get(JobState(job.state), 2))


def _heading(name: str, own: list[PrintJob], desk: PrintDesk, *, is_known: bool) -> Line:
    count = ngettext("{} paper", "{} papers", len(own)).format(number(len(own)))
    if is_known:
        title = f"{name} · {standing(desk, name)}"
    else:  # what a printer had when it was taken from the settings still asks whether it came out
        gone = _("{}: no longer a printer of this desk").format(name)
        title = gone if name else _("No printer is set for these")
    return Line(key=("printer", name), title=title, note=count, is_heading=True)


def _line(job: PrintJob, look: Look, at: datetime) -> JobLine:
    name = look.names.get(job.subject_id) if job.subject_id else None
    action, icon = _action(job)
    when = job.ended_at or job.asked_at
    return JobLine(
        key=job.id,
        lead=clock(when),
        title=name or what(job),
        second=" · ".join(filter(None, (what(job) if name else "", _second(job)))),
        pills=(_pill(job),),
        note="" if local(when).date() == local(at).date() else day(local(when).date(), "d MMMM"),
        action=action,
        action_icon=icon,
        is_main=job.state == JobState.UNSURE,
        hint=_("Enter: what can be done."),
        opens=True,
        job=job,
    )


def _pill(job: PrintJob) -> tuple[str, str, str]:
    state = JobState(job.state)
    if job.trouble and state in (JobState.WAITING, JobState.SENDING):
        return trouble_words(job.trouble), trouble_tone(job.trouble), "triangle-alert"
    return state_words(state), state_tone(state), _ICONS[state]


def _second(job: PrintJob) -> str:
    """What is known beside the pill: why nobody knows, where it came out, how often it was tried."""
    if job.state in (JobState.UNSURE, JobState.CANCELLED):
        return trouble_words(job.trouble) if job.trouble else ""
    if job.ended_at is not None:
        return job.sent_to
    if job.attempts > 1:
        return ngettext("tried {} time", "tried {} times", job.attempts).format(number(job.attempts))
    return ""


def _action(job: PrintJob) -> tuple[str, str]:
    """The one thing that most will want of this line."""
    if job.state == JobState.UNSURE:
        return _("Yes, it is here"), "check"
    if job.state in (JobState.WAITING, JobState.SENDING):
        return _("Cancel printing"), "x"
    if is_gone(job):
        return "", ""
    return _("Print again"), "printer"


def _report(label: str) -> str:
    """`Nobody came · November 2026`."""
    name, key = label.split()
    return f"{report_kinds.kind_of(name).title} · {period.parse(key).name}"


def _day(label: str) -> str:
    return day(date.fromisoformat(label), "d MMMM")
