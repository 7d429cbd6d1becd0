"""What a hostile seed may cost: entries, elements and addresses are bounded before memory is spent on them."""

import tracemalloc

from spiders.discover import Bounds, Site, read_feed, read_listing
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
