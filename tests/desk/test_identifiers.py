from __future__ import annotations

import pytest

from civicdesk.desk import identifiers, kinds
from civicdesk.errors import Refusal
from civicdesk.models import OrganisationKind as Kind


def reasons(kind: Kind, **said: str) -> list[str]:
    return [doubt.reason for doubt in identifiers.doubts(kind, said)]


def test_there_are_eleven_kinds_of_member_and_five_of_outside_body() -> None:
    assert len(kinds.MEMBER_KINDS) == 11
    assert len(kinds.OUTSIDE_KINDS) == 5
    assert set(kinds.RULES) == set(Kind)


@pytest.mark.parametrize(
    ("kind", "is_legal"),
    [
        (Kind.ASSOCIATION, True),
        (Kind.FOUNDATION, True),
        (Kind.FEDERATION, True),
        (Kind.CONFEDERATION, True),
        (Kind.COOPERATIVE, True),
        (Kind.REPRESENTATION, False),
        (Kind.PLATFORM, False),
        (Kind.COMMUNITY, False),
        (Kind.INITIATIVE, False),
        (Kind.NETWORK, False),
        (Kind.VENTURE, False),
    ],
)
def test_who_is_a_legal_person_may_have_a_tax_number(kind: Kind, is_legal: bool) -> None:
    rule = kinds.rule(kind)

    assert rule.is_legal_person is is_legal
    assert ("tax_number" in rule.identifiers) is is_legal


@pytest.mark.parametrize("typed", ["35-084-076", "35 084 076", "35084076", "35.084.076"])
def test_a_registry_number_is_kept_in_its_usual_form(typed: str) -> None:
    assert identifiers.clean("registry_number", typed) == "35-084-076"


@pytest.mark.parametrize("odd", ["99-123-456", "00-123-456", "82-001-002", "35-84-76", "abc"])
def test_an_odd_registry_number_is_told_of_and_kept(odd: str) -> None:
    assert identifiers.clean("registry_number", odd) == odd
    assert reasons(Kind.ASSOCIATION, registry_number=odd) == ["odd_registry"]


def test_a_foundation_has_a_registry_of_its_own() -> None:
    assert reasons(Kind.FOUNDATION, registry_number="VGM 1234/5") == []


def test_the_check_digit_of_a_tax_number_is_looked_at() -> None:
    assert reasons(Kind.ASSOCIATION, tax_number="4540536920") == []
    assert reasons(Kind.ASSOCIATION, tax_number="4540536921") == ["odd_tax"]


@pytest.mark.parametrize(
    ("field", "good", "bad"),
    [
        ("mersis", "0454053692000015", "454053692"),
        ("uets", "25999123456789 0".replace(" ", ""), "25999"),
        ("phone", "+902324441453", "+900000"),
        ("email", "bilgi@dernek.example", "bilgi"),
    ],
)
def test_other_numbers_are_looked_at_too(field: str, good: str, bad: str) -> None:
    assert reasons(Kind.COOPERATIVE, **{field: good}) == []
    assert reasons(Kind.COOPERATIVE, **{field: bad}) == [f"odd_{field}"]


def test_a_platform_without_a_responsible_person_is_told_of() -> None:
    assert reasons(Kind.PLATFORM) == ["no_responsible"]
    assert reasons(Kind.PLATFORM, responsible_person="Ayşe Tan") == []


@pytest.mark.parametrize("typed", ["10000000146", "1000 000 01 46", "no 10000000146"])
def test_a_national_id_is_refused_as_a_number(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        identifiers.clean("tax_number", typed)

    assert refused.value.reason == "national_id"


@pytest.mark.parametrize(
    "typed", ["0532 123 45 67", "532 123 45 67", "+90 532 123 45 67", "0090 532 1234567"]
)
def test_a_phone_is_kept_in_one_form(typed: str) -> None:
    assert identifiers.phone(typed) == "+905321234567"
    assert identifiers.phone_shown("+905321234567") == "0532 123 45 67"


def test_what_is_no_phone_number_is_kept_as_written() -> None:
    assert identifiers.phone("dahili 12, santral") == "dahili 12, santral"
    assert identifiers.phone_shown("dahili 12, santral") == "dahili 12, santral"


def test_a_masked_number_shows_its_end_only() -> None:
    assert identifiers.masked("4540536920") == "•••• 6920"
    assert identifiers.masked("") == ""
