"""One line of what needs attention, and the steps that settle it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Step:
    """A button: what it does, and its words."""

    act: str
    words: str
    role: str = "plain"
    spoken: str = ""


@dataclass(frozen=True)
class Matter:
    """One line. `act` is what pressing it does, `button` stands beside it, `steps` under it; all about `subject`."""

    icon: str
    tone: str
    title: str
    second: str = ""
    act: str = ""
    button: Step | None = None
    steps: tuple[Step, ...] = ()
    subject: object = None
    key: str = ""

    @property
    def said(self) -> tuple[str, ...]:
        """All that its row depends on."""
        words = [step.words for step in self.steps]
        return self.icon, self.tone, self.title, self.second, self.key, self.act, *words
