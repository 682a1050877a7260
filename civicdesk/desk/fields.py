"""What may be typed into a form, and the clear sentence when it may not."""

from __future__ import annotations

import re
import unicodedata
from datetime import date

from civicdesk.errors import Refusal
from civicdesk.text import _

NAME_LENGTH = 200
NOTE_LENGTH = 2_000
_TURKEY = 90
MOST_PEOPLE = 500
_LAST_MINUTE = 59

# eleven digits, also spelled with gaps; looked at from every digit, since another number may stand before
_DIGIT_RUN = re.compile(r"(?<!\d)(?=(\d(?:[ ._/\-‐-―−]{0,3}\d){10})(?!\d))")


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
    if not clean.startswith(("+", "00")):
        _refuse_national_id(clean)
    import phonenumbers  # noqa: PLC0415  slow to import, and most visitors give no number

    try:
        # it would read letters as on an old telephone's keys
        number = None if any(map(str.isalpha, clean)) else phonenumbers.parse(clean, "TR")
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


def written_day(text: str, today: date) -> date:
    """A date as typed: `24.11.2026`, `24.11` or `24112026`. Refuses `bad_date`."""
    runs = re.findall(r"\d+", "".join(map(_ascii_digit, text)))
    if len(runs) == 1 and len(runs[0]) in (4, 8):
        runs = [runs[0][:2], runs[0][2:4], *filter(None, [runs[0][4:]])]
    try:
        on, month, *year = map(int, runs[:4])
        (given,) = year or [_year_of(on, month, today)]
        return date(given, month, on)
    except ValueError:
        raise Refusal("bad_date", _("Write the date as {}.").format(f"{today:%d.%m.%Y}")) from None


def written_time(text: str) -> str:
    """A time of day as typed: `9`, `930`, `9.30` and `09:30` become `09:30`. Refuses `bad_time`."""
    runs = re.findall(r"\d+", "".join(map(_ascii_digit, text)))
    if len(runs) == 1 and len(runs[0]) in (3, 4):
        runs = [runs[0][:-2], runs[0][-2:]]
    hour, minute = (int(run) for run in (*runs, "0", "99")[:2])
    if len(runs) not in (1, 2) or minute > _LAST_MINUTE or (hour, minute) > (24, 0):
        raise Refusal("bad_time", _("Write times as 09:00."))
    return f"{hour:02d}:{minute:02d}"


def has_national_id(text: str) -> bool:
    """Whether a Turkish national ID number stands somewhere in the text. Used to refuse it, for nothing else."""
    from stdnum.tr import tckimlik  # noqa: PLC0415

    plain = "".join(_ascii_digit(c) for c in text if unicodedata.category(c) != "Cf")
    return any(tckimlik.is_valid(re.sub(r"\D", "", run)) for run in _DIGIT_RUN.findall(plain))


def _year_of(on: int, month: int, today: date) -> int:
    """Without a year it is the next such day."""
    return today.year + (date(today.year, month, on) < today)


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
