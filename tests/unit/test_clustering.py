"""Events in the tables: whatever the order and the batches in which mentions come, the rows are those of a build from nothing."""

import json
import random
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from archive.digest import short_id
from archive.reader import sealed_files
from pipelines.lexicon import load
from queries import clustering, titling
from queries.build import build, opened, work_file
from queries.curation import Curation, Ruling
from queries.events import NOBODY
from queries.reference import action_rows
from queries.spool import Spool
from tests import index_corpus as corpus

EVENTS = "SELECT * FROM events ORDER BY event_id"
LINKS = "SELECT mention_id, event_id, event_by FROM mentions ORDER BY mention_id"
Made = tuple[dict[str, object], dict[str, object]]


def made(many: int, seed: int) -> list[Made]:
    """Articles with one mention each, of so few platforms, places and days that they meet; copies, liftings, vague days among them."""
    chance = random.Random(seed)
    out = []
    for n in range(many):
        article, day = f"a{n}", date(2021, 1, 1) + timedelta(days=chance.choice((0, 1, 2, 3, 9, 40, 41, 200)))
        sure = chance.choice(("explicit", "explicit", "pubdate", "month", "year", "none"))
        action, status = chance.choice(
            (("service_block", "done"), ("account_suspension", "done"), ("restoration", "lifted"), ("service_block", "threatened"))
        )
        told = {"month": day.replace(day=1), "year": day.replace(month=1, day=1), "none": None}.get(sure, day)
        page: dict[str, object] = {
            "article_id": article, "source_id": f"s{n % 4}", "title": f"title {n}", "copy_of": f"a{n - 1}" if n % 5 == 4 else None,
            "first_captured_at": (datetime(2021, 1, 1, tzinfo=UTC) + timedelta(days=chance.randrange(300))).isoformat(),
        }  # fmt: skip
        row: dict[str, object] = {
            "mention_id": short_id("m", article), "article_id": article, "platform_id": chance.choice(("wechat", "tiktok")),
            "action": action, "status": status, "role": chance.choice(("main", "main", "background")), "date": str(told) if told else None,
            "date_precision": sure if sure in ("month", "year", "none") else "day", "place": chance.choice(("CN", "CN", "TR", None)),
            "date_basis": "none" if told is None else "pubdate" if sure == "pubdate" else "explicit", "confidence": 0.7,
            "targets": chance.choice(([], ["students"], ["artists"])), "words": chance.choice(([], ["peng"], ["peng", "sitong"])),
        }  # fmt: skip
        out.append((page, row))
    return out


