"""After a kill: whole records are saved and sealed, the tail is set aside, what to fetch again is named; twice does nothing more."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from archive.cdxj import sorted_bytes
from archive.digest import labelled
from archive.known import Known
from archive.ledger import Ledger
from archive.reader import records
from archive.recover import recover, survey
from archive.replay import copies, open_copy
from tests.archive_pages import AT, CHUNKED, URL, answer, exchange, facts, writer

FOLDER = "warc/2026/11"


def sample(data: Path) -> tuple[Path, bytes, list[int]]:
    """A file of two pages as it looks while written: its `.open` path, its bytes, where its records end."""
    with writer(data) as shelf:
        shelf.write_page(exchange(response=CHUNKED), facts(), text="one")
        shelf.write_page(exchange("https://news.example/2", answer(b"x")), facts(), text="two")
        (path,) = shelf.seal()
    whole, ends = path.read_bytes(), [record.end for record in records(path)]
    path.with_name(path.name.replace(".warc.gz", ".cdxj")).unlink()
    path.unlink()
    (data / "ledger.jsonl").unlink()
    return path.with_name(path.name + ".open"), whole, ends


def test_a_cut_at_every_byte_saves_exactly_the_whole_records(tmp_path: Path) -> None:
    tonight, whole, ends = sample(tmp_path)
    sealed = tonight.with_name(tonight.name.removesuffix(".open"))
    tail = sealed.with_name(sealed.name + ".tail")
    index = sealed.with_name(sealed.name.replace(".warc.gz", ".cdxj"))
    pages = [ends[5], ends[9]]  # behind the conversion of each page
    for cut in range(len(whole) + 1):
        tonight.write_bytes(whole[:cut])
        said = recover(tmp_path, clock=lambda: AT, fsync=False)
        kept = max([0, *(end for end in ends if end <= cut)])
        assert not tonight.exists()
        assert (tail.read_bytes() if tail.exists() else b"") == whole[kept:cut], cut
        if kept <= ends[0]:
            assert not sealed.exists(), "nothing but a warcinfo"
        else:
            assert sealed.read_bytes() == whole[:kept]
            assert len(index.read_bytes().splitlines()) == sum(page <= kept for page in pages)
            assert ("to be fetched again" in " ".join(said)) == (kept not in pages and kept > ends[1])
        assert recover(tmp_path, fsync=False) == []
        for path in (sealed, tail, index, tmp_path / "ledger.jsonl"):
            path.unlink(missing_ok=True)


def test_gunzip_accepts_what_was_recovered_at_any_tear(tmp_path: Path) -> None:
    tonight, whole, ends = sample(tmp_path)
    for cut in (ends[2] + 1, ends[4] - 1, ends[6] + 9, len(whole) - 1):
        tonight.write_bytes(whole[:cut])
        recover(tmp_path, fsync=False)
        (sealed,) = (tmp_path / FOLDER).glob("*.warc.gz")
        subprocess.run(["gunzip", "-t", sealed], check=True)
        sealed.rename(tmp_path / "done.warc.gz")


def test_the_ledger_tells_what_was_recovered_and_sealed(tmp_path: Path) -> None:
    tonight, whole, ends = sample(tmp_path)
    tonight.write_bytes(whole[: ends[7] + 3])
    said = recover(tmp_path, clock=lambda: AT)
    (sealed,) = (tmp_path / FOLDER).glob("*.warc.gz")
    recovered, line = Ledger.lines(tmp_path / "ledger.jsonl")
    assert (recovered["kind"], recovered["cut"], len(recovered["records"])) == ("recovered", True, 8)
    assert (line["kind"], line["sha256"], line["pages"]) == ("sealed", labelled(sealed.read_bytes()), 1)
    assert recovered["again"] == [list(records(sealed))[6].record_id]
    assert any("last 3 bytes" in sentence for sentence in said)
    assert any(sentence.startswith("https://news.example/2 was not written whole") for sentence in said)
    Ledger.check(tmp_path / "ledger.jsonl")


def test_a_half_page_is_neither_known_nor_indexed_and_the_whole_one_is(tmp_path: Path) -> None:
    tonight, whole, ends = sample(tmp_path)
    tonight.write_bytes(whole[: ends[7]])
    recover(tmp_path)
    known = Known.load(tmp_path)
    assert known.get(URL) is not None
    assert known.get("https://news.example/2") is None
    assert copies(tmp_path, "https://news.example/2") == []
    assert open_copy(tmp_path, copies(tmp_path, URL)[0]).text == "one"


def test_a_rebuilt_index_is_the_one_the_writer_made(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        first = shelf.write_page(exchange(response=CHUNKED), facts(), text="one")
        shelf.write_page(exchange(response=CHUNKED, seconds=5), facts(), refers_to=first)
        shelf.write_page(exchange("https://news.example/3", b"HTTP/1.1 200 OK\r\n\r\nabc", end="length"), facts())
        (path,) = shelf.seal()
    index = path.with_name(path.name.replace(".warc.gz", ".cdxj"))
    assert sorted_bytes(survey(path).lines) == index.read_bytes() != b""


def test_a_run_that_is_alive_is_left_alone(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())
        (tonight,) = (tmp_path / FOLDER).glob("*.open")
        (said,) = recover(tmp_path)
        assert "left alone" in said
        assert tonight.exists()


def test_steps_of_sealing_that_were_missed_are_made_up_for(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())
        (path,) = shelf.seal()
    index, ledger = path.with_name(path.name.replace(".warc.gz", ".cdxj")), tmp_path / "ledger.jsonl"
    before, lines = index.read_bytes(), ledger.read_bytes().splitlines(keepends=True)
    index.unlink()
    ledger.write_bytes(lines[0])
    said = recover(tmp_path, clock=lambda: AT)
    assert len(said) == 2
    assert index.read_bytes() == before
    assert list(Ledger.lines(ledger))[-1]["sha256"] == labelled(path.read_bytes())
    assert recover(tmp_path) == []


def test_a_damaged_sealed_file_is_reported_and_never_altered(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())
        (path,) = shelf.seal()
    torn = path.read_bytes()[:-9]
    path.write_bytes(torn)
    path.with_name(path.name.replace(".warc.gz", ".cdxj")).unlink()
    (said,) = recover(tmp_path)
    assert "ends inside a record" in said
    assert path.read_bytes() == torn


def test_records_that_the_ledger_promised_and_the_disk_lost_are_told(tmp_path: Path) -> None:
    tonight, whole, ends = sample(tmp_path)
    with Ledger(tmp_path / "ledger.jsonl") as ledger:
        ledger.append("page", file=f"2026/11/{tonight.name.removesuffix('.open')}", records=[["response", ends[5], ends[6] - ends[5], "x"]])
    tonight.write_bytes(whole[: ends[5]])
    assert "1 records that the ledger names" in recover(tmp_path)[0]


def test_a_page_that_was_written_but_not_yet_in_the_ledger_is_kept_and_entered(tmp_path: Path) -> None:
    shelf = writer(tmp_path)
    shelf.write_page(exchange(), facts())
    shelf.write_page(exchange("https://news.example/2"), facts(asked=None))
    ledger = tmp_path / "ledger.jsonl"
    first, second = ledger.read_bytes().splitlines(keepends=True)
    ledger.write_bytes(first)
    os.close(shelf._shelf._fd)  # type: ignore[union-attr]  # as the kernel does when the process dies
    recover(tmp_path)
    told = list(Ledger.lines(ledger))
    assert [line["kind"] for line in told] == ["page", "recovered", "sealed"]
    assert told[1]["records"] == json.loads(second)["records"]
    assert Known.load(tmp_path).get("https://news.example/2") is not None


def test_an_empty_data_folder_needs_nothing_and_gets_nothing(tmp_path: Path) -> None:
    assert recover(tmp_path / "none") == []
    assert not (tmp_path / "none").exists()


def test_a_torn_ledger_line_is_set_aside(tmp_path: Path) -> None:
    with writer(tmp_path) as shelf:
        shelf.write_page(exchange(), facts())
    with (tmp_path / "ledger.jsonl").open("a") as file:
        file.write('{"seq":3,"at"')
    (said,) = recover(tmp_path)
    assert "ended inside a line" in said
    Ledger.check(tmp_path / "ledger.jsonl")


KILLED = """
import sys
from pathlib import Path
sys.path.insert(0, {root!r})
from tests.archive_pages import answer, exchange, facts, writer
import os
shelf = writer(Path({data!r}), max_bytes=30000)
number = 0
while True:
    capture = shelf.write_page(exchange(f"https://news.example/{{number}}", answer(os.urandom(3000))), facts(), text="words")
    print(number, flush=True)
    number += 1
"""


@pytest.mark.parametrize("after", [1, 4, 13])
def test_nothing_acknowledged_is_lost_to_kill_9(tmp_path: Path, after: int) -> None:
    script = KILLED.format(root=str(Path(__file__).resolve().parents[2]), data=str(tmp_path))
    with subprocess.Popen([sys.executable, "-c", script], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        acknowledged = [run.stdout.readline() for _ in range(after)]
        os.kill(run.pid, signal.SIGKILL)
        acknowledged += run.stdout.readlines()
    recover(tmp_path)
    known = Known.load(tmp_path)
    for line in acknowledged:
        if not line.endswith("\n"):
            continue
        visit = known.get(f"https://news.example/{line.strip()}")
        assert visit is not None
        assert visit.capture is not None
        assert open_copy(tmp_path, visit.capture).text == "words"
    Ledger.check(tmp_path / "ledger.jsonl")
    assert recover(tmp_path) == []
