"""Stored pages read again by newer rules: new text beside the old, once, whatever kills the run, and no wave of edits."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb
import pytest

from archive.bundle import bundles
from archive.clock import Clock, iso, utc_now
from archive.digest import labelled
from archive.facts import JSON
from archive.fixity import verify
from archive.known import Known
from archive.ledger import Ledger
from archive.model import Capture, Exchange
from archive.reader import filename_of, is_reread, records, sealed_files
from archive.writer import WarcWriter
from crawler import reread as rereading
from crawler.rules import Read, Rules, Storage
from pipelines.extract import EXTRACT_VERSION, read
from queries.build import build, work_file
from queries.differences import TABLES
from tests.unit.conftest import bare_environment

NIGHT, AGAIN = "20260301020000", "20260401020000"
WORDS = "Der Sender meldet, dass die Behörde den Zugang zu dem Dienst im ganzen Land gesperrt hat. " * 4
Stet = Callable[..., "subprocess.CompletedProcess[str]"]


def page(number: int, words: str = WORDS) -> bytes:
    head = f"<html lang='de'><head><title>Titel {number}</title></head>"
    return f"{head}<body><article><h1>Titel {number}</h1><p>{words}</p></article></body></html>".encode()


def keep(
    writer: WarcWriter, url: str, body: bytes, *, at: datetime, text: str | None, rules: str = "2020.1", refers_to: Capture | None = None
) -> Capture:
    """A page as an older version of the program kept it."""
    head = f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nContent-Length: {len(body)}\r\n\r\n".encode()
    exchange = Exchange(url=url, started_at=at, first_byte_at=at, ended_at=at, request=b"GET / HTTP/1.1\r\n\r\n", response=head + body)
    article: JSON = {"title": "old", "published_on": None, "language": "und", "quality": "good", "authors": []} if text else None
    facts: dict[str, JSON] = {
        "kind": "page", "role": "article", "source": "desk", "url": url, "asked": url + "?from=feed", "hops": [], "also": [],
        "hints": {"title": "Seed", "published": "2026-02-28", "published_from": "feed"}, "article": article, "relevant": True,
        "rules": {"extract": rules}, "text_missing": None if text else "no text on the page",
    }  # fmt: skip
    return writer.write_page(exchange, facts, text=text, language="de" if text else None, refers_to=refers_to)


def writer(data: Path, night: str, source: str = "desk", *, clock: Clock = utc_now) -> WarcWriter:
    ledger = Ledger(data / "ledger.jsonl", fsync=False)
    return WarcWriter(data, source=source, night=night, ledger=ledger, token="test", info={}, clock=clock, free_floor=0, fsync=False)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Three articles read by older rules, one of them twice; one of them gave no text then; and one page of another kind."""
    folder = tmp_path / "data"
    at = datetime(2026, 3, 1, 2, tzinfo=UTC)
    with writer(folder, NIGHT) as first:
        one = keep(first, "https://desk.example/1", page(1), at=at, text="Alter Text eins.")
        keep(first, "https://desk.example/2", page(2), at=at + timedelta(seconds=1), text="Alter Text zwei.")
        keep(first, "https://desk.example/3", page(3), at=at + timedelta(seconds=2), text=None)
        keep(first, "https://desk.example/none", b"<html><body></body></html>", at=at + timedelta(seconds=3), text="Nur alt.")
        keep(first, "https://desk.example/new", page(9), at=at + timedelta(seconds=4), text="Neu.", rules=EXTRACT_VERSION)
    with writer(folder, "20260302020000") as second:
        keep(second, "https://desk.example/1", page(1), at=at + timedelta(days=1), text="Alter Text eins.", refers_to=one)
        keep(
            second,
            "https://desk.example/2",
            page(2, WORDS + "<em></em>"),
            at=at + timedelta(days=1, seconds=1),
            text="Andere Regeln.",
            rules="2021.1",
        )
    return folder


