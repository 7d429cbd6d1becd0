"""The report of a night as a page: one file with everything in it, small charts, no script, nothing fetched from anywhere."""

import base64
import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from archive.disk import replace_file
from archive.inert import inert
from crawler.report import NightReport
from crawler.runs import Run, kept_by, past_runs

HERE = Path(__file__).parent
RUNS = 30  # of the past, in the charts
WIDTH, HEIGHT, LOW = 300.0, 72.0, 1.5  # of a chart, in its own units; a bar is never lower, or nobody would see that a run was there
LINE_WIDTH, LINE_HEIGHT = 84.0, 20.0  # of the small ones in the table
_COUNTS = ("asked", "kept", "revisits", "without_text")
_WORST = ("failing", "blocked", "disallowed", "silent", "thin", "flood", "well")


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar of a chart: where it stands, and what it says to whoever points at it."""

    x: float
    y: float
    width: float
    height: float
    says: str
    now: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart: what it shows, the value of this night and the highest one in words, and its bars, oldest run first."""

    title: str
    now: str
    most: str
    bars: tuple[Bar, ...]


def with_page(report: NightReport, data: Path, say: Callable[[str], None]) -> NightReport:
    """The same report, with its page written beside its JSON. What keeps the page from being written is said, and costs nothing else."""
    try:
        write_page(report, data)
    except Exception as error:
        say(f"the page of the report was not written: {inert(str(error)) or type(error).__name__}")
    return report


def write_page(report: NightReport, data: Path, *, fsync: bool = True) -> Path:
    """Write data/reports/<night>.html beside the JSON, by rename; gives its path. The JSON is there already. Raises OSError."""
    path = data / "reports" / f"{report.night}.html"
    replace_file(path, page(report, past_runs(data, RUNS)).encode("utf-8", "backslashreplace"), fsync)
    return path


def page(report: NightReport, runs: Sequence[Run]) -> str:
    """The page as text. `runs`: newest first, this night among them."""
    style = (HERE / "report.css").read_text(encoding="utf-8")
    return _environment().get_template("report.html.j2").render(
        report=report,
        style=Markup(style),  # noqa: S704 (our own file)
        style_hash=_csp_hash(style),
        charts=list(_charts(runs, report.night)),
        sources=sorted((_row(source, runs) for source in report.sources), key=_worst_first),
        figures=_figures(report),
        chart_size=(WIDTH, HEIGHT),
        line_size=(LINE_WIDTH, LINE_HEIGHT),
    )  # fmt: skip


def bars(values: Sequence[tuple[str, float, bool]], *, width: float = WIDTH, height: float = HEIGHT) -> tuple[Bar, ...]:
    """Values (words, number, is it this night) as bars that fill the room from the left; the highest one has the full height.

    >>> [(bar.x, bar.height) for bar in bars([("a", 5, False), ("b", 10, True)], width=20, height=10)]
    [(0.0, 5.0), (10.0, 10.0)]
    """
    most = max((number for _, number, _ in values), default=0) or 1
    step = width / max(len(values), 1)
    made = []
    for place, (words, number, now) in enumerate(values):
        tall = max(round(height * max(number, 0) / most, 2), LOW)
        made.append(Bar(round(place * step, 2), round(height - tall, 2), round(step * 0.8, 2), tall, words, now))
    return tuple(made)


def _environment() -> Environment:
    """Every value is escaped, whatever the file is called, and made inert before that; a name that is missing is an error."""
    made = Environment(
        loader=FileSystemLoader(HERE), autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        finalize=lambda value: inert(value) if type(value) is str else value,
    )  # fmt: skip
    made.filters["number"] = lambda value: f"{value:,}".replace(",", "\u2009") if isinstance(value, int) else value
    return made


def _csp_hash(style: str) -> str:
    """The style sheet as the Content-Security-Policy names it (CSP level 3, section 2.3.1): the page can have no other."""
    return "sha256-" + base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()


