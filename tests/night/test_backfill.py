"""Reaching back: 50,000 addresses of a sitemap in little memory, over runs of which one is killed; and pages of listings and feeds.

By default some hundred pages are asked for. `BACKFILL=50000` asks for all of them, which takes hours.
"""

import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from spiders.catalog import cards
from tests.world import big
from tests.world.desk import Desk
from tests.world.running import Running
from tests.world.server import Server

PAGES = int(os.environ.get("BACKFILL", "0"))  # 0: the short form
SHORT = 240  # pages of one run
KILLED_AFTER = 150  # article requests
MEMORY = 400 * 1024  # KiB of resident memory of the main process
LONGEST = 120 + PAGES * 0.2  # seconds of one run
NEAR = timedelta(days=3)  # what was handed on together may come in any order
BOUND = 90  # pages per source, where the bound itself is looked at
SINCE = "2013-01-01"

pytestmark = [pytest.mark.night, pytest.mark.timeout(int(6 * LONGEST))]

LIMITS = f"[limits]\npages_per_source = {max(60_000, PAGES)}\nsource_seconds = {int(LONGEST) + 600}\n"


def table(host: str, **seeds: list[str]) -> dict[str, object]:
    """The `[[sources]]` table of one of the sites."""
    return {
        "name": host.split(".")[1],
        "title": host,
        "kind": "rights-group",
        "home": f"https://{host}/",
        "languages": ["en"],
        "article_url": [rf"^https://{host.replace('.', '[.]')}/20\d\d/\d\d/\d\d/[^/]+/$"],
        **seeds,
    }


BIG = table(big.HOST, sitemaps=[f"{big.ORIGIN}/sitemap.xml"])
OFF = [{"name": card.name, "enabled": False} for card in cards()]


@dataclass(frozen=True, slots=True)
class Field:
    """A folder, and the server of the big site."""

    desk: Desk
    server: Server

    def articles(self) -> list[str]:
        """Addresses of articles asked since the last time, in order."""
        found = [one.url for one in list(self.server.asked) if big.number_of(one.path) is not None]
        self.server.forget()
        return found

    def kept(self) -> Counter[str]:
        """Article pages kept so far, and how often."""
        return Counter(one["url"] for one in self.desk.facts() if one.get("kind") == "page" and one.get("role") == "article")


def field(folder: Path, server: Server, ca_file: Path, *sources: dict[str, object], more: str = LIMITS) -> Field:
    desk = Desk(folder)
    desk.write(server, ca_file, [*sources, *OFF], more=more)
    return Field(desk, server)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    with Server(big.answer, big.HOSTS, ca_file(tmp_path_factory), thinking=0) as running:
        yield running


def ca_file(factory: pytest.TempPathFactory) -> Path:
    return factory.getbasetemp() / "backfill-ca.pem"


@dataclass(frozen=True, slots=True)
class Runs:
    """Three runs over the big site: one that was killed, and two that went on."""

    asked: list[list[str]]
    kept_by_the_killed: Counter[str]  # after what it left was mended
    kept: Counter[str]
    peaks: list[int]
    codes: list[int]


