"""The reports of earlier runs, read back from data/reports: what status, sources, the page of a night and the metrics tell."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import Any

from archive.clock import from_iso
from archive.errors import BadInput

USEFUL = (0, 3)  # exit codes of a run that kept and published
HABIT = 3  # nights, from which on they have a rhythm
DAY = 86400.0  # seconds


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run that is over, as its report tells it."""

    night: str
    kind: str
    started: datetime
    ended: datetime
    outcome: str
    exit_code: int
    headline: str
    bytes_written: int
    sources: Mapping[str, Mapping[str, Any]]  # by source id

    @property
    def kept(self) -> int:
        """Pages kept, of all sources."""
        return sum(int(facts.get("kept") or 0) for facts in self.sources.values())

    @property
    def ill(self) -> int:
        """Sources that were not well."""
        return sum(facts.get("verdict") != "well" for facts in self.sources.values())


def past_runs(data: Path, most: int = 30) -> list[Run]:
    """The newest runs, newest first. A report that cannot be read is passed over: the WARCs hold the same facts."""
    folder = data / "reports"
    names = sorted((path for path in folder.glob("[0-9]*.json")), reverse=True) if folder.is_dir() else []
    runs: list[Run] = []
    for path in names:
        if len(runs) == most:
            break
        try:
            runs.append(_read(path))
        except (OSError, ValueError, KeyError, TypeError, AttributeError, BadInput):
            continue
    return runs


def last_success(runs: Sequence[Run]) -> Run | None:
    """The newest run that kept something and could publish it."""
    return next((run for run in runs if run.exit_code in USEFUL), None)


def quiet_for(source: str, runs: Sequence[Run]) -> int:
    """How many runs in a row, up to the newest, asked this source and kept nothing new of it."""
    asked = [run.sources[source] for run in runs if source in run.sources]
    return next((number for number, facts in enumerate(asked) if facts.get("kept")), len(asked))


def kept_by(source: str, runs: Sequence[Run]) -> list[int]:
    """Pages kept of one source, oldest run first; runs that did not ask it are left out."""
    return [int(run.sources[source].get("kept") or 0) for run in reversed(runs) if source in run.sources]


def nights_of(runs: Sequence[Run]) -> list[Run]:
    """The scheduled runs among them; what a person started by hand has no rhythm and no watchdog."""
    return [run for run in runs if run.kind == "night"]


def bytes_per_day(runs: Sequence[Run]) -> float | None:
    """Bytes of WARC that a day brings, over the runs given; None where they span less than a day or wrote nothing."""
    span = (runs[0].ended - runs[-1].ended).total_seconds() / DAY if len(runs) > 1 else 0.0
    written = sum(run.bytes_written for run in runs[:-1])
    return written / span if span >= 1 and written else None


def days_left(runs: Sequence[Run], free: int, floor: int) -> float | None:
    """Days until the free bytes have shrunk to the floor at the pace of the runs; None while no pace is known."""
    pace = bytes_per_day(runs)
    return None if pace is None else max(0, free - floor) / pace


def next_due(runs: Sequence[Run]) -> datetime | None:
    """When the next night is to be expected by the rhythm of the last ones; None before there is one. Cron's own table is not read."""
    starts = [run.started for run in nights_of(runs)]
    if len(starts) < HABIT:
        return None
    gaps = [(later - earlier).total_seconds() for later, earlier in pairwise(starts)]
    return starts[0] + timedelta(seconds=median(gaps))


def _read(path: Path) -> Run:
    said = json.loads(path.read_text(encoding="utf-8"))
    return Run(
        night=str(said["night"]),
        kind=str(said["kind_of_run"]),
        started=from_iso(said["started"]),
        ended=from_iso(said["ended"]),
        outcome=str(said["outcome"]),
        exit_code=int(said["exit_code"]),
        headline=str(said["headline"]),
        bytes_written=int(said["bytes_written"]),
        sources={str(source["source"]): dict(source) for source in said["sources"]},
    )
