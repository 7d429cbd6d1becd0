"""Whatever bytes a site sends for a feed, a sitemap or a listing: an answer or BadInput, and never an address of another site."""

import gzip
from collections.abc import Callable
from urllib.parse import urldefrag, urljoin, urlsplit

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from w3lib.url import safe_url_string

from archive.errors import BadInput
from spiders.discover import Bounds, Found, Site, read_feed, read_listing, read_sitemap, robots_sitemaps
from spiders.discover import found as found_module
from spiders.discover.found import address, iso

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
        b'{"version":"https://jsonfeed.org/version/1","next_url":"/n","items":[',
        b'{"url":"https://example.org/c","title":"\\ud800","date_published":"2026-13-01"},',
        b'[{"link":"/d","title":{"rendered":"<b>&x;"},"date_gmt":"0000-00-00T00:00:00"}]',
        b'{"documents":{"e":{"url":"//other.example/e","published_at":1e400}},"collection":["e",[]],"has_next":true}',
        b'{"posts":[{"url":"/f","authors":[{"name":[]}]}],"meta":{"pagination":{"next":99}}}',
        b'{"items":[{"path":"https/other.example"},{"url":7},null]}',
        b"-1e999,NaN]}",
        b"<link rel='alternate' type='application/rss+xml' href='https://example.org/feed'>",
        b"Sitemap: https://example.org/map.xml\n",
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
    named = [one.url for group in (found.entries, found.children, found.alternates) for one in group]
    named += [found.next_page] if found.next_page else []
    assert all(SITE.owns(url) and len(url) <= BOUNDS.url_length for url in named)
    assert len(found.entries) <= BOUNDS.entries


@settings(max_examples=150, deadline=None)
@given(body=BODIES)
def test_every_robots_txt_gives_addresses_of_its_own_site(body: bytes) -> None:
    assert all(SITE.owns(url) for url in robots_sitemaps(body, "https://example.org/robots.txt", BOUNDS, SITE))


URLS = st.builds(
    "{}{}{}{}".format,
    st.sampled_from(["http://", "https://"]),
    st.one_of(
        st.sampled_from(["example.org", "news.example.org", "xn--fsq.example", "a..b", "a-.b", "1.2.3.4"]), st.text("ab-.0", max_size=9)
    ),
    st.text("/aZ0._~!$&'()*+,;=:@-%|\\^[]{}<> ", max_size=12),
    st.one_of(st.just(""), st.text("?/aZ0._~!$&'()*+,;=:@-%|^[]# ", max_size=12).map("?{}".format)),
)


@settings(max_examples=600, deadline=None)
@given(url=URLS)
def test_the_short_way_to_an_address_leads_where_the_long_one_does(url: str) -> None:
    """What `address` lets through untouched is what joining and escaping would have made of it."""
    if found_module._PLAIN.fullmatch(url):
        assert safe_url_string(urldefrag(urljoin("https://example.org/seed", url)).url) == url
        assert urlsplit(url).hostname and urlsplit(url).port is None


@given(st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-6][0-9]:[0-6][0-9](Z|[+-][0-2][0-9]:[0-6][0-9])", fullmatch=True))
def test_the_short_way_to_an_instant_leads_where_the_long_one_does(stated: str) -> None:
    assert iso(stated) == iso(stated.replace("T", " "))


@given(url=URLS)
def test_the_short_way_to_ownership_never_says_yes_where_the_long_one_says_no(url: str) -> None:
    usable = address(url, "https://example.org/seed", 200)
    if usable is not None:
        assert SITE.owns(usable) == f".{urlsplit(usable).hostname or ''}".rstrip(".").endswith(".example.org")
