"""The words for the kinds of organisations."""

from __future__ import annotations

from civicdesk.models import OrganisationKind
from civicdesk.text import N_, _

_KINDS: dict[str, str] = {
    OrganisationKind.ASSOCIATION: N_("Association"),
    OrganisationKind.FOUNDATION: N_("Foundation"),
    OrganisationKind.FEDERATION: N_("Federation"),
    OrganisationKind.CONFEDERATION: N_("Confederation"),
    OrganisationKind.REPRESENTATION: N_("Representative office"),
    OrganisationKind.PLATFORM: N_("Platform"),
    OrganisationKind.COOPERATIVE: N_("Cooperative"),
    OrganisationKind.COMMUNITY: N_("Community"),
    OrganisationKind.INITIATIVE: N_("Civic initiative"),
    OrganisationKind.NETWORK: N_("Civic network"),
    OrganisationKind.VENTURE: N_("Venture"),
    OrganisationKind.CITY_COUNCIL: N_("City council"),
    OrganisationKind.MUNICIPALITY: N_("Municipality"),
    OrganisationKind.PUBLIC_BODY: N_("Public body"),
    OrganisationKind.CHAMBER: N_("Professional chamber"),
    OrganisationKind.UNIVERSITY: N_("University"),
}


def organisation_kind_words(kind: str) -> str:
    """What kind of organisation it is; a kind of a newer desk is shown as it is stored."""
    return _(_KINDS[kind]) if kind in _KINDS else kind
