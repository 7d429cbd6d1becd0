"""Texts that repeat each other: MinHash signatures, the bands that bring candidates together, and who is a copy of whom.

Only this file knows rensa. Shingles are pairs of words, or four characters in scripts written without blanks, over the folded text,
so that a Traditional and a Simplified printing are one text. In the labelled pages of the gate near copies share 0.43 and more of
their pairs, other reports of the same event 0.18 and less; rewritten copies lie below both and are not found here.
"""

import re
from array import array
from collections import defaultdict
from collections.abc import Iterable
from itertools import pairwise
from operator import eq
from typing import Protocol, Self

from rensa import RMinHash

from pipelines.fold import folded

ROWS = 3  # hashes in a band: two texts that share 0.4 meet in one of 42 bands with a chance of 0.94
BANDS = 42
ALIKE = 0.4  # share of equal hashes from which one text is called a copy of the other
BYTES = ROWS * BANDS * 4  # of a signature
BAND = 1 << 63  # set in every band, and in nothing else that brings texts together
SHORTEST = 15  # shingles; shorter texts (a caption, a notice) are alike by chance

_SEED = 20261122  # stored signatures are compared with new ones: another seed needs a rebuild
_MIX = (0xD6E8FEB86659FD93, 0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)  # odd: no bit of a row is lost
_WORDS = re.compile(r"\w+")
_UNSPACED = re.compile("[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")


class Order(Protocol):
    """Anything that can be put in order."""

    def __lt__(self, other: Self, /) -> bool: ...


def shingles(text: str) -> set[str]:
    """The pieces by which texts are compared.

    >>> sorted(shingles("Accounts were closed."))
    ['accounts were', 'were closed']
    >>> sorted(shingles("微信封號了"))
    ['信封号了', '微信封号']
    """
    words = _WORDS.findall(folded(text))
    joined = "".join(words)
    if len(_UNSPACED.findall(joined)) * 3 > len(joined):
        return {joined[at : at + 4] for at in range(len(joined) - 3)}
    return {f"{first} {second}" for first, second in pairwise(words)}


def signature(text: str) -> bytes | None:
    """The signature of a text, the same in every process; None where it is too short to be compared."""
    pieces = shingles(text)
    if len(pieces) < SHORTEST:
        return None
    sketch = RMinHash(num_perm=ROWS * BANDS, seed=_SEED)
    sketch.update(sorted(pieces))
    return array("I", sketch.digest()).tobytes()


def bands(signed: bytes) -> list[int]:
    """The bands of a signature, each as a number whose 64th bit is set: texts that share one are worth comparing."""
    rows = iter(memoryview(signed).cast("I"))
    return [
        (at * _MIX[0] + one * _MIX[1] + two * _MIX[2] + three * _MIX[3]) % BAND | BAND
        for at, (one, two, three) in enumerate(zip(rows, rows, rows, strict=True))
    ]


def likeness(one: bytes, other: bytes) -> float:
    """Share of equal hashes, 0 to 1: an estimate of the share of shingles that both texts have."""
    mine, theirs = memoryview(one).cast("I"), memoryview(other).cast("I")
    return float(sum(map(eq, mine, theirs)) / len(mine))


def alike(one: bytes, other: bytes) -> bool:
    """Whether one text is called a copy of the other."""
    return one == other or likeness(one, other) >= ALIKE


def copies(texts: Iterable[tuple[str, Order, str]]) -> dict[str, str]:
    """For each text that repeats an earlier one: its key and the key of the earliest that is alike. Texts come as key, rank, text.

    Earliest means smallest rank, then smallest key; the answer does not depend on the order in which the texts come.
    """
    signed: list[tuple[str, bytes]] = []
    meeting: dict[int, list[int]] = defaultdict(list)
    found: dict[str, str] = {}
    for key, _, text in sorted(texts, key=lambda item: (item[1], item[0])):
        mark = signature(text)
        if mark is None:
            continue
        mine = bands(mark)
        met = {number for band in mine for number in meeting[band]}
        first = next((number for number in sorted(met) if alike(mark, signed[number][1])), None)
        if first is not None:
            found[key] = signed[first][0]
        for band in mine:
            meeting[band].append(len(signed))
        signed.append((key, mark))
    return found
