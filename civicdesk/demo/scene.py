"""What is on, who is expected and who may not come on the demo day, as a list to read and change."""

from __future__ import annotations

from dataclasses import dataclass, field

NAR, DEFNE, CINAR, ZEYTIN = "Nar Eğitim Sınıfı", "Defne Atölyesi", "Çınar Odası", "Zeytin Odası"
MAVI, IHLAMUR = "Mavi Konferans Salonu", "Ihlamur Salonu"


def _at(clock: str) -> int:
    hours, minutes = clock.split(":")
    return int(hours) * 60 + int(minutes)


@dataclass(frozen=True)
class Plan:
    """An event of the demo day; `named` guests gave a name, `heads` were counted, `setup` minutes come before."""

    start: int
    end: int
    room: str
    organisation: str
    kind: str
    title: str
    people: int
    named: int = 0
    heads: dict[str, int] = field(default_factory=dict)
    names: tuple[str, ...] = ()
    needs: tuple[str, ...] = ()
    setup: int = 0


@dataclass(frozen=True)
class Guest:
    """An invitation of the demo day; `came` and `left` for those who have used it, `days` after Monday for others."""

    at: int
    name: str
    host: str
    room: str = ""
    people: int = 1
    needs: str = ""
    note: str = ""
    came: int | None = None
    left: int | None = None
    days: int = 0


OVER = (
    Plan(
        _at("09:30"),
        _at("11:00"),
        CINAR,
        "Kent Gözlem Platformu",
        "meeting",
        "Aylık Üye Buluşması",
        14,
        named=12,
    ),
    Plan(
        _at("10:00"),
        _at("12:30"),
        MAVI,
        "Kıyı ve Ova Dernekleri Federasyonu",
        "general_assembly",
        "Olağan Genel Kurul",
        120,
        named=58,
        heads={"adult": 94, "wheelchair": 2},
    ),
    Plan(
        _at("11:00"),
        _at("13:00"),
        DEFNE,
        "Doğa Gönüllüleri Derneği",
        "workshop",
        "Kompost Atölyesi",
        24,
        named=14,
        heads={"adult": 17, "child": 4},
    ),
)
"""Events that have ended; they are among the year's."""

ON = (
    Plan(
        _at("13:30"),
        _at("15:30"),
        ZEYTIN,
        "Güneşli Yarınlar Eğitim Vakfı",
        "meeting",
        "Küçük Hibeler Deneyim Paylaşımı",
        12,
        named=11,
        names=("Gülşah Ilgın", "Çiğdem Şahinkaya", "Ümit Karaca"),
        needs=("", "sign_language"),
    ),
    Plan(
        _at("14:00"),
        _at("16:00"),
        NAR,
        "Mahalle Afet Gönüllüleri Ağı",
        "training",
        "Mahalle Afet Hazırlığı Eğitimi",
        28,
        named=6,
        heads={"adult": 15, "child": 1, "wheelchair": 2},
        names=("Oğuz Ersan", "Işıl Aydoğdu", "ليلى الخطيب"),
    ),
    Plan(
        _at("14:30"),
        _at("16:30"),
        DEFNE,
        "Genç Kodcular Topluluğu",
        "workshop",
        "Akıllı Durak Kodlama Atölyesi",
        20,
        named=9,
        names=("Mert Aydoğdu", "İnci Uğurlu", "Søren Okafor"),
        needs=("", "wheelchair"),
    ),
    Plan(
        _at("14:30"),
        _at("15:30"),
        CINAR,
        "Onarım Kahvesi Girişimi",
        "meeting",
        "Genç Girişimciler Odak Grubu",
        10,
        named=4,
        names=("Öykü Tuncer", "Şükrü Dağlı"),
    ),
    Plan(
        _at("14:30"),
        _at("16:30"),
        IHLAMUR,
        "Bisikletli Ulaşım Platformu",
        "panel",
        "Erişilebilir Kent Paneli",
        60,
    ),
    Plan(
        _at("16:30"),
        _at("17:45"),
        MAVI,
        "Ova Kültür Vakfı",
        "cultural",
        "Türk Müziği Dinletisi",
        120,
        setup=90,
    ),
)
"""Events that are on at three, one to which nobody came, and one that is being set up."""

