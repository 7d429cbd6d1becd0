"""Who says when a page was published: its JSON-LD, its meta tags, the seed, its <time>, its address, its byline."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain, islice
from typing import Final, Literal
from urllib.parse import unquote, urlsplit

from lxml.etree import XPath
from lxml.html import HtmlElement

from archive.model import Hints
from pipelines.daylabels import apart, elsewhere, is_changed, is_published, led_by, of_others, own_days, stated_as_published, teaser
from pipelines.dayspoken import spoken, spoken_at
from pipelines.daytext import Moment, in_address, stated
from pipelines.heading import following, start_of
from pipelines.structured import Facts, texts
from pipelines.tree import finder, walk

Basis = Literal["feed", "sitemap", "json-ld", "meta", "time", "text", "url", "htmldate"]

# Who is believed first, where claims differ; lower is better. A sitemap's day is often that of the last change.
TRUST: Final[dict[Basis, int]] = {"json-ld": 1, "meta": 2, "feed": 3, "time": 4, "url": 5, "text": 6, "sitemap": 8, "htmldate": 9}
_CARD: Final = 0  # an element that the source's card points at
VAGUE: Final = 7  # meta names that do not say whose date it is

_META_PUBLISHED: Final = (
    "article:published_time", "og:article:published_time", "og:published_time", "datepublished", "article:published", "article.published",
    "parsely-pub-date", "sailthru.date", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date", "pubdate",
    "ptime", "pub_date", "citation_publication_date", "citation_online_date", "dc.date.issued", "dcterms.issued", "date.issued",
    "displaydate", "rnews:datepublished", "rbpubdate", "bt:pubdate", "cxenseparse:recs:publishtime", "apub:time", "weibo:article:create_at",
    "firstpublished", "article_date_original", "originalpublicationdate", "pubtime", "release_date", "release-date", "og:regdate",
    "shareaholic:article_published_time",
)  # fmt: skip
_META_DATE: Final = ("date", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created", "datecreated")
_HERE: Final = "not(ancestor::a or ancestor::nav or ancestor::aside or ancestor::footer or ancestor::blockquote)"
_PERMALINK: Final = "ancestor::a[contains(@rel,'bookmark')] and not(ancestor::nav or ancestor::aside or ancestor::footer or ancestor::li)"
_TIMES: Final = finder(  # most elements have neither attribute: asked first, it halves the time
    "/descendant::*[self::time or @itemprop or @property]"
    "[self::time or @itemprop='datePublished' or @property='datePublished' or @itemprop='dateModified' or @property='dateModified']"
    f"[not(self::meta)][{_HERE} or (self::time and {_PERMALINK})]"
)
_LISTED: Final = XPath("count(ancestor::li[1]/../li[.//time]) > 1")
_NAMED: Final = finder(
    "/descendant::*[(@class or @id) and not(self::script or self::style or self::body or self::html or self::a or self::input)]"
    "[contains(@class,'date') or contains(@class,'time') or contains(@class,'publi') or contains(@class,'byline')"
    " or contains(@class,'info') or contains(@class,'source') or contains(@class,'posted') or contains(@class,'stamp')"
    " or contains(@class,'meta') or contains(@id,'date') or contains(@id,'time') or contains(@id,'info') or contains(@id,'publi')]"
    f"[{_HERE}]"
)
_LABELS: Final = finder(
    "/descendant::*[self::strong or self::b or self::span or self::dt or self::th or self::td or self::label"
    " or self::p or self::h4 or self::h5]"
)
_LABEL: Final = re.compile(
    r"(?:(?:date|datum|fecha|data|tarih|дата|published|veröffentlicht|publié|publicado|ngày|日期|时间|時間|发布时间|發布時間|作成日|날짜|تاریخ|التاريخ))\s*[:：]?",
    re.IGNORECASE,
)
_QUOTED: Final = frozenset({"blockquote", "nav", "footer"})
_PARAGRAPHS: Final = finder("//p[not(ancestor::nav or ancestor::aside or ancestor::footer or ancestor::blockquote or ancestor::li)]")
_UNREAD: Final = frozenset({"a", "script", "style", "noscript", "template", "head", "title", "option", "button"})
_YEAR: Final = re.compile(r"\d{4}|\d\.\d{1,2}\.\d\d|1\d\d(?:[./-]|\s?年\s?)\d|[〇○零一二三四五六七八九]{4}年|民國|令和")
_SENTENCE_END: Final = re.compile(r"[.!?。！？।]\s*$")
_PARAGRAPH: Final = 120  # code points of a piece, from which on it is part of a paragraph
_STORY: Final = 3  # such pieces, after which the story has begun
_LISTED_TAGS: Final = frozenset({"li", "article", "div", "section"})
LONGEST: Final = 90  # code points of a line that may be a byline
_BESIDE: Final = 12  # of them right after it
AFTER: Final = 40  # pieces of text after the headline
_BEFORE: Final = 4  # elements before it
_TOP: Final = 60  # pieces from the top of a page without headline
MOST: Final = 60  # elements of a kind


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of when the page was published. `local`: its day stands in the publisher's own zone; `trust`: lower is better."""

    moment: Moment
    basis: Basis
    local: bool
    trust: int
    spoke: str | None = None  # the query of the card that found it


