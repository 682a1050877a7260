"""A desk that is killed in the middle of a sync, as by a power cut: a program of its own for the rehearsal."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

from civicdesk.database import Database
from civicdesk.sync.file_hub import SqliteFileHub
from civicdesk.sync.joining import join
from civicdesk.sync.session import Phase, Progress


def _die(progress: Progress) -> None:
    if progress.phase is Phase.PUSH:
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    desk, hub, role = sys.argv[1:]
    join(Database(Path(desk)), SqliteFileHub(Path(hub), role), tell=_die)
