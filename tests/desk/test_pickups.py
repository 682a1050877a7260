from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy.orm import Session

from civicdesk import codes
from civicdesk.desk import pickups, visits
from civicdesk.desk.authority import Standing
from civicdesk.errors import Refusal
from civicdesk.models import Organisation, OrganisationPerson, Role
from tests import builders
from tests.builders import TUESDAY
from tests.desk import postbox

YESTERDAY = date(2026, 11, 23)
Changed = Callable[[OrganisationPerson], None]


@pytest.fixture
def holder(session: Session) -> Organisation:
    return postbox.let(session, 214, "Barış Vakfı")


def test_the_desk_sees_what_waits_and_who_may_take_it(session: Session, holder: Organisation) -> None:
    letter, notice = postbox.item(session, 214, "ordinary"), postbox.item(session, 214, "slip21")
    postbox.person(session, holder, "Kemal Öz", reference="")
    postbox.person(session, holder, "Nur Ak", until=YESTERDAY)
    postbox.person(session, holder, "Zehra Su")
    postbox.person(session, holder, "Ayşe Tan", until=TUESDAY.date(), notices=True)

    found = pickups.look(session, holder.id, at=TUESDAY)

    assert found.items == [notice, letter]
    assert [(one.person.name, one.standing, one.may_take_notices) for one in found.collectors] == [
        ("Ayşe Tan", Standing.VALID, True),
        ("Zehra Su", Standing.VALID, False),
        ("Kemal Öz", Standing.NONE, False),
        ("Nur Ak", Standing.ENDED, False),
    ]


def test_a_visitors_badge_finds_who_is_on_file(session: Session, holder: Organisation) -> None:
    other = postbox.let(session, 7, "Ova Sahne Topluluğu")
    person = postbox.person(session, holder, "Ayşe Tan")
    postbox.person(session, other, "AYŞE TAN", reference="")
    visit = builders.visit(session, "Ayse Tan")
    badge = visits.badge_of(session, visit.id)
    assert badge is not None

    found = pickups.of_badge(session, badge.code, at=TUESDAY)

    assert [one.person.organisation_id for one in found] == [holder.id, other.id]
    assert found[0].person == person


@pytest.mark.parametrize(
    ("code", "reason"),
    [("8690504012345", "no_badge"), (codes.make(codes.Kind.BADGE), "no_badge")],
    ids=["shop code", "unknown badge"],
)
def test_what_is_no_badge_of_somebody_inside_finds_nobody(session: Session, code: str, reason: str) -> None:
    with pytest.raises(Refusal) as refused:
        pickups.of_badge(session, code, at=TUESDAY)
    assert refused.value.reason == reason


def test_the_badge_of_a_stranger_says_who_is_not_on_file(session: Session) -> None:
    badge = visits.badge_of(session, builders.visit(session, "Selin Karaca").id)
    assert badge is not None

    with pytest.raises(Refusal, match="Selin Karaca is not on file"):
        pickups.of_badge(session, badge.code, at=TUESDAY)


def _ended(person: OrganisationPerson) -> None:
    person.authority_until_on = YESTERDAY


def _not_begun(person: OrganisationPerson) -> None:
    person.authority_from_on = date(2026, 11, 25)


def _none(person: OrganisationPerson) -> None:
    person.authority_reference = ""


def _gone(person: OrganisationPerson) -> None:
    person.deleted_at = TUESDAY


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (_ended, "authority_ended"),
        (_not_begun, "not_yet"),
        (_none, "no_authority"),
        (_gone, "no_authority"),
    ],
)
def test_an_authority_that_does_not_stand_is_refused(
    session: Session, holder: Organisation, change: Changed, reason: str
) -> None:
    person, item = postbox.person(session, holder), postbox.item(session, 214)
    assert pickups.check(session, postbox.taking(holder, item, by=person), at=TUESDAY) == [item]
    change(person)
    session.flush()

    with pytest.raises(Refusal) as refused:
        pickups.check(session, postbox.taking(holder, item, by=person), at=TUESDAY)
    assert refused.value.reason == reason


def test_a_notice_needs_an_authority_for_notices(session: Session, holder: Organisation) -> None:
    plain = postbox.person(session, holder, "Kemal Öz")
    chair = postbox.person(session, holder, notices=True)
    slip, parcel = postbox.item(session, 214, "slip21"), postbox.item(session, 214)

    with pytest.raises(Refusal) as refused:
        pickups.check(session, postbox.taking(holder, slip, parcel, by=plain), at=TUESDAY)
    assert refused.value.reason == "not_for_notices"
    pickups.check(session, postbox.taking(holder, parcel, by=plain), at=TUESDAY)
    pickups.check(session, postbox.taking(holder, slip, parcel, by=chair), at=TUESDAY)


def test_only_a_manager_overrides(session: Session, holder: Organisation) -> None:
    item = postbox.item(session, 214)
    taking = postbox.taking(holder, item, collector="Nil Su", override="Başkan telefonda onayladı")
    postbox.act_as(session, Role.SECRETARIAT)

    with pytest.raises(Refusal) as refused:
        pickups.check(session, taking, at=TUESDAY)
    assert refused.value.reason == "managers_only"
    postbox.act_as(session, Role.MANAGER)
    assert pickups.check(session, taking, at=TUESDAY) == [item]


def test_items_are_at_the_desk_accepted_and_of_one_organisation(
    session: Session, holder: Organisation
) -> None:
    postbox.let(session, 7, "Ova Sahne Topluluğu")
    person = postbox.person(session, holder, notices=True)
    own, others, notice = (
        postbox.item(session, 214),
        postbox.item(session, 7),
        postbox.item(session, 214, "notice"),
    )

    for items, reason in (
        ([], "no_items"),
        ([own, others], "other_organisation"),
        ([notice], "not_accepted"),
    ):
        with pytest.raises(Refusal) as refused:
            pickups.check(session, postbox.taking(holder, *items, by=person), at=TUESDAY)
        assert refused.value.reason == reason
