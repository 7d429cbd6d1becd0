"""The feeds that a page names for itself: `<link rel="alternate">`, as the HTML standard and RSS autodiscovery have it."""

import re

from lxml import html

from spiders.discover.found import Alternate, Bounds, Site, address

MOST_NAMED = 20
KINDS = ("application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json", "application/json")
_COMMENTS = re.compile(r"/comments?/|/comments(?:[/?]|\Z)|[?&]feed=comments|[?&]withoutcomments=0", re.IGNORECASE)
_TITLED = re.compile(r"\bcomments?(?: feed)?\s*\Z|\bcomments on\b", re.IGNORECASE)
_RECORD = re.compile(r"/wp-json/(?!wp/v2/posts/?(?:\?|\Z))|[?&]rest_route=", re.IGNORECASE)  # what WordPress says of this one page


def alternates(root: html.HtmlElement, base: str, bounds: Bounds, site: Site) -> tuple[Alternate, ...]:
    """Feeds of the site itself in page order, each address once; feeds of comments are left out."""
    named: dict[str, Alternate] = {}
    for link in root.iter("link"):
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if kind not in KINDS or "alternate" not in (link.get("rel") or "").lower().split():
            continue
        url = address(link.get("href") or "", base, bounds.url_length)
        title = " ".join((link.get("title") or "").split()) or None
        if url is None or url == base or not site.owns(url) or _COMMENTS.search(url) or _RECORD.search(url) or _TITLED.search(title or ""):
            continue
        named.setdefault(url, Alternate(url=url, title=title, kind=kind))
        if len(named) >= MOST_NAMED:
            break
    return tuple(named.values())
