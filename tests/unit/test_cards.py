"""Every card: its facts are those on record, its patterns know its own articles and no one else's, Scrapy finds it."""

import itertools
import json
import re
import subprocess
import sys
import tomllib
from typing import Any, get_args

import pytest
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from archive.model import Keep, Kind
from spiders.catalog import cards
from spiders.discover.found import address
from spiders.discover.listings import looks_like_an_article
from spiders.fields import READERS
from spiders.rights.all_out import AllOut
from spiders.rights.ifj import InternationalFederationOfJournalists as Ifj
from spiders.shapes import SourceSpider
from spiders.site import site_of
from tests.checkout import ROOT, SHARED

FACTS = SHARED / "sources" / "sources.json"
EXAMPLES: dict[str, dict[str, list[str]]] = tomllib.loads((ROOT / "tests" / "sources" / "examples.toml").read_text(encoding="utf-8"))
FOUNDING = {"All Out": "all_out", "MIT Technology Review": "mit_technology_review", "Radio Free Asia": "rfa"} | {
    "International Federation of Journalists": "ifj"
}
# The pattern on record for DW fits every language of its site. Its seeds are English ones, so it never meets what the Chinese card takes.
OVERLAPS = {("dw", "dw_chinese")}
SEEDS = ("feeds", "sitemaps", "archives", "listing")
every_card = pytest.mark.parametrize("card", cards(), ids=lambda card: card.name)


def facts() -> dict[str, dict[str, Any]]:
    """The record of each source by the name its card has."""
    if not FACTS.is_file():
        pytest.skip("the shared folder with the facts of sources is not here")
    return {source["id"].replace("-", "_"): source for source in json.loads(FACTS.read_text())["sources"]}


def spelled(url: str) -> set[str]:
    """An address on record, once for each of the words it lets one choose from: {ru|en}."""
    parts = [part.strip("{}").split("|") if "|" in part else [part] for part in re.split(r"(\{[^{}]*\})", url)]
    return {"".join(chosen) for chosen in itertools.product(*parts)}


def seeds_of(card: type[SourceSpider]) -> dict[str, tuple[str, ...]]:
    """The addresses of a card by its fields, archives apart from sitemaps."""
    return {key: tuple(getattr(card, key, ())) for key in SEEDS}


def matches(card: type[SourceSpider], url: str) -> bool:
    return any(re.search(pattern, url) for pattern in card.article_url)


def test_there_are_ninety_sources_and_scrapy_lists_them() -> None:
    names = sorted(card.name for card in cards())
    assert len(names) >= 90 and len(set(names)) == len(names)
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["spiders.news", "spiders.rights"]}))
    assert sorted(loader.list()) == names
    listed = subprocess.run([sys.executable, "-m", "scrapy", "list"], cwd=ROOT, capture_output=True, text=True, check=True)
    assert sorted(listed.stdout.split()) == names


@pytest.mark.shared
def test_every_source_on_record_has_a_card_and_no_card_is_of_another() -> None:
    assert {card.name for card in cards()} == set(facts())


@pytest.mark.shared
def test_the_publishers_of_the_founding_documents_are_among_them() -> None:
    names, record = {card.name for card in cards()}, facts()
    publishers = [one["publisher"] for one in json.loads((SHARED / "seeds" / "meta.json").read_text())]
    known = [name for publisher in publishers for title, name in FOUNDING.items() if title in publisher]
    assert set(known) == set(FOUNDING.values()) <= names
    assert {name for name, fact in record.items() if fact["tier"] == "seed"} <= names


@every_card
def test_a_card_says_what_it_is(card: type[SourceSpider]) -> None:
    source = card.source
    assert source.id == card.name == card.__module__.rpartition(".")[2]
    assert source.kind in get_args(Kind) and source.keep in get_args(Keep)
    assert card.__module__.startswith("spiders.news." if source.kind == "news" else "spiders.rights.")
    assert source.keep == ("relevant" if source.kind == "news" else "all")
    assert source.title and source.languages and re.fullmatch("[A-Z]{2}", source.country)
    assert card.__doc__ and card.__doc__ != SourceSpider.__doc__


@every_card
def test_a_card_can_be_read_in_a_minute(card: type[SourceSpider]) -> None:
    module = sys.modules[card.__module__]
    assert module.__doc__ and module.__doc__.count("\n") == 0
    assert len((ROOT / str(module.__file__)).read_text(encoding="utf-8").splitlines()) <= 50


@every_card
def test_the_fields_of_a_card_are_ones_that_stet_toml_would_take(card: type[SourceSpider]) -> None:
    given = {key: getattr(card, key) for key in (*SEEDS, "hosts", "article_url", "selectors", "sieve") if getattr(card, key, ())}
    given |= {
        key: value for key in ("title", "kind", "home", "languages", "country", "keep", "status") if (value := getattr(card.source, key))
    }
    for key, value in given.items():
        assert READERS[key][1](value) == value, key


@every_card
def test_the_seeds_of_a_card_are_addresses_of_its_own_site(card: type[SourceSpider]) -> None:
    site = site_of(card.source.home, card.hosts)
    seeds = [url for urls in seeds_of(card).values() for url in urls]
    assert seeds and len(seeds) == len(set(seeds))
    assert set(seeds) == {url for urls in card.addresses().values() for url in urls}
    for url in seeds:
        filled = re.sub(r"\{\w+\}", "1", url)
        assert address(filled, "", 4096) == filled and site.owns(url)


