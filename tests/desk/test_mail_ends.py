from __future__ import annotations

from collections.abc import Callable
from functools import partial

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import mail_ends, mail_moves
from civicdesk.errors import Refusal
from civicdesk.models import MailItem, Place
from tests.builders import TUESDAY
from tests.desk import postbox

End = Callable[..., list[MailItem]]
ENDS: dict[Place, End] = {
    Place.FORWARDED: partial(mail_ends.forward, to="Atatürk Cd. 5, Kıyıkent"),
    Place.RETURNED: partial(mail_ends.send_back, reason="Taşındı"),
    Place.UNCLAIMED: partial(mail_ends.give_up),
}


@pytest.fixture
def items(session: Session) -> list[MailItem]:
    postbox.let(session, 214, "Barış Vakfı")
    return [postbox.item(session, 214), postbox.item(session, 214, "ordinary")]


def places(session: Session, items: list[MailItem]) -> set[str]:
    return {mail_moves.state(session, item.id).place for item in items}


@pytest.mark.parametrize("place", ENDS)
def test_items_end_together_and_are_brought_back(
    session: Session, items: list[MailItem], place: Place
) -> None:
    ids = [item.id for item in items]

    for _tap in range(2):
        ENDS[place](session, ids, at=TUESDAY, key="end")

    assert places(session, items) == {place}
    assert len(mail_moves.history(session, ids[0])) == 2
    with pytest.raises(Refusal, match="not at the desk"):
        ENDS[place](session, ids, at=TUESDAY)
    mail_ends.bring_back(session, ids, reason="Yanlış yığın", at=TUESDAY)
    assert places(session, items) == {Place.WAITING}


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (partial(mail_ends.forward, to=" "), "no_address"),
        (partial(mail_ends.send_back, reason=""), "no_reason"),
        (partial(mail_ends.bring_back, reason=""), "no_reason"),
        (partial(mail_ends.bring_back, reason="Yine"), "not_ended"),
    ],
)
def test_what_is_missing_is_asked_for(session: Session, items: list[MailItem], act: End, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        act(session, [items[0].id], at=TUESDAY)
    assert refused.value.reason == reason


def test_a_notice_that_is_not_accepted_is_not_sent_anywhere(session: Session, items: list[MailItem]) -> None:
    notice = postbox.item(session, 214, "notice")

    with pytest.raises(Refusal) as refused:
        mail_ends.give_up(session, [notice.id], at=TUESDAY)
    assert refused.value.reason == "not_accepted"
    with pytest.raises(Refusal) as refused:
        mail_ends.give_up(session, [], at=TUESDAY)
    assert refused.value.reason == "no_items"
