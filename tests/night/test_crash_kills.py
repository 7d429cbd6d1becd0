"""A night that is killed at any moment loses nothing it had acknowledged, and the next ones finish it as if nothing had been.

Five blows by default; `KILLS=50` for the whole lot. The seed of the lot is printed, and taken from `SEED`.
"""

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pytest

from archive.ledger import Ledger, mend_tail
from archive.reader import records, sealed_files
from stet.demo.network import Network, own_environment
from tests.night.conftest import ready

if TYPE_CHECKING:
    from tests.night.conftest import NightFolder

pytestmark = [pytest.mark.night, pytest.mark.timeout(3600)]

KILLS = int(os.environ.get("KILLS", "5"))
PER_FOLDER = 6  # blows before a folder is finished and looked at
PAGES = """
SELECT a.url_key, a.published_on, a.title, a.text_digest, a.quality
FROM articles a
ORDER BY ALL
"""


def blow(folder: "NightFolder", number: int, lot: random.Random) -> None:
    """Start a night and end it at a moment drawn by lot: after so many bytes of ledger, or of seconds. Every third time cut, too."""
    ledger = folder.data / "ledger.jsonl"
    before = ledger.stat().st_size if ledger.exists() else 0
    grown, seconds = (lot.randrange(1, 35_000), 60.0) if lot.random() < 0.6 else (1 << 30, lot.uniform(0.5, 6))
    process = subprocess.Popen(
        [sys.executable, "-m", "stet", "night"],
        cwd=folder.path,
        env=own_environment(),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        encoding="utf-8",
    )
    begun = time.monotonic()
    while process.poll() is None and time.monotonic() - begun < seconds:
        if ledger.exists() and ledger.stat().st_size - before >= grown:
            break
        time.sleep(0.002)
    how = signal.SIGTERM if number % 3 == 2 else signal.SIGKILL
    process.send_signal(how)
    said = process.communicate(timeout=120)[1]
    # a SIGTERM that meets the program before its handlers stand, or after the last word of the night, ends it as any other program
    ended = (-signal.SIGKILL,) if how is signal.SIGKILL else (143, -signal.SIGTERM)
    assert process.returncode in (0, *ended), said
    if number % 3 == 1:
        cut(folder.data, lot)


def cut(data: Path, lot: random.Random) -> None:
    """Take 1 to 400 bytes off the newest file that was being written, as a disk does that lied about fsync."""
    tonight = sorted((data / "warc").glob("*/*/*.open"), key=lambda path: path.stat().st_mtime_ns)
    if tonight:
        os.truncate(tonight[-1], max(0, tonight[-1].stat().st_size - lot.randint(1, 400)))


def told(data: Path) -> tuple[set[tuple[str, str]], set[tuple[str, str]]]:
    """Type and digest of every record that whole lines of the ledger name; and of those that a line says the disk has lost."""
    held: dict[tuple[str, int], tuple[int, str, str]] = {}
    lost: set[tuple[str, str]] = set()
    if (data / "ledger.jsonl").exists():
        mend_tail(data / "ledger.jsonl")  # as every start does
    for line in Ledger.lines(data / "ledger.jsonl"):
        if line["kind"] == "recovered":
            gone = {key for key, (length, _, _) in held.items() if key[0] == line["file"] and key[1] + length > line["end"]}
            lost |= {held.pop(key)[1:] for key in gone}
        for kind, offset, length, digest in line["records"] if isinstance(line.get("records"), list) else ():
            held[line["file"], offset] = (length, kind, digest)
    return {(kind, digest) for _, kind, digest in held.values()}, lost


def listed(data: Path) -> set[str]:
    """Every capture that the published index lists; nothing before the first publication."""
    path = data / "corpus.duckdb"
    if not path.exists():
        return set()
    with duckdb.connect(str(path), read_only=True) as con:
        return {row[0] for row in con.execute("SELECT capture_id FROM captures").fetchall()}


def pages(data: Path) -> list[tuple[object, ...]]:
    """Every article as any reader sees it, without when it was fetched."""
    with duckdb.connect(str(data / "corpus.duckdb"), read_only=True) as con:
        return con.execute(PAGES).fetchall()


def finished(folder: "NightFolder") -> None:
    """One more night, whole; then nothing is open, nothing torn, and the audit finds nothing."""
    folder.stet("night")
    assert not list((folder.data / "warc").glob("*/*/*.open"))
    for path in sealed_files(folder.data):
        subprocess.run(["gunzip", "-t", path], check=True)
    folder.stet("verify", "--quiet")
    assert folder.stet("recover").stdout == "state\tsays\n"


def test_kills_terms_and_cuts_cost_nothing_that_was_acknowledged(first_night: "NightFolder", tmp_path: Path) -> None:
    seed = int(os.environ.get("SEED", "0")) or random.SystemRandom().randrange(1, 10**6)
    print(f"SEED={seed}")
    lot = random.Random(seed)
    for first in range(0, KILLS, PER_FOLDER):
        with Network() as network:
            folder = ready(tmp_path / f"desk{first}", network)
            acknowledged: set[tuple[str, str]] = set()
            shown: set[str] = set()
            for number in range(first, min(first + PER_FOLDER, KILLS)):
                blow(folder, number, lot)
                acknowledged |= told(folder.data)[0]
                assert shown <= listed(folder.data), f"blow {number}: a capture that was listed is gone"
                shown = listed(folder.data)
            finished(folder)
            named, lost = told(folder.data)
            held = {(record.type, record.headers["warc-block-digest"]) for path in sealed_files(folder.data) for record in records(path)}
            assert named == held
            assert acknowledged - held <= lost, "what the disk took was named; nothing else may be gone"
            assert shown <= listed(folder.data)
            assert pages(folder.data) == pages(first_night.data)
