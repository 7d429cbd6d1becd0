"""The whole run: mend what a killed run left, visit the sources, write the night's own lines, publish, report.

One call per process, for a Twisted reactor runs once. The lock on the data folder is the caller's.
"""

import asyncio
import signal
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime

from scrapy.crawler import AsyncCrawlerRunner
from scrapy.utils.reactor import install_reactor

from archive.clock import to14, utc_now
from archive.errors import StetError
from archive.model import Source
from archive.recover import recover
from crawler.addon import Stet
from crawler.report import NightReport, Outcome
from crawler.rules import Rules
from crawler.shift import Shift
from crawler.tally import Tally
from queries.build import build
from queries.publish import Published, publish
from spiders.shapes import SourceSpider

REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


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
        config_digest=plan.config_digest,
        progress=progress,
    )
    with shift:
        caught = _visit(shift, plan)
    report = _close(shift, plan, started, recovered, caught)
    published, trouble = None, None
    if plan.publish and report.outcome not in ("nothing", "failed"):
        try:
            say("publishing")
            published = _publish(rules, plan, shift, clock)
        except StetError as error:
            trouble = error
    if trouble is not None:
        report = replace(report, outcome="failed", exit_code=trouble.exit_code, error=trouble.what, mend=trouble.mend)
    report = replace(report, published=published, ended=clock())
    return replace(report, path=report.write(rules.data))


def _visit(shift: Shift, plan: Plan) -> int | None:
    """Run every spider, at most as many at once as connections are allowed. The signal that ended it early, if any."""
    install_reactor(REACTOR)
    from twisted.internet import reactor
    from twisted.internet.defer import Deferred

    runner = AsyncCrawlerRunner({"ADDONS": {Stet: 0}, "STET_RULES": shift.rules, "LOG_ENABLED": False})
    caught: list[int] = []
    tasks: list[asyncio.Task[None]] = []  # held, or the loop may forget them
    room = asyncio.Semaphore(shift.rules.polite.total)
    stopping = asyncio.Event()

    async def one(spider: type[SourceSpider]) -> None:
        async with room:
            if stopping.is_set() or shift.broken is not None:
                return
            crawler = runner.create_crawler(spider)
            crawler.stet_shift = shift  # type: ignore[attr-defined]
            await runner.crawl(crawler)

    async def stop_all(why: str) -> None:
        stopping.set()
        for tally in shift.tallies.values():
            tally.notes[why] += 1
        await runner.stop()

    def on_signal(number: int) -> None:
        caught.append(number)
        tasks.append(loop.create_task(stop_all("interrupted")))

    async def visit_all() -> None:
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, on_signal, number)
        watchman = loop.call_later(plan.window, lambda: tasks.append(loop.create_task(stop_all("limit: window")))) if plan.window else None
        outcomes = await asyncio.gather(*(one(spider) for spider in plan.spiders), return_exceptions=True)
        if watchman:
            watchman.cancel()
        for spider, outcome in zip(plan.spiders, outcomes, strict=True):
            if isinstance(outcome, BaseException):
                _note_failure(shift, spider, outcome)

    loop = asyncio.get_event_loop()
    done: Deferred[None] = Deferred.fromFuture(loop.create_task(visit_all()))
    failures: list[BaseException] = []
    done.addErrback(lambda failure: failures.append(failure.value))
    done.addBoth(lambda _: reactor.stop())  # type: ignore[attr-defined]
    reactor.run(installSignalHandlers=False)  # type: ignore[attr-defined]
    if failures:
        raise failures[0]
    return caught[0] if caught else None


def _note_failure(shift: Shift, spider: type[SourceSpider], outcome: BaseException) -> None:
    """A spider that could not even start costs its own source and no other."""
    tally = shift.tallies.setdefault(spider.name, Tally(source=spider.source))
    tally.seeds_failed[f"spider: {type(outcome).__name__}: {str(outcome)[:200]}"] += 1
    if isinstance(outcome, StetError) and shift.broken is None:
        shift.broken = outcome


def _close(shift: Shift, plan: Plan, started: datetime, recovered: tuple[str, ...], caught: int | None) -> NightReport:
    """Sum the sources up, and seal the night's own lines beside theirs."""
    sources = tuple(tally.facts(shift.night) for _, tally in sorted(shift.tallies.items()))
    outcome, code = _outcome(shift, sources, caught)
    report = NightReport(
        night=shift.night,
        kind=plan.kind,
        started=started,
        ended=shift.clock(),
        outcome=outcome,
        exit_code=code,
        sources=sources,
        bytes_written=shift.bytes_written,
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


def _outcome(shift: Shift, sources: Sequence[dict[str, object]], caught: int | None) -> tuple[Outcome, int]:
    """The word and the exit code of the run, from what was counted; never from Scrapy."""
    if shift.broken is not None:
        return "failed", shift.broken.exit_code
    if caught is not None:
        return "interrupted", 128 + caught
    verdicts = {str(source["verdict"]) for source in sources}
    if not verdicts & {"well", "thin", "flood", "silent"}:
        return "nothing", 4
    return ("well", 0) if verdicts == {"well"} else ("partial", 3)


def _publish(rules: Rules, plan: Plan, shift: Shift, clock: Callable[[], datetime]) -> Published:
    """Cast the new rows and rename the new index into place. A damaged archive refuses (IntegrityError)."""
    build(rules.data, sources=plan.cards, jobs=rules.read.workers, clock=clock)
    return publish(rules.data, withdrawn=rules.withdrawn, ledger=shift.ledger, clock=clock)
