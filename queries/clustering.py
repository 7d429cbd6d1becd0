"""Puts the events into the tables: hands the touched mentions to the clustering, and its answer back to DuckDB.

A night's new mentions touch a few blocks (`queries.blocks`); these are gathered anew, and of their events only what changed is written.
What clustering last saw of each mention is kept as a hash, so that whatever changes it (a label, a copy, a first capture) is seen.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace

import duckdb

from queries.blocks import Keys, keys
from queries.curation import Curation
from queries.events import NOBODY, judgements
from queries.rows import Row
from queries.rulings import Judged, as_decided, docket
from queries.spool import Spool
from queries.sqlfile import step
from queries.threads import linked
from queries.titling import Words, titles
from queries.told import MACHINE, Event, Told, told_of

_ARTICLE = ("source_id", "captured_at", "title", "published", "published_precision", "copy_of")


def fill(con: duckdb.DuckDBPyConnection, spool: Spool, words: Words, curation: Curation = NOBODY, *, everything: bool = True) -> None:
    """Tables `events` and the columns `event_id` and `event_by` of `mentions`, from the mentions as they stand.

    `everything` looks at all mentions, as when the decisions of people changed; else at those blocks that changed.
    """
    everything = everything or not con.execute("SELECT 1 FROM placed LIMIT 1").fetchall()
    con.execute(step("told"), {"all": everything})
    rulings = docket(curation)
    asked = con.execute(step("touched"))
    if not everything:
        decided = (as_decided(told, rulings) for told in _tolds(asked))
        spool.add("asked_keys", _key_row(keys(told, rulings.bound.get(told.mention_id, ())) for told in decided if told is not None))
    spool.load(con, "asked_keys")
    con.execute(step("scope"))
    scoped = con.execute(step("scoped"))
    with _no_collecting():
        for block, keyed, found in judgements(_tolds(scoped), curation):
            _spooled(spool, block, found, words)
            if block:
                spool.add("block_keys", {"block": _name(block), **_key_row(keyed[told.mention_id] for told in block)})
    for table in ("events", "placed", "block_keys"):
        spool.load(con, table)
    con.execute(step("merge_events"))
    _link(con, spool)


def _tolds(asked: duckdb.DuckDBPyConnection) -> Iterator[Told]:
    names = [str(column[0]) for column in asked.description or ()]
    for row in iter(asked.fetchone, None):
        facts = dict(zip(names, row, strict=True))
        yield told_of(facts, {name: facts[name] for name in _ARTICLE}, str(facts["family"]))


def _spooled(spool: Spool, block: list[Told], found: Judged, words: Words) -> None:
    """The rows of one block: its events, where each of its mentions is, and the keys under which it is found."""
    name = _name(block) if block else None
    home: dict[str, tuple[str | None, str | None]] = {told.mention_id: (None, None) for told in block}
    for event in found.events:
        spool.add("events", _row(event, words))
        home.update(dict.fromkeys(event.mentions, (event.event_id, MACHINE)))
        home.update({mention: (event.event_id, by) for mention, by in event.linked_by})
    home.update({mention: (None, by) for mention, by in found.struck})
    for mention, (event_id, by) in home.items():
        spool.add("placed", {"mention_id": mention, "block": name, "event_id": event_id, "event_by": by})


def _name(block: Iterable[Told]) -> str:
    return min(told.mention_id for told in block)


@contextmanager
def _no_collecting() -> Iterator[None]:
    """Python's collector kept still: a million small things, none of which point in a circle, cost it a sixth of the time."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def _key_row(several: Iterable[Keys]) -> Row:
    """Each key once, strong if any mention looks around there."""
    found = {key for mine in several for key in (*mine.meeting, *mine.own, *mine.bound)}
    strong = {key for key, looks in found if looks}
    return {"strong": list(strong), "weak": [key for key, looks in found if not looks and key not in strong]}


def _row(event: Event, words: Words) -> Row:
    title, title_zh = titles(event, words)
    return {
        "event_id": event.event_id,
        "title": title,
        "title_zh": title_zh,
        "headline": event.headline,
        "platforms": list(event.platforms),
        "action": event.action,
        "status": event.status,
        "place": event.place,
        "first_day": event.first_day.isoformat() if event.first_day else None,
        "last_day": event.last_day.isoformat() if event.last_day else None,
        "precision": event.precision,
        "targets": list(event.targets),
        "count_min": event.count_min,
        "count_max": event.count_max,
        "count_unit": event.count_unit,
        "mentions": len(event.mentions),
        "articles": event.articles,
        "independent_sources": event.independent_sources,
        "confidence": event.confidence,
        "reviewed_by": event.reviewed_by,
        "note": event.note,
    }


def _link(con: duckdb.DuckDBPyConnection, spool: Spool) -> None:
    """Columns `follows` and `ends`: every event is looked at, those are written whose links changed."""
    families = dict(con.execute("SELECT action_id, family FROM actions").fetchall())
    asked = con.execute(step("events"))
    names = [str(column[0]) for column in asked.description or ()]
    every = [Event(**dict(zip(names, row, strict=True))) for row in asked.fetchall()]
    before = {event.event_id: (event.follows, event.ends) for event in every}
    for event in linked((replace(one, follows=None, ends=None) for one in every), families):
        if before[event.event_id] != (event.follows, event.ends):
            spool.add("links", {"event_id": event.event_id, "follows": event.follows, "ends": event.ends})
    spool.load(con, "links")
    con.execute(step("merge_links"))
