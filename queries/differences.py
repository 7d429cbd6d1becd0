"""Compares two index files table by table: what a rebuild must not change."""

from pathlib import Path

import duckdb

from archive.errors import IntegrityError
from queries.gate import one_line
from queries.store import quoted

TABLES = (
    "sources", "nights", "night_sources", "captures", "articles", "citations", "platforms", "platform_aliases", "actions",
    "mentions", "events", "checks", "vocab", "releases",
)  # fmt: skip


def differences(path_a: Path, path_b: Path) -> dict[str, int]:
    """Rows of each table of record that stand in one file only, counted on both sides: 0 everywhere where the files say the same.

    Raises IntegrityError for a file that cannot be read.
    """
    try:
        with duckdb.connect(":memory:") as con:
            con.execute(f"ATTACH {quoted(path_a)} AS a (READ_ONLY); ATTACH {quoted(path_b)} AS b (READ_ONLY)")
            return {table: _apart(con.table(f"a.{table}"), con.table(f"b.{table}")) for table in TABLES}
    except duckdb.Error as error:
        raise IntegrityError(f"{path_a} and {path_b} cannot be compared: {one_line(error)}", mend="type: stet reindex --all") from error


def _apart(one: duckdb.DuckDBPyRelation, other: duckdb.DuckDBPyRelation) -> int:
    """Rows that only one side has; every table has a key, so no row stands twice."""
    return sum(len(side.project("1").fetchall()) for side in (one.except_(other), other.except_(one)))
