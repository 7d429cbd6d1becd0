"""What Prometheus hears of a night: one text file, written by rename, for the textfile collector of its node exporter."""

import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import get_args

from prometheus_client import CollectorRegistry
from prometheus_client.core import CounterMetricFamily, GaugeMetricFamily, Metric
from prometheus_client.exposition import generate_latest

from archive.disk import write_all
from archive.errors import NotTold
from archive.reader import sealed_files
from crawler.runs import Run, last_success, nights_of
from crawler.verdicts import Verdict

READABLE = 0o644  # another user collects it; it holds names of sources and numbers


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """What is archived: WARC files that are sealed, their bytes, and those among them that no signature covers."""

    files: int
    bytes: int
    unsigned: int


def held(data: Path) -> Held:
    """Count the sealed files of a data folder. Nothing signs yet, so all of them are unsigned. Raises OSError."""
    sizes = [path.stat().st_size for path in sealed_files(data)]
    return Held(files=len(sizes), bytes=sum(sizes), unsigned=len(sizes))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)  # a registry tells its collectors apart by what they are, not by what they hold
class Night:
    """A collector for one registry: the facts of the night that ended, and of the archive it left."""

    exit_code: int
    runs: Sequence[Run]  # newest first, this night among them if it came to a report
    archive: Held
    days_left: float | None

    def collect(self) -> Iterator[Metric]:
        """Every figure. Those that are not known are left out: 0 would be a lie."""
        nights = nights_of(self.runs)
        if success := last_success(nights):
            said = "End of the last night that kept something and published"
            yield GaugeMetricFamily("stet_last_success_timestamp_seconds", said, value=success.ended.timestamp())
        yield GaugeMetricFamily("stet_night_exit_code", "Exit code of the last night, as in docs/cli.md", value=self.exit_code)
        if nights:
            yield from _sources(nights[0])
        if self.days_left is not None:
            said = "Days until free space has shrunk to storage.free_floor at the present pace"
            yield GaugeMetricFamily("stet_disk_days_left", said, value=self.days_left)
        yield CounterMetricFamily("stet_warc_bytes", "Bytes of all sealed WARC files", value=self.archive.bytes)
        yield GaugeMetricFamily("stet_unsigned", "Sealed WARC files that no signature covers", value=self.archive.unsigned)


def write(path: Path, night: Night) -> None:
    """Write the file whole, readable for others. Raises NotTold naming file and cause; the old file then stands."""
    registry = CollectorRegistry(auto_describe=False)
    registry.register(night)  # a collector is whatever has `collect`
    aside = path.with_name(path.name + ".open")  # a name the node exporter passes over
    try:
        fd = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC | os.O_NOFOLLOW, READABLE)
        try:
            os.fchmod(fd, READABLE)  # whatever the umask of a run is
            write_all(fd, generate_latest(registry))
        finally:
            os.close(fd)
        aside.replace(path)
    except OSError as error:
        what = f"metrics.textfile: {path} was not written ({(error.strerror or str(error)).lower()})"
        raise NotTold(what, mend="make its folder, and let this user write there") from None


def _sources(night: Run) -> Iterator[Metric]:
    """Pages kept, and the verdict as a set of states: 1 for the one that holds, 0 for the others."""
    kept = GaugeMetricFamily("stet_source_kept", "Pages kept in the last night", labels=["source"])
    verdict = GaugeMetricFamily("stet_source_verdict", "1 for the verdict of the last night", labels=["source", "verdict"])
    for source, facts in sorted(night.sources.items()):
        kept.add_metric([source], float(facts.get("kept") or 0))
        for word in get_args(Verdict):
            verdict.add_metric([source, word], float(facts.get("verdict") == word))
    yield kept
    yield verdict
