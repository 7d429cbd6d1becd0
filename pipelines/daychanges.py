"""Who says when a page was changed last: kept apart from its publication, and never taken for it."""

import re
from collections.abc import Iterable, Iterator
from itertools import chain, islice, pairwise
from typing import Final

from lxml.html import HtmlElement

from archive.model import Hints
from pipelines.dayclaims import AFTER, LONGEST, Claim, claim, day_in, pieces, read_day
from pipelines.daylabels import CHANGED, is_changed, marks_of
from pipelines.dayspoken import spoken
from pipelines.daytext import stated
from pipelines.daywords import OF_CHANGE
from pipelines.heading import following, visible_lines
from pipelines.structured import Facts, texts

_META_CHANGED: Final = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified", "last-modified", "lastmod",
    "dcterms.modified", "dc.date.modified", "modified", "revised", "dateupdated", "updated_time", "cxenseparse:recs:modifiedtime",
)  # fmt: skip
_DIGIT: Final = re.compile(r"\d")
_FAR: Final = 3_000  # lines of a page


def changed(times: list[HtmlElement], facts: Facts, heading: HtmlElement | None, hints: Hints, language: str | None) -> Iterator[Claim]:
    """Who says when the page was changed last: JSON-LD, meta tags, a <time> marked so, a line such as "Updated …", the sitemap."""
    for thing in facts.things:
        yield from (claim(moment, "json-ld") for line in texts(thing.get("dateModified"))[:1] if (moment := read_day(line, language)))
    for name in _META_CHANGED:
        yield from (claim(moment, "meta") for line in facts.meta.get(name, ())[:1] if (moment := read_day(line, language)))
    for element in times:
        if (said := day_in(element, language)) is not None and (is_changed(element) or CHANGED.search(marks_of(element))):
            yield claim(said, "time")
    if heading is not None:
        yield from _told(pieces(following(heading), AFTER, own=False), language)
    if hints.modified and (moment := stated(hints.modified)):
        yield claim(moment, "sitemap")


def changed_anywhere(tree: HtmlElement, language: str | None) -> Iterator[Claim]:
    """What lines such as "Updated …" say wherever they stand, for pages that state no day beside the headline."""
    body = tree.find(".//body")
    yield from _told(islice(visible_lines(body if body is not None else tree), _FAR), language)


def _told(lines: Iterable[str], language: str | None) -> Iterator[Claim]:
    for line, after in pairwise(chain(lines, ("",))):
        short = " ".join(line[: 4 * LONGEST].split())
        numbered = _DIGIT.search(short) or _DIGIT.search(after[:LONGEST])
        if len(short) <= LONGEST and numbered and (found := OF_CHANGE.search(short)):
            behind = islice(spoken(f"{short[found.start() :]} {after[:LONGEST]}", language), 1)
            yield from (claim(moment, "text") for moment in (*behind, *list(spoken(short[: found.start()], language))[-1:])[:1])
