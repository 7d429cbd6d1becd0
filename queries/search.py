"""Finds articles by words, by address, or by an id or its beginning."""

import re
from datetime import date
from difflib import get_close_matches

import duckdb

from archive.digest import is_id
from archive.errors import BadInput
from queries.sqlfile import step
from queries.store import Rows, fetch

_URL = re.compile(r"(?i)https?://\S+|[\w-]+(\.[\w-]+)+/\S*")
_ALL = 1_000_000  # what the search macro itself takes for "all"


def find(
    con: duckdb.DuckDBPyConnection,
    query: str,
    *,
    platform: str | None = None,
    source: str | None = None,
    lang: str | None = None,
    since: date | None = None,
    until: date | None = None,
    gone: bool = False,
    limit: int = 20,
) -> Rows:
    """At most `limit` articles, best first: published_on, source_id, title, state, id, language, score, snippet, copy_of, url.

    An address or the beginning of an id gives what it names, and the filters do not matter then; a query that only looks like an
    id and names nothing is taken as words. Days are those of publication, or of the first capture in UTC where none is known.
    Raises BadInput for an empty query, and for a platform or source that the index does not know.
    """
    query = query.strip()
    if not query:
        raise BadInput("nothing was asked for", mend="give words, an address or an id")
    if _URL.fullmatch(query):
        return fetch(con, step("find_articles"), {"id": None, "url": query, "limit": limit})
    if is_id(query):
        named = fetch(con, step("find_articles"), {"id": query, "url": None, "limit": limit})
        if named.rows:
            return named
    _known(con, platform, source)
    filters = {"platform": platform, "source": source, "lang": lang, "since": since, "until": until}
    filtered = gone or any(value is not None for value in filters.values())
    asked: dict[str, object] = {"q": query, "most": _ALL if filtered else limit, "gone": gone, "limit": limit, **filters}
    return fetch(con, step("find_words"), asked)


def nearest(con: duckdb.DuckDBPyConnection, url: str, *, limit: int = 5) -> Rows:
    """Held addresses of the same host that are most like this one: url, copies. For the moment when there is no copy of it."""
    return fetch(con, step("nearest"), {"url": url, "limit": limit})


def cited_by(con: duckdb.DuckDBPyConnection, url: str, *, limit: int = 100) -> Rows:
    """Articles that cite this address: article_id, url. For the moment when no copy of it is held."""
    return fetch(con, step("cited_by"), {"url": url, "limit": limit})


def _known(con: duckdb.DuckDBPyConnection, platform: str | None, source: str | None) -> None:
    """Nothing found and a name mistyped must not look alike. Raises BadInput, with the nearest names."""
    if source is not None:
        ids = [str(row[0]) for row in fetch(con, "SELECT source_id FROM sources").rows]
        if source not in ids:
            raise BadInput(f"no source is called {source}{_near(source, ids)}", mend="see all: stet sources")
    if platform is not None:
        ids = [str(row[0]) for row in fetch(con, "SELECT platform_id FROM platforms").rows]
        meant = str(fetch(con, "SELECT platform(CAST($name AS VARCHAR))", {"name": platform}).rows[0][0])
        if meant not in ids:
            named = "SELECT DISTINCT platform_id FROM platform_aliases WHERE alias_fold = fold(CAST($name AS VARCHAR)) ORDER BY ALL"
            may_be = " or ".join(str(row[0]) for row in fetch(con, named, {"name": platform}).rows)
            raise BadInput(
                f"no platform is called {platform}" + (f"; it may be {may_be}" if may_be else _near(meant, ids)),
                mend='see all: stet sql "SELECT platform_id, name FROM platforms"',
            )


def _near(name: str, names: list[str]) -> str:
    near = get_close_matches(name, names, n=3)
    return f"; near: {', '.join(near)}" if near else ""
