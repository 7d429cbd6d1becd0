"""The ledger: every line holds the hash of the one before; what was altered, taken out or torn is named."""

import json
import os
from pathlib import Path

import pytest

from archive.errors import BrokenChain, StorageError
from archive.ledger import Ledger, mend_tail
from tests.archive_pages import AT


def filled(path: Path, count: int = 3) -> Ledger:
    ledger = Ledger(path, clock=lambda: AT)
    for number in range(count):
        ledger.append("page", file=f"{number}.warc.gz", note="封号 \ud800")
    return ledger


def test_lines_are_chained_and_the_head_is_the_last_hash(tmp_path: Path) -> None:
    ledger = filled(tmp_path / "ledger.jsonl")
    lines = list(Ledger.lines(ledger.path))
    assert [line["seq"] for line in lines] == [1, 2, 3]
    assert [line["prev"] for line in lines] == [None, lines[0]["hash"], lines[1]["hash"]]
    assert Ledger.check(ledger.path) == ledger.head == lines[-1]["hash"]
    assert lines[0]["at"] == "2026-11-22T03:15:07.123456Z"


def test_a_ledger_opened_again_goes_on_where_it_ended(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    filled(path).close()
    with Ledger(path) as ledger:
        ledger.append("night", night="20261122031500")
    assert [line["kind"] for line in Ledger.lines(path)] == ["page", "page", "page", "night"]
    assert Ledger.check(path) == ledger.head


def test_a_ledger_is_not_readable_by_others(tmp_path: Path) -> None:
    assert filled(tmp_path / "new" / "ledger.jsonl").path.stat().st_mode & 0o007 == 0
    assert (tmp_path / "new").stat().st_mode & 0o007 == 0


@pytest.mark.parametrize("victim", [0, 1, 2])
def test_an_altered_line_is_named(tmp_path: Path, victim: int) -> None:
    path = filled(tmp_path / "ledger.jsonl").path
    lines = path.read_text().splitlines(keepends=True)
    lines[victim] = lines[victim].replace(f'"{victim}.warc.gz"', '"other.warc.gz"')
    path.write_text("".join(lines))
    with pytest.raises(BrokenChain, match=f"line {victim + 1} was altered"):
        Ledger.check(path)


@pytest.mark.parametrize("order", [[1, 2], [0, 2], [0, 2, 1], [0, 1, 1, 2]])
def test_removed_moved_and_doubled_lines_are_named(tmp_path: Path, order: list[int]) -> None:
    path = filled(tmp_path / "ledger.jsonl").path
    lines = path.read_text().splitlines(keepends=True)
    path.write_text("".join(lines[number] for number in order))
    with pytest.raises(BrokenChain, match="does not follow"):
        Ledger.check(path)


def test_lines_can_be_asked_by_what_they_contain(tmp_path: Path) -> None:
    path = filled(tmp_path / "ledger.jsonl").path
    assert [line["seq"] for line in Ledger.lines(path, having="1.warc.gz")] == [2]


def test_a_missing_ledger_has_no_lines_and_no_head(tmp_path: Path) -> None:
    assert Ledger.check(tmp_path / "none.jsonl") is None
    assert mend_tail(tmp_path / "none.jsonl") is None


def test_a_torn_line_is_set_aside_at_every_cut_and_the_chain_goes_on(tmp_path: Path) -> None:
    whole = filled(tmp_path / "whole.jsonl").path.read_bytes()
    ends = [0, *(at + 1 for at, byte in enumerate(whole) if byte == 10)]
    for cut in range(len(whole)):
        path = tmp_path / "cut.jsonl"
        path.write_bytes(whole[:cut])
        kept = max(end for end in ends if end <= cut)
        if cut != kept:
            with pytest.raises(BrokenChain):
                Ledger(path)
        said = mend_tail(path)
        assert (said is None) == (cut == kept)
        assert path.read_bytes() == whole[:kept]
        with Ledger(path, fsync=False) as ledger:
            ledger.append("page")
        Ledger.check(path)
    assert (tmp_path / "cut.jsonl.tail").exists()


def test_a_last_line_that_is_no_ledger_line_is_not_built_upon(tmp_path: Path) -> None:
    path = tmp_path / "ledger.jsonl"
    for text in ("nonsense\n", json.dumps({"seq": "1", "hash": None}) + "\n", "[]\n"):
        path.write_text(text)
        with pytest.raises(BrokenChain):
            Ledger(path)


def test_two_holders_of_one_ledger_write_one_chain(tmp_path: Path) -> None:
    one, two = Ledger(tmp_path / "ledger.jsonl"), Ledger(tmp_path / "ledger.jsonl")
    for number in range(6):
        (one, two)[number % 2].append("page", number=number)
    assert [line["number"] for line in Ledger.lines(one.path)] == list(range(6))
    assert Ledger.check(one.path) == two.head


@pytest.mark.parametrize("size", [100, 1 << 14, 100_000])
def test_a_long_last_line_is_found_whole(tmp_path: Path, size: int) -> None:
    path = filled(tmp_path / "ledger.jsonl").path
    with Ledger(path) as ledger:
        ledger.append("recovered", records="x" * size)
    with Ledger(path) as ledger:
        ledger.append("page")
    assert Ledger.check(path) == ledger.head
    path.write_bytes(path.read_bytes() + b"y" * size)
    assert f"its {size} bytes" in (mend_tail(path) or "")
    Ledger.check(path)


def test_a_failed_write_is_told_and_leaves_no_half_line(tmp_path: Path) -> None:
    ledger = filled(tmp_path / "ledger.jsonl")
    before = ledger.path.read_bytes()
    writable = ledger._fd
    ledger._fd = os.open(ledger.path, os.O_RDONLY)  # the kernel refuses every write
    with pytest.raises(StorageError) as caught:
        ledger.append("page")
    assert caught.value.exit_code == 74
    assert ledger.path.read_bytes() == before
    os.close(writable)
