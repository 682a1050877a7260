"""What may be typed into a form, and the clear sentence when it may not."""

from __future__ import annotations

import re
import unicodedata

from civicdesk.errors import Refusal
from civicdesk.text import _

NAME_LENGTH = 200
NOTE_LENGTH = 2_000
_TURKEY = 90
MOST_PEOPLE = 500

_DIGIT_RUN = re.compile(r"(?<!\d)\d(?:[ .\-]?\d){10}(?!\d)")


def name(text: str) -> str:
    """A person's name as typed, without what cannot be seen. Refuses `no_name`, `long_name`, `national_id`."""
    clean = _visible(text)
    if not any(c.isalpha() for c in clean):
        _refuse_national_id(clean)
        raise Refusal("no_name", _("Write the visitor's name."))
    if len(clean) > NAME_LENGTH:
        raise Refusal(
            "long_name", _("A name has at most {} letters. Write a shorter one.").format(NAME_LENGTH)
        )
    _refuse_national_id(clean)
    return clean


def note(text: str) -> str:
    """A remark. Refuses `long_note` and `national_id`."""
    clean = _visible(text)
    if len(clean) > NOTE_LENGTH:
        raise Refusal(
            "long_note", _("A note has at most {} letters. Write a shorter one.").format(NOTE_LENGTH)
        )
    _refuse_national_id(clean)
    return clean


def phone(text: str) -> str:
    """A phone number in E.164, or nothing for nothing. Refuses `bad_phone` and `national_id`."""
    clean = _visible(text)
    if not clean:
        return ""
    _refuse_national_id(clean)
    import phonenumbers  # noqa: PLC0415  slow to import, and most visitors give no number

    try:
        number = phonenumbers.parse(clean, "TR")
    except phonenumbers.NumberParseException:
        number = None
    if number is None or not phonenumbers.is_possible_number(number):
        raise Refusal(
            "bad_phone", _("This is not a phone number. Write it as 0532 123 45 67, or leave it empty.")
        )
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))


def phone_as_dialled(e164: str) -> str:
    """The number as people here write it: `0532 123 45 67`."""
    if not e164:
        return ""
    import phonenumbers  # noqa: PLC0415

    number = phonenumbers.parse(e164, "TR")
    form = phonenumbers.PhoneNumberFormat
    return str(
        phonenumbers.format_number(
            number, form.NATIONAL if number.country_code == _TURKEY else form.INTERNATIONAL
        )
    )


def people(count: int) -> int:
    """How many come together. Refuses `no_people` and `many_people`."""
    if count < 1:
        raise Refusal("no_people", _("At least one person comes in."))
    if count > MOST_PEOPLE:
        raise Refusal(
            "many_people", _("At most {} people come in at once. Count the rest by head.").format(MOST_PEOPLE)
        )
    return count


def has_national_id(text: str) -> bool:
    """Whether a Turkish national ID number stands somewhere in the text. Used to refuse it, for nothing else."""
    from stdnum.tr import tckimlik  # noqa: PLC0415

    plain = "".join(_ascii_digit(c) for c in text)
    return any(tckimlik.is_valid(re.sub(r"\D", "", run)) for run in _DIGIT_RUN.findall(plain))


def _refuse_national_id(text: str) -> None:
    if has_national_id(text):
        raise Refusal(
            "national_id",
            _("This looks like a national ID number. CivicDesk does not keep those; please take it out."),
        )


def _visible(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    seen = "".join(" " if c in "\t\r\n" else c for c in composed if c in "\t\r\n" or _is_visible(c))
    return " ".join(seen.split())


def _is_visible(c: str) -> bool:
    # a zero-width joiner builds Persian words and emoji; other invisible marks only hide things
    return c in "\u200d\u200c" or unicodedata.category(c) not in ("Cc", "Cf", "Cs", "Co", "Cn")


def _ascii_digit(c: str) -> str:
    value = unicodedata.decimal(c, None)
    return c if value is None else str(value)
