"""Folds text for comparing: case, width, Traditional and Simplified, Arabic and Persian letters, one code point at a time.

The table here is the one the index stores as `folds`; SQL and Python fold alike because both normalise to NFC and then look up each
code point alone. Good for finding, never for display: 乾 and 干 meet.
"""

import sys
import unicodedata
from collections.abc import Sequence
from functools import cache

import opencc

# ZWNJ and tatweel, then the Arabic vowel signs and the superscript alef: written or left out at will.
_DROPPED = frozenset({0x200C, 0x0640, 0x0670, *range(0x064B, 0x0653)})
# Arabic kaf, yeh and alef maksura become the Persian kaf and yeh, so that keyboards of both countries meet.
_JOINED = {0x0643: "\u06a9", 0x064A: "\u06cc", 0x0649: "\u06cc"}
_HAN = ((0x3400, 0xA000), (0xF900, 0xFB00), (0x20000, 0x32400))
_PLAIN = ((0xAC00, 0xD7A4), (0xE000, 0xF900), (0x32400, 0xE0000), (0xE01F0, sys.maxunicode + 1))  # Hangul, private use, unassigned
_MEDIAL_JAMO = range(0x1160, 0x1200)  # vowels and final consonants that join the syllable before them


@cache
def fold_table() -> dict[str, str]:
    """Every code point that folding changes, with what it becomes (empty: dropped, longer: taken apart). Built once per process."""
    table: dict[str, str] = {}
    simplified = _simplified()
    for start, end in _walked():
        for code in range(start, end):
            char = chr(code)
            folded = _fold_char(char, simplified)
            if folded != char:
                table[char] = folded
    return table


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
    if text.isascii():
        return text.lower(), range(len(text) + 1)
    table = _translation()
    folded = text.translate(table)
    if len(folded) == len(text) and not _resized().intersection(text):
        return folded, range(len(text) + 1)
    offsets: list[int] = []
    for at, char in enumerate(text):
        offsets.extend([at] * len(table.get(ord(char), char)))
    offsets.append(len(text))
    return folded, offsets


def folded(text: str) -> str:
    """Folded text alone."""
    return unicodedata.normalize("NFC", text).translate(_translation())


def _fold_clusters(text: str) -> tuple[str, Sequence[int]]:
    """Fold text that is not NFC: a mark or a joining jamo belongs to the character before it, and both point there."""
    table = _translation()
    parts: list[str] = []
    offsets: list[int] = []
    start = 0
    for at in range(1, len(text) + 1):
        if at < len(text) and (unicodedata.category(text[at])[0] == "M" or ord(text[at]) in _MEDIAL_JAMO):
            continue
        piece = unicodedata.normalize("NFC", text[start:at]).translate(table)
        parts.append(piece)
        offsets.extend([start] * len(piece))
        start = at
    offsets.append(len(text))
    return "".join(parts), offsets


@cache
def _translation() -> dict[int, str]:
    return {ord(char): folded for char, folded in fold_table().items()}


@cache
def _resized() -> frozenset[str]:
    """Code points whose folded form is not one code point long."""
    return frozenset(char for char, folded in fold_table().items() if len(folded) != 1)


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
