"""How the shapes walk a site: seeds asked politely, articles once and newest first, one bad seed never costing another."""

import asyncio
import pickle
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from html import escape
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urljoin

import pytest
from scrapy import Request
from scrapy.http import HtmlResponse
from twisted.python.failure import Failure

from archive.clock import iso
from archive.model import Exchange, Hints, Page, Source, Visit
from archive.surt import url_key
from crawler.frontier import Frontier
from crawler.rules import Limits
from crawler.tally import Tally
from spiders.catalog import cards
from spiders.discover.found import address
from spiders.places import numbered, periods
from spiders.services import ASKED, EXCHANGES, ROLE, Candidate
from spiders.shapes import FeedSpider, ListingSpider, SitemapSpider, SourceSpider
from spiders.shapes.base import AT_ONCE
from spiders.shapes.sitemap import NIGHTLY_SITEMAPS
from tests.checkout import ROOT

NOW = datetime(2026, 8, 15, tzinfo=UTC)
PLACE = Source(id="made_up", title="Made up", kind="news", home="https://example.org/", languages=("en",))
Answer = tuple[int, bytes]
NS = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'


class Remembered:
    """Articles that the archive holds, by address."""

    def __init__(self, urls: set[str]) -> None:
        self.keys = {url_key(url) for url in urls}

    def settled(self, key: str) -> str | None:
        return iso(NOW) if key in self.keys else None

    def get(self, url: str) -> Visit | None:
        if url_key(url) not in self.keys:
            return None
        return Visit(url_key=url_key(url), url=url, role="article", outcome="kept", timestamp=NOW, source="made_up")


class Shelf(Frontier):
    """A frontier over an archive in memory: addresses that are known, seeds that are held, and what their last answers gave."""

    def __init__(
        self,
        *,
        known: set[str] | None = None,
        held: Mapping[str, bytes] | None = None,
        stamps: Mapping[str, dict[str, str]] | None = None,
        **more: Any,
    ) -> None:
        told: dict[str, Any] = {"limits": Limits(), "now": NOW, "known": Remembered(known or set()), "tally": Tally(source=PLACE), **more}
        super().__init__(Path("nowhere"), **told)
        self.held, self.stamps = held or {}, stamps or {}

    def validators(self, url: str) -> dict[str, str]:
        return self.stamps.get(url, {})

    def archived_body(self, url: str) -> bytes | None:
        return self.held.get(url)

    @property
    def notes(self) -> list[str]:
        return list(self.tally.notes)


class Here:
    """Readers that run a job at once, after the trip through pickle that a worker process would ask for."""

    async def run(self, job: Callable[..., Any], *args: Any) -> Any:
        function, arguments = pickle.loads(pickle.dumps((job, args)))
        return function(*arguments)


@dataclass
class Walk:
    """What a visit asked for, in order, and what it handed on."""

    asked: list[Request] = field(default_factory=list)
    pages: list[Page] = field(default_factory=list)

    def urls(self, role: str) -> list[str]:
        return [request.url for request in self.asked if request.meta[ROLE] == role]


async def _gathered(results: Any) -> list[Any]:
    if hasattr(results, "__aiter__"):
        return [one async for one in results]
    return list(results or ())


def _idle(spider: SourceSpider) -> list[Request]:
    """What the spider asks for when Scrapy has nothing left to do."""
    spider.wait_no_longer()
    return list(spider.further())


async def _walk(spider: SourceSpider, site: Mapping[str, Answer | Exception]) -> Walk:
    walk = Walk()
    waiting = [request async for request in spider.start()]
    while waiting or waiting.extend(_idle(spider)) or waiting:
        waiting.sort(key=lambda request: -request.priority)
        request = waiting.pop(0)
        walk.asked.append(request)
        answer = site.get(request.url, (404, b""))
        if isinstance(answer, Exception):
            failure = Failure(answer)
            failure.request = request  # type: ignore[attr-defined]
            assert request.errback is not None
            waiting.extend(await _gathered(request.errback(failure)))
            continue
        status, body = answer
        request.meta[EXCHANGES] = [Exchange(url=request.url, started_at=datetime(2026, 8, 15, tzinfo=UTC))]
        response = HtmlResponse(request.url, status=status, body=body, request=request)
        assert request.callback is not None
        for one in await _gathered(request.callback(response)):
            (walk.pages if isinstance(one, Page) else waiting).append(one)
            waiting.extend(spider.ended() if isinstance(one, Page) else ())
    return walk


