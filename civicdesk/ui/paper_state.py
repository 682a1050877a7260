"""How the printers and their queue stand, in words: for the chip, for Today, and after something was asked for."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from civicdesk.desk.print_look import Pile
from civicdesk.models import JobState, PaperKind, Trouble
from civicdesk.text import _, clock, local, ngettext, number
from civicdesk.text import day as day_words
from civicdesk.ui.paper_words import kind_words, status_tone, status_words, trouble_tone, trouble_words
from civicdesk.ui.print_desk import PrintDesk

Matter = tuple[str, str, str, str]
"""Icon, tone, title and second line of something to see to."""


def chip(desk: PrintDesk) -> tuple[str, str]:
    """The words and the tone of the chip; no words when there is neither a printer nor anything to print."""
    waiting, asking = _count(desk.piles, JobState.WAITING), _count(desk.piles, JobState.UNSURE)
    troubles = list(filter(None, (trouble_of(desk, printer.name) for printer in desk.printers)))
    if troubles:
        held = _stuck(desk, desk.piles)
        words = f"{trouble_words(troubles[0])} · {number(held)}" if held else trouble_words(troubles[0])
        return words, "bad" if held else "warn"
    if undrawn := _count(_undrawn(desk.piles), JobState.WAITING):
        return f"{trouble_words(Trouble.UNDRAWN)} · {number(undrawn)}", "bad"
    if asking:
        return ngettext("{} asks", "{} ask", asking).format(number(asking)), "warn"
    if waiting and _count(_homeless(desk), JobState.WAITING):
        return ngettext("{} waits", "{} wait", waiting).format(number(waiting)), "warn"
    under_way = waiting + _count(desk.piles, JobState.SENDING)
    if under_way:
        return _("Printing {}").format(number(under_way)), "info"
    return (_("Printer"), "ok") if desk.printers else ("", "ok")


def chip_tip(desk: PrintDesk) -> str:
    """Every printer with how it is."""
    return "\n".join(f"{printer.name}: {standing(desk, printer.name)}" for printer in desk.printers) or _(
        "Print queue"
    )


def standing(desk: PrintDesk, name: str) -> str:
    """How one printer is, in two or three words."""
    return (
        trouble_words(trouble) if (trouble := trouble_of(desk, name)) else status_words(desk.states.get(name))
    )


def standing_tone(desk: PrintDesk, name: str) -> str:
    """The colour to that."""
    return (
        trouble_tone(trouble) if (trouble := trouble_of(desk, name)) else status_tone(desk.states.get(name))
    )


def matters(desk: PrintDesk, at: datetime) -> list[Matter]:
    """What a person must see to; every line leads to the queue."""
    found = [_stuck_matter(desk, printer.name, at) for printer in desk.printers]
    found += [_homeless_matter(desk, at), _undrawn_matter(desk, at), _asking_matter(desk.piles)]
    return [matter for matter in found if matter]


def asked_words(desk: PrintDesk, kind: PaperKind, count: int = 1) -> tuple[str, str]:
    """The sentence and its tone after something was asked for: it is printed, or waits and why."""
    trouble = trouble_of(desk, desk.printer_of(kind))
    what = kind_words(kind) if count == 1 else f"{kind_words(kind)} × {number(count)}"
    if trouble:
        return _("{} waits: {}").format(what, trouble_words(trouble)), "warn"
    return _("{} is being printed.").format(what), "ok"


def badge_words(desk: PrintDesk) -> str:
    """What becomes of the badge of somebody who just came in; nothing where no printer is set."""
    name = desk.printer_of(PaperKind.BADGE)
    if not name:
        return ""
    trouble = trouble_of(desk, name)
    return _("the badge waits: {}").format(trouble_words(trouble)) if trouble else _("the badge is printing")


def since_words(since: datetime, at: datetime) -> str:
    """`10:42`, or with its day when it is older."""
    if local(since).date() == local(at).date():
        return clock(since)
    return f"{day_words(local(since).date(), 'd MMM')} {clock(since)}"


def trouble_of(desk: PrintDesk, name: str) -> str:
    """What a printer says; or what holds up the jobs that wait for it."""
    if said := desk.trouble(name):
        return said
    held = (pile.trouble for pile in desk.piles if pile.state == JobState.SENDING and pile.printer == name)
    return next(filter(None, held), "")


def _stuck_matter(desk: PrintDesk, name: str, at: datetime) -> Matter | None:
    trouble = trouble_of(desk, name)
    status = desk.states.get(name)
    if not trouble:
        near = status is not None and status.is_near_end
        return ("printer", "warn", _("Paper nearly out"), name) if near else None
    own = [pile for pile in desk.piles if desk.holder(pile) == name and pile.state != JobState.UNSURE]
    title = f"{name}: {trouble_words(trouble)}"
    if not own:
        return "printer", "warn", title, _("nothing waits for it")
    return "printer", "bad", title, _waiting_words(own, at)


def _homeless_matter(desk: PrintDesk, at: datetime) -> Matter | None:
    own = _homeless(desk)
    return ("printer", "warn", _("Papers wait without a printer"), _waiting_words(own, at)) if own else None


def _undrawn_matter(desk: PrintDesk, at: datetime) -> Matter | None:
    own = _undrawn(desk.piles)
    return ("printer", "bad", trouble_words(Trouble.UNDRAWN), _waiting_words(own, at)) if own else None


def _undrawn(piles: Iterable[Pile]) -> list[Pile]:
    """What waits for a person to try it again, whatever the printers say."""
    return [pile for pile in piles if pile.trouble == Trouble.UNDRAWN]


def _asking_matter(piles: Iterable[Pile]) -> Matter | None:
    asking = _count(piles, JobState.UNSURE)
    if not asking:
        return None
    title = ngettext("Did {} paper come out?", "Did {} papers come out?", asking).format(number(asking))
    return "circle-help", "warn", title, _("nobody knows; look, and say so")


def _waiting_words(own: list[Pile], at: datetime) -> str:
    count = sum(pile.count for pile in own)
    words = ngettext("{} waits, since {}", "{} wait, since {}", count)
    return words.format(number(count), since_words(min(pile.since for pile in own), at))


def _homeless(desk: PrintDesk) -> list[Pile]:
    """What waits for a printer that this desk does not have."""
    names = {printer.name for printer in desk.printers}
    return [pile for pile in desk.piles if pile.state == JobState.WAITING and desk.holder(pile) not in names]


def _stuck(desk: PrintDesk, piles: Iterable[Pile]) -> int:
    """How many wait for a printer that is in trouble."""
    waits = (pile for pile in piles if pile.state != JobState.UNSURE)
    return sum(pile.count for pile in waits if trouble_of(desk, desk.holder(pile)))


def _count(piles: Iterable[Pile], state: JobState) -> int:
    return sum(pile.count for pile in piles if pile.state == state)