def _charts(runs: Sequence[Run], night: str) -> Iterator[Chart]:
    """What every run gave, oldest first. A single run is no chart."""
    if len(runs) < 2:
        return
    past = list(reversed(runs))
    for title, unit, numbers in (
        ("Pages kept", "", [float(run.kept) for run in past]),
        ("Written", " MB", [run.bytes_written / 1e6 for run in past]),
        ("Sources not well", "", [float(run.ill) for run in past]),
    ):
        told = [f"{_short(number)}{unit}" for number in numbers]
        at = [f"{run.started:%Y-%m-%d %H:%M}, {run.kind}: {word}" for run, word in zip(past, told, strict=True)]
        now = [run.night == night for run in past]
        this = told[now.index(True)] if True in now else ""
        yield Chart(title, this, f"{_short(max(numbers))}{unit}", bars(list(zip(at, numbers, now, strict=True))))


def _short(number: float) -> str:
    return f"{number:.0f}" if number == int(number) or number >= 100 else f"{number:.1f}"


def _figures(report: NightReport) -> list[tuple[str, str]]:
    """The facts of the whole run, as words and numbers."""
    minutes = (report.ended - report.started).total_seconds() / 60
    found = [
        ("run", f"{report.kind}, {report.started:%Y-%m-%d %H:%M} to {report.ended:%H:%M} UTC, {minutes:.0f} min"),
        ("exit code", str(report.exit_code)),
        *((word, f"{report.total(count):,}") for word, count in (("asked", "asked"), ("kept", "kept"), ("revisits", "revisits"))),
        *((word, f"{report.total(count):,}") for word, count in (("left out", "dropped"), ("failed", "failed"))),
        ("written", f"{report.bytes_written / 1e6:,.1f} MB of WARC"),
        *(("closing round", line) for line in report.closing_lines()),
    ]
    if report.published:
        rows = ", ".join(f"{report.published.rows[table]:,} {table}" for table in ("articles", "events") if table in report.published.rows)
        found.append(("published", f"{report.published.bytes / 1e6:,.1f} MB" + (f": {rows}" if rows else "")))
    else:
        found.append(("published", "no; what was published before stands"))
    return found


def _row(source: Mapping[str, Any], runs: Sequence[Run]) -> dict[str, Any]:
    """One source as the table shows it. `usual`: the median of the runs that brought anything, this one left out."""
    past = kept_by(str(source["source"]), runs)
    before = [kept for kept in past[:-1] if kept]
    row: dict[str, Any] = {count: source.get(count) or 0 for count in _COUNTS}
    row |= {name: str(source.get(name) or "") for name in ("source", "verdict", "reason", "newest_published")}
    row |= {name: _counted(source.get(name)) for name in ("dropped", "failed", "notes")}
    row["seeds"] = _seeds(source.get("seeds"))
    row["usual"] = f"{median(before):.0f}" if before else ""
    row["line"] = bars([(str(kept), kept, place == len(past)) for place, kept in enumerate(past, 1)], width=LINE_WIDTH, height=LINE_HEIGHT)
    row["past"] = ", ".join(map(str, past))
    return row


def _counted(counts: object) -> dict[str, Any]:
    """Reasons with their numbers, the commonest first, and the sum."""
    reasons = sorted(counts.items(), key=lambda item: -item[1]) if isinstance(counts, Mapping) else []
    return {"sum": sum(number for _, number in reasons), "why": ", ".join(f"{reason} {number}" for reason, number in reasons)}


def _seeds(told: object) -> str:
    """How the seeds ended: `3 answered, 1 failed`."""
    outcomes = (
        Counter(str(seed.get("outcome")) for seed in told if isinstance(seed, Mapping)) if isinstance(told, list | tuple) else Counter()
    )
    return ", ".join(f"{number} {outcome}" for outcome, number in outcomes.most_common())


def _worst_first(row: Mapping[str, Any]) -> tuple[int, str]:
    return (_WORST.index(row["verdict"]) if row["verdict"] in _WORST else 0, row["source"])
