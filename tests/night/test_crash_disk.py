"""Full disk, read-only folder, two runs at once, a leftover of a killed run, a clock set back: own exit code, a mend, nothing lost."""

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from archive.fixity import verify
from archive.ledger import Ledger
from archive.reader import sealed_files
from archive.recover import mend
from archive.survey import survey
from queries.fixity import RowCheck
from stet.demo.network import Network, own_environment
from tests.night.conftest import ready

if TYPE_CHECKING:
    from tests.night.conftest import NightFolder

pytestmark = pytest.mark.night

YESTERYEAR = """
import datetime, sys, time_machine
from stet.__main__ import start
then = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=400)
with time_machine.travel(then, tick=True):
    sys.exit(start(sys.argv[1:]))
"""


def mounted(*words: str | Path) -> bool:
    """Whether this mount could be made: only root may, and not in every container."""
    return subprocess.run(["mount", *map(str, words)], capture_output=True, check=False).returncode == 0


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 200 KiB, less than a night writes."""
    place = tmp_path / "disk"
    place.mkdir()
    if not mounted("-t", "tmpfs", "-o", "size=200k", "tmpfs", place):
        pytest.skip("no tmpfs can be mounted here; the file size limit stands in for it in the next test")
    yield place
    subprocess.run(["umount", place], check=True)


def articles(data: Path) -> list[tuple[object, ...]]:
    with duckdb.connect(str(data / "corpus.duckdb"), read_only=True) as con:
        return con.execute("SELECT url_key, text_digest FROM articles ORDER BY ALL").fetchall()


def well(data: Path) -> None:
    """The audit, rows of the index included, finds nothing."""
    with RowCheck(data) as rows:
        audit, chain = verify(data, look=rows.look)
        rows.finish(audit, chain)
    assert [str(finding) for finding in audit.failed] == []


def floorless(folder: "NightFolder", floor: str = "1") -> None:
    settings = folder.path / "stet.toml"
    settings.write_text(settings.read_text().replace('free_floor = "64MiB"', f'free_floor = "{floor}"'))


def kept(data: Path) -> set[str]:
    """Digest of every record that the ledger names."""
    named = (line for line in Ledger.lines(data / "ledger.jsonl") if line["kind"] in ("page", "facts"))
    return {record[3] for line in named for record in line["records"]}


def test_a_full_disk_ends_the_night_with_74_and_with_room_the_next_one_finishes_it(
    first_night: "NightFolder", tmp_path: Path, small_disk: Path
) -> None:
    with Network() as network:
        folder = ready(tmp_path / "desk", network)
        floorless(folder)
        data = small_disk / "data"
        full = folder.stet("night", "--data", str(data), expect=74)
        assert "free" in full.stderr
        assert "Traceback" not in full.stderr
        acknowledged = kept(data)
        assert acknowledged, "it was full before anything was kept: make the disk larger"
        subprocess.run(["mount", "-o", "remount,size=200m", small_disk], check=True)
        folder.stet("night", "--data", str(data))
        well(data)
        assert acknowledged <= {digest for path in sealed_files(data) for *_, digest in survey(path).told}
        assert articles(data) == articles(first_night.data)


def test_a_write_cut_short_by_the_kernel_costs_no_page_that_was_kept(night_folder: "NightFolder") -> None:
    command = [sys.executable, "-m", "stet", "crawl", "openline_watch"]
    ended = subprocess.run(
        command,
        cwd=night_folder.path,
        env=own_environment(),
        capture_output=True,
        encoding="utf-8",
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)),
        check=False,
    )
    assert ended.returncode == 74, ended.stderr
    assert "cannot be written" in ended.stderr
    acknowledged = kept(night_folder.data)
    assert acknowledged
    night_folder.stet("crawl", "openline_watch")
    well(night_folder.data)
    assert acknowledged <= {digest for path in sealed_files(night_folder.data) for *_, digest in survey(path).told}


def test_below_the_floor_nobody_is_asked(night_folder: "NightFolder") -> None:
    floorless(night_folder, "900TiB")
    ended = night_folder.stet("night", expect=74)
    assert "GiB free, the floor is" in ended.stderr
    assert ended.stderr.count("\n") == 1
    assert night_folder.network.requests() == []
    assert not (night_folder.data / "ledger.jsonl").exists()


def test_a_folder_that_cannot_be_written_refuses_writers_and_serves_readers(first_night: "NightFolder", tmp_path: Path) -> None:
    folder = first_night.copy(tmp_path / "desk", first_night.network)
    if not (mounted("--bind", folder.data, folder.data) and mounted("-o", "remount,ro,bind", folder.data)):
        pytest.skip("no read-only mount can be made here, and modes do not stop root")
    try:
        for verb in ("night", "recover"):
            ended = folder.stet(verb, expect=74)
            assert "nothing was written" in ended.stderr, verb
            assert ended.stderr.count("\n") == 1, verb
        folder.stet("verify", "--quiet")
        assert folder.stet("find", "wechat").stdout.count("\n") > 1
    finally:
        subprocess.run(["umount", folder.data], check=True)


def test_of_two_runs_at_once_the_second_writes_nothing_and_the_first_ends_well(night_folder: "NightFolder") -> None:
    command = [sys.executable, "-m", "stet", "crawl", "openline_watch"]
    with subprocess.Popen(command, cwd=night_folder.path, env=own_environment(), stdout=subprocess.PIPE, stderr=subprocess.PIPE) as first:
        deadline = time.monotonic() + 60
        while not (night_folder.data / "ledger.jsonl").exists() and time.monotonic() < deadline:
            time.sleep(0.01)
        for verb in ("crawl", "recover"):
            second = night_folder.stet(verb, expect=75)
            assert f"pid {first.pid}" in second.stderr
            assert "nothing was started" in second.stderr
        first.communicate(timeout=120)
    assert first.returncode == 0
    well(night_folder.data)


def test_a_leftover_is_told_first_then_mended_and_then_there_is_nothing_to_mend(first_night: "NightFolder", tmp_path: Path) -> None:
    folder = first_night.copy(tmp_path / "desk", first_night.network)
    (whole,) = (path for path in sealed_files(folder.data) if "-openline_watch-" in path.name)
    stale = whole.with_name(whole.name.replace("-00001-", "-00002-") + ".open")
    stale.write_bytes(whole.read_bytes()[:-20])
    whole.with_name(stale.name.replace(".warc.gz.open", ".cdxj.open")).write_bytes(b"half")
    before = {path: path.read_bytes() for path in folder.data.rglob("*") if path.is_file()}

    audit = folder.stet("verify")
    assert f"unread\tleftover\t{'/'.join(stale.parts[-3:])}" in audit.stdout
    told = folder.stet("recover", "--dry-run")
    assert "would be sealed" in told.stdout
    assert {path: path.read_bytes() for path in folder.data.rglob("*") if path.is_file()} == before

    done = folder.stet("recover")
    assert "whole records saved and sealed" in done.stdout
    assert "was not written whole and is to be fetched again" in done.stdout
    assert mend(folder.data, thorough=True).acts == []
    well(folder.data)


def test_a_damaged_sealed_file_is_named_refused_salvaged_and_the_archive_goes_on(first_night: "NightFolder", tmp_path: Path) -> None:
    folder = first_night.copy(tmp_path / "desk", first_night.network)
    (path,) = (path for path in sealed_files(folder.data) if "-openline_watch-" in path.name)
    name = "/".join(path.parts[-3:])
    record = next(record for record in survey(path).told[8:] if record.type == "conversion")
    raw = bytearray(path.read_bytes())
    raw[record.offset + 30] ^= 0x10
    path.write_bytes(raw)

    found = folder.stet("verify", expect=5)
    assert f"failed\tdamaged\t{name}\t{record.offset}\tconversion" in found.stdout
    refused = folder.stet("reindex", "--all", expect=5)
    assert name in refused.stderr
    saved = folder.stet("recover", "--salvage", name)
    assert "-salvaged1.warc.gz" in saved.stdout
    assert path.read_bytes() == raw
    for damaged in (path, path.with_name(path.name.replace(".warc.gz", ".cdxj"))):
        shutil.move(damaged, tmp_path)
    folder.stet("reindex", "--all")
    folder.stet("publish", "--force")
    well(folder.data)


def test_a_clock_set_back_is_told_and_costs_nothing(first_night: "NightFolder", tmp_path: Path) -> None:
    with Network() as network:
        folder = first_night.copy(tmp_path / "desk", network)
        network.next_day()
        before = kept(folder.data)
        command = [sys.executable, "-c", YESTERYEAR, "night"]
        ended = subprocess.run(command, cwd=folder.path, env=own_environment(), capture_output=True, encoding="utf-8", check=False)
        assert ended.returncode == 0, ended.stderr
        assert "set the clock of this machine right" in ended.stderr
        assert before < kept(folder.data)
        well(folder.data)
        assert set(articles(first_night.data)) < set(articles(folder.data))
        assert len({path.name for path in (folder.data / "reports").glob("*.json")}) == 2
