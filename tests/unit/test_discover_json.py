"""Feeds in JSON: what each kind gives, what is refused, and where the next page is."""

import json
import tracemalloc
from typing import Any

import pytest

from spiders.discover import Bounds, Found, Site, read_feed

SITE = Site(domains=("example.org",))
BOUNDS = Bounds(size=1_000_000, entries=100, url_length=200, elements=2000)
FEED = "https://example.org/feed.json"
POSTS = "https://example.org/wp-json/wp/v2/posts"


def read(said: Any, url: str = FEED, bounds: Bounds = BOUNDS) -> Found:
    return read_feed(said if isinstance(said, bytes) else json.dumps(said).encode(), url, bounds, SITE)


def json_feed(*items: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"version": "https://jsonfeed.org/version/1.1", "title": "t", "items": list(items), **more}


def post(number: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": number, "link": f"https://example.org/{number}/", "title": {"rendered": "One &#8217; two"}, **more}


# -- JSON Feed


def test_a_json_feed_item_gives_address_words_days_people_and_text() -> None:
    item = {
        "id": "1",
        "url": "https://example.org/a",
        "title": " One\n two ",
        "content_html": "<p>Long</p>",
        "summary": "Short",
        "date_published": "2026-08-14T10:00:00+08:00",
        "date_modified": "2026-08-15T10:00:00Z",
        "language": "zh",
        "authors": [{"name": "Ann"}, {"url": "https://example.org/x"}, {"name": "Bo"}],
    }
    found = read(json_feed(item, next_url="https://example.org/feed.json?p=2"))
    [entry] = found.entries
    assert found.problem is None and found.next_page == "https://example.org/feed.json?p=2"
    assert (entry.url, entry.title, entry.summary, entry.content) == ("https://example.org/a", "One two", "Short", "<p>Long</p>")
    assert (entry.published, entry.modified) == ("2026-08-14T10:00:00+08:00", "2026-08-15T10:00:00+00:00")
    assert (entry.language, entry.author) == ("zh", "Ann, Bo")


def test_what_a_json_feed_says_of_itself_holds_for_items_that_are_silent() -> None:
    feed = json_feed({"id": "/a", "content_text": "a < b\n\nc"}, language="fr", author={"name": "Ann"})
    [entry] = read(feed | {"version": "https://jsonfeed.org/version/1"}).entries
    assert (entry.url, entry.language, entry.author) == ("https://example.org/a", "fr", "Ann")
    assert entry.content == "<p>a &lt; b</p><p>c</p>"


def test_a_json_feed_speaks_for_its_own_site_only() -> None:
    found = read(json_feed({"url": "https://other.example/a"}, {"url": "https://example.org/b"}, next_url="https://other.example/2"))
    assert ([entry.url for entry in found.entries], found.foreign, found.next_page) == (["https://example.org/b"], 1, None)


def test_a_link_post_is_known_by_its_own_page() -> None:
    [entry] = read(json_feed({"url": "https://example.org/a", "external_url": "https://other.example/x"})).entries
    assert entry.url == "https://example.org/a"


# -- WordPress


def test_a_post_of_wordpress_gives_its_words_without_markup_and_its_instants_in_utc() -> None:
    more = {
        "date": "2026-08-14T18:00:00",
        "date_gmt": "2026-08-14T10:00:00",
        "modified_gmt": "2026-08-15T10:00:00",
        "excerpt": {"rendered": "<p>Short &hellip;</p>\n"},
        "content": {"rendered": "<p>Long</p>", "protected": False},
        "_embedded": {"author": [{"name": "Ann"}]},
    }
    found = read([post(**more)], POSTS)
    [entry] = found.entries
    assert (found.problem, found.next_page) == (None, None)
    assert (entry.url, entry.title, entry.summary, entry.content) == ("https://example.org/1/", "One ’ two", "Short …", "<p>Long</p>")
    assert (entry.published, entry.modified) == ("2026-08-14T10:00:00+00:00", "2026-08-15T10:00:00+00:00")
    assert entry.author == "Ann"


@pytest.mark.parametrize(
    ("url", "posts", "older"),
    [
        (POSTS, 10, f"{POSTS}?page=2"),
        (POSTS, 9, None),
        (f"{POSTS}?per_page=20&page=3", 20, f"{POSTS}?per_page=20&page=4"),
        (f"{POSTS}?per_page=20&page=3", 19, None),
    ],
)
def test_only_a_full_page_of_posts_has_a_page_after_it(url: str, posts: int, older: str | None) -> None:
    assert read([post(n) for n in range(posts)], url).next_page == older


def test_one_post_and_no_posts_are_answers_too() -> None:
    assert [entry.url for entry in read(post(7), f"{POSTS}/7").entries] == ["https://example.org/7/"]
    assert read([], POSTS) == Found()


# -- Ghost, Meduza, lists


def test_a_post_of_ghost_gives_its_own_excerpt_before_the_made_one() -> None:
    item = {
        "url": "https://example.org/a/",
        "title": "One",
        "html": "<p>Long</p>",
        "published_at": "2026-08-14T10:00:00.000+00:00",
        "updated_at": "2026-08-15T10:00:00.000+00:00",
        "custom_excerpt": None,
        "excerpt": "Made",
        "primary_author": {"name": "Ann"},
    }
    meta = {"pagination": {"page": 1, "limit": 15, "pages": 2, "total": 16, "next": 2, "prev": None}}
    url = "https://example.org/ghost/api/content/posts/?key=0&page=1"
    found = read({"posts": [item, {**item, "url": "/b/", "custom_excerpt": "Own"}], "meta": meta}, url)
    assert [entry.summary for entry in found.entries] == ["Made", "Own"]
    entry = found.entries[0]
    assert (entry.published, entry.modified) == ("2026-08-14T10:00:00+00:00", "2026-08-15T10:00:00+00:00")
    assert (entry.title, entry.author, entry.content) == ("One", "Ann", "<p>Long</p>")
    assert found.next_page == url.replace("page=1", "page=2")
    assert read({"posts": [item]}, url).next_page is None


def test_documents_of_meduza_come_in_the_order_of_their_collection() -> None:
    documents = {
        path: {"url": path, "title": path, "second_title": "Below", "published_at": 1786701600, "pub_date": "2026-08-14"}
        for path in ("news/2026/08/14/a", "news/2026/08/14/b")
    }
    url = "https://example.org/api/v3/search?chrono=news&page=0&per_page=24"
    found = read({"documents": documents, "collection": ["news/2026/08/14/b", "gone", "news/2026/08/14/a"], "has_next": True}, url)
    assert [entry.url for entry in found.entries] == ["https://example.org/news/2026/08/14/b", "https://example.org/news/2026/08/14/a"]
    assert (found.entries[0].published, found.entries[0].summary) == ("2026-08-14T10:00:00+00:00", "Below")
    assert found.next_page == url.replace("page=0", "page=1")
    assert read({"documents": documents, "has_next": True}, "https://example.org/search").next_page == "https://example.org/search?page=1"
    assert read({"documents": documents, "has_next": False}, url).next_page is None


@pytest.mark.parametrize("name", ["items", "feed", "urls"])
def test_a_list_of_tested_addresses_gives_the_sites_own_pages_of_them(name: str) -> None:
    rows = [
        {"title": "other.example", "path": "https/other.example", "status": "blocked"},
        {"title": "b", "url": "https://other.example/b"},
        {"title": "c", "url": "https://other.example/c", "path": "https/other.example/c"},
        "noise",
    ]
    found = read({name: rows})
    assert [entry.url for entry in found.entries] == [
        "https://example.org/https/other.example",
        "https://example.org/https/other.example/c",
    ]
    assert (found.entries[0].title, found.foreign) == ("other.example", 1)


# -- what is refused


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        (b'{"error": "no"}', "feed refused: JSON of no known kind"),
        (b"[1, 2, 3]", "feed refused: JSON of no known kind"),
        (b'[{"a": 1}]', "feed refused: JSON of no known kind"),
        (b'{"items": [', "feed refused: its JSON is broken"),
        (b'{"items": "\xff"}', "feed refused: its JSON is broken"),
        (b"[" * 1500 + b"]" * 1500, "feed refused: its JSON is nested too deeply"),
        (b'{"a":' * 1500, "feed refused: its JSON is nested too deeply"),
        (b"[" + b"9" * 100_000 + b"]", "feed refused: its JSON holds a number without end"),
        (b"[0." + b"9" * 100_000 + b"]", "feed refused: its JSON holds a number without end"),
        (b"[" + b"{}," * 5000 + b"{}]", "limit: feed elements"),
    ],
)
def test_json_that_is_no_feed_is_refused_by_name(body: bytes, problem: str) -> None:
    found = read(body)
    assert (found.entries, found.problem) == ((), problem)


