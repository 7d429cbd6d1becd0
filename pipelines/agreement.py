"""How far two readings of one page agree, as a number from 0 to 1."""

import re
from collections.abc import Set
from typing import Final

_SINGLE: Final = "\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff"  # letters of scripts without blanks between words
_TOKENS: Final = re.compile(rf"[{_SINGLE}]|[^\W{_SINGLE}]+")
_LONGEST: Final = 20_000  # tokens that are compared; a longer text has shown by then what it is


def shingles(text: str) -> Set[tuple[str, str, str]]:
    """All runs of three words of a text, or of three letters where words are not set apart."""
    words = _TOKENS.findall(text, 0, 200_000)[:_LONGEST]
    return set(zip(words, words[1:], words[2:], strict=False))


def agreement(one: Set[object], other: Set[object]) -> float:
    """Share of the shingles of two readings that both have: 1 where they are the same, 0 where they have nothing in common.

    >>> agreement(shingles("the account was closed today"), shingles("the account was closed"))
    0.8
    """
    total = len(one) + len(other)
    return round(2 * len(one & other) / total, 3) if total else 0.0
