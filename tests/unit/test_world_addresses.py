"""Addresses made from patterns: the loopback world stands on them, so each card's pattern has to give some."""

import re
from datetime import datetime

import pytest

from archive.surt import url_key
from spiders.catalog import cards
from tests.world.addresses import NoAddress, address
from tests.world.offers import Card, Offer

DAY = datetime(2026, 8, 5)
HOME = "https://news.example/"


@pytest.mark.parametrize("card", cards(), ids=lambda card: card.name)
def test_every_card_gives_addresses_of_its_own_site_that_match_and_differ(card: Card) -> None:
    owns = card().site.owns
    made = [address(card.article_url, card.source.home, number, DAY, owns, seed=card.name) for number in range(40)]
    assert len({url_key(url) for url in made}) == len(made)
    for url in made:
        assert owns(url)
        assert not card.article_url or any(re.search(pattern, url) for pattern in card.article_url)


@pytest.mark.parametrize(
    ("pattern", "made"),
    [
        (r"^https://a\.example/\d{4}/\d{2}/\d{2}/[^/]+/$", r"https://a\.example/2026/08/05/[a-z-]+/"),
        (r"^https://a\.example/(?:[a-z0-9-]+/)+\d{4}/[a-z]{3}/\d{2}/[^/?#]+", r"https://a\.example/[a-z]+/2026/aug/05/[a-z-]+"),
        (r"^https://a\.example/[a-z]+/\d{12}\.aspx$", r"https://a\.example/[a-z]+/20260805\d{4}\.aspx"),
        (r"^https://a\.example/\d{4}/\d{1,2}/\d{1,2}/\d+", r"https://a\.example/2026/8/5/\d+"),
        (r"^https://a\.example/20\d{2}/[^/]+$", r"https://a\.example/2026/[a-z-]+"),
        (r"^https://a\.example/(?!tag/)[a-z0-9-]{12,}/?$", r"https://a\.example/[a-z-]{12,}/?"),
        (r"/story/\d+$", r"https://news\.example/story/\d+"),
    ],
)
def test_digits_become_the_day_where_they_stand_as_one(pattern: str, made: str) -> None:
    assert re.fullmatch(made, address([pattern], HOME, 7, DAY, seed="x"))


def test_a_pattern_that_nothing_matches_is_named() -> None:
    with pytest.raises(NoAddress, match="no address"):
        address([r"^https://a\.example/x$"], HOME, 1, DAY, lambda url: False)


def test_equal_questions_get_equal_addresses() -> None:
    asked = ([r"^https://a\.example/(?:x|y|z)/[A-Za-z0-9]{8}-\d+$"], HOME, 3, DAY)
    assert address(*asked, seed="s") == address(*asked, seed="s")


@pytest.mark.parametrize(
    ("template", "asked", "places"),
    [
        ("https://a.example/page/{n}/", "a.example/page/12/", {"n": 12}),
        ("https://a.example/s?page={n}", "a.example/s?page=2", {"n": 2}),
        ("https://a.example/{YYYY}/{M}", "a.example/2026/8", {"year": 2026, "month": 8}),
        ("https://a.example/{YYYY}-{MM}-{DD}.xml", "a.example/2026-08-05.xml", {"year": 2026, "month": 8, "day": 5}),
        ("https://a.example/feed/", "a.example/feed/", {}),
        ("https://a.example/page/{n}/", "a.example/page/x/", None),
    ],
)
def test_a_seed_knows_its_address_with_the_places_filled(template: str, asked: str, places: dict[str, int] | None) -> None:
    assert Offer(address=template, shape="listing", form="page", number=0).asked(asked) == places
