"""One writer at a time, by a lock that dies with its holder."""

import os
import signal
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from archive.errors import Locked, StorageError
from stet import lock
from tests.checkout import ROOT

NOW = datetime(2026, 3, 1, 2, 15, tzinfo=UTC)
HOLD = """
import sys, time
from pathlib import Path
from stet import lock
from archive.clock import utc_now
with lock.taken(Path(sys.argv[1]), verb="night", clock=utc_now):
    print("held", flush=True)
    {then}
    time.sleep(600)
"""


def hold(data: Path, then: str = "") -> "subprocess.Popen[str]":
    """A process that holds the lock."""
    command = [sys.executable, "-c", HOLD.format(then=then), str(data)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env={**os.environ, "PYTHONPATH": str(ROOT)})
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    return process


def test_the_lock_dies_with_its_holder_and_leaves_nothing_to_clean_up(tmp_path: Path) -> None:
    process = hold(tmp_path)
    with (
        pytest.raises(Locked, match=f"another night holds .*: pid {process.pid} since "),
        lock.taken(tmp_path, verb="crawl", clock=lambda: NOW),
    ):
        pass
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()
    assert lock.holder(tmp_path) is None
    with lock.taken(tmp_path, verb="crawl", clock=lambda: NOW):
        holder = lock.holder(tmp_path)
    assert holder is not None
    assert (holder.verb, holder.pid, holder.since) == ("crawl", os.getpid(), NOW)


def test_a_forked_reader_that_outlives_its_parent_does_not_keep_the_lock(tmp_path: Path) -> None:
    process = hold(tmp_path, then="import os; os.fork() or print(os.getpid(), flush=True)")
    assert process.stdout is not None
    child = int(process.stdout.readline())
    try:
        process.kill()
        process.wait()
        process.stdout.close()
        with lock.taken(tmp_path, verb="crawl", clock=lambda: NOW):
            pass
    finally:
        os.kill(child, signal.SIGKILL)


def test_the_holder_says_where_it_is_and_nothing_when_it_is_done(tmp_path: Path) -> None:
    with lock.taken(tmp_path, verb="night", clock=lambda: NOW) as note:
        note("at source 17 of 41")
        assert str(lock.holder(tmp_path)) == f"pid {os.getpid()} since 2026-03-01 02:15 UTC, at source 17 of 41"
    assert lock.holder(tmp_path) is None


def test_a_process_that_got_the_number_of_a_dead_holder_holds_nothing(tmp_path: Path) -> None:
    (tmp_path / "lock").write_text(f'{{"verb": "night", "pid": {os.getpid()}, "since": "2026-03-01T02:15:00+00:00", "started": 1}}\n')
    assert lock.holder(tmp_path) is None


@pytest.mark.parametrize("text", ["", "{", "[]", '{"pid": "x"}', "\x00" * 10])
def test_a_lock_file_that_says_nothing_is_no_holder(tmp_path: Path, text: str) -> None:
    (tmp_path / "lock").write_text(text)
    assert lock.holder(tmp_path) is None


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(StorageError, match="nothing was written"), lock.taken(tmp_path / "file" / "data", verb="crawl", clock=lambda: NOW):
        pass


def test_a_link_in_place_of_the_lock_is_not_followed(tmp_path: Path) -> None:
    (tmp_path / "lock").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(StorageError), lock.taken(tmp_path, verb="crawl", clock=lambda: NOW):
        pass
    assert not (tmp_path / "elsewhere").exists()
