from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from civicdesk.database import Database
from civicdesk.desk import hand_overs, mail, mail_moves, pickups, signatures
from civicdesk.errors import Refusal
from civicdesk.models import HandOver, MailItem, Organisation, OrganisationPerson, Place, Role, Signature
from tests.builders import TUESDAY
from tests.desk import postbox

LATER = TUESDAY + timedelta(minutes=20)
sign = partial(
    hand_overs.sign, strokes=postbox.STROKES, width=postbox.PAD[0], height=postbox.PAD[1], at=TUESDAY
)


@pytest.fixture
def holder(session: Session) -> Organisation:
    return postbox.let(session, 214, "Barış Vakfı")


@pytest.fixture
def person(session: Session, holder: Organisation) -> OrganisationPerson:
    return postbox.person(session, holder, notices=True)


Given = Callable[..., HandOver]


@pytest.fixture
def given(session: Session, holder: Organisation, person: OrganisationPerson) -> Given:
    def give(*items: MailItem, key: str = "key") -> HandOver:
        sign(session, postbox.taking(holder, *items, by=person), key=key)
        return hand_overs.hand_over(session, key, at=TUESDAY)

    return give


def place(session: Session, item: MailItem) -> str:
    return mail_moves.state(session, item.id).place


def test_three_items_are_handed_over_for_one_signature(
    session: Session, holder: Organisation, given: Given
) -> None:
    items = [postbox.item(session, 214, kind) for kind in ("slip21", "parcel", "ordinary")]

    made = given(*items)

    assert {place(session, item) for item in items} == {Place.HANDED_OVER}
    assert (made.collector, made.capacity, made.authority) == ("Ayşe Tan", "collector", "2026/14")
    assert (made.items, list(hand_overs.items_of(session, made.id))) == (3, items)
    assert mail.waiting(session, holder.id) == []
    signature = hand_overs.signature_of(session, made)
    assert signature is not None
    assert signatures.strokes_of(signature)[1] == [(20, 100), (250, 90)]
    assert hand_overs.latest(session, holder.id) == [made]


def test_some_of_the_items_may_stay(session: Session, holder: Organisation, given: Given) -> None:
    taken, left = postbox.item(session, 214), postbox.item(session, 214)

    given(taken)

    assert mail.waiting(session, holder.id) == [left]


def test_two_taps_hand_over_once(session: Session, given: Given) -> None:
    item = postbox.item(session, 214)

    first = given(item)
    again = hand_overs.hand_over(session, "key", at=LATER)

    assert again.id == first.id
    assert len(session.scalars(select(HandOver)).all()) == 1


def test_an_item_is_never_handed_over_twice(
    session: Session, holder: Organisation, person: OrganisationPerson, given: Given
) -> None:
    item = postbox.item(session, 214)
    sign(session, postbox.taking(holder, item, by=person), key="first")
    given(item, key="second")

    for act in (
        lambda: hand_overs.hand_over(session, "first", at=LATER),
        lambda: sign(session, postbox.taking(holder, item, by=person), key="third"),
    ):
        with pytest.raises(Refusal) as refused:
            act()
        assert refused.value.reason == "not_here"


def test_a_power_cut_between_signature_and_hand_over_loses_neither(database: Database) -> None:
    with database.begin() as session:
        holder = postbox.let(session, 214, "Barış Vakfı")
        person, item = postbox.person(session, holder), postbox.item(session, 214)
    with database.begin() as session:
        sign(session, postbox.taking(holder, item, by=person), key="tapped")
    cut = Database(database.path)  # the program starts anew on what is on the disk
    with cut.begin() as session:
        (kept,) = hand_overs.unfinished(session)
        assert (kept.collector, place(session, item)) == ("Ayşe Tan", Place.WAITING)
        made = hand_overs.hand_over(session, kept.key, at=LATER)
    with cut.read() as session:
        assert hand_overs.signature_of(session, made) is not None
        assert place(session, item) == Place.HANDED_OVER
        assert hand_overs.unfinished(session) == []
    cut.close()


