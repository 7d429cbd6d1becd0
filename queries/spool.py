"""Rows on their way into DuckDB: one file of JSON lines per table, written as they come, read in one statement.

The quickest way into DuckDB without Arrow: 20,000 articles in half a second, on 1.5.5 and 2.0 alike, with one row in memory at a time.
"""

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, Self

import duckdb

from queries.sqlfile import step

_SMALLEST = 1 << 24  # bytes a line may have even where none is so long: DuckDB's own default


class Spool:
    """Files of rows in a folder of their own, gone when the spool is closed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._files: dict[str, IO[bytes]] = {}
        self._longest: dict[str, int] = {}
        self.counts: Counter[str] = Counter()

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        for left in self._folder.glob("*.jsonl"):  # of a builder that was killed
            left.unlink()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        for table, file in self._files.items():
            file.close()
            self._path(table).unlink(missing_ok=True)
        self._files.clear()

    def add(self, table: str, row: Mapping[str, object]) -> None:
        """Put one row at the end."""
        line = json.dumps(row, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace") + b"\n"
        self._file(table).write(line)
        self._longest[table] = max(self._longest.get(table, _SMALLEST), len(line) + 1)
        self.counts[table] += 1

    def extend(self, table: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Put rows at the end."""
        for row in rows:
            self.add(table, row)

    def load(self, con: duckdb.DuckDBPyConnection, table: str) -> None:
        """Run `steps/load_<table>.sql` over what was spooled for this table, be it nothing."""
        self._file(table).flush()
        con.execute(step(f"load_{table}"), {"file": str(self._path(table)), "largest": self._longest.get(table, _SMALLEST)})

    def _path(self, table: str) -> Path:
        return self._folder / f"{table}.jsonl"

    def _file(self, table: str) -> IO[bytes]:
        if table not in self._files:
            self._files[table] = self._path(table).open("wb")
        return self._files[table]
