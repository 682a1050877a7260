"""A desk that sends what its file holds, in a process of its own that can be killed."""

from __future__ import annotations

import sys
import threading
from pathlib import Path

from civicdesk.database import Database
from tests.messages.mail_desks import Desk
from tests.messages.mail_server import settings


def main() -> None:
    desk = Desk(Database(Path(sys.argv[1])))
    desk.queue.start()
    desk.queue.use(settings(int(sys.argv[2])))
    threading.Event().wait(60)


main()
