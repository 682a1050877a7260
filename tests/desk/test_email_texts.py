from __future__ import annotations

from string import Formatter

import pytest

from civicdesk.database import Database
from civicdesk.desk import email_templates, email_texts
from civicdesk.desk.email_texts import GAPS, Text, Written
from civicdesk.errors import Refusal
from civicdesk.text import LANGUAGES
from tests.builders import TUESDAY

OF_AN_ITEM = {"organisation", "centre", "number", "kind", "day", "time", "count", "items", "collector"}


@pytest.mark.parametrize("text", Text)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_desks_own_texts_hold_only_what_may_stand_in_them(text: Text, language: str) -> None:
    own = email_texts.own(text, language)

    assert email_texts.check(text, own.subject, own.body) == own


@pytest.mark.parametrize("text", Text)
def test_turkish_is_said_in_turkish_whatever_the_desk_speaks(text: Text) -> None:
    assert email_texts.own(text, "tr").body != email_texts.own(text, "en").body
    assert "Merhaba" in email_texts.own(text, "tr").body


@pytest.mark.parametrize("text", [each for each in Text if each not in (Text.MESSAGE, Text.PASS)])
def test_no_text_about_post_can_name_more_than_number_and_kind(text: Text) -> None:
    assert set(GAPS[text]) <= OF_AN_ITEM


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("Gönderen: {sender}", "unknown_gap"),
        ("{number.__class__}", "unknown_gap"),
        ("{number!r}", "unknown_gap"),
        ("{number:>100}", "unknown_gap"),
        ("{}", "unknown_gap"),
        ("{number", "bad_braces"),
        ("number}", "bad_braces"),
        ("  ", "no_text"),
        ("x" * 4_001, "long_text"),
    ],
)
def test_a_text_that_cannot_be_filled_is_not_kept(database: Database, body: str, reason: str) -> None:
    with database.begin() as session, pytest.raises(Refusal) as refused:
        email_templates.write(session, Text.POST, "tr", "Gönderi", body, at=TUESDAY)

    assert refused.value.reason == reason


def test_the_sentence_says_which_gaps_there_are() -> None:
    with pytest.raises(Refusal, match=r"\{organisation\}, \{centre\}, \{number\}"):
        email_texts.check(Text.POST, "{sender}", "x")


def test_what_a_manager_wrote_is_sent_in_its_language_alone(database: Database) -> None:
    with database.begin() as session:
        email_templates.write(
            session, Text.POST, "tr", "Kutunuza {number}", "{{parantez}} {kind}", at=TUESDAY
        )
        turkish = email_templates.text_of(session, Text.POST, "tr")

        assert turkish == Written("Kutunuza {number}", "{{parantez}} {kind}")
        assert email_templates.text_of(session, Text.POST, "en") == email_texts.own(Text.POST, "en")
        filled = email_texts.fill(Text.POST, turkish, {"number": "2026-1", "kind": "Koli"}, "tr")
        assert filled == Written("Kutunuza 2026-1", "{parantez} Koli")

        email_templates.use_own(session, Text.POST, "tr", at=TUESDAY)
        session.flush()
        assert email_templates.is_own(session, Text.POST, "tr")


def test_a_text_of_another_desk_that_names_what_is_not_there_is_passed_over() -> None:
    values = dict.fromkeys(GAPS[Text.POST], "x")
    filled = email_texts.fill(Text.POST, Written("{weight}", "{weight}"), values, "en")

    assert filled.subject == "Post has come: x · x"


def test_a_name_with_braces_stays_as_it_is() -> None:
    values = {**dict.fromkeys(GAPS[Text.POST], "x"), "organisation": "{number} Derneği"}
    assert (
        "{number} Derneği" in email_texts.fill(Text.POST, email_texts.own(Text.POST, "en"), values, "en").body
    )


def test_every_gap_is_of_some_use() -> None:
    for text, gaps in GAPS.items():
        own = email_texts.own(text, "en")
        named = {name for part in (own.subject, own.body) for _said, name, *_rest in Formatter().parse(part)}
        assert named - {None} <= set(gaps)
