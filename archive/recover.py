"""After an unclean end: the torn tail of each `.open` file is set aside, the whole records are sealed, and what to fetch again is named.

Whole records are never dropped. A page whose metadata or text did not make it keeps its records in the file, but has no index line and is
not known, so the next night asks for it again (capture.md section 6). A damaged sealed file is reported, never altered.
"""

import fcntl
import hashlib
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from archive.bundle import bundles, capture_of, stated_mime
from archive.cdxj import CdxLine, sorted_bytes
from archive.clock import Clock, utc_now
from archive.digest import LABEL
from archive.disk import FILE_MODE, replace_file, storage_error, sync_folder, write_all
from archive.errors import TornRecord
from archive.ledger import Ledger, mend_tail
from archive.reader import Record, filename_of, records, sealed_files
from archive.shelf import OPEN, index_path
from archive.writer import index_line

PIECE = 1 << 20


@dataclass(slots=True)
class Survey:
    """What one file holds: each whole record (type, offset, length, block digest), index lines of whole pages, what to fetch again."""

    told: list[tuple[str, int, int, str]] = field(default_factory=list)
    lines: list[CdxLine] = field(default_factory=list)
    again: list[tuple[str, str]] = field(default_factory=list)  # record id and address
    tear: TornRecord | None = None

    @property
    def end(self) -> int:
        """Offset behind the last whole record."""
        return self.told[-1][1] + self.told[-1][2] if self.told else 0

    @property
    def empty(self) -> bool:
        """Nothing but a warcinfo."""
        return all(kind == "warcinfo" for kind, *_ in self.told)


def recover(data: Path, *, clock: Clock = utc_now, fsync: bool = True) -> list[str]:
    """Mend what a killed run left; gives a sentence for each thing done or found, nothing when all was well.

    Safe to run at any time and again: files of a run that is alive are locked and left alone. Raises StorageError, BrokenChain.
    """
    path = data / "ledger.jsonl"
    left = sorted((data / "warc").glob(f"*/*/*.warc.gz{OPEN}"))
    try:
        said = [sentence for sentence in [mend_tail(path)] if sentence]
        if not path.exists() and not left and not sealed_files(data):
            return said
        with Ledger(path, clock, fsync) as ledger:
            for leftover in left:
                said += _mend(leftover, ledger, fsync)
            said += _finish(data, ledger, fsync)
    except OSError as error:
        raise storage_error("what a killed run left cannot be mended", error) from error
    return said


def survey(path: Path) -> Survey:
    """Walk a file once, holding one page at a time."""
    seen = Survey()
    try:
        for bundle in bundles(_noted(records(path), seen)):
            capture = capture_of(bundle)
            if not bundle.whole:
                seen.again.append((bundle.first.record_id, bundle.first.url))
            elif capture and bundle.answer:
                seen.lines.append(index_line(capture, stated_mime(bundle.answer), capture.truncated))
    except TornRecord as tear:
        seen.tear = tear
    return seen


def _noted(found: Iterable[Record], seen: Survey) -> Iterator[Record]:
    for record in found:
        seen.told.append((record.type, record.offset, record.length, record.headers.get("warc-block-digest", "")))
        yield record


def _mend(path: Path, ledger: Ledger, fsync: bool) -> list[str]:
    """One `.open` file: cut, indexed, sealed, written into the ledger."""
    name = filename_of(path)
    with _locked(path) as fd:
        if fd is None:
            return [f"{name} is being written by another run: left alone"]
        seen = survey(path)
        written, said = _written_down(ledger, name, seen.end)
        if seen.tear:
            said.append(_set_aside(path, fd, seen.end, fsync))
        if seen.empty:
            path.unlink()
            return [*said, f"{name} held no page and was removed"]
        replace_file(index_path(path), sorted_bytes(seen.lines), fsync)
        final = path.with_name(path.name.removesuffix(OPEN))
        path.rename(final)
        if fsync:
            sync_folder(final.parent)
        ledger.append(
            "recovered",
            file=name,
            cut=bool(seen.tear),
            records=[r for r in seen.told if r[1] >= written],
            again=[record_id for record_id, _ in seen.again],
        )
        _seal_line(ledger, final, seen)
    said.append(f"{name}: {len(seen.told)} whole records saved and sealed")
    return said + [f"{url} was not written whole and is to be fetched again" for _, url in seen.again]


def _written_down(ledger: Ledger, name: str, end: int) -> tuple[int, list[str]]:
    """How far the ledger's lines of this file reach (bytes), and a sentence if that is beyond its records: the disk lost some."""
    reach, gone = 0, 0
    for line in Ledger.lines(ledger.path, having=name):
        if line.get("file") == name and line["kind"] in ("page", "facts"):
            for _, offset, length, _ in line["records"]:
                reach = max(reach, offset + length)
                gone += offset + length > end
    return reach, [f"{name}: {gone} records that the ledger names are not in the file: the disk lost them after fsync"] if gone else []


def _finish(data: Path, ledger: Ledger, fsync: bool) -> list[str]:
    """Sealed files whose index or ledger line is missing: the run ended between two steps of sealing."""
    said: list[str] = []
    named = {line.get("file") for line in Ledger.lines(ledger.path, having='"kind":"sealed"')}
    for warc in sealed_files(data):
        name = filename_of(warc)
        indexed = index_path(warc).exists()
        if indexed and name in named:
            continue
        seen = survey(warc)
        if seen.tear:
            said.append(f"{seen.tear.what}. {seen.tear.mend}")
            continue
        if not indexed:
            replace_file(index_path(warc), sorted_bytes(seen.lines), fsync)
            said.append(f"{name} had lost its index: made again")
        if name not in named:
            _seal_line(ledger, warc, seen)
            said.append(f"{name} was sealed without its ledger line: written now")
    return said


def _set_aside(path: Path, fd: int, end: int, fsync: bool) -> str:
    """Copy what is behind the last whole record to `NAME.tail`, then cut; the copy is on disk before the cut."""
    size = os.fstat(fd).st_size
    base = path.name.removesuffix(OPEN) + ".tail"
    number, tail = 1, path.with_name(base)
    while tail.exists():
        number += 1
        tail = path.with_name(f"{base}.{number}")
    copy = os.open(tail, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
    try:
        at = end
        while at < size and (piece := os.pread(fd, PIECE, at)):
            write_all(copy, piece)
            at += len(piece)
        if fsync:
            os.fsync(copy)
            sync_folder(path.parent)
    finally:
        os.close(copy)
    os.ftruncate(fd, end)
    if fsync:
        os.fsync(fd)
    return f"{filename_of(path)} ended inside a record: its last {size - end:,} bytes were set aside in {tail.name}"


def _seal_line(ledger: Ledger, warc: Path, seen: Survey) -> None:
    digest, size = _file_digest(warc)
    index, _ = _file_digest(index_path(warc))
    name = filename_of(warc)
    ledger.append("sealed", file=name, records=len(seen.told), pages=len(seen.lines), bytes=size, sha256=digest, cdxj_sha256=index)


def _file_digest(path: Path) -> tuple[str, int]:
    """SHA-256 of a file, labelled, and its length in bytes."""
    whole, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            whole.update(piece)
            size += len(piece)
    return LABEL + whole.hexdigest(), size


@contextmanager
def _locked(path: Path) -> Iterator[int | None]:
    """The file open for cutting, under the lock its writer held; None while that writer lives."""
    fd = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    try:
        fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(fd)
        yield None
        return
    try:
        yield fd
    finally:
        os.close(fd)
