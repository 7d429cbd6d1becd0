"""`stet status`: one screen on how the archive is doing."""

from collections.abc import Container, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from stet import exits
from stet.session import Session

if TYPE_CHECKING:
    from crawler.runs import Run
    from stet.config import Config

TWO_NIGHTS = timedelta(hours=48)
GRACE = timedelta(hours=1)  # by which a night may begin later than it used to, beside night.start_jitter


def status(context: typer.Context) -> int:
    """Show on one screen how the archive is doing.

    Last night, last success, sources by health, disk, when the next night is due, and the next step.
    """
    from archive.clock import utc_now
    from crawler.runs import last_success, past_runs
    from stet import lock
    from stet.show import SCHEMA, plain, show_facts

    session = Session.of(context)
    config = session.config()
    now = utc_now()
    runs = past_runs(config.data)
    ill = unwell(runs, config.night.quiet_nights, off=config.switched_off)
    success = last_success(runs)
    code = _code(runs, success, ill, now)
    holder = lock.holder(config.data)
    waiting = _waiting(config.data)
    facts: dict[str, object] = {
        "last_night": _told(runs[0]) if runs else "none yet",
        "last_success": f"{plain(success.ended.replace(microsecond=0))}, {_ago(now - success.ended)} ago" if success else "none yet",
        "published": _published(config, waiting),
        "sources": _health(runs, ill, config.switched_off),
        "not_well": [f"{source}: {why}" for source, why in ill.items()],
        "lock": f"held: {holder.verb}, {holder}" if holder else "free",
        **_disk(config, runs),
        "next_night": "running now" if holder and holder.verb == "night" else _due(config, runs, now),
        "next": _next(config, code, ill, any_run=bool(runs), waits=bool(waiting) and not holder),
    }
    head = {"stet": "status", "schema": SCHEMA, "as_of": plain(now.replace(microsecond=0)), "exit_code": code}
    if not (session.quiet and code == exits.WELL):
        show_facts(facts, head=head, as_json=session.json)
    return code


def unwell(runs: "Sequence[Run]", quiet_nights: int, *, off: Container[str] = ()) -> dict[str, str]:
    """Sources that are not well, each with its reason: the word of the last run that asked it, or silence for too many runs.

    Those that are switched `off` are left out.
    """
    from crawler.runs import quiet_for

    newest: dict[str, tuple[str, str]] = {}
    for run in reversed(runs):
        for source, facts in run.sources.items():
            newest[source] = (str(facts.get("verdict")), str(facts.get("reason") or ""))
    found: dict[str, str] = {}
    for source, (verdict, reason) in sorted(newest.items()):
        quiet = quiet_for(source, runs)
        if source in off:
            continue
        if verdict != "well":
            found[source] = f"{verdict}, {reason}" if reason else verdict
        elif quiet >= quiet_nights:
            found[source] = f"silent, nothing new in {quiet} runs"
    return found


def _code(runs: "Sequence[Run]", success: "Run | None", ill: dict[str, str], now: datetime) -> int:
    if runs and runs[0].exit_code == exits.INTEGRITY:
        return exits.INTEGRITY
    if success is None or now - success.ended > TWO_NIGHTS:
        return exits.NOTHING
    ended_well = runs[0].exit_code in (exits.WELL, exits.INTERRUPTED, exits.TERMINATED)
    return exits.PARTIAL if ill or not ended_well else exits.WELL


def _told(run: "Run") -> str:
    return f"{run.ended:%Y-%m-%d %H:%M} UTC, {run.kind}: {run.headline}"


