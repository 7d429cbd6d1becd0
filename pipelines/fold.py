"""Folds text for comparing: case, width, Traditional and Simplified, Arabic and Persian letters, one code point at a time.

The table here is the one the index stores as `folds`; SQL and Python fold alike because both normalise to NFC and then look up each
code point alone. Good for finding, never for display: 乾 and 干 meet.
"""

import re
import sys
import unicodedata
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import groupby

import opencc

# ZWNJ and tatweel, then the Arabic vowel signs and the superscript alef: written or left out at will.
_DROPPED = frozenset({0x200C, 0x0640, 0x0670, *range(0x064B, 0x0653)})
# Arabic kaf, yeh and alef maksura become the Persian kaf and yeh, so that keyboards of both countries meet.
_JOINED = {0x0643: "\u06a9", 0x064A: "\u06cc", 0x0649: "\u06cc"}
_HAN = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32400))
_PLAIN = ((0xAC00, 0xD7A4), (0xE000, 0xF900), (0x32400, 0xE0000), (0xE01F0, sys.maxunicode + 1))  # Hangul, private use, unassigned
_ASTRAL = 0x10000  # the first code point beyond the first plane
_BLOCK = 64  # code points that are looked at together while the table is built
_FEW = 12  # different letters that are replaced one by one
_COUNTED = list(range(20_000))  # offsets ready made: a slice of them costs a tenth of what new numbers do
_MEDIAL_JAMO = range(0x1160, 0x1200)  # vowels and final consonants that join the syllable before them


@cache
def fold_table() -> dict[str, str]:
    """Every code point that folding changes, with what it becomes (empty: dropped, longer: taken apart). Built once per process."""
    table: dict[str, str] = {}
    simplified = _simplified()
    touched = frozenset((*simplified, *map(chr, _DROPPED), *map(chr, _JOINED)))
    for start, end in _walked():
        for first in range(start, end, _BLOCK):
            block = "".join(map(chr, range(first, min(first + _BLOCK, end))))
            plain = unicodedata.normalize("NFKC", block).lower() == block  # then so is each of its code points
            for char in touched.intersection(block) if plain else block:
                folded = _fold_char(char, simplified)
                if folded != char:
                    table[char] = folded
    return dict(sorted(table.items()))


def fold(text: str) -> tuple[str, Sequence[int]]:
    """Folded text, and for each of its code points (and its end) the offset in `text` it came from.

    >>> fold("ＷｅＣｈａｔ 封號")
    ('wechat 封号', range(0, 10))
    >>> folded, offsets = fold("①Café")
    >>> folded, list(offsets)
    ('1café', [0, 1, 2, 3, 4, 5])
    """
    if not unicodedata.is_normalized("NFC", text):
        return _fold_clusters(text)
    folded = _translated(text)
    if len(folded) == len(text) and (text.isascii() or _resized().search(text) is None):
        return folded, range(len(text) + 1)
    offsets: list[int] = []
    _extend(offsets, text, 0)
    offsets.append(len(text))
    return folded, offsets


def folded(text: str) -> str:
    """Folded text alone."""
    return _translated(unicodedata.normalize("NFC", text))


def _translated(text: str) -> str:
    """NFC text with each code point folded: in most texts all but a few letters fold as C lowers them, and those few are replaced first."""
    if text.isascii():
        return text.lower()
    for code, made in _JOINED.items():  # every tenth letter of an Arabic text is one of them
        if (char := chr(code)) in text:
            text = text.replace(char, made)
    table = _translation()
    others = {char for char in _uncommon().findall(text) if ord(char) in table}
    if len(others) > _FEW or not others.isdisjoint(_tangled()):
        return text.translate(table)
    for char in others:
        text = text.replace(char, table[ord(char)])
    return text.lower()


def _extend(offsets: list[int], text: str, start: int) -> None:
    """Add the offset of each folded code point of NFC `text`, which begins at `start`."""
    table = _translation()
    done = 0
    for match in _resized().finditer(text):
        at = match.start()
        offsets += _counted(start + done, start + at)
        offsets += [start + at] * len(table.get(ord(match[0]), match[0]))
        done = at + 1
    offsets += _counted(start + done, start + len(text))


