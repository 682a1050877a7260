"""What the managers decide for the whole centre."""

from __future__ import annotations

import pytest
from sqlalchemy.orm import Session

from civicdesk.desk import centre
from civicdesk.errors import Refusal
from tests.builders import TUESDAY


@pytest.mark.parametrize(
    ("name", "lowest", "highest"),
    [("notice_hours", 0, 720), ("ahead_days", 1, 1_826), ("no_show_minutes", 5, 240)],
)
def test_the_rules_of_booking_have_bounds(session: Session, name: str, lowest: int, highest: int) -> None:
    for value in (lowest, highest):
        assert getattr(centre.change(session, TUESDAY, **{name: value}), name) == value
    for value in (lowest - 1, highest + 1):
        with pytest.raises(Refusal) as refused:
            centre.change(session, TUESDAY, **{name: value})
        assert refused.value.reason == "bad_rule"
        assert str(lowest) in str(refused.value)
    assert getattr(centre.the_centre(session), name) == highest
