"""`stet sources`: the sites we watch, and how they are."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from stet import exits
from stet.session import Session

if TYPE_CHECKING:
    from stet.watched import Spider

_IN_A_TABLE = ("source_id", "title", "kind", "languages", "status", "keep", "health", "why")


def sources(
    context: typer.Context,
    name: Annotated[str | None, typer.Argument(help="Only this one, with all its facts.", metavar="NAME")] = None,
) -> int:
    """List the sites that are watched, with their health.

    Cards and own sources, all or one, also before the first night.
    """
    from crawler.runs import past_runs
    from spiders import catalog
    from stet.commands.status import unwell
    from stet.show import SCHEMA, is_terminal, show_facts, show_rows
    from stet.watched import watched

    session = Session.of(context)
    config = session.config()
    every = watched(config)
    shown = every if name is None else [catalog.find(name, every)]
    runs = past_runs(config.data)
    ill = unwell(runs, config.night.quiet_nights)
    met = {source for run in runs for source in run.sources}
    facts = [_facts(spider, ill, met) for spider in shown]
    head: dict[str, object] = {"stet": "sources", "schema": SCHEMA, "as_of": f"{runs[0].ended:%Y-%m-%dT%H:%M:%SZ}" if runs else None}
    if name is not None and not session.json:
        show_facts(facts[0], head=head, as_json=False)
    else:
        short = is_terminal(sys.stdout) and not session.json
        columns = _IN_A_TABLE if short else tuple(facts[0]) if facts else _IN_A_TABLE
        rows = [[one[column] for column in columns] for one in facts]
        show_rows(columns, rows, head=head, as_json=session.json)
    return exits.PARTIAL if any(one["health"] not in ("well", "new", "off") for one in facts) else exits.WELL


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
        "keep": source.keep,
        "health": health,
        "why": why,
    }
