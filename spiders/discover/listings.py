"""Reads listing pages: which links are articles, what is said beside them, and where the older ones are."""

import re
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from urllib.parse import urlsplit

from lxml import etree, html
from lxml.cssselect import CSSSelector
from w3lib.encoding import html_to_unicode

from spiders.discover.alternates import alternates
from spiders.discover.found import Bounds, Entry, Found, Site, address, iso

CLIMB = 4  # how far above a link its date may stand
BLOCK = 30  # children of a block around one article; what has more is the list itself
NEXT = (
    "//link[contains(concat(' ', normalize-space(@rel), ' '), ' next ')]",
    "//a[contains(concat(' ', normalize-space(@rel), ' '), ' next ')]",
    "//a[contains(concat(' ', normalize-space(@class), ' '), ' next ')]",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' next ')]//a",
    "//*[contains(concat(' ', normalize-space(@class), ' '), ' nav-previous ')]//a",  # WordPress: "previous" is older
)
_SHELF = re.compile(r"/(?:authors?|categor(?:y|ies)|feed|page|section|tags?|topics?|wp-content|wp-json)/", re.IGNORECASE)
_DATED = re.compile(r"/(?:19|20)\d{2}/(?:0?[1-9]|1[0-2])/")


def read_listing(
    body: bytes,
    base_url: str,
    bounds: Bounds,
    site: Site,
    article_url: Sequence[str] = (),
    selectors: Mapping[str, Sequence[str]] | None = None,
    content_type: str | None = None,
) -> Found:
    """The articles a page links to, in page order, its next page, and the feeds it names.

    Articles are links that match one of `article_url`; without patterns, links that look like one by their path. `selectors` may say where
    to look: `list_item` (the links, or blocks that hold one), `list_date`, `next_page`.
    """
    if len(body) > bounds.size:
        return Found(problem="limit: listing bytes")
    if body.count(b"<") > 2 * bounds.elements:  # before the tree is built: it takes a hundred bytes for each byte of tiny elements
        return Found(problem="limit: listing elements")
    root = parsed(body, content_type)
    if root is None:
        return Found(problem="listing refused: this is no HTML page")
    if sum(1 for _ in root.iter()) > bounds.elements:
        return Found(problem="limit: listing elements")
    where = selectors or {}
    base = address(root.xpath("string(//base/@href)"), base_url, bounds.url_length) or base_url
    patterns = [re.compile(pattern) for pattern in article_url]
    entries: dict[str, Entry] = {}
    unlike, problem = 0, None
    for link in _links(root, where.get("list_item", ())):
        url = address(link.get("href", ""), base, bounds.url_length)
        if url is None or not site.owns(url):
            continue
        if not (any(pattern.search(url) for pattern in patterns) if patterns else looks_like_an_article(url)):
            unlike += 1
            continue
        if url not in entries and len(entries) >= bounds.entries:
            problem = "limit: listing links"
            break
        seen = Entry(url=url, title=_words(link), published=_day_beside(link, where.get("list_date", ())))
        entries[url] = _better(entries.get(url), seen)
    older = (address(href, base, bounds.url_length) for href in _next(root, where.get("next_page", ())))
    next_page = next((url for url in older if url and url not in (base, base_url) and site.owns(url)), None)
    feeds = alternates(root, base, bounds, site)
    return Found(entries=tuple(entries.values()), alternates=feeds, unlike=unlike, next_page=next_page, problem=problem)


def looks_like_an_article(url: str) -> bool:
    """Whether an address has the look of one article: a dated path, or a last part of three words and more, and no shelf in it.

    >>> looks_like_an_article("https://example.org/2026/08/10/a/"), looks_like_an_article("https://example.org/tag/press-freedom-now/")
    (True, False)
    """
    path = urlsplit(url).path.rstrip("/")
    slug = re.sub(r"\.[a-z]{3,5}\Z", "", path.rpartition("/")[2])
    if not slug or _SHELF.search(f"{path}/") or (slug.isdigit() and len(slug) <= 2):  # two digits: a day's or a page's number
        return False
    return bool(_DATED.search(path)) or slug.count("-") >= 2


def is_xpath(query: str) -> bool:
    """Whether a selector of a card is XPath; it is CSS otherwise."""
    return query.startswith(("/", "./", "("))


def select(root: html.HtmlElement, query: str) -> list[html.HtmlElement]:
    """Elements that a selector of a card names."""
    found = root.xpath(query) if is_xpath(query) else CSSSelector(query, translator="html")(root)
    return [one for one in found if isinstance(one, html.HtmlElement)] if isinstance(found, list) else []


def parsed(body: bytes, content_type: str | None) -> html.HtmlElement | None:
    """The tree of an HTML page, None for what is none. Its bounds are looked at before: a tree takes a hundred times its page."""
    _, text = html_to_unicode(content_type, body)
    parser = html.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    try:
        root = html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except (etree.LxmlError, ValueError):
        return None
    return root if isinstance(root, html.HtmlElement) else None


def _links(root: html.HtmlElement, queries: Sequence[str]) -> Iterator[html.HtmlElement]:
    """Links to consider: those the card's selectors name, or all where it names none or none is there any more."""
    named = [element for query in queries for element in select(root, query)]
    for element in named or [root]:
        if element.tag == "a" and element.get("href"):
            yield element
        else:
            yield from element.iterfind(".//a[@href]")


def _words(link: html.HtmlElement) -> str | None:
    return " ".join(link.text_content().split()) or link.get("title") or None


def _better(known: Entry | None, seen: Entry) -> Entry:
    """A page links twice to an article, from its picture and from its title: keep the longer words, and whichever day was there."""
    if known is None:
        return seen
    title = max(known.title or "", seen.title or "", key=len) or None
    return Entry(url=seen.url, title=title, published=known.published or seen.published)


def _day_beside(link: html.HtmlElement, queries: Sequence[str]) -> str | None:
    """The one day that stands in the block around a link; None when there is none, or several to choose from."""
    block = link
    for _ in range(CLIMB):
        parent = block.getparent()
        if parent is None or parent.tag in ("body", "main") or next(islice(parent, BLOCK, None), None) is not None:
            return None
        block = parent
        days = {day for query in queries for one in select(block, query) if (day := iso(one.get("datetime") or one.text_content()))}
        days = days or {day for one in block.iterfind(".//time[@datetime]") if (day := iso(one.get("datetime")))}
        if days:
            return days.pop() if len(days) == 1 else None
    return None


def _next(root: html.HtmlElement, queries: Sequence[str]) -> Iterator[str]:
    """What may be the address of the next page: the card's word first, then the usual signs."""
    for query in (*queries, *NEXT):
        for element in select(root, query):
            if href := element.get("href"):
                yield href
