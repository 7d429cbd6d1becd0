"""What articles cite as rows: each address once, with the copy nearest to what the article saw, in any order of the nights."""

import re
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from archive.facts import JSON
from archive.surt import url_key
from queries.build import build, work_file
from queries.differences import TABLES, differences
from queries.store import fetch
from tests import index_corpus as corpus
from tests.checkout import ROOT
from tests.unit.conftest import Call

POST, MOVED, LANDED, LOST, NEVER = (
    "https://t.me/some_channel/7",
    "https://twitter.com/someone/status/1",
    "https://x.com/someone/status/1",
    "https://weibo.com/1/Kx1yz",
    "https://tieba.baidu.com/p/7",
)


def citing(url: str, *cites: JSON, **more: object) -> corpus.Saved:
    return replace(corpus.RIGHTS_PAGES[0], url=url, more={"cites": list(cites), "requisites": ["https://rights.example/a.png"]}, **more)  # type: ignore[arg-type]


def copy(url: str, asked: str | None = None, *, status: int = 200, role: str = "cited", hops: tuple[str, ...] = ()) -> corpus.Saved:
    more: dict[str, JSON] = {"asked": asked or url, "hops": list(hops), "cited_by": ["https://rights.example/one"]}
    return corpus.Saved(url=url, text=None, source="rights", role=role, status=status, more=more)


ONE = citing("https://rights.example/one", POST, MOVED, LOST, NEVER, POST)
TWO = citing("https://rights.example/two", POST + "?utm_source=x#top")
COPIES = (
    copy(MOVED, status=301, role="hop"),
    copy(LANDED, MOVED, hops=(MOVED,)),
    copy(POST),
    copy(LOST, status=404),
    copy("https://rights.example/a.png", role="requisite"),
)


def rows(data: Path, sql: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(work_file(data)), read_only=True) as con:
        con.execute("SET TimeZone = 'UTC'")
        return con.execute(sql).fetchall()


def test_each_citation_stands_once_beside_its_platform_and_its_copy(tmp_path: Path) -> None:
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "rights", [ONE, TWO])
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "cited", COPIES, start=100)
    build(tmp_path, sources=corpus.SOURCES)
    told = (
        "SELECT c.url, platform_id, k.url, k.status FROM citations c LEFT JOIN captures k USING (capture_id) "
        "JOIN articles a ON a.article_id = c.article_id"
    )
    assert rows(tmp_path, f"{told} WHERE a.url LIKE '%one' ORDER BY 1") == [
        (POST, "telegram", POST, 200),
        (NEVER, "tieba", None, None),
        (MOVED, "x_twitter", LANDED, 200),
        (LOST, "weibo", LOST, 404),
    ]
    assert rows(tmp_path, f"{told} WHERE a.url LIKE '%two'") == [(POST + "?utm_source=x#top", "telegram", POST, 200)]
    assert rows(tmp_path, "SELECT count(*), count(article_id) FROM captures") == [(7, 2)]
    assert rows(tmp_path, "SELECT count(*) FROM articles") == [(2,)]
    assert rows(tmp_path, "SELECT source_id FROM sources WHERE source_id NOT IN ('desk', 'rights')") == []


def test_an_address_of_which_no_copy_is_held_is_answered_with_who_cites_it(tmp_path: Path, stet: Call) -> None:
    corpus.write_night(tmp_path / "data", corpus.NIGHTS[0], "rights", [ONE])
    assert stet("publish").returncode == 0
    told = stet("get", NEVER)
    assert told.returncode == 65
    assert f"no copy of {NEVER} is held; https://rights.example/one cites it. Type: stet get https://rights.example/one" in told.stderr


def test_a_better_copy_of_a_later_night_takes_the_place_and_a_rebuild_says_the_same(tmp_path: Path) -> None:
    data = tmp_path / "data"
    corpus.write_night(data, corpus.NIGHTS[0], "rights", [ONE])
    corpus.write_night(data, corpus.NIGHTS[0], "cited", [copy(POST, status=503)], start=100)
    build(data, sources=corpus.SOURCES)
    corpus.write_night(data, corpus.NIGHTS[1], "rights", [replace(ONE, more={"cites": [LOST, NEVER + "?x"]}), TWO])
    corpus.write_night(data, corpus.NIGHTS[1], "cited", [copy(POST)], start=100)
    corpus.write_night(data, corpus.NIGHTS[2], "cited", [copy(POST), copy(LANDED, MOVED)])
    build(data, sources=corpus.SOURCES)
    told = rows(data, "SELECT k.night_id FROM citations c JOIN captures k USING (capture_id) WHERE c.url LIKE '%/7' ORDER BY 1")
    assert told == [(corpus.NIGHTS[1],)]
    first = rows(data, f"SELECT DISTINCT CAST(first_cited_at AS DATE)::VARCHAR FROM citations WHERE url_key = '{url_key(LOST)}'")
    assert first == [("2026-11-20",)]
    kept = tmp_path / "kept.duckdb"
    kept.write_bytes(work_file(data).read_bytes())
    assert build(data, sources=corpus.SOURCES, everything=True).changed == dict.fromkeys(TABLES, 0)
    assert differences(kept, work_file(data)) == dict.fromkeys(TABLES, 0)


