"""The eleven kinds of member and the outside bodies: what each of them may be, must have and cannot have."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from civicdesk.models import OrganisationKind as Kind
from civicdesk.text import N_, _

IDENTIFIERS = ("registry_number", "tax_number", "mersis", "uets")
"""The numbers by which others know an organisation."""

_LEGAL = frozenset({"registry_number", "tax_number", "uets"})
_TRADING = frozenset({"tax_number", "mersis", "uets"})
_PUBLIC = frozenset({"tax_number", "uets"})


@dataclass(frozen=True, kw_only=True)
class Rule:
    """What holds for a kind: whether it is a legal person, must belong to another one, and which numbers it may have.

    `parents` are the kinds it may belong to; `wants_responsible` asks for a person, since there is no legal one.
    """

    word: str
    is_legal_person: bool = False
    needs_parent: bool = False
    parents: frozenset[Kind] = frozenset()
    identifiers: frozenset[str] = frozenset()
    wants_responsible: bool = False
    is_outside: bool = False


_UNIONS = frozenset({Kind.FEDERATION, Kind.CONFEDERATION})
_LOOSE = frozenset({Kind.ASSOCIATION, Kind.FOUNDATION, Kind.FEDERATION, Kind.CONFEDERATION, Kind.PLATFORM})

RULES: Mapping[Kind, Rule] = {
    Kind.ASSOCIATION: Rule(word=N_("Association"), is_legal_person=True, parents=_UNIONS, identifiers=_LEGAL),
    Kind.FOUNDATION: Rule(word=N_("Foundation"), is_legal_person=True, identifiers=_LEGAL),
    Kind.FEDERATION: Rule(
        word=N_("Federation"),
        is_legal_person=True,
        parents=frozenset({Kind.CONFEDERATION}),
        identifiers=_LEGAL,
    ),
    Kind.CONFEDERATION: Rule(word=N_("Confederation"), is_legal_person=True, identifiers=_LEGAL),
    Kind.REPRESENTATION: Rule(
        word=N_("Representative office"),
        needs_parent=True,
        parents=frozenset({Kind.ASSOCIATION, Kind.FEDERATION, Kind.CONFEDERATION, Kind.FOUNDATION}),
    ),
    Kind.PLATFORM: Rule(word=N_("Platform"), parents=_LOOSE, wants_responsible=True),
    Kind.COOPERATIVE: Rule(word=N_("Cooperative"), is_legal_person=True, identifiers=_TRADING),
    Kind.COMMUNITY: Rule(word=N_("Community"), parents=_LOOSE, wants_responsible=True),
    Kind.INITIATIVE: Rule(word=N_("Civic initiative"), parents=_LOOSE, wants_responsible=True),
    Kind.NETWORK: Rule(word=N_("Civic network"), parents=_LOOSE, wants_responsible=True),
    Kind.VENTURE: Rule(word=N_("Venture"), parents=_LOOSE, wants_responsible=True),
    Kind.CITY_COUNCIL: Rule(word=N_("City council"), is_outside=True),
    Kind.MUNICIPALITY: Rule(
        word=N_("Municipality"), is_legal_person=True, identifiers=_PUBLIC, is_outside=True
    ),
    Kind.PUBLIC_BODY: Rule(word=N_("Public body"), identifiers=_PUBLIC, is_outside=True),
    Kind.CHAMBER: Rule(
        word=N_("Professional chamber"), is_legal_person=True, identifiers=_PUBLIC, is_outside=True
    ),
    Kind.UNIVERSITY: Rule(word=N_("University"), is_legal_person=True, identifiers=_PUBLIC, is_outside=True),
}

MEMBER_KINDS = tuple(kind for kind, rule in RULES.items() if not rule.is_outside)
OUTSIDE_KINDS = tuple(kind for kind, rule in RULES.items() if rule.is_outside)


def rule(kind: str) -> Rule:
    """What holds for a kind; a kind of a newer desk may be anything."""
    return RULES[Kind(kind)] if kind in RULES else Rule(word=kind, identifiers=frozenset(IDENTIFIERS))


def kind_words(kind: str) -> str:
    """A kind in the language spoken now."""
    return _(rule(kind).word)
