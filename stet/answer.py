"""An answer from the published index: its rows in the form that fits, and as of when they are true."""

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from queries.store import Rows, Snapshot, open_published, snapshot
from stet.session import Session
from stet.show import SCHEMA, plain, show_rows

if TYPE_CHECKING:
    import duckdb


@dataclass(frozen=True, slots=True)
class Index:
    """The published index, open for reading, and what it says of itself."""

    con: "duckdb.DuckDBPyConnection"
    about: Snapshot


@contextlib.contextmanager
def published(session: Session) -> Iterator[Index]:
    """The index of this session's data folder. Raises BadInput before the first publication, IntegrityError if it is damaged."""
    with contextlib.closing(open_published(session.config().data)) as con:
        yield Index(con, snapshot(con))


def head(session: Session, about: Snapshot | None) -> dict[str, object]:
    """The first JSON line of a reader, but for the number of rows."""
    as_of = None if about is None else plain(about.built_at.replace(microsecond=0))
    return {"stet": session.verb, "schema": SCHEMA, "as_of": as_of, "generation": None if about is None else about.generation}


def answer(session: Session, rows: Rows, about: Snapshot, *, mend: str = "") -> None:
    """Show rows on stdout; on stderr how many, as of when, and whether more were cut off (also under --quiet)."""
    first = head(session, about) | ({"cut": True} if rows.cut else {})
    number = show_rows(rows.columns, _rounded(rows), head=first, as_json=session.json)
    if rows.cut:
        session.warn(f"cut after {number:,} rows; there are more. {mend}".rstrip())
    counted = "1 row" if number == 1 else f"{number:,} rows"
    session.say(f"{counted} as of {about.built_at:%Y-%m-%d %H:%M} UTC, generation {about.generation}")


def _rounded(rows: Rows) -> list[tuple[object, ...]]:
    """Rows with each FLOAT in the seven digits that it holds: 0.56, and not what Python makes of it, 0.5600000023841858."""
    short = [place for place, kind in enumerate(rows.types) if kind == "FLOAT"]
    if not short:
        return list(rows.rows)
    return [
        tuple(float(f"{value:.7g}") if at in short and value is not None else value for at, value in enumerate(row)) for row in rows.rows
    ]