AT_WORK = (_at("13:12"), _at("13:47"), _at("14:05"))
AT_THE_BOXES, ASKING = _at("14:52"), _at("14:57")
POST_HOST = "Çınarova Barış Vakfı"
"""Since when people are inside without an event: at the shared desks, at this one's post box, with a question."""

ARRIVED = (
    Guest(_at("09:45"), "Nurhan Eroğlu", "Sessiz Adımlar Derneği", came=_at("09:41"), left=_at("10:50")),
    Guest(_at("10:30"), "Tarık Sezer", "Temiz Dere Sivil İnisiyatifi", came=_at("10:34"), left=_at("11:20")),
    Guest(_at("11:15"), "Zoë van der Berg", "Ege Kadın Emeği Derneği", came=_at("11:09"), left=_at("12:40")),
    Guest(
        _at("13:00"), "Hasan Ilgaz", "Ege Kadın Emeği Derneği", people=2, came=_at("13:04"), left=_at("14:12")
    ),
    Guest(
        _at("14:00"),
        "Pelin Baykal Savaş",
        "Kırk Filiz Üretim Kooperatifi",
        came=_at("13:58"),
        left=_at("14:40"),
    ),
)
"""Invitations that were used today."""

EXPECTED = (
    Guest(_at("14:15"), "Selin Karaca", "Ege Kadın Emeği Derneği"),
    Guest(_at("14:30"), "Kerem Gökçe", "Bisikletli Ulaşım Platformu", IHLAMUR, note="Panel konuşmacısı"),
    Guest(_at("14:40"), "Nazlı Öner", "Bisikletli Ulaşım Platformu", IHLAMUR),
    Guest(_at("15:10"), "İsmail Uğurlu", "Çınarova Tüketici Kooperatifi"),
    Guest(
        _at("15:15"),
        "Handan Kırca",
        "Kıyı ve Ova Dernekleri Federasyonu",
        people=14,
        note="Heyet: Kıyıkent Kent Konseyi Yürütme Kurulu",
    ),
    Guest(
        _at("15:30"),
        "Zeynep Ilgın",
        "Engelsiz Yaşam Vakfı",
        needs="companion,wheelchair",
        note="Yanında refakatçi",
    ),
    Guest(_at("15:45"), "Barış Yalın", "Genç Kodcular Topluluğu"),
    Guest(_at("16:00"), "أحمد درويش", "Sessiz Adımlar Derneği"),
    Guest(_at("16:15"), "Fatma Nur Özgün", "Ova Kültür Vakfı", MAVI, note="Solist"),
    Guest(_at("16:20"), "Cemil Bilgiç", "Ova Kültür Vakfı", MAVI, people=3),
    Guest(_at("16:45"), "Siobhán O’Connor", "Gönüllü Çevirmenler Ağı"),
    Guest(_at("17:00"), "Ülkü Iğdır", "Umut Çınarları Derneği"),
)
"""Invitations for today that were not used; the first three are late at three."""

NEXT_WEEK = (
    Guest(_at("10:00"), "Sevda Uçar", "Kent Gözlem Platformu"),
    Guest(_at("11:30"), "Volkan Köse", "Sessiz Adımlar Derneği", people=2),
    Guest(_at("14:00"), "Mine Toprak", "Ege Kadın Emeği Derneği"),
    Guest(_at("09:30"), "Ngozi Okafor", "Gönüllü Çevirmenler Ağı", days=1),
    Guest(_at("15:00"), "Ilgaz Sönmez", "Doğa Gönüllüleri Derneği", days=1, needs="wheelchair"),
    Guest(_at("10:30"), "Perihan Ateş", "Umut Çınarları Derneği", days=2),
    Guest(_at("13:30"), "Taylan Gündüz", "Onarım Kahvesi Girişimi", people=4, days=3),
    Guest(_at("16:00"), "Jürgen Müller", "Kırk Filiz Üretim Kooperatifi", days=4),
)
"""Invitations for Monday and the days after it."""

DENIED = (
    ("Rıfat Karabekçi", "Görevliyi tehdit etti; tutanak 2026-14.", "2027-05-31"),
    ("Tuncay Zorluk Sarp", "Kuruluş odasından eşya aldı; yönetim kurulu kararı.", None),
    ("Nesrin Taşkıranoğlu", "Mahkeme kararıyla bir çalışana yaklaşması yasak.", "2027-02-28"),
)
"""Name, reason for managers only, and until when."""