def visit(card: type[SourceSpider], site: Mapping[str, Answer | Exception], shelf: Shelf | None = None) -> tuple[Walk, Shelf]:
    """Walk a made-up site with a card and services in memory."""
    spider = card()
    shelf = shelf or Shelf()
    spider.readers, spider.frontier = Here(), shelf
    return asyncio.run(_walk(spider, site)), shelf


def rss(*links: str, **days: str) -> bytes:
    items = "".join(f"<item><title>t</title><link>{link}</link></item>" for link in links)
    items += "".join(f"<item><title>{slug}</title><link>/{slug}</link><pubDate>{day}</pubDate></item>" for slug, day in days.items())
    return f'<rss version="2.0"><channel>{items}</channel></rss>'.encode()


def urlset(**days: str) -> bytes:
    urls = "".join(f"<url><loc>https://example.org/{slug}</loc><lastmod>{day}</lastmod></url>" for slug, day in days.items())
    return f"<urlset {NS}>{urls}</urlset>".encode()


def index(**days: str) -> bytes:
    maps = "".join(f"<sitemap><loc>https://example.org/{name}.xml</loc><lastmod>{day}</lastmod></sitemap>" for name, day in days.items())
    return f"<sitemapindex {NS}>{maps}</sitemapindex>".encode()


WATCH = Source(title="Example Watch", kind="rights-group", home="https://example.org/", languages=("en",))
OK = (200, b"<p>text</p>")
FEED, MAP, NEWS = "https://example.org/feed", "https://example.org/map.xml", "https://example.org/news/"


class Feeds(FeedSpider):
    name = "feeds"
    source = WATCH
    feeds: ClassVar[dict[str, str]] = {FEED: "zh", "https://example.org/other": "en"}


class Maps(SitemapSpider):
    name = "maps"
    source = WATCH
    sitemaps = (MAP,)
    archives = ("https://example.org/all.xml",)


class Pages(ListingSpider):
    name = "pages"
    source = WATCH
    listing = (NEWS,)
    article_url = (r"/a/\w+$",)


class Both(FeedSpider, SitemapSpider):
    name = "both"
    source = WATCH
    feeds = (FEED,)
    sitemaps = (MAP,)


def test_a_page_carries_its_source_its_seed_and_what_the_seed_said() -> None:
    walk, _ = visit(Feeds, {FEED: (200, rss(one="Fri, 14 Aug 2026 10:00:00 GMT")), "https://example.org/one": OK})
    [page] = walk.pages
    assert (page.source.id, page.url, page.asked, page.via) == ("feeds", "https://example.org/one", "https://example.org/one", FEED)
    assert (page.hints.title, page.hints.published, page.hints.published_from) == ("one", "2026-08-14T10:00:00+00:00", "feed")
    assert page.hints.language == "zh"


def test_articles_are_asked_newest_first_and_once() -> None:
    days = {"old": "Mon, 10 Aug 2026 10:00:00 GMT", "new": "Fri, 14 Aug 2026 10:00:00 GMT", "mid": "Wed, 12 Aug 2026 10:00:00 GMT"}
    site = {FEED: (200, rss(**days)), "https://example.org/other": (200, rss("/new", "/undated"))}
    walk, _ = visit(Feeds, site)
    asked = walk.urls("article")
    assert [url for url in asked if "undated" not in url] == [f"https://example.org/{slug}" for slug in ("new", "mid", "old")]
    assert len(asked) == 4


def test_what_the_archive_knows_is_not_asked_again() -> None:
    walk, _ = visit(Feeds, {FEED: (200, rss("/known", "/new"))}, Shelf(known={"https://example.org/known"}))
    assert walk.urls("article") == ["https://example.org/new"]


