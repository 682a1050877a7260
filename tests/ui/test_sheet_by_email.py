"""The occupancy sheet on its way to a real mail server: drawn when it leaves, once, whatever stops in between."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path

from civicdesk.database import Database
from civicdesk.desk import report_runs
from civicdesk.desk.report_runs import Way
from civicdesk.messages import composing
from civicdesk.models import EmailState
from civicdesk.text import ZONE
from civicdesk.ui.mail_desk import attachments
from tests import builders
from tests.builders import TUESDAY
from tests.messages.mail_desks import Desk
from tests.messages.mail_server import Postbox, serving, settings
from tests.printing.reading import words

EVENING = datetime(2026, 11, 24, 19, 40, tzinfo=ZONE)
LIST = ("manager@centre.example", "office@city.example")


def ask(database: Database) -> list[date]:
    with database.begin() as session:
        return composing.ask_sheets(session, LIST, at=EVENING)


def test_everybody_on_the_list_gets_the_sheet_once_also_after_a_restart(file: Path) -> None:
    database = Database(file)
    with database.begin() as session:
        report_runs.begin(session, Way.EMAILED, at=TUESDAY)
    assert ask(database) == [date(2026, 11, 24)]
    database.close()

    database = Database(file)  # the desk was closed before anything left
    desk = Desk(database, attach=attachments)
    desk.now = EVENING
    assert ask(database) == []
    with database.begin() as session:
        builders.visit(session, at=TUESDAY)  # put right since: the sheet says so
    box = Postbox()
    with serving(box) as port:
        desk.queue.start()
        desk.queue.use(settings(port))
        desk.wait(lambda: [job.state for job in desk.jobs()] == [EmailState.SENT] * len(LIST))
    desk.queue.stop()
    database.close()

    assert sorted(message["To"] for message in box.arrived) == sorted(LIST)
    for message in box.arrived:
        [sheet] = message.iter_attachments()
        assert sheet.get_filename() == "occupancy-2026-11-24.pdf"
        page = "\n".join(words(sheet.get_content()))
        assert "Tuesday, 24 November 2026" in page
        assert "\n1\nvisitors\n" in page
