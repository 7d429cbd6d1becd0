"""What `crawl` and `night` share: the sources, the manners, the lock, the run, and the lines that tell how it went."""

import random
import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from archive.clock import utc_now
from archive.errors import ConfigError, UsageError
from crawler.outlets import Outlets
from stet import lock
from stet.config import Config
from stet.exits import sentence
from stet.progress import Progress
from stet.reach import Reach
from stet.session import Session
from stet.show import SCHEMA, show_rows
from stet.telling import Telling
from stet.watched import Spider, cards, check_manners, chosen, seeds

if TYPE_CHECKING:
    from crawler.report import NightReport
    from crawler.tally import Tally

COLUMNS = ("source", "asked", "kept", "revisits", "dropped", "failed", "without_text", "newest_published", "verdict", "reason")


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What was asked for: crawl or night, of whom, within which days and bounds."""

    kind: str
    names: tuple[str, ...] = ()
    since: date | None = None
    until: date | None = None
    max_pages: int | None = None
    publish: bool = True
    dry_run: bool = False


def visit(session: Session, order: Order, *, options: Mapping[str, object]) -> int:
    """Do it; returns the exit code of the run. Raises StetError for what keeps it from starting."""
    if order.since and order.until and order.until < order.since:
        raise UsageError(f"--until {order.until} lies before --since {order.since}: no day is left", mend="swap the two")
    config = session.config(options)
    spiders = chosen(config, order.names)
    if order.dry_run:
        _tell_plan(session, config, spiders, order)
        return 0
    check_manners(config, spiders)
    if order.kind == "night":
        _wait(session, config)
    report = _run(session, config, spiders, order)
    _tell(session, report, order)
    return report.exit_code


def _run(session: Session, config: Config, spiders: list[Spider], order: Order) -> "NightReport":
    with lock.taken(config.data, verb=order.kind, clock=utc_now) as note_place, Progress("visiting", quiet=session.quiet) as bar:
        from crawler.night import Plan, run_night

        plan = Plan(
            spiders=spiders,
            cards=cards(config),
            kind=order.kind,
            window=config.night.window if order.kind == "night" else None,
            since=order.since,
            until=order.until,
            max_pages=order.max_pages,
            publish=order.publish,
            config_digest=config.digest(),
        )
        rules = config.rules()
        with Telling(config.outlets if order.kind == "night" else Outlets(), rules, warn=session.warn) as telling:
            report = run_night(rules, plan, progress=_follow(order, len(spiders), bar, note_place), say=session.say)
            telling.report(report)
        return report


def _follow(order: Order, total: int, bar: Progress, note_place: Callable[[str], None]) -> Callable[["Tally"], None]:
    """Hands each tally on to the bar, and each new source to the lock file, where a second start reads it.

    A night counts sources; a crawl that reaches back counts articles, and says how long those it knows of will take.
    """
    met: dict[str, Tally] = {}
    begun = time.monotonic()

    def follow(tally: "Tally") -> None:
        if tally.source.id not in met:
            note_place(f"at source {len(met) + 1} of {total}")
            met[tally.source.id] = tally
        if order.since is None:
            kept = sum(one.kept for one in met.values())
            bar(len(met), total, f"sources, {kept} pages kept; {tally.source.id}: {tally.asked} asked")
        else:
            reach = Reach.of(met.values(), time.monotonic() - begun)
            bar(reach.done, reach.done + reach.tonight, reach.words())

    return follow


def _wait(session: Session, config: Config) -> None:
    """A random wait, so that not every archive asks at a quarter past two. Not for a person at a terminal, nor in a test network."""
    if sys.stderr.isatty() or config.rules().network.allow:
        return
    seconds = random.uniform(0, config.night.start_jitter)  # noqa: S311 (manners, not secrets)
    if seconds >= 60:
        session.say(f"starting in {seconds / 60:.0f} minutes (night.start_jitter)")
    time.sleep(seconds)


def _tell(session: Session, report: "NightReport", order: Order) -> None:
    """The line that says all, and one per source: of a night for people, on stderr; of a crawl as rows. Under --quiet only trouble."""
    if session.quiet and report.exit_code == 0:
        return
    from crawler.report import sentence as told

    session.warn(report.headline())
    if order.kind == "night" and not session.json:
        for source in report.sources:
            if not session.quiet or source["verdict"] != "well":
                session.warn(f"  {told(source)}")
    elif session.json or not session.quiet:
        rows = [[source.get(column) for column in COLUMNS] for source in report.sources]
        head = {"stet": order.kind, "schema": SCHEMA, "night": report.night, "outcome": report.outcome, "exit_code": report.exit_code}
        show_rows(COLUMNS, rows, head=head, as_json=session.json)
    for line in report.closing_lines():
        session.say(f"  {line}")
    if report.path:
        session.say(f"report: {report.path}")
    if not order.publish and report.total("kept"):
        session.say("to publish it: stet publish")


def _tell_plan(session: Session, config: Config, spiders: list[Spider], order: Order) -> None:
    """Hosts, requests and waits of a run, without asking anybody. Numbers of pages are upper bounds."""
    pages = min(order.max_pages or config.limits.pages_per_source, config.limits.pages_per_source)
    rows = []
    for spider in spiders:
        delay = max(spider.source.delay or 0, config.polite.delay)
        hosts = sorted({urlsplit(url).hostname or "" for url in seeds(spider)})
        asked = len(hosts) + len(seeds(spider)) + pages  # robots.txt of each host, the seeds, the pages
        rows.append((spider.name, hosts, len(seeds(spider)), pages, delay, round(asked * delay / 60)))
    columns = ("source", "hosts", "seeds", "pages_at_most", "seconds_between", "minutes_at_most")
    head = {"stet": order.kind, "schema": SCHEMA, "dry_run": True}
    show_rows(columns, rows, head=head, as_json=session.json)
    try:
        check_manners(config, spiders)
    except ConfigError as error:
        session.warn(f"this run would be refused: {sentence(error)}")
    where = f"would write into {config.data}" + (", then publish" if order.publish else "")
    session.say(f"dry run: {len(rows)} sources, nobody was asked, nothing was written; {where}")
