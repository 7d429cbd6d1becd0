"""Rows of the published index against the records they speak of: each way to tamper is named, each honest difference is not."""

import json
import shutil
from pathlib import Path

import duckdb
import pytest

from archive.disk import file_digest
from archive.findings import Finding
from archive.fixity import verify
from archive.ledger import Ledger, line_hash
from archive.model import Source
from archive.surt import url_key
from queries.build import build
from queries.fixity import RowCheck
from queries.publish import publish
from tests.archive_pages import AT, CHUNKED, URL, answer, exchange, facts, writer

CARD = Source(id="rfa", title="R", kind="news", home="https://news.example/", languages=("en",))


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three captures of two pages, published. Made once; every test has a copy."""
    folder = tmp_path_factory.mktemp("rows") / "data"
    with Ledger(folder / "ledger.jsonl", clock=lambda: AT) as ledger:
        with writer(folder, ledger=ledger) as shelf:
            first = shelf.write_page(exchange(response=CHUNKED), facts(), text="one")
            shelf.write_page(exchange("https://news.example/2", answer(b"x")), facts(), text="two")
            shelf.write_page(exchange(response=CHUNKED, seconds=5), facts(), refers_to=first)
        build(folder, sources=[CARD])
        publish(folder, ledger=ledger)
    return folder


@pytest.fixture
def data(published: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(published, tmp_path / "data"))


def found(data: Path) -> list[Finding]:
    with RowCheck(data) as rows:
        audit, chain = verify(data, look=rows.look)
        rows.finish(audit, chain)
    return [finding for finding in audit.findings if finding.state != "unread"]


def tampered(data: Path, sql: str) -> list[Finding]:
    """What is found after this change, when the ledger was made to fit the file."""
    with duckdb.connect(str(data / "corpus.duckdb")) as con:
        con.execute(sql)
    path = data / "ledger.jsonl"
    lines = [json.loads(line) for line in path.read_text().splitlines()]
    lines[-1].pop("hash")
    lines[-1]["sha256"], _ = file_digest(data / "corpus.duckdb")
    lines[-1]["hash"] = line_hash(lines[-1])
    path.write_text("".join(json.dumps(line, separators=(",", ":")) + "\n" for line in lines))
    return found(data)


@pytest.mark.parametrize(
    ("sql", "says"),
    [
        ("UPDATE captures SET status = 404 WHERE record_type = 'revisit'", "another status"),
        ("UPDATE captures SET captured_at = captured_at - INTERVAL 1 DAY WHERE status = 200", "another captured_at"),
        ("UPDATE captures SET warc_length = warc_length + 1 WHERE text_digest IS NOT NULL", "another warc_length"),
        ("DELETE FROM captures WHERE url LIKE '%/2'", "has no row"),
        ("UPDATE captures SET warc_file = 'gone.warc.gz' WHERE url LIKE '%/2'", "neither the ledger nor the folder knows"),
        (
            "INSERT INTO captures SELECT * REPLACE ('c0' AS capture_id, 7 AS warc_offset) FROM captures LIMIT 1",
            "a record that is not there",
        ),
    ],
)
def test_a_row_that_does_not_fit_its_record_is_named(data: Path, sql: str, says: str) -> None:
    told = tampered(data, sql)
    assert any(finding.what == "rows" and says in finding.says for finding in told), [str(finding) for finding in told]
    assert {finding.what for finding in told} == {"rows"}
    assert all("reindex" in finding.mend for finding in told)


def test_an_index_that_fits_or_is_not_published_yet_or_leaves_out_what_was_withdrawn_is_well(data: Path, tmp_path: Path) -> None:
    assert found(data) == []
    with Ledger(data / "ledger.jsonl", clock=lambda: AT) as ledger:
        with writer(data, night="20261123031500", ledger=ledger) as shelf:
            shelf.write_page(exchange("https://news.example/3", seconds=90000), facts(), text="three")
        assert found(data) == [], "kept since the last publication"
        listed = tmp_path / "withdrawn.toml"
        listed.write_text(f'[[withdrawn]]\nurl = "{URL}"\nday = 2026-11-23\nwho = "us"\nwhy = "asked"\n')
        build(data, sources=[CARD])
        publish(data, ledger=ledger, withdrawn=listed)
    with duckdb.connect(str(data / "corpus.duckdb"), read_only=True) as con:
        assert con.execute("SELECT count(*) FROM captures WHERE url_key = ?", [url_key(URL)]).fetchone() == (0,)
    assert found(data) == []


def test_the_generation_before_is_noted_when_the_last_was_never_put_in_place_and_an_older_one_fails(data: Path, tmp_path: Path) -> None:
    shutil.copy(data / "corpus.duckdb", tmp_path / "old")
    for number, expected in ((1, [("noted", "leftover")]), (2, [("failed", "altered")])):
        with Ledger(data / "ledger.jsonl", clock=lambda: AT) as ledger:
            with writer(data, night=f"2026112{3 + number}031500", ledger=ledger) as shelf:
                shelf.write_page(exchange(f"https://news.example/x{number}", seconds=90000 * number), facts(), text="x")
            build(data, sources=[CARD])
            publish(data, ledger=ledger)
        shutil.copy(tmp_path / "old", data / "corpus.duckdb")
        told = [(finding.state, finding.what) for finding in found(data) if finding.file == "corpus.duckdb"]
        assert told == expected
