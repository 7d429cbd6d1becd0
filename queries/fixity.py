"""The published index held against what it was cast from: its file against the ledger, its rows of captures against the records.

The index is a shadow: what is wrong with it costs no page, and is mended by building it again.
"""

from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from archive.bundle import Bundle
from archive.chain import Chain
from archive.digest import short_id
from archive.disk import file_digest
from archive.errors import StetError
from archive.findings import REBUILD, Audit, Finding, Seen, What
from queries.rows import rows_of
from queries.store import PUBLISHED, fetch, open_published, snapshot

COLUMNS = (
    *("capture_id", "article_id", "url", "url_key", "captured_at", "status", "mime", "payload_digest", "text_digest"),
    *("warc_offset", "warc_length", "text_offset", "text_length", "record_id", "record_type", "refers_to", "incomplete"),
    *("source_id", "night_id"),
)
_HELD = """
SELECT capture_id FROM captures WHERE capture_id IN (SELECT unnest(CAST($ids AS VARCHAR[])))
UNION ALL
SELECT old_id FROM former_ids WHERE kind = 'withdrawn'
"""
_ROWS = f"SELECT {', '.join(COLUMNS)} FROM captures WHERE warc_file = $file ORDER BY warc_offset"  # noqa: S608 (our own names)

Row = dict[str, object]


class RowCheck:
    """Looks at pages as they are read from the files, and says at the end which rows do not fit. Use as a context manager."""

    def __init__(self, data: Path) -> None:
        self.data = data
        self.findings: list[Finding] = []
        self.rows = 0
        self._con: duckdb.DuckDBPyConnection | None = None
        self._file: str | None = None
        self._left: dict[int, Row] = {}  # rows of the file in hand that no record has answered to
        self._absent: dict[str, list[tuple[int, str, str]]] = {}  # per file: records without a row, with the ids of their capture and page
        self._known: set[str] = set()  # files that rows name and that were read

    def __enter__(self) -> "RowCheck":
        if (self.data / PUBLISHED).exists():
            try:
                self._con = open_published(self.data)
            except StetError as error:
                self._find("damaged", error.what, None)
        return self

    def __exit__(self, *exc: object) -> None:
        if self._con is not None:
            self._con.close()

    def look(self, bundle: Bundle) -> None:
        """One page, whole or not, in the order of files and offsets."""
        if self._con is None:
            return
        if bundle.first.filename != self._file:
            self._turn(bundle.first.filename)
        for table, made in rows_of(bundle):
            if table != "captures":
                continue
            offset = int(str(made["warc_offset"]))
            row = self._left.pop(offset, None)
            if row is None:
                self._absent.setdefault(str(self._file), []).append((offset, str(made["capture_id"]), short_id("a", str(made["url_key"]))))
                continue
            wrong = [name for name in COLUMNS if row[name] != _as_stored(name, made[name]) and not _withheld(name, row)]
            if wrong:
                self._find("rows", f"its row in captures has another {', '.join(wrong)} than its record", offset)

    def finish(self, audit: Audit, chain: Chain) -> None:
        """Add everything found, and the file of the index itself, to the audit."""
        if not (self.data / PUBLISHED).exists():
            if chain.published:
                audit.findings.append(_finding("missing", PUBLISHED, "the ledger names a published index; it is not there"))
            return
        self._turn(None)
        whole = {seen.file for seen in audit.read}
        if self._con is not None:
            self._find_absent(chain)
            self._find_strangers(whole, chain)
        audit.findings += self.findings
        audit.findings += compare_file(self.data, chain)
        audit.read.append(Seen(file=PUBLISHED, bytes=(self.data / PUBLISHED).stat().st_size, records=self.rows))

    def _turn(self, name: str | None) -> None:
        """Rows that the file read before did not answer to; then the rows of the next file."""
        for offset, row in self._left.items():
            self._find("rows", f"captures has a row {row['capture_id']} for a record that is not there", offset)
        self._file, self._left = name, {}
        if name is None or self._con is None:
            return
        self._known.add(name)
        try:
            rows = fetch(self._con, _ROWS, {"file": name}).rows
        except StetError as error:
            self._find("damaged", error.what, None)
            self._con = None
            return
        self.rows += len(rows)
        self._left = {int(str(row[COLUMNS.index("warc_offset")])): dict(zip(COLUMNS, row, strict=True)) for row in rows}

    def _find_absent(self, chain: Chain) -> None:
        """Records without a row, of files that were sealed before the last publication; doubles and withdrawn pages have none by right."""
        newest = int(chain.published[-1]["seq"]) if chain.published else 0
        for name, absent in self._absent.items():
            sealed = chain.files[name].sealed_seq if name in chain.files else 0
            if not 0 < sealed < newest:
                continue
            held = self._held([capture_id for _, capture_id, _ in absent])
            for offset, capture_id, article_id in absent:
                if not {capture_id, article_id} & held:
                    self._file = name
                    self._find("rows", f"captures has no row {capture_id} for this record", offset)

    def _held(self, ids: list[str]) -> set[str]:
        """Which of these captures have a row elsewhere; and the ids of all articles that were withdrawn."""
        if self._con is None:
            return set(ids)
        return {str(row[0]) for row in fetch(self._con, _HELD, {"ids": ids}).rows}

    def _find_strangers(self, whole: set[str], chain: Chain) -> None:
        """Rows that name a file which is not in the archive at all."""
        if self._con is None:
            return
        for (name,) in fetch(self._con, "SELECT DISTINCT warc_file FROM captures ORDER BY warc_file").rows:
            there = name in whole or name in chain.files or (self.data / "warc" / str(name)).exists()
            if not there:
                self._file = str(name)
                self._find("rows", "captures has rows of this file, which neither the ledger nor the folder knows", None)

    def _find(self, what: What, says: str, offset: int | None) -> None:
        self.findings.append(Finding(state="failed", what=what, file=self._file or PUBLISHED, says=says, offset=offset, mend=REBUILD))


def compare_file(data: Path, chain: Chain) -> Iterator[Finding]:
    """The file of the index against the ledger.

    The line is written before the file is renamed, so after a kill the file of the line before may stand.
    """
    digest, size = file_digest(data / PUBLISHED)
    told = [str(line.get("sha256")) for line in chain.published[-2:]]
    if digest not in told:
        says = f"its SHA-256 is not one that the ledger says was published ({size:,} bytes)"
        yield _finding("altered" if told else "added", PUBLISHED, says)
        return
    if digest != told[-1]:
        says = "the generation before the last: the last one was not put in place"
        yield Finding(state="noted", what="leftover", file=PUBLISHED, says=says, mend="type: stet publish")
    with closing(open_published(data)) as con:
        head = snapshot(con).ledger_head
    if head and head not in chain.heads:
        yield _finding("chain", PUBLISHED, "it was cast from a ledger that this one does not go back to: lines are missing there")


def _as_stored(name: str, made: object) -> object:
    """A value as it comes out of its column."""
    if name == "captured_at" and isinstance(made, str):
        return datetime.fromisoformat(made).astimezone(UTC)
    return made


def _withheld(name: str, row: Row) -> bool:
    """A revisit of a page that was withdrawn since loses its reference."""
    return name == "refers_to" and row[name] is None


def _finding(what: What, file: str, says: str) -> Finding:
    return Finding(state="failed", what=what, file=file, says=says, mend=REBUILD)
