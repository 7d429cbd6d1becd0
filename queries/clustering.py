"""Puts the events into the tables: hands the mentions to the clustering, and its answer back to DuckDB."""

from collections.abc import Iterator, Sequence

import duckdb

from queries.events import Event, Told, cluster
from queries.rows import Row
from queries.spool import Spool
from queries.sqlfile import step
from queries.threads import linked


def fill(con: duckdb.DuckDBPyConnection, spool: Spool) -> None:
    """Tables `events` and `mentions.event_id`, from the mentions as they stand."""
    spool.extend("events", event_rows(con))
    spool.load(con, "events")
    con.execute(step("merge_events"))


def event_rows(con: duckdb.DuckDBPyConnection, without: Sequence[str] = ()) -> Iterator[Row]:
    """Rows of `events`, each with the list of its mentions, as they are told without the articles named."""
    families = dict(con.execute("SELECT action_id, family FROM actions").fetchall())
    rows = con.execute(step("told"), {"without": list(without)}).fetchall()
    for event in linked(cluster(_told(row) for row in rows), families):
        yield _row(event)


def _told(row: tuple[object, ...]) -> Told:
    names = (
        "mention_id", "article_id", "source_id", "captured_at", "platform", "action", "family", "status", "role", "day", "precision",
        "basis", "place", "targets", "title", "copy_of",
    )  # fmt: skip
    facts = dict(zip(names, row, strict=True))
    return Told(**facts)  # type: ignore[arg-type]  # the SELECT gives the types of the schema


def _row(event: Event) -> Row:
    return {
        "event_id": event.event_id,
        "platforms": list(event.platforms),
        "action": event.action,
        "status": event.status,
        "place": event.place,
        "first_day": event.first_day.isoformat() if event.first_day else None,
        "last_day": event.last_day.isoformat() if event.last_day else None,
        "precision": event.precision,
        "articles": event.articles,
        "independent_sources": event.independent_sources,
        "title": event.title,
        "follows": event.follows,
        "ends": event.ends,
        "mentions": list(event.mentions),
    }
