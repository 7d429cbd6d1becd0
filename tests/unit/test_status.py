"""One screen at breakfast: last success on its own line, sources by health, disk, when the next night is due, and what to type."""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from pathlib import Path

from archive.clock import utc_now
from crawler.report import NightReport
from stet.commands.status import _due, _used
from stet.config import Config
from tests import index_corpus as corpus
from tests.unit.conftest import Call
from tests.unit.test_runs import FIRST, run

NOW = utc_now()


def facts(name: str, verdict: str = "well", kept: int = 5, reason: str = "") -> dict[str, object]:
    counts = {"asked": 9, "revisits": 0, "dropped": {}, "failed": {}}
    return {"source": name, "verdict": verdict, "kept": kept, "reason": reason, **counts}


def write(data: Path, ended: datetime, *sources: Mapping[str, object], code: int = 0, kind: str = "night", mb: int = 10) -> None:
    started = ended - timedelta(hours=1)
    NightReport(
        night=f"{started:%Y%m%d%H%M%S}", kind=kind, started=started, ended=ended, outcome="well" if code == 0 else "partial",
        exit_code=code, sources=tuple(sources), bytes_written=mb * 10**6,  # type: ignore[arg-type]
    ).write(data)  # fmt: skip


def seen(stet: Call, expect: int) -> dict[str, object]:
    ended = stet("status", "--json")
    assert ended.returncode == expect, ended.stdout + ended.stderr
    return dict(json.loads(ended.stdout.splitlines()[1]))


def test_a_healthy_archive_on_one_screen(tmp_path: Path, stet: Call) -> None:
    data = tmp_path / "data"
    for day in range(4):
        write(data, NOW - timedelta(days=day, hours=2), facts("a"), facts("b"), mb=10 * day)
    (data / "warc").mkdir()
    (data / "warc" / "x.warc.gz").write_bytes(b"x" * 3 * 2**20)
    told = seen(stet, 0)
    assert told["sources"] == {"well": 2}
    assert str(told["last_success"]).endswith(", 2 h ago")
    assert told["mb_per_night"] == 15
    assert str(told["disk_used"]).startswith("3.0 MiB of WARC and ledger")
    assert isinstance(told["disk_days_left"], int)
    assert told["lock"] == "free"
    assert str(told["next_night"]).startswith(f"{NOW + timedelta(hours=21):%Y-%m-%d}")
    assert told["next"] == "nothing to do"
    plain = stet("status").stdout
    assert plain.count("\n") <= 25
    assert "\nlast_success\t" in plain


def test_what_was_kept_since_the_last_publication_waits_for_the_next(tmp_path: Path, stet: Call) -> None:
    corpus.write_night(tmp_path / "data", corpus.NIGHTS[0], "rights", corpus.RIGHTS_PAGES[:1])
    write(tmp_path / "data", NOW, facts("rights"), kind="crawl")
    told = seen(stet, 0)
    assert (told["published"], told["next"]) == ("nothing yet; 1 file waits for stet publish", "stet publish")
    assert stet("publish").returncode == 0
    assert "wait" not in str(seen(stet, 0)["published"])
    assert seen(stet, 0)["next"] == "nothing to do"


def test_sources_are_counted_by_their_health_and_those_that_are_ill_are_named(tmp_path: Path, stet: Call) -> None:
    write(tmp_path / "data", NOW, facts("a"), facts("b", "blocked", 0, "no seed answered: 403 (1)"), facts("c", "silent", 0), code=3)
    told = seen(stet, 3)
    assert told["sources"] == {"well": 1, "blocked": 1, "silent": 1}
    assert told["not_well"] == ["b: blocked, no seed answered: 403 (1)", "c: silent"]
    assert told["next"] == "stet sources b"


def test_a_success_that_is_two_nights_old_is_code_4_and_still_stands_on_its_line(tmp_path: Path, stet: Call) -> None:
    write(tmp_path / "data", NOW - timedelta(hours=49), facts("a"))
    write(tmp_path / "data", NOW - timedelta(hours=1), facts("a", "failing", 0), code=4)
    told = seen(stet, 4)
    assert str(told["last_success"]).endswith(", 2 days ago")
    assert f"{NOW - timedelta(hours=49):%Y-%m-%dT%H:%M}" in str(told["last_success"])
    quiet = stet("--quiet", "status")
    assert (quiet.returncode, "last_success" in quiet.stdout) == (4, True)  # cron mails it


def test_a_night_that_does_not_come_is_overdue(tmp_path: Path) -> None:
    runs = [run(3), run(2), run(1)]
    due = FIRST + timedelta(days=4)
    config = Config(data=tmp_path)
    assert _due(config, runs, due + timedelta(minutes=70)) == f"{due:%Y-%m-%d %H:%M} UTC"  # it may wait up to night.start_jitter
    assert _due(config, runs, due + timedelta(hours=2)).startswith("overdue since 2026-11-05 02:15 UTC")
    assert "3 nights" in _due(config, runs[:2], due)


def test_used_disk_is_what_must_be_kept_apart_from_what_can_be_made_again(tmp_path: Path) -> None:
    (tmp_path / "warc" / "2026" / "11").mkdir(parents=True)
    (tmp_path / "warc" / "2026" / "11" / "a.warc.gz").write_bytes(b"x" * 2**20)
    (tmp_path / "ledger.jsonl").write_bytes(b"x" * 2**20)
    (tmp_path / "corpus.duckdb").write_bytes(b"x" * 5 * 2**20)
    (tmp_path / "loop").symlink_to(tmp_path)
    assert _used(tmp_path) == "2.0 MiB of WARC and ledger, 5.0 MiB made from them"