def run(data: Path, night: str = AGAIN) -> rereading.Reread:
    rules = Rules(data=data, read=Read(workers=1), storage=Storage(free_floor=0, fsync=False))
    return rereading.reread_all(rules, {}, night=night, clock=lambda: datetime(2026, 4, 1, 2, tzinfo=UTC))


def rows(data: Path, select: str) -> list[tuple[object, ...]]:
    with duckdb.connect(str(work_file(data)), read_only=True) as con:
        return con.execute(select).fetchall()


def test_every_page_that_older_rules_read_is_read_again_once(data: Path) -> None:
    before = {path: path.read_bytes() for path in sealed_files(data)}
    told = run(data)
    assert (told.pages, told.with_text, told.unopened) == (6, 5, 0)
    assert {path: path.read_bytes() for path in before} == before
    assert run(data, "20260402020000").pages == 0
    assert len([path for path in sealed_files(data) if is_reread(filename_of(path))]) == 1
    assert verify(data)[0].failed == []


def test_the_new_records_refer_to_the_old_capture_and_carry_the_day_of_the_reading(data: Path) -> None:
    run(data)
    old = {record.record_id: record for path in sealed_files(data)[:2] for record in records(path, types={"response", "revisit"})}
    again = list(bundles(records(sealed_files(data)[-1])))
    assert len(again) == 6
    for bundle in again:
        assert bundle.answer is None
        assert bundle.metadata is not None
        referred = old[bundle.metadata.headers["warc-refers-to"]]
        assert bundle.facts["rereads"]["record_id"] == referred.record_id
        assert iso(bundle.metadata.date) == "2026-04-01T02:00:00.000000Z"
        assert bundle.facts["rules"]["extract"] == EXTRACT_VERSION
        if bundle.conversion:
            assert bundle.conversion.headers["warc-refers-to"] == referred.record_id
            assert bundle.conversion.url == referred.url
            assert WORDS.strip() in bundle.conversion.block.decode()


def test_the_index_takes_the_newest_reading_that_found_a_text_and_keeps_what_the_record_says(data: Path) -> None:
    build(data, sources=())
    old = rows(data, "SELECT capture_id, text_digest, warc_file FROM captures ORDER BY ALL")
    run(data)
    build(data, sources=())
    told = rows(
        data, "SELECT url, title, language, read_by, published_on::VARCHAR, quality, text LIKE '%Behörde%' FROM articles ORDER BY url"
    )
    assert told == [
        ("https://desk.example/1", "Titel 1", "de", EXTRACT_VERSION, "2026-02-28", "good", True),
        ("https://desk.example/2", "Titel 2", "de", EXTRACT_VERSION, "2026-02-28", "good", True),
        ("https://desk.example/3", "Titel 3", "de", EXTRACT_VERSION, "2026-02-28", "good", True),
        ("https://desk.example/new", "old", "und", EXTRACT_VERSION, None, "good", False),
        ("https://desk.example/none", "old", "und", "2020.1", None, "good", False),
    ]
    assert rows(data, "SELECT capture_id, text_digest, warc_file FROM captures ORDER BY ALL") == old
    assert rows(data, "SELECT count(*) FILTER (WHERE reread_file LIKE '%-reread-%'), count(reread_at), count(*) FROM captures") == [
        (5, 5, 7)
    ]


@pytest.fixture
def alike(tmp_path: Path) -> Path:
    """Two articles whose text today's rules read as older ones did: the first when it was kept, the second when it was read again."""
    folder = tmp_path / "data"
    text = read(page(1), url="https://desk.example/1", fetched_at=datetime(2026, 3, 1, 2, tzinfo=UTC)).text
    with writer(folder, NIGHT) as first:
        keep(first, "https://desk.example/1", page(1), at=datetime(2026, 3, 1, 2, tzinfo=UTC), text=text)
        second = keep(first, "https://desk.example/2", page(2), at=datetime(2026, 3, 1, 3, tzinfo=UTC), text="Alter Text zwei.")
    facts: dict[str, JSON] = {
        "role": "article",
        "source": "desk",
        "url": second.url,
        "article": {"title": "then", "quality": "good"},
        "rules": {"extract": "2021"},
    }
    with writer(folder, "20260315020000", "reread", clock=lambda: datetime(2026, 3, 15, 2, tzinfo=UTC)) as then:
        then.write_reading(second, facts, text=text, language="de")
    return folder


