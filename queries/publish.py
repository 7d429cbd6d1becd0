"""Publishing: a new file built aside, checked, renamed into place. Readers of the old file keep it; whoever opens next sees the new one.

Each publication has a name of its own (`queries.generations`): two files that say the same generation are the same file.
Everything is written once into a fresh file, so nothing that was withdrawn is left between its pages. The search tables are made anew
each time: some 25 seconds of CPU for 100,000 articles, the largest part of a publish.
"""

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from archive.clock import Clock, iso, utc_now
from archive.digest import LABEL
from archive.disk import FILE_MODE, storage_error, sync_folder
from archive.errors import BadInput, IntegrityError, StorageError
from archive.ledger import LEDGER, Ledger
from archive.reader import sealed_files
from archive.visit import SOFTWARE
from pipelines.lexicon import load
from queries import clustering, repeats, titling
from queries.build import opened, work_file
from queries.curation import CURATION, read_curation
from queries.differences import TABLES
from queries.gate import one_line
from queries.generations import next_generation
from queries.spool import Spool
from queries.sqlfile import schema, step, views
from queries.store import PUBLISHED, SCHEMA_VERSION, fetch, open_index, quoted, snapshot
from queries.withdrawn import Withdrawn, read_withdrawn


@dataclass(frozen=True, slots=True)
class Published:
    """What was published: the name of this publication, rows per table of record, bytes of the file."""

    generation: str
    rows: dict[str, int]
    bytes: int


def publish(
    data: Path,
    *,
    ledger: Ledger,
    withdrawn: Path | None = None,
    storage_version: str = "v1.2.0",
    check_only: bool = False,
    without_ledger: bool = False,
    clock: Clock = utc_now,
) -> Published:
    """Cast data/corpus.duckdb from the builder's rows. With `check_only` the file that stands is left as it is.

    `without_ledger` lets a ledger be missing, as where WARC files alone were brought from elsewhere; a broken one is refused in any case.

    Raises BadInput before the first build, ConfigError for a broken list of withdrawn pages, IntegrityError where a check fails, and
    StorageError where the disk refuses; the published file is then untouched.
    """
    if not work_file(data).is_file():
        raise BadInput("there are no rows to publish yet", mend="type: stet reindex")
    _vouched(data, without_ledger)
    new = data / f"{PUBLISHED}.new"
    try:
        with _source(data, read_withdrawn(withdrawn)) as (source, gone):
            _cast(data, source, gone, new, storage_version, clock, ledger)
        done = _checked(new)
        if not check_only:
            digest = _synced(new)  # its line comes first: killed in between, the file that stands is that of the line before
            ledger.append("published", file=PUBLISHED, generation=done.generation, bytes=done.bytes, sha256=digest, rows=done.rows)
            new.rename(data / PUBLISHED)
            sync_folder(data)
    except OSError as error:
        raise storage_error(f"{new} cannot be published", error) from error
    finally:
        for left in (new, new.with_name(new.name + ".wal")):
            left.unlink(missing_ok=True)
    return done


def _vouched(data: Path, without_ledger: bool) -> None:
    """Raises IntegrityError (BrokenChain) unless the ledger is there, where files are sealed, and its chain is whole."""
    if Ledger.check(data / LEDGER) is None and not without_ledger and sealed_files(data):
        raise IntegrityError(
            f"{data / LEDGER} is missing or empty, though files are sealed: nothing was published",
            mend="restore it from a copy, or publish what the WARCs say: stet publish --force",
        )


@contextmanager
def _source(data: Path, withdrawn: tuple[Withdrawn, ...]) -> Iterator[tuple[Path, list[str]]]:
    """The rows to publish, and the articles left out: the builder's file, or a copy of it without what is withdrawn."""
    if not withdrawn:
        yield work_file(data), []
        return
    stage = data / "index" / "stage.duckdb"
    try:
        shutil.copyfile(work_file(data), stage)
        with opened(stage) as con, Spool(stage.parent / "spool") as spool:
            names = {"ids": [one.id for one in withdrawn if one.id], "keys": [one.key for one in withdrawn if one.key]}
            con.execute(step("leaving"), names)
            con.execute(step("leave_out"))
            repeats.fill(con, spool)
            clustering.fill(con, spool, titling.load(), read_curation(data / CURATION, load()), everything=False)
            gone = [str(row[0]) for row in con.execute("SELECT article_id FROM leaving ORDER BY article_id").fetchall()]
        yield stage, gone
    finally:
        for left in (stage, stage.with_name(stage.name + ".wal")):
            left.unlink(missing_ok=True)


