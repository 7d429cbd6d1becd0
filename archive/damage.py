"""A damaged file walked all the same: its whole records, and the stretches between them that hold none.

After damage the walk goes on at the next member header that begins a WARC record (capture.md section 6). Compressed bytes can hold the
three bytes of such a header by chance, but not behind them a text that begins with `WARC/1.`; a body that is itself a WARC can, so the
ledger's word on where the damaged record ends goes first, if a record begins there.
"""

import os
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from archive.errors import TornRecord
from archive.reader import PIECE, Record, filename_of, member_at, opened, record_in

MAGIC = b"\x1f\x8b\x08"
_FIRST = b"WARC/1."


class Damage(NamedTuple):
    """A stretch without a whole record: from `offset` to before `end`, in bytes, and what the reader said of its beginning."""

    offset: int
    end: int
    says: str


def walk(path: Path, ends: Mapping[int, int] = MappingProxyType({})) -> Iterator[Record | Damage]:
    """Every whole record and every damaged stretch, in order, to the end of the file. Raises StorageError when it cannot be read.

    `ends`: offset of each record the ledger names, and of the first byte behind it.
    """
    name = filename_of(path)
    with opened(path) as fd:
        size = os.fstat(fd).st_size
        at = 0
        while at < size:
            end = at
            try:
                data, length = member_at(fd, at, size, name)
                end = at + length
                record = record_in(data, at, length, name, None)
            except TornRecord as torn:
                told = ends.get(at, 0)
                end = told if at < told and _begins_at(fd, told, size) else _next_record(fd, max(at + 1, end), size)
                yield Damage(at, end, torn.what)
            else:
                if record is not None:
                    yield record
            at = end


def _next_record(fd: int, at: int, size: int) -> int:
    """Offset of the next member that begins with a WARC version, at or behind `at`; the size of the file where there is none."""
    overlap = len(MAGIC) - 1
    while at < size:
        window = os.pread(fd, PIECE + overlap, at)
        found = window.find(MAGIC)
        while found >= 0:
            if _begins_at(fd, at + found, size):
                return at + found
            found = window.find(MAGIC, found + 1)
        at += PIECE
    return size


def _begins_at(fd: int, at: int, size: int) -> bool:
    """Whether a record, or nothing more, begins at this offset."""
    try:
        return at == size or zlib.decompressobj(31).decompress(os.pread(fd, 4096, at), len(_FIRST)) == _FIRST
    except zlib.error:
        return False
