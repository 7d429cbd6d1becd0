"""Who wrote a page, as printed there: names from JSON-LD, meta tags or the byline, without addresses and without the site itself."""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from lxml.html import HtmlElement
from trafilatura.metadata import extract_author

from pipelines.structured import Facts, plain, texts

MAX_AUTHORS: Final = 20
MAX_NAME: Final = 100

_META: Final = (
    "author", "article:author", "byl", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author", "citation_author", "og:author",
    "og:article:author", "creator", "authors",
)  # fmt: skip
_BY: Final = re.compile(
    r"^(?:by|author|autor|von|par|por|di|da|av|от|автор|作者|文|記者|记者|撰文)\s*[:：/／]?\s+|^(?:作者|文|記者|记者|撰文)\s*[:：/／|｜]\s*",
    re.IGNORECASE,
)
_SPLIT: Final = re.compile(r"\s*[;|｜、，]\s*|\s*,\s+(?=\S+\s+\S)|\s+(?:and|und|et|y|&)\s+", re.IGNORECASE)
_NO_NAME: Final = re.compile(
    r"https?://|www\.|@\w+\.|^[\W\d]*$|^(?:admin|administrator|editor|redaktion|staff|unknown|null|none|undefined)$", re.IGNORECASE
)


def authors_of(tree: HtmlElement, facts: Facts, selected: Iterable[str] = (), hinted: str | None = None) -> tuple[str, ...]:
    """Names in the order printed, from the first place that has any.

    `selected` are values that the source's card points at, `hinted` is the feed's word; between them stand JSON-LD and meta tags.
    """
    return next((names for lines in _places(tree, facts, selected, hinted) if (names := _names(lines))), ())


def _places(tree: HtmlElement, facts: Facts, selected: Iterable[str], hinted: str | None) -> Iterator[Iterable[str]]:
    yield selected
    yield from (texts(thing.get("author")) for thing in facts.things)
    yield from (facts.meta.get(name, ()) for name in _META)
    yield (hinted or "",)
    yield (extract_author(tree) or "",)  # walks a copy of the tree: last


def _names(lines: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, str] = {}
    for line in lines:
        for piece in _SPLIT.split(_BY.sub("", plain(line))):
            name = _BY.sub("", piece).strip(" ,.;:-–—")
            if name and len(name) <= MAX_NAME and not _NO_NAME.search(name):
                found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MAX_AUTHORS]
