from __future__ import annotations

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import mail_ends, mail_moves, mail_reminders
from civicdesk.desk.mail_wall import Age
from civicdesk.models import Notify, Organisation
from tests.builders import TUESDAY
from tests.desk import postbox

DAY = timedelta(days=1)


@pytest.fixture
def holder(session: Session) -> Organisation:
    return postbox.let(session, 214, "Barış Vakfı")


def due(session: Session, days: int) -> list[tuple[int, Age]]:
    """What is to be reminded of so many days later."""
    found = mail_reminders.due(session, at=TUESDAY + days * DAY)
    return [(one.days, one.step) for reminder in found for one in reminder.items]


def test_an_item_is_reminded_of_after_3_7_and_30_days(session: Session, holder: Organisation) -> None:
    item = postbox.item(session, 214)
    assert due(session, 2) == []
    for days, step in ((3, Age.DAYS_3), (7, Age.DAYS_7), (30, Age.DAYS_30)):
        assert due(session, days) == [(days, step)]
        mail_reminders.told(session, [item.id], again=True, at=TUESDAY + days * DAY)
        assert due(session, days) == due(session, days + 1) == []
    assert due(session, 400) == []


def test_a_desk_that_was_closed_reminds_once_and_not_of_every_step(
    session: Session, holder: Organisation
) -> None:
    item = postbox.item(session, 214)
    assert due(session, 9) == [(9, Age.DAYS_7)]

    mail_reminders.told(session, [item.id], again=True, at=TUESDAY + 9 * DAY, key="k")
    mail_reminders.told(session, [item.id], again=True, at=TUESDAY + 9 * DAY, key="k")

    assert due(session, 29) == []
    assert due(session, 30) == [(30, Age.DAYS_30)]
    assert mail_moves.state(session, item.id).reminders == 1


def test_days_are_counted_on_the_calendar(session: Session, holder: Organisation) -> None:
    postbox.item(session, 214, at=TUESDAY.replace(hour=16))

    assert due(session, 3) == [(3, Age.DAYS_3)]


def test_what_is_gone_unmatched_or_not_accepted_is_not_reminded_of(
    session: Session, holder: Organisation
) -> None:
    mail_ends.give_up(session, [postbox.item(session, 214).id], at=TUESDAY)
    postbox.item(session, 214, "notice")

    assert due(session, 5) == []


def test_an_organisation_hears_of_all_its_items_at_once(session: Session, holder: Organisation) -> None:
    postbox.let(session, 7, "Ada Derneği")
    for box, days in ((214, 0), (7, 1), (214, 2)):
        postbox.item(session, box, at=TUESDAY + days * DAY)

    found = mail_reminders.due(session, at=TUESDAY + 8 * DAY)

    assert [(one.organisation.name, one.days, len(one.items)) for one in found] == [
        ("Ada Derneği", 7, 1),
        ("Barış Vakfı", 8, 2),
    ]


def test_who_wants_no_mail_is_only_named_when_asked(session: Session, holder: Organisation) -> None:
    holder.notify = Notify.NONE
    postbox.item(session, 214)

    assert due(session, 3) == []
    assert len(mail_reminders.due(session, at=TUESDAY + 3 * DAY, with_silent=True)) == 1


def test_who_has_not_been_told_yet_is_known_by_how_they_want_to_hear(
    session: Session, holder: Organisation
) -> None:
    digest = postbox.let(session, 7, "Ada Derneği")
    digest.notify = Notify.DIGEST
    first, second = postbox.item(session, 214), postbox.item(session, 7)

    def untold(notify: Notify) -> list[str]:
        return [one.organisation.name for one in mail_reminders.untold(session, notify, at=TUESDAY)]

    assert (untold(Notify.AT_ONCE), untold(Notify.DIGEST)) == (["Barış Vakfı"], ["Ada Derneği"])
    mail_reminders.told(session, [first.id], at=TUESDAY)
    assert (untold(Notify.AT_ONCE), untold(Notify.DIGEST)) == ([], ["Ada Derneği"])
    assert mail_moves.state(session, second.id).notified_at is None


def test_what_ages_is_listed_by_step(session: Session, holder: Organisation) -> None:
    old, young = postbox.item(session, 214), postbox.item(session, 214, at=TUESDAY + 5 * DAY)
    at = TUESDAY + 8 * DAY

    assert mail_reminders.ageing(session, Age.DAYS_3, at=at) == [old, young]
    assert mail_reminders.ageing(session, Age.DAYS_7, at=at) == [old]
    assert mail_reminders.ageing(session, Age.DAYS_30, at=at) == []
