"""One byte changed anywhere, in WARC, index, ledger or published index: the audit fails and names the place. Never once is it missed."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from archive.errors import StetError
from archive.findings import Finding
from archive.fixity import verify
from archive.ledger import Ledger
from archive.model import Source
from archive.reader import records, sealed_files
from archive.shelf import index_path
from queries.build import build
from queries.fixity import RowCheck
from queries.publish import publish
from tests.archive_pages import AT, CHUNKED, answer, exchange, facts, writer
from tests.checkout import ROOT

FLIPS = int(os.environ.get("FLIPS", "600"))
CARD = Source(id="rfa", title="R", kind="news", home="https://news.example/", languages=("en",))


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A published archive of one file, small enough that every flip can be looked for by reading all of it."""
    folder = tmp_path_factory.mktemp("flips") / "data"
    with Ledger(folder / "ledger.jsonl", clock=lambda: AT) as ledger:
        with writer(folder, ledger=ledger) as shelf:
            first = shelf.write_page(exchange(response=CHUNKED), facts(), text="one")
            shelf.write_page(exchange("https://news.example/2", answer(os.urandom(3000))), facts(), text="two " * 999)
            shelf.write_page(exchange(response=CHUNKED, seconds=5), facts(), refers_to=first)
        build(folder, sources=[CARD])
        publish(folder, ledger=ledger)
    return folder


def audited(data: Path) -> list[Finding]:
    """What fails, records and rows alike."""
    with RowCheck(data) as rows:
        audit, chain = verify(data, look=rows.look)
        rows.finish(audit, chain)
    return audit.failed


def flips(path: Path, many: int, seed: int) -> Iterator[tuple[int, int]]:
    """Change one byte at a time and put it back; gives offset and mask of each."""
    lot = random.Random(seed)
    with path.open("r+b", buffering=0) as file:
        size = path.stat().st_size
        for _ in range(many):
            at, mask = lot.randrange(size), lot.randrange(1, 256)
            before = os.pread(file.fileno(), 1, at)
            os.pwrite(file.fileno(), bytes([before[0] ^ mask]), at)
            try:
                yield at, mask
            finally:
                os.pwrite(file.fileno(), before, at)


def test_the_archive_is_well_before_anything_is_flipped(data: Path) -> None:
    assert audited(data) == []


def test_a_flip_in_a_warc_names_the_file_and_the_record(data: Path) -> None:
    (path,) = sealed_files(data)
    places = [(record.offset, record.end) for record in records(path)]
    for at, mask in flips(path, FLIPS // 2, 11):
        found = verify(data)[0].failed
        record = next(start for start, end in places if start <= at < end)
        assert (path.name, record) in {(finding.file.rpartition("/")[2], finding.offset) for finding in found}, (at, mask, found)


def test_a_flip_in_an_index_names_the_index(data: Path) -> None:
    path = index_path(sealed_files(data)[0])
    for at, mask in flips(path, FLIPS // 6, 12):
        found = verify(data)[0].failed
        assert {finding.file.rpartition("/")[2] for finding in found} == {path.name}, (at, mask, found)


def test_a_flip_in_the_ledger_names_the_line(data: Path) -> None:
    path = data / "ledger.jsonl"
    ends = [number for number, byte in enumerate(path.read_bytes()) if byte == 10]
    for at, mask in flips(path, FLIPS // 6, 13):
        found = verify(data)[0].failed
        line = 1 + sum(end < at for end in ends)
        assert {finding.offset for finding in found if finding.file == path.name} & {line, line + 1}, (at, mask, found)


def test_a_flip_in_the_published_index_names_it_and_how_to_build_it_again(data: Path) -> None:
    path = data / "corpus.duckdb"
    for at, mask in flips(path, FLIPS // 6, 14):
        try:
            found = audited(data)
        except StetError as error:  # not one of them may end the audit
            pytest.fail(f"{at} {mask}: {error}")
        assert path.name in {finding.file for finding in found}, (at, mask)
        assert all("reindex" in finding.mend for finding in found), (at, mask)


def test_the_command_ends_with_5_and_names_the_place_on_stdout_and_the_first_on_stderr(data: Path) -> None:
    (path,) = sealed_files(data)
    command = [sys.executable, "-m", "stet", "--data", str(data), "--quiet", "verify"]
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "LANG": "C"}

    def run() -> "subprocess.CompletedProcess[str]":
        return subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", check=False)

    well = run()
    assert (well.returncode, well.stdout, well.stderr) == (0, "", "")
    for at, _ in flips(path, 1, 15):
        ended = run()
        record = max(record for record in (0, at) if record <= at)
        assert ended.returncode == 5, record
        assert path.name in ended.stdout
        assert ended.stderr.count("\n") == 1
        assert "do not agree" in ended.stderr
