"""Guesses what the addresses of a site's articles have in common, from a few of them. A guess: a person looks at it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from urllib.parse import urlsplit

MOST_PATTERNS = 3
SHARE = 0.15  # of the samples that a form must have to become a pattern
_YEAR = re.compile(r"(?:19|20)\d{2}")
_DAY = re.compile(r"\d{1,2}")
_COMPACT = re.compile(r"(?:19|20)\d{6}")
_NUMBER = re.compile(r"\d+")
_NUMBERED = re.compile(r".*\D\d{4,}")
_ENDING = re.compile(r"\.(?:html?|shtml|php|aspx?|jsp)\Z", re.IGNORECASE)


def patterns_for(urls: Sequence[str]) -> tuple[str, ...]:
    """Patterns of the commonest forms, most common first; none where the addresses show no form that a front page would not have too.

    >>> patterns_for(["https://a.example/2026/03/01/one-fine-day/", "https://a.example/2026/02/11/another-day/"])
    ('^https://a\\\\.example/\\\\d{4}/\\\\d{1,2}/\\\\d{1,2}/[^/?#]+/?$',)
    """
    forms: dict[tuple[str, ...], list[list[str]]] = defaultdict(list)
    for url in dict.fromkeys(urls):
        parts = urlsplit(url)
        segments = [part for part in parts.path.split("/") if part]
        if segments and not parts.query:
            forms[f"{parts.scheme}://{parts.netloc}", *map(_kind, segments)].append(segments)
    found: list[str] = []
    for form, rows in sorted(forms.items(), key=lambda item: -len(item[1])):
        if len(rows) < SHARE * len(urls) or len(found) == MOST_PATTERNS:
            break
        if (pattern := _pattern(form, rows)) is not None and pattern not in found:
            found.append(pattern)
    return tuple(found)


def _kind(segment: str) -> str:
    """What sort of segment this is: of one form are addresses whose segments are of the same sorts."""
    bare = _ENDING.sub("", segment)
    ending = segment[len(bare) :].lower()
    if _YEAR.fullmatch(bare):
        return "year" + ending
    if _COMPACT.fullmatch(bare):
        return "day of eight" + ending
    if _DAY.fullmatch(bare):
        return "day" + ending
    if _NUMBER.fullmatch(bare):
        return "number" + ending
    if _NUMBERED.fullmatch(bare):
        return "words and number" + ending
    return ("slug" if bare.count("-") >= 2 else "word") + ending


def _pattern(form: tuple[str, ...], rows: Sequence[Sequence[str]]) -> str | None:
    """One pattern, None for a form so loose that section pages would match it."""
    origin, *kinds = form
    telling = any(kind.startswith(("year", "day of eight", "number", "words and number")) for kind in kinds)
    pieces = [_piece(kind, {row[place] for row in rows}, last=place == len(kinds) - 1, loose=telling) for place, kind in enumerate(kinds)]
    shelf = len(kinds) > 1 and _fixed({row[0] for row in rows}) and len({row[-1] for row in rows}) > 1
    if not telling and not shelf and not kinds[-1].startswith("slug"):
        return None
    return f"^{_escaped(origin)}/{'/'.join(pieces)}/?$"


def _piece(kind: str, seen: Iterable[str], *, last: bool, loose: bool) -> str:
    """The pattern of one segment; `loose`: another one tells an article already."""
    sort, dot, ending = kind.partition(".")
    tail = _escaped(dot + ending)
    match sort:
        case "year":
            return r"\d{4}" + tail
        case "day of eight":
            return r"\d{8}" + tail
        case "day":
            return r"\d{1,2}" + tail
        case "number":
            return r"\d+" + tail
        case "words and number":
            return r"[^/?#]*\d{4,}" + tail
        case _ if not last and _fixed(seen):
            return _escaped(next(iter(seen)))
        case "slug" if last and not loose:
            return r"[^/?#-]+(?:-[^/?#-]+){2,}" + tail
        case _:
            return r"[^/?#]+" + tail


def _fixed(seen: Iterable[str]) -> bool:
    return len(set(seen)) == 1


def _escaped(text: str) -> str:
    """As `re.escape`, without the marks that need none."""
    return re.sub(r"([.\\+*?\[\](){}|^$])", r"\\\1", text)
