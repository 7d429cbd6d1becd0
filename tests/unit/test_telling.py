"""Telling: the right word to the right place, and whatever happens there, the night keeps its outcome."""

import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from archive.errors import NoSpace, NotTold
from crawler.outlets import Metrics, Notify, Outlets, Ping
from crawler.report import NightReport
from crawler.rules import Rules
from stet import telling
from stet.exits import Terminated
from stet.telling import Telling, ready
from tests.watchdog import SECRET, Watchdog, watchdog

STARTED = datetime(2026, 11, 22, 2, 15, tzinfo=UTC)


@pytest.fixture
def dog() -> Iterator[Watchdog]:
    with watchdog() as running:
        yield running


@pytest.fixture
def outlets(tmp_path: Path, dog: Watchdog) -> Outlets:
    (tmp_path / "ping.url").write_text(dog.url)
    (tmp_path / "ping.url").chmod(0o600)
    return Outlets(ping=Ping(url_file=tmp_path / "ping.url"), metrics=Metrics(textfile=tmp_path / "stet.prom"))


def report(code: int, outcome: str, *verdicts: str) -> NightReport:
    named = zip(("hkfp", "cdt", "rfa"), verdicts, strict=False)
    counts = {"asked": 1, "kept": 0, "revisits": 0, "dropped": {}, "failed": {}}
    sources = tuple({"source": name, "verdict": word, "reason": f"{name} is {word}", **counts} for name, word in named)
    return NightReport(
        night=f"{STARTED:%Y%m%d%H%M%S}", kind="night", started=STARTED, ended=STARTED + timedelta(hours=1), outcome=outcome,  # type: ignore[arg-type]
        exit_code=code, sources=sources, bytes_written=0,
    )  # fmt: skip


def tell(outlets: Outlets, data: Path, told: NightReport) -> list[str]:
    said: list[str] = []
    told.write(data)
    with Telling(outlets, Rules(data=data), warn=said.append) as one:
        one.report(told)
    return said


@pytest.mark.parametrize(
    ("code", "outcome", "end"),
    [(0, "well", ""), (3, "partial", ""), (4, "nothing", "/fail"), (5, "failed", "/fail"), (143, "interrupted", "/fail")],
)
def test_the_watchdog_hears_start_and_end_with_the_first_lines(
    tmp_path: Path, dog: Watchdog, outlets: Outlets, code: int, outcome: str, end: str
) -> None:
    told = report(code, outcome, "well", "blocked")
    assert tell(outlets, tmp_path / "data", told) == []
    assert dog.events == ["/start", end]
    first, *others = dog.came[1][1].splitlines()
    assert first == told.headline()
    assert len(others) == 1 and others[0].startswith("  cdt: blocked (cdt is blocked)")
    assert f"stet_night_exit_code {code}.0" in (tmp_path / "stet.prom").read_text()


def test_a_night_that_never_came_to_a_report_is_a_failure_with_its_own_code(tmp_path: Path, dog: Watchdog, outlets: Outlets) -> None:
    for error, words, code in (
        (NoSpace("the disk is full", mend="free some space"), "the disk is full. Free some space", 74),
        (RuntimeError("of ours"), "RuntimeError", 1),
        (Terminated(), "Terminated", 143),
        (KeyboardInterrupt(), "KeyboardInterrupt", 130),
        (PermissionError(13, "Permission denied"), "PermissionError", 74),
    ):
        dog.came.clear()
        with pytest.raises(type(error)), Telling(outlets, Rules(data=tmp_path), warn=print):
            raise error
        assert dog.events == ["/start", "/fail"]
        assert words in dog.came[1][1]
        assert f"stet_night_exit_code {code}.0" in (tmp_path / "stet.prom").read_text()


def test_an_error_after_the_report_is_not_told_twice(tmp_path: Path, dog: Watchdog, outlets: Outlets) -> None:
    with pytest.raises(KeyboardInterrupt), Telling(outlets, Rules(data=tmp_path), warn=print) as one:
        one.report(report(0, "well", "well"))
        raise KeyboardInterrupt
    assert dog.events == ["/start", ""]