def _ago(gone: timedelta) -> str:
    hours = max(0, int(gone.total_seconds() // 3600))
    return f"{hours} h" if hours < 48 else f"{hours // 24} days"


def _health(runs: "Sequence[Run]", ill: dict[str, str], off: Container[str]) -> dict[str, int]:
    """How many sources are well, and how many of each other word; those that no run has asked yet are in `stet sources`."""
    met = {source for run in runs for source in run.sources if source not in off}
    counted = {"well": len(met - set(ill))} if met else {}
    for why in ill.values():
        word = why.partition(",")[0]
        counted[word] = counted.get(word, 0) + 1
    return counted


def _waiting(data: Path) -> int:
    """How many sealed files came after the published index."""
    from archive.reader import sealed_files
    from queries.store import PUBLISHED

    published = data / PUBLISHED
    since = published.stat().st_mtime if published.exists() else 0.0
    return sum(path.stat().st_mtime > since for path in sealed_files(data))


def _published(config: "Config", waiting: int) -> str:
    from archive.errors import BadInput, StetError
    from queries.store import PUBLISHED, open_published, snapshot

    later = f"; {waiting} {'file waits' if waiting == 1 else 'files wait'} for stet publish" if waiting else ""
    try:
        con = open_published(config.data)
        about = snapshot(con)
        con.close()
    except BadInput:
        return "nothing yet" + later
    except StetError as error:
        return f"damaged: {error.what}"
    size = (config.data / PUBLISHED).stat().st_size / 1e6
    return f"{about.built_at:%Y-%m-%d %H:%M} UTC, generation {about.generation}, {size:.1f} MB{later}"


def _disk(config: "Config", runs: "Sequence[Run]") -> dict[str, object]:
    """What the archive takes, what a night adds, what is free, and how many days the space above the floor will last at that."""
    from archive.disk import free_bytes, nearest_folder
    from crawler.runs import days_left, nights_of

    free = free_bytes(nearest_folder(config.data))
    facts: dict[str, object] = {"disk_used": _used(config.data)}
    if like := nights_of(runs) or runs:
        facts["mb_per_night"] = round(sum(run.bytes_written for run in like) / len(like) / 1e6, 2)
    facts["disk_free"] = f"{free / 2**30:.1f} GiB, floor {config.storage.free_floor / 2**30:.1f} GiB"
    days = days_left(runs, free, config.storage.free_floor)
    facts["disk_days_left"] = None if days is None else int(days)
    return facts


def _used(data: Path) -> str:
    """Bytes below the data folder: what has to be kept, and what could be made again from it."""
    from archive.ledger import LEDGER

    sizes = {"warc": 0, "derived": 0}
    for path in data.rglob("*"):
        try:
            if path.is_file() and not path.is_symlink():
                below = path.relative_to(data).parts[0]
                sizes["warc" if below in ("warc", LEDGER) else "derived"] += path.stat().st_size
        except OSError:
            continue  # a running night renames files under our eyes
    return f"{sizes['warc'] / 2**20:,.1f} MiB of WARC and ledger, {sizes['derived'] / 2**20:,.1f} MiB made from them"


def _due(config: "Config", runs: "Sequence[Run]", now: datetime) -> str:
    """When the next night is to be expected, by the rhythm of the last ones; nobody reads cron's table."""
    from crawler.runs import HABIT, next_due

    due = next_due(runs)
    if due is None:
        return f"not known before {HABIT} nights have run"
    late = now - due > GRACE + timedelta(seconds=config.night.start_jitter)
    return f"overdue since {due:%Y-%m-%d %H:%M} UTC: does cron or the timer still run?" if late else f"{due:%Y-%m-%d %H:%M} UTC"


def _next(config: "Config", code: int, ill: dict[str, str], *, any_run: bool, waits: bool) -> str:
    if not config.data.is_dir():
        return f"there is no data folder {config.data} yet; type: stet doctor, then: stet night"
    if code == exits.INTEGRITY:
        return "stet verify"
    if ill:
        return f"stet sources {next(iter(ill))}"
    if code == exits.NOTHING:
        return "stet night" if not any_run else "stet doctor, then: stet night"
    if waits:
        return "stet publish"
    return "nothing to do"
