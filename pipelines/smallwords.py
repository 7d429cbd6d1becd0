"""A second voter on the language of a short text: its small words, and letters that a language does not write. Pure."""

import re
import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

_WORD: Final = re.compile(r"[\u0900-\u0963]+|[^\W\d_]+")  # the vowel signs of Devanagari are no letters to Python
_VIETNAMESE: Final = "àáâãèéêìíòóôõùúýăđĩũơư" + "".join(map(chr, range(0x1EA1, 0x1EFA, 2)))
# Letters beyond a to z that a language writes in its own words; loan words bring others, so a few strangers prove nothing.
_BEYOND: Final[Mapping[str, frozenset[str]]] = {
    language: frozenset(letters)
    for language, letters in {
        "af": "êëôûéèïáóü", "ca": "àçèéíïòóúü", "cs": "áčďéěíňóřšťúůýž", "cy": "âêîôûŵŷáéíóúàèìòùäëïöü", "da": "æøåé", "de": "äöüß",
        "en": "éèïöüñçô", "es": "áéíñóúü", "et": "äöõüšž", "fi": "äöåšž", "fr": "àâæçéèêëîïôœùûüÿ", "hr": "čćđšž", "hu": "áéíóöőúüű",
        "id": "é", "it": "àèéìíîòóùú", "lt": "ąčęėįšųūž", "lv": "āčēģīķļņšūž", "nl": "éèëïóöüáíúê", "no": "æøåéòôó",
        "pl": "ąćęłńóśźż", "pt": "áâãàçéêíóôõúü", "ro": "ăâîșşțţ", "sk": "áäčďéíĺľňóôŕšťúýž", "sl": "čšž", "so": "", "sq": "çë",
        "sv": "åäöé", "sw": "", "tl": "ñáéíóú", "tr": "çğıöşüâîû", "vi": _VIETNAMESE,
        "bg": "абвгдежзийклмнопрстуфхцчшщъьюяѝ", "mk": "абвгдѓежзѕијклљмнњопрстќуфхцчџшѐѝ",
        "ru": "абвгдеёжзийклмнопрстуфхцчшщъыьэюя", "uk": "абвгґдеєжзиіїйклмнопрстуфхцчшщьюя",
    }.items()
}  # fmt: skip
_STRANGERS: Final = {"Latn": (2, 0.04), "Cyrl": (1, 0.02)}  # letters at least, and share of all letters, that rule a language out


def votes(text: str) -> dict[str, float]:
    """How many small words of each language stand in the text; a word that several languages share counts for each by so much less.

    >>> max(votes("Die Bücherei schließt am Freitag").items(), key=lambda vote: vote[1])[0], votes("Telegram")
    ('de', {})
    """
    small = _small_words()
    found: dict[str, float] = {}
    for word in _words(text):
        for language in small.get(word, ()):
            found[language] = found.get(language, 0.0) + 1 / len(small[word])
    return found


def ruled_out(text: str, script: str, languages: frozenset[str]) -> frozenset[str]:
    """Those of `languages` that do not write the letters of this text.

    >>> sorted(ruled_out("Суд скасував заборону відеоплатформи", "Cyrl", frozenset(("bg", "mk", "ru", "uk"))))
    ['bg', 'mk', 'ru']
    """
    if script not in _STRANGERS:
        return frozenset()
    least, share = _STRANGERS[script]
    letters = [letter for letter in text.lower() if letter.isalpha()]
    beyond = [letter for letter in letters if not letter.isascii()]
    bound = max(least, share * len(letters))
    return frozenset(
        language for language in languages if language in _BEYOND and sum(letter not in _BEYOND[language] for letter in beyond) >= bound
    )


def _words(text: str) -> list[str]:
    return _WORD.findall(text.lower().replace("\u200c", ""))


@lru_cache(maxsize=1)
def _small_words() -> Mapping[str, tuple[str, ...]]:
    """Word to the languages that have it."""
    lists = tomllib.loads((Path(__file__).parent / "lexicon" / "function_words.toml").read_text(encoding="utf-8"))
    found: dict[str, list[str]] = {}
    for language, line in lists.items():
        for word in dict.fromkeys(line.replace("\u200c", "").split()):
            found.setdefault(word, []).append(language)
    return {word: tuple(languages) for word, languages in found.items()}
