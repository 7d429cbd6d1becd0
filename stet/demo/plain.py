"""How the story shows what a command answered: rows in straight columns whatever the script, nothing wider than a page."""

import textwrap
import unicodedata
from collections.abc import Iterator, Sequence

WIDTH = 112  # columns of a page
CELL = 58  # columns of one cell, at most
NARROW = 12  # a column with less room than this is left out


def columns(text: str) -> list[str]:
    r"""Tab-separated rows as lines in straight columns. What does not fit the page is left out; three dots in the head say so.

    >>> columns("source\tkept\n江岸\t4\n")
    ['source  kept', '江岸    4']
    """
    rows = [line.split("\t") for line in text.splitlines()]
    if not rows:
        return []
    wanted = [min(CELL, max(_width(row[place]) for row in rows if place < len(row))) for place in range(len(rows[0]))]
    widths = _fitting(wanted)
    shown = [[_cut(cell, width) for cell, width in zip(row, widths, strict=False)] for row in rows]
    if len(widths) < len(wanted):
        shown[0].append("…")
    return ["  ".join(_filled(cell, width) for cell, width in zip(row, [*widths, 1], strict=False)).rstrip() for row in shown]


def _fitting(wanted: Sequence[int]) -> list[int]:
    """The widths of the columns that fit a page side by side; the last of them may be narrower than it would like."""
    widths: list[int] = []
    left = WIDTH
    for width in wanted:
        if width > left:
            return [*widths, left] if left >= NARROW else widths
        widths.append(width)
        left -= width + 2
    return widths


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