def test_places_for_days_are_filled_with_those_in_question() -> None:
    class Monthly(SourceSpider):
        name = "monthly"
        source = Source(title="Monthly", kind="news", home="https://example.org/", languages=("en",))
        feeds = (FEED,)
        archives = ("https://example.org/{YYYY}-{M}.xml",)

    assert visit(Monthly, {})[0].urls("seed") == [FEED]
    walk, shelf = visit(Monthly, {}, Shelf(since=date(2026, 6, 20), until=date(2026, 7, 3)))
    assert walk.urls("seed") == [FEED, "https://example.org/2026-7.xml", "https://example.org/2026-6.xml"]
    assert set(shelf.tally.seeds) == {FEED, "https://example.org/{YYYY}-{M}.xml"}


def test_a_numbered_listing_is_walked_to_the_page_that_is_missing_or_empty() -> None:
    class Numbered(SourceSpider):
        name = "numbered"
        source = Source(title="Numbered", kind="news", home="https://example.org/", languages=("en",))
        feeds = (FEED,)
        listing = ("https://example.org/page/{n}/",)
        article_url = (r"/2026/",)

    def pages(many: int) -> dict[str, Answer | Exception]:
        return {f"https://example.org/page/{n}/": (200, f'<a href="/2026/{n}">a</a>'.encode()) for n in range(1, many + 1)}

    walk, shelf = visit(Numbered, pages(9), Shelf(since=date(2026, 1, 1)))
    assert len(walk.urls("article")) == 9
    assert walk.urls("seed")[-1] == "https://example.org/page/10/"
    assert not [note for note in shelf.notes if "page/10" in note]
    nightly, _ = visit(Numbered, pages(9))
    assert len(nightly.urls("article")) == Limits().depth


def test_numbered_sitemaps_that_always_answer_the_same_are_left_after_the_second() -> None:
    class Maps(SourceSpider):
        name = "maps"
        source = PLACE
        sitemaps = ("https://example.org/map{n}.xml",)

    site = {f"https://example.org/map{n}.xml": (200, urlset(a="2026-08-01")) for n in range(1, 99)}
    walk, _ = visit(Maps, site)
    assert len(walk.urls("seed")) == 2


@pytest.mark.parametrize(("known", "pages"), [(set[str](), 2), ({"https://example.org/2026/b"}, 1)])
def test_a_feed_of_nothing_known_is_walked_on_though_another_seed_named_some_of_it_tonight(known: set[str], pages: int) -> None:
    class Both(SourceSpider):
        name = "both"
        source = PLACE
        feeds = (FEED,)
        article_url = (r"/2026/",)

    def page(url: str, more: str) -> bytes:
        link = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="next" href="{more}"/>'
        return rss(url, "/2026/b").replace(b"<channel>", f"<channel>{link}".encode())

    shelf = Shelf(known={FEED, *known})
    shelf.offer(Candidate(url="https://example.org/2026/a", key="https://example.org/2026/a", hints=Hints(), via=FEED, moment=NOW))
    walk, _ = visit(Both, {FEED: (200, page("/2026/a", "/older")), "https://example.org/older": (200, rss("/2026/c"))}, shelf)
    assert len(walk.urls("seed")) == pages


def test_a_crawl_that_reaches_back_asks_for_old_days_only_while_there_is_room_for_what_they_name() -> None:
    class Days(SourceSpider):
        name = "days"
        source = PLACE
        sitemaps = ("https://example.org/{YYYY}-{MM}-{DD}.xml",)

    site: dict[str, Answer | Exception] = {}
    for filled in periods(Days.sitemaps[0], date(2026, 1, 1), NOW.date()):
        site[filled] = (200, urlset(**{f"on-{filled[20:30]}": filled[20:30]}))
    walk, _ = visit(Days, site, Shelf(since=date(2026, 1, 1), most=40))
    asked = [request.meta[ROLE] for request in walk.asked]
    assert walk.urls("article") == [f"https://example.org/on-{filled[20:30]}" for filled in list(site)[:40]]
    assert asked == ["seed"] * AT_ONCE + ["article"] * AT_ONCE + ["seed"] * AT_ONCE + ["article"] * 9
    every, _ = visit(Days, site, Shelf(since=date(2026, 1, 1)))
    assert len(every.urls("seed")) == len(every.urls("article")) == len(site)


