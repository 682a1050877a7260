"""Every sentence of the desk has its Turkish, with the same gaps to fill."""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from functools import cache
from itertools import count
from pathlib import Path
from string import Formatter

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

ROOT = Path(__file__).parents[1]
WRITTEN = ROOT / "resources/translations/tr/LC_MESSAGES/civicdesk.po"


def spoken_forms(ids: object) -> tuple[str, ...]:
    return ids if isinstance(ids, tuple) else (str(ids),)


@cache
def sentences() -> tuple[tuple[str, ...], ...]:
    """Every message of the code: one form, or the singular and the plural."""
    found = extract_from_dir(ROOT / "civicdesk")
    return tuple(sorted({spoken_forms(ids) for _, _, ids, _, _ in found}))


@cache
def catalogue() -> Catalog:
    with WRITTEN.open("rb") as file:
        return read_po(file, locale="tr", abort_invalid=True)


def gaps(sentence: str) -> set[str]:
    """The names of the gaps; unnamed ones count from 0, and Turkish may turn them round by `{1} … {0}`."""
    unnamed = count()
    names = [name for _, name, _, _ in Formatter().parse(sentence) if name is not None]
    return {name or str(next(unnamed)) for name in names}


def translated(forms: tuple[str, ...]) -> Message | None:
    message = catalogue().get(forms[0])
    return message if message is not None and spoken_forms(message.id) == forms else None


def wrong_gaps(forms: tuple[str, ...]) -> Iterator[str]:
    """Turkish forms whose gaps differ; a singular may leave out the number."""
    message = translated(forms)
    allowed = [gaps(form) for form in forms]
    for turkish in spoken_forms(message.string) if message else ():
        if turkish and gaps(turkish) not in allowed:
            yield turkish


def test_every_sentence_has_its_turkish() -> None:
    messages = {forms: translated(forms) for forms in sentences()}

    assert [forms[0] for forms, m in messages.items() if m is None or not all(spoken_forms(m.string))] == []


def test_no_turkish_sentence_waits_for_a_second_look() -> None:
    assert [message.id for message in catalogue() if message.id and message.fuzzy] == []


def test_a_turkish_sentence_has_the_gaps_of_its_original() -> None:
    assert [turkish for forms in sentences() for turkish in wrong_gaps(forms)] == []


def test_no_sentence_is_glued_at_its_ends() -> None:
    assert [form for forms in sentences() for form in forms if form != form.strip()] == []


def test_the_desk_speaks_what_the_catalogue_says() -> None:
    compiled = WRITTEN.with_suffix(".mo")
    if not compiled.exists():
        pytest.fail("run make first: it compiles the catalogue")
    with compiled.open("rb") as file:
        spoken = gettext.GNUTranslations(file)

    assert {
        message.id: spoken.gettext(message.id)
        for message in catalogue()
        if isinstance(message.id, str) and message.id and message.string
        if spoken.gettext(message.id) != message.string
    } == {}
