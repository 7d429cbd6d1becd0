"""The good records of a damaged sealed file, byte for byte in a new file of their own; the damaged one is never altered.

The ledger says which file stands for which, and names each record again, so that `verify` holds the new file to the same digests. Only
records that match both their own digest and the one the ledger holds are taken over.
"""

import os
from dataclasses import dataclass
from pathlib import Path

from archive.cdxj import sorted_bytes
from archive.chain import Told, walk
from archive.clock import Clock, utc_now
from archive.damage import Damage
from archive.damage import walk as walk_file
from archive.digest import labelled
from archive.disk import FILE_MODE, file_digest, replace_file, storage_error, sync_folder, write_all
from archive.errors import BadInput
from archive.ledger import Ledger
from archive.reader import filename_of, opened
from archive.recover import LEDGER
from archive.shelf import index_path
from archive.survey import survey


@dataclass(frozen=True, slots=True)
class Salvaged:
    """What came of it: the new file, how many records it holds, and each record or stretch that was left behind, in a sentence."""

    file: str
    records: int
    left: tuple[str, ...]


def salvage(data: Path, name: str, *, clock: Clock = utc_now, fsync: bool = True, dry_run: bool = False) -> Salvaged:
    """Write the good records of a damaged sealed file to a new one beside it, index and seal it. With `dry_run` nothing is written.

    Raises BadInput for a file that is not there, is whole, or was salvaged before; StorageError where the disk refuses.
    """
    damaged = data / "warc" / name
    chain = walk(data / LEDGER)
    shelved = chain.files.get(name)
    if not damaged.is_file() or filename_of(damaged) != name:
        raise BadInput(f"{name} is no sealed file of this archive", mend="name it as it stands below data/warc; stet verify lists them")
    digest, _ = file_digest(damaged)
    if shelved and shelved.sealed and shelved.sealed.get("sha256") == digest:
        raise BadInput(f"{name} is the file that was sealed: there is nothing to salvage", mend="type: stet verify")
    if shelved and shelved.salvaged:
        raise BadInput(f"the good records of {name} are in {shelved.salvaged} already", mend=f"move {name} out of data/warc")
    good, left = _sorted_out(damaged, chain.account(name).records)
    final = _free_name(damaged)
    if not good:
        raise BadInput(f"{name} holds not one good record", mend="restore it from a copy")
    if not dry_run:
        try:
            _write(damaged, good, final, fsync)
            with Ledger(data / LEDGER, clock, fsync) as ledger:
                _enter(ledger, name, digest, final, left)
        except OSError as error:
            raise storage_error(f"{final} cannot be written", error) from error
    return Salvaged(filename_of(final), len(good), tuple(left))


def _sorted_out(path: Path, told: list[Told]) -> tuple[list[Told], list[str]]:
    """Records that are what they were, and what was left behind. A file that the ledger does not name has its own digests alone."""
    digests = {(record.type, record.digest) for record in told}
    good: list[Told] = []
    left: list[str] = []
    for part in walk_file(path, {record.offset: record.end for record in told}):
        if isinstance(part, Damage):
            left.append(f"bytes {part.offset:,} to {part.end:,}: {part.says}")
            continue
        digest = labelled(part.block)
        if part.headers.get("warc-block-digest") == digest and (not digests or (part.type, digest) in digests):
            good.append(Told(part.type, part.offset, part.length, digest))
        else:
            left.append(f"the {part.type} at byte {part.offset:,} is not the one that was written")
    return good, left


def _free_name(damaged: Path) -> Path:
    """A name that nothing has yet, beside the damaged file."""
    stem, number = damaged.name.removesuffix(".warc.gz"), 1
    while True:
        final = damaged.with_name(f"{stem}-salvaged{number}.warc.gz")
        if not final.exists():
            return final
        number += 1


def _write(damaged: Path, good: list[Told], final: Path, fsync: bool) -> None:
    """The members as they lie in the damaged file, one behind the other, under a name that is not the final one until all are on disk."""
    aside = final.with_name(final.name + ".half")
    fd = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, FILE_MODE)
    try:
        with opened(damaged) as source:
            for record in good:
                write_all(fd, os.pread(source, record.length, record.offset))
        if fsync:
            os.fsync(fd)
    finally:
        os.close(fd)
    replace_file(index_path(final), sorted_bytes(survey(aside.rename(final)).lines), fsync)
    if fsync:
        sync_folder(final.parent)


def _enter(ledger: Ledger, name: str, digest: str, final: Path, left: list[str]) -> None:
    """Two lines: what stands for what, with every record; and the seal."""
    seen = survey(final)
    ledger.append(
        "salvaged",
        file=filename_of(final),
        damaged=name,
        damaged_sha256=digest,
        left=left,
        records=[list(record) for record in seen.told],
        again=[record_id for record_id, _ in seen.again],
    )
    whole, size = file_digest(final)
    index, _ = file_digest(index_path(final))
    ledger.append(
        "sealed", file=filename_of(final), records=len(seen.told), pages=len(seen.lines), bytes=size, sha256=whole, cdxj_sha256=index
    )
