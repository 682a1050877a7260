"""The numbers of an organisation: put into their usual form, and odd ones told of without standing in the way."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from civicdesk.desk import fields, kinds
from civicdesk.errors import Refusal
from civicdesk.text import _

NUMBER_LENGTH = 60
_REGISTRY = re.compile(r"(0[1-9]|[1-7]\d|8[01])-\d{3}-\d{3}")
_ON_THE_REGISTER = ("dernek", "federasyon", "konfederasyon")
_LENGTHS = {"mersis": 16, "uets": 15}
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s.]{2,}")


@dataclass(frozen=True)
class Doubt:
    """Something odd about a field. `reason` names the rule; nothing is refused for it."""

    field: str
    reason: str
    sentence: str


def clean(field: str, text: str) -> str:
    """A number as it is kept: `35 084 076` becomes `35-084-076`. Refuses `national_id` and `long_number`."""
    said = fields.note(text)
    if len(said) > NUMBER_LENGTH:
        raise Refusal(
            "long_number", _("A number has at most {} characters. Write a shorter one.").format(NUMBER_LENGTH)
        )
    digits = re.sub(r"[\s.\-/]", "", said)
    if not digits.isdecimal() or not digits.isascii():
        return said
    if field == "registry_number":
        return f"{digits[:2]}-{digits[2:5]}-{digits[5:]}" if len(digits) == 8 else said  # noqa: PLR2004
    return digits


def phone(text: str) -> str:
    """A phone number in E.164 where it is one, else as it was written. Refuses `national_id` and `long_number`."""
    try:
        return fields.phone(text)
    except Refusal as refusal:
        if refusal.reason != "bad_phone":
            raise
    said = fields.note(text)
    if len(said) > NUMBER_LENGTH:
        raise Refusal(
            "long_number", _("A number has at most {} characters. Write a shorter one.").format(NUMBER_LENGTH)
        )
    return said


def phone_shown(kept: str) -> str:
    """A kept number as people write it here; what is no number is shown as it was written."""
    return fields.phone_as_dialled(kept) if _is_e164(kept) else kept


def masked(kept: str) -> str:
    """A number that nobody needs to read, only to compare: `•••• 6920`."""
    return f"•••• {kept[-4:]}" if len(kept) > 4 else kept  # noqa: PLR2004


def doubts(kind: str, said: Mapping[str, str]) -> list[Doubt]:
    """What is odd about the numbers, phone and e-mail of an organisation of this kind."""
    found = [_odd(field, kind, said.get(field, "")) for field in (*kinds.IDENTIFIERS, "phone", "email")]
    if kinds.rule(kind).wants_responsible and not said.get("responsible_person"):
        sentence = _("Somebody should be named who answers for it: it is no legal person.")
        found.append(Doubt("responsible_person", "no_responsible", sentence))
    return [each for each in found if each is not None]


def _odd(field: str, kind: str, value: str) -> Doubt | None:
    if not value:
        return None
    if field == "registry_number":
        return _odd_registry(kind, value)
    if field == "tax_number":
        return _odd_tax(value)
    if field in _LENGTHS:
        return _odd_length(field, value)
    return _odd_phone(value) if field == "phone" else _odd_mail(value)


def _odd_registry(kind: str, value: str) -> Doubt | None:
    # foundations have a registry of their own, whose numbers look like anything
    if kind not in _ON_THE_REGISTER or _REGISTRY.fullmatch(value):
        return None
    sentence = _("A registry number is usually written 35-084-076, with a province before.")
    return Doubt("registry_number", "odd_registry", sentence)


def _odd_tax(value: str) -> Doubt | None:
    from stdnum.tr import vkn  # noqa: PLC0415  few forms come here

    if vkn.is_valid(value):
        return None
    return Doubt("tax_number", "odd_tax", _("The check digit of this tax number does not fit."))


def _odd_length(field: str, value: str) -> Doubt | None:
    length = _LENGTHS[field]
    if value.isdecimal() and len(value) == length:
        return None
    words = _("A MERSİS number has {} digits.") if field == "mersis" else _("A UETS address has {} digits.")
    return Doubt(field, f"odd_{field}", words.format(length))


def _odd_phone(value: str) -> Doubt | None:
    import phonenumbers  # noqa: PLC0415  slow to import

    if _is_e164(value) and phonenumbers.is_valid_number(phonenumbers.parse(value, "TR")):
        return None
    return Doubt("phone", "odd_phone", _("This does not look like a phone number that can be called."))


def _odd_mail(value: str) -> Doubt | None:
    if _MAIL.fullmatch(value):
        return None
    return Doubt("email", "odd_email", _("This does not look like an e-mail address."))


def _is_e164(kept: str) -> bool:
    return bool(re.fullmatch(r"\+\d{4,15}", kept))
