"""Members that stand in a table: which column says what, and what each row means."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from itertools import zip_longest

from rapidfuzz.distance import OSA

from civicdesk.desk import identifiers, kinds, members_more, tables_in
from civicdesk.desk.members_more import Said
from civicdesk.desk.tables_in import Row, Table, cell
from civicdesk.errors import Refusal
from civicdesk.models import OrganisationKind as Kind
from civicdesk.text import _, fold

NAMES: dict[str, tuple[str, ...]] = {
    "name": ("kuruluş", "kuruluş adı", "kurum", "kurum adı", "ad", "adı", "ünvan", "unvan", "ünvanı", "dernek adı",
             "dernek", "üye", "stk", "stö", "organisation", "organization", "name"),
    "short_name": ("kısa ad", "kısa adı", "kısaltma", "short name", "abbreviation"),
    "kind": ("tür", "türü", "kuruluş türü", "tüzel kişilik türü", "kind", "type"),
    "membership": ("üyelik", "üyelik durumu", "üye mi", "durum", "membership", "status"),
    "parent": ("bağlı olduğu kuruluş", "bağlı kuruluş", "üst kuruluş", "bağlı olduğu", "temsil ettiği", "parent",
               "belongs to"),
    "box": ("posta kutusu", "kutu no", "kutu", "posta kutusu no", "box", "mailbox", "box number"),
    "registry_number": ("kütük no", "kütük numarası", "kütük", "sicil no", "derbis no", "registry number",
                        "registry no"),
    "tax_number": ("vergi no", "vergi numarası", "vkn", "vergi kimlik no", "tax number", "tax no"),
    "mersis": ("mersis", "mersis no"),
    "uets": ("uets", "uets adresi", "uets no", "e tebligat"),
    "phone": ("telefon", "tel", "telefon no", "cep", "gsm", "phone"),
    "email": ("e posta", "eposta", "mail", "e mail", "email"),
    "responsible_person": ("sorumlu", "sorumlu kişi", "başkan", "yetkili", "responsible", "responsible person",
                           "chair"),
    "joined_on": ("üyelik tarihi", "giriş tarihi", "katılma tarihi", "joined", "member since"),
    "collector": ("teslim alan", "teslim almaya yetkili", "posta yetkilisi", "yetkililer", "collector", "collectors"),
    "authority_reference": ("yetki yazısı", "yetki belgesi", "yetki yazısı no", "authority", "authority letter"),
    "authority_until": ("yetki bitişi", "yetki bitiş tarihi", "yetki sonu", "authority until", "authority ends"),
    **members_more.NAMES,
}  # fmt: skip
"""What a column may be called, in Turkish and English; compared folded. The first of each is what we write."""

NEEDED = ("name",)
TEXTS = ("name", "short_name", "phone", "email", "responsible_person", *kinds.IDENTIFIERS)

_KINDS: dict[Kind, tuple[str, ...]] = {
    Kind.ASSOCIATION: ("dernek", "derneği", "association"),
    Kind.FOUNDATION: ("vakıf", "vakfı", "foundation"),
    Kind.FEDERATION: ("federasyon", "federasyonu", "federation"),
    Kind.CONFEDERATION: ("konfederasyon", "konfederasyonu", "confederation"),
    Kind.REPRESENTATION: ("temsilcilik", "temsilciliği", "representative office", "representation"),
    Kind.PLATFORM: ("platform", "platformu"),
    Kind.COOPERATIVE: ("kooperatif", "kooperatifi", "cooperative"),
    Kind.COMMUNITY: ("topluluk", "topluluğu", "community"),
    Kind.INITIATIVE: ("sivil inisiyatif", "inisiyatif", "inisiyatifi", "civic initiative", "initiative"),
    Kind.NETWORK: ("sivil ağ", "ağ", "ağı", "civic network", "network"),
    Kind.VENTURE: ("girişim", "girişimi", "venture", "social venture"),
    Kind.CITY_COUNCIL: ("kent konseyi", "city council"),
    Kind.MUNICIPALITY: ("belediye", "belediyesi", "municipality"),
    Kind.PUBLIC_BODY: ("kamu kurumu", "valilik", "valiliği", "kaymakamlık", "kaymakamlığı", "müdürlüğü", "bakanlığı",
                       "public body"),
    Kind.CHAMBER: ("meslek odası", "oda", "odası", "professional chamber", "chamber"),
    Kind.UNIVERSITY: ("üniversite", "üniversitesi", "university"),
}  # fmt: skip
_FOLDED_KINDS = {fold(word): kind for kind, words in _KINDS.items() for word in words}
_OUTSIDE = tuple(
    map(fold, ("dış kuruluş", "dış", "hayır", "değil", "üye değil", "outside", "no", "outside body"))
)
_LEFT = tuple(map(fold, ("ayrıldı", "eski üye", "left", "former")))
_LONG_WORD = 6
_BETWEEN = re.compile(r"\s*[|\n;]\s*")


@dataclass(frozen=True)
class Collector:
    """Somebody a row names as authorised to collect post."""

    name: str
    reference: str = ""
    until: date | None = None


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One organisation as a file tells it. `place` is its row; `said` holds what is written, cleaned, by field.

    `trouble` is the sentence why the row cannot be read; one that `has_left` is not taken in again.
    """

    place: int
    name: str = ""
    kind: Kind | None = None
    is_member: bool | None = None
    parent: str = ""
    box: int | None = None
    joined_on: date | None = None
    said: Mapping[str, str] = field(default_factory=dict)
    collectors: Sequence[Collector] = ()
    more: Said = field(default_factory=Said)
    has_left: bool = False
    trouble: str = ""


