"""What a night has to say: the first line says all, then one entry per source. Written by rename, read by `stet status`."""

import contextlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Literal

from archive.clock import iso
from archive.disk import storage_error
from archive.facts import JSON, SCHEMA
from archive.visit import SOFTWARE
from queries.publish import Published

Outcome = Literal["well", "partial", "nothing", "interrupted", "failed"]


@dataclass(frozen=True, slots=True, kw_only=True)
class NightReport:
    """One run, whole: counts, the verdict of each source, what was published, and the exit code that cron sees."""

    night: str
    kind: str
    started: datetime
    ended: datetime
    outcome: Outcome
    exit_code: int
    sources: tuple[dict[str, JSON], ...]  # `night_source` facts, see crawler.tally
    bytes_written: int
    recovered: tuple[str, ...] = ()
    published: Published | None = None
    error: str | None = None
    mend: str = ""
    path: Path | None = None
    closing: dict[str, JSON] | None = None  # what the closing round asked, see crawler.closing; None where there was nothing to ask
    bounded: bool = False  # for given days or few pages only: no habit is made of it

    def total(self, count: str) -> int:
        """Sum of one count over all sources; for a mapping, of its values."""
        total = 0
        for source in self.sources:
            value = source[count]
            for number in value.values() if isinstance(value, Mapping) else (value,):
                total += number if isinstance(number, int) else 0
        return total

    def headline(self) -> str:
        """The line that says all: `partial: 38 of 41 sources well, 212 kept, 31 revisits; next: stet sources hkfp`."""
        well = sum(source["verdict"] == "well" for source in self.sources)
        line = (
            f"{self.total('kept')} kept, {self.total('revisits')} revisits, {self.total('dropped')} left out, {self.total('failed')} failed"
        )
        if self.error:  # a source that was stopped in the middle is neither well nor ill
            return f"{self.outcome}: {line}; {self.error}" + (f". {self.mend[0].upper()}{self.mend[1:]}" if self.mend else "")
        line = f"{self.outcome}: {well} of {len(self.sources)} sources well, {line}"
        ill = [str(source["source"]) for source in self.sources if source["verdict"] != "well"]
        if len(ill) > 1 and all("unreachable" in str(source["reason"]) for source in self.sources):  # it is us, not all of them
            return f"{line}; no site could be reached, next: look at the network of this machine"
        return f"{line}; next: stet sources {ill[0]}" if ill else line

    def lines(self, most: int = 25) -> list[str]:
        """The headline, and the sentences of the sources that are not well, up to so many."""
        ill = [f"  {sentence(source)}" for source in self.sources if source["verdict"] != "well"]
        more = [f"  and {len(ill) - most} more that are not well"] if len(ill) > most else []
        return [self.headline(), *ill[:most], *more, *(f"  {line}" for line in self.closing_lines())]

    def closing_lines(self) -> list[str]:
        """The line of the closing round, if there was one."""
        return [str(self.closing["line"])] if self.closing else []

    def facts(self) -> dict[str, JSON]:
        """The `night` record."""
        return {
            "schema": SCHEMA,
            "kind": "night",
            "night": self.night,
            "kind_of_run": self.kind,
            "bounded": self.bounded,
            "started": iso(self.started),
            "ended": iso(self.ended),
            "outcome": self.outcome,
            "exit_code": self.exit_code,
            "asked": self.total("asked"),
            "kept": self.total("kept"),
            "revisits": self.total("revisits"),
            "dropped": self.total("dropped"),
            "failed": self.total("failed"),
            "bytes_written": self.bytes_written,
            "closing": self.closing,
            "software": SOFTWARE,
        }

    def write(self, data: Path) -> Path:
        """Write data/reports/<night>.json, whole or not at all; returns its path. Raises StorageError."""
        folder = data / "reports"
        path = folder / f"{self.night}.json"
        whole = self.facts() | {
            "headline": self.headline(),
            "error": self.error,
            "mend": self.mend,
            "recovered": list(self.recovered),
            "published": None
            if self.published is None
            else {"generation": self.published.generation, "rows": self.published.rows, "bytes": self.published.bytes},
            "sources": list(self.sources),
        }
        aside = path.with_suffix(".tmp")
        try:
            folder.mkdir(parents=True, exist_ok=True)
            aside.write_text(json.dumps(whole, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
            aside.replace(path)
        except OSError as error:
            with contextlib.suppress(OSError):
                aside.unlink(missing_ok=True)
            raise storage_error(f"the report {path} cannot be written", error) from error
        return path


def sentence(source: Mapping[str, object]) -> str:
    """One source of a night: `hkfp: well; 41 asked, 12 kept, 3 revisits, 26 left out (off-topic 25, robots 1), newest of 2026-03-01`."""
    said = [f"{source['asked']} asked", f"{source['kept']} kept", f"{source['revisits']} revisits"]
    for word, name in (("left out", "dropped"), ("failed", "failed")):
        counts = source.get(name)
        if isinstance(counts, dict) and counts:
            said.append(f"{sum(counts.values())} {word} ({', '.join(f'{reason} {number}' for reason, number in counts.items())})")
    if source.get("without_text"):
        said.append(f"{source['without_text']} without text")
    if source.get("newest_published"):
        said.append(f"newest of {source['newest_published']}")
    why = f" ({source['reason']})" if source.get("reason") else ""
    return f"{source['source']}: {source['verdict']}{why}; {', '.join(said)}"
