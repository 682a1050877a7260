"""The words for printers, for what they print and for what became of it."""

from __future__ import annotations

from collections.abc import Callable

from civicdesk.models import JobState, PaperKind, Trouble
from civicdesk.printing.printers.port import Status
from civicdesk.text import _

_HELPED_BY_HAND = (Trouble.PAPER_OUT, Trouble.COVER_OPEN, Trouble.OFFLINE, Trouble.NO_PAPER)


def trouble_words(trouble: str) -> str:
    """What is wrong, in two or three words that fit a pill."""
    return _said(
        {
            Trouble.PAPER_OUT: lambda: _("No paper"),
            Trouble.COVER_OPEN: lambda: _("Cover open"),
            Trouble.OFFLINE: lambda: _("Paused"),
            Trouble.FAULT: lambda: _("Fault"),
            Trouble.AWAY: lambda: _("Cannot be reached"),
            Trouble.SILENT: lambda: _("Does not answer"),
            Trouble.CUT_OFF: lambda: _("Connection lost"),
            Trouble.STOPPED: lambda: _("Stopped midway"),
            Trouble.POWER: lambda: _("Cut short"),
            Trouble.GONE: lambda: _("No longer there"),
            Trouble.NO_PAPER: lambda: _("Paper of another size"),
            Trouble.UNDRAWN: lambda: _("Could not be drawn"),
        },
        trouble,
    )


def trouble_advice(trouble: str) -> str:
    """What to do about it, in one sentence."""
    return _said(
        {
            Trouble.PAPER_OUT: lambda: _("Put in paper; printing goes on by itself."),
            Trouble.COVER_OPEN: lambda: _("Close the printer's cover; printing goes on by itself."),
            Trouble.OFFLINE: lambda: _(
                "Make the printer ready with its own button, or switch it off and on. If it is paused in the "
                "computer's print settings, let it go on there."
            ),
            Trouble.FAULT: lambda: _("Look for jammed paper, then switch the printer off and on."),
            Trouble.AWAY: lambda: _("Is it switched on, and is its cable in? Printing goes on by itself."),
            Trouble.SILENT: lambda: _("Switch the printer off and on. See whether the paper came out."),
            Trouble.CUT_OFF: lambda: _("Look at the cable, then see whether the paper came out."),
            Trouble.STOPPED: lambda: _(
                "It was stopped while it printed, here or in the computer's own print queue. See whether the "
                "paper came out."
            ),
            Trouble.POWER: lambda: _(
                "The computer stopped while it printed. See whether the paper came out."
            ),
            Trouble.GONE: lambda: _("What was to be printed is no longer there. Nothing needs to be done."),
            Trouble.UNDRAWN: lambda: _(
                "Nothing of it came out. Try it again; if it fails again, tell whoever looks after this computer."
            ),
            Trouble.NO_PAPER: lambda: _("Put paper of the right size into the printer, or choose its tray."),
        },
        trouble,
    )


def trouble_tone(trouble: str) -> str:
    """Amber for what a hand puts right at once, red for the rest."""
    return "warn" if trouble in _HELPED_BY_HAND else "bad"


def status_words(status: Status | None) -> str:
    """How a printer is, in two or three words; None when nobody has asked it yet."""
    if status is None:
        return _("Not asked yet")
    if status.trouble is not None:
        return trouble_words(status.trouble)
    return _("Paper nearly out") if status.is_near_end else _("Ready")


def status_tone(status: Status | None) -> str:
    """Green, amber or red; nothing for a printer that was not asked."""
    if status is None:
        return ""
    if status.trouble is not None:
        return trouble_tone(status.trouble)
    return "warn" if status.is_near_end else "ok"


def status_sentence(status: Status) -> str:
    """How a printer is, with what to do, for whoever tries it."""
    if status.trouble is Trouble.SILENT:
        return _(
            "Something is there and takes what it gets, but it never answers: is it a printer? If it is one, "
            "it can be used without answers."
        )
    if status.trouble is not None:
        return trouble_advice(status.trouble)
    if status.is_near_end:
        return _("It can print; a new roll is needed soon.")
    return _("It can print.")


def card_sentence(state: str, trouble: str) -> str:
    """What became of a test card, for whoever tries a printer."""
    if trouble == Trouble.UNDRAWN:
        return trouble_advice(trouble)
    if trouble and state in (JobState.WAITING, JobState.SENDING):
        return _("It comes out by itself as soon as the printer is ready.")
    if state == JobState.UNSURE and trouble == Trouble.SILENT:
        return _("The device swallowed the card and said nothing. Did it come out? If not: is it a printer?")
    if state == JobState.UNSURE and trouble:
        return trouble_advice(trouble)
    return _said(
        {
            JobState.WAITING: lambda: _("The card is on its way to the printer."),
            JobState.SENDING: lambda: _("The card is being printed."),
            JobState.PRINTED: lambda: _("The card came out: the printer said so."),
            JobState.SENT: lambda: _(
                "The card was sent; this printer never answers. See whether it came out."
            ),
            JobState.UNSURE: lambda: _("See whether the card came out."),
            JobState.CANCELLED: lambda: _("The card was taken out of the queue."),
        },
        state,
    )


def link_words(link: str) -> str:
    """How a printer is joined to the desk."""
    return _said(
        {
            "network": lambda: _("Network"),
            "usb": lambda: _("USB"),
            "serial": lambda: _("Serial port"),
            "system": lambda: _("Printer of this computer"),
            "file": lambda: _("Device file"),
        },
        link,
    )


def state_words(state: str) -> str:
    """What became of a job."""
    return _said(
        {
            JobState.WAITING: lambda: _("Waits"),
            JobState.SENDING: lambda: _("Printing"),
            JobState.PRINTED: lambda: _("Printed"),
            JobState.SENT: lambda: _("Sent to the printer"),
            JobState.UNSURE: lambda: _("Did it come out?"),
            JobState.CANCELLED: lambda: _("Print cancelled"),
        },
        state,
    )


def state_tone(state: str) -> str:
    """Green when it came out, amber when a person is asked."""
    tones = {JobState.PRINTED: "ok", JobState.SENT: "ok", JobState.UNSURE: "warn", JobState.SENDING: "info"}
    return next((tone for known, tone in tones.items() if known == state), "")


def kind_words(kind: str) -> str:
    """What is printed."""
    return _said(
        {
            PaperKind.BADGE: lambda: _("Visitor badge"),
            PaperKind.PASS: lambda: _("Visitor pass"),
            PaperKind.EVACUATION: lambda: _("Evacuation list"),
            PaperKind.DAY_LIST: lambda: _("Day list"),
            PaperKind.SETUP_LIST: lambda: _("Set-up list"),
            PaperKind.OCCUPANCY: lambda: _("Daily occupancy sheet"),
            PaperKind.REPORT: lambda: _("Report"),
            PaperKind.DOOR_SIGN: lambda: _("Door sign"),
            PaperKind.RECEIPT: lambda: _("Receipt for post"),
            PaperKind.MAIL_REGISTER: lambda: _("Register of post"),
            PaperKind.POST_LABELS: lambda: _("Labels and cards for post"),
            PaperKind.TEST_CARD: lambda: _("Test card"),
        },
        kind,
    )


def _said(words: dict[str, Callable[[], str]], key: str) -> str:
    return words[key]() if key in words else key
