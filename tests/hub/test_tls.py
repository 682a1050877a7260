"""A desk speaks to the hub it was told of, and to no other."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import trustme

from civicdesk.hub import making
from civicdesk.sync.pg_hub import Address, Limits, PgHub
from civicdesk.sync.port import CONTRACT, Away, Refused
from tests.postgres import TrialHub

NOBODY = "0" * 32


@pytest.fixture
def address(hub: TrialHub) -> Address:
    return hub.address(hub.credential("front"), by_tls=True)


def speak(hub: TrialHub, address: Address) -> int:
    port = PgHub(address, hub.credential("front").secret, Limits(connect=3, answer=5))
    try:
        return port.hello(NOBODY, CONTRACT).tenant
    finally:
        port.close()


def test_the_municipalitys_authority_is_trusted(hub: TrialHub, address: Address) -> None:
    assert speak(hub, address) == 1
    assert speak(hub, replace(address, host="127.0.0.1")) == 1


def test_another_authority_is_not(hub: TrialHub, address: Address, tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    trustme.CA().cert_pem.write_to_path(str(other))

    with pytest.raises(Away, match="certificate verify failed"):
        speak(hub, replace(address, ca=other))


def test_a_name_that_is_not_in_the_certificate_is_refused(hub: TrialHub, address: Address) -> None:
    with pytest.raises(Away, match=r"certificate for .* does not match"):
        speak(hub, replace(address, host="127.0.0.2"))


def test_without_an_authority_of_our_own_the_computers_are_asked(hub: TrialHub, address: Address) -> None:
    with pytest.raises(Away):
        speak(hub, replace(address, ca=None))


def test_a_desk_may_come_with_a_certificate_instead_of_a_secret(
    hub: TrialHub, address: Address, tmp_path: Path
) -> None:
    with hub.admin() as admin:
        making.run(admin, f"CREATE ROLE by_certificate; GRANT by_certificate TO {address.role}")
    speaks: dict[str, Address] = {}
    for name, authority in (("own", hub.server.ca), ("strange", trustme.CA())):
        issued = authority.issue_cert(common_name=address.role, organization_name="Desks")
        certificate, key = tmp_path / f"{name}.pem", tmp_path / f"{name}.key"
        issued.cert_chain_pems[0].write_to_path(str(certificate))
        issued.private_key_pem.write_to_path(str(key))
        key.chmod(0o600)
        speaks[name] = replace(address, certificate=certificate, key=key)
    try:
        own = PgHub(speaks["own"], "")
        assert own.hello(NOBODY, CONTRACT).tenant == 1
        own.close()
        with pytest.raises((Away, Refused)):
            PgHub(speaks["strange"], "").hello(NOBODY, CONTRACT)
        with pytest.raises((Away, Refused)):
            PgHub(address, hub.credential("front").secret).hello(NOBODY, CONTRACT)
    finally:
        with hub.admin() as admin:
            making.run(admin, "DROP ROLE by_certificate")


def test_a_hub_nobody_answers_for_is_away(hub: TrialHub, address: Address) -> None:
    with pytest.raises(Away):
        speak(hub, replace(address, port=1))
