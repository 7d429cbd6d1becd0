"""`stet find`: articles by words, by address, or by an id."""

import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from stet.session import Session

if TYPE_CHECKING:
    from stet.answer import Index

_ON_SCREEN = ("published_on", "source_id", "title", "state", "id")  # what fits a terminal; a pipe gets every column


def find(
    context: typer.Context,
    words: Annotated[list[str], typer.Argument(help="Words, an address, or an id.", metavar="QUERY")],
    platform: Annotated[str | None, typer.Option(help="Only articles that report a measure on this platform.", metavar="PLATFORM")] = None,
    source: Annotated[str | None, typer.Option(help="Only this source.", metavar="SOURCE")] = None,
    lang: Annotated[str | None, typer.Option(help="Only this language, as in zh.", metavar="LANG")] = None,
    since: Annotated[str | None, typer.Option(help="Published on this day or later: 2026-03-01, 7d, yesterday.", metavar="DAY")] = None,
    until: Annotated[str | None, typer.Option(help="Published on this day or before.", metavar="DAY")] = None,
    limit: Annotated[int, typer.Option(help="Rows at most.", min=1, metavar="N")] = 20,
) -> int:
    """Find articles by words, address or id.

    All words must match; '"two words"' side by side, block* with an open end. The best match comes first.
    """
    from archive.clock import utc_now
    from queries import search
    from stet.answer import answer, published
    from stet.days import day

    session = Session.of(context)
    now, query = utc_now(), " ".join(words)
    since_day, until_day = day(since, now, option="--since"), day(until, now, option="--until")
    with published(session) as index:
        rows = search.find(index.con, query, platform=platform, source=source, lang=lang, since=since_day, until=until_day, limit=limit)
        if _for_people(session):
            places = [rows.columns.index(name) for name in _ON_SCREEN if name in rows.columns]
            short = [tuple(row[place] for place in places) for row in rows.rows]
            rows = replace(rows, columns=tuple(rows.columns[place] for place in places), rows=short)
        answer(session, rows, index.about)
        if not rows.rows:
            session.say(_none(query, index))
    return 0


def _for_people(session: Session) -> bool:
    from stet.show import is_terminal

    return is_terminal(sys.stdout) and not session.json


def _none(query: str, index: "Index") -> str:
    """What to try when nothing was found."""
    if "://" not in query:
        return "nothing found. All words have to be there; try fewer, or the beginning of one with *, as in block*"
    from archive.errors import BadInput, NotArchived
    from queries import copies, search

    try:
        many = len(copies.of(index.con, query))
        return f"no article is found at {query}, but {many} {'answer is' if many == 1 else 'answers are'} held: stet get {query}"
    except (NotArchived, BadInput):
        pass  # nothing is held of it at all
    near = [f"{row[0]} ({row[1]} {'copy' if row[1] == 1 else 'copies'})" for row in search.nearest(index.con, query, limit=3).rows]
    return f"no copy of {query}." + (
        f" Nearest: {', '.join(near)}" if near else " Nothing of that site is held: stet sources shows what is watched"
    )