def test_a_text_that_newer_rules_read_alike_is_named_and_not_written_again(alike: Path) -> None:
    kept, then = map(filename_of, sealed_files(alike))
    assert run(alike).pages == 2
    again = list(bundles(records(sealed_files(alike)[-1])))
    assert [bundle.conversion for bundle in again] == [None, None]
    assert [bundle.facts["text_at"]["filename"] for bundle in again] == [kept, then]
    assert run(alike, "20260502020000").pages == 0
    build(alike, sources=())
    told = rows(alike, "SELECT title, read_by, text LIKE '%Behörde%' FROM articles ORDER BY url")
    assert told == [("Titel 1", EXTRACT_VERSION, True), ("Titel 2", EXTRACT_VERSION, True)]
    where = rows(alike, "SELECT reread_file, reread_at::DATE::VARCHAR FROM captures ORDER BY url")
    assert where == [(kept, "2026-04-01"), (then, "2026-04-01")]
    assert verify(alike)[0].failed == []


def test_a_text_that_is_named_and_gone_is_read_again(alike: Path) -> None:
    run(alike)
    sealed_files(alike)[1].rename(alike / "aside.warc.gz")
    assert run(alike, "20260502020000").pages == 1
    build(alike, sources=())
    assert rows(alike, "SELECT count(*) FROM articles WHERE read_by = '" + EXTRACT_VERSION + "' AND text LIKE '%Behörde%'") == [(2,)]


def test_better_rules_are_no_edit(data: Path) -> None:
    build(data, sources=())
    differs = "SELECT basis FROM checks WHERE url LIKE '%/2' ORDER BY checked_at"
    assert rows(data, differs) == [("first capture",), ("text differs",)]
    run(data)
    build(data, sources=())
    assert rows(data, differs) == [("first capture",), ("same text",)]


def test_added_to_or_made_from_nothing_the_rows_are_the_same(data: Path) -> None:
    build(data, sources=())
    run(data)
    build(data, sources=())
    with writer(data, "20260403020000") as later:
        keep(
            later,
            "https://desk.example/2",
            page(2, WORDS + "Neu."),
            at=datetime(2026, 4, 3, 2, tzinfo=UTC),
            text="Später.",
            rules=EXTRACT_VERSION,
        )
    added = build(data, sources=())
    assert added.files == 1
    assert build(data, sources=(), everything=True).changed == dict.fromkeys(TABLES, 0)
    assert rows(data, "SELECT text FROM articles WHERE url LIKE '%/2'") == [("Später.",)]


def test_the_next_night_compares_with_what_todays_rules_read(data: Path) -> None:
    assert Known.load(data).get("https://desk.example/2").reader == "2021.1"  # type: ignore[union-attr]
    run(data)
    for _ in range(2):  # from the files, then from the caches
        known = Known.load(data)
        for address in ("https://desk.example/2", "https://desk.example/2?from=feed"):
            visit = known.get(address)
            assert visit is not None
            assert (visit.reader, visit.title, visit.outcome) == (EXTRACT_VERSION, "Titel 2", "kept")
            assert visit.timestamp == datetime(2026, 3, 2, 2, 0, 1, tzinfo=UTC)
            again = list(bundles(records(sealed_files(data)[-1])))
            assert visit.text_digest in {labelled(bundle.conversion.block) for bundle in again if bundle.conversion}
    none = known.get("https://desk.example/none")
    assert none is not None
    assert none.reader == "2020.1"  # today's rules found no text: what the copy says is still what older ones read


