"""The one code by which a desk joins a hub."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest
import trustme

from civicdesk.codes import Fault, parse
from civicdesk.sync.invitation import Damaged, Invitation, decode, encode, invite, is_one


@pytest.fixture(scope="module")
def authority() -> str:
    return trustme.CA().cert_pem.bytes().decode()


@pytest.fixture
def invitation(authority: str) -> Invitation:
    return invite("hub.örnek.bel.tr", 5432, "civicdesk", 1, 7, "desk_0a1b2c", "s3cret-_X", authority)


def test_what_was_said_is_what_is_read(invitation: Invitation, authority: str) -> None:
    read = decode(encode(invitation))

    assert read == invitation
    assert read.authority_pem().split() == authority.split()
    assert read.trusts(authority)


def test_any_keyboard_and_any_reader_can_bring_it(invitation: Invitation) -> None:
    code = encode(invitation)

    assert re.fullmatch(r"[A-Z0-9]+", code)
    assert parse(code) == Fault.FOREIGN
    assert is_one(code)
    for way in (code.lower(), f" {code}\n", "-".join(code[i : i + 5] for i in range(0, len(code), 5)),
                code.replace("I", "ı"), code.replace("I", "i")):  # fmt: skip
        assert is_one(way)
        assert decode(way) == invitation


@pytest.mark.parametrize("cut", [0, 4, 9, 40, -1, -8])
def test_a_part_of_it_is_damaged_and_never_another_hub(invitation: Invitation, cut: int) -> None:
    with pytest.raises(Damaged):
        decode(encode(invitation)[:cut])


def test_one_wrong_letter_is_noticed(invitation: Invitation) -> None:
    code = encode(invitation)
    for at in range(9, len(code), 7):
        wrong = code[:at] + ("A" if code[at] != "A" else "B") + code[at + 1 :]
        with pytest.raises(Damaged):
            decode(wrong)


def test_an_authority_too_long_for_a_code_goes_by_its_fingerprint(
    invitation: Invitation, authority: str
) -> None:
    read = decode(encode(replace(invitation, authority=b"")))

    assert read.authority_pem() == ""
    assert read.trusts(authority)
    assert not read.trusts(trustme.CA().cert_pem.bytes().decode())


@pytest.mark.parametrize("text", ["", "111234", "CIVICHUB", "CIVICHUB1", "CIVICHUB1AAAA", "CIVICHUB1!!!!"])
def test_anything_else_is_none(text: str) -> None:
    with pytest.raises(Damaged):
        decode(text)
