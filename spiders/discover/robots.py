"""The sitemaps that a robots.txt names: RFC 9309 leaves these lines to sitemaps.org, so the crawler's rules have no use for them."""

import re

from spiders.discover.found import Bounds, Site, address

MOST_NAMED = 100  # different sitemaps of one robots.txt
_LINE = re.compile(r"[ \t]*site-?map[ \t]*:[ \t]*([^\s#]\S*)", re.IGNORECASE)


def robots_sitemaps(body: bytes, base_url: str, bounds: Bounds, site: Site) -> tuple[str, ...]:
    """Addresses of the `Sitemap:` lines in their own order, each once; those of other sites are left out.

    Never fails: what is no such line is passed over, wherever it stands. Lines are read up to `bounds.size` bytes.

    >>> robots_sitemaps(b"sitemap: /map.xml # daily", "https://example.org/robots.txt", Bounds(size=100), Site(domains=("example.org",)))
    ('https://example.org/map.xml',)
    """
    named: dict[str, None] = {}
    for line in body[: bounds.size].decode("utf-8-sig", "replace").splitlines():
        said = _LINE.match(line)
        url = address(said.group(1), base_url, bounds.url_length) if said else None
        if url is not None and site.owns(url):
            named[url] = None
        if len(named) >= MOST_NAMED:
            break
    return tuple(named)