def test_a_copy_that_cannot_be_opened_costs_that_page_only(data: Path) -> None:
    sealed_files(data)[0].rename(data / "aside.warc.gz")  # the revisit in the second file repeats a body of the first
    told = run(data)
    assert (told.pages, told.unopened) == (1, 1)
    assert "desk.example/1" in told.first_trouble
    build(data, sources=())
    assert rows(data, "SELECT url, read_by FROM articles ORDER BY url") == [
        ("https://desk.example/1", "2020.1"),
        ("https://desk.example/2", EXTRACT_VERSION),
    ]


def test_a_reading_of_a_capture_that_is_gone_counts_for_nothing(data: Path) -> None:
    run(data)
    sealed_files(data)[0].rename(data / "aside.warc.gz")
    build(data, sources=())
    assert rows(data, "SELECT url FROM articles ORDER BY url") == [("https://desk.example/1",), ("https://desk.example/2",)]


@pytest.mark.parametrize("blow", range(3))
def test_a_run_that_is_killed_loses_nothing_and_the_next_goes_on(tmp_path: Path, stet: Stet, blow: int) -> None:
    data, many = tmp_path / "data", 40
    at = datetime(2026, 3, 1, 2, tzinfo=UTC)
    with writer(data, NIGHT) as first:
        for number in range(many):
            keep(first, f"https://desk.example/{number}", page(number), at=at + timedelta(seconds=number), text=f"Alt {number}.")
    before = {path: path.read_bytes() for path in sealed_files(data)}
    ledger = data / "ledger.jsonl"
    size = ledger.stat().st_size
    env = bare_environment({"STET_STORAGE__FREE_FLOOR": "1MiB"})
    process = subprocess.Popen(
        [sys.executable, "-m", "stet", "reindex", "--reread", "--jobs", "1"], cwd=tmp_path, env=env, stderr=subprocess.DEVNULL
    )
    deadline = time.monotonic() + 60
    while ledger.stat().st_size < size + 500 + 3000 * blow and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.002)
    process.kill()
    assert process.wait() == -signal.SIGKILL
    done = stet("reindex", "--reread", env={"STET_STORAGE__FREE_FLOOR": "1MiB"})
    assert done.returncode == 0, done.stderr
    places = [bundle.facts["rereads"]["offset"] for path in sealed_files(data)[1:] for bundle in bundles(records(path)) if bundle.whole]
    assert len(places) == len(set(places)) == many
    assert {path: path.read_bytes() for path in before} == before
    assert rows(data, "SELECT count(*) FROM articles WHERE text LIKE '%Behörde%'") == [(many,)]
    assert stet("verify").returncode == 0
    last = stet("reindex", "--reread", env={"STET_STORAGE__FREE_FLOOR": "1MiB"})
    assert "0 stored pages read again" in last.stderr


def test_old_text_stays_within_reach(data: Path, stet: Stet, tmp_path: Path) -> None:
    env = {"STET_STORAGE__FREE_FLOOR": "1MiB"}
    assert stet("reindex", "--reread", "--dry-run", env=env).stderr.count("6 stored pages would be read again") == 1
    assert stet("reindex", "--reread", env=env).returncode == 0
    assert stet("publish", env=env).returncode == 0
    assert "Behörde" in stet("get", "https://desk.example/2", "--as", "text").stdout
    assert stet("get", "https://desk.example/2", "--as", "text", "--at", "2026-03-01").stdout == "Alter Text zwei."
    assert stet("get", "https://desk.example/none", "--as", "text").stdout == "Nur alt."
    told = json.loads(stet("get", "https://desk.example/2", "--as", "json").stdout)
    assert (told["text"], "Behörde" in told["read_again"]["text"]) == ("Andere Regeln.", True)
    assert json.loads(stet("get", "https://desk.example/2", "--as", "json", "--at", "2026-03-01").stdout)["read_again"] is None
    assert "its text was read again on" in stet("get", "https://desk.example/2", "--as", "warc", "-o", "copy.warc.gz").stderr
    assert stet("verify").returncode == 0
