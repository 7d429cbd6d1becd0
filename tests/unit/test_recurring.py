"""Lines that recur on a host: learnt by the builder, kept by host, named in records, and no change of them looks like an edit."""

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.known import Known
from archive.model import Hints
from archive.recurring import MOST, NOTHING, SHELF, Recurring, by_address, load, reader_named, store
from crawler import reread as rereading
from crawler.rules import Read, Rules, Storage
from pipelines.boilerplate import PAGES, digest_of
from pipelines.extract import EXTRACT_VERSION
from pipelines.staircase import read_and_label
from queries.build import build, work_file
from queries.differences import TABLES, differences
from tests.unit.test_reread import AGAIN, NIGHT, keep, rows, writer

AT = datetime(2026, 3, 1, 2, tzinfo=UTC)
FOOT = "Become a friend of the Harbour Desk and read us every morning."
HARBOUR = "harbour.example"
STORIES = (
    "Fishermen at the old quay said that their group had been closed after they posted pictures of the oil on the water.",
    "A teacher in the hills lost the channel in which she read poems to her pupils, and nobody would tell her why.",
    "Two brothers who sell bicycles were told that videos about brakes are no longer wanted by the company.",
    "The choir of the northern parish counted nine hundred followers before its songs were taken down one evening.",
    "Students who kept a list of broken lifts found that each of their names led to an empty page.",
    "A baker on the square could not log in on the day of the election, and three weeks later she still could not.",
)


def page(number: int) -> bytes:
    story = "".join(f"<p>{STORIES[number]} It was said {often} times that day.</p>" for often in ("two", "three", "four"))
    head = f"<html lang='en'><head><title>Story {number}</title></head>"
    return f"{head}<body><article><h1>Story {number}</h1>{story}<p>{FOOT}</p></article></body></html>".encode()


def text_of(number: int, *more: str) -> str:
    return "\n".join((*(f"{STORIES[number]} It was said {often} times that day." for often in ("two", "three", "four")), *more))


def held(data: Path, night: str, numbers: range, *, host: str = HARBOUR, recurs: bool = True) -> None:
    """These stories as a night kept them, with or without the line that is on all of them."""
    with writer(data, night) as night_file:
        for number in numbers:
            keep(
                night_file,
                f"https://www.{host}/{number}",
                page(number),
                at=AT + timedelta(days=int(night[6:8]), seconds=number),
                text=text_of(number, *([FOOT] if recurs else [])),
                rules=EXTRACT_VERSION,
            )


def test_what_was_learnt_is_known_again_by_the_host_of_any_address(tmp_path: Path) -> None:
    learnt = Recurring(("0" * 16, "f" * 16), 7)
    store(tmp_path, HARBOUR, learnt)
    assert load(tmp_path, HARBOUR) == learnt
    sets = by_address(tmp_path)
    assert sets("http://www.HARBOUR.example/a?b#c") == learnt
    assert sets("https://other.example/") == sets("no address") == NOTHING


@pytest.mark.parametrize("host", ["../../../etc/passwd", "..", "a:8080", "ü" * 300, "x" * 300, "\udcff.example", "a\x00b"])
def test_a_host_is_no_path(tmp_path: Path, host: str) -> None:
    store(tmp_path, host, Recurring(("0" * 16,), 4))
    (file,) = [file for file in tmp_path.rglob("*") if file.is_file()]
    assert file.parent == tmp_path / "index" / SHELF
    assert file.name.isascii()
    assert load(tmp_path, host).pages == 4


def test_hosts_whose_names_look_alike_are_kept_apart(tmp_path: Path) -> None:
    store(tmp_path, "a_b", Recurring(("0" * 16,), 4))
    assert load(tmp_path, "a:b") == load(tmp_path, "a?b") == NOTHING


@pytest.mark.parametrize(
    "broken", [b"", b"[]", b"{}", b'{"cache":1,"host":"harbour.example","pages":4,"digests":["../x"]}', b"\xff", b'{"cache":0}']
)
def test_a_broken_file_says_nothing(tmp_path: Path, broken: bytes) -> None:
    store(tmp_path, HARBOUR, Recurring(("0" * 16,), 4))
    (file,) = (tmp_path / "index" / SHELF).iterdir()
    file.write_bytes(broken)
    assert load(tmp_path, HARBOUR) == NOTHING


def test_a_set_has_one_name_in_any_order_and_another_when_it_grows() -> None:
    one, other = Recurring(("0" * 16, "f" * 16), 7), Recurring(("f" * 16, "0" * 16), 9)
    assert one.name == other.name is not None
    assert one.joined({"a" * 16}, 9).name != one.name
    assert NOTHING.name is None


def test_what_was_known_stays_and_the_oldest_of_too_many_go() -> None:
    known = Recurring(tuple(f"{number:016x}" for number in range(MOST)), 4)
    assert known.joined((), 9).digests == known.digests
    grown = known.joined({"f" * 16, known.digests[3]}, 9)
    assert grown.digests == ("f" * 16, *known.digests[:-1])


