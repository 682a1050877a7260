"""What the set-up page says to a scan, and the setting its button changes."""

from __future__ import annotations

from dataclasses import replace

import pytest

from civicdesk import codes, text
from civicdesk.settings import Settings
from civicdesk.ui.key_boards import Board, boards
from civicdesk.ui.reader_trial import advise, board_words, end_words, prefix_words, speed_words
from civicdesk.ui.reading import Reading, Way

CODE = codes.make(codes.Kind.TEST_CARD, lambda _below: 7)
USUAL = Settings()
GOOD = Reading(CODE, CODE, Way.KEYBOARD, sent=CODE, gap_ms=8, end="enter")


def test_of_a_good_scan_nothing_is_to_be_changed() -> None:
    (advice,) = advise(GOOD, USUAL)

    assert (advice.tone, advice.sentence) == ("ok", "All is right: nothing has to be changed.")
    assert speed_words(GOOD, USUAL) == "at most 8 ms between characters; the limit is 35 ms"
    assert (end_words(GOOD), prefix_words(GOOD, USUAL)) == ("Enter", "")


@pytest.mark.parametrize(
    ("reading", "settings", "says", "change"),
    [
        (replace(GOOD, end=""), USUAL, "no Enter after it", {"reader_suffix": "none"}),
        (replace(GOOD, gap_ms=30), USUAL, "nearly too slow", {"reader_gap_ms": 45}),
        (replace(GOOD, gap_ms=62, is_missed=True), USUAL, "too slowly", {"reader_gap_ms": 85}),
        (replace(GOOD, gap_ms=180, is_missed=True), USUAL, "inter-character delay", {}),
        (replace(GOOD, text="123456", is_missed=True), USUAL, "Only 6 characters", {"reader_least": 6}),
        (replace(GOOD, end="", is_missed=True), USUAL, "without Enter", {"reader_suffix": "none"}),
        (replace(GOOD, text=f"%A{CODE}"), USUAL, "“%A” before", {"reader_prefix": "%A"}),
        (replace(GOOD, text=f"{'x' * 30}{CODE}"), USUAL, "long text before", {}),
        (replace(GOOD, text=f"1{CODE}"), USUAL, "send no prefix", {}),
        (replace(GOOD, text=f"{CODE}!!"), USUAL, "“!!” after", {}),
        (replace(GOOD, text=CODE[:-1] + str((int(CODE[-1]) + 1) % 10)), USUAL, "missing or wrong", {}),
        (Reading("12�4", "12�4", Way.SERIAL, "p", end="enter"), USUAL, "speed of the port", {}),
    ],
    ids=[
        "no Enter",
        "nearly too slow",
        "too slow",
        "as slow as typing",
        "too short",
        "short and without Enter",
        "a prefix",
        "a long prefix",
        "a prefix as codes begin",
        "something after it",
        "damaged",
        "the wrong speed",
    ],
)
def test_what_is_not_right_is_said_with_what_to_do(
    reading: Reading, settings: Settings, says: str, change: dict[str, object]
) -> None:
    first = advise(reading, settings)[0]

    assert first.tone in ("bad", "warn")
    assert says in first.sentence
    assert first.change == change
    assert bool(first.button) == bool(change)


def test_a_prefix_that_is_taken_off_already_is_said_to_have_come() -> None:
    settings = Settings(reader_prefix="%")
    with_it = replace(GOOD, raw=f"%{CODE}", sent=f"%{CODE}", has_prefix=True)

    assert prefix_words(with_it, settings) == "“%” came and was taken off"
    assert prefix_words(GOOD, settings) == "“%” did not come"
    assert [advice.tone for advice in advise(with_it, settings)] == ["ok"]


def test_letters_changed_by_the_layout_do_not_matter_and_that_is_said() -> None:
    reading = replace(GOOD, text="https://a.tr/?i", sent="https://a.tr/?i", raw="httpsŞ..açtr.:ı")
    first, second = advise(reading, USUAL)

    assert (first.tone, second.tone) == ("ok", "info")
    assert "does not matter" in second.sentence
    assert board_words(reading) == "Turkish Q"


def test_caps_lock_is_named() -> None:
    reading = replace(GOOD, text="CivicDesk", sent="CivicDesk", raw="cIVICdESK")

    assert board_words(reading) == "US / Turkish Q, with Caps Lock"
    assert "Caps Lock is on" in advise(reading, USUAL)[1].sentence


@pytest.mark.parametrize(
    ("raw", "found"),
    [
        ("httpsŞ..Exampleçorg.:Q-ıa^x?I", ([Board.TURKISH_Q], False)),
        ("HTTPSş..eXAMPLEÇORG.:q-IA^X?ı", ([Board.TURKISH_Q], True)),
        ("toopiY,,Ğöusplğ.hıü,;F-nu^ö?N", ([Board.TURKISH_F], False)),
        ("TOOPİy,,ğÖUSPLĞ.HIÜ,;f-NU^Ö?n", ([Board.TURKISH_F], True)),
        ("https://Example.org/?Q=ia#x_I", ([Board.US], False)),
        ("something else", ([], False)),
    ],
)
def test_the_layout_is_told_from_what_became_of_the_letters(raw: str, found: object) -> None:
    assert boards("https://Example.org/?Q=ia#x_I", raw) == found


def test_digits_tell_no_layout_as_they_are_the_same_on_all() -> None:
    assert board_words(GOOD) == "any: these characters are the same on every keyboard"


def test_a_serial_reader_without_an_end_works_and_a_camera_has_none() -> None:
    serial = Reading(CODE, CODE, Way.SERIAL, "/dev/ttyUSB0")
    camera = Reading(CODE, CODE, Way.CAMERA, "/dev/video0")

    assert [advice.tone for advice in advise(serial, USUAL)] == ["ok", "info"]
    assert end_words(serial) == "nothing but a pause"
    assert [advice.tone for advice in advise(camera, USUAL)] == ["ok"]
    assert (end_words(camera), speed_words(camera, USUAL), board_words(camera)) == ("", "", "")


def test_every_sentence_has_its_turkish() -> None:
    readings = (replace(GOOD, end=""), replace(GOOD, gap_ms=62, is_missed=True), replace(GOOD, gap_ms=30))
    english = [advise(reading, USUAL)[0].sentence for reading in readings]
    text.use_language("tr")
    turkish = [advise(reading, USUAL)[0].sentence for reading in readings]

    assert not set(english) & set(turkish)