def test_a_failing_seed_is_named_and_the_others_go_on() -> None:
    for trouble in ((503, b""), (200, b"<html>Just a moment</html>"), OSError("gone")):
        walk, shelf = visit(Feeds, {FEED: trouble, "https://example.org/other": (200, rss("/a")), "https://example.org/a": OK})
        assert [page.url for page in walk.pages] == ["https://example.org/a"]
        assert len(shelf.notes) == 1 and FEED in shelf.notes[0]


def test_an_unchanged_seed_is_read_from_the_archive() -> None:
    shelf = Shelf(stamps={FEED: {"If-None-Match": '"1"'}}, held={FEED: rss("/missed")})
    walk, _ = visit(Feeds, {FEED: (304, b"")}, shelf)
    assert walk.asked[0].headers["If-None-Match"] == b'"1"'
    assert walk.urls("article") == ["https://example.org/missed"]


def test_an_unchanged_seed_without_a_copy_is_asked_once_more_without_conditions() -> None:
    walk, shelf = visit(Feeds, {FEED: (304, b"")}, Shelf(stamps={FEED: {"If-None-Match": '"1"'}}))
    again = [request for request in walk.asked if request.url == FEED]
    assert ["If-None-Match" in request.headers for request in again] == [True, False]
    assert f"seed failed: 304 without a copy {FEED}" in shelf.notes


def test_an_article_that_is_no_2xx_hands_nothing_on() -> None:
    walk, _ = visit(Feeds, {FEED: (200, rss("/gone")), "https://example.org/gone": (410, b"gone")})
    assert walk.urls("article") == ["https://example.org/gone"]
    assert walk.pages == []


def test_days_outside_those_asked_for_are_skipped_where_the_seed_states_one() -> None:
    days = {
        "before": "Sun, 09 Aug 2026 10:00:00 GMT",
        "within": "Tue, 11 Aug 2026 23:00:00 -0800",
        "after": "Fri, 14 Aug 2026 10:00:00 GMT",
    }
    shelf = Shelf(since=date(2026, 8, 10), until=date(2026, 8, 12))
    walk, _ = visit(Feeds, {FEED: (200, rss("/undated", **days))}, shelf)
    assert set(walk.urls("article")) == {"https://example.org/within", "https://example.org/undated"}


def test_entries_of_other_sites_are_left_out_and_counted() -> None:
    walk, shelf = visit(Feeds, {FEED: (200, rss("https://evil.example/a", "/mine"))})
    assert walk.urls("article") == ["https://example.org/mine"]
    assert f"left out: 1 addresses of other sites {FEED}" in shelf.notes


def test_a_seed_that_names_other_sites_alone_is_refused_and_not_well() -> None:
    _, shelf = visit(Feeds, {FEED: (200, rss("https://evil.example/a", "https://evil.example/b"))})
    told = shelf.tally.seeds[FEED]
    assert (told.outcome, told.why) == ("refused", "all 2 addresses are of other sites")


def test_a_site_that_answers_every_number_with_one_page_is_left_at_the_second() -> None:
    class Numbered(SourceSpider):
        name = "numbered"
        source = Source(title="Numbered", kind="news", home="https://example.org/", languages=("en",))
        feeds = ("https://example.org/feed?page={n}",)
        listing = ("https://example.org/page/{n}/",)
        article_url = (r"/2026/",)

    same: dict[str, Answer | Exception] = {}
    for number in range(1, 30):
        same[f"https://example.org/page/{number}/"] = (200, b'<a href="/2026/a">a</a>')
        same[f"https://example.org/feed?page={number}"] = (200, rss("/2026/b"))
    walk, _ = visit(Numbered, same, Shelf(since=date(2020, 1, 1)))
    assert len(walk.urls("seed")) == 4


