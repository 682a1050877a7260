"""A day of very many check-ins on the real window; prints the memory after each part of it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from civicdesk.desk import visits
from civicdesk.models import Visit
from tests.bench.screen import Desk

_PARTS = 20
_BADGES_EVERY = 50
_LOOKS_EVERY = 20


def main() -> None:
    desk, many = Desk(Path(sys.argv[1])), int(sys.argv[2])
    measured = [_megabytes()]
    for part in range(_PARTS):
        for n in range(many // _PARTS):
            _come_and_go(desk, part * many // _PARTS + n)
        measured.append(_megabytes())
    desk.close()
    print(json.dumps(measured))


def _come_and_go(desk: Desk, n: int) -> None:
    came: list[Visit] = []
    arrival = visits.Arrival(name=f"Konuk {_word(n)} Deneme")
    # Today is looked at now and then; drawn anew at each of 10,000 it would make the day last an hour
    desk.window.go("today" if n % _LOOKS_EVERY == 0 else "settings")
    desk.clock.forward(2)
    desk.runner.now(partial(visits.check_in, arrival=arrival, at=desk.runner.at()), came.append)
    desk.qt.processEvents()
    if n % _BADGES_EVERY == 0:
        desk.window.paper.badge(came[0].id)
    desk.runner.now(partial(visits.check_out, visit_id=came[0].id, at=desk.runner.at()))
    desk.qt.processEvents()


def _word(n: int) -> str:
    return "".join(_letters(n)).capitalize()


def _letters(n: int) -> Iterator[str]:
    for _place in range(4):
        n, rest = divmod(n, 26)
        yield chr(97 + rest)


def _megabytes() -> float:
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


main()