def test_whoever_went_without_the_post_leaves_only_the_signature(
    session: Session, holder: Organisation, person: OrganisationPerson
) -> None:
    item = postbox.item(session, 214)
    sign(session, postbox.taking(holder, item, by=person), key="tapped")

    hand_overs.drop(session, "tapped", at=LATER)

    assert (hand_overs.unfinished(session), place(session, item)) == ([], Place.WAITING)
    assert len(session.scalars(select(Signature)).all()) == 1
    for act in (hand_overs.drop, hand_overs.hand_over):
        with pytest.raises(Refusal, match="Nothing was signed"):
            act(session, "tapped", at=LATER)


def test_only_ordinary_letters_go_without_a_signature(
    session: Session, holder: Organisation, person: OrganisationPerson
) -> None:
    letter, parcel = postbox.item(session, 214, "ordinary"), postbox.item(session, 214, "registered")

    with pytest.raises(Refusal) as refused:
        hand_overs.give(session, postbox.taking(holder, letter, parcel, by=person), at=TUESDAY)
    assert refused.value.reason == "needs_signature"
    made = [
        hand_overs.give(session, postbox.taking(holder, letter, by=person), at=TUESDAY, key="a")
        for _tap in range(2)
    ]
    assert made[0].id == made[1].id
    assert hand_overs.signature_of(session, made[0]) is None
    assert place(session, letter) == Place.HANDED_OVER


def test_an_override_is_written_down_with_who_gave_it(session: Session, holder: Organisation) -> None:
    postbox.act_as(session, Role.MANAGER)
    item = postbox.item(session, 214)
    why = "Başkan telefonda onayladı"
    sign(
        session,
        postbox.taking(holder, item, collector="Nil Su", capacity="üye", override=why),
        key="a",
    )

    made = hand_overs.hand_over(session, "a", at=LATER)

    assert (made.collector, made.capacity, made.authority) == ("Nil Su", "üye", "")
    assert (made.override, made.override_by_id) == (why, session.info["by"])


def test_a_manager_corrects_a_hand_over_and_the_fact_stays(session: Session, given: Given) -> None:
    taken, kept = postbox.item(session, 214), postbox.item(session, 214)
    made = given(taken, kept)
    with pytest.raises(Refusal) as refused:
        hand_overs.correct(session, made.id, [kept.id], reason="Masada kalmış", at=LATER)
    assert refused.value.reason == "managers_only"
    postbox.act_as(session, Role.MANAGER)
    with pytest.raises(Refusal, match="Write why"):
        hand_overs.correct(session, made.id, [kept.id], reason="", at=LATER)

    for _tap in range(2):
        hand_overs.correct(session, made.id, [kept.id], reason="Masada kalmış", at=LATER, key="c")

    assert (place(session, taken), place(session, kept)) == (Place.HANDED_OVER, Place.WAITING)
    assert hand_overs.items_of(session, made.id) == [taken]
    assert hand_overs.items_of(session, made.id, with_corrected=True) == [taken, kept]
    assert [move.what for move in mail_moves.history(session, kept.id)] == [
        "received",
        "handed_over",
        "handover_corrected",
    ]
    with pytest.raises(Refusal) as refused:
        hand_overs.correct(session, made.id, [kept.id], reason="Yine", at=LATER)
    assert refused.value.reason == "not_handed_over"


def test_what_was_corrected_can_be_handed_over_again(session: Session, given: Given) -> None:
    item = postbox.item(session, 214)
    first = given(item)
    postbox.act_as(session, Role.MANAGER)
    hand_overs.correct(session, first.id, reason="Yanlış kişi", at=LATER)

    second = given(item, key="second")

    assert second.id != first.id
    assert hand_overs.items_of(session, first.id) == []
    assert hand_overs.items_of(session, second.id) == [item]
    assert pickups.look(session, item.organisation_id, at=LATER).items == []  # type: ignore[arg-type]
