"""Words, letters, dates and numbers as the desk's languages write them."""

from __future__ import annotations

import errno
import gettext as _gettext
import unicodedata
from collections.abc import Callable
from datetime import UTC, date, datetime
from functools import cache
from zoneinfo import ZoneInfo

from civicdesk.assets import asset

LANGUAGES = ("tr", "en")
ZONE = ZoneInfo("Europe/Istanbul")

_UNDOTTED = str.maketrans({"ı": "i", "I": "i", "İ": "i"})
_SAME_LETTER = str.maketrans("øØłŁđĐىیکة", "oOlLdDييكه", "\u0640")  # strokes; Arabic by another keyboard
_UNSPOKEN = str.maketrans(
    "", "", ".'’‘ʻʼ`´\u00ad\u200b\u200c\u200d\u200e\u200f\u2066\u2067\u2068\u2069\ufeff"
)
_GAPS = str.maketrans(dict.fromkeys('-‐‑–—_/|,،;:()[]"“”„«»&!?…', " "))
_FOLDED = _UNDOTTED | _SAME_LETTER | _UNSPOKEN | _GAPS
_UPPER = str.maketrans({"i": "İ", "ı": "I"})
_LOWER = str.maketrans({"İ": "i", "I": "ı"})
_ALPHABET = {letter: rank for rank, letter in enumerate("abcçdefgğhıijklmnoöpqrsştuüvwxyz", start=1)}


class _Language:
    """The language the desk speaks now. One per process: the desk has one screen."""

    code = "tr"
    catalogue: _gettext.NullTranslations | None = None


def use_language(code: str) -> None:
    """Speak this language from now on (`tr` or `en`); any other means Turkish."""
    _Language.code = code if code in LANGUAGES else "tr"
    _Language.catalogue = _catalogue(_Language.code)


def language() -> str:
    """The language spoken now."""
    return _Language.code


@cache
def _catalogue(code: str) -> _gettext.NullTranslations:
    if code == "en":
        return _gettext.NullTranslations()
    return _gettext.translation("civicdesk", asset("translations"), [code], fallback=True)


def _spoken() -> _gettext.NullTranslations:
    if _Language.catalogue is None:
        use_language(_Language.code)
    assert _Language.catalogue is not None
    return _Language.catalogue


def _(message: str) -> str:
    """The sentence in the language spoken now."""
    return _spoken().gettext(message)


def ngettext(one: str, many: str, count: int) -> str:
    """The sentence for this many, in the language spoken now."""
    return _spoken().ngettext(one, many, count)


def said_in(code: str, message: str) -> str:
    """The sentence in this language, whatever the desk speaks: for those who read it elsewhere."""
    return _catalogue(code if code in LANGUAGES else "tr").gettext(message)


def N_(message: str) -> str:  # noqa: N802  gettext's own name for "translate later"
    """Mark a sentence for the catalogue that is spoken later."""
    return message


def fold(text: str) -> str:
    """The form in which names are compared and searched: İ, I, ı and i are one letter, accents fall away.

    `cigdem`, `ÇİĞDEM` and `Cığdem` all become `cigdem`; `A.Ş.` becomes `as` and `Ayşe-Nur` two words; Arabic
    keeps its letters and loses its vowel signs.
    """
    apart = unicodedata.normalize("NFKD", text.translate(_FOLDED))
    return " ".join("".join(c for c in apart if not unicodedata.combining(c)).casefold().split())


def upper(text: str) -> str:
    """Turkish upper case: `i` becomes `İ`."""
    return unicodedata.normalize("NFC", text).translate(_UPPER).upper()


def lower(text: str) -> str:
    """Turkish lower case: `I` becomes `ı`."""
    return unicodedata.normalize("NFC", text).translate(_LOWER).lower()


def sort_key(text: str) -> tuple[tuple[int, str], ...]:
    """Turkish alphabetical order: ç after c, ı before i; signs and digits first, other scripts last."""
    return tuple((_ALPHABET.get(c, 99 if c.isalpha() else 0), c) for c in map(_plain, lower(text)))


def _plain(letter: str) -> str:
    """`â` and `é` stand with `a` and `e`; the letters of the alphabet stay."""
    return letter if letter in _ALPHABET else unicodedata.normalize("NFKD", letter)[0]


def initials(name: str) -> str:
    """At most two capitals for a round picture: `Selin Karaca` → `SK`."""
    words = ("".join(filter(str.isalnum, word)) for word in unicodedata.normalize("NFC", name).split())
    firsts = [word[0] for word in words if word]
    return upper("".join(firsts[:1] + firsts[1:][-1:]))[:2]


def local(at: datetime) -> datetime:
    """The wall time of an instant in the centre."""
    return at.astimezone(ZONE)


def utc(at: datetime) -> datetime:
    """The instant of an aware wall time."""
    return at.astimezone(UTC)


def clock(at: datetime) -> str:
    """`10:42`."""
    return local(at).strftime("%H:%M")


def day(on: date, form: str = "d MMMM yyyy EEEE", code: str = "") -> str:
    """`24 Kasım 2026 Salı`; `form` is a CLDR pattern, `code` another language than the one spoken now."""
    from babel.dates import format_date  # noqa: PLC0415  Babel is slow to import

    language = code or _Language.code
    english = {"d MMMM yyyy EEEE": "EEEE, d MMMM yyyy"}
    pattern = english.get(form, form) if language == "en" else form
    return str(format_date(on, pattern, locale=language))


def number(value: float) -> str:
    """`32.612`, `49,5`."""
    from babel.numbers import format_decimal  # noqa: PLC0415  Babel is slow to import

    return str(format_decimal(value, locale=_Language.code))


def percent(share: float) -> str:
    """`%61`."""
    from babel.numbers import format_percent  # noqa: PLC0415  Babel is slow to import

    return format_percent(share, locale=_Language.code)


Sentence = Callable[[], str]


def disk_words(error: OSError) -> str:
    """Why a file could not be read or written; what is seldom stays in the words of the computer."""
    words = {
        errno.ENOSPC: _("there is no room left on the disk"),
        errno.EDQUOT: _("there is no room left on the disk"),
        errno.EROFS: _("the disk can only be read"),
        errno.EACCES: _("writing there is not allowed"),
        errno.EPERM: _("writing there is not allowed"),
        errno.ENOENT: _("there is no such folder"),
        errno.ENOTDIR: _("there is no such folder"),
        errno.EISDIR: _("a folder has this name"),
        errno.ENAMETOOLONG: _("the name is too long"),
    }
    return words.get(error.errno or 0) or error.strerror or str(error)
