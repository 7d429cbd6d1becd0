"""`stet sources`: the sites we watch, and how they are."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from stet import exits
from stet.session import Session

if TYPE_CHECKING:
    from collections.abc import Mapping

    from crawler.history import Past
    from crawler.runs import Run
    from stet.config import Config
    from stet.watched import Spider

_IN_A_TABLE = ("source_id", "title", "kind", "languages", "status", "keep", "health", "why")
_SEEDS_IN_A_TABLE = ("shape", "url", "state", "last_success", "last_new", "usual", "why")
_CHECKED = ("url", "shape", "outcome", "entries", "newest", "why")


def sources(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Only this one, with all its facts.", metavar="NAME")] = None,
    gaps: Annotated[bool, typer.Option("--gaps", help="What the cards do not know, or what does not work, one row a gap.")] = False,
    check: Annotated[str | None, typer.Option(help="Ask the seeds of this source once; nothing is kept.", metavar="NAME")] = None,
    test: Annotated[str | None, typer.Option(help="Read one article with the card of NAME; nothing is kept.", metavar="URL")] = None,
) -> int:
    """List the sites that are watched, with their health.

    Cards and own sources, all or one, also before the first night.
    """
    from archive.errors import UsageError
    from crawler.history import pasts
    from crawler.runs import past_runs
    from spiders import catalog
    from stet.watched import watched

    session = Session.of(context)
    if bool(gaps) + bool(check) + bool(test) > 1:
        raise UsageError("--gaps, --check and --test are three questions", mend="ask one at a time")
    if test and name is None:
        raise UsageError("--test needs the source whose card is tried", mend=f"type: stet sources NAME --test {test}")
    config = session.config()
    every = watched(config)
    if check:
        return _check(session, config, catalog.find(check, every))
    shown = every if name is None else [catalog.find(name, every)]
    if test:
        return _test(session, config, shown[0], test)
    past = pasts(config.data, cache=False)
    if gaps:
        return _gaps(session, [spider for spider in shown if spider.source.enabled or name], past)
    return _list(session, config, shown, past, past_runs(config.data), one=name is not None)


def _list(session: Session, config: "Config", shown: "list[Spider]", past: "Mapping[str, Past]", runs: "list[Run]", *, one: bool) -> int:
    """The cards, or one with its seeds."""
    from crawler.history import Past
    from stet.commands.status import unwell
    from stet.health import reading, robots_change, seed_rows
    from stet.show import SCHEMA, is_terminal, show_facts, show_rows

    ill = unwell(runs, config.night.quiet_nights)
    met = {source for run in runs for source in run.sources}
    facts = [_facts(spider, ill, met) for spider in shown]
    seeds = {spider.name: seed_rows(spider, past.get(spider.name, Past())) for spider in shown}
    head: dict[str, object] = {"stet": "sources", "schema": SCHEMA, "as_of": f"{runs[0].ended:%Y-%m-%dT%H:%M:%SZ}" if runs else None}
    terminal = is_terminal(sys.stdout) and not session.json
    if one and not session.json:
        name = shown[0].name
        more = {"reading": reading(past.get(name, Past())), "robots": robots_change(name, runs)}
        show_facts(facts[0] | more, head=head, as_json=False)
        if terminal:
            sys.stdout.write("\n")
            show_rows(_SEEDS_IN_A_TABLE, [[_short(row[key]) for key in _SEEDS_IN_A_TABLE] for row in seeds[name]], head=head, as_json=False)
    else:
        if session.json:
            facts = [fact | {"seeds": seeds[str(fact["source_id"])]} for fact in facts]
        columns = _IN_A_TABLE if terminal else tuple(facts[0]) if facts else _IN_A_TABLE
        show_rows(columns, [[fact[column] for column in columns] for fact in facts], head=head, as_json=session.json)
    return exits.PARTIAL if any(fact["health"] not in ("well", "new", "off") for fact in facts) else exits.WELL


def _gaps(session: Session, shown: "list[Spider]", past: "Mapping[str, Past]") -> int:
    from archive.clock import utc_now
    from crawler.history import Past
    from stet.gaps import COLUMNS, gaps_of
    from stet.show import SCHEMA, show_rows

    now = utc_now()
    rows = [row for spider in shown for row in gaps_of(spider, past.get(spider.name, Past()), now)]
    show_rows(COLUMNS, rows, head={"stet": "sources", "schema": SCHEMA}, as_json=session.json)
    return exits.WELL


def _check(session: Session, config: "Config", spider: "Spider") -> int:
    """One polite request for each seed; what each gave. Code 3 when one of them is not what it should be."""
    from crawler.glance import glance
    from crawler.history import USABLE
    from stet.show import SCHEMA, show_rows
    from stet.watched import check_manners

    check_manners(config, [spider])
    tally = glance(config.rules(), spider)
    head: dict[str, object] = {"stet": "sources", "schema": SCHEMA, "checked": spider.name}
    seeds = [seed.facts() for _, seed in sorted(tally.seeds.items())]
    show_rows(_CHECKED, [[seed[column] for column in _CHECKED] for seed in seeds], head=head, as_json=session.json)
    verdict, reason = tally.verdict()
    for note in (f"{verdict}: {reason}" if reason else verdict, *sorted(tally.notes)):
        session.say(f"  {note}")
    return exits.WELL if seeds and all(seed["outcome"] in USABLE for seed in seeds) else exits.PARTIAL


def _test(session: Session, config: "Config", spider: "Spider", url: str) -> int:
    """One article, read with the card's selectors. Code 4 when it gives no text."""
    from archive.errors import BadInput
    from crawler.glance import glance
    from crawler.scout import ArticleScout, scout_for
    from spiders.discover.found import address
    from spiders.site import site_of
    from stet.show import SCHEMA, show_facts
    from stet.watched import check_manners

    asked = address(url, "", config.limits.url_length)
    if asked is None or not site_of(spider.source.home, spider.hosts).owns(asked):
        raise BadInput(f"{url} is no address of {spider.name}", mend=f"its site is {spider.source.home}; `hosts` of the card name others")
    scout = scout_for(asked, ArticleScout, name=spider.name, source=spider.source, selectors=spider.selectors, hosts=spider.hosts)
    check_manners(config, [scout])
    glance(config.rules(), scout)
    reading = scout.sight.reading
    article = reading.article if reading else None
    facts: dict[str, object] = {
        "url": scout.sight.article or asked,
        "title": article.title if article else None,
        "published_on": article.published_on if article else None,
        "published_from": article.published_from if article else None,
        "authors": list(article.authors) if article else [],
        "language": article.language if article else None,
        "characters": len(article.text) if article else 0,
        "begins": article.text[:300].replace("\n", " / ") if article else "",
        "spoke": dict(article.spoke) if article else {},
        "extractor": article.extractor if article else "",
        "relevant": reading.labels.relevant if reading and reading.labels else None,
        "problem": "; ".join(scout.sight.problems),
    }
    show_facts(facts, head={"stet": "sources", "schema": SCHEMA, "tested": spider.name}, as_json=session.json)
    return exits.WELL if article else exits.NOTHING


def _short(value: object) -> object:
    """An instant as its day: a table has little room."""
    from datetime import datetime

    return f"{value:%Y-%m-%d}" if isinstance(value, datetime) else value


def _facts(spider: "Spider", ill: dict[str, str], met: set[str]) -> dict[str, object]:
    """The fields that --json promises. `health`: well, new, off, or the word of the last run; `why` in one sentence."""
    source, seeds = spider.source, spider.addresses()
    health, _, why = ill.get(spider.name, "well" if spider.name in met else "new").partition(", ")
    if not source.enabled:
        health, why = "off", "enabled = false in stet.toml"
    elif source.status == "closed" and health == "new":
        health, why = "off", "the site publishes no more"
    return {
        "source_id": spider.name,
        "title": source.title,
        "kind": source.kind,
        "home": source.home,
        "country": source.country,
        "languages": list(source.languages),
        "status": source.status,
        "feeds": list(seeds.get("feeds", ())),
        "sitemaps": list(seeds.get("sitemaps", ())),
        "listing": list(seeds.get("listing", ())),
        "archives": list(seeds.get("archives", ())),
        "keep": source.keep,
        "cited": source.keeps_cited,
        "health": health,
        "why": why,
    }
