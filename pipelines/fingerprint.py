"""What is kept of a text to find its copies: a MinHash signature, its facts in their order, and a sample of its words.

Facts are what a translation keeps: numbers, days, services, countries, names in Latin letters, and what is done to whom by the word lists.
Each is a hash of 32 bits whose lowest three say what kind of fact it is. Nothing here depends on other texts or on the process.
"""

import re
from array import array
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from functools import cache, lru_cache
from itertools import pairwise
from operator import add
from typing import Literal
from unicodedata import combining, normalize
from zlib import crc32

from pipelines import near
from pipelines.figures import figures
from pipelines.lexicon import load
from pipelines.platforms import aliases
from pipelines.windows import View, view

MOST_FACTS = 512  # kept in a fingerprint; of longer texts a half, a quarter … of them, the same half in every text
MOST_WORDS = 384
FEWEST_TRACES = 24  # of each of two sorts; of a long text a quarter, so that an excerpt of it still meets it

_CAPITAL = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ŽƠƯΑ-ΩА-ЯЁЇІЄҐ](?<![.!?:。\n“\"«„‘'(][ \n].)(?<![\w@\n“\"«„‘(].)(?<!\A.)[^\W\d_]+")
_LATIN = re.compile(r"[a-z](?<![a-z0-9@].)[a-z0-9]{2,}")
_LONG = re.compile(r"[^\W\d_]{5,}")
_SHORT = re.compile(r"[\u0590-\u06ff\u0900-\u0dff]{4,}|[\u1200-\u137f]{3,}|[\uac00-\ud7a3\u0f40-\u0fbc]{2,}")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_SAMPLE = 400  # characters from which the kind of script is told
_MONTH = re.compile(r"\s?[月월]")
_RUNS = re.compile(r"\w+")
_CONCEPTS = frozenset({"verb", "object", "target", "actor", "phrase"})

_EVEN = (1 << 62) - 2

Script = Literal["cased", "plain", "unspaced"]


class Sort(IntEnum):
    """What kind of fact a hash stands for."""

    CONCEPT = 0  # what is done, to what, by or against whom
    KNOWN = 1  # a service, a country
    DIGIT = 2  # a number of one digit, which languages like to spell out
    NUMBER = 3
    FIGURE = 4  # a number of three digits or more that are not zeros
    NAME = 5
    TIME = 6  # a month, a weekday


_TELLING = (Sort.FIGURE, Sort.NAME)
_KNOWN = {"place": Sort.KNOWN, "month": Sort.TIME, "weekday": Sort.TIME}


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """A text as it is compared with others; `facts` and `words` are in the order of the text, `traces` bring two texts together."""

    signature: bytes  # see pipelines/near.py
    language: str  # first subtag of BCP 47
    facts: tuple[int, ...]
    words: tuple[int, ...]
    thinned: tuple[int, int]  # how often facts and words were halved
    traces: tuple[int, ...]

    def packed(self) -> bytes:
        """All of it but the traces, as bytes that can be stored and told apart."""
        head = f"{self.language[:8]:8}".encode("ascii", "replace") + bytes(self.thinned)
        counts = len(self.facts).to_bytes(2) + len(self.words).to_bytes(2)
        return head + counts + self.signature + array("I", self.facts).tobytes() + array("H", self.words).tobytes()


def unpacked(stored: bytes) -> Fingerprint:
    """The fingerprint that was packed, without its traces."""
    facts, words = int.from_bytes(stored[10:12]), int.from_bytes(stored[12:14])
    told = 14 + near.BYTES
    said = told + 4 * facts
    return Fingerprint(
        signature=stored[14:told],
        language=stored[:8].decode().rstrip(),
        facts=tuple(array("I", stored[told:said])),
        words=tuple(array("H", stored[said : said + 2 * words])),
        thinned=(stored[8], stored[9]),
        traces=(),
    )


def fingerprint(text: str, language: str, published: date | None = None) -> Fingerprint | None:
    """The fingerprint of a text; None where it is too short to be compared. `language` is BCP 47.

    Days count as they are written, so that a copy printed days later has the same: `published` changes nothing today.
    """
    signed = near.signature(text)
    if signed is None:
        return None
    page = view(text, language, load())
    script = _script(page.folded)
    facts = _facts(page, script)
    words = _words(page.folded, script)
    kept, halved = thinned(facts, MOST_FACTS)
    sample, thrown = thinned(words, MOST_WORDS)
    return Fingerprint(signed, page.language, tuple(kept), tuple(sample), (halved, thrown), traces(facts))


def thinned(hashes: Sequence[int], most: int, times: int = 0) -> tuple[Sequence[int], int]:
    """At most `most` of the hashes, and how often they were halved: each time those stay whose next bit is 0, in every text the same."""
    while True:
        kept = hashes if not times else [one for one in hashes if not one >> 3 & (1 << times) - 1]
        if len(kept) <= most or times == 20:
            return kept[:most], times
        times += 1


def traces(facts: Sequence[int]) -> tuple[int, ...]:
    """Pairs of facts that stand side by side or one apart, the least by hash: once among all that is not a concept, once among numbers."""
    numbers = [fact for fact in facts if fact & 7 in (Sort.NUMBER, Sort.FIGURE)]
    others = [fact for fact in facts if fact & 7]
    telling = [(one, other) for one, other in _beside(others) if one & 7 in _TELLING or other & 7 in _TELLING]
    return *_least(_beside(numbers), 0), *_least(telling, 1)


@lru_cache(maxsize=1 << 16)
def _hash(sort: Sort, name: str) -> int:
    return crc32(name.encode("utf-8", "surrogatepass"), sort) & ~7 | sort


@lru_cache(maxsize=1 << 16)
def _word(word: str) -> int:
    """Sixteen bits are enough for a word: it counts only in a row with others."""
    return _stem(word) >> 8 & 0xFFFF


@lru_cache(maxsize=1 << 16)
def _stem(word: str) -> int:
    """A name or a long word by its first six letters without their marks, for endings differ between languages."""
    return _hash(Sort.NAME, "".join(char for char in normalize("NFD", word.lower()[:8]) if not combining(char))[:6])


def _facts(page: View, script: Script) -> list[int]:
    known = _services()
    found: list[tuple[int, int]] = []
    taken: set[int] = set()
    free = 0
    for start, end, kind, name in page.hits:
        if kind in _CONCEPTS:
            found.append((start, _hash(Sort.CONCEPT, kind + name)))
        elif kind == "alias":
            if start >= free and name in known:
                found.append((start, known[name]))
                free = end
                taken.add(start)
        elif kind in _KNOWN:
            found.append((start, _hash(_KNOWN[kind], kind + name)))
            taken.add(start)
    found += _numbers(page.folded)
    found += [(start, _stem(name)) for start, name in _names(page, script) if start not in taken]
    found.sort()
    return [one for _, one in found]


@cache
def _services() -> dict[str, int]:
    """Folded names that always mean one service, each with the hash of that service."""
    return {name: _hash(Sort.KNOWN, meant[0].platform) for name, meant in aliases(load()).items() if meant[0].test == "always"}


def _numbers(folded: str) -> Iterator[tuple[int, int]]:
    for start, value in figures(folded):
        if value <= 12 and _MONTH.match(folded, start + (2 if value > 9 else 1)):
            yield start, _hash(Sort.TIME, f"month{int(value)}")
        else:
            yield start, _number(value)


@lru_cache(maxsize=1 << 14)
def _number(value: float) -> int:
    written = f"{value:.10g}"
    digits = len(written.rstrip("0").replace(".", ""))
    return _hash(Sort.DIGIT if value < 10 and digits == 1 else Sort.FIGURE if digits > 2 or value >= 1000 else Sort.NUMBER, written)


def _names(page: View, script: Script) -> Iterator[tuple[int, str]]:
    """Words with a capital inside a sentence; in scripts without capitals, words in Latin letters."""
    if script != "cased":
        return ((found.start(), found.group()) for found in _LATIN.finditer(page.folded))
    names = ((found.start(), found.group()) for found in _CAPITAL.finditer(page.text))
    if isinstance(page.offsets, range):
        return names
    places = {offset: at for at, offset in reversed(list(enumerate(page.offsets)))}
    return ((places[start], name) for start, name in names if start in places)


def _script(folded: str) -> Script:
    letters = "".join(char for char in folded[:_SAMPLE] if char.isalpha())
    if len(_UNSPACED.findall(letters)) * 3 > len(letters):
        return "unspaced"
    return "cased" if sum(char.upper() != char for char in letters) * 2 > len(letters) else "plain"


def _words(folded: str, script: Script) -> list[int]:
    """The longer words in their order; in scripts without blanks a third of all pairs of characters, the same third in every text."""
    if script == "unspaced":
        joined = "".join(_RUNS.findall(folded))
        return [one for one in map(_word, map(add, joined, joined[1:])) if one % 3 == 0]
    return list(map(_word, (_LONG if script == "cased" else _SHORT).findall(folded)))


def _beside(facts: Sequence[int]) -> list[tuple[int, int]]:
    return [*pairwise(facts), *zip(facts, facts[2:], strict=False)]


def _least(pairs: Iterable[tuple[int, int]], sort: int) -> list[int]:
    """Pairs in either order as hashes of 62 bits; the lowest bit says among what they stood."""
    hashes = {(min(pair) * 0x9E3779B97F4A7C15 + max(pair) * 0xC2B2AE3D27D4EB4F) >> 3 & _EVEN | sort for pair in pairs}
    return sorted(hashes)[: max(FEWEST_TRACES, len(hashes) // 4)]