def _cast(data: Path, source: Path, gone: list[str], new: Path, storage_version: str, clock: Clock, ledger: Ledger) -> None:
    """Write the new file. Raises StorageError where DuckDB cannot."""
    new.unlink(missing_ok=True)
    try:
        with duckdb.connect(":memory:", config={"autoinstall_known_extensions": "false", "autoload_known_extensions": "false"}) as con:
            con.execute("SET TimeZone = 'UTC'")
            con.execute(f"ATTACH {quoted(source)} AS work (READ_ONLY)")
            con.execute(f"ATTACH {quoted(new)} AS pub (STORAGE_VERSION {quoted(storage_version)})")
            old = _attach_old(con, data / PUBLISHED)
            con.execute("USE pub")
            con.execute("BEGIN")  # one commit: hundreds of statements need no fsync each
            con.execute(schema())
            con.execute(views())
            con.execute(step("fill"))
            con.execute(step("fill_search"))
            told = {"schema": SCHEMA_VERSION, "at": iso(clock()), "software": SOFTWARE, "head": ledger.head or ""}
            con.execute(step("fill_snapshot"), {**told, "generation": _generation(con, ledger, standing=old)})
            con.execute(step("former_withdrawn"), {"ids": gone})
            if old:
                con.execute(step("former_ids"))
            con.execute("COMMIT")
            con.execute("CHECKPOINT pub")
            con.execute("USE memory; DETACH pub")
    except duckdb.Error as error:
        raise StorageError(
            f"{new} cannot be made: {one_line(error)}", mend="free space, look at the rights of the data folder, run again"
        ) from error


def _generation(con: duckdb.DuckDBPyConnection, ledger: Ledger, *, standing: bool) -> str:
    """The name of this publication. The file that stands is asked beside the ledger, which may have been lost."""
    given = [str(line.get("generation")) for line in Ledger.lines(ledger.path, having='"published"') if line.get("kind") == "published"]
    if standing:
        given += [str(row[0]) for row in con.execute("SELECT generation FROM old.snapshot").fetchall()]
    (night,) = con.execute(step("last_night")).fetchall()[0]
    return next_generation(night, given)


def _attach_old(con: duckdb.DuckDBPyConnection, path: Path) -> bool:
    """Attach the file that is published now, to see which ids leave; a file that cannot be read has none to tell."""
    if not path.is_file():
        return False
    try:
        con.execute(f"ATTACH {quoted(path)} AS old (READ_ONLY)")
        con.execute("SELECT mention_id, article_id, event_id FROM old.mentions LIMIT 0")
        con.execute("SELECT generation FROM old.snapshot LIMIT 0")
    except duckdb.Error:
        return False
    return True


def _checked(new: Path) -> Published:
    """Open the new file as readers will, and hold it against every claim. Raises IntegrityError."""
    con = open_index(new)
    try:
        broken = fetch(con, step("check")).rows
        if broken:
            told = "; ".join(f"{claim}: {rows} rows do not" for claim, rows in broken)
            raise IntegrityError(f"the new index was not published, for not every claim holds ({told})", mend="type: stet reindex --all")
        rows = {table: int(str(con.table(table).count("*").fetchall()[0][0])) for table in TABLES}
        return Published(snapshot(con).generation, rows, new.stat().st_size)
    finally:
        con.close()


def _synced(new: Path) -> str:
    """Make the new file safe against a power cut and give its labelled SHA-256. Raises OSError."""
    with new.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        os.fchmod(file.fileno(), FILE_MODE)
        os.fsync(file.fileno())
    return LABEL + digest
