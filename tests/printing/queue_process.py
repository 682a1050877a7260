"""A desk that prints what its file holds, in a process of its own that can be killed."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from civicdesk.database import Database
from civicdesk.settings import PrinterSettings
from tests.printing.queues import Desk, line


def main() -> None:
    desk = Desk(Database(Path(sys.argv[1])))
    settings = PrinterSettings(name="Till", link="network", address=sys.argv[2], patience_s=1.0)
    desk.queue.use([line(settings, "badge")])
    threading.Event().wait(60)


main()
