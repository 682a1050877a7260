"""A code and what a reader puts around it; where one ends; and who sends too fast."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from civicdesk.ui.frames import Frames
from civicdesk.ui.pace import ALIKE, MOST, Pace
from civicdesk.ui.reading import LONGEST, Way, bare, device
from civicdesk.ui.sight import Sight

CODE = "112026112200014257000042"


@pytest.mark.parametrize(
    ("sent", "prefix"),
    [
        (CODE, ""),
        (f"%{CODE}", "%"),
        (f"]Q3{CODE}", ""),
        (f"]Q1{CODE}", "%"),
        (f"%]Q3{CODE}", "%"),
        (f"]Q3%{CODE}", "%"),
        (f"]Q4\\000026{CODE}", ""),
        (f"\\000026{CODE}", ""),
        (f"\x02{CODE}\x03", ""),
        (f"\x02]Q3{CODE}\x1d", ""),
    ],
)
def test_what_a_reader_puts_around_a_code_is_taken_off(sent: str, prefix: str) -> None:
    assert bare(sent, prefix) == CODE


@pytest.mark.parametrize("text", ["]Q3", "C:\\1234567", "[Q3]", "a\tb", "]", "ğüşiöç"])
def test_what_only_looks_like_it_stays(text: str) -> None:
    assert bare(text) == text


def test_a_reader_is_named_by_its_way_and_its_port() -> None:
    assert device(Way.SERIAL, "/dev/ttyACM0") == "serial /dev/ttyACM0"
    assert device(Way.KEYBOARD, "") == "keyboard"


# --- where a code ends ---


@given(
    st.lists(st.text("0123456789abcç%", min_size=1, max_size=30), max_size=6),
    st.sampled_from(["\r", "\n", "\r\n", "\t"]),
    st.lists(st.integers(1, 12), min_size=1, max_size=40),
)
def test_codes_come_out_as_they_went_in_however_the_bytes_fall(
    codes: list[str], end: str, pieces: list[int]
) -> None:
    frames, sent, found = Frames(), "".join(code + end for code in codes).encode(), []
    while sent:
        size = pieces[len(found) % len(pieces)]
        found += frames.feed(sent[:size])
        sent = sent[size:]

    assert [frame.raw for frame in found] == codes
    assert frames.pause() == []


def test_a_pause_ends_a_code_that_has_no_end() -> None:
    frames = Frames()
    assert frames.feed(CODE.encode()) == []
    (frame,) = frames.pause()

    assert (frame.raw, frame.end) == (CODE, "")


def test_bytes_that_are_no_text_do_no_harm() -> None:
    (frame,) = Frames().feed(b"\xff\xfe12\xc3\r")

    assert frame.raw == "��12�"


def test_of_something_without_end_the_beginning_is_told_once_and_the_next_code_is_whole() -> None:
    frames = Frames()
    told = []
    for _again in range(100):
        assert frames.feed(b"7" * 1_000) == []
        told += [frame for frame in [frames.overflow()] if frame]
    assert [len(frame.raw) for frame in told] == [LONGEST]
    assert frames.is_endless

    assert frames.feed(b"777\r") == []
    (frame,) = frames.feed(CODE.encode() + b"\r")
    assert frame.raw == CODE


# --- how fast ---


def test_ten_visitors_in_a_second_are_ten_scans() -> None:
    pace = Pace()

    assert all(pace.lets(str(n), n / 10) for n in range(100))


def test_the_same_code_hundreds_of_times_a_second_counts_and_then_no_more_until_it_is_quiet() -> None:
    pace = Pace()
    let = sum(pace.lets(CODE, n / 300) for n in range(3_000))
    assert (let, pace.is_stuck) == (MOST, True)

    assert not pace.rest(10.5)
    assert pace.rest(11.1)
    assert not pace.is_stuck
    assert pace.lets(CODE, 11.2)


def test_the_same_code_again_and_again_at_a_leisurely_pace_is_stuck_too() -> None:
    pace = Pace()
    let = [pace.lets(CODE, n / 5) for n in range(100)]

    assert sum(let) == ALIKE
    assert pace.is_stuck


def test_somebody_who_holds_one_badge_there_once_a_second_is_not_stuck() -> None:
    pace = Pace()

    assert all(pace.lets(CODE, float(n)) for n in range(100))


# --- what a camera sees ---


def test_a_code_that_stays_in_the_picture_is_one_scan() -> None:
    sight = Sight()
    looks = [sight.look([CODE], n / 10) for n in range(100)]

    assert looks[0] == [CODE]
    assert not any(looks[1:])


def test_it_counts_again_once_it_was_out_of_the_picture_for_two_seconds() -> None:
    sight = Sight()
    sight.look([CODE], 0.0)
    assert sight.look([], 1.0) == []
    assert sight.look([CODE], 1.9) == []
    assert sight.look([CODE], 3.8) == []
    assert sight.look([CODE], 5.9) == [CODE]


def test_two_badges_in_one_picture_are_two_scans() -> None:
    assert Sight().look(["a", "b", "a"], 0.0) == ["a", "b"]
