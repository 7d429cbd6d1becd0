"""`stet sources`: how each seed has been, and what the cards do not know, from what earlier nights wrote."""

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

from crawler.history import Pages, Past, SeedPast
from spiders.catalog import own_source
from stet.gaps import gaps_of
from stet.health import reading, seed_rows
from tests.unit.conftest import Call
from tests.unit.test_history import FEED, FIRST, seal

NOW = datetime(2026, 3, 31, 3, tzinfo=UTC)
CARD = own_source(
    {"name": "harbour", "home": "https://harbour.example/", "languages": ["en"], "feeds": [FEED], "selectors": {"date": ["time"]}}
)
BARE = own_source({"name": "bare", "home": "https://bare.example/", "languages": ["en"], "listing": ["https://bare.example/news"]})
TABLE = f'[[sources]]\nname = "harbour"\nhome = "https://harbour.example/"\nlanguages = ["en"]\nfeeds = ["{FEED}"]\n'


def seed(days: int = 30, *, ill: int = 0, **more: object) -> SeedPast:
    told: dict[str, object] = {"shape": "feed", "outcome": "failed" if ill else "answered", "why": "404" if ill else "", **more}
    return SeedPast(first_at=NOW - timedelta(days=days), asked_at=NOW, answered_at=NOW - timedelta(days=ill), **told)  # type: ignore[arg-type]


def test_each_seed_of_a_source_says_how_it_has_been(tmp_path: Path, stet: Call) -> None:
    (tmp_path / "stet.toml").write_text(TABLE, encoding="utf-8")
    for day, new in enumerate((5, 2, 0)):
        seal(tmp_path / "data", day, new=new)
    told = json.loads(stet("sources", "harbour", "--json").stdout.splitlines()[1])
    (row,) = told["seeds"]
    assert (row["url"], row["shape"], row["state"]) == (FEED, "feed", "well")
    assert row["last_success"] == f"{FIRST + timedelta(days=2):%Y-%m-%dT%H:%M:%SZ}"
    assert row["last_new"] == f"{FIRST + timedelta(days=1):%Y-%m-%dT%H:%M:%SZ}"
    assert row["usual"] == 3.5
    assert told["cited"] is False and told["archives"] == []
    assert not (tmp_path / "data" / "index").exists(), "a reader writes nothing"
    plain = stet("sources", "harbour").stdout
    assert "reading\t7 pages: 0 without text, 7 without a day" in plain


def test_before_the_first_night_every_seed_is_new(tmp_path: Path, stet: Call) -> None:
    (tmp_path / "stet.toml").write_text(TABLE, encoding="utf-8")
    told = json.loads(stet("sources", "harbour", "--json").stdout.splitlines()[1])
    assert [(row["state"], row["why"]) for row in told["seeds"]] == [("new", "never asked yet")]
    assert told["health"] == "new"


def test_seeds_that_the_site_named_stand_behind_those_of_the_card() -> None:
    named = "https://harbour.example/other"
    rows = seed_rows(CARD, Past(seeds={named: seed(found_on="https://harbour.example/"), FEED: seed(ill=9)}))
    assert [(row["url"], row["state"], row["why"]) for row in rows] == [(FEED, "failed", "404"), (named, "well", "")]


def test_gaps_name_what_is_not_known_with_what_the_site_itself_offers() -> None:
    offered = {
        "https://bare.example/feed": seed(found_on="https://bare.example/", yields=(3, 0, 1)),
        "https://bare.example/map.xml": seed(shape="sitemap", found_on="https://bare.example/robots.txt", yields=(9,)),
        "https://bare.example/dead": SeedPast(first_at=NOW, asked_at=NOW, shape="feed", outcome="failed", found_on="https://bare.example/"),
    }
    found = {(field, gap): line for _, field, gap, line in gaps_of(BARE, Past(seeds=offered), NOW)}
    assert found["feeds", "no feed known"] == (
        'feeds = ["https://bare.example/feed"]  # named by <link rel=alternate> on https://bare.example/, answered 3 times since 2026-03-01'
    )
    assert found["sitemaps", "no sitemap known"].startswith('sitemaps = ["https://bare.example/map.xml"]  # named by robots.txt')
    assert ("article_url", "no pattern: articles of sitemaps and listings are told by their look") in found
    assert not [line for line in found.values() if "dead" in line]


def test_gaps_name_seeds_that_fail_for_a_week_and_selectors_that_never_spoke() -> None:
    past = Past(seeds={FEED: seed(ill=9)}, pages=Pages(kept=20, missed={"date": 20, "title": 20}))
    found = {field: gap for _, field, gap, _ in gaps_of(CARD, past, NOW)}
    assert found["feeds"] == f"{FEED} has given no usable answer for 9 days: 404"
    assert found["selectors.date"] == "matched 0 of 20 pages"
    assert "selectors.title" not in found, "the card has none"
    assert not [gap for _, field, gap, _ in gaps_of(CARD, Past(seeds={FEED: seed(ill=6)}), NOW) if field == "feeds"]


def test_sitemaps_that_are_asked_only_for_older_pages_are_no_gap() -> None:
    older = own_source(
        {"name": "old", "home": "https://old.example/", "feeds": ["https://old.example/f"], "archives": ["https://old.example/m"]}
    )
    assert "sitemaps" not in [field for _, field, _, _ in gaps_of(older, Past(), NOW)]
    assert "sitemaps" in [field for _, field, _, _ in gaps_of(CARD, Past(), NOW)]


def test_a_weekly_range_is_proposed_after_enough_nights() -> None:
    nights = tuple((NOW - timedelta(days=20 - day), 2) for day in range(21))
    (row,) = [row for row in gaps_of(CARD, Past(nights=nights), NOW) if row[1] == "weekly"]
    assert row[3].startswith("weekly = [7, 28]  # 14 to 14 came in a week of the last 21 nights")
    assert not [row for row in gaps_of(CARD, Past(nights=nights[:9]), NOW) if row[1] == "weekly"]  # every young card would say so


def test_the_command_shows_gaps_of_all_or_one(tmp_path: Path, stet: Call) -> None:
    (tmp_path / "stet.toml").write_text(TABLE, encoding="utf-8")
    one = stet("sources", "harbour", "--gaps")
    assert one.returncode == 0
    assert one.stdout.splitlines()[0] == "source_id\tfield\tgap\tproposal"
    assert {line.split("\t")[0] for line in one.stdout.splitlines()[1:]} == {"harbour"}
    every = stet("sources", "--gaps", "--json").stdout.splitlines()
    assert json.loads(every[0])["rows"] == len(every) - 1 > 50
    assert stet("sources", "--gaps", "--check", "harbour").returncode == 2


def test_pages_read_are_told_in_words() -> None:
    assert reading(Past()) == ""
    assert reading(Past(pages=Pages(kept=3))) == "3 pages: 0 without text, 0 without a day, 0 without an author"
