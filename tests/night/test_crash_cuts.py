"""Files of a real night cut off anywhere: every whole record is saved, none is made up, gunzip accepts what is left, the audit is well.

`CUTS` says at how many places the largest file is cut, 200 by default. The smallest is cut around every end of a record and at every ninth
byte; with `CUTS=2000`, as CI may take its time for, at every byte.
"""

import gzip
import os
import random
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from archive.errors import TornRecord
from archive.fixity import verify
from archive.ledger import Ledger
from archive.reader import records, sealed_files
from archive.recover import mend
from archive.shelf import OPEN, index_path

if TYPE_CHECKING:
    from tests.night.conftest import NightFolder

pytestmark = pytest.mark.night

CUTS = int(os.environ.get("CUTS", "200"))


def leftover(warc: Path, data: Path, *, lines: list[str]) -> Path:
    """An empty archive in `data`, but for the ledger's lines on this file; gives the place of its `.open`."""
    shutil.rmtree(data, ignore_errors=True)
    folder = data / "warc" / warc.parts[-3] / warc.parts[-2]
    folder.mkdir(parents=True)
    with Ledger(data / "ledger.jsonl", fsync=False) as ledger:
        for line in Ledger.lines(data.parent / "told.jsonl") if lines else ():
            if line.get("file") == "/".join(warc.parts[-3:]) and line["kind"] in ("page", "facts"):
                ledger.append(line["kind"], file=line["file"], records=line["records"])
    return folder / (warc.name + OPEN)


def saved(warc: Path, data: Path, cut: int, ends: list[int], *, lines: list[str]) -> None:
    """Cut, mend, and look: the file holds exactly the whole records, everything reads, and once is enough."""
    tonight = leftover(warc, data, lines=lines)
    whole = warc.read_bytes()
    tonight.write_bytes(whole[:cut])
    mend(data, fsync=False)
    sealed = tonight.with_name(warc.name)
    end = max([0, *(place for place in ends if place <= cut)])
    if end > ends[0]:
        assert sealed.read_bytes() == whole[:end], cut
        assert gzip.decompress(whole[:end])
        assert index_path(sealed).exists()
    else:
        assert not sealed.exists(), "nothing but a warcinfo"
    assert not tonight.exists()
    tail = sealed.with_name(sealed.name + ".tail")
    assert (tail.read_bytes() if tail.exists() else b"") == whole[end:cut], cut
    audit, _ = verify(data)
    assert [str(finding) for finding in audit.failed] == [], cut
    assert mend(data, fsync=False).acts == [], cut


def smallest_and_largest(data: Path) -> tuple[Path, Path]:
    files = sorted(sealed_files(data), key=lambda path: path.stat().st_size)
    return files[0], files[-1]


def test_the_smallest_file_of_a_night_cut_from_end_to_end(first_night: "NightFolder", tmp_path: Path) -> None:
    warc, _ = smallest_and_largest(first_night.data)
    ends = [record.end for record in records(warc)]
    size = warc.stat().st_size
    near = {end + step for end in ends for step in (-9, -8, -1, 0, 1, 2, 11) if end + step <= size}
    for cut in sorted({*range(0, size + 1, 1 if CUTS >= 2000 else 9), *near}):
        saved(warc, tmp_path / "data", cut, ends, lines=[])


@pytest.mark.parametrize("acknowledged", [False, True], ids=["not in the ledger", "in the ledger"])
def test_the_largest_file_of_a_night_cut_at_places_drawn_by_lot(first_night: "NightFolder", tmp_path: Path, acknowledged: bool) -> None:
    """In the ledger: the disk lost what it said was safe. Recovery says so there, and the audit does not take it for theft."""
    _, warc = smallest_and_largest(first_night.data)
    shutil.copy(first_night.data / "ledger.jsonl", tmp_path / "told.jsonl")
    ends = [record.end for record in records(warc)]
    lot = random.Random(4711)
    for _ in range(CUTS // 2):
        saved(warc, tmp_path / "data", lot.randrange(warc.stat().st_size), ends, lines=["told"] if acknowledged else [])


def test_a_torn_sealed_file_is_never_cut(first_night: "NightFolder", tmp_path: Path) -> None:
    folder = first_night.copy(tmp_path / "desk", first_night.network)
    _, warc = smallest_and_largest(folder.data)
    torn = warc.read_bytes()[:-7]
    warc.write_bytes(torn)
    done = mend(folder.data, thorough=True)
    assert warc.read_bytes() == torn
    assert len(done.troubles) == 1
    with pytest.raises(TornRecord):
        list(records(warc))
    assert "ends inside a record" in done.troubles[0]
    assert {finding.what for finding in verify(folder.data)[0].failed} == {"truncated"}
