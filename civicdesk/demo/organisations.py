"""The demo's 469 member organisations, a dozen outside bodies and 480 mailboxes. All are invented."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product

from civicdesk.demo.chance import Dice, apart
from civicdesk.demo.clock import TODAY
from civicdesk.demo.writer import Writer
from civicdesk.models import Notify
from civicdesk.models import OrganisationKind as Kind
from civicdesk.text import fold

MEMBERS = {
    Kind.ASSOCIATION: 352,
    Kind.FOUNDATION: 24,
    Kind.PLATFORM: 16,
    Kind.REPRESENTATION: 14,
    Kind.COMMUNITY: 14,
    Kind.FEDERATION: 12,
    Kind.COOPERATIVE: 12,
    Kind.INITIATIVE: 9,
    Kind.VENTURE: 7,
    Kind.NETWORK: 6,
    Kind.CONFEDERATION: 3,
}
"""How many of each kind: 469."""

BOXES = 480

_ON_THE_REGISTER = (Kind.ASSOCIATION, Kind.FEDERATION, Kind.CONFEDERATION)
_DISCREET = 0.02
_AT_ONCE, _DIGEST = 179, 230
_MEMBER_FOR = (60, 5_500)

_PLACES = apart(
    "Çınarova|Ihlamurlu|Dereboyu|Güneşli|Yeşilyamaç|Taşköprübaşı|İncirlik Tepe|Şirinbağ|Üzümlüova|"
    "Kuşburnu|Bağlıca Yolu|Öğretmenler Mahallesi"
)
_CAUSES = apart(
    "Komşuluk ve Dayanışma|Kültür ve Sanat|Engelsiz Yaşam|Kadın Emeği|Gençlik ve Spor|Çevre Koruma|"
    "Doğa Yürüyüşü|Arama Kurtarma|Yaşlılarla Dayanışma|Hayvan Dostları|Bisiklet|Satranç|Halk Oyunları|"
    "Türk Müziği|Fotoğraf|Kitap ve Okuma|Çocuk Gelişimi|Eğitim Gönüllüleri|Gıda Güvenliği|Arıcılık|"
    "Zeytin Üreticileri|El Sanatları|Emekliler|Amatör Denizcilik|Su Ürünleri|Tüketici Hakları|"
    "Kent Tarihi|Kültürel Miras|Tiyatro|Sinema|Bilim ve Teknoloji|Sağlıklı Yaşam|Kan Bağışı Gönüllüleri|"
    "Otizm Aileleri|İşitme Engelliler|Görme Engelliler|Göçmen Dayanışması|Köy Yaşamı|Okul Aileleri|"
    "Mahalle Bostanı"
)
_FREE_STANDING = apart(
    "Sessiz Adımlar|Umut Çınarları|Işık Yolu|İlk Adım|Mor Salkım|Küçük Kaşifler|Açık Pencere|Sıcak Yuva|"
    "Ortak Sofra|Dört Mevsim|Rüzgâr Gülü|Gökkuşağı Köprüsü|Uzun Yol|Yarının Fidanları|Genç Kodcular|"
    "Ege Kadın Emeği|Doğa Gönüllüleri|Şifalı Bitkiler|Yeni Ufuklar|Tatlı Su"
)
_WORDS = {
    Kind.FOUNDATION: (
        "Güneşli Yarınlar Eğitim|Çınarova Barış|Engelsiz Yaşam|Ova Kültür|Sağlık Köprüsü|İnci Hanım Öğrenci|"
        "Dereboyu Hayır|Kardelen Burs|Toprak ve Su|Ortak Gelecek|Ilgaz Doğa|Çocuk Gülüşü|Şefkat Eli|Yeşil Miras|"
        "Kitap Işığı|Öncü Kadınlar|Sanat Evi|Bilim Bahçesi|Gönül Sofrası|Tarih ve Kent|Ümit Işığı|Mavi Kıyı|"
        "Üretici Eller|Ulu Çınar|Yaşama Saygı"
    ),
    Kind.PLATFORM: (
        "Bisikletli Ulaşım|Kent Gözlem|Temiz Hava|Engelsiz Kent|Kadın Dayanışma|Gençlik Katılım|İklim Eylem|"
        "Çocuk Hakları|Yerel Tohum|Afete Hazır Mahalle|Sokak Hayvanları|Barınma Hakkı|Kültür Sanat|Yaya Hakları|"
        "Su Hakkı|Dijital Haklar|Gıda Egemenliği"
    ),
    Kind.COMMUNITY: (
        "Perşembe Okuma|Genç Kodcular|Gece Gözlem|Amatör Fotoğraf|Kamp Ateşi|Seramik|Ahşap Oyuncak|Koro|"
        "Satranç Severler|Yaratıcı Yazarlık|Şehir Yürüyüşçüleri|Sahaf Dostları|Ebru Sanatı|Kuş Gözlem|Yün Örgü"
    ),
    Kind.FEDERATION: (
        "Çınarova Kültür|Kıyı ve Ova|Engelliler|Kadın|Gençlik|Çevre|Spor Kulüpleri|Hemşehri|Emekli|Hayvan Hakları|"
        "Halk Oyunları|Eğitim|Amatör Sanat"
    ),
    Kind.CONFEDERATION: "Kıyı ve Ova|Yeşil Yurt|Sivil Dayanışma",
    Kind.COOPERATIVE: (
        "Kırk Filiz Üretim|Çınarova Tüketici|Zeytindalı Kadın|Bal Petek Arıcılık|Ova Tarımsal Kalkınma|Dokuma Evi|"
        "Güneş Enerjisi|Yaşam Konut|Kıyı Su Ürünleri|Eğitim Yolu|Bostan Gıda|Onarım ve Paylaşım|Süt Pınarı"
    ),
    Kind.INITIATIVE: (
        "Temiz Dere|Güvenli Okul Yolu|Açık Sofra|Gürültüsüz Mahalle|Atıksız Yaşam|Komşu Kütüphane|Ağaç Dostları|"
        "Oyun Sokağı|Erişilebilir Durak|Son Otobüs"
    ),
    Kind.VENTURE: (
        "Onarım Kahvesi|Mahalle Mutfağı|Yürüyen Kütüphane|İkinci Bahar|Kompost Bisikleti|Sesli Kitap Evi|"
        "Ortak Takımhane|Gezici Bilim"
    ),
    Kind.NETWORK: (
        "Mahalle Afet Gönüllüleri|Yerel Haber|Mentor Kadınlar|Tohum Takası|Gönüllü Çevirmenler|Okul Bahçeleri|"
        "Sağlık Gönüllüleri"
    ),
}  # fmt: skip
_ENDINGS = {
    Kind.ASSOCIATION: "Derneği",
    Kind.FOUNDATION: "Vakfı",
    Kind.PLATFORM: "Platformu",
    Kind.COMMUNITY: "Topluluğu",
    Kind.FEDERATION: "Dernekleri Federasyonu",
    Kind.CONFEDERATION: "Dernekleri Konfederasyonu",
    Kind.COOPERATIVE: "Kooperatifi",
    Kind.INITIATIVE: "Sivil İnisiyatifi",
    Kind.VENTURE: "Girişimi",
    Kind.NETWORK: "Ağı",
}
_OUTSIDE = (
    ("Çınarova Kent Konseyi", Kind.CITY_COUNCIL),
    ("Kıyıkent Kent Konseyi", Kind.CITY_COUNCIL),
    ("Çınarova Belediyesi", Kind.MUNICIPALITY),
    ("Kıyıkent Belediyesi", Kind.MUNICIPALITY),
    ("Çınarova Kaymakamlığı", Kind.PUBLIC_BODY),
    ("Çınarova Halk Eğitimi Merkezi", Kind.PUBLIC_BODY),
    ("Çınarova İlçe Sağlık Müdürlüğü", Kind.PUBLIC_BODY),
    ("Çınarova Mimarlar ve Mühendisler Odası", Kind.CHAMBER),
    ("Çınarova Esnaf ve Sanatkârlar Odası", Kind.CHAMBER),
    ("Kıyıkent Ziraat Odası", Kind.CHAMBER),
    ("Ova Üniversitesi", Kind.UNIVERSITY),
    ("Kıyıkent Teknoloji Üniversitesi", Kind.UNIVERSITY),
)


@dataclass(frozen=True)
class Organisation:
    """An organisation, as far as events and visits need it."""

    id: str
    name: str
    kind: Kind
    is_discreet: bool

    @property
    def email(self) -> str:
        """Where its post is told of."""
        return f"bilgi@{_slug(self.name)}.example"

    @property
    def notify(self) -> Notify:
        """How it hears of its post: seven in ten at once, two in a digest, one not at all."""
        share = int(self.id[-2:], 16)
        return Notify.AT_ONCE if share < _AT_ONCE else Notify.DIGEST if share < _DIGEST else Notify.NONE


class _Founding:
    """Writes organisations one after the other."""

    def __init__(self, writer: Writer, dice: Dice, founded: int) -> None:
        self._writer, self._dice, self._founded = writer, dice, founded

    def member(self, name: str, kind: Kind, parent_id: str | None = None) -> Organisation:
        dice = self._dice
        number = f"99-{dice.randrange(1000):03d}-{dice.randrange(1000):03d}"
        return self._write(
            Organisation(dice.id_at(self._founded), name, kind, dice.happens(_DISCREET)),
            is_member=True,
            parent_id=parent_id,
            registry_number=number if kind in _ON_THE_REGISTER else "",
            joined_on=_date_ago(dice.randint(*_MEMBER_FOR)),
        )

    def outsider(self, name: str, kind: Kind) -> Organisation:
        plain = Organisation(self._dice.id_at(self._founded), name, kind, is_discreet=False)
        return self._write(plain, is_member=False, parent_id=None, registry_number="", joined_on=None)

    def _write(self, one: Organisation, **rest: object) -> Organisation:
        self._writer.add(
            "organisation",
            id=one.id,
            name=one.name,
            kind=one.kind,
            tax_number="",
            phone=self._dice.phone(),
            email=one.email,
            is_discreet=one.is_discreet,
            notify=one.notify,
            folded=fold(one.name),
            **rest,
        )
        return one


def write(writer: Writer, dice: Dice, founded: int) -> list[Organisation]:
    """Write all organisations; returns the members, the busiest first."""
    founding = _Founding(writer, dice, founded)
    members = [founding.member(name, kind) for kind in _ENDINGS for name in _names(dice, kind)]
    parents = [one for one in members if one.name.removesuffix(" Derneği") in _FREE_STANDING]
    for parent in parents[: MEMBERS[Kind.REPRESENTATION]]:
        name = f"{parent.name} {dice.choice(_PLACES)} Temsilciliği"
        members.append(founding.member(name, Kind.REPRESENTATION, parent.id))
    for name, kind in _OUTSIDE:
        founding.outsider(name, kind)
    dice.shuffle(members)
    return members


def write_mailboxes(
    writer: Writer, dice: Dice, founded: int, holders: Iterable[Organisation]
) -> dict[str, int]:
    """One box for every member, and some that are free; returns whose box is which."""
    holder_of = dict(zip(dice.sample(range(1, BOXES + 1), BOXES), holders, strict=False))
    for number in range(1, BOXES + 1):
        holder = holder_of.get(number)
        writer.add(
            "mailbox", id=dice.id_at(founded), number=number, organisation_id=holder.id if holder else None
        )
    return {holder.id: number for number, holder in holder_of.items()}


def _names(dice: Dice, kind: Kind) -> list[str]:
    count, ending = MEMBERS[kind], _ENDINGS[kind]
    if kind != Kind.ASSOCIATION:
        return [f"{words} {ending}" for words in apart(_WORDS[kind])[:count]]
    local = [f"{place} {cause}" for place, cause in product(_PLACES, _CAUSES)]
    chosen = [*_FREE_STANDING, *dice.sample(local, count - len(_FREE_STANDING))]
    return [f"{words} {ending}" for words in chosen]


def _slug(name: str) -> str:
    return "-".join("".join(c for c in fold(name) if c.isalnum() or c == " ").split())[:60]


def _date_ago(days: int) -> str:
    found: date = TODAY - timedelta(days=days)
    return found.isoformat()
