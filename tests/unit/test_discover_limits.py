"""What a hostile seed may cost: entries, elements and addresses are bounded before memory is spent on them."""

import pickle
import tracemalloc

from spiders.discover import Bounds, Site, read_feed, read_listing, read_sitemap
from spiders.discover.found import PROLOG, address, declares_entities

SITE = Site(domains=("example.org",))
URL = "https://example.org/feed"
BOUNDS = Bounds(size=20_000_000, entries=100, url_length=4096)
LAUGHS = '<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;">]>'


def feed(items: str, head: str = "") -> bytes:
    return f'<?xml version="1.0"?>{head}<rss version="2.0"><channel><title>t</title>{items}</channel></rss>'.encode()


def test_entities_behind_a_long_comment_are_refused() -> None:
    """feedparser expanded them there: its own guard looks at the beginning only, as ours did."""
    hidden = feed("<item><title>&b;</title><link>/a</link></item>", "<!--" + "x" * (PROLOG + 1) + "-->" + LAUGHS)
    assert declares_entities(hidden)
    found = read_feed(hidden, URL, BOUNDS, SITE)
    assert (found.entries, found.problem) == ((), "feed refused: it declares entities")


def test_a_short_text_without_any_element_is_not_said_to_declare_entities() -> None:
    assert not declares_entities(b"no feed at all")


def test_a_feed_with_too_many_entries_gives_the_first_and_says_so() -> None:
    items = "".join(f"<item><title>{n}</title><link>https://example.org/{n}</link></item>" for n in range(250))
    found = read_feed(feed(items), URL, BOUNDS, SITE)
    assert [entry.url for entry in found.entries] == [f"https://example.org/{n}" for n in range(100)]
    assert found.problem == "limit: feed entries"


def test_a_feed_with_just_as_many_entries_as_allowed_is_whole() -> None:
    items = "".join(f"<item><link>https://example.org/{n}</link></item>" for n in range(100))
    found = read_feed(feed(items), URL, BOUNDS, SITE)
    assert (len(found.entries), found.problem) == (100, None)


def test_two_million_empty_entries_cost_little() -> None:
    tracemalloc.start()
    found = read_feed(feed("<item/>" * 2_000_000), URL, BOUNDS, SITE)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.problem == "limit: feed entries"
    assert most < 100_000_000


def test_entries_are_counted_in_wide_encodings_too() -> None:
    items = "".join(f"<item><link>https://example.org/{n}</link></item>" for n in range(250))
    wide = feed(items).decode().replace('"1.0"?', '"1.0" encoding="utf-16"?').encode("utf-16")
    assert read_feed(wide, URL, BOUNDS, SITE).problem == "limit: feed entries"


def test_an_address_of_megabytes_is_no_address_and_costs_nothing() -> None:
    tracemalloc.start()
    assert address("http://example.org/" + "l" * 5_000_000, URL, 4096) is None
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 30_000_000


def test_a_listing_of_a_million_elements_is_refused_before_a_tree_is_built() -> None:
    found = read_listing(b"<html><body>" + b"<p>a" * 1_000_000, "https://example.org/", BOUNDS, SITE)
    assert found.problem == "limit: listing elements"


def urlset(inside: str) -> bytes:
    return f'<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inside}</urlset>'.encode()


def test_elements_of_a_sitemap_that_are_no_addresses_are_bounded_wherever_they_stand() -> None:
    bounds = Bounds(size=20_000_000, elements=1000)
    for filling in ("<x/>" * 50_000, f"<url><loc>https://example.org/{'<x/>' * 50_000}</loc></url>", "<url>" * 200 + "<x></x>" * 50_000):
        found = read_sitemap(urlset(f"<url><loc>/a</loc></url>{filling}<url><loc>/b</loc></url>"), URL, bounds, SITE)
        assert ([entry.url for entry in found.entries], found.problem) == (["https://example.org/a"], "limit: sitemap elements")


def test_elements_beside_many_addresses_are_no_reason_to_stop() -> None:
    images = "<image><loc>https://example.org/i.jpg</loc></image>" * 20
    found = read_sitemap(urlset(f"<url><loc>/a</loc>{images}</url>" * 500), URL, Bounds(size=20_000_000, elements=5000), SITE)
    assert (len(found.entries), found.problem) == (500, None)


def test_the_root_of_a_sitemap_is_found_behind_any_prolog() -> None:
    for prolog in ("<!--" + "x" * 100_000 + "-->", "\n" * 100_000, "<?xml-stylesheet href='x'?>" * 5000):
        found = read_sitemap(prolog.encode() + urlset("<url><loc>/a</loc></url>"), URL, BOUNDS, SITE)
        assert ([entry.url for entry in found.entries], found.problem) == (["https://example.org/a"], None)


def test_what_fifty_thousand_addresses_leave_behind_is_small() -> None:
    address = "https://www.example.org/news/2026/08/14/report-on-platform-number"
    lines = (f"<url><loc>{address}-{n}/</loc><lastmod>2026-08-14T10:{n % 60:02}:00Z</lastmod></url>" for n in range(50_000))
    body, bounds = urlset("".join(lines)), Bounds(size=20_000_000, entries=50_000)
    tracemalloc.start()
    found = read_sitemap(body, URL, bounds, SITE)
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert len(found.entries) == 50_000
    assert held < 40_000_000
    assert len(pickle.dumps(found)) < 10_000_000