@contextmanager
def tables(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with opened(path) as con:
        con.executemany(
            "INSERT INTO actions (action_id, family) VALUES (?, ?)", [(row["action_id"], row["family"]) for row in action_rows(load())]
        )
        yield con


def put(con: duckdb.DuckDBPyConnection, folder: Path, batch: list[Made]) -> None:
    for name, rows in (("pages", [page for page, _ in batch]), ("told", [row for _, row in batch])):
        (folder / name).write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    columns = "{article_id: 'VARCHAR', source_id: 'VARCHAR', title: 'VARCHAR', copy_of: 'VARCHAR', first_captured_at: 'TIMESTAMPTZ'}"
    con.execute(
        f"INSERT INTO articles BY NAME SELECT * FROM read_json('{folder}/pages', format = 'newline_delimited', columns = {columns})"
    )
    con.execute(f"CREATE OR REPLACE TEMP TABLE made AS SELECT * FROM read_json('{folder}/told', format = 'newline_delimited')")
    con.execute("INSERT INTO mentions BY NAME SELECT * EXCLUDE (words, targets), CAST(targets AS VARCHAR[]) AS targets FROM made")
    con.execute("INSERT INTO told_words SELECT mention_id, CAST(words AS VARCHAR[]) FROM made")


def fill(con: duckdb.DuckDBPyConnection, folder: Path, curation: Curation = NOBODY, *, everything: bool = False) -> None:
    with Spool(folder / "spool") as spool:
        clustering.fill(con, spool, titling.load(), curation, everything=everything)


def rows(con: duckdb.DuckDBPyConnection) -> tuple[list[tuple[object, ...]], ...]:
    return con.execute(EVENTS).fetchall(), con.execute(LINKS).fetchall()


def test_twenty_orders_and_batchings_give_the_rows_of_a_build_from_nothing(tmp_path: Path) -> None:
    every, chance = made(150, 7), random.Random(1)
    with tables(tmp_path / "whole.duckdb") as con:
        put(con, tmp_path, every)
        fill(con, tmp_path)
        wanted = rows(con)
    assert len(wanted[0]) > 20
    with tables(tmp_path / "batches.duckdb") as con:
        for _ in range(20):
            for table in ("articles", "mentions", "told_words"):
                con.execute(f"DELETE FROM {table}")
            fill(con, tmp_path)
            assert rows(con) == ([], [])
            left = chance.sample(every, len(every))
            while left:
                size = chance.choice((1, 40, 80, 150))
                put(con, tmp_path, left[:size])
                fill(con, tmp_path)
                left = left[size:]
            assert rows(con) == wanted


@pytest.mark.parametrize("seed", range(4))
def test_what_a_decision_binds_together_is_found_whichever_night_it_comes(tmp_path: Path, seed: int) -> None:
    """The mentions of a merge or a split may share no key of kind, platform, place and time: the decision itself is one."""
    every, chance = made(60, seed), random.Random(seed)
    several = [tuple(str(row["mention_id"]) for _, row in chance.sample(every, 3)) for _ in range(4)]
    curation = Curation(
        tuple(
            Ruling(verb=verb, ids=ids, alone=verb == "split", by="R. Reader", day="2026-11-28", why="both read", number=number)
            for number, (verb, ids) in enumerate(zip(("merge", "merge", "merge", "split"), several, strict=True), start=1)
        )
    )
    with tables(tmp_path / "whole.duckdb") as con:
        put(con, tmp_path, every)
        fill(con, tmp_path, curation)
        wanted = rows(con)
    with tables(tmp_path / "nights.duckdb") as con:
        for at in range(0, 60, 6):
            put(con, tmp_path, every[at : at + 6])
            fill(con, tmp_path, curation)
        assert rows(con) == wanted


def test_whatever_changes_a_mention_changes_its_events_and_no_others(tmp_path: Path) -> None:
    with tables(tmp_path / "some.duckdb") as con:
        put(con, tmp_path, made(120, 3))
        fill(con, tmp_path)
        for change in (
            "DELETE FROM mentions WHERE article_id IN ('a3', 'a17', 'a40')",
            "UPDATE articles SET copy_of = 'a1' WHERE article_id = 'a50'",
            "UPDATE articles SET first_captured_at = TIMESTAMPTZ '2020-01-01' WHERE article_id = 'a60'",
            "UPDATE mentions SET date = DATE '2021-01-02', date_precision = 'day', date_basis = 'explicit' WHERE article_id = 'a70'",
            "UPDATE mentions SET event_id = NULL, event_by = NULL WHERE article_id = 'a80'",
        ):
            con.execute(change)
            fill(con, tmp_path)
            kept = rows(con)
            fill(con, tmp_path, everything=True)
            assert rows(con) == kept


def test_a_night_without_news_touches_nothing_and_one_page_touches_its_block(tmp_path: Path) -> None:
    with tables(tmp_path / "some.duckdb") as con:
        put(con, tmp_path, made(120, 3))
        fill(con, tmp_path)
        fill(con, tmp_path)
        assert con.execute("SELECT count(*) FROM scope").fetchall() == [(0,)]
        page, row = made(1, 1)[0]
        put(
            con,
            tmp_path,
            [({**page, "article_id": "new"}, {**row, "mention_id": "m9", "article_id": "new", "platform_id": "vk", "place": "UA"})],
        )
        fill(con, tmp_path)
        assert con.execute("SELECT * FROM scope").fetchall() == [("m9",)]


@pytest.mark.parametrize("seed", range(3))
def test_sealed_files_that_come_in_any_order_give_the_same_events_and_ids(tmp_path: Path, seed: int) -> None:
    whole = tmp_path / "whole"
    corpus.first_night(whole)
    lifted = corpus.Saved(
        url="https://desk.example/lifted",
        text="Nigeria lifted its ban on Twitter on 13 January 2022. Twitter works again.",
        published="2022-01-13",
    )
    corpus.write_night(
        whole, corpus.NIGHTS[1], "desk", [lifted, replace(corpus.PAGES[1], url="https://desk.example/again", published="2021-06-06")]
    )
    corpus.write_night(whole, corpus.NIGHTS[2], "rights", [replace(corpus.RIGHTS_PAGES[1], url="https://rights.example/third")])
    build(whole, sources=corpus.SOURCES)
    files = sealed_files(whole)
    random.Random(seed).shuffle(files)
    parts = tmp_path / "parts"
    for several in (files[:2], files[2:3], files[3:]):
        for path in several:
            there = parts / path.relative_to(whole)
            there.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, there)
        build(parts, sources=corpus.SOURCES)
    for sql in (EVENTS, LINKS):
        with duckdb.connect(str(work_file(whole)), read_only=True) as con:
            wanted = con.execute(sql).fetchall()
        with duckdb.connect(str(work_file(parts)), read_only=True) as con:
            assert con.execute(sql).fetchall() == wanted
        assert len(wanted) > 3
