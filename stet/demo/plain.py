"""How the story shows what a command answered: rows in straight columns whatever the script, nothing wider than a page."""

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

WIDTH = 100  # columns of a page
CELL = 58  # columns of one cell


def columns(text: str) -> list[str]:
    r"""Tab-separated rows as lines in straight columns.

    >>> columns("source\tkept\n江岸\t4\n")
    ['source  kept', '江岸    4']
    """
    rows = [[_cut(cell, CELL) for cell in line.split("\t")] for line in text.splitlines()]
    widths = [max((_width(row[place]) for row in rows if place < len(row)), default=0) for place in range(max(map(len, rows), default=0))]
    return [_cut("  ".join(_filled(cell, widths[place]) for place, cell in enumerate(row)).rstrip(), WIDTH) for row in rows]


def folded(text: str, most: int) -> list[str]:
    """Prose as lines of page width, at most so many; three dots stand for the rest."""
    lines = list(_folded(text.splitlines()))
    return lines if len(lines) <= most else [*lines[: most - 1], "…"]


def _folded(paragraphs: Sequence[str]) -> Iterator[str]:
    for paragraph in paragraphs:
        if _width(paragraph) > len(paragraph) * 1.5:  # East Asian text has no spaces to fold at
            yield from textwrap.wrap(paragraph, WIDTH // 2)
        else:
            yield from textwrap.wrap(paragraph, WIDTH) or [""]


def _width(text: str) -> int:
    """Columns that a terminal gives to a text: two for East Asian letters, none for marks that sit on the letter before."""
    return sum(0 if unicodedata.combining(sign) else 2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)


def _filled(text: str, width: int) -> str:
    return text + " " * (width - _width(text))


def _cut(text: str, width: int) -> str:
    if _width(text) <= width:
        return text
    while _width(text) > width - 1:
        text = text[:-1]
    return text.rstrip() + "…"
