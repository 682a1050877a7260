from __future__ import annotations

import pytest

from civicdesk.models import JobState, PaperKind, Trouble
from civicdesk.printing.printers.port import Status
from civicdesk.text import use_language
from civicdesk.ui.paper_words import (
    kind_words,
    state_tone,
    state_words,
    status_tone,
    status_words,
    trouble_advice,
    trouble_words,
)


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


@pytest.mark.parametrize(
    ("status", "words", "tone"),
    [
        (None, "Not asked yet", ""),
        (Status(), "Ready", "ok"),
        (Status(is_near_end=True), "Paper nearly out", "warn"),
        (Status(Trouble.PAPER_OUT, is_near_end=True), "No paper", "warn"),
        (Status(Trouble.AWAY), "Cannot be reached", "bad"),
    ],
)
def test_a_printer_says_how_it_is_in_words_and_tone(status: Status | None, words: str, tone: str) -> None:
    assert (status_words(status), status_tone(status)) == (words, tone)