def columns(table: Table) -> dict[str, int]:
    """Which column says what, as far as the words over them tell."""
    return tables_in.match(table.headers, NAMES)


def lacking(chosen: Mapping[str, int | None]) -> list[str]:
    """What has no column yet and cannot do without."""
    return [name for name in NEEDED if chosen.get(name) is None]


def entries(table: Table, chosen: Mapping[str, int | None]) -> list[Entry]:
    """What each row means, by the columns chosen."""
    return [_entry(row, chosen) for row in table.rows]


def stem(name: str, kind: str) -> str:
    """What is a name's own, without the word for its kind, its words in the order of the alphabet."""
    words = [word for word in fold(name).split() if word not in _usual(kind)]
    own = [
        word
        for word in words
        if not any(OSA.distance(word, each, score_cutoff=1) <= 1 for each in _long(kind))
    ]
    return " ".join(sorted(own or words or fold(name).split()))


@cache
def _usual(kind: str) -> frozenset[str]:
    """The words for a kind as they stand in names, and those that say nothing."""
    return frozenset({fold(word) for word in _KINDS.get(Kind(kind), ())} | {"der", "ve"})


@cache
def _long(kind: str) -> tuple[str, ...]:
    """Those long enough to be known again with a slip in them."""
    return tuple(word for word in _usual(kind) if len(word) >= _LONG_WORD)


def _entry(row: Row, chosen: Mapping[str, int | None]) -> Entry:
    told = {name: cell(row, chosen.get(name)) for name in NAMES}
    name = " ".join(told["name"].split())
    try:
        return Entry(
            place=row.number,
            name=name,
            kind=_kind(told["kind"], name),
            is_member=_is_member(told["membership"]),
            has_left=fold(told["membership"]) in _LEFT,
            parent=" ".join(told["parent"].split()),
            box=_box(told["box"]),
            joined_on=_day(told["joined_on"]),
            said={each: _text(each, told[each]) for each in TEXTS if told[each]},
            collectors=_collectors(told),
            more=members_more.read(told),
        )
    except Refusal as refusal:
        return Entry(place=row.number, name=name, trouble=str(refusal))


def _text(name: str, value: str) -> str:
    return identifiers.clean(name, value) if name in kinds.IDENTIFIERS else value


def _kind(said: str, name: str) -> Kind | None:
    """By the column, else by how the name ends; nothing if neither tells. Refuses `unreadable`."""
    if said:
        found = _FOLDED_KINDS.get(fold(said)) or (Kind(said) if said in set(Kind) else None)
        if found is None:
            raise Refusal(
                "unreadable", _("“{}” is not a kind of organisation that is known here.").format(said)
            )
        return found
    words = fold(name).split()
    for many in (2, 1):
        if found := _FOLDED_KINDS.get(" ".join(words[-many:])):
            return found
    return None


def _is_member(said: str) -> bool | None:
    word = fold(said)
    return None if not word else word not in _OUTSIDE


def _box(said: str) -> int | None:
    digits = re.sub(r"[^\d]", "", said)
    if not said:
        return None
    if not digits or len(digits) > 5:  # noqa: PLR2004  no wall has as many
        raise Refusal("unreadable", _("“{}” is not the number of a box.").format(said))
    return int(digits)


def _day(said: str) -> date | None:
    if not said:
        return None
    if (found := tables_in.day(said)) is None:
        raise Refusal("unreadable", _("“{}” is not a day. Write it as 24.11.2026.").format(said))
    return found


def _collectors(told: Mapping[str, str]) -> list[Collector]:
    """Several stand in one cell with | between them, and their papers and days likewise."""
    names, papers, days = (
        _BETWEEN.split(told[name]) if told[name] else []
        for name in ("collector", "authority_reference", "authority_until")
    )
    beside = zip_longest(names, papers[: len(names)], days[: len(names)], fillvalue="")
    return [Collector(name, paper, _day(until)) for name, paper, until in beside if name]
