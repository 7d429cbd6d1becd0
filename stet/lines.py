"""On which line of a TOML file a key stands: the parser of the standard library does not say, and a mend needs it."""

import re
from collections.abc import Mapping

_PART = r"""(?:[A-Za-z0-9_-]+|"[^"\n]*"|'[^'\n]*')"""
_KEY = re.compile(rf"\s*({_PART}(?:\s*\.\s*{_PART})*)\s*=")
_TABLE = re.compile(rf"\s*(\[\[?)\s*({_PART}(?:\s*\.\s*{_PART})*)\s*\]")
_TOKEN = re.compile(r"'''|\"\"\"|\"(?:\\.|[^\"\\\n])*\"|'[^'\n]*'|#[^\n]*|[\[\]{}]")


def key_lines(text: str) -> Mapping[str, int]:
    """Dotted name to line number, from 1; the third [[sources]] table is `sources.2`, its fields `sources.2.name`.

    >>> dict(key_lines("[polite]\\ndelay = 2\\n[[sources]]\\nname = 'a'\\n"))
    {'polite': 1, 'polite.delay': 2, 'sources.0': 3, 'sources.0.name': 4}
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table: list[str] = []
    depth, quote = 0, ""
    for number, line in enumerate(text.splitlines(), start=1):
        if depth == 0 and not quote:
            if head := _TABLE.match(line):
                table = _table(head, counts)
                found.setdefault(".".join(table), number)
                continue
            if key := _KEY.match(line):
                found.setdefault(".".join([*table, *_parts(key[1])]), number)
        depth, quote = _nesting(line, depth, quote)
    return found


def _parts(dotted: str) -> list[str]:
    return [part.strip("\"'") for part in re.findall(_PART, dotted)]


def _table(head: re.Match[str], counts: dict[str, int]) -> list[str]:
    """The path of a table, with the number of the array element it opens or belongs to."""
    path: list[str] = []
    parts = _parts(head[2])
    for place, part in enumerate(parts):
        path.append(part)
        dotted = ".".join(path)
        if head[1] == "[[" and place == len(parts) - 1:
            counts[dotted] = counts.get(dotted, -1) + 1
        if dotted in counts:
            path.append(str(counts[dotted]))
    return path


def _nesting(line: str, depth: int, quote: str) -> tuple[int, str]:
    """How many brackets, or which long quote, are open at the end of a line."""
    place = 0
    while True:
        if quote:
            end = line.find(quote, place)
            if end < 0:
                return depth, quote
            place, quote = end + len(quote), ""
        token = _TOKEN.search(line, place)
        if token is None:
            return depth, quote
        place = token.end()
        if token[0] in ("'''", '"""'):
            quote = token[0]
        elif token[0] in "[{":
            depth += 1
        elif token[0] in "]}":
            depth = max(0, depth - 1)
