"""Variants of one article share a plain address, and two articles never do."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from spiders.discover.variants import MOST_ENDINGS, plain_address

PLAIN = "https://example.org/2026/08/a-story"


@pytest.mark.parametrize(
    "variant",
    [
        f"{PLAIN}/amp",
        f"{PLAIN}.amp",
        f"{PLAIN}?amp",
        f"{PLAIN}?amp=1",
        f"{PLAIN}?outputType=amp",
        f"{PLAIN}?AMP=true",
        f"{PLAIN}?amp_js_v=0.1&usqp=mq331AQ",
        "https://amp.example.org/2026/08/a-story",
        "https://m.example.org/2026/08/a-story",
        "https://MOBILE.example.org/2026/08/a-story",
        f"{PLAIN}/print",
        f"{PLAIN}?print=1",
        f"{PLAIN}?print=pdf",
        f"{PLAIN}?view=print",
        f"{PLAIN}?printable=yes",
        f"{PLAIN}?utm_source=rss&utm_medium=feed",
        f"{PLAIN}?fbclid=IwAR0",
        f"{PLAIN}?gclid=1&mc_cid=2&mc_eid=3",
        f"{PLAIN}?at_medium=RSS&at_campaign=KARANGA&at_custom1=x",
        f"{PLAIN}?cmpid=a&ocid=b&CMP=c&maca=chi-rss-chi-all-1127-rdf&traffic_source=rss",
        f"{PLAIN}?ref=rss",
        f"{PLAIN}?source=rss-feed",
        f"{PLAIN}?from=twitter",
        "https://m.example.org/2026/08/a-story/amp?utm_source=x&print=1",
    ],
)
def test_a_variant_has_the_plain_address(variant: str) -> None:
    assert plain_address(variant) == PLAIN


def test_a_path_of_endings_without_end_is_looked_at_a_few_times_only() -> None:
    assert plain_address(PLAIN + ".amp" * 1000) == PLAIN + ".amp" * (1000 - MOST_ENDINGS)


@pytest.mark.parametrize(
    ("variant", "plain"),
    [
        (f"{PLAIN}/amp/", f"{PLAIN}/"),
        (f"{PLAIN}/print/", f"{PLAIN}/"),
        (f"{PLAIN}.amp.html", f"{PLAIN}.html"),
        (f"{PLAIN}.html/amp/", f"{PLAIN}.html/"),
        (f"{PLAIN}?id=7&utm_source=x&page=2", f"{PLAIN}?id=7&page=2"),
        (f"{PLAIN}?fbclid=x#part", f"{PLAIN}#part"),
        ("https://blog.example.org/2026/08/a-story.html?m=1", "https://blog.example.org/2026/08/a-story.html"),
        ("https://example.org/news/123456/print", "https://example.org/news/123456"),
        ("https://example.org/新闻/微信封号/amp", "https://example.org/新闻/微信封号"),
    ],
)
def test_what_is_no_part_of_the_variant_stays(variant: str, plain: str) -> None:
    assert plain_address(variant) == plain


@pytest.mark.parametrize(
    "url",
    [
        "https://example.org/2024/amp-prices-rise",
        "https://example.org/2024/the-new-amp",
        "https://example.org/2024/amp",
        "https://example.org/amp",
        "https://example.org/amp/028977.html",
        "https://example.org/tag/amp/",
        "https://example.org/print/edition-12",
        "https://example.org/print",
        "https://example.org/edition/print/",
        "https://example.org/2024/05/print",
        "https://example.org/story/blueprint",
        "https://example.org/story.sample",
        "https://example.org/?p=12",
        "https://example.org/?id=12",
        "https://example.org/?page_id=12",
        "https://example.org/list?page=2",
        "https://example.org/list?page=amp",
        "https://example.org/show?print=edition-12",
        "https://example.org/show?amp=yamaha",
        "https://example.org/show?source=reuters",
        "https://example.org/show?ref=12",
        "https://example.org/show?view=full",
        "https://example.org/show?type=print-ban",
        "https://example.org/show?m=202401",
        "https://example.org/show?m=1",
        "https://example.org/show?pk_id=5",
        "https://example.org/show?utmost=5",
        "https://example.org/show?format=rss",
        "https://m.co.uk/a",
        "https://m.blogspot.com/a",
        "https://amp.dev/a",
        "https://en.m.example.org/a",
        "https://mfacebook.example/a",
        "https://ampere.example.org/a",
        "https://mobilenews.example.org/a",
        "https://m.news.example.org/a",
        "https://www-example-org.cdn.ampproject.org/c/s/example.org/a",
        "ftp://m.example.org/a/amp",
        "no address/amp",
        "",
    ],
)
def test_what_only_looks_like_a_variant_stays_as_it_is(url: str) -> None:
    assert plain_address(url) == url


PARTS = st.sampled_from(
    ["/amp", "/print", "/a-b", "/12345", "/", ".amp", ".html", "?", "&", "amp", "=1", "utm_a=b", "id=2", "m=1", "#", "é", "%"]
)


@given(host=st.sampled_from(["m.example.org", "amp.m.example.org", "example.org"]), parts=st.lists(PARTS, max_size=9))
def test_a_plain_address_is_plain(host: str, parts: list[str]) -> None:
    url = plain_address(f"https://{host}{''.join(parts)}")
    assert plain_address(url) == url
