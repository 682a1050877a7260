"""What the events of the demo are called."""

from __future__ import annotations

from civicdesk.demo.chance import Dice, apart

_TITLES = {
    "meeting": (
        "Yönetim Kurulu Toplantısı|Aylık Üye Buluşması|Gönüllü Koordinasyon Toplantısı|Proje Hazırlık Toplantısı|"
        "Genç Girişimciler Odak Grubu|Küçük Hibeler Deneyim Paylaşımı|Bütçe Görüşmesi|Ortak Proje Toplantısı|"
        "Kent Konseyi Çalışma Grubu|Denetim Kurulu Toplantısı|Komşuluk Sohbeti"
    ),
    "training": (
        "Gönüllü Oryantasyonu|İlk Yardım Eğitimi|Proje Yazma Eğitimi|İşaret Dili Eğitimi|Dernekler İçin Muhasebe|"
        "Dijital Güvenlik Eğitimi|Fotoğraf Eğitimi"
    ),
    "workshop": (
        "Mahalle Afet Hazırlığı Atölyesi|Kompost Atölyesi|Ebru Atölyesi|Bisiklet Onarım Atölyesi|Masal Atölyesi|"
        "Atık Azaltma Atölyesi|Tohum Takası Atölyesi"
    ),
    "general_assembly": "Olağan Genel Kurul|Olağanüstü Genel Kurul|Olağan Genel Kurul",
    "panel": (
        "Erişilebilir Kent Paneli|Gençlik ve Katılım Paneli|Deprem ve Dayanışma Paneli|Yerel Basın Paneli|"
        "Kadın Emeği Paneli"
    ),
    "conference": (
        "Sosyal Girişimcilik Konferansı|İklim ve Su Konferansı|Gönüllülük Konferansı|"
        "{}–{} Stratejik Plan Çalıştayı"
    ),
    "cultural": (
        "Halk Oyunları Gösterisi|Türk Müziği Dinletisi|Kısa Film Gösterimi|Şiir Akşamı|Çocuk Tiyatrosu|Sergi Açılışı|"
        "Kitap Söyleşisi"
    ),
}
_PLAN_YEARS = 5
_GOALS = {
    "Afet": (11, 13),
    "Deprem": (11,),
    "Kompost": (12, 15),
    "Atık": (12,),
    "Tohum": (2, 15),
    "Bisiklet": (3, 11),
    "İklim": (6, 13),
    "Kadın": (5, 8),
    "İlk Yardım": (3,),
    "İşaret Dili": (4, 10),
    "Erişilebilir": (10, 11),
    "Girişim": (8, 9),
    "Hibe": (1, 17),
    "Gönüllü": (17,),
    "Ortak Proje": (17,),
    "Gençlik": (4, 16),
    "Eğitim": (4,),
    "Muhasebe": (4, 16),
    "Okuma": (4,),
}
"""The goals of sustainable development that a word in a title stands for."""


def title_of(dice: Dice, kind: str, year: int) -> str:
    """A title for an event of this kind."""
    title = dice.choice(apart(_TITLES[kind]))
    return title.format(year + 1, year + _PLAN_YEARS)


def goals_of(title: str) -> str:
    """The goals of an event as the tables keep them: `4,11`."""
    found = {goal for word, goals in _GOALS.items() if word in title for goal in goals}
    return ",".join(map(str, sorted(found)))