def claim(moment: Moment, basis: Basis, trust: int | None = None, spoke: str | None = None) -> Claim:
    """A claim whose day is the publisher's own, unless its instant is given in UTC, as machines do."""
    local = moment.instant is None or bool(moment.instant.utcoffset())
    return Claim(moment, basis, local, TRUST[basis] if trust is None else trust, spoke)


def declared(facts: Facts, hints: Hints, language: str | None, selected: Mapping[str, str]) -> Iterator[Claim]:
    """What card, page and seed state for machines. `selected`: what the card points at, and by which query."""
    yield from (claim(moment, "text", _CARD, who) for line, who in selected.items() if (moment := read_day(line, language)))
    for thing in facts.things:
        yield from (claim(moment, "json-ld") for line in texts(thing.get("datePublished"))[:1] if (moment := read_day(line, language)))
    for names, trust in ((_META_PUBLISHED, None), (_META_DATE, VAGUE)):
        for name in names:
            yield from (claim(moment, "meta", trust) for line in facts.meta.get(name, ())[:1] if (moment := read_day(line, language)))
    for said, basis in ((hints.published, hints.published_from), *((one.value, one.basis) for one in hints.others)):
        if said and (moment := stated(said)):
            yield claim(moment, "sitemap" if basis == "sitemap" else "text" if basis == "listing" else "feed")


def addressed(url: str) -> Iterator[Claim]:
    """What the address says: the page's own, where it is that of a copy in a web archive."""
    inner = re.search(r"/\d{14}[a-z_]*/((?:https?:/+)?[^/?#]+\.[^/?#]+/.*)", url)
    if moment := in_address(unquote(urlsplit(inner[1]).path if inner else urlsplit(url).path)):
        yield claim(moment, "url")


def times_of(tree: HtmlElement) -> list[HtmlElement]:
    """Elements that state a moment for machines, outside links, margins and quotations."""
    return _TIMES(tree)[:MOST]


def timed(times: list[HtmlElement], heading: HtmlElement | None, language: str | None) -> Iterator[Claim]:
    """The best <time> of the page: one marked as published, else the first that is not marked or led by words as something else."""
    story = set(heading.iterancestors()) if heading is not None else set()
    ranked: list[tuple[int, int, Claim]] = []
    for order, element in enumerate(times):
        if (
            "dateModified" not in (element.get("itemprop"), element.get("property"))
            and (moment := day_in(element, language)) is not None
            and not is_changed(element)
            and not _LISTED(element)
        ):
            marked = is_published(element)
            if marked or not (of_others(led_by(element)) or elsewhere(element, story)):
                ranked.append((0 if marked else 1, order, claim(moment, "time")))
    if ranked:
        yield min(ranked, key=lambda item: item[:2])[2]


def day_in(element: HtmlElement, language: str | None) -> Moment | None:
    """The day that an element states for machines, in whatever calendar, else in its first words."""
    machine = element.get("datetime") or element.get("content")
    return (read_day(machine, language) if machine else None) or next(spoken(start_of(element, LONGEST), language), None)


