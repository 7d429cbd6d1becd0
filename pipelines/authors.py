"""Who wrote a page, as printed there: names from JSON-LD, meta tags or the byline, without addresses and without the site itself."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Final

from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from pipelines.bodytext import TRAFILATURA
from pipelines.selectors import Choice
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
_COMMA: Final = re.compile(r"\s*,\s*")
_BESIDE: Final = re.compile(r"\s*\([^()]*\)$|,?\s+(?:PhD|Ph\.D\.|MD|M\.D\.|RD)$")
_NO_NAME: Final = re.compile(
    r"https?://|www\.|@\w|^[\W\d]*$|\bimages?\b|^(?:admin|administrator|editor|name|unknown|null|none|undefined)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Writers:
    """Names in the order printed, and who said so: a query of the card, json-ld, meta, feed or trafilatura. Empty where nobody did."""

    names: tuple[str, ...] = ()
    spoke: str | None = None


def authors_of(tree: HtmlElement, facts: Facts, card: Choice, hinted: str | None = None) -> Writers:
    """The writers, from the first place that names a person; the site itself, or who owns
    it, only where nobody else is named.

    `card` is what the source's card points at, `hinted` is the feed's word; between them stand JSON-LD and meta tags.
    """
    owner = (facts.first("copyright", "dc.rights", "rights") or "").casefold()
    sites = {site.casefold() for site in facts.sites}
    found = (Writers(names, who) for who, lines in _places(tree, facts, card, hinted) if (names := _names(lines)))
    only_site = Writers()
    for writers in found:
        if any(name.casefold() not in sites and name.casefold() not in owner for name in writers.names):
            return writers
        only_site = only_site if only_site.names else writers
    return only_site


def _places(tree: HtmlElement, facts: Facts, card: Choice, hinted: str | None) -> Iterator[tuple[str | None, Iterable[str]]]:
    yield card.spoke, card.values
    yield "json-ld", facts.authors()
    yield from (("meta", facts.meta.get(name, ())) for name in _META)
    yield "feed", (hinted or "",)
    yield TRAFILATURA, (extract_author(tree) or "",)  # walks a copy of the tree: last


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