def test_a_site_whose_card_knows_no_feed_is_asked_for_its_own() -> None:
    class Unknown(SourceSpider):
        name = "unknown"
        source = Source(title="Unknown", kind="news", home="https://example.org/", languages=("en",))
        listing = ("https://example.org/news/",)
        article_url = (r"/2026/",)

    head = b'<html><head><link rel="alternate" type="application/rss+xml" href="/found.xml"></head><body>x</body></html>'
    site: dict[str, Answer | Exception] = {
        "https://example.org/news/": (200, b'<a href="/2026/a">a</a>'),
        "https://example.org/": (200, head),
        "https://example.org/found.xml": (200, rss("/2026/b")),
        "https://example.org/named.xml": (200, urlset(**{"2026/c": "2026-08-01"})),
    }
    shelf = Shelf()
    shelf.robots["example.org"] = b"User-agent: *\nSitemap: https://example.org/named.xml\nSitemap: https://elsewhere.example/map.xml"
    walk, _ = visit(Unknown, site, shelf)
    assert sorted(walk.urls("article")) == [f"https://example.org/2026/{slug}" for slug in "abc"]
    found = {seed.url: seed.found_on for seed in shelf.tally.seeds.values() if seed.found_on}
    assert found["https://example.org/found.xml"] == "https://example.org/"
    assert found["https://example.org/named.xml"] == "https://example.org/robots.txt"
    assert "https://elsewhere.example/map.xml" not in walk.urls("seed")


def test_articles_do_not_wait_for_ever_for_a_seed_that_keeps_silent() -> None:
    class Hasty(Shelf):
        patience = 0.01

    handed: list[str] = []

    async def night() -> None:
        spider = Feeds()
        spider.readers, spider.frontier = Here(), Hasty()
        spider.crawl_next = lambda requests: handed.extend(request.url for request in requests)  # type: ignore[method-assign,func-returns-value,assignment]
        asked = {request.url: request async for request in spider.start()}
        answer = HtmlResponse(FEED, body=rss("/a"), request=asked[FEED])
        callback = asked[FEED].callback
        assert callback is not None and await _gathered(callback(answer)) == []
        await asyncio.sleep(0.05)

    asyncio.run(night())
    assert handed == ["https://example.org/a"]


