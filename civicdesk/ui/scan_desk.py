"""Scans answered from any screen: decided, kept, shown, heard."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from civicdesk.desk import scans, visits
from civicdesk.desk.decisions import Result
from civicdesk.desk.scans import Answer
from civicdesk.models import Visit
from civicdesk.text import _, ngettext
from civicdesk.ui.runner import Runner
from civicdesk.ui.sounds import Sounds
from civicdesk.ui.widgets.answer_bar import AnswerBar, Step
from civicdesk.ui.words import needs_words, result_tone, result_words

_SOUNDS = {"ok": "admitted", "warn": "warning", "bad": "refused"}
_GETS_BADGE = (Result.ADMITTED, Result.WELCOME_BACK)
_BY_NAME = (
    Result.UNKNOWN,
    Result.UNKNOWN_STALE,
    Result.DAMAGED,
    Result.NOT_INSIDE,
    Result.TOO_LATE,
    Result.USED_UP,
    Result.CANCELLED,
)


class ScanDesk(QObject):
    """Hands a scan to the rules and says the answer."""

    check_in_wanted = Signal()
    badge_wanted = Signal(object)  # visit id
    open_badge_wanted = Signal(object)  # visit id
    answered = Signal(object)  # Answer

    def __init__(self, runner: Runner, bar: AnswerBar, sounds: Sounds) -> None:
        super().__init__(runner)
        self._runner, self._bar, self._sounds = runner, bar, sounds
        self._last: Answer | None = None
        self.badge_words: Callable[[], str] = str
        self.messages: Callable[[Visit], Step | None] = lambda _visit: None
        self._device = ""
        bar.overridden.connect(self._let_in)

    def scan(self, text: str, raw: str, override: str = "", device: str = "keyboard") -> None:
        """Decide and answer."""
        at, self._device = self._runner.at(), device
        self._runner.now(
            lambda session: scans.scan(session, text, at=at, raw=raw, device=device, override=override),
            then=self._answer,
        )

    def _answer(self, answer: Answer) -> None:
        self._last = answer
        tone = result_tone(answer.result)
        visit = answer.visit if answer.result in _GETS_BADGE else None
        waits = self.messages(visit) if visit else None
        self._bar.answer(
            tone,
            result_words(answer.result),
            answer.sentence,
            " · ".join(filter(None, (self._second(answer), waits[0] if waits else ""))),
            [*([(_("See messages"), waits[1])] if waits else []), *self._steps(answer)],
            asks_reason=answer.result.can_be_overridden and answer.visitor is not None,
        )
        self._sounds.play(_SOUNDS[tone])
        if answer.result in _GETS_BADGE and answer.visit:
            self.badge_wanted.emit(answer.visit.id)
        self.answered.emit(answer)

    def _second(self, answer: Answer) -> str:
        badge = self.badge_words() if answer.result in _GETS_BADGE and answer.visit else ""
        return " · ".join(filter(None, (_about(answer), badge)))

    def _steps(self, answer: Answer) -> list[Step]:
        visit = answer.visit
        if answer.result is Result.CHECKED_OUT and visit:
            return [(_("Undo"), partial(self._bring_back, visit))]
        if answer.result in _GETS_BADGE and visit:
            return [
                (_("Open badge"), partial(self.open_badge_wanted.emit, visit.id)),
                (_("Undo"), partial(self._take_back, visit)),
            ]
        if answer.result is Result.ALREADY_INSIDE and visit:
            return [(_("Check out"), partial(self._check_out, visit))]
        if answer.result in _BY_NAME:
            return [(_("Check in by name"), self.check_in_wanted.emit)]
        return []

    def _let_in(self, reason: str) -> None:
        if self._last:
            self.scan(self._last.text, self._last.text, reason, self._device)

    def _bring_back(self, visit: Visit) -> None:
        at = self._runner.at()
        self._runner.now(
            lambda session: visits.undo_check_out(session, [visit.id], at=at),
            then=lambda _back: self._runner.say(_("{} is inside again.").format(visit.visitor.name)),
        )

    def _take_back(self, visit: Visit) -> None:
        at = self._runner.at()
        self._runner.now(
            lambda session: visits.undo_check_in(session, visit.id, at=at),
            then=lambda _gone: self._runner.say(
                _("The check-in of {} was undone.").format(visit.visitor.name)
            ),
        )

    def _check_out(self, visit: Visit) -> None:
        at = self._runner.at()
        self._runner.now(
            lambda session: visits.check_out(session, visit.id, at=at),
            then=lambda gone: self._runner.say(
                _("{} has left.").format(gone.visitor.name),
                undo=lambda session: visits.undo_check_out(session, [gone.id], at=self._runner.at()),
            ),
        )


def _about(answer: Answer) -> str:
    """Where the visitor goes, how many, what they need."""
    held = answer.visit or answer.invitation
    if held is None or answer.result is Result.REFUSED:
        return ""
    parts = [held.room.name if held.room else "", held.host.name if held.host else ""]
    if held.people > 1:
        parts.append(ngettext("{} person", "{} people", held.people).format(held.people))
    parts.append(needs_words(held.needs))
    return " · ".join(filter(None, parts))
