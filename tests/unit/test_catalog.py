"""The catalog: cards by name, near names for a slip, and sources that a user writes in stet.toml."""

import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from archive.errors import ConfigError, UnknownSource
from spiders import catalog
from spiders.catalog import cards, find, own_source
from spiders.fields import READERS
from spiders.shapes import SourceSpider
from spiders.site import registered_domain, site_of

MINE = {"name": "my_watch", "feeds": ["https://watch.example.org/feed"]}


def test_a_card_is_found_by_its_name_with_either_dash() -> None:
    assert find("hkfp").source.title == "Hong Kong Free Press"
    assert find("mit-technology-review") is find("mit_technology_review")


def test_a_slip_of_the_pen_names_the_nearest() -> None:
    with pytest.raises(UnknownSource) as caught:
        find("gaurdian")
    assert "guardian" in caught.value.mend
    with pytest.raises(UnknownSource) as caught:
        find("zzzzzzzz")
    assert "stet sources" in caught.value.mend


def test_own_sources_are_found_among_those_given() -> None:
    mine = own_source(MINE)
    assert find("my-watch", [*cards(), mine]) is mine


def test_an_own_source_has_every_field_it_was_given() -> None:
    table: dict[str, Any] = {
        "name": "my_watch",
        "title": "My Watch",
        "kind": "campaign",
        "home": "https://watch.example.org/",
        "languages": ["en", "zh-Hans"],
        "country": "HK",
        "feeds": ["https://watch.example.org/feed"],
        "sitemaps": ["https://watch.example.org/sitemap.xml"],
        "archives": ["https://watch.example.org/sitemap-{YYYY}-{MM}.xml"],
        "listing": {"https://watch.example.org/news/": "en", "https://watch.example.org/zh/?page={n}": "zh-Hans"},
        "hosts": ["feeds.example.net"],
        "article_url": [r"/\d{4}/"],
        "selectors": {"title": ["json-ld:NewsArticle.headline", "meta:og:title", "h1", "//h2"], "body": "article"},
        "keep": "relevant",
        "cited": True,
        "sieve": "title",
        "weekly": [1, 40],
        "delay": 5,
        "status": "reduced",
        "enabled": False,
    }
    assert set(table) == {"name", *READERS}
    card = own_source(table)
    source = card.source
    assert issubclass(card, SourceSpider)
    assert (source.id, source.title, source.kind, source.home) == ("my_watch", "My Watch", "campaign", "https://watch.example.org/")
    assert (source.languages, source.country, source.keep, source.weekly) == (("en", "zh-Hans"), "HK", "relevant", (1, 40))
    assert (source.delay, source.status, source.enabled) == (5.0, "reduced", False)
    assert (card.article_url, card.sieve) == ((r"/\d{4}/",), "title")
    assert source.cited is True and card.hosts == ("feeds.example.net", "example.org")
    assert card.selectors == {"title": ("json-ld:NewsArticle.headline", "meta:og:title", "h1", "//h2"), "body": ("article",)}
    assert card.addresses() == {
        "feeds": ("https://watch.example.org/feed",),
        "sitemaps": ("https://watch.example.org/sitemap.xml",),
        "archives": ("https://watch.example.org/sitemap-{YYYY}-{MM}.xml",),
        "listing": ("https://watch.example.org/news/", "https://watch.example.org/zh/?page={n}"),
    }
    assert card().name == "my_watch"


def test_a_name_and_a_seed_are_enough() -> None:
    card = own_source(MINE)
    assert (card.source.home, card.source.kind, card.source.keep) == ("https://watch.example.org/feed", "news", "relevant")
    assert own_source(MINE | {"kind": "research"}).source.keep == "all"
    assert card.addresses() == {"feeds": ("https://watch.example.org/feed",)}


def test_the_name_of_a_card_changes_only_the_fields_given() -> None:
    card, before = own_source({"name": "hkfp", "enabled": False}), find("hkfp")
    assert card.source.enabled is False and before.source.enabled is True
    assert card.addresses() == before.addresses() and card.selectors == before.selectors
    assert (card.name, card.source.id, card.source.title) == ("hkfp", "hkfp", before.source.title)
    assert own_source({"name": "mit-technology-review", "delay": 9}).name == "mit_technology_review"


def test_a_card_can_be_given_a_seed_of_another_shape() -> None:
    card = own_source({"name": "chrd", "listing": ["https://www.nchrd.org/category/x/"]})
    assert card.addresses() == {"feeds": ("https://www.nchrd.org/feed/",), "listing": ("https://www.nchrd.org/category/x/",)}
    assert card().name == "chrd"


