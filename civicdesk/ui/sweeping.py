"""When Python looks for what nobody holds any more: never beside a job that runs off the GUI thread.

It takes apart what it finds on the thread it happens to run on, and a widget or timer that is taken apart on another
thread than its own may bring the desk down. So it rests while a job is under way; what a job holds goes by itself.
"""

from __future__ import annotations

import gc

_under_way: set[object] = set()


def rest(job: object) -> None:
    """A job begins. Called on the GUI thread."""
    _under_way.add(job)
    gc.disable()


def resume(job: object) -> None:
    """A job has landed, or nobody waits for it any more. Called on the GUI thread, as often as one likes."""
    _under_way.discard(job)
    if not _under_way:
        gc.enable()


def forget() -> None:
    """Nothing is under way any more, whatever was told: the program is at its end."""
    _under_way.clear()
    gc.enable()
