"""How a reader is, in words that say what to do."""

from __future__ import annotations

import pytest

from civicdesk import text
from civicdesk.ui.reader_words import chip_tip, is_camera_on, reader_name, state_words, worst
from civicdesk.ui.reading import ReaderState, State, Way
from tests import builders


def reader(state: State, way: Way = Way.SERIAL, name: str = "COM3") -> ReaderState:
    return ReaderState(way, name, state, builders.TUESDAY)


@pytest.mark.parametrize(
    ("state", "way", "word", "chip", "says"),
    [
        (State.TAKEN, Way.SERIAL, "Taken by another program", "Reader taken", "Close that program"),
        (State.TAKEN, Way.CAMERA, "No picture", "Camera: no picture", "close that program"),
        (State.AWAY, Way.SERIAL, "Away since 10:42", "Reader away", "comes back by itself"),
        (State.AWAY, Way.CAMERA, "Away since 10:42", "Camera away", "comes back by itself"),
        (State.FORBIDDEN, Way.SERIAL, "Not allowed", "Reader not allowed", "dialout"),
        (State.STUCK, Way.KEYBOARD, "Stuck sending", "Reader stuck", "unplug it"),
        (State.MISSING, Way.CAMERA, "Parts missing", "No camera", "make run CAMERA=1"),
    ],
)
def test_what_is_wrong_is_said_with_what_to_do(
    state: State, way: Way, word: str, chip: str, says: str
) -> None:
    said = state_words(reader(state, way))

    assert (said.word, said.chip) == (word, chip)
    assert said.tone in ("bad", "warn")
    assert says in said.sentence


@pytest.mark.parametrize("state", list(State))
@pytest.mark.parametrize("way", list(Way))
def test_every_state_of_every_reader_has_its_turkish(state: State, way: Way) -> None:
    english = state_words(reader(state, way))
    text.use_language("tr")
    turkish = state_words(reader(state, way))

    assert turkish.word != english.word
    assert not english.sentence or turkish.sentence != english.sentence


def test_of_several_readers_the_one_that_needs_somebody_most_is_shown() -> None:
    away, stuck = reader(State.AWAY, name="COM3"), reader(State.STUCK, Way.KEYBOARD, "")

    assert worst([reader(State.WORKING), away, stuck]) is stuck
    assert worst([reader(State.WORKING), reader(State.OPENING)]) is None
    assert chip_tip(away).startswith("Reader on COM3: Away since 10:42.")


def test_only_a_camera_that_gives_pictures_is_on() -> None:
    assert is_camera_on([reader(State.WORKING, Way.CAMERA)])
    assert not is_camera_on([reader(State.AWAY, Way.CAMERA), reader(State.WORKING)])
    assert reader_name(Way.CAMERA, "/dev/video0") == "Camera"
