"""The whole run: mend what a killed run left, visit the sources, write the night's own lines, publish, report.

One call per process, for a Twisted reactor runs once. The lock on the data folder is the caller's.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from archive.clock import from_iso, iso, to14, utc_now
from archive.disk import refuse_below
from archive.errors import StetError, StorageError
from archive.model import Source
from archive.recover import recover
from crawler.history import VISITED
from crawler.report import NightReport, Outcome
from crawler.reportpage import with_page
from crawler.rounds import Rounds
from crawler.rules import Rules
from crawler.shift import Shift
from crawler.tally import Tally
from queries.build import build
from queries.publish import Published, publish
from spiders.shapes import SourceSpider


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What this run is to do: which spiders, within which days and bounds, and whether it ends in a publication."""

    spiders: Sequence[type[SourceSpider]]
    cards: Sequence[Source]  # all sources of the house, for the index
    kind: str = "night"
    window: float | None = None  # seconds
    since: date | None = None
    until: date | None = None
    max_pages: int | None = None
    publish: bool = True
    config_digest: str = ""


def run_night(
    rules: Rules,
    plan: Plan,
    *,
    clock: Callable[[], datetime] = utc_now,
    progress: Callable[[Tally], None] = lambda tally: None,
    say: Callable[[str], None] = lambda line: None,
) -> NightReport:
    """Run it all. The report is returned and written to data/reports; StetError only for what keeps a night from starting."""
    refuse_below(rules.data, rules.storage.free_floor)
    started = clock()
    recovered = tuple(recover(rules.data, clock=clock, fsync=rules.storage.fsync))
    for line in recovered:
        say(line)
    shift = Shift(
        rules=rules,
        night=to14(started),
        clock=clock,
        since=plan.since,
        until=plan.until,
        max_pages=plan.max_pages,
        resting=plan.kind == "night",
        config_digest=plan.config_digest,
        progress=progress,
    )
    rounds = Rounds(shift, plan.spiders, window=plan.window)
    with shift:
        if shift.ledger.newest and (now := clock()) < from_iso(shift.ledger.newest):  # mending wrote lines of its own after `started`
            say(f"the clock says {iso(now)}, but something was kept at {shift.ledger.newest}: set the clock of this machine right")
        rounds.run()
    report = _close(shift, plan, started, recovered, rounds.caught)
    published, trouble = None, None
    if plan.publish and report.outcome not in ("nothing", "failed"):
        try:
            say("publishing")
            published = _publish(rules, plan, shift, clock, say)
        except StetError as error:
            trouble = error
    if trouble is not None:
        report = replace(report, outcome="failed", exit_code=trouble.exit_code, error=trouble.what, mend=trouble.mend)
    report = replace(report, published=published, ended=clock())
    try:
        return with_page(replace(report, path=report.write(rules.data)), rules.data, say)
    except StorageError as error:  # a full disk has been told of already, if it cost more than this
        told = replace(report, outcome="failed", exit_code=error.exit_code, error=error.what, mend=error.mend)
        return report if report.error else told


def _close(shift: Shift, plan: Plan, started: datetime, recovered: tuple[str, ...], caught: int | None) -> NightReport:
    """Sum the sources up, and seal the night's own lines beside theirs."""
    sources = tuple(tally.facts(shift.night) for _, tally in sorted(shift.tallies.items()))
    outcome, code = _outcome(shift, sources, caught)
    report = NightReport(
        night=shift.night,
        kind=plan.kind,
        bounded=bool(plan.since or plan.until or plan.max_pages),
        started=started,
        ended=shift.clock(),
        outcome=outcome,
        exit_code=code,
        sources=sources,
        bytes_written=shift.bytes_written,
        closing=shift.closing.facts() if shift.closing else None,
        recovered=recovered,
        error=shift.broken.what if shift.broken else None,
        mend=shift.broken.mend if shift.broken else "",
    )
    try:
        with shift.writer("night") as writer:
            for facts in sources:
                writer.write_facts(facts, url=f"urn:stet:night:{shift.night}:{facts['source']}")
                shift.ledger.append("source", night=shift.night, source=facts["source"], verdict=facts["verdict"], kept=facts["kept"])
            writer.write_facts(report.facts() | {"config_digest": plan.config_digest}, url=f"urn:stet:night:{shift.night}")
        shift.ledger.append("night", night=shift.night, outcome=outcome, exit_code=code, kept=report.total("kept"))
    except StetError as error:
        if shift.broken is None:
            report = replace(report, outcome="failed", exit_code=error.exit_code, error=error.what, mend=error.mend)
    return report


def _outcome(shift: Shift, sources: Sequence[Mapping[str, object]], caught: int | None) -> tuple[Outcome, int]:
    """The word and the exit code of the run, from what was counted; never from Scrapy."""
    if shift.broken is not None:
        return "failed", shift.broken.exit_code
    if caught is not None:
        return "interrupted", 128 + caught
    verdicts = {str(source["verdict"]) for source in sources}
    if not verdicts & VISITED:
        return "nothing", 4
    return ("well", 0) if verdicts == {"well"} else ("partial", 3)


def _publish(rules: Rules, plan: Plan, shift: Shift, clock: Callable[[], datetime], say: Callable[[str], None]) -> Published:
    """Cast the new rows and rename the new index into place. A damaged archive refuses (IntegrityError)."""
    for line in build(rules.data, sources=plan.cards, jobs=rules.read.workers).unknown:
        say(line)
    return publish(rules.data, withdrawn=rules.withdrawn, storage_version=rules.storage_version, ledger=shift.ledger, clock=clock)
