"""All of the day that is about post: it comes, it goes, it is told of, it is written down."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from civicdesk.app import CivicDesk
from civicdesk.rehearsal.email_part import EmailPart
from civicdesk.rehearsal.pickup_part import PickupPart
from civicdesk.rehearsal.post_part import PostPart
from civicdesk.rehearsal.registers_part import RegistersPart
from civicdesk.rehearsal.report import Step
from civicdesk.rehearsal.stage import Stage


class PostDay:
    """The parts, in the order of the day."""

    def __init__(self, civicdesk: CivicDesk, stage: Stage, out: Path, papers: list[Path]) -> None:
        self.post = PostPart(civicdesk, stage)
        self.pickup = PickupPart(civicdesk, stage, out, papers, self.post)
        self.emails = EmailPart(civicdesk, stage, out)
        self.registers = RegistersPart(civicdesk, stage, out, self.post)

    def steps(self) -> tuple[tuple[str, Callable[[Step], None]], ...]:
        """What is played, in order."""
        return (
            *self.emails.set_up(),
            *self.post.steps(),
            *self.pickup.steps(),
            *self.emails.steps(),
            *self.registers.steps(),
        )

    def close(self) -> None:
        """Switch everything off."""
        self.pickup.close()
        self.emails.close()
