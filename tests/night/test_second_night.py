"""The second night, through the real command line: nothing is fetched twice, and nobody who reads is disturbed."""

import shutil
import subprocess
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from archive.reader import records, sealed_files
from stet.demo.network import Asked, Network
from stet.demo.newsroom import newsroom

if TYPE_CHECKING:
    from tests.night.conftest import NightFolder

pytestmark = pytest.mark.night

# What a page or an event is told by; `snapshot` says when the file was made and is new in every generation.
OF_RECORD = (
    "sources",
    "nights",
    "night_sources",
    "captures",
    "articles",
    "platforms",
    "platform_aliases",
    "actions",
    "mentions",
    "events",
    "vocab",
)
SPARED = ("news.harbourpost.example", "/sitemap/archive.xml.gz")  # its index says that it is as old as our copy
ANALYST = """
import sys, duckdb
con = duckdb.connect(sys.argv[1], read_only=True)
for line in sys.stdin:
    print(con.execute("SELECT count(*) FROM articles").fetchone()[0], flush=True)
"""


def pages(*, later: bool) -> set[tuple[str, str]]:
    """Host and path of every article, under each address it has."""
    chosen = [(site, report) for site in newsroom() for report in site.reports if report.later is later]
    return {(site.host, path) for site, report in chosen for path in (report.path, report.listed_path)}


def seeds() -> set[tuple[str, str]]:
    """Host and path of every seed, those that seeds lead to included."""
    named = {(site.host, path) for site in newsroom() for path in (*site.feeds, *site.sitemaps, *site.listing)}
    return named | {
        ("news.harbourpost.example", "/sitemap/news.xml"),
        ("news.harbourpost.example", "/sitemap/archive.xml.gz"),
        ("www.riverweekly.example", "/news/index_2.html"),
    }


def rows(corpus: Path, table: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(corpus), read_only=True) as con:
        return con.execute(f"SELECT * FROM {table} ORDER BY ALL").fetchall()


def count(corpus: Path, table: str = "articles") -> int:
    return len(rows(corpus, table))


def ids(folder: "NightFolder") -> list[str]:
    """Every article of the published index."""
    with duckdb.connect(str(folder.data / "corpus.duckdb"), read_only=True) as con:
        return [row[0] for row in con.execute("SELECT article_id FROM articles ORDER BY ALL").fetchall()]


def stored_pages(data: Path) -> list[str]:
    """The address of every stored answer, in order of files."""
    return [record.url for path in sealed_files(data) for record in records(path, types={"response", "revisit"})]


def test_the_first_night_asks_each_article_once_and_leaves_alone_what_robots_closes(first_night: "NightFolder") -> None:
    asked = [(one.host, one.path) for one in first_night.network.requests()]
    articles = [one for one in asked if one in pages(later=False)]
    assert sorted(articles) == sorted(pages(later=False))
    assert ("quietshore.example", "/closed/2026/03/02/redakciya") not in asked
    assert asked.index(("quietshore.example", "/robots.txt")) < asked.index(("quietshore.example", "/rss.xml"))


def test_a_second_night_asks_seeds_conditionally_and_no_article_again(first_night: "NightFolder", tmp_path: Path) -> None:
    with Network() as network:
        folder = first_night.copy(tmp_path / "desk", network)
        stored, told = Counter(stored_pages(folder.data)), ids(folder)
        ended = folder.stet("night")
        asked = network.requests()
    asked_seeds = {one for one in asked if (one.host, one.path) in seeds()}
    assert asked_seeds <= {Asked(host, path, True) for host, path in seeds()}
    assert {(one.host, one.path) for one in asked_seeds} == seeds() - {SPARED}
    front_pages = {site.host for site in newsroom() if not site.feeds and not site.sitemaps}  # asked whether they name a feed by now
    others = {(one.host, one.path) for one in asked if (one.host, one.path) not in seeds() and one.path != "/robots.txt"}
    assert others == {(host, "/") for host in front_pages}
    new = Counter(stored_pages(folder.data)) - stored
    asked_for = seeds() | others | {(site.host, "/robots.txt") for site in newsroom()}
    assert new.keys() <= {f"http://{host}{path}" for host, path in asked_for}
    assert ids(folder) == told
    assert " 0 kept" in ended.stderr


def test_an_article_kept_or_dropped_is_stored_once_over_two_nights(first_night: "NightFolder", tmp_path: Path) -> None:
    with Network() as network:
        folder = first_night.copy(tmp_path / "desk", network)
        folder.stet("night")
    addresses = {f"http://{host}{path}" for host, path in pages(later=False)}
    stored = [url for url in stored_pages(folder.data) if url in addresses]
    assert len(stored) == len(set(stored)) > 20


def test_a_third_night_after_news_asks_for_the_news_alone(first_night: "NightFolder", tmp_path: Path) -> None:
    with Network() as network:
        folder = first_night.copy(tmp_path / "desk", network)
        network.next_day()
        before = count(folder.data / "corpus.duckdb")
        folder.stet("night")
        asked = {(one.host, one.path) for one in network.requests()}
    assert asked & (pages(later=False) | pages(later=True)) == pages(later=True)
    assert count(folder.data / "corpus.duckdb") == before + len(pages(later=True))


def test_reindex_from_the_warcs_alone_gives_equal_tables_of_record(first_night: "NightFolder", tmp_path: Path) -> None:
    with Network() as network:
        folder = first_night.copy(tmp_path / "desk", network)
        network.next_day()
        folder.stet("night")
    told = {table: rows(folder.data / "corpus.duckdb", table) for table in OF_RECORD}
    bare = tmp_path / "bare"
    shutil.copytree(folder.data / "warc", bare / "data" / "warc")
    shutil.copy(folder.path / "stet.toml", bare / "stet.toml")
    rebuilt = type(folder)(bare, first_night.network)
    rebuilt.stet("reindex", "--all")
    rebuilt.stet("publish", "--force")  # the ledger was left behind
    for table in OF_RECORD:
        assert rows(bare / "data" / "corpus.duckdb", table) == told[table], table
    assert told["nights"] and told["articles"] and told["mentions"] and told["events"]


def test_a_night_publishes_while_an_analyst_reads_and_the_next_open_sees_the_new_rows(first_night: "NightFolder", tmp_path: Path) -> None:
    with Network() as network:
        folder = first_night.copy(tmp_path / "desk", network)
        corpus = folder.data / "corpus.duckdb"
        before = count(corpus)
        command = [sys.executable, "-c", ANALYST, str(corpus)]
        with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as analyst:
            assert _asked(analyst) == before
            network.next_day()
            folder.stet("night")
            assert _asked(analyst) == before  # what was open goes on answering from the old generation
            assert analyst.stdin is not None
            analyst.stdin.close()
            assert analyst.wait(timeout=20) == 0
    assert count(corpus) == before + len(pages(later=True))


def _asked(analyst: "subprocess.Popen[str]") -> int:
    assert analyst.stdin is not None and analyst.stdout is not None
    analyst.stdin.write("\n")
    analyst.stdin.flush()
    return int(analyst.stdout.readline())
