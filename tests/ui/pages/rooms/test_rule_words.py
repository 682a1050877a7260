from __future__ import annotations

from datetime import date

import pytest

from civicdesk.ui.pages.rooms.rule_words import rule_words

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=DAILY;COUNT=3", "every day"),
        ("FREQ=DAILY;INTERVAL=3;COUNT=3", "every 3 days"),
        ("FREQ=WEEKLY;COUNT=8", "every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=MO,TH;COUNT=8", "every Monday, Thursday"),
        ("FREQ=WEEKLY;INTERVAL=2;COUNT=8", "every 2 weeks on Tuesday"),
        ("FREQ=MONTHLY;BYDAY=2TU;COUNT=8", "every month"),
        ("FREQ=YEARLY;COUNT=2", "every year"),
        ("", "repeated"),
    ],
)
def test_a_rule_is_said_as_people_say_it(rule: str, words: str) -> None:
    assert rule_words(rule, TUESDAY) == words
