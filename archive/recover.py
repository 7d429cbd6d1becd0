"""After an unclean end: the torn tail of each `.open` file is set aside, the whole records are sealed, and what to fetch again is named.

Whole records are never dropped. A page whose metadata or text did not make it keeps its records in the file, but has no index line and is
not known, so the next night asks for it again (capture.md section 6). A damaged sealed file is reported, never altered.

The ledger says what was done before it is done, so a recovery that is itself killed is gone on with by the next one.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from archive.cdxj import sorted_bytes
from archive.chain import Account, Chain, Shelved, walk
from archive.clock import Clock, utc_now
from archive.disk import FILE_MODE, PIECE, file_digest, replace_file, storage_error, sync_folder, write_all
from archive.errors import BrokenChain
from archive.ledger import Ledger, mend_tail
from archive.reader import filename_of, sealed_files
from archive.sheets import METADATA_URI
from archive.shelf import OPEN, index_path
from archive.survey import Survey, survey

LEDGER = "ledger.jsonl"


@dataclass(slots=True)
class Mended:
    """What was done, and what nobody but a person can mend: a sentence for each."""

    acts: list[str] = field(default_factory=list)
    troubles: list[str] = field(default_factory=list)


def recover(data: Path, *, clock: Clock = utc_now, fsync: bool = True) -> list[str]:
    """Mend what a killed run left; gives a sentence for each thing done or found, nothing when all was well.

    Safe to run at any time and again: files of a run that is alive are locked and left alone. Raises StorageError, BrokenChain.
    """
    done = mend(data, clock=clock, fsync=fsync)
    return done.acts + done.troubles


def mend(data: Path, *, clock: Clock = utc_now, fsync: bool = True, thorough: bool = False) -> Mended:
    """The same, with what was done apart from what is left to do. `thorough` also holds every index against its digest."""
    path = data / LEDGER
    left = sorted((data / "warc").glob(f"*/*/*.warc.gz{OPEN}"))
    done = Mended()
    try:
        done.acts += [sentence for sentence in [mend_tail(path)] if sentence]
        if not path.exists() and not left and not sealed_files(data):
            return done
        with Ledger(path, clock, fsync) as ledger:
            if left:
                chain = _readable(path)
                for leftover in left:
                    _mend(leftover, ledger, chain, fsync, done)
            _finish(data, ledger, fsync, thorough, done)
        _sweep(data, done)
    except OSError as error:
        raise storage_error("what a killed run left cannot be mended", error) from error
    return done


def plan(data: Path) -> Mended:
    """What a thorough `mend` would do and what it would report, without a byte written. Raises StorageError."""
    chain = walk(data / LEDGER)
    told = Mended(troubles=[str(finding) for finding in chain.findings if finding.what != "truncated"])
    told.acts += [f"{chain.path.name}: {finding.says}, and would be set aside" for finding in chain.findings if finding.what == "truncated"]
    for leftover in sorted((data / "warc").glob(f"*/*/*.warc.gz{OPEN}")):
        seen, size = survey(leftover), leftover.stat().st_size
        torn = f"its last {size - seen.end:,} bytes would be set aside, " if seen.tear else ""
        told.acts.append(f"{filename_of(leftover)}: {torn}{'removed' if seen.empty else f'{len(seen.told)} whole records would be sealed'}")
        told.acts += [_again(url) for _, url in seen.again]
    for warc in sealed_files(data):
        name, index = filename_of(warc), index_path(warc)
        shelved = chain.files.get(name)
        if shelved is None or shelved.sealed is None:
            told.acts.append(f"{name}: its line in the ledger would be written")
        elif not (index.exists() and _same(index, shelved.cdxj_sha256)) or warc.stat().st_size != shelved.sealed.get("bytes"):
            whole = _same(warc, str(shelved.sealed.get("sha256")))
            (told.acts if whole else told.troubles).append(f"{name}: its index would be made again" if whole else damaged(name, shelved))
    return told


def _readable(path: Path) -> Chain:
    """The ledger, if every line of it can be read: what a line that cannot be read says of files, nobody may guess. Raises BrokenChain."""
    chain = walk(path)
    unread = next((finding for finding in chain.findings if finding.what == "damaged"), None)
    if unread:
        raise BrokenChain(f"{path}: {unread.says}", mend=unread.mend)
    return chain


def _mend(path: Path, ledger: Ledger, chain: Chain, fsync: bool, done: Mended) -> None:
    """One `.open` file: cut, written into the ledger, indexed, sealed."""
    name = filename_of(path)
    with _locked(path) as fd:
        if fd is None:
            done.acts.append(f"{name} is being written by another run: left alone")
            return
        seen = survey(path)
        if seen.tear:
            done.acts.append(_set_aside(path, fd, seen.end, fsync))
        _enter(ledger, name, seen, chain.account(name), done, cut=bool(seen.tear))
        if seen.empty:
            path.unlink()
            done.acts.append(f"{name} held no page and was removed")
            return
        replace_file(index_path(path), sorted_bytes(seen.lines), fsync)
        final = path.with_name(path.name.removesuffix(OPEN))
        path.rename(final)
        if fsync:
            sync_folder(final.parent)
        _seal_line(ledger, final, seen)
    done.acts.append(f"{name}: {len(seen.told)} whole records saved and sealed")
    done.acts += [_again(url) for _, url in seen.again]


def _enter(ledger: Ledger, name: str, seen: Survey, known: Account, done: Mended, *, cut: bool) -> None:
    """One ledger line for what the file holds and no line says, and for what the ledger says and the disk lost after fsync.

    Of a file that is removed, for it holds no page, nothing is left.
    """
    end = 0 if seen.empty else seen.end
    reach = max((record.end for record in known.records), default=0)
    lost = sum(record.end > end for record in known.records)
    fresh = [list(record) for record in seen.told if min(reach, end) <= record.offset < end]
    again = [record_id for record_id, _ in seen.again if record_id not in known.again]
    if lost:
        done.acts.append(f"{name}: {lost} records that the ledger names are not in the file: the disk lost them after fsync")
    if fresh or lost or again or (cut and not seen.empty):
        ledger.append("recovered", file=name, cut=cut, end=end, lost=lost, records=fresh, again=again)


def _finish(data: Path, ledger: Ledger, fsync: bool, thorough: bool, done: Mended) -> None:
    """Sealed files whose index or ledger line is missing: the run ended between two steps of sealing.

    The whole ledger is read only where there is such a file; `thorough` also looks for indexes and lengths that are not those sealed.
    """
    named = {line.get("file") for line in Ledger.lines(ledger.path, having='"kind":"sealed"')}
    sealed = sealed_files(data)
    wanting = [warc for warc in sealed if filename_of(warc) not in named or not index_path(warc).exists()]
    if not wanting and not thorough:
        return
    chain = _readable(ledger.path)
    for warc in sealed if thorough else wanting:
        if filename_of(warc) not in named:
            _seal_late(warc, ledger, chain, fsync, done)
        else:
            _index_again(warc, ledger, chain.files[filename_of(warc)], fsync, done)


def _seal_late(warc: Path, ledger: Ledger, chain: Chain, fsync: bool, done: Mended) -> None:
    """The ledger does not know yet that this file was sealed: its records are read, and written there if they are whole."""
    name, seen = filename_of(warc), survey(warc)
    if seen.tear:
        done.troubles.append(damaged(name, chain.files.get(name, Shelved()), seen.tear.what))
        return
    if not index_path(warc).exists():
        replace_file(index_path(warc), sorted_bytes(seen.lines), fsync)
        done.acts.append(f"{name} had lost its index: made again")
    _enter(ledger, name, seen, chain.account(name), done, cut=False)
    _seal_line(ledger, warc, seen)
    done.acts.append(f"{name} was sealed without its ledger line: written now")


def _index_again(warc: Path, ledger: Ledger, shelved: Shelved, fsync: bool, done: Mended) -> None:
    """Make the index of a sealed file again where it is gone or not the one that was sealed; from a damaged file nothing is made."""
    name, index = filename_of(warc), index_path(warc)
    sealed = shelved.sealed or {}
    indexed = index.exists() and _same(index, shelved.cdxj_sha256)
    if indexed and warc.stat().st_size == sealed.get("bytes"):
        return
    if not _same(warc, str(sealed.get("sha256"))):
        tear = survey(warc).tear
        done.troubles.append(damaged(name, shelved, tear.what if tear else ""))
        return
    replace_file(index, sorted_bytes(survey(warc).lines), fsync)
    done.acts.append(f"{name} had lost its index: made again")
    digest, _ = file_digest(index)
    if digest != shelved.cdxj_sha256:  # made by other rules than then
        ledger.append("indexed", file=name, cdxj_sha256=digest)


def _sweep(data: Path, done: Mended) -> None:
    """Indexes and salvaged files that were being written when a run ended; what they were to hold is made anew."""
    for half in sorted((data / "warc").glob(f"*/*/*.cdxj{OPEN}")):
        warc = half.with_name(half.name.removesuffix(f".cdxj{OPEN}") + f".warc.gz{OPEN}")
        if not warc.exists():
            half.unlink()
            done.acts.append(f"{half.name}, an index half written, was removed")
    for half in sorted((data / "warc").glob("*/*/*-salvaged*.warc.gz.half")):
        half.unlink()
        done.acts.append(f"{half.name}, a salvaged file half written, was removed")


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
    digest, size = file_digest(warc)
    index, _ = file_digest(index_path(warc))
    name = filename_of(warc)
    ledger.append("sealed", file=name, records=len(seen.told), pages=len(seen.lines), bytes=size, sha256=digest, cdxj_sha256=index)


def _same(path: Path, digest: str) -> bool:
    return file_digest(path)[0] == digest


def damaged(name: str, shelved: Shelved, what: str = "") -> str:
    """What to say of a sealed file that is not what was sealed; `what` the reader said of it."""
    if shelved.salvaged:
        return f"{name} is damaged, and its good records are in {shelved.salvaged}: move it out of data/warc, then stet reindex --all"
    what = what or f"{name} is not the file that was sealed"
    return f"{what}; nothing was altered. Type: stet verify {name}, then: stet recover --salvage {name}"


def _again(url: str) -> str:
    if url.startswith(METADATA_URI):  # no answer before it: a page that was being read again
        return f"{url.removeprefix(METADATA_URI)} was not read again whole; its copy is untouched, and the next reindex --reread reads it"
    return f"{url} was not written whole and is to be fetched again"


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
