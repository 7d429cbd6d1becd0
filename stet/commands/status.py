"""`stet status`: one screen on how the archive is doing."""

import shutil
from collections.abc import Container
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

import typer

from stet import exits
from stet.session import Session

if TYPE_CHECKING:
    from stet.config import Config
    from stet.reports import Past

TWO_NIGHTS = timedelta(hours=48)
DAY = 86400.0


def status(context: typer.Context) -> int:
    """Show on one screen how the archive is doing.

    Last night, last success, sources that are not well, disk, and the next step.
    """
    from archive.clock import utc_now
    from stet import lock
    from stet.reports import USEFUL, past_runs
    from stet.show import SCHEMA, plain, show_facts

    session = Session.of(context)
    config = session.config()
    now = utc_now()
    runs = past_runs(config.data)
    ill = unwell(runs, config.night.quiet_nights, off=config.switched_off)
    success = next((run for run in runs if run.exit_code in USEFUL), None)
    code = _code(runs, success, ill, now)
    holder = lock.holder(config.data)
    facts: dict[str, object] = {
        "last_night": _told(runs[0]) if runs else "none yet",
        "last_success": plain(success.ended.replace(microsecond=0)) if success else "none yet",
        "published": _published(config),
        "not_well": [f"{source}: {why}" for source, why in ill.items()],
        "lock": f"held: {holder.verb}, {holder}" if holder else "free",
        **_disk(config, runs),
        "next": _next(config, code, ill, bool(runs)),
    }
    head = {"stet": "status", "schema": SCHEMA, "as_of": plain(now.replace(microsecond=0)), "exit_code": code}
    if not (session.quiet and code == exits.WELL):
        show_facts(facts, head=head, as_json=session.json)
    return code


def unwell(runs: "list[Past]", quiet_nights: int, *, off: Container[str] = ()) -> dict[str, str]:
    """Sources that are not well, each with its reason: the word of the last run that asked it, or silence for too many runs.

    Those that are switched `off` are left out.
    """
    from stet.reports import quiet_for

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


def _code(runs: "list[Past]", success: "Past | None", ill: dict[str, str], now: datetime) -> int:
    if runs and runs[0].exit_code == exits.INTEGRITY:
        return exits.INTEGRITY
    if success is None or now - success.ended > TWO_NIGHTS:
        return exits.NOTHING
    ended_well = runs[0].exit_code in (exits.WELL, exits.INTERRUPTED, exits.TERMINATED)
    return exits.PARTIAL if ill or not ended_well else exits.WELL


def _told(run: "Past") -> str:
    return f"{run.ended:%Y-%m-%d %H:%M} UTC, {run.kind}: {run.headline}"


def _published(config: "Config") -> str:
    from archive.errors import BadInput, StetError
    from queries.store import PUBLISHED, open_published, snapshot

    try:
        con = open_published(config.data)
        about = snapshot(con)
        con.close()
    except BadInput:
        return "nothing yet"
    except StetError as error:
        return f"damaged: {error.what}"
    size = (config.data / PUBLISHED).stat().st_size / 1e6
    return f"{about.built_at:%Y-%m-%d %H:%M} UTC, generation {about.generation}, {size:.1f} MB"


def _disk(config: "Config", runs: "list[Past]") -> dict[str, object]:
    """Free space, what a night writes, and how many days the space above the floor will last at that."""
    there = next((path for path in (config.data, *config.data.absolute().parents) if path.exists()), Path("/"))
    free = shutil.disk_usage(there).free
    facts: dict[str, object] = {"disk_free": f"{free / 2**30:.1f} GiB, floor {config.storage.free_floor / 2**30:.1f} GiB"}
    days = (runs[0].ended - runs[-1].ended).total_seconds() / DAY if len(runs) > 1 else 0.0
    written = sum(run.bytes_written for run in runs[:-1])
    if runs:
        facts["mb_per_run"] = round(sum(run.bytes_written for run in runs) / len(runs) / 1e6, 2)
    if days >= 1 and written:
        facts["disk_days_left"] = int(max(0, free - config.storage.free_floor) / (written / days))
    return facts


def _next(config: "Config", code: int, ill: dict[str, str], any_run: bool) -> str:
    if not config.data.is_dir():
        return f"there is no data folder {config.data} yet; type: stet doctor, then: stet night"
    if code == exits.INTEGRITY:
        return "stet verify"
    if ill:
        return f"stet sources {next(iter(ill))}"
    if code == exits.NOTHING:
        return "stet night" if not any_run else "stet doctor, then: stet night"
    return "nothing to do"
