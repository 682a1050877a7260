"""The one code by which a desk is asked to a hub: where it is, who the desk is there, its secret, whom to trust.

Capitals and digits only, so that a reader, a keyboard or a paste brings it over whole; the end checks it.
A certificate authority that is too long for a code goes by its fingerprint alone and is then given as a file.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
import ssl
from dataclasses import dataclass

PREFIX = "CIVICHUB1"
"""What every such code begins with."""

LONGEST_AUTHORITY = 900
LONGEST = 4_000
"""A code is never longer, blanks and line ends of a paste included."""

_CHECK = 5
_FINGERPRINT = 32
_FORGIVEN = str.maketrans(
    {"ı": "I", "i": "I", "İ": "I", " ": None, "-": None, "\n": None, "\r": None, "\t": None}
)


class Damaged(ValueError):
    """Not a code of ours, or not all of it."""


@dataclass(frozen=True)
class Invitation:
    """What the code says. `authority` is the certificate (DER) of the municipality's authority, where it is short."""

    host: str
    port: int
    database: str
    tenant: int
    scope: int
    role: str
    secret: str
    fingerprint: bytes
    authority: bytes = b""

    def authority_pem(self) -> str:
        """The authority as a file that `verify-full` takes; empty where only its fingerprint is known."""
        return ssl.DER_cert_to_PEM_cert(self.authority) if self.authority else ""

    def trusts(self, pem: str) -> bool:
        """Whether a certificate file is the authority that was meant."""
        return hashlib.sha256(ssl.PEM_cert_to_DER_cert(pem.strip())).digest() == self.fingerprint


def invite(  # noqa: PLR0917
    host: str, port: int, database: str, tenant: int, scope: int, role: str, secret: str, authority: str
) -> Invitation:
    """An invitation that trusts this authority (a PEM file's text)."""
    der = ssl.PEM_cert_to_DER_cert(authority.strip())
    short = der if len(der) <= LONGEST_AUTHORITY else b""
    fingerprint = hashlib.sha256(der).digest()
    return Invitation(host, port, database, tenant, scope, role, secret, fingerprint, short)


def encode(one: Invitation) -> str:
    """The code."""
    said = [one.host, one.port, one.database, one.tenant, one.scope, one.role, one.secret]
    text = json.dumps(said, separators=(",", ":")).encode()
    body = len(text).to_bytes(2, "big") + text + one.fingerprint + one.authority
    return PREFIX + base64.b32encode(body + _check(body)).decode().rstrip("=")


def is_one(text: str) -> bool:
    """Whether a scan or a paste is such a code, whole or not."""
    return _plain(text[:40]).startswith(PREFIX)


def decode(text: str) -> Invitation:
    """What a code says; Damaged where a part is missing or wrong."""
    plain = _plain(text)
    if not plain.startswith(PREFIX):
        raise Damaged
    coded = plain.removeprefix(PREFIX)
    try:
        whole = base64.b32decode(coded + "=" * (-len(coded) % 8))
        body, check = whole[:-_CHECK], whole[-_CHECK:]
        if check != _check(body):
            raise Damaged
        end = 2 + int.from_bytes(body[:2], "big")
        said = json.loads(body[2:end])
    except (binascii.Error, UnicodeError, json.JSONDecodeError) as trouble:
        raise Damaged from trouble
    host, port, database, tenant, scope, role, secret = said
    trusted = body[end : end + _FINGERPRINT], body[end + _FINGERPRINT :]
    return Invitation(host, port, database, tenant, scope, role, secret, *trusted)


def _check(body: bytes) -> bytes:
    return hashlib.sha256(body).digest()[:_CHECK]


def _plain(text: str) -> str:
    return text.translate(_FORGIVEN).upper()
