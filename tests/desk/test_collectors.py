from __future__ import annotations

from datetime import date

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import collectors
from civicdesk.errors import Refusal
from civicdesk.models import OrganisationPerson, PersonRole, new_id
from tests import builders
from tests.builders import TUESDAY

TODAY = date(2026, 11, 24)
PAPER = "Karar 2026/14"


@pytest.mark.parametrize(
    ("ends", "may_collect", "is_ending"),
    [
        (None, True, False),
        (date(2026, 11, 23), False, False),
        (date(2026, 11, 24), True, True),
        (date(2026, 12, 24), True, True),
        (date(2026, 12, 25), True, False),
    ],
)
def test_an_authority_counts_its_last_day_and_is_told_of_before(
    ends: date | None, may_collect: bool, is_ending: bool
) -> None:
    person = OrganisationPerson(
        organisation_id=new_id(), name="Ayşe Tan", authority_reference=PAPER, authority_until_on=ends
    )

    known = collectors.known(person, TODAY)

    assert (known.may_collect, known.is_ending) == (may_collect, is_ending)


def test_without_a_paper_there_is_no_authority(session: Session) -> None:
    one = builders.organisation(session)
    collectors.add(session, one.id, name="Kemal Öz", at=TUESDAY)

    assert collectors.authorised(session, one.id, on=TODAY) == []


def test_whoever_may_collect_stands_first_and_notices_are_a_thing_apart(session: Session) -> None:
    one = builders.organisation(session)
    collectors.add(session, one.id, name="Çiğdem Ak", at=TUESDAY)
    collectors.add(
        session, one.id, name="Zeynep Ok", role=PersonRole.COLLECTOR, authority_reference=PAPER, at=TUESDAY
    )
    collectors.add(
        session,
        one.id,
        name="Şule Tan",
        role=PersonRole.COLLECTOR,
        authority_reference=PAPER,
        may_take_notices=True,
        at=TUESDAY,
    )

    names = [each.person.name for each in collectors.people(session, one.id, on=TODAY)]

    assert names == ["Şule Tan", "Zeynep Ok", "Çiğdem Ak"]
    may = collectors.authorised(session, one.id, on=TODAY, notices=True)
    assert [each.person.name for each in may] == ["Şule Tan"]


@pytest.mark.parametrize(
    ("face", "reason"),
    [
        ({"name": ""}, "no_name"),
        ({"name": "Ayşe 10000000146"}, "national_id"),
        ({"note": "kimlik 10000000146"}, "national_id"),
        ({"role": "boss"}, "bad_role"),
        ({"role": PersonRole.COLLECTOR}, "no_authority"),
        ({"may_take_notices": True}, "no_authority"),
        (
            {
                "authority_reference": PAPER,
                "authority_from_on": date(2026, 2, 1),
                "authority_until_on": date(2026, 1, 1),
            },
            "bad_dates",
        ),
    ],
)
def test_what_cannot_be_said_of_a_person_is_refused(
    session: Session, face: dict[str, object], reason: str
) -> None:
    one = builders.organisation(session)

    with pytest.raises(Refusal) as refused:
        collectors.add(session, one.id, at=TUESDAY, **{"name": "Ayşe Tan", **face})  # type: ignore[arg-type]

    assert refused.value.reason == reason


def test_a_change_and_a_removal_are_taken_back(session: Session) -> None:
    one = builders.organisation(session)
    person = collectors.add(session, one.id, name="Ayşe Tan", phone="0532 123 45 67", at=TUESDAY, key="k")
    assert collectors.add(session, one.id, name="Ayşe Tan", at=TUESDAY, key="k") is person

    before = collectors.change(session, person.id, name="Ayşe Tan Öz", phone="", at=TUESDAY)
    assert before == {"name": "Ayşe Tan", "phone": "+905321234567"}
    collectors.change(session, person.id, at=TUESDAY, **before)
    assert (person.name, person.folded) == ("Ayşe Tan", "ayse tan")

    collectors.remove(session, person.id, at=TUESDAY)
    assert collectors.people(session, one.id, on=TODAY) == []
    collectors.restore(session, person.id, at=TUESDAY)
    assert len(collectors.people(session, one.id, on=TODAY)) == 1


def test_authorities_that_end_soon_are_told_of_the_next_first(session: Session) -> None:
    one, gone = builders.organisation(session), builders.organisation(session, "Giden Derneği")
    gone.left_on = date(2026, 11, 1)
    for organisation, name, ends in (
        (one, "Zeynep", date(2026, 12, 20)),
        (one, "Ali", date(2026, 11, 24)),
        (one, "Ece", date(2027, 3, 1)),
        (one, "Can", date(2026, 11, 23)),
        (gone, "Nur", date(2026, 12, 1)),
    ):
        collectors.add(
            session,
            organisation.id,
            name=name,
            authority_reference=PAPER,
            authority_until_on=ends,
            at=TUESDAY,
        )

    assert [person.name for person, _one in collectors.ending(session, on=TODAY)] == ["Ali", "Zeynep"]