def test_the_seeds_a_user_names_speak_for_the_sites_they_stand_on() -> None:
    card = own_source(MINE | {"home": "https://other.example/"})
    site = site_of(card.source.home, card.hosts)
    assert site.owns("https://watch.example.org/a") and site.owns("https://other.example/a") and not site.owns("https://third.example/")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("feed", ["https://watch.example.org/feed"]),
        ("title", 3),
        ("kind", "blog"),
        ("home", "watch.example.org"),
        ("languages", "en"),
        ("languages", ["english language"]),
        ("country", "Hong Kong"),
        ("feeds", "https://watch.example.org/feed"),
        ("feeds", ["ftp://watch.example.org/feed"]),
        ("feeds", ["https://watch.example.org/{slug}/feed"]),
        ("archives", ["https://{year}.example.org/sitemap.xml"]),
        ("archives", ["https://[{n}]/sitemap.xml"]),
        ("listing", ["https://watch.example.org/{n/"]),
        ("listing", ["https://watch.example.org/{}/"]),
        ("listing", {"https://watch.example.org/": "no language"}),
        ("home", "https://watch.example.org/{year}/"),
        ("hosts", ["https://feeds.example.net/"]),
        ("cited", "yes"),
        ("feeds", ["https://user:secret@watch.example.org/feed"]),
        ("sitemaps", [1]),
        ("listing", {"a": 1}),
        ("article_url", ["("]),
        ("selectors", ["h1"]),
        ("selectors", {"title": ["h1[["]}),
        ("selectors", {"title": ["//h1["]}),
        ("selectors", {"titel": ["h1"]}),
        ("selectors", {"title": ["json-ld:"]}),
        ("selectors", {"date": ["meta:a b"]}),
        ("selectors", {"body": ["json-ld:articleBody"]}),
        ("keep", "some"),
        ("sieve", "(?i)ban"),
        ("weekly", [40, 1]),
        ("weekly", [True, 3]),
        ("delay", "fast"),
        ("delay", True),
        ("delay", float("nan")),
        ("status", "asleep"),
        ("enabled", "yes"),
    ],
)
def test_what_is_wrong_is_named_with_its_source_key_and_mend(key: str, value: object) -> None:
    with pytest.raises(ConfigError) as caught:
        own_source(MINE | {key: value})
    assert "'my_watch'" in caught.value.what and f"{key} is" in caught.value.what
    assert caught.value.mend
    assert caught.value.exit_code == 2


@pytest.mark.parametrize("name", [None, 3, "", "Has Blanks", "../../etc", "night", "a" * 41])
def test_a_name_that_cannot_name_a_file_is_refused(name: object) -> None:
    with pytest.raises(ConfigError, match=r"sources\.name"):
        own_source(MINE | {"name": name})


def test_a_new_source_without_seeds_is_refused() -> None:
    with pytest.raises(ConfigError, match="no seeds"):
        own_source({"name": "hkpf", "enabled": False})


def test_on_a_shared_host_each_blog_is_a_site_of_its_own() -> None:
    assert registered_domain("https://one.blogspot.com/feed") == "one.blogspot.com"
    assert not site_of("https://one.blogspot.com/").owns("https://two.blogspot.com/a")
    assert registered_domain("https://www.rfa.org/") == "rfa.org"
    assert registered_domain("http://localhost:8000/") == "localhost"


@pytest.mark.parametrize(
    ("lines", "says"),
    [
        ('    feed = ("https://broken.example/feed",)', "feed is no field of a card"),
        ('    feeds = ("https://broken.example/{slug}.xml",)', "feeds is"),
        ('    article_url = ("(",)', "article_url is"),
        ('    feeds = ("https://broken.example/feed")', "feeds is"),
        ('    sieve = "x"', "sieve is"),
        ("    land = Source(land=1)", "cannot be read: TypeError"),
        ("    name ==", "cannot be read: SyntaxError"),
    ],
)
def test_a_broken_card_is_named_with_its_file_and_what_is_wrong(
    lines: str, says: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = ModuleType("broken_room")
    room.__path__ = [str(tmp_path)]
    source = 'Source(title="Broken", kind="news", home="https://broken.example/", languages=("en",))'
    head = (
        f"from archive.model import Source\nfrom spiders.shapes import SourceSpider\n\nclass Broken(SourceSpider):\n    source = {source}\n"
    )
    (tmp_path / "broken.py").write_text(f"{head}{lines}\n")
    monkeypatch.setitem(sys.modules, "broken_room", room)
    monkeypatch.delitem(sys.modules, "broken_room.broken", raising=False)
    with pytest.raises(ConfigError) as refused:
        list(catalog._cards_in(room))
    assert "broken_room/broken.py" in refused.value.what and says in refused.value.what
    assert refused.value.mend
