"""What every part of the rehearsal about members and post needs: the file, the clock, and who sits at the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from math import cos, pi, sin
from typing import TypeVar

from PySide6.QtCore import QPoint
from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from civicdesk import demo
from civicdesk.app import CivicDesk
from civicdesk.desk import staff
from civicdesk.models import Base
from civicdesk.rehearsal.stage import Missing, Stage, StageClock
from civicdesk.ui.desk_window import DeskWindow
from civicdesk.ui.runner import Runner
from civicdesk.ui.widgets.signature_pad import SignaturePad

T = TypeVar("T")


class Hands:
    """A person at the desk, who can also look into the file."""

    def __init__(self, civicdesk: CivicDesk, stage: Stage) -> None:
        self.civicdesk, self.stage = civicdesk, stage

    @property
    def desk(self) -> DeskWindow:
        assert self.civicdesk.desk is not None
        return self.civicdesk.desk

    @property
    def runner(self) -> Runner:
        assert self.civicdesk.runner is not None
        return self.civicdesk.runner

    @property
    def clock(self) -> StageClock:
        assert isinstance(self.civicdesk.clock, StageClock)
        return self.civicdesk.clock

    def at(self) -> datetime:
        """The time on the stage."""
        return self.runner.at()

    def read(self, query: Callable[[Session], T]) -> T:
        """Look into the file."""
        with self.runner.database.read() as session:
            return query(session)

    def write(self, use_case: Callable[[Session], T]) -> T:
        """Do something behind the screens' back, as another program would."""
        with self.runner.database.begin() as session:
            return use_case(session)

    def count(self, what: type[Base] | Select[int]) -> int:
        """How many rows there are."""
        asked = what if isinstance(what, Select) else select(func.count()).select_from(what)
        return self.read(lambda session: session.scalar(asked) or 0)

    def change_to(self, name: str, pin: str = demo.PIN) -> None:
        """Lock the desk and have somebody else sign in."""
        names = [member.name for member in self.read(staff.everyone)]
        self.stage.read_notice()
        self.stage.click("lock")
        self.stage.sign_in(names.index(name), pin)
        self.stage.wait(lambda: not self.desk.is_locked, f"{name} was not let in")

    def sign(self, *, by_mouse: bool = False) -> None:
        """Draw a signature on the pad of the box that is open."""
        pad = self.stage.reach("post_signature")
        assert isinstance(pad, SignaturePad)
        way = _flourish(pad.width(), pad.height())
        if by_mouse:
            self.stage.drag(pad, way[0], way[-1])
        else:
            self.stage.draw(pad, way)
        if pad.is_empty:
            raise Missing("the pad shows no signature")


def expect(found: object, wanted: object, what: str) -> None:
    """The step fails unless both are the same."""
    if found != wanted:
        raise Missing(f"{what}: {found!r}, not {wanted!r}")


def _flourish(width: int, height: int) -> Sequence[QPoint]:
    """Some loops from left to right, as a hand draws them."""
    steps = 90
    return [
        QPoint(
            round(width * (0.12 + 0.76 * n / steps + 0.05 * sin(9 * pi * n / steps))),
            round(height * (0.5 + 0.32 * cos(9 * pi * n / steps) * (1 - 0.6 * n / steps))),
        )
        for n in range(steps + 1)
    ]
