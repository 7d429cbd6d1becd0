"""What the reports of earlier runs tell: last success, pace of the disk, rhythm of the nights. And the metrics made from them."""

import json
import os
import stat
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from prometheus_client.parser import text_string_to_metric_families

from archive.errors import NotTold
from crawler import metrics
from crawler.runs import Run, days_left, kept_by, last_success, next_due, past_runs, quiet_for

FIRST = datetime(2026, 11, 1, 2, 15, tzinfo=UTC)


def run(day: int, *, code: int = 0, kind: str = "night", mb: int = 100, **sources: tuple[str, int]) -> Run:
    """The run of one day; sources by name: verdict and pages kept."""
    started = FIRST + timedelta(days=day)
    told = {name: {"verdict": word, "kept": kept} for name, (word, kept) in sources.items()}
    return Run(
        night=f"{started:%Y%m%d%H%M%S}", kind=kind, started=started, ended=started + timedelta(hours=1), outcome="well", exit_code=code,
        headline="told", bytes_written=mb * 10**6, sources=told,
    )  # fmt: skip


def figures(night: metrics.Night, path: Path) -> dict[str, float]:
    metrics.write(path, night)
    samples = [sample for family in text_string_to_metric_families(path.read_text()) for sample in family.samples]
    return {"/".join([sample.name, *sample.labels.values()]): sample.value for sample in samples}


def test_a_report_that_cannot_be_read_costs_no_other(tmp_path: Path) -> None:
    reports = tmp_path / "reports"
    reports.mkdir()
    good = {"night": "20261101021500", "kind_of_run": "night", "started": "2026-11-01T02:15:00Z", "ended": "2026-11-01T03:15:00Z"}
    good |= {"outcome": "well", "exit_code": 0, "headline": "well", "bytes_written": 1, "sources": [{"source": "a", "verdict": "well"}]}
    (reports / "20261101021500.json").write_text(json.dumps(good))
    for day, text in enumerate(("", "[]", "null", json.dumps(good | {"ended": "soon"}), json.dumps(good | {"sources": 3})), start=2):
        (reports / f"2026110{day}021500.json").write_text(text)
    (reports / "20261109021500.html").write_text("<p>")
    assert [one.night for one in past_runs(tmp_path)] == ["20261101021500"]


def test_the_last_success_is_the_last_that_could_be_published() -> None:
    assert last_success([run(3, code=4), run(2, code=3), run(1)]) == run(2, code=3)
    assert last_success([run(1, code=74)]) is None


def test_how_long_a_source_is_quiet_and_what_it_gave() -> None:
    runs = [run(4, a=("well", 0)), run(3, b=("well", 1)), run(2, a=("well", 0)), run(1, a=("well", 7))]
    assert quiet_for("a", runs) == 2
    assert kept_by("a", runs) == [7, 0, 0]


def test_the_disk_lasts_at_the_pace_of_the_nights() -> None:
    runs = [run(4, mb=50), run(2, mb=50), run(0, mb=999)]  # 100 MB in four days
    assert days_left(runs, free=1_100 * 10**6, floor=100 * 10**6) == 40
    assert days_left(runs, free=50, floor=100) == 0
    assert days_left(runs[:1], free=10**9, floor=0) is None
    assert days_left([run(1, mb=0), run(0)], free=10**9, floor=0) is None


def test_the_next_night_is_due_by_the_rhythm_of_the_last_and_a_crawl_by_hand_has_none() -> None:
    by_hand = run(2, kind="crawl")
    assert next_due([run(3), by_hand, run(2), run(1)]) == FIRST + timedelta(days=4)
    assert next_due([run(9), run(3), run(2), run(1)]) == FIRST + timedelta(days=10)  # once it was missed: the habit is what counts
    assert next_due([run(3), by_hand, run(2)]) is None


def test_every_figure_of_the_contract_stands_in_the_text_file(tmp_path: Path) -> None:
    runs = [run(5, code=4, a=("failing", 0)), run(4, code=3, a=("blocked", 0), b=("well", 12)), run(1, kind="crawl", b=("well", 1))]
    found = figures(
        metrics.Night(exit_code=4, runs=runs, archive=metrics.Held(files=3, bytes=12345, unsigned=3), days_left=40.5), tmp_path / "s.prom"
    )
    assert found["stet_last_success_timestamp_seconds"] == runs[1].ended.timestamp()
    assert (found["stet_night_exit_code"], found["stet_disk_days_left"]) == (4, 40.5)
    assert (found["stet_warc_bytes_total"], found["stet_unsigned"]) == (12345, 3)
    assert found["stet_source_kept/a"] == 0
    assert (found["stet_source_verdict/a/failing"], found["stet_source_verdict/a/well"]) == (1, 0)
    assert sum(value for name, value in found.items() if name.startswith("stet_source_verdict/a/")) == 1


def test_what_is_not_known_is_left_out_and_a_crawl_by_hand_is_no_night(tmp_path: Path) -> None:
    night = metrics.Night(exit_code=74, runs=[run(1, kind="crawl", b=("well", 1))], archive=metrics.held(tmp_path), days_left=None)
    assert figures(night, tmp_path / "s.prom") == {"stet_night_exit_code": 74, "stet_warc_bytes_total": 0, "stet_unsigned": 0}


def test_a_name_that_would_forge_a_line_stays_a_label(tmp_path: Path) -> None:
    name = 'a"} 1\nstet_unsigned 0\n#\\'
    night = metrics.Night(
        exit_code=0, runs=[run(1, **{name: ("well", 2)})], archive=metrics.Held(files=1, bytes=1, unsigned=1), days_left=None
    )
    found = figures(night, tmp_path / "s.prom")
    assert found["stet_unsigned"] == 1
    assert found[f"stet_source_kept/{name}"] == 2


def test_the_text_file_is_replaced_whole_and_another_user_may_read_it(tmp_path: Path) -> None:
    path = tmp_path / "stet.prom"
    path.write_text("old")
    with path.open() as reader:
        before = os.umask(0o077)
        try:
            figures(metrics.Night(exit_code=0, runs=[], archive=metrics.held(tmp_path), days_left=None), path)
        finally:
            os.umask(before)
        assert reader.read() == "old"  # who had it open keeps it
    assert stat.S_IMODE(path.stat().st_mode) == 0o644
    assert [entry.name for entry in tmp_path.iterdir()] == ["stet.prom"]


def test_a_folder_that_is_not_there_is_told_and_a_link_is_not_followed(tmp_path: Path) -> None:
    night = metrics.Night(exit_code=0, runs=[], archive=metrics.held(tmp_path), days_left=None)
    with pytest.raises(NotTold, match=r"metrics\.textfile: .*no such file"):
        metrics.write(tmp_path / "nowhere" / "stet.prom", night)
    kept = tmp_path / "kept"
    kept.write_text("mine")
    (tmp_path / "stet.prom.open").symlink_to(kept)
    with pytest.raises(NotTold):
        metrics.write(tmp_path / "stet.prom", night)
    assert kept.read_text() == "mine"


def test_the_settings_are_read_without_the_library_of_the_metrics() -> None:
    code = (
        "import sys, stet.config, stet.telling; print([name for name in ('prometheus_client', 'apprise', 'scrapy') if name in sys.modules])"
    )
    ended = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).resolve().parents[2]
    )
    assert ended.stdout == "[]\n"
