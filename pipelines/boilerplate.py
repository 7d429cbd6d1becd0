"""Lines that recur on the pages of one host: learnt from stored texts, in whatever order, and cut from the texts of pages that are read."""

import hashlib
from collections import Counter
from collections.abc import Iterable, Set
from typing import Final

from pipelines.visible import bare

_SHORTEST: Final = 12  # letters of a line that is learnt: below that stands "He said no."
_LONGEST: Final = 1_000  # code points; what is longer is an article that was published twice
PAGES: Final = 4  # on which a line stands before it is learnt
_SHARE: Final = 0.1  # of the host's pages on which it stands: a saying of one week is none of the host's own
_COPY: Final = 0.5  # share of a page's lines that stand on one other page: the same article at another address
_KEPT: Final = 0.5  # share of a text that must be left: a host may print one statement again and again
_DIGEST: Final = 16  # hexadecimal digits, 64 bits


def digest_of(line: str) -> str:
    """By what a line is known again: sixteen hexadecimal digits of the SHA-256 of its letters; "" where it is too short or too long."""
    letters = bare(line)
    if len(letters) < _SHORTEST or len(line) > _LONGEST:
        return ""
    return hashlib.sha256(letters.encode()).hexdigest()[:_DIGEST]


def recurring(texts: Iterable[str]) -> frozenset[str]:
    """Digests of the lines that recur across the texts of one host's pages, the same for any order of them.

    Copies of one article count as one page: without that, its second address would make boilerplate of all it says.
    """
    pages = [frozenset(filter(None, map(digest_of, text.split("\n")))) for text in sorted(set(texts))]
    apart: list[frozenset[str]] = []
    holders: dict[str, list[int]] = {}
    for page in pages:
        shared = Counter(number for line in page for number in holders.get(line, ()))
        if page and max(shared.values(), default=0) <= _COPY * len(page):
            for line in page:
                holders.setdefault(line, []).append(len(apart))
            apart.append(page)
    least = max(PAGES, _SHARE * len(apart))
    return frozenset(line for line, numbers in holders.items() if len(numbers) >= least)


def without(text: str, known: Set[str]) -> str:
    """`text` without the lines that are known to recur; as it is where little would be left of it."""
    if not known:
        return text
    lines = text.split("\n")
    kept = [line for line in lines if digest_of(line) not in known]
    return "\n".join(kept) if sum(map(len, kept)) > _KEPT * len(text) else text
