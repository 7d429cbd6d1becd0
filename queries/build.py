"""Sealed WARC files to rows: data/index/work.duckdb, the builder's own file. Reads only what is new, or everything from nothing.

All new rows go in with one transaction, so a builder that is killed leaves the file as it was. CPU time grows with what is new; of events
those are made anew that new mentions can touch (`queries.clustering`).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from archive.bundle import PAGE_TYPES, bundles
from archive.clock import Clock, utc_now
from archive.disk import make_folder, storage_error
from archive.errors import StorageError
from archive.model import Source
from archive.reader import filename_of, is_reread, records, sealed_files
from archive.texts import with_text
from pipelines.lexicon import load as load_lexicon
from queries import recurring
from queries.curation import CURATION, Curation, read_curation
from queries.differences import TABLES, differences
from queries.gate import one_line
from queries.merging import merge, tables_version
from queries.rows import rows_of
from queries.spool import Spool
from queries.sqlfile import schema, work

Progress = Callable[[int, int], None]  # files read, files to read
_READ = PAGE_TYPES - {"request"}


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did: rows per table, how many more than before, files read, seconds taken.

    `changed` counts the rows that differ from the build before, per table; only for a build from nothing that found one.
    `unknown` has a line for each id in curation.toml that names no mention.
    """

    rows: dict[str, int]
    new: dict[str, int]
    files: int
    seconds: float
    changed: dict[str, int] | None = None
    unknown: tuple[str, ...] = ()


def work_file(data: Path) -> Path:
    """Where the builder keeps its rows."""
    return data / "index" / "work.duckdb"


def build(
    data: Path,
    *,
    sources: Sequence[Source],
    everything: bool = False,
    jobs: int = 1,
    clock: Clock = utc_now,
    progress: Progress | None = None,
) -> Built:
    """Bring the rows up to the sealed files. From nothing when asked to, when schema, rules or the files read before have changed, or when
    a new file holds newer readings of old pages: which reading of an article stands depends on all of them.

    Raises TornRecord for a damaged file, ConfigError for a curation.toml that cannot be used (the rows stay as they were),
    StorageError when the index folder refuses.
    """
    curation = read_curation(data / CURATION, load_lexicon())
    sealed = {filename_of(path): path for path in sealed_files(data)}
    path = work_file(data)
    try:
        make_folder(path.parent)
        return _built(path, sealed, sources, curation, everything, jobs, clock, progress)
    except OSError as error:
        raise storage_error(f"{path.parent} refuses", error) from error


def _built(
    path: Path,
    sealed: Mapping[str, Path],
    sources: Sequence[Source],
    curation: Curation,
    everything: bool,
    jobs: int,
    clock: Clock,
    progress: Progress | None,
) -> Built:
    begun = clock()
    before = counts(path)
    if before and not everything and _goes_on(path, {name: file.stat().st_size for name, file in sealed.items()}):
        with opened(path) as con:
            files = _take_over(con, path.parent, sealed, sources, curation, jobs, progress)
        changed = None
    else:
        fresh = path.with_name("work.new.duckdb")
        _remove(fresh)
        with opened(fresh) as con:
            files = _take_over(con, path.parent, sealed, sources, curation, jobs, progress)
        changed = differences(path, fresh) if before and everything else None
        _remove(path)
        fresh.replace(path)
    with opened(path) as con:
        recurring.learn(con, path.parent.parent)
        unknown = (
            curation.unknown(str(row[0]) for row in con.execute("SELECT mention_id FROM mentions").fetchall()) if curation.rulings else ()
        )
    rows = counts(path)
    new = {table: many - before.get(table, 0) for table, many in rows.items()}
    return Built(rows, new, files, (clock() - begun).total_seconds(), changed, unknown)


def counts(path: Path) -> dict[str, int]:
    """Rows in each table of record; empty where there is no file, or none that can be read."""
    if not path.is_file():
        return {}
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            return {table: con.table(table).count("*").fetchall()[0][0] for table in TABLES}
    except duckdb.Error:
        return {}


@contextmanager
def opened(path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    """The builder's file, open for writing, with its tables. Raises StorageError where DuckDB or the disk refuses."""
    try:
        with duckdb.connect(str(path), config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}) as con:
            con.execute("SET TimeZone = 'UTC'")
            if not con.execute("SELECT 1 FROM duckdb_tables() WHERE table_name = 'read_files'").fetchall():
                con.execute("BEGIN")
                con.execute(schema())
                con.execute(work())
                con.execute("COMMIT")
            yield con
    except duckdb.IOException as error:
        raise StorageError(
            f"{path} refuses: {one_line(error)}", mend="free space, look at the rights of data/index, then run again"
        ) from error


def _goes_on(path: Path, sizes: Mapping[str, int]) -> bool:
    """Whether the rows can be added to: made by the same tables and rules, from files that still are what they were."""
    try:
        with duckdb.connect(str(path), read_only=True) as con:
            read = dict(con.execute("SELECT warc_file, size FROM read_files").fetchall())
            made = dict(con.execute("SELECT part, version FROM made_with").fetchall())
    except duckdb.Error:
        return False
    if any(is_reread(name) for name in sizes.keys() - read.keys()):
        return False
    return made.get("tables") == tables_version() and all(sizes.get(name) == size for name, size in read.items())


def _take_over(
    con: duckdb.DuckDBPyConnection,
    folder: Path,
    sealed: Mapping[str, Path],
    sources: Sequence[Source],
    curation: Curation,
    jobs: int,
    progress: Progress | None,
) -> int:
    """Read the files that are new and put their rows in, all or nothing; gives the number of files."""
    read = {row[0] for row in con.execute("SELECT warc_file FROM read_files").fetchall()}
    fresh = {name: path for name, path in sealed.items() if name not in read}
    with Spool(folder / "spool") as spool:
        for number, path in enumerate(fresh.values()):
            if progress:
                progress(number, len(fresh))
            _read(folder.parent, path, spool)
        con.execute("BEGIN")
        try:
            merge(con, spool, sources, curation, jobs)
            con.executemany(
                "INSERT INTO read_files VALUES ($name, $size)",
                [{"name": name, "size": path.stat().st_size} for name, path in fresh.items()] or [{"name": "", "size": 0}],
            )
            con.execute("DELETE FROM read_files WHERE warc_file = ''")
            con.execute("COMMIT")
        except BaseException:
            con.execute("ROLLBACK")
            raise
    con.execute("CHECKPOINT")
    if progress:
        progress(len(fresh), len(fresh))
    return len(fresh)


def _read(data: Path, path: Path, spool: Spool) -> None:
    """Everything one file says, as spooled rows."""
    for bundle in bundles(records(path, types=_READ)):
        for table, row in rows_of(with_text(data, bundle)):
            spool.add(table, row)


def _remove(path: Path) -> None:
    for name in (path, path.with_name(path.name + ".wal")):
        name.unlink(missing_ok=True)
