"""A publish killed while it applies what people decided: readers keep the old file whole, the next publish is as if nothing had been."""

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from archive.digest import labelled
from archive.ledger import Ledger
from queries.curation import CURATION
from queries.differences import TABLES, differences
from queries.store import PUBLISHED, fetch, open_index, open_published
from stet.demo.network import own_environment
from tests import index_corpus as corpus

pytestmark = pytest.mark.night

BY = 'by = "R. Reader"\nday = 2026-11-28\nwhy = "looked at both"\n'
EVENTS = "SELECT event_id FROM events WHERE place = $place"
FORMER = "SELECT old_id, new_id, kind, reason FROM former_ids ORDER BY old_id"  # not `since`: a killed publish may have used up a name


@dataclass(frozen=True)
class Desk:
    """A working folder with an archive, an index, and decisions that no publish has applied yet."""

    path: Path

    @property
    def data(self) -> Path:
        return self.path / "data"

    @property
    def published(self) -> str:
        """What the bytes of the published file are known by in the ledger."""
        return labelled((self.data / PUBLISHED).read_bytes())

    @property
    def told(self) -> list[str]:
        """The same of every publication that the ledger knows."""
        Ledger.check(self.data / "ledger.jsonl")
        return [str(line["sha256"]) for line in Ledger.lines(self.data / "ledger.jsonl") if line["kind"] == "published"]

    def size(self, name: str) -> int:
        """Bytes of one file of the data folder; 0 where it is not."""
        try:
            return (self.data / name).stat().st_size
        except FileNotFoundError:
            return 0

    def copy(self, path: Path) -> "Desk":
        """The same in another place."""
        return Desk(Path(shutil.copytree(self.path, path)))

    def begin(self) -> "subprocess.Popen[str]":
        """Start a publish, a process of its own."""
        return subprocess.Popen(
            [sys.executable, "-m", "stet", "publish"],
            cwd=self.path,
            env=own_environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def publish(self) -> None:
        """A publish that nobody disturbs."""
        process = self.begin()
        said = process.communicate(timeout=120)[1]
        assert process.returncode == 0, said


Moment = Callable[[Desk, Desk], bool]  # of the folder in hand, and of the same before the publish began
MOMENTS: dict[str, Moment] = {
    "the events are judged": lambda now, _: now.size("index/spool/events.jsonl") > 0,
    "the rows are committed": lambda now, _: now.size("index/work.duckdb.wal") > 0,
    "the new file is half written": lambda now, _: now.size(f"{PUBLISHED}.new") > 1 << 20,
    "the ledger names the new file": lambda now, was: now.size("ledger.jsonl") > was.size("ledger.jsonl"),
}


@pytest.fixture(scope="module")
def decided(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    """Four events published; since then a person joined two, struck one out and put one right."""
    desk = Desk(tmp_path_factory.mktemp("decided") / "desk")
    corpus.first_night(desk.data)
    (desk.path / "stet.toml").write_text("[storage]\nfsync = false\n", encoding="utf-8")
    desk.publish()
    with closing(open_published(desk.data)) as con:
        nigeria, (facebook,), (wechat,) = (
            [str(row[0]) for row in fetch(con, EVENTS, {"place": place}).rows] for place in ("NG", "RU", "CN")
        )
    entries = [
        f'[[merge]]\nids = ["{nigeria[0]}", "{nigeria[1]}"]\n{BY}',
        f'[[reject]]\nids = ["{facebook}"]\n{BY}',
        f'[[relabel]]\nids = ["{wechat}"]\nplace = "TW"\n{BY}',
    ]
    (desk.data / CURATION).write_text("\n".join(entries), encoding="utf-8")
    return desk


def struck(desk: Desk, before: Desk, moment: Moment) -> bool:
    """Kill a publish at that moment; whether it had not ended before."""
    process = desk.begin()
    deadline = time.monotonic() + 120
    while process.poll() is None and not moment(desk, before) and time.monotonic() < deadline:
        pass
    process.send_signal(signal.SIGKILL)
    process.communicate(timeout=120)
    return process.returncode == -signal.SIGKILL


@pytest.mark.timeout(300)
def test_a_publish_killed_while_it_applies_decisions_leaves_the_old_file_whole_and_costs_the_next_one_nothing(
    decided: Desk, tmp_path: Path
) -> None:
    undisturbed = decided.copy(tmp_path / "undisturbed")
    undisturbed.publish()
    assert differences(decided.data / PUBLISHED, undisturbed.data / PUBLISHED)["events"] > 0
    with closing(open_published(undisturbed.data)) as con:
        former = fetch(con, FORMER).rows
    assert len(former) == 2
    hit = 0
    for number, (name, moment) in enumerate(MOMENTS.items()):
        desk = decided.copy(tmp_path / f"desk{number}")
        hit += struck(desk, decided, moment)
        assert desk.published in (decided.published, desk.told[-1]), f"when {name}: the file that stands is neither the old one nor the new"
        open_index(desk.data / PUBLISHED).close()
        desk.publish()
        assert differences(undisturbed.data / PUBLISHED, desk.data / PUBLISHED) == dict.fromkeys(TABLES, 0), f"when {name}"
        assert desk.published == desk.told[-1]
        with closing(open_published(desk.data)) as con:
            assert fetch(con, FORMER).rows == former, f"when {name}"
        left = [path.name for path in desk.data.rglob("*") if path.name.endswith((".new", ".wal"))]
        assert left == [], f"when {name}"
    assert hit >= len(MOMENTS) // 2, "most publishes had ended before the blow: nothing was tried"