def test_the_builder_learns_each_host_by_itself_and_only_where_enough_pages_are(tmp_path: Path) -> None:
    held(tmp_path, NIGHT, range(PAGES))
    held(tmp_path, "20260302020000", range(PAGES - 1), host="small.example")
    build(tmp_path, sources=())
    assert load(tmp_path, HARBOUR).digests == (digest_of(FOOT),)
    assert load(tmp_path, HARBOUR).pages == PAGES
    assert load(tmp_path, "small.example") == NOTHING


def test_a_host_is_looked_at_again_only_when_it_has_grown_and_forgets_nothing(tmp_path: Path) -> None:
    held(tmp_path, NIGHT, range(PAGES))
    build(tmp_path, sources=())
    (file,) = (tmp_path / "index" / SHELF).iterdir()
    before = file.stat().st_ino
    build(tmp_path, sources=())
    build(tmp_path, sources=(), everything=True)
    assert file.stat().st_ino == before
    held(tmp_path, "20260305020000", range(len(STORIES)), recurs=False)
    build(tmp_path, sources=())
    assert load(tmp_path, HARBOUR) == Recurring((digest_of(FOOT),), len(STORIES))


def test_a_page_is_read_without_the_lines_of_its_host_and_its_rules_name_the_set() -> None:
    known = Recurring((digest_of(FOOT),), PAGES)
    response = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page(0)
    url = f"https://{HARBOUR}/0"
    plain, cut = (read_and_label(response, url, Hints(), {}, AT, 1 << 20, recurring=known) for known in (NOTHING, known))
    assert plain.article is not None
    assert cut.article is not None
    assert FOOT in plain.article.text
    assert cut.article.text == text_of(0)
    assert (plain.rules["recurring"], cut.rules["recurring"]) == (None, known.name)
    assert (plain.reader, cut.reader) == (EXTRACT_VERSION, f"{EXTRACT_VERSION} {known.name}")
    none = read_and_label(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n", url, Hints(), {}, AT, 1 << 20, recurring=known)
    assert none.reader == replace(cut, article=None).reader


def test_a_reader_is_named_by_its_rules_and_by_the_set_where_there_is_one() -> None:
    assert reader_named({}) is None
    assert reader_named({"recurring": "ab"}) is None
    assert reader_named({"extract": "1"}) == reader_named({"extract": "1", "recurring": None}) == "1"
    assert reader_named({"extract": "1", "recurring": "ab"}) == "1 ab"


def test_reread_cuts_what_was_learnt_since_from_the_pages_of_that_host_once(tmp_path: Path) -> None:
    held(tmp_path, NIGHT, range(PAGES))
    held(tmp_path, "20260302020000", range(PAGES - 1), host="small.example")
    build(tmp_path, sources=())
    name = load(tmp_path, HARBOUR).name
    rules = Rules(data=tmp_path, read=Read(workers=1), storage=Storage(free_floor=0, fsync=False))
    assert rereading.reread_all(rules, {}, night=AGAIN, clock=lambda: AT + timedelta(days=31)).pages == PAGES
    assert rereading.reread_all(rules, {}, night="20260402020000", clock=lambda: AT + timedelta(days=32)).pages == 0
    build(tmp_path, sources=())
    told = rows(tmp_path, "SELECT text FROM articles WHERE url LIKE '%harbour%' ORDER BY url")
    assert told == [(text_of(number),) for number in range(PAGES)]
    assert load(tmp_path, HARBOUR).name == name
    visit = Known.load(tmp_path).get(f"https://www.{HARBOUR}/0")
    assert visit is not None
    assert visit.reader == f"{EXTRACT_VERSION} {name}"


def lost(data: Path) -> None:
    """The private folder is deleted, as it may be; what the rows were is kept aside."""
    work_file(data).rename(data / "before.duckdb")
    shutil.rmtree(data / "index")


def test_where_nothing_was_cut_yet_a_lost_set_is_learnt_again_from_the_files_alone(tmp_path: Path) -> None:
    held(tmp_path, NIGHT, range(len(STORIES)))
    build(tmp_path, sources=())
    known = load(tmp_path, HARBOUR)
    lost(tmp_path)
    build(tmp_path, sources=(), everything=True)
    assert load(tmp_path, HARBOUR) == known != NOTHING


def test_a_lost_set_changes_no_row_even_where_its_lines_were_cut_and_cannot_be_learnt_again(tmp_path: Path) -> None:
    held(tmp_path, NIGHT, range(PAGES))
    build(tmp_path, sources=())
    rules = Rules(data=tmp_path, read=Read(workers=1), storage=Storage(free_floor=0, fsync=False))
    rereading.reread_all(rules, {}, night=AGAIN, clock=lambda: AT + timedelta(days=31))
    build(tmp_path, sources=())
    assert load(tmp_path, HARBOUR).digests == (digest_of(FOOT),)
    lost(tmp_path)
    build(tmp_path, sources=())
    assert load(tmp_path, HARBOUR).digests == ()
    assert differences(tmp_path / "before.duckdb", work_file(tmp_path)) == dict.fromkeys(TABLES, 0)
