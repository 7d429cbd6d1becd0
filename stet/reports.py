"""The night reports of a data folder, read back: what `status` and `sources` tell before anything is published."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive.clock import from_iso
from archive.errors import BadInput

USEFUL = (0, 3)  # exit codes of a run that kept and published


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """One run that is over, as its report tells it."""

    night: str
    kind: str
    ended: datetime
    outcome: str
    exit_code: int
    headline: str
    bytes_written: int
    sources: Mapping[str, Mapping[str, Any]]  # by source id


def past_runs(data: Path, most: int = 30) -> list[Past]:
    """The newest runs, newest first. A report that cannot be read is passed over: the WARCs hold the same facts."""
    folder = data / "reports"
    names = sorted((path for path in folder.glob("[0-9]*.json")), reverse=True) if folder.is_dir() else []
    runs: list[Past] = []
    for path in names:
        if len(runs) == most:
            break
        try:
            runs.append(_read(path))
        except (OSError, ValueError, KeyError, TypeError, BadInput):
            continue
    return runs


def quiet_for(source: str, runs: list[Past]) -> int:
    """How many runs in a row, up to the newest, asked this source and kept nothing new of it."""
    asked = [run.sources[source] for run in runs if source in run.sources]
    return next((number for number, facts in enumerate(asked) if facts.get("kept")), len(asked))


def _read(path: Path) -> Past:
    said = json.loads(path.read_text(encoding="utf-8"))
    return Past(
        night=str(said["night"]),
        kind=str(said["kind_of_run"]),
        ended=from_iso(said["ended"]),
        outcome=str(said["outcome"]),
        exit_code=int(said["exit_code"]),
        headline=str(said["headline"]),
        bytes_written=int(said["bytes_written"]),
        sources={str(source["source"]): dict(source) for source in said["sources"]},
    )
