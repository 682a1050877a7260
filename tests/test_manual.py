"""The manual keeps its word: what it calls a button is on the screen, what it shows and promises is there."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po
from typer.main import get_group

from civicdesk import cli, demo, pictures
from civicdesk.desk.decisions import Result
from civicdesk.text import use_language
from civicdesk.ui.words import result_tone, result_words

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "resources/translations/tr/LC_MESSAGES/civicdesk.po"
LANGUAGES = ("tr", "en")
COLOURS = {
    "tr": {"ok": "yeşil", "warn": "sarı", "bad": "kırmızı"},
    "en": {"ok": "green", "warn": "amber", "bad": "red"},
}
SENTENCES = {
    Result.ADMITTED: "Welcome, {}",
    Result.WELCOME_BACK: "Welcome back, {}",
    Result.REPEAT: "Already read a moment ago: {}",
    Result.ALREADY_INSIDE: "{} is already inside since {}.",
    Result.CHECKED_OUT: "Goodbye, {}",
    Result.NOT_INSIDE: "{} is not inside.",
    Result.TOO_EARLY: "This pass is valid from {}.",
    Result.TOO_LATE: "This pass was valid until {}.",
    Result.CANCELLED: "The invitation of {} was cancelled. Ask the host.",
    Result.USED_UP: "{} has already come with this invitation.",
    Result.SUPERSEDED: "A newer copy of this badge was printed. Take this one back; use the newer.",
    Result.REFUSED: "This visitor cannot be admitted. Please call a manager.",
    Result.CAPACITY_FULL: "The building is full: {} of {} are inside. Wait until somebody leaves.",
    Result.CLOSED: "The centre is closed. It opens on {} at {}.",
    Result.UNKNOWN: "This code is one of ours, but not of this centre. Check in by name.",
    Result.UNKNOWN_STALE: "Not known here, and this desk has not synced lately. Check in by name.",
    Result.DAMAGED: "The code is damaged. Scan again, or check in by name.",
    Result.FOREIGN: "This is not a CivicDesk code. Scan the badge or the pass.",
    Result.CLOCK_SUSPECT: "This computer's clock seems wrong. Set it, or go on with a reason.",
}


@cache
def manual(language: str) -> str:
    return (ROOT / f"docs/manual/{language}.md").read_text(encoding="utf-8")


@cache
def catalogue() -> Catalog:
    with WRITTEN.open("rb") as file:
        return read_po(file, locale="tr")


def forms(held: object) -> tuple[str, ...]:
    return tuple(held) if isinstance(held, list | tuple) else (str(held),)


@cache
def said_by_the_code() -> frozenset[str]:
    return frozenset(form for _, _, ids, _, _ in extract_from_dir(ROOT / "civicdesk") for form in forms(ids))


@cache
def screen_words(language: str) -> frozenset[str]:
    """Everything a screen can say in this language, with its gaps."""
    if language == "en":
        return said_by_the_code()
    spoken = (message for message in catalogue() if forms(message.id)[0] in said_by_the_code())
    return frozenset(form for message in spoken for form in forms(message.string))


def is_on_screen(words: str, language: str) -> bool:
    """Whether a screen says so; a gap holds a number."""
    if words in screen_words(language):
        return True
    gapped = (form for form in screen_words(language) if "{" in form)
    return any(re.fullmatch(filled(form, r"\d+"), words) for form in gapped)


def filled(form: str, by: str) -> str:
    """The pattern of a sentence whose gaps are filled."""
    return by.join(re.escape(part) for part in re.split(r"{[^}]*}", form))


def bold(language: str) -> list[str]:
    return [" ".join(found.split()) for found in re.findall(r"\*\*(.+?)\*\*", manual(language), re.DOTALL)]


def answers(language: str) -> list[str]:
    """The rows of the table of answers: those that tell a colour."""
    colours = "|".join(COLOURS[language].values())
    return [row for row in manual(language).splitlines() if re.search(rf"\| ({colours}) \|", row)]


def shown(language: str) -> list[str]:
    return re.findall(r"!\[[^]]+\]\(pictures/([\w-]+)\.png\)", manual(language))


def commands() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for name in re.findall(r"`civicdesk ([a-z]\w*)", manual(language)):
            yield language, name


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_bold_stands_on_a_screen(language: str) -> None:
    assert [words for words in bold(language) if not is_on_screen(words, language)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_picture_taken_is_shown_and_none_besides(language: str) -> None:
    assert sorted(shown(language)) == sorted(pictures.NAMES.values())


def test_both_languages_tell_the_same_in_the_same_order() -> None:
    def outline(language: str) -> list[str]:
        marks = re.findall(r"^(#+) |^(\|)|^(\d\.) |^(!)\[", manual(language), re.MULTILINE)
        return ["".join(mark) for mark in marks]

    assert outline("tr") == outline("en")
    assert shown("tr") == shown("en")


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_to_a_scan_is_explained_once_in_its_words_and_colour(language: str) -> None:
    use_language(language)
    rows = answers(language)

    assert len(rows) == len(Result)
    for result in Result:
        form = SENTENCES[result]
        if language == "tr":
            message = catalogue().get(form)
            assert message is not None
            form = str(message.string)
        told = rf"\| \*\*{result_words(result)}\*\* \| “{filled(form, '.+?')}”"
        assert [
            row
            for row in rows
            if re.match(told, row) and f"| {COLOURS[language][result_tone(result)]} |" in row
        ], result


def test_the_sentences_of_the_answers_are_those_of_the_code() -> None:
    assert set(SENTENCES.values()) <= said_by_the_code()


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_is_told_and_none_besides(language: str) -> None:
    assert {name for spoken, name in commands() if spoken == language} == set(get_group(cli.app).commands)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_option_told_is_there(language: str) -> None:
    group = get_group(cli.app)
    commands = [group, *group.commands.values()]
    for each in commands:  # those of a group are told too
        commands += getattr(each, "commands", {}).values() if each is not group else ()
    known = {option for command in commands for parameter in command.params for option in parameter.opts}

    assert set(re.findall(r"`(--[a-z-]+)`", manual(language))) <= known


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_shortcut_told_is_listened_to(language: str) -> None:
    screens = "".join(file.read_text(encoding="utf-8") for file in (ROOT / "civicdesk/ui").rglob("*.py"))
    told = set(re.findall(r"<kbd>((?:Ctrl\+|F\d)\w*)</kbd>", manual(language)))

    assert len(told) == 7
    assert {keys for keys in told if f'"{keys}"' not in screens} == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_code_of_the_demo_centre_opens_it(language: str) -> None:
    assert demo.PIN in manual(language)
