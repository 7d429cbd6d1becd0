"""Who wrote a page, as printed there: names from JSON-LD, meta tags or the byline, without addresses and without the site itself."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from pipelines.structured import Facts, plain

MAX_AUTHORS: Final = 20
MAX_NAME: Final = 100

_META: Final = (
    "author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "og:author",
    "og:article:author", "creator", "authors",
)  # fmt: skip
_BY: Final = re.compile(
    r"^(?:by|author|autor|von|par|por|di|da|av|от|автор)\s*[:：]?\s+|^(?:作者|文|記者|记者|撰文)\s*[:：/／|｜\s]\s*", re.IGNORECASE
)
_SPLIT: Final = re.compile(r"\s*[;|｜、，]\s*|\s+(?:and|und|et|y|&)\s+(?=\S+\s+\S)", re.IGNORECASE)
_COMMA: Final = re.compile(r"\s*,\s+")
_BESIDE: Final = re.compile(r"\s*\([^()]*\)$|,?\s+(?:PhD|Ph\.D\.|MD|M\.D\.|RD)$")
_NO_NAME: Final = re.compile(
    r"https?://|www\.|@\w|^[\W\d]*$|\bimages?\b|^(?:admin|administrator|editor|name|unknown|null|none|undefined)$", re.IGNORECASE
)


def authors_of(tree: HtmlElement, facts: Facts, selected: Iterable[str] = (), hinted: str | None = None) -> tuple[str, ...]:
    """Names in the order printed, from the first place that names a person; the site itself only where nobody else is named.

    `selected` are values that the source's card points at, `hinted` is the feed's word; between them stand JSON-LD and meta tags.
    """
    sites = {site.casefold() for site in facts.sites}
    found = (names for lines in _places(tree, facts, selected, hinted) if (names := _names(lines)))
    only_site: tuple[str, ...] = ()
    for names in found:
        if any(name.casefold() not in sites for name in names):
            return names
        only_site = only_site or names
    return only_site


def _places(tree: HtmlElement, facts: Facts, selected: Iterable[str], hinted: str | None) -> Iterator[Iterable[str]]:
    yield selected
    yield facts.authors()
    yield from (facts.meta.get(name, ()) for name in _META)
    yield (hinted or "",)
    yield (extract_author(tree) or "",)  # walks a copy of the tree: last


def _names(lines: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for line in lines:
        for piece in _SPLIT.split(_BY.sub("", plain(line))):
            parts = _COMMA.split(piece)
            surname_first = len(parts) == 2 and not any(" " in part for part in parts)
            for part in [piece] if surname_first else parts:
                name = _BESIDE.sub("", _BY.sub("", part)).strip(" ,.;:-–—")
                if name and len(name) <= MAX_NAME and not _NO_NAME.search(name):
                    found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MAX_AUTHORS]
