"""Reads feeds: RSS, RDF and Atom with feedparser, which is given bytes and nothing else; what is JSON goes to `jsonfeeds`."""

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import islice
from typing import Any
from xml.sax import SAXException

import feedparser

from archive.errors import BadInput
from spiders.discover.found import Bounds, Entry, Found, Site, address, declares_entities, iso
from spiders.discover.jsonfeeds import is_json, read_json
from spiders.discover.pages import own_page, raised
from spiders.discover.words import marked_up, plain

_ENTRY = re.compile(rb"<\x00?(?:[\w.-]{1,20}:)?(?:i\x00?t\x00?e\x00?m|e\x00?n\x00?t\x00?r\x00?y)\b", re.IGNORECASE)  # UTF-16 too
_DC_DATE = re.compile(rb"<\x00?(?:(?:[\w.-]\x00?){1,20}:\x00?)?d\x00?a\x00?t\x00?e\x00?[\s>]")


def read_feed(body: bytes, base_url: str, bounds: Bounds, site: Site, content_type: str | None = None) -> Found:
    """The feed's entries in its own order, those of other sites left out and counted, and its next page.

    An empty feed has no entries and no problem; bytes that are no feed, and feeds that declare entities, have a problem. Raises BadInput
    when feedparser fails.
    """
    if len(body) > bounds.size:
        return Found(problem="limit: feed bytes")
    if not body or body.isspace():
        return Found(problem="feed refused: the answer is empty")
    if is_json(body):
        return read_json(body, base_url, bounds, site)
    if declares_entities(body):
        return Found(problem="feed refused: it declares entities")
    headers = {"content-location": base_url} | ({"content-type": content_type} if content_type else {})
    end = _end_of_entries(body, bounds.entries)
    try:
        # A stream, for feedparser takes bare bytes for the name of a local file first.
        parsed: Any = feedparser.parse(io.BytesIO(body[:end]), response_headers=headers)
    except Exception as error:  # it lets whatever its tolerant paths meet pass through
        raise BadInput(f"feed unreadable: {type(error).__name__}: {str(error)[:200]}") from error
    if not parsed.version and not parsed.entries:
        return Found(problem="feed refused: this is no feed")
    found = _found(parsed, base_url, bounds, site, dated=_DC_DATE.search(body) is not None)
    return replace(found, problem="limit: feed entries") if end is not None else found


def _end_of_entries(body: bytes, most: int) -> int | None:
    """Where the feed is cut, so that feedparser, which takes ten kilobytes for each, meets no more entries; None: nowhere."""
    extra = next(islice(_ENTRY.finditer(body), most, None), None)
    return extra.start() if extra else None


def _found(parsed: Any, base_url: str, bounds: Bounds, site: Site, *, dated: bool) -> Found:
    """`dated`: dc:date is used, the only date of RDF feeds, which feedparser gives out for the day of the last change."""
    entries: list[Entry] = []
    foreign = 0
    for item in parsed.entries[: bounds.entries]:
        url = _link(item, base_url, bounds, site)
        if url is None:
            continue
        if site.owns(url):
            entries.append(_entry(item, url, parsed, dated=dated))
        else:
            foreign += 1
    problem = None
    if len(parsed.entries) > bounds.entries:
        problem = "limit: feed entries"
    elif not parsed.entries and isinstance(parsed.get("bozo_exception"), SAXException):
        problem = "feed refused: it is broken before its first entry"
    older = own_page(_older(parsed, base_url), base_url, bounds, site)
    return Found(entries=tuple(entries), next_page=older, foreign=foreign, problem=problem)


def _older(parsed: Any, base_url: str) -> Iterator[str]:
    """What may be the address of older entries: RFC 5005's pages and archives; the next page of WordPress, which names none."""
    for rel in ("next", "prev-archive"):
        yield from (str(link["href"]) for link in parsed.feed.get("links", ()) if link.get("rel") == rel and link.get("href"))
    if parsed.entries and "wordpress" in str(parsed.feed.get("generator", "")).lower():
        yield raised(base_url, "paged")


def _link(item: Any, base_url: str, bounds: Bounds, site: Site) -> str | None:
    """The item's own address; where a feed service put its own in place, the original it names beside it."""
    said = [str(item[key]) for key in ("link", "feedburner_origlink") if item.get(key)]
    named = [url for one in said if (url := address(one, base_url, bounds.url_length))]
    return next((url for url in named if site.owns(url)), named[0] if named else None)


def _entry(item: Any, url: str, parsed: Any, *, dated: bool) -> Entry:
    content: dict[str, str] = next((part for part in item.get("content", ()) if part.get("value")), {})
    text = content.get("value")
    published, updated = iso(item.get("published")), iso(dict.get(item, "updated"))
    if published is None and dated and not parsed.version.startswith("atom"):
        published = updated
    return Entry(
        url=url,
        title=plain(item.get("title")),
        published=published,
        modified=updated,
        language=content.get("language") or (item.get("title_detail") or {}).get("language") or parsed.feed.get("language") or None,
        author=plain(item.get("author")),
        summary=plain(item.get("summary")),
        content=marked_up(text) if content.get("type") == "text/plain" else text,
    )
