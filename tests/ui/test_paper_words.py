from __future__ import annotations

import pytest

from civicdesk.models import JobState, PaperKind, Trouble
from civicdesk.text import use_language
from civicdesk.ui.paper_words import kind_words, state_tone, state_words, trouble_advice, trouble_words


@pytest.mark.parametrize("language", ["tr", "en"])
@pytest.mark.parametrize(
    ("words", "keys"),
    [
        (trouble_words, Trouble),
        (trouble_advice, Trouble),
        (state_words, JobState),
        (kind_words, PaperKind),
    ],
)
def test_everything_has_words_of_its_own_in_both_languages(words, keys, language) -> None:  # noqa: ANN001
    use_language(language)
    said = [words(key) for key in keys]

    assert len(set(said)) == len(said)
    assert not {str(key) for key in keys} & set(said)


def test_words_are_found_by_what_the_table_keeps() -> None:
    use_language("en")

    assert trouble_words("paper_out") == "No paper"
    assert state_words("unsure") == "Did it come out?"
    assert kind_words("day_list") == "Day list"


def test_green_is_only_what_came_out_or_left() -> None:
    assert {state for state in JobState if state_tone(state) == "ok"} == {JobState.PRINTED, JobState.SENT}
    assert state_tone(JobState.UNSURE) == "warn"
