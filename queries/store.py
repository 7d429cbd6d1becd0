"""The published index, opened for reading: locked down, in UTC, the same way everywhere; and one SELECT at a time from strangers."""

import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import duckdb

from archive.errors import BadInput, BadSql, IntegrityError
from queries.gate import admit, one_line

SCHEMA_VERSION = 1  # rises when a table or column changes its meaning or goes
PUBLISHED = "corpus.duckdb"

Value = object  # what DuckDB hands to Python: str, int, float, bool, date, datetime, list, dict or None
Parameters = Mapping[str, object] | Sequence[object] | None

_LOCKED: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "python_enable_replacements": "false",  # else FROM name would look among our own variables
    "temp_directory": "",  # no spilling beside the caller's files; memory_limit ends what is too big
    "memory_limit": "1GB",
    "threads": "2",
}
_BROKEN = (duckdb.IOException, duckdb.FatalException, duckdb.InternalException, duckdb.SerializationException)
_REBUILD = "type: stet reindex --all, then: stet publish --force"


@dataclass(frozen=True, slots=True)
class Rows:
    """An answer: names and DuckDB types of its columns, its rows, and whether more rows were left out."""

    columns: tuple[str, ...]
    types: tuple[str, ...]
    rows: list[tuple[Value, ...]]
    cut: bool = False


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What a published file says of itself. `generation` names it and no other; `ledger_head` is a hash, empty without a ledger."""

    schema_version: int
    generation: str
    built_at: datetime
    software: str
    lexicon_version: str
    ledger_head: str


def open_published(data: Path) -> duckdb.DuckDBPyConnection:
    """A connection to data/corpus.duckdb that reads nothing else, writes nothing, and cannot be unlocked. Times are UTC.

    The file is attached to a fresh instance of its own: DuckDB keeps one open file per path and process, so a plain second
    `connect` would go on showing the generation that was replaced. Raises BadInput before the first publish or for a file of a
    newer program, IntegrityError for one that cannot be read.
    """
    path = data / PUBLISHED
    if not path.is_file():
        raise BadInput(f"nothing is published yet in {data}", mend="type: stet night, or stet publish where WARC files are there already")
    return open_index(path)


def open_index(path: Path) -> duckdb.DuckDBPyConnection:
    """The same for an index file by its path."""
    con = duckdb.connect(":memory:", config=_LOCKED)
    try:
        con.execute(f"ATTACH {quoted(path)} AS corpus (READ_ONLY)")
        con.execute("USE corpus")
        con.execute("SET TimeZone = 'UTC'")
        con.execute("SET enable_external_access = false")
        con.execute("SET lock_configuration = true")
        known = snapshot(con).schema_version
    except duckdb.Error as error:
        con.close()
        raise IntegrityError(f"{path} cannot be read: {one_line(error)}", mend=_REBUILD) from error
    except BaseException:
        con.close()
        raise
    if known > SCHEMA_VERSION:
        con.close()
        raise BadInput(
            f"{path} was made by a newer program: schema {known}, this one knows {SCHEMA_VERSION}",
            mend="install the newer stet, or ask for a release of the older schema",
        )
    return con


def snapshot(con: duckdb.DuckDBPyConnection) -> Snapshot:
    """The row of the file about itself. Raises IntegrityError where it is missing."""
    rows = con.execute("SELECT schema_version, generation, built_at, software, lexicon_version, ledger_head FROM snapshot").fetchall()
    if len(rows) != 1:
        raise IntegrityError("the published file does not say what it is: its snapshot is empty", mend=_REBUILD)
    return Snapshot(*rows[0])


def run_select(
    con: duckdb.DuckDBPyConnection, sql: str, params: Parameters = None, *, timeout: float = 5.0, max_rows: int = 10_000
) -> Rows:
    """The answer to one SELECT that a stranger wrote, at most `max_rows` rows, within `timeout` seconds.

    Raises BadSql, with DuckDB's message in one line, for anything that is refused, wrong or too slow.
    """
    admit(con, sql)
    return fetch(con, sql, params, timeout=timeout, max_rows=max_rows)


def fetch(
    con: duckdb.DuckDBPyConnection, sql: str, params: Parameters = None, *, timeout: float | None = None, max_rows: int | None = None
) -> Rows:
    """The answer to our own SQL (no gate), with the same limits and errors as `run_select`. `timeout` in seconds; None: no limit."""
    stop = threading.Timer(timeout, con.interrupt) if timeout is not None else None
    try:
        if stop:
            stop.start()
        answer = con.execute(sql, params) if params else con.execute(sql)
        about = [(str(column[0]), str(column[1])) for column in answer.description or ()]
        rows = answer.fetchall() if max_rows is None else _within(answer, max_rows + 1, timeout)
        cut = max_rows is not None and len(rows) > max_rows
        if cut:
            con.execute("SELECT 1").fetchall()  # lets go of the rows that nobody will fetch
    except (duckdb.InterruptException, TimeoutError) as error:
        raise BadSql(f"stopped after {timeout:g} seconds", mend="ask for less, or give it longer: --timeout SECONDS") from error
    except MemoryError as error:
        raise BadSql("the answer needs more memory than one question may have", mend="ask for less: fewer rows, shorter texts") from error
    except _BROKEN as error:
        raise IntegrityError(f"the published index cannot be read: {one_line(error)}", mend=_REBUILD) from error
    except duckdb.Error as error:
        raise BadSql(one_line(error), mend="mend the SQL at the place named") from error
    finally:
        if stop:
            stop.cancel()
            stop.join()
    return Rows(tuple(name for name, _ in about), tuple(kind for _, kind in about), rows[:max_rows] if cut else rows, cut)


def _within(answer: duckdb.DuckDBPyConnection, most: int, timeout: float | None) -> list[tuple[object, ...]]:
    """At most so many rows. Raises TimeoutError: an interrupt ends DuckDB's own work, but not the making of Python values.

    Rows are taken by ones, twos, fours: a row may hold a list of millions.
    """
    begun, step, rows = time.monotonic(), 1, list[tuple[object, ...]]()
    while len(rows) < most and (batch := answer.fetchmany(min(step, most - len(rows)))):
        rows += batch
        step = min(2 * step, 1024)
        if timeout is not None and time.monotonic() - begun > timeout:
            raise TimeoutError
    return rows


def quoted(text: str | Path) -> str:
    """A path or name as an SQL string: ATTACH takes no parameters.

    >>> quoted("l'index")
    "'l''index'"
    """
    return "'" + str(text).replace("'", "''") + "'"
