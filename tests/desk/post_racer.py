"""One of several programs that hand the same items over: `python -m tests.desk.post_racer FILE polite|rude|cut`.

Says `ready`, waits for a line, tries every item that waits, and says how many it was given. A rude one asks nobody
before it writes, as a program with a bug would. One that is cut loses its power while it hands the first item over.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import hand_overs, pickups, rows
from civicdesk.errors import Refusal, Unavailable
from civicdesk.models import HandOver, MailItem, MailMove, OrganisationPerson, new_id
from tests.builders import TUESDAY
from tests.desk import postbox

Give = Callable[[Session, OrganisationPerson, UUID], None]


def polite(session: Session, person: OrganisationPerson, item: UUID) -> None:
    taking = pickups.Taking(organisation_id=person.organisation_id, items=(item,), person_id=person.id)
    key = new_id().hex
    hand_overs.sign(session, taking, postbox.STROKES, *postbox.PAD, at=TUESDAY, key=key)
    hand_overs.hand_over(session, key, at=TUESDAY)


def rude(session: Session, person: OrganisationPerson, item: UUID) -> None:
    made = HandOver(organisation_id=person.organisation_id, collector=person.name, items=1, at=TUESDAY)
    rows.write(session, made)
    rows.write(session, MailMove(item_id=item, what="handed_over", at=TUESDAY, hand_over_id=made.id))


def race(file: Path, give: Give) -> int:
    database = Database(file)
    with database.read() as session:
        person = session.scalars(select(OrganisationPerson)).one()
        items = session.scalars(select(MailItem.id)).all()
    print("ready", flush=True)  # noqa: T201
    sys.stdin.readline()
    won = sum(is_won(database, give, person, item) for item in items)
    database.close()
    return won


def is_won(database: Database, give: Give, person: OrganisationPerson, item: UUID) -> bool:
    while True:
        try:
            with database.begin() as session:
                give(session, person, item)
        except Refusal as refusal:
            if refusal.reason not in ("not_here", "already_handed_over"):
                raise
            return False
        except Unavailable:  # the others were quicker for two seconds
            continue
        return True


def cut(file: Path) -> None:
    """Sign, and lose the power after everything of the hand-over was written but the end of the transaction."""
    database = Database(file)
    with database.begin() as session:
        person = session.scalars(select(OrganisationPerson)).one()
        items = tuple(session.scalars(select(MailItem.id)).all())
        taking = pickups.Taking(organisation_id=person.organisation_id, items=items, person_id=person.id)
        hand_overs.sign(session, taking, postbox.STROKES, *postbox.PAD, at=TUESDAY, key="tapped")
    with database.begin() as session:
        hand_overs.hand_over(session, "tapped", at=TUESDAY)
        session.flush()
        os.kill(os.getpid(), signal.SIGKILL)


if __name__ == "__main__":
    if sys.argv[2] == "cut":
        cut(Path(sys.argv[1]))
    print(race(Path(sys.argv[1]), {"polite": polite, "rude": rude}[sys.argv[2]]))  # noqa: T201