def _counted(start: int, end: int) -> Iterable[int]:
    return _COUNTED[start:end] if end <= len(_COUNTED) else range(start, end)


def _fold_clusters(text: str) -> tuple[str, Sequence[int]]:
    """Fold text that is not NFC: a mark or a joining jamo belongs to the character before it, and both point there."""
    parts: list[str] = []
    offsets: list[int] = []
    for match in _clusters().finditer(text):
        piece, at = match[0], match.start()
        if match.lastgroup and unicodedata.is_normalized("NFC", piece):
            parts.append(_translated(piece))
            _extend(offsets, piece, at)
            continue
        for start, cluster in enumerate(piece, at) if match.lastgroup else ((at, piece),):
            parts.append(_cluster(cluster))
            offsets.extend([start] * len(parts[-1]))
    offsets.append(len(text))
    return "".join(parts), offsets


@lru_cache(maxsize=10_000)
def _cluster(piece: str) -> str:
    return unicodedata.normalize("NFC", piece).translate(_translation())


@cache
def _clusters() -> re.Pattern[str]:
    """A pattern for a character with what belongs to it, or else for a run of characters that have nothing (the group `bare`)."""
    joining = [code for code in range(sys.maxunicode + 1) if code in _MEDIAL_JAMO or unicodedata.category(chr(code))[0] == "M"]
    near = _any_of(code for code in joining if code < _ASTRAL)
    far = _any_of(code for code in joining if code >= _ASTRAL)
    joins = f"(?:{near}|(?=[\\U00010000-\\U0010ffff]){far})"  # apart, for C looks up only a set of the first plane at once
    return re.compile(f"(?s:.){joins}+|(?P<bare>(?:(?s:.)(?!{joins}))+)")


@cache
def _translation() -> dict[int, str]:
    return {ord(char): folded for char, folded in fold_table().items()}


@cache
def _resized() -> re.Pattern[str]:
    """Code points whose folded form is not one code point long, and all beyond the first plane, which C tells apart from them slowly."""
    table = _translation()
    return re.compile(_any_of((code for code in range(_ASTRAL) if len(table.get(code, " ")) == 1), but=True))


@cache
def _uncommon() -> re.Pattern[str]:
    """Code points that do not fold as `str.lower` does it, and all beyond the first plane; a capital sigma is lowered by its place."""
    table = _translation()
    common = (code for code in range(_ASTRAL) if table.get(code, chr(code)) == chr(code).lower() and chr(code) != "Σ")
    return re.compile(_any_of(common, but=True))


@cache
def _tangled() -> frozenset[str]:
    """Code points that cannot be replaced before the rest is lowered: what they become would change again."""
    table = fold_table()
    return frozenset(
        char for char, made in table.items() if made != char.lower() and (made.lower() != made or not table.keys().isdisjoint(made))
    )


def _any_of(codes: Iterable[int], *, but: bool = False) -> str:
    """A pattern for one of these code points, which come in order; with `but` for any other."""
    runs = [[code for _, code in run] for _, run in groupby(enumerate(codes), key=lambda pair: pair[1] - pair[0])]
    return "".join(["[^" if but else "[", *(rf"\U{run[0]:08x}-\U{run[-1]:08x}" for run in runs), "]"])


def _fold_char(char: str, simplified: dict[str, str]) -> str:
    lowered = unicodedata.normalize("NFKC", char).lower()
    return "".join(_JOINED.get(ord(c), simplified.get(c, c)) for c in lowered if ord(c) not in _DROPPED)


def _simplified() -> dict[str, str]:
    """Traditional to Simplified by OpenCC, in one call: one character a line, so that no phrase can be seen."""
    chars = [chr(code) for start, end in _HAN for code in range(start, end)]
    lines = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return {char: line for char, line in zip(chars, lines, strict=True) if char != line}


def _walked() -> list[tuple[int, int]]:
    """Ranges of code points that may change, the others left out for speed."""
    ranges, at = [], 0
    for start, end in _PLAIN:
        ranges.append((at, start))
        at = end
    return [*ranges, (at, sys.maxunicode + 1)]