def near_headline(tree: HtmlElement, heading: HtmlElement | None, language: str | None) -> Iterator[Claim]:
    """The first day in a byline: right after the headline, in it or right before it, or at the top of a page without one."""
    if heading is not None:
        above = (start_of(element, 4 * LONGEST) for _, element in zip(range(_BEFORE), heading.itersiblings(preceding=True), strict=False))
        below = pieces(following(heading), AFTER)
        yield from _first(chain(islice(below, _BESIDE), pieces((heading,), AFTER), above, below), language)
    else:
        yield from at_top(tree, language)


def at_top(tree: HtmlElement, language: str | None) -> Iterator[Claim]:
    """The first day in a byline at the top of the page."""
    body = tree.find(".//body")
    yield from _first(pieces((body if body is not None else tree,), _TOP), language)


def named(tree: HtmlElement, heading: HtmlElement | None, language: str | None) -> Iterator[Claim]:
    """The first day in an element whose class or id speaks of a date, a byline or a source."""
    story = set(heading.iterancestors()) if heading is not None else set()
    for element in _NAMED(tree)[:MOST]:
        if (
            len(element) < 12
            and (found := next(_first((start_of(element, 4 * LONGEST),), language), None))
            and not elsewhere(element, story)
        ):
            yield found
            return


def labelled(tree: HtmlElement, language: str | None) -> Iterator[Claim]:
    """The day beside the first label that says "Date", for pages that set it in a list or a table of facts."""
    for label in _LABELS(tree):
        parent = label.getparent()
        if len(label) < 3 and _LABEL.fullmatch(start_of(label, LONGEST).strip()) and parent is not None:
            yield from _first((start_of(parent, 4 * LONGEST),), language)
            return


def read_day(line: str, language: str | None) -> Moment | None:
    """The day that a line prints, in the notation of machines or of people; None where it prints none."""
    return stated(line) or next(spoken(line[:LONGEST], language), None)


def _first(lines: Iterable[str], language: str | None) -> Iterator[Claim]:
    """The first line that is a byline with a day in it: short, no sentence, and not about a change or something else."""
    before = ""
    for line in lines:
        short = " ".join(line[: 4 * LONGEST].split())
        label, before = before, short
        if len(short) > LONGEST or not _YEAR.search(short) or (_SENTENCE_END.search(short) and len(short) > 30):
            continue
        if moment := next(own_days(short, label, language), None):
            yield claim(moment, "text")
            return


def pieces(parts: Iterable[HtmlElement], most: int, *, own: bool = True) -> Iterator[str]:
    """The first pieces of visible text in some elements, in document order, outside links, quotations and scripts.

    `own`: without those in comments and other stories, and after some paragraphs only what stands in one or speaks of the publication.
    """
    count, long, led = 0, 0, ""
    for element in parts:
        quoted: HtmlElement | None = None
        for event, child in walk(element):
            if event == "start" and quoted is None and (child.tag in _QUOTED or (own and _not_own(child))):
                quoted = child
            elif event == "end" and child is quoted:
                quoted = None
            piece = child.tail if event == "end" and child is not element else None if child.tag in _UNREAD else child.text
            piece = piece if event == "start" or child is not element else element.tail
            if quoted is None and piece and not piece.isspace():
                count += 1
                long += len(piece) > _PARAGRAPH
                before, led = led, piece[: 4 * LONGEST]
                if not own or long < _STORY or child.tag == "p" or child.getparent().tag == "p" or stated_as_published(f"{before} {led}"):
                    yield piece
                if count >= most:
                    return


def _not_own(element: HtmlElement) -> bool:
    return apart(element) or (element.tag in _LISTED_TAGS and teaser(element))


def datelines(tree: HtmlElement, language: str | None) -> Iterator[Claim]:
    """The day that a first paragraph opens with, as letters and notes to the press do: `27.1.2022 - The …`."""
    listed = _PARAGRAPHS(tree)[:MOST]
    for paragraph in listed[:12]:
        opening = " ".join(start_of(paragraph, 2 * LONGEST).split())
        if (found := next(iter(spoken_at(opening, language)), None)) and found[0] == 0:
            if len(opening) > LONGEST or next(own_days(opening, "", language), None) == found[1]:
                yield claim(found[1], "text")
            return