def test_a_json_feed_with_too_many_entries_gives_the_first_and_says_so() -> None:
    found = read(json_feed(*({"url": f"/{n}"} for n in range(101))))
    assert (len(found.entries), found.problem) == (100, "limit: feed entries")
    assert read(json_feed(*({"url": f"/{n}"} for n in range(100)))).problem is None


def test_members_of_the_wrong_kind_cost_only_themselves() -> None:
    odd: dict[str, Any] = {name: [{}] for name in ("title", "summary", "content_html", "date_published", "language", "authors")}
    found = read(json_feed({"url": "/a", **odd}, {"url": 7}, {"url": "/b", "authors": "Ann"}, None))
    assert [entry.url for entry in found.entries] == ["https://example.org/a", "https://example.org/b"]
    assert found.entries[0][1:] == (None,) * 7


def test_what_is_no_character_does_not_come_through() -> None:
    [entry] = read(rb'{"version":"https://jsonfeed.org/version/1","items":[{"url":"/a","title":"a\u0000\ud800b\u001b"}]}').entries
    assert entry.title == "ab"


def test_a_byte_order_mark_and_wide_characters_are_read() -> None:
    for encoding in ("utf-8-sig", "utf-16", "utf-32"):
        assert len(read(json.dumps(json_feed({"url": "/a"})).encode(encoding)).entries) == 1


def test_a_wide_json_costs_little_before_it_is_refused() -> None:
    body = b"[" + b"[]," * 6_000_000 + b"1]"
    tracemalloc.start()
    found = read_feed(body, FEED, Bounds(size=20_000_000), SITE)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert (found.problem, most < 1_000_000) == ("limit: feed elements", True)
