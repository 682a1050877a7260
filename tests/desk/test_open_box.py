"""An open box: whose it is, what lies in it, who may collect it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import hand_overs, mail, open_box, post_now
from civicdesk.desk.mail import Incoming
from civicdesk.errors import Refusal
from civicdesk.models import Mailbox, Place
from tests.builders import TUESDAY
from tests.desk import postbox

LATER = TUESDAY + timedelta(days=8)


def test_a_box_shows_its_items_notices_first_and_its_collectors(session: Session) -> None:
    holder = postbox.let(session, 214, "Barış Vakfı")
    postbox.person(session, holder, "Kemal Öz", reference="")
    ayse = postbox.person(session, holder, until=date(2027, 3, 31))
    letter, notice = postbox.item(session, 214, "ordinary"), postbox.item(session, 214, "notice")

    box = open_box.look(session, 214, at=LATER)

    [held] = box.held
    assert [lying.item.id for lying in held.items] == [notice.id, letter.id]
    assert [(lying.place, lying.is_ready) for lying in held.items] == [
        ("presented", False),
        ("waiting", True),
    ]
    assert [lying.days for lying in held.items] == [8, 8]
    assert held.collectors[0].person.id == ayse.id
    assert not held.has_address_here


def test_a_box_of_two_organisations_keeps_their_post_apart(session: Session) -> None:
    first = postbox.let(session, 7, "Barış Vakfı")
    second = postbox.let(session, 7, "Ova Sahne")
    item = mail.receive(session, Incoming(box=7, organisation_id=second.id), at=TUESDAY)

    held = {each.organisation.id: each for each in open_box.look(session, 7, at=TUESDAY).held}

    assert held[first.id].items == []
    assert [lying.item.id for lying in held[second.id].items] == [item.id]


def test_post_left_in_a_box_that_is_let_no_more_is_still_seen(session: Session) -> None:
    holder = postbox.let(session, 9, "Barış Vakfı")
    item = postbox.item(session, 9)
    box = session.query(Mailbox).filter_by(organisation_id=holder.id).one()
    box.organisation_id = None
    session.flush()

    seen = open_box.look(session, 9, at=TUESDAY)

    assert seen.held == []
    assert [lying.item.id for lying in seen.loose] == [item.id]


def test_a_box_that_is_not_there_is_refused(session: Session) -> None:
    with pytest.raises(Refusal) as refused:
        open_box.look(session, 999, at=TUESDAY)
    assert refused.value.reason == "no_box"


def test_the_story_of_an_item_ends_with_the_signature_of_whoever_took_it(session: Session) -> None:
    holder = postbox.let(session, 214, "Barış Vakfı")
    ayse = postbox.person(session, holder)
    item = postbox.item(session, 214)
    taking = postbox.taking(holder, item, by=ayse)
    hand_overs.sign(session, taking, postbox.STROKES, *postbox.PAD, at=TUESDAY, key="k")

    assert [one.collector for one in post_now.look(session, at=TUESDAY).signed] == ["Ayşe Tan"]
    hand_overs.hand_over(session, "k", at=TUESDAY)
    story = open_box.story(session, item.id, at=LATER)

    assert [move.what for move in story.moves] == ["received", "handed_over"]
    assert story.signature is not None
    assert (story.lying.place, story.lying.days) == (Place.HANDED_OVER, 0)
    assert post_now.look(session, at=TUESDAY).signed == []


def test_today_counts_what_waits_red_and_nobodys(session: Session) -> None:
    postbox.let(session, 214, "Barış Vakfı")
    postbox.item(session, 214)
    postbox.item(session, 214, "notice")
    lost = mail.receive(session, Incoming(addressed_to="Ova Gençlik"), at=TUESDAY)

    now = post_now.look(session, at=LATER)

    assert (now.waiting, now.notices, now.unmatched) == (3, 1, 1)
    assert [notice.days for notice in now.open_notices] == [8]
    assert [lying.item.id for lying in open_box.unmatched(session, at=LATER)] == [lost.id]