def test_a_watchdog_that_is_gone_costs_a_line_and_the_others_are_told(tmp_path: Path, dog: Watchdog, outlets: Outlets) -> None:
    dog.answers = [404, 404]
    said = tell(outlets, tmp_path / "data", report(0, "well", "well"))
    assert len(said) == 2
    assert all("404" in line and SECRET not in line for line in said)
    assert "stet_night_exit_code 0.0" in (tmp_path / "stet.prom").read_text()


def test_trouble_of_the_metrics_keeps_nothing_from_the_watchdog(tmp_path: Path, dog: Watchdog, outlets: Outlets) -> None:
    outlets = Outlets(ping=outlets.ping, metrics=Metrics(textfile=tmp_path / "nowhere" / "stet.prom"))
    (said,) = tell(outlets, tmp_path / "data", report(0, "well", "well"))
    assert "metrics.textfile" in said
    assert dog.events == ["/start", ""]


def test_what_hangs_without_end_is_left_alone(tmp_path: Path, dog: Watchdog, outlets: Outlets, monkeypatch: pytest.MonkeyPatch) -> None:
    held = threading.Event()
    monkeypatch.setattr(telling, "PATIENCE", 0.1)
    monkeypatch.setattr(telling, "ping", lambda *_, **__: held.wait(60))  # a name that never resolves: no timeout of a socket reaches it
    said = tell(Outlets(ping=outlets.ping), tmp_path / "data", report(0, "well", "well"))
    held.set()
    assert [line.partition(":")[0] for line in said] == ["ping", "ping"]


def test_a_bug_in_an_outlet_is_named_by_its_kind_alone(
    tmp_path: Path, dog: Watchdog, outlets: Outlets, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise KeyError(dog.url)

    monkeypatch.setattr(telling, "ping", broken)
    said = tell(outlets, tmp_path / "data", report(0, "well", "well"))
    assert len(said) == 2
    assert all("KeyError" in line and SECRET not in line for line in said)


def test_people_hear_only_of_the_occasions_they_asked_for(tmp_path: Path) -> None:
    empty = tmp_path / "urls"
    empty.write_text("# nobody\n")
    for on, code, verdict, lines in (
        (("silent",), 3, "blocked", 0),
        (("silent",), 3, "silent", 1),
        (("partial",), 3, "blocked", 1),
        (("failed", "integrity"), 5, "well", 1),
        (("failed",), 0, "well", 0),
    ):
        said = tell(Outlets(notify=Notify(urls_file=empty, on=on)), tmp_path / "data", report(code, "partial", verdict))
        assert len(said) == lines, (on, code, verdict)  # the file holds no address: to try is to complain


def test_nobody_to_tell_is_nothing_to_do(tmp_path: Path) -> None:
    assert tell(Outlets(), tmp_path / "data", report(4, "nothing", "failing")) == []
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data"]


def test_ready_names_what_will_not_work_before_the_night(tmp_path: Path, outlets: Outlets, dog: Watchdog) -> None:
    assert ready(outlets) == "a watchdog, Prometheus"
    assert dog.came == []  # nobody was told anything
    assert "nobody is told" in ready(Outlets())
    open_file = tmp_path / "open"
    open_file.write_text(dog.url)
    open_file.chmod(0o644)
    empty = tmp_path / "empty"
    empty.touch(0o600)
    for wrong, word in (
        (Outlets(ping=Ping(url_file=open_file)), "open to everybody"),
        (Outlets(ping=Ping(url_file=empty)), "is empty"),
        (Outlets(ping=Ping(url_file=tmp_path / "missing")), "no such file"),
        (Outlets(metrics=Metrics(textfile=tmp_path / "stet.txt")), ".prom"),
        (Outlets(metrics=Metrics(textfile=tmp_path / "nowhere" / "stet.prom")), "cannot be written"),
    ):
        with pytest.raises(NotTold, match=word) as caught:
            ready(wrong)
        assert SECRET not in f"{caught.value.what} {caught.value.mend}"


def test_the_report_that_was_told_is_the_report_that_was_written(tmp_path: Path, outlets: Outlets, dog: Watchdog) -> None:
    told = report(3, "partial", "silent")
    tell(outlets, tmp_path / "data", told)
    written = json.loads((tmp_path / "data" / "reports" / f"{told.night}.json").read_text())
    assert dog.came[-1][1].startswith(written["headline"])
