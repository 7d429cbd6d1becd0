"""Whatever bytes a site sends for a feed, a sitemap or a listing: an answer or BadInput, and never an address of another site."""

import gzip
from collections.abc import Callable

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from archive.errors import BadInput
from spiders.discover import Bounds, Found, Site, read_feed, read_listing, read_sitemap

SITE = Site(domains=("example.org",))
BOUNDS = Bounds(size=100_000, entries=50, url_length=100)
PIECES = st.sampled_from(
    [
        b"<?xml version='1.0' encoding='utf-16'?>",
        b"<!DOCTYPE a [<!ENTITY x '<b>&x;</b>'>]>",
        b"<rss version='2.0'><channel>",
        b"<feed xmlns='http://www.w3.org/2005/Atom'>",
        b"<item><link>http://example.org/a</link>",
        b"<entry><link href='//[bad'/><published>0000-99-99</published>",
        b"<pubDate>Tue, 99 Foo 99999</pubDate>",
        b"<urlset><url><loc>https://example.org/b</loc><lastmod>\xff</lastmod>",
        b"<sitemapindex xmlns='x'><sitemap><loc>&x;</loc></sitemap>",
        b"<a href='https://example.org/2026/08/10/x/' rel=next>\x00",
        b"<base href='http://other.example/'><time datetime='2026'>",
        b"</item></channel></rss>",
        b"<![CDATA[",
        b"&#xFFFFFFFF;&bogus;",
        b"<div>" * 400,
        b"\xef\xbb\xbf",
        b"\xff\xfe",
    ]
)
BODIES = st.one_of(st.binary(max_size=300), st.lists(st.one_of(PIECES, st.binary(max_size=8)), max_size=12).map(b"".join))
READERS: list[Callable[..., Found]] = [read_feed, read_sitemap, read_listing]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(body=BODIES, packed=st.booleans(), reader=st.sampled_from(READERS))
def test_no_bytes_raise_anything_but_bad_input(body: bytes, packed: bool, reader: Callable[..., Found]) -> None:
    try:
        found = reader(gzip.compress(body) if packed else body, "https://example.org/seed", BOUNDS, SITE)
    except BadInput:
        return
    named = (
        [entry.url for entry in found.entries] + [child.url for child in found.children] + ([found.next_page] if found.next_page else [])
    )
    assert all(SITE.owns(url) and len(url) <= BOUNDS.url_length for url in named)
    assert len(found.entries) <= BOUNDS.entries
