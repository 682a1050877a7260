from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import badge_design, centre
from civicdesk.errors import Refusal
from civicdesk.models import Centre
from tests.builders import TUESDAY


def test_everything_stands_on_a_badge_until_managers_say_otherwise(session: Session) -> None:
    here = centre.the_centre(session)
    assert badge_design.parts(here) == set(badge_design.PARTS)
    centre.change(session, TUESDAY, badge_parts="date,host", badge_discreet="number", badge_size="roll_58")
    assert badge_design.parts(here) == {"host", "date"}
    centre.change(session, TUESDAY, badge_parts="")
    assert badge_design.parts(here) == set()


def test_parts_are_stored_in_one_order() -> None:
    assert badge_design.written(frozenset({"needs", "host", "place"})) == "host,place,needs"


def test_a_part_of_a_newer_desk_is_left_out() -> None:
    assert badge_design.parts(Centre(name="Çınarova", badge_parts="host,photograph, date")) == {
        "host",
        "date",
    }


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ({"badge_parts": "host,photograph"}, "unknown_part"),
        ({"badge_discreet": "name"}, "unknown_discreet"),
        ({"badge_size": "a0"}, "unknown_size"),
        ({"badge_footer": "x" * 201}, "long_footer"),
    ],
)
def test_words_no_badge_is_drawn_from_are_refused(
    session: Session, values: dict[str, object], reason: str
) -> None:
    before = centre.the_centre(session).badge_parts
    with pytest.raises(Refusal) as refusal:
        centre.change(session, TUESDAY, name="Defne Evi", **values)
    assert refusal.value.reason == reason
    assert (centre.the_centre(session).badge_parts, centre.the_centre(session).name) != ("", "Defne Evi")
    assert centre.the_centre(session).badge_parts == before
