"""Names of months in eighty languages, as bylines print them: what dateparser ships, and what it lacks."""

from collections.abc import Iterator, Mapping
from functools import lru_cache
from importlib import import_module
from types import MappingProxyType
from typing import Final

_ENGLISH: Final = (
    "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# of the languages that dateparser knows: those that our sources and their like are written in
_KNOWN: Final = frozenset((
    "am", "ar", "az", "be", "bg", "bn", "bo", "bs", "ca", "ckb", "cs", "cy", "da", "de", "el", "en", "es", "et", "eu", "fa", "fi", "fr",
    "ga", "he", "hi", "hr", "hu", "hy", "id", "is", "it", "ja", "ka", "kk", "km", "ko", "ky", "lo", "lt", "lv", "mk", "mn", "ms", "my",
    "nb", "ne", "nl", "pl", "ps", "pt", "ro", "ru", "si", "sk", "sl", "so", "sq", "sr", "sv", "sw", "ta", "te", "th", "ti", "tl", "tr",
    "ug", "uk", "ur", "uz", "vi", "zh",
))  # fmt: skip
# read where the page's own language does not know the word; a word that two of them use for different months is left out
_USUAL: Final = ("en", "de", "fr", "es", "pt", "it", "nl", "ru", "tr", "ar", "id", "pl", "sv")
# Levant and Maghreb; Kurdish and Turkmen in Latin letters; Uyghur with its old spelling
_MORE: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType({
    "ar": (
        "كانون الثاني|جانفي", "شباط|فيفري", "آذار", "نيسان|أفريل|إبريل", "أيار|أيّار|ماي", "حزيران|جوان", "تموز|تمّوز|جويلية",
        "آب|أوت", "أيلول", "تشرين الأول|تشرين الأوّل", "تشرين الثاني", "كانون الأول|كانون الأوّل",
    ),
    "ku": (
        "rêbendan|çile", "reşemî|sibat", "adar", "avrêl|nîsan", "gulan", "pûşper|hezîran", "tîrmeh", "tebax", "îlon", "cotmeh|kewçêr",
        "sermawez|mijdar", "berfanbar|kanûn",
    ),
    "tk": ("ýanwar", "fewral", "mart", "aprel", "maý", "iýun", "iýul", "awgust", "sentýabr", "oktýabr", "noýabr", "dekabr"),
})  # fmt: skip
_SAME: Final[Mapping[str, str]] = MappingProxyType({"no": "nb", "nn": "nb", "iw": "he", "in": "id"})
_OWN: Final = _KNOWN | _MORE.keys()
_SHORTEST_STEM: Final = 4


def month_of(word: str, language: str | None) -> int | None:
    """The month that a word names, 1 to 12: in the page's language, else in English, else in the most usual ones. None: no month.

    >>> month_of("Ocak", "tr"), month_of("янв.", "ru"), month_of("mars", None), month_of("Telegram", "en")
    (1, 1, 3, None)
    """
    small = _plain(word)
    base = (language or "").lower().replace("_", "-").partition("-")[0]
    base = _SAME.get(base, base)
    own = months_of(base) if base in _OWN else {}
    if found := own.get(small) or own.get(small.removeprefix("ב")):  # Hebrew: "in January" is one word
        return found
    if found := months_of("en").get(small) or _usual().get(small):
        return found
    return next((month for name, month in own.items() if len(name) >= _SHORTEST_STEM and small.startswith(name)), None)


@lru_cache(maxsize=64)
def months_of(language: str) -> Mapping[str, int]:
    """Names and short forms in one language, in small letters and without points, each with its month."""
    found: dict[str, int] = {}
    if language in _KNOWN:
        info = import_module(f"dateparser.data.date_translation_data.{language}").info
        for month, english in enumerate(_ENGLISH, 1):
            for name in info.get(english, ()):
                found.setdefault(_plain(name), month)
    for month, names in enumerate(_MORE.get(language, ()), 1):
        found.update({_plain(name): month for name in names.split("|")})
    return MappingProxyType({name: month for name, month in found.items() if len(name) > 1})


@lru_cache(maxsize=1)
def _usual() -> Mapping[str, int]:
    named: dict[str, set[int]] = {}
    for name, month in _all_usual():
        named.setdefault(name, set()).add(month)
    return MappingProxyType({name: months.pop() for name, months in named.items() if len(months) == 1})


def _all_usual() -> Iterator[tuple[str, int]]:
    for language in _USUAL:
        yield from months_of(language).items()


def _plain(word: str) -> str:
    return " ".join(word.casefold().replace(".", "").split())
