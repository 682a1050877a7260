"""The reader and the screen reader, on the smallest desk there is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from civicdesk import codes

if TYPE_CHECKING:
    from tests.outside.conftest import Program, Screen

pytestmark = pytest.mark.outside

CODE = codes.make(codes.Kind.BADGE, lambda _limit: 20261122000142570006)
LAYOUTS = [("us",), ("tr",), ("tr", "-variant", "f")]


def _open(screen: Screen, *settings: str) -> Program:
    program = screen.start_python("tests/outside/small_window.py", *settings)
    screen.wait_for_window("Küçük pencere")
    return program


@pytest.mark.parametrize("caps", [False, True], ids=["small", "caps lock"])
@pytest.mark.parametrize("layout", LAYOUTS, ids=["us", "tr-q", "tr-f"])
def test_a_code_arrives_exactly_and_the_field_stays_empty(
    screen: Screen, layout: tuple[str, ...], caps: bool
) -> None:
    screen.layout(*layout)
    program = _open(screen)
    if caps:
        screen.caps_lock()
    screen.scan(CODE)
    first = program.said_until("scan")
    screen.scan("https://Example.org/?q=1&r=[#2]")
    second = program.said_until("scan")
    screen.press("Return")

    assert [first[0][:2], second[0][:2]] == [["scan", CODE], ["scan", "https://Example.org/?q=1&r=[#2]"]]
    assert program.said_until("enter") == [["enter", ""]]


@pytest.mark.parametrize(
    ("layout", "typed"),
    [(LAYOUTS[0], "salim"), (LAYOUTS[1], "salım"), (LAYOUTS[2], "iulns")],
    ids=["us", "tr-q", "tr-f"],
)
def test_what_a_person_types_arrives_letter_by_letter(
    screen: Screen, layout: tuple[str, ...], typed: str
) -> None:
    screen.layout(*layout)
    program = _open(screen)
    screen.type_keys("salim")
    screen.press("Return")

    letters = [["field", typed[:n]] for n in range(1, len(typed) + 1)]
    assert program.said_until("enter") == [*letters, ["enter", typed]]


def test_a_person_may_type_between_two_scans(screen: Screen) -> None:
    screen.layout("tr")
    program = _open(screen)
    screen.type_keys("sal")
    screen.scan(CODE)
    screen.type_keys("im")
    screen.press("Return")

    said = program.said_until("enter")
    assert said[-1] == ["enter", "salım"]
    assert ["scan", CODE, CODE, "enter"] in said


@pytest.mark.parametrize("layout", LAYOUTS, ids=["us", "tr-q", "tr-f"])
@pytest.mark.parametrize(("end", "name"), [("\n", "enter"), ("\t", "tab"), ("", "")])
def test_a_prefix_is_taken_off_in_every_layout_and_with_every_end(
    screen: Screen, layout: tuple[str, ...], end: str, name: str
) -> None:
    screen.layout(*layout)
    program = _open(screen, "[i]", "key")
    screen.scan("[i]" + CODE, end)
    (scan,) = program.said_until("scan")
    screen.press("Return")

    assert (scan[1], scan[3]) == (CODE, name)
    assert program.said_until("enter") == [["enter", ""]]


def test_a_short_code_without_enter_counts_once_a_pause_may_end_it(screen: Screen) -> None:
    screen.layout("tr")
    program = _open(screen, "", "none")
    screen.scan("12345678", "")
    (scan,) = program.said_until("scan")
    screen.press("Return")

    assert scan == ["scan", "12345678", "12345678", ""]
    assert program.said_until("enter") == [["enter", ""]]


def test_a_short_code_without_enter_is_told_as_nearly_a_scan(screen: Screen) -> None:
    screen.layout("tr")
    program = _open(screen, "", "key", "watch")
    screen.scan("12345678", "")

    assert program.said_until("missed")[-1] == ["missed", "12345678", ""]