def test_what_is_held_of_an_address_in_another_way_is_a_copy_too(tmp_path: Path) -> None:
    post = "https://someone.substack.com/p/a-post"
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "desk", [replace(corpus.PAGES[0], url=post)])
    corpus.write_night(tmp_path, corpus.NIGHTS[1], "rights", [citing("https://rights.example/one", post)])
    build(tmp_path, sources=corpus.SOURCES)
    told = "SELECT platform_id, k.article_id IS NOT NULL FROM citations JOIN captures k USING (capture_id)"
    assert rows(tmp_path, told) == [("substack", True)]


def test_hostile_citations_give_rows_or_nothing(tmp_path: Path) -> None:
    odd = citing(
        "https://rights.example/one", None, 7, "", {"a": 1}, "no address", "https://t.me:99/x", "https://a@t.me/some_channel", "\ud800"
    )
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "rights", [odd, replace(TWO, more={"cites": "x", "requisites": 3})])
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "cited", [copy(POST), replace(copy(LOST), more={"asked": 3, "hops": "x"})], start=50)
    build(tmp_path, sources=corpus.SOURCES)
    assert rows(tmp_path, "SELECT url FROM citations ORDER BY 1") == [("https://a@t.me/some_channel",), ("https://t.me:99/x",)]


@pytest.mark.parametrize(("left_out", "citations", "copies"), [("https://rights.example/one", 0, 0), (POST, 2, 1), (LANDED, 3, 1)])
def test_what_is_withdrawn_is_cited_no_more_and_copies_of_it_are_not_shown(
    tmp_path: Path, left_out: str, citations: int, copies: int
) -> None:
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "rights", [citing("https://rights.example/one", POST, MOVED, NEVER)])
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "cited", COPIES[1:3], start=100)
    listed = tmp_path / "withdrawn.toml"
    listed.write_text(f'[[withdrawn]]\nurl = "{left_out}"\nday = 2026-03-01\nwho = "a"\nwhy = "b"\n')
    with corpus.published(tmp_path, withdrawn=listed) as con:
        assert fetch(con, "SELECT count(*), count(capture_id) FROM citations").rows == [(citations, copies)]


def test_the_days_that_were_stated_stand_side_by_side(tmp_path: Path) -> None:
    page = corpus.PAGES[0]
    dates: JSON = [
        {"value": "2021-07-07T01:00Z", "basis": "feed"}, {"value": "2021-07", "basis": "url"}, {"value": "2021-07-06", "basis": "json-ld"},
        {"value": "2021-07-09", "basis": "json-ld"}, {"value": 7, "basis": "meta"}, "x",
    ]  # fmt: skip
    read: JSON = {"title": "T", "published_on": "2021-07-07", "dates": dates, "quality": "good"}
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "desk", [replace(page, more={"article": read})])
    build(tmp_path, sources=corpus.SOURCES)
    assert rows(tmp_path, "SELECT dates FROM articles") == [({"feed": "2021-07-07T01:00Z", "url": "2021-07", "json-ld": "2021-07-06"},)]


def test_sources_say_whether_they_publish_still_and_keep_what_they_cite(tmp_path: Path) -> None:
    closed = replace(corpus.SOURCES[0], status="closed", cited=True)
    corpus.first_night(tmp_path)
    build(tmp_path, sources=(closed, corpus.SOURCES[1]))
    assert rows(tmp_path, "SELECT source_id, status, cited FROM sources ORDER BY 1") == [
        ("desk", "closed", True),
        ("rights", "active", True),
    ]


def test_the_queries_of_the_analysts_page_run(tmp_path: Path) -> None:
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "rights", [ONE])
    corpus.write_night(tmp_path, corpus.NIGHTS[0], "cited", COPIES, start=100)
    page = (ROOT / "docs" / "analyst.md").read_text(encoding="utf-8")
    queries = re.findall(r"^```sql\n(.*?)^```", page, re.MULTILINE | re.DOTALL)
    assert len(queries) >= 2
    with corpus.published(tmp_path) as con:
        for query in queries:
            fetch(con, query)
        assert fetch(con, "SELECT platform_id, status FROM cited_evidence ORDER BY 1").rows == [
            ("telegram", 200), ("tieba", None), ("weibo", 404), ("x_twitter", 200),
        ]  # fmt: skip
