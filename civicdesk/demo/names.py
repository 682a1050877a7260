"""What the people of the demo are called: common names by their frequency, and one in ten that tests the desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from civicdesk.demo.chance import Dice, Lot, apart

_PROBES = 0.10

_COMMON_FIRST = apart(
    "Fatma|Mehmet|Ayşe|Mustafa|Emine|Ahmet|Hatice|Ali|Zeynep|Hüseyin|Elif|Hasan|Meryem|Murat|Merve|"
    "Yusuf|Zehra|İbrahim|Esra|İsmail"
)
_OTHER_FIRST = apart(
    "Büşra|Ramazan|Özlem|Ömer|Yasemin|Halil|Sultan|Osman|Hülya|Abdullah|Songül|Süleyman|Sevgi|Mahmut|"
    "Leyla|Kübra|Serkan|Sibel|Salih|Rabia|Filiz|Orhan|Aysel|Fatih|Dilek|Emre|Gülsüm|Yaşar|Hacer|Metin|"
    "Havva|Adem|Cemile|Bayram|Tuğba|Hakan|Sevim|Uğur|Gamze|Selim|Derya|Can|Ebru|Levent|Nurcan|Kadir|"
    "Pınar|Onur|Aslı|Kaan|Seda|Bülent|Gizem|Tolga|Nihal|Barış|Ece|Deniz|Defne|Tarık|Melek|Engin"
)
_PROBE_FIRST = apart(
    "Şükrü|Çiğdem|Oğuz|Ilgaz|Işıl|İnci|Ümit|İlayda|Öykü|Çağrı|Şule|Özgür|Ülkü|Irmak|Âdem|Gülşah|Iraz|İlkay"
)

_COMMON_LAST = apart("Yılmaz|Kaya|Demir|Çelik|Yıldız|Şahin|Yıldırım|Öztürk|Aydın|Özdemir|Arslan|Doğan|Kılıç")
_OTHER_LAST = apart(
    "Aslan|Çetin|Kara|Koç|Kurt|Özkan|Şimşek|Polat|Korkmaz|Özcan|Çakır|Erdem|Güneş|Yavuz|Acar|Aktaş|Ünal|"
    "Bulut|Avcı|Taş|Keskin|Bozkurt|Duman|Güler|Işık|Turan|Coşkun|Kaplan|Aksoy|Tekin|Bayrak|Gündüz|Ateş|"
    "Sarı|Uysal|Köse|Uçar|Toprak|Karaca|Ilgın|Uğurlu|Aydoğdu|Ersan|İnce|Sönmez|Öner|Gökçe|Baykal|Çınar|"
    "Dağlı|Eroğlu|Kırca|Savaş|Tuncer|Yalın|Özgün|Bilgiç|Sezer"
)
_PROBE_LAST = apart("Çağlayan|Üçgül|Iğdır|İğneci|Öğüt|Şıklar|Ağaçoğlu|Güçlü-Işık")

_ARABIC = (
    apart("فاطمة|مريم|عائشة|محمد|أحمد|يوسف|ليلى|خالد|نور|عمر"),
    apart("الحسن|العلي|الأحمد|حداد|خليل|منصور|الخطيب|درويش"),
)
_FOREIGN = (
    apart("Anna|João|Siobhán|Łukasz|Zoë|Oleksandr|Thị Lan|Søren|Jürgen|Ngozi|María José"),
    apart("Müller|Gonçalves|O’Connor|Wiśniewski|van der Berg|Kovalenko|Nguyễn|Sørensen|Okafor"),
)

# common names meet by chance; these meetings are somebody the newspapers know
_PUBLIC_FIGURES = frozenset(
    {
        "Ahmet Kaya", "Ahmet Aydın", "Ali Koç", "Ali Yıldırım", "Barış Yarkadaş", "Bülent Arınç", "Bülent Uygun",
        "Emre Belözoğlu", "Engin Altay", "Fatih Yılmaz", "Hakan Çelik", "Hakan Şükür", "Hasan Doğan", "Hasan Şaş",
        "Hülya Koçyiğit", "İbrahim Kaya", "İsmail Kartal", "Mehmet Şimşek", "Metin Oktay", "Metin Kaplan",
        "Murat Kurum", "Murat Yıldırım", "Mustafa Öztürk", "Onur Aydın", "Orhan Kemal", "Salih Özcan",

        "Sibel Can", "Tarık Bulut", "Tolga Şahin", "Uğur Dündar", "Uğur Işık", "Yasemin Yalçın", "Yaşar Kemal",
        "Yusuf Demir", "Yusuf Kaplan", "Zehra Güneş", "Zeynep Sönmez", "Fatih Altaylı", "Ebru Gündeş", "Aslı Erdoğan",
        "Can Yücel", "Can Uzun", "Deniz Baykal", "Kaan Ayhan", "Ömer Çelik", "Osman Arslan", "Süleyman Turan",
        "Onur Bulut", "Cemile Sultan", "Emine Bulut", "Pınar Aydın", "Hatice Aslan", "Mustafa Yıldız", "Ahmet Özcan",
        "Murat Polat", "Hakan Bayrak", "Bülent Korkmaz", "Mehmet Topal", "Gizem Özdilek", "Ece Temelkuran",
    }
)  # fmt: skip


class Names:
    """Draws full names."""

    def __init__(self, dice: Dice) -> None:
        self._dice = dice
        self._first = Lot(_weighted(_COMMON_FIRST, _OTHER_FIRST, _PROBE_FIRST))
        self._last = Lot(_weighted(_COMMON_LAST, _OTHER_LAST))
        self._probes: Lot[Callable[[], str]] = Lot(
            [
                (self._rare_first, 35),
                (self._rare_last, 15),
                (self._two_surnames, 20),
                (self._arabic, 15),
                (self._foreign, 15),
            ]
        )

    def draw(self) -> str:
        """A full name; of nobody who is in the news."""
        name = self._probe() if self._dice.happens(_PROBES) else self._usual()
        return self.draw() if name in _PUBLIC_FIGURES else name

    def _usual(self) -> str:
        return f"{self._first.draw(self._dice)} {self._last.draw(self._dice)}"

    def _probe(self) -> str:
        return self._probes.draw(self._dice)()

    def _rare_first(self) -> str:
        return f"{self._dice.choice(_PROBE_FIRST)} {self._last.draw(self._dice)}"

    def _rare_last(self) -> str:
        return f"{self._first.draw(self._dice)} {self._dice.choice(_PROBE_LAST)}"

    def _two_surnames(self) -> str:
        return f"{self._usual()} {self._last.draw(self._dice)}"

    def _arabic(self) -> str:
        return " ".join(self._dice.choice(part) for part in _ARABIC)

    def _foreign(self) -> str:
        return " ".join(self._dice.choice(part) for part in _FOREIGN)


def _weighted(
    common: Sequence[str], other: Sequence[str], rare: Sequence[str] = ()
) -> list[tuple[str, float]]:
    ranked = [(name, 10 - rank * 0.3) for rank, name in enumerate(common)]
    return [*ranked, *((name, 1.0) for name in other), *((name, 0.15) for name in rare)]