def test_only_a_card_that_asks_for_it_has_its_articles_sifted() -> None:
    class Sieved(Feeds):
        sieve = "title"

    async def sift(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
        return [one for one in candidates if "wechat" in one.url]

    for card, wanted in ((Sieved, ["/wechat-bans"]), (Feeds, ["/wechat-bans", "/weather"])):
        shelf = Shelf()
        shelf.sifter = sift
        walk, _ = visit(card, {FEED: (200, rss("/wechat-bans", "/weather"))}, shelf)
        assert walk.urls("article") == [f"https://example.org{path}" for path in wanted]


def test_a_changed_day_bounds_a_sitemap_entry_from_below_only() -> None:
    shelf = Shelf(since=date(2026, 8, 10), until=date(2026, 8, 12))
    walk, _ = visit(Maps, {MAP: (200, urlset(old="2026-08-01", edited_later="2026-08-20"))}, shelf)
    assert walk.urls("article") == ["https://example.org/edited_later"]


def test_archives_are_asked_only_by_a_crawl_that_names_its_first_day() -> None:
    assert visit(Maps, {})[0].urls("seed") == [MAP]
    assert visit(Maps, {}, Shelf(since=date(2019, 1, 1)))[0].urls("seed") == [MAP, "https://example.org/all.xml"]


def test_of_an_index_the_newest_children_are_asked_and_the_rest_is_named() -> None:
    months = {f"m{n:02}": f"2026-{n:02}-01" for n in range(1, 13)} | {"older": "2019-01-01"}
    walk, shelf = visit(Maps, {MAP: (200, index(**months)), "https://example.org/m12.xml": (200, urlset(a="2026-12-01"))})
    children = walk.urls("seed")[1:]
    assert children == [f"https://example.org/m{n:02}.xml" for n in range(12, 0, -1)]
    assert walk.urls("article") == ["https://example.org/a"]
    assert f"limit: 1 older child sitemaps not read {MAP}" in shelf.notes


def test_children_older_than_the_first_day_are_not_asked() -> None:
    walk, _ = visit(Maps, {MAP: (200, index(new="2026-08-11", old="2026-01-01"))}, Shelf(since=date(2026, 8, 10)))
    assert "https://example.org/old.xml" not in walk.urls("seed")
    assert "https://example.org/new.xml" in walk.urls("seed")


def test_a_child_that_did_not_change_is_read_from_the_archive_so_that_a_cut_night_loses_nothing() -> None:
    old = "https://example.org/old.xml"
    shelf = Shelf(stamps={old: {"If-Modified-Since": "Sat, 01 Aug 2026 00:00:00 GMT"}}, held={old: urlset(missed="2026-07-30")})
    walk, _ = visit(Maps, {MAP: (200, index(new="2026-08-11", old="2026-07-31"))}, shelf)
    assert walk.urls("seed") == [MAP, "https://example.org/new.xml"]
    assert walk.urls("article") == ["https://example.org/missed"]


def test_an_index_that_names_itself_ends() -> None:
    walk, shelf = visit(Maps, {MAP: (200, index(map="2026-08-11"))}, Shelf(limits=Limits(depth=3)))
    assert walk.urls("seed") == [MAP]
    assert shelf.notes == []


def test_indexes_that_name_ever_new_indexes_end() -> None:
    """Twelve each, four deep, would be 22,620 requests."""
    url = "https://example.org/{}.xml"
    site = {MAP: (200, index(**{f"m{n}": "2026-08-11" for n in range(12)}))}
    names = [f"m{n}" for n in range(12)]
    for _ in range(2):
        site |= {url.format(name): (200, index(**{f"{name}x{n}": "2026-08-11" for n in range(12)})) for name in names}
        names = [f"{name}x{n}" for name in names for n in range(12)]
    walk, shelf = visit(Maps, site)
    assert len(walk.urls("seed")) == NIGHTLY_SITEMAPS
    assert "limit: sitemaps of one source" in shelf.notes


def test_nesting_is_bounded() -> None:
    url = "https://example.org/m{}.xml"
    site = {MAP: (200, index(m0="2026-08-11"))} | {url.format(n): (200, index(**{f"m{n + 1}": "2026-08-11"})) for n in range(9)}
    walk, shelf = visit(Maps, site, Shelf(limits=Limits(depth=3)))
    assert walk.urls("seed") == [MAP, *(url.format(n) for n in range(3))]
    assert f"limit: sitemap nesting {url.format(2)}" in shelf.notes


def test_a_listing_walks_on_to_older_pages_down_to_the_limit() -> None:
    def page(n: int) -> bytes:
        return f'<a href="/a/x{n}">x</a> <a href="/b">no</a> <a rel="next" href="/news/{n + 1}">older</a>'.encode()

    site: dict[str, Answer | Exception] = {NEWS: (200, page(1))} | {f"{NEWS}{n}": (200, page(n)) for n in range(2, 9)}
    walk, _ = visit(Pages, site, Shelf(limits=Limits(depth=3)))
    assert walk.urls("seed") == [NEWS, f"{NEWS}2", f"{NEWS}3"]
    assert walk.urls("article") == [f"https://example.org/a/x{n}" for n in (1, 2, 3)]


def test_a_listing_stops_before_pages_that_lie_wholly_before_the_first_day() -> None:
    old = b'<li><a href="/a/x">x</a><time datetime="2026-01-01">1</time></li><a rel="next" href="/news/2">older</a>'
    walk, _ = visit(Pages, {NEWS: (200, old)}, Shelf(since=date(2026, 8, 1)))
    assert walk.urls("seed") == [NEWS]
    assert walk.urls("article") == []


def test_a_listing_none_of_whose_links_is_an_article_makes_a_sound() -> None:
    _, shelf = visit(Pages, {NEWS: (200, b'<a href="/new-shape/1">x</a>')})
    assert shelf.notes == [f"none of 1 addresses looks like an article {NEWS}"]


def test_a_card_may_have_two_shapes() -> None:
    site = {FEED: (200, rss("/a", "/b")), MAP: (200, urlset(b="2026-08-01", c="2026-08-01"))}
    walk, _ = visit(Both, site)
    assert walk.urls("seed") == [FEED, MAP]
    assert sorted(walk.urls("article")) == [f"https://example.org/{slug}" for slug in "abc"]
    assert Both.addresses() == {"feeds": (FEED,), "sitemaps": (MAP,)}


def test_hops_are_handed_on_in_order() -> None:
    spider = Feeds()
    spider.frontier = Shelf()
    request = Request("https://example.org/end", meta={ASKED: "http://example.org/a", "stet_via": FEED, "stet_hints": None})
    exchange = Exchange(url="https://example.org/end", started_at=datetime(2026, 8, 15, tzinfo=UTC))
    request.meta.update({EXCHANGES: [exchange], "redirect_urls": ["http://example.org/a", "https://example.org/a"]})
    [page] = spider.parse_article(HtmlResponse(request.url, request=request))
    assert (page.asked, page.url, page.hops) == ("http://example.org/a", request.url, ("http://example.org/a", "https://example.org/a"))
    assert page.exchange is exchange


# -- every card visits a made-up site of its shape

EXAMPLES = tomllib.loads((ROOT / "tests" / "sources" / "examples.toml").read_text(encoding="utf-8"))


@pytest.mark.parametrize("card", cards(), ids=lambda card: card.name)
def test_every_card_brings_home_an_article_from_each_of_its_seeds(card: type[SourceSpider]) -> None:
    usual = urljoin(card.source.home, "/2026/08/10/one-two-three/")
    named = address(EXAMPLES[card.name].get("matches", [usual])[0], "", 4096)
    assert named
    link = card().reshape(named)
    bodies = {
        "feeds": rss(named, "https://foreign.example/2026/08/10/a/").replace(b"&", b"&amp;"),
        "sitemaps": f"<urlset {NS}><url><loc>{escape(named)}</loc></url></urlset>".encode(),
        "listing": f'<article><h2><a href="{escape(named)}">t</a></h2></article><a href="/about">a</a>'.encode(),
    }
    bodies["archives"] = bodies["sitemaps"]
    seeds = [(shape, seed) for shape, urls in card.addresses().items() for seed in urls]
    for shape, seed in seeds:
        asked = numbered(next(periods(seed, NOW.date(), NOW.date())), 1)
        walk, shelf = visit(card, {asked: (200, bodies[shape]), link: OK}, Shelf(since=date(2000, 1, 1)))
        assert [(page.url, page.via, page.source.id) for page in walk.pages] == [(link, asked, card.name)], shelf.notes


def test_a_feed_and_a_sitemap_may_be_as_large_as_their_own_limits_say_and_no_larger() -> None:
    class Both(FeedSpider, SitemapSpider):
        name = "both"
        source = Source(title="Both", kind="news", home="https://both.example/", languages=("en",))
        feeds = ("https://both.example/feed.xml",)
        sitemaps = ("https://both.example/sitemap.xml",)

    spider = Both()
    spider.frontier = Shelf(limits=Limits(feed=7, sitemap=11))

    async def sizes() -> dict[str, int]:
        return {request.url[21:]: request.meta["download_maxsize"] async for request in spider.start()}

    assert asyncio.run(sizes()) == {"feed.xml": 7, "sitemap.xml": 11}


@pytest.mark.parametrize(("address", "many"), [("/{YYYY}", 2), ("/{YYYY}-{MM}", 13), ("/{YYYY}-{MM}-{DD}", 367)])
def test_the_periods_of_an_address_end_with_the_first_day_that_there_is(address: str, many: int) -> None:
    assert len(list(periods(address, date.min, date(2, 1, 2)))) == many


def test_a_crawl_up_to_the_first_day_that_there_is_goes_no_further_back() -> None:
    class Maps(SourceSpider):
        name = "maps"
        source = PLACE
        sitemaps = ("https://example.org/{YYYY}.xml",)

    walk, _ = visit(Maps, {}, Shelf(until=date.min))
    assert len(walk.urls("seed")) == 1
