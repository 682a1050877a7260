from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import addresses
from civicdesk.desk.addresses import Use
from civicdesk.errors import Refusal
from civicdesk.models import AddressPaperKind, Organisation
from tests import builders
from tests.builders import TUESDAY

TODAY = date(2026, 11, 24)


@pytest.fixture
def one(session: Session) -> Organisation:
    return builders.organisation(session)


def use_of(session: Session, one: Organisation) -> Use:
    return addresses.use(addresses.papers(session, one.id, on=TODAY))


def test_the_address_is_used_by_a_paper_that_stands(session: Session, one: Organisation) -> None:
    assert use_of(session, one) is Use.NONE
    addresses.add(session, one.id, kind=AddressPaperKind.LEASE, valid_until_on=date(2026, 11, 23), at=TUESDAY)
    assert use_of(session, one) is Use.ENDED
    addresses.add(session, one.id, kind=AddressPaperKind.DESK_AUTHORITY, at=TUESDAY)
    assert use_of(session, one) is Use.ENDED
    addresses.add(session, one.id, kind=AddressPaperKind.LEASE, valid_until_on=date(2026, 11, 24), at=TUESDAY)
    assert use_of(session, one) is Use.STANDING


def test_papers_that_end_soon_are_told_of(session: Session, one: Organisation) -> None:
    for ends in (date(2026, 11, 23), date(2026, 12, 1), date(2026, 11, 25), date(2027, 1, 1), None):
        addresses.add(session, one.id, valid_until_on=ends, at=TUESDAY)

    found = [paper.valid_until_on for paper, _one in addresses.ending(session, on=TODAY)]

    assert found == [date(2026, 11, 25), date(2026, 12, 1)]


@pytest.mark.parametrize(
    ("face", "reason"),
    [
        ({"kind": "napkin"}, "bad_kind"),
        ({"valid_from_on": date(2026, 2, 1), "valid_until_on": date(2026, 1, 1)}, "bad_dates"),
        ({"reference": "10000000146"}, "national_id"),
        ({"reference": "a" * 121}, "long_note"),
    ],
)
def test_what_cannot_be_said_of_a_paper_is_refused(
    session: Session, one: Organisation, face: dict[str, object], reason: str
) -> None:
    with pytest.raises(Refusal) as refused:
        addresses.add(session, one.id, at=TUESDAY, **face)  # type: ignore[arg-type]

    assert refused.value.reason == reason


def test_a_paper_is_changed_taken_away_and_brought_back(session: Session, one: Organisation) -> None:
    paper = addresses.add(session, one.id, reference="2026/1", at=TUESDAY, key="k")
    assert addresses.add(session, one.id, reference="2026/1", at=TUESDAY, key="k") is paper

    before = addresses.change(session, paper.id, reference="2026/2", at=TUESDAY)
    assert before == {"reference": "2026/1"}
    addresses.remove(session, paper.id, at=TUESDAY)
    assert addresses.papers(session, one.id, on=TODAY) == []
    addresses.restore(session, paper.id, at=TUESDAY)
    assert [each.paper.reference for each in addresses.papers(session, one.id, on=TODAY)] == ["2026/2"]
