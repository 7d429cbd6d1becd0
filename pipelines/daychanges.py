"""Who says when a page was changed last: kept apart from its publication, and never taken for it."""

from collections.abc import Iterator
from itertools import islice, pairwise
from typing import Final

from lxml.html import HtmlElement

from archive.model import Hints
from pipelines.dayclaims import AFTER, LONGEST, MOST, OUTSIDE, Claim, claim, pieces, read_day
from pipelines.daylabels import CHANGED, CHANGED_LINE
from pipelines.dayspoken import spoken
from pipelines.daytext import stated
from pipelines.heading import following, start_of
from pipelines.structured import Facts, texts
from pipelines.tree import finder

_META_CHANGED: Final = (
    "article:modified_time", "og:article:modified_time", "og:updated_time", "article:modified", "datemodified", "last-modified", "lastmod",
    "dcterms.modified", "dc.date.modified", "modified", "revised", "dateupdated", "updated_time", "cxenseparse:recs:modifiedtime",
)  # fmt: skip
_CHANGED_TIMES: Final = finder(f"/descendant::*[self::time or @itemprop='dateModified' or @property='dateModified'][not(self::meta)]{OUTSIDE}")


def changed(tree: HtmlElement, facts: Facts, heading: HtmlElement | None, hints: Hints, language: str | None) -> Iterator[Claim]:
    """Who says when the page was changed last: JSON-LD, meta tags, a <time> marked so, a line such as "Updated …", the sitemap."""
    for thing in facts.things:
        yield from (claim(moment, "json-ld") for line in texts(thing.get("dateModified"))[:1] if (moment := read_day(line, language)))
    for name in _META_CHANGED:
        yield from (claim(moment, "meta") for line in facts.meta.get(name, ())[:1] if (moment := read_day(line, language)))
    for element in _CHANGED_TIMES(tree)[:MOST]:
        marks = " ".join(filter(None, (element.get("itemprop"), element.get("class"), element.get("property"))))
        line = start_of(element, 4 * LONGEST)
        said = stated(element.get("datetime") or element.get("content") or "") or next(spoken(line[:LONGEST], language), None)
        if said is not None and (CHANGED.search(marks) or CHANGED_LINE.search(line)):
            yield claim(said, "time")
    lines = list(pieces(following(heading), AFTER, own=False)) if heading is not None else []
    for line, after in pairwise([*lines, ""]):
        short = " ".join(line[: 4 * LONGEST].split())
        if len(short) <= LONGEST and (found := CHANGED_LINE.search(short)):
            yield from (claim(moment, "text") for moment in islice(spoken(f"{short[found.start() :]} {after[:LONGEST]}", language), 1))
    if hints.modified and (moment := stated(hints.modified)):
        yield claim(moment, "sitemap")