def far_enough(paths: list[str]) -> bool:
    """Whether every child of the index was asked, so that all addresses are in hand, and then some pages."""
    children = {path for path in paths if path.startswith("/sitemap-")}
    return len(children) == big.CHILDREN and sum(big.number_of(path) is not None for path in paths) >= KILLED_AFTER


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory, server: Server) -> Runs:
    here = field(tmp_path_factory.mktemp("big") / "desk", server, ca_file(tmp_path_factory), BIG)
    peaks, asked, codes = [], [], []
    with Running(here.desk, "crawl", "big", "--since", SINCE) as killed:
        killed.until(lambda: far_enough([one.path for one in list(server.asked)]), LONGEST)
        killed.kill()
    peaks.append(killed.peak)
    asked.append(here.articles())
    here.desk.stet("recover", expect=(0, 3, 5))
    kept_by_the_killed = here.kept()
    for _ in (1, 2):
        pages = str(PAGES // 2 or SHORT)
        with Running(here.desk, "crawl", "big", "--since", SINCE, "--max-pages", pages) as going_on:
            codes.append(going_on.end(LONGEST))
        peaks.append(going_on.peak)
        asked.append(here.articles())
    return Runs(asked, kept_by_the_killed, here.kept(), peaks, codes)


def test_a_backfill_of_fifty_thousand_addresses_stays_under_400_megabytes(runs: Runs) -> None:
    assert all(0 < peak < MEMORY for peak in runs.peaks), f"{[peak // 1024 for peak in runs.peaks]} MiB"


def test_a_run_that_is_killed_keeps_what_it_had(runs: Runs) -> None:
    assert len(runs.asked[0]) >= KILLED_AFTER
    assert len(runs.kept_by_the_killed) >= KILLED_AFTER // 2


def test_the_next_runs_ask_for_no_page_that_is_kept(runs: Runs) -> None:
    second, third = runs.asked[1], runs.asked[2]
    assert second and third
    assert not set(second) & set(runs.kept_by_the_killed)
    assert not set(third) & (set(second) | set(runs.kept_by_the_killed))


def test_no_address_is_asked_twice_in_a_run_and_none_is_kept_twice(runs: Runs) -> None:
    for asked in runs.asked:
        assert [url for url, times in Counter(asked).items() if times > 1] == []
    assert [url for url, times in runs.kept.items() if times > 1] == []


def test_each_run_takes_as_many_pages_as_it_may(runs: Runs) -> None:
    assert [len(asked) for asked in runs.asked[1:]] == [PAGES // 2 or SHORT] * 2
    assert set(runs.codes) <= {0, 3}


def test_the_newest_come_first(runs: Runs) -> None:
    """So that a backfill cut short is whole from some day on."""
    for asked in runs.asked:
        numbers = [number for url in asked if (number := big.number_of(urlsplit(url).path)) is not None]
        late = [(earlier, later) for earlier, later in pairwise(numbers) if big.day(later) - big.day(earlier) > NEAR]
        assert not late[:3], f"{len(late)} of {len(numbers)} out of order"


def test_a_run_may_take_pages_per_source_and_says_that_it_stopped_there(
    tmp_path: Path, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here = field(
        tmp_path / "bounded", server, ca_file(tmp_path_factory), BIG, more=f"[limits]\npages_per_source = {BOUND}\n"
    )  # fmt: skip
    here.articles()
    here.desk.stet("crawl", "big", "--since", SINCE, expect=(0, 3))
    assert len(here.articles()) == BOUND
    [report] = here.desk.reports()
    assert "limit: pages per source" in report["sources"][0]["notes"]


def test_nothing_is_asked_that_was_published_after_the_last_day(
    tmp_path: Path, server: Server, tmp_path_factory: pytest.TempPathFactory
) -> None:
    here = field(tmp_path / "until", server, ca_file(tmp_path_factory), BIG)
    here.articles()
    here.desk.stet("crawl", "big", "--since", "2014-03-01", "--until", "2014-03-05", "--max-pages", "200", expect=(0, 3))
    days = {big.day(number) for url in here.articles() if (number := big.number_of(urlsplit(url).path)) is not None}
    wanted = {big.day(number) for number in range(big.ARTICLES) if date(2014, 3, 1) <= big.day(number) <= date(2014, 3, 5)}
    assert days == wanted, f"{len(days)} days asked, from {min(days, default=None)} to {max(days, default=None)}"


@pytest.mark.parametrize(
    ("host", "seeds"),
    [
        ("www.lister.example", {"listing": ["https://www.lister.example/archive/page/{n}/"]}),
        ("www.feeder.example", {"feeds": ["https://www.feeder.example/feed.atom"]}),
        ("www.pressed.example", {"feeds": ["https://www.pressed.example/feed/"]}),
    ],
    ids=["listing that counts its pages", "Atom feed that names the next page", "WordPress feed that names none"],
)
def test_listings_and_feeds_reach_back_page_by_page(
    tmp_path: Path, server: Server, tmp_path_factory: pytest.TempPathFactory, host: str, seeds: dict[str, list[str]]
) -> None:
    since = date(2016, 1, 1)
    here = field(tmp_path / "paged", server, ca_file(tmp_path_factory), table(host, **seeds))
    here.articles()
    here.desk.stet("crawl", host.split(".")[1], "--since", f"{since}", expect=(0, 3))
    asked = Counter(here.articles())
    assert set(asked) == big.small_urls(host, since)
    assert set(asked.values()) == {1}
