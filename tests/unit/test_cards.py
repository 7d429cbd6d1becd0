"""Every card: its facts are those on record, its patterns know its own articles and no one else's, Scrapy finds it."""

import json
import re
from typing import Any, get_args

import pytest
from lxml import etree
from lxml.cssselect import CSSSelector
from scrapy.settings import Settings
from scrapy.spiderloader import SpiderLoader

from archive.model import Keep, Kind
from spiders.catalog import cards
from spiders.discover.found import address
from spiders.rights.all_out import AllOut
from spiders.rights.ifj import InternationalFederationOfJournalists as Ifj
from spiders.shapes import SourceSpider
from spiders.site import site_of
from tests.checkout import SHARED

FACTS = SHARED / "sources" / "sources.json"
FIRST = {
    "all_out", "cdt_en", "cdt_zh", "china_change", "citizen_lab", "eff", "global_voices",
    "guardian", "hkfp", "ifj", "mit_technology_review", "rfa", "scmp",
}  # fmt: skip
every_card = pytest.mark.parametrize("card", cards(), ids=lambda card: card.name)


def facts() -> dict[str, dict[str, Any]]:
    """The record of each source by the name its card has."""
    if not FACTS.is_file():
        pytest.skip("the shared folder with the facts of sources is not here")
    return {source["id"].replace("-", "_"): source for source in json.loads(FACTS.read_text())["sources"]}


def test_the_first_sources_are_here_and_scrapy_lists_them() -> None:
    names = [card.name for card in cards()]
    assert set(names) >= FIRST
    assert len(names) == len(set(names))
    loader = SpiderLoader.from_settings(Settings({"SPIDER_MODULES": ["spiders.news", "spiders.rights"]}))
    assert sorted(loader.list()) == sorted(names)


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
def test_the_seeds_of_a_card_are_addresses_of_its_own_site(card: type[SourceSpider]) -> None:
    site = site_of(card.source.home, card.hosts)
    seeds = [url for urls in card.addresses().values() for url in urls]
    assert seeds and len(seeds) == len(set(seeds))
    assert all(address(url, "", 4096) == url and site.owns(url) for url in seeds)


@every_card
def test_the_selectors_of_a_card_can_be_used(card: type[SourceSpider]) -> None:
    for queries in card.selectors.values():
        for query in queries:
            etree.XPath(query) if query.startswith(("/", "./", "(")) else CSSSelector(query, translator="html")


@pytest.mark.shared
@every_card
def test_a_card_repeats_the_facts_on_record(card: type[SourceSpider]) -> None:
    fact = facts()[card.name]
    source = card.source
    assert (source.title, source.kind, source.home) == (fact["name"], fact["kind"], fact["home"])
    assert (source.country, source.status) == (fact["country"] or "ZZ", fact["status"])
    assert {tag.split("-")[0] for tag in source.languages} <= {tag.split("-")[0] for tag in fact["languages"]}
    assert list(card.article_url) == [one["regex"] for one in fact["article_url"]]


@pytest.mark.shared
@every_card
def test_every_seed_of_a_card_is_on_record_and_none_is_known_to_be_dead(card: type[SourceSpider]) -> None:
    fact = facts()[card.name]
    live = [feed["url"] for feed in fact["feeds"] if "state" not in feed]
    seeds = card.addresses()
    assert set(seeds.get("feeds", ())) <= set(live)
    assert set(seeds.get("sitemaps", ())) <= {one["value"] for one in fact["sitemaps"]}
    assert set(seeds.get("listing", ())) <= {one["value"] for one in fact["sections"]} | {fact["home"]}
    assert bool(seeds.get("feeds")) == bool(live)


@pytest.mark.shared
@every_card
def test_feeds_with_a_dated_good_check_stand_first(card: type[SourceSpider]) -> None:
    good = {feed["url"] for feed in facts()[card.name]["feeds"] if feed.get("result", "").startswith("ok")}
    kept = [url in good for url in card.addresses().get("feeds", ())]
    assert kept == sorted(kept, reverse=True)
    assert good <= set(card.addresses().get("feeds", ()))


@pytest.mark.shared
@every_card
def test_the_patterns_of_a_card_know_its_own_articles_and_no_one_elses(card: type[SourceSpider]) -> None:
    record = facts()
    own = [url for one in record[card.name]["article_url"] for url in one["examples"]]
    others = [url for name, fact in record.items() if name != card.name for one in fact["article_url"] for url in one["examples"]]
    site = site_of(card.source.home, card.hosts)
    assert all(site.owns(url) and any(re.search(pattern, url) for pattern in card.article_url) for url in own)
    assert not [url for url in others if any(re.search(pattern, url) for pattern in card.article_url)]
    assert not [url for url in others if site.owns(url) and site_of(url) != site_of(card.source.home)]


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
