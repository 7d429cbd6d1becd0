"""What the archive knows of addresses: newest visit first, failures hide nothing, the cache is only a cache."""

import json
from pathlib import Path

import pytest

from archive.facts import capture_facts
from archive.known import Known
from archive.model import Visit
from tests.archive_pages import AT, NOT_MODIFIED, URL, answer, exchange, facts, writer


def visit(data: Path, url: str = URL) -> Visit:
    found = Known.load(data).get(url)
    assert found is not None
    return found


def test_a_kept_page_is_known_with_its_validators_and_its_capture(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        capture = shelf.write_page(exchange(), facts())
    known = visit(tmp_path, "http://www.news.example/2026/ban?b=2&a=1#x")
    assert (known.outcome, known.role, known.source, known.status, known.etag) == ("kept", "article", "rfa", 200, '"one"')
    assert (known.capture, known.timestamp, known.payload_digest) == (capture, AT, capture.payload_digest)
    assert Known.load(tmp_path).get("https://news.example/other") is None


def test_only_sealed_files_are_known(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())
        assert len(Known.load(tmp_path)) == 0
    assert len(Known.load(tmp_path)) == 1


def test_a_dropped_page_is_known_and_a_failed_one_is_to_be_asked_again(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_facts(facts(kind="dropped"), url=URL, exchange=exchange())
        shelf.write_facts(facts(kind="failed", asked="https://news.example/f"), url="", exchange=exchange("https://news.example/f", b""))
        shelf.write_page(exchange("https://news.example/gone", answer(status="404 Not Found")), facts(asked=None))
        shelf.write_page(exchange("https://news.example/cut", end="disconnect"), facts(asked=None))
        shelf.write_facts({"kind": "night"}, url="urn:stet:night:1")
    known = Known.load(tmp_path)
    outcomes = {path: known.get(f"https://news.example/{path}") for path in ("f", "gone", "cut")}
    assert {path: found.outcome for path, found in outcomes.items() if found} == {"f": "failed", "gone": "failed", "cut": "failed"}
    assert visit(tmp_path).outcome == "dropped"
    assert len(known) == 4


def test_the_way_to_a_page_counts_as_the_page(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange("https://t.example/1", b"HTTP/1.1 302 Found\r\n\r\n"), facts(role="hop", asked=None))
        shelf.write_page(exchange(seconds=1), facts(asked="https://news.example/rss/1", hops=["https://t.example/1"]))
    for url in (URL, "https://news.example/rss/1", "https://t.example/1"):
        assert (visit(tmp_path, url).url, visit(tmp_path, url).role) == (URL, "article")


@pytest.mark.parametrize("status", ["304 Not Modified", "300 Multiple Choices", "302 Found"])
def test_an_article_that_was_answered_without_a_page_is_asked_for_again(tmp_path: Path, status: str) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(response=answer(b"", status=status)), facts())
    assert visit(tmp_path).outcome == "failed"


def test_a_redirect_for_good_says_where_it_leads_and_a_passing_one_does_not(tmp_path: Path) -> None:
    said = {"301 Moved": b"Location: /new\r\n", "302 Found": b"Location: /new\r\n", "308 Moved": b"Location: http://[bad\r\n"}
    with writer(tmp_path) as shelf:
        for status, location in said.items():
            url = f"https://news.example/{status[:3]}"
            shelf.write_page(exchange(url, answer(b"", status=status, more=location)), facts(role="hop", asked=None))
    led = [visit(tmp_path, f"https://news.example/{status}").leads_to for status in ("301", "302", "308")]
    assert led == ["https://news.example/new", None, None]


def test_a_visit_that_found_the_same_text_keeps_the_copy_and_counts_how_often(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        first = shelf.write_page(exchange(), facts(), text="the same words")
    before = visit(tmp_path)
    for day in (23, 24):
        with writer(tmp_path, night=f"202611{day}031500") as shelf:
            again = exchange(response=answer(b"<p>other advertisements</p>", more=b'ETag: "two"\r\n'), seconds=86400 * day)
            shelf.write_facts(facts(kind="unchanged", same_as=capture_facts(first)), url=URL, exchange=again)
    known = visit(tmp_path)
    assert (known.outcome, known.capture, known.same, known.etag) == ("kept", first, 2, '"two"')
    assert known.text_digest == before.text_digest is not None
    assert known.timestamp > before.timestamp


def test_a_page_is_known_by_its_other_names_until_that_address_speaks_for_itself(tmp_path: Path) -> None:
    plain = "https://news.example/plain"
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange("https://news.example/amp/plain"), facts(asked=None, also=[plain]))
    assert visit(tmp_path, plain).url == "https://news.example/amp/plain"
    with writer(tmp_path, night="20261123031500") as shelf:
        shelf.write_page(exchange(plain), facts(asked=None))
    assert visit(tmp_path, plain).url == plain


def test_a_page_in_whose_place_a_bot_wall_answered_is_asked_for_again(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts(challenge="a wall"))
    assert visit(tmp_path).outcome == "failed"


def test_a_later_failure_does_not_hide_the_kept_page(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        capture = shelf.write_page(exchange(), facts())
    with writer(tmp_path, night="20261123031500") as shelf:
        shelf.write_page(exchange(response=answer(status="503 Busy"), seconds=86400), facts())
        shelf.write_facts(facts(kind="failed"), url=URL, exchange=exchange(response=b"", seconds=90000))
    assert visit(tmp_path).capture == capture


def test_a_failure_gives_way_to_a_page_whatever_the_order(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_facts(facts(kind="failed"), url=URL, exchange=exchange(response=b"", seconds=90000))
        shelf.write_page(exchange(), facts())
    assert visit(tmp_path).outcome == "kept"


def test_a_revisit_points_to_the_body_it_repeats_and_keeps_its_validators(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        first = shelf.write_page(exchange(), facts(role="seed"))
    with writer(tmp_path, night="20261123031500") as shelf:
        shelf.write_page(exchange(response=b"HTTP/1.1 304 Not Modified\r\n\r\n", seconds=86400), facts(role="seed"), refers_to=first)
    with writer(tmp_path, night="20261124031500") as shelf:
        shelf.write_page(exchange(response=NOT_MODIFIED.replace(b"one", b"two"), seconds=172800), facts(role="seed"), refers_to=first)
    known = visit(tmp_path)
    assert (known.capture, known.status, known.outcome, known.etag) == (first, 304, "kept", '"two"')
    (tmp_path / "warc/2026/11/stet-20261124031500-rfa-00001-7f3a.warc.gz").unlink()
    assert visit(tmp_path).etag == '"one"'


def test_what_is_new_is_read_and_what_is_known_comes_from_the_cache(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())
    Known.load(tmp_path)
    (cache,) = (tmp_path / "index" / "known").iterdir()
    cache.write_text(cache.read_text().replace(json.dumps('"one"'), '"from the cache"'))
    with writer(tmp_path, night="20261123031500") as shelf:
        shelf.write_page(exchange("https://news.example/new"), facts(asked=None))
    assert visit(tmp_path).etag == "from the cache"
    assert visit(tmp_path, "https://news.example/new").etag == '"one"'


@pytest.mark.parametrize("damage", ["", "{", "[]", "{}\n0", "cut", "longer"])
def test_a_cache_that_cannot_be_used_is_made_again(tmp_path: Path, damage: str) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())
    before = visit(tmp_path)
    (cache,) = (tmp_path / "index" / "known").iterdir()
    good = cache.read_bytes()
    cache.write_bytes({"cut": good[:-20], "longer": good + b"\n"}.get(damage, damage.encode()))
    assert visit(tmp_path) == before
    assert cache.read_bytes() == good


def test_a_damaged_file_gives_what_is_whole_in_it_and_a_warning(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())
        shelf.write_page(exchange("https://news.example/second"), facts(asked=None))
        (path,) = shelf.seal()
    path.write_bytes(path.read_bytes()[:-30])
    assert visit(tmp_path).outcome == "kept"
    assert Known.load(tmp_path).get("https://news.example/second") is None
    assert "ends inside a record" in caplog.text
    assert list((tmp_path / "index").rglob("*.jsonl")) == []


def test_a_page_that_lost_its_text_is_asked_for_again(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts(), text="the last record of the file")
        (path,) = shelf.seal()
    from archive.reader import records

    path.write_bytes(path.read_bytes()[: list(records(path))[-1].offset])
    assert Known.load(tmp_path).get(URL) is None


def test_hostile_metadata_of_a_foreign_hand_costs_its_own_page_at_most(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_facts({"kind": "dropped", "url": 7, "hops": [None, 3], "asked": {"a": 1}, "role": "king", "status": "x"}, url=URL)
        shelf.write_page(exchange("https://news.example/well"), facts(asked=None))
    assert visit(tmp_path, "https://news.example/well").outcome == "kept"
