"""The desk's own texts of its e-mails, and what may stand in them: of an item of post its number and kind alone."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from string import Formatter

from civicdesk.errors import Refusal
from civicdesk.text import N_, _, said_in

LONGEST = 4_000
LONGEST_SUBJECT = 200


class Text(StrEnum):
    """The texts that there are; a manager may write each anew in each language."""

    POST = "mail_came"
    NOTICE = "notice_came"
    DIGEST = "mail_digest"
    REMINDER_3 = "mail_reminder_3"
    REMINDER_7 = "mail_reminder_7"
    REMINDER_30 = "mail_reminder_30"
    RECEIPT = "receipt"
    MESSAGE = "message"
    PASS = "pass"
    SHEET = "sheet"


@dataclass(frozen=True)
class Written:
    """A subject and a body, with gaps such as {number} or filled."""

    subject: str
    body: str


_ITEM = ("organisation", "centre", "number", "kind", "day", "time")
_LIST = ("organisation", "centre", "count", "items", "day")
GAPS: Mapping[Text, tuple[str, ...]] = {
    Text.POST: _ITEM,
    Text.NOTICE: _ITEM,
    Text.DIGEST: _LIST,
    Text.REMINDER_3: _LIST,
    Text.REMINDER_7: _LIST,
    Text.REMINDER_30: _LIST,
    Text.RECEIPT: ("organisation", "centre", "collector", "count", "items", "day", "time"),
    Text.MESSAGE: ("organisation", "centre", "caller", "number", "person", "text", "day", "time"),
    Text.PASS: ("name", "centre", "when", "where", "code"),
    Text.SHEET: ("centre", "day"),
}
"""What a text may name, by the word between braces."""

_OWN: Mapping[Text, Written] = {
    Text.POST: Written(
        N_("Post has come: {number} · {kind}"),
        N_(
            "Hello,\n\nan item of post has come for {organisation}.\n\n{number} · {kind}\n{day}, {time}\n\n"
            "It can be collected at the desk by somebody authorised to do so.\n\n{centre}"
        ),
    ),
    Text.NOTICE: Written(
        N_("Official notice: {number} · {kind}"),
        N_(
            "Hello,\n\nan official notice for {organisation} was brought to the desk.\n\n{number} · {kind}\n"
            "{day}, {time}\n\nPlease come to the desk, or have it seen to, as soon as you can.\n\n{centre}"
        ),
    ),
    Text.DIGEST: Written(
        N_("Post of {day} ({count})"),
        N_(
            "Hello,\n\nthis post waits at the desk for {organisation}:\n\n{items}\n\n"
            "It can be collected by somebody authorised to do so.\n\n{centre}"
        ),
    ),
    Text.REMINDER_3: Written(
        N_("Post is waiting for you ({count})"),
        N_(
            "Hello,\n\nthis post has waited at the desk for {organisation} for three days or longer:\n\n{items}\n\n"
            "It can be collected by somebody authorised to do so.\n\n{centre}"
        ),
    ),
    Text.REMINDER_7: Written(
        N_("Post has waited for a week ({count})"),
        N_(
            "Hello,\n\nthis post has waited at the desk for {organisation} for a week or longer:\n\n{items}\n\n"
            "Please have it collected by somebody authorised to do so.\n\n{centre}"
        ),
    ),
    Text.REMINDER_30: Written(
        N_("Post has waited for a month ({count})"),
        N_(
            "Hello,\n\nthis post has waited at the desk for {organisation} for a month or longer:\n\n{items}\n\n"
            "Please have it collected soon, or tell the desk what is to become of it.\n\n{centre}"
        ),
    ),
    Text.RECEIPT: Written(
        N_("Post handed over on {day} ({count})"),
        N_(
            "Hello,\n\non {day} at {time} {collector} was handed this post of {organisation}:\n\n{items}\n\n"
            "Please tell the desk if this is not right.\n\n{centre}"
        ),
    ),
    Text.MESSAGE: Written(
        N_("Phone message from {caller}"),
        N_(
            "Hello,\n\nthere was a call for {organisation} on {day} at {time}.\n\nCaller: {caller}\n"
            "Number: {number}\nFor: {person}\n\n{text}\n\n{centre}"
        ),
    ),
    Text.PASS: Written(
        N_("Your visit: {centre}, {when}"),
        N_(
            "Hello {name},\n\nyou are expected at {centre}.\n\n{when}\n{where}\n\n"
            "Please show the code of the attached pass at the desk: {code}\n\n{centre}"
        ),
    ),
    Text.SHEET: Written(
        N_("Daily occupancy sheet of {day}"),
        N_("Hello,\n\nthe daily occupancy sheet of {day} is attached.\n\n{centre}"),
    ),
}


def own(text: Text, language: str) -> Written:
    """The desk's own text in a language."""
    written = _OWN[text]
    return Written(said_in(language, written.subject), said_in(language, written.body))


def check(text: Text, subject: str, body: str) -> Written:
    """A text as a manager wrote it. Refuses `no_text`, `long_text`, `bad_braces` and `unknown_gap`."""
    written = Written(" ".join(subject.split()), body.strip())
    if not written.subject or not written.body:
        raise Refusal("no_text", _("Write a subject and a text."))
    if len(written.subject) > LONGEST_SUBJECT or len(written.body) > LONGEST:
        raise Refusal("long_text", _("A text holds at most {} letters.").format(LONGEST))
    for part in (written.subject, written.body):
        _check_gaps(text, part)
    return written


def fill(text: Text, written: Written, values: Mapping[str, object], language: str) -> Written:
    """Put the values into the gaps; a text that names what is not there is passed over for the desk's own."""
    try:
        return _filled(written, values)
    except (KeyError, ValueError, IndexError, AttributeError):
        return _filled(own(text, language), values)


def _filled(written: Written, values: Mapping[str, object]) -> Written:
    said = {name: str(value) for name, value in values.items()}
    subject = " ".join(written.subject.format_map(said).split())
    return Written(subject[:LONGEST_SUBJECT], written.body.format_map(said))


def _check_gaps(text: Text, part: str) -> None:
    try:
        found = [(name, form, how) for _said, name, form, how in Formatter().parse(part) if name is not None]
    except ValueError as error:
        words = _(
            "A brace {{ or }} stands alone. Gaps are written like {{{}}}; a plain brace is written twice."
        )
        raise Refusal("bad_braces", words.format(GAPS[text][0])) from error
    for name, form, how in found:
        if name not in GAPS[text] or form or how:
            words = _("There is no {gap} for this text. It may hold: {gaps}")
            gaps = ", ".join(f"{{{each}}}" for each in GAPS[text])
            raise Refusal("unknown_gap", words.format(gap=f"{{{name}}}", gaps=gaps))
