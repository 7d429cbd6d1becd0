"""Which sources stand on the same hosts."""

from archive.model import Source
from crawler.neighbours import neighbourhoods
from spiders.catalog import cards
from spiders.shapes import SourceSpider


def spider(name: str, home: str, *hosts: str) -> type[SourceSpider]:
    source = Source(title=name, kind="news", home=home, languages=("en",))
    return type(name, (SourceSpider,), {"name": name, "source": source, "hosts": hosts})


def names(spiders: list[type[SourceSpider]]) -> list[list[str]]:
    return [[one.name for one in group] for group in neighbourhoods(spiders)]


def test_sources_of_one_domain_are_neighbours_and_others_are_not() -> None:
    one, two = spider("one", "https://www.example.org/en"), spider("two", "https://zh.example.org/")
    assert names([one, spider("far", "https://far.example.net/"), two]) == [["one", "two"], ["far"]]


def test_a_source_that_speaks_for_two_domains_joins_their_neighbours() -> None:
    bridge = spider("bridge", "https://c.example/", "a.example", "feeds.b.example")
    assert names([spider("a", "https://a.example/"), spider("b", "https://b.example/"), bridge]) == [["a", "b", "bridge"]]


def test_every_card_is_in_one_neighbourhood() -> None:
    groups = neighbourhoods(cards())
    assert sorted(card.name for group in groups for card in group) == [card.name for card in cards()]
    together = [{card.name for card in group} for group in groups if len(group) > 1]
    assert {"cdt_en", "cdt_zh"} in together