@every_card
def test_the_languages_of_the_seeds_are_languages_of_the_source(card: type[SourceSpider]) -> None:
    spoken = {tag.partition("-")[0] for tag in card.source.languages}
    for key in SEEDS:
        addresses = getattr(card, key, ())
        assert not isinstance(addresses, dict) or {tag.partition("-")[0] for tag in addresses.values()} <= spoken


@every_card
def test_a_card_has_a_contract_of_what_is_an_article_and_what_is_not(card: type[SourceSpider]) -> None:
    assert card.name in EXAMPLES, f"tests/sources/examples.toml says nothing of {card.name}"
    contract, site = EXAMPLES[card.name], site_of(card.source.home, card.hosts)
    own, others = contract.get("matches", []), contract["others"]
    assert bool(own) == bool(card.article_url) and others
    assert all(site.owns(url) for url in (*own, *others))
    assert all(matches(card, url) for url in own)
    assert not card.article_url or all(any(re.search(pattern, url) for url in own) for pattern in card.article_url)
    assert not [url for url in others if (matches(card, url) if card.article_url else looks_like_an_article(url))]


@every_card
def test_a_card_takes_no_article_of_another_source(card: type[SourceSpider]) -> None:
    site = site_of(card.source.home, card.hosts)
    strange = [(name, url) for name, one in EXAMPLES.items() if name != card.name for url in one.get("matches", [])]
    taken = {(card.name, name) for name, url in strange if matches(card, url)}
    assert taken == {pair for pair in OVERLAPS if pair[0] == card.name}
    assert not [url for _, url in strange if site.owns(url) and site_of(url) != site_of(card.source.home)]


def test_no_contract_is_left_over() -> None:
    assert set(EXAMPLES) == {card.name for card in cards()}


@pytest.mark.shared
@every_card
def test_a_card_repeats_the_facts_on_record(card: type[SourceSpider]) -> None:
    fact = facts()[card.name]
    source = card.source
    assert (source.title, source.kind, source.home) == (fact["name"], fact["kind"], fact["home"])
    assert (source.country, source.status) == (fact["country"] or "ZZ", fact["status"])
    spoken = {*fact["languages"], *(feed["lang"] for feed in fact["feeds"])}
    assert {tag.split("-")[0] for tag in source.languages} <= {tag.split("-")[0] for tag in spoken}
    assert list(card.article_url) == [one["regex"] for one in fact["article_url"]]
    assert {url for one in fact["article_url"] for url in one["examples"]} <= set(EXAMPLES[card.name].get("matches", []))


@pytest.mark.shared
@every_card
def test_every_seed_of_a_card_is_on_record_and_none_is_known_to_be_dead(card: type[SourceSpider]) -> None:
    fact, seeds = facts()[card.name], seeds_of(card)
    live = {feed["url"] for feed in fact["feeds"] if "state" not in feed}
    feeds = {url.replace("{n0}", "{n}") for url in seeds["feeds"]}  # the record has one word for both
    assert live <= feeds <= live | {url for one in fact["api"] for url in spelled(one["value"])}
    assert {*seeds["sitemaps"], *seeds["archives"]} <= {one["value"] for one in fact["sitemaps"]}
    editions = {edition["home"] for edition in fact["editions"]}
    assert set(seeds["listing"]) <= {one["value"] for one in fact["sections"]} | editions | {fact["home"]}


@pytest.mark.shared
@every_card
def test_feeds_with_a_dated_good_check_stand_first(card: type[SourceSpider]) -> None:
    record = facts()[card.name]["feeds"]
    good = {feed["url"] for feed in record if feed.get("result", "").startswith("ok")}
    feeds = getattr(card, "feeds", ())
    kept = [url in good for url in feeds]
    assert kept == sorted(kept, reverse=True)
    if isinstance(feeds, dict):
        stated = {feed["url"]: feed["lang"].partition("-")[0] for feed in record}
        assert {url: tag.partition("-")[0] for url, tag in feeds.items() if url in stated} == {
            url: stated[url] for url in feeds if url in stated
        }


def test_all_out_drops_the_parameter_that_names_a_person() -> None:
    spider = AllOut()
    assert spider.reshape("https://allout.actionkit.com/go/46017?t=2&akid=123.456.AbC") == "https://allout.actionkit.com/go/46017?t=2"
    assert spider.reshape("https://allout.actionkit.com/go/46017?t=2") == "https://allout.actionkit.com/go/46017?t=2"


def test_ifj_takes_one_article_under_several_categories_once() -> None:
    spider = Ifj()
    base = "https://www.ifj.org/media-centre/news/detail"
    keys = {spider.key_of(f"{base}/{middle}article/a-ban{end}") for middle in ("", "category/asia-pacific/") for end in ("", ".html")}
    assert len(keys) == 1
    french = "https://www.ifj.org/fr/salle-de-presse/nouvelles/detail/category/press-releases/article/a-ban.html"
    assert spider.key_of(french) not in keys
