"""Reading records back: gzip members walked one by one, declared lengths compared, blocks checked against their digests.

The walk is ours, for warcio hands out a torn last record as if it were whole (webrecorder/warcio#138, and its `check` passes it). Files are
read with pread, never mapped: a writer may cut its own open file under us.
"""

import os
import re
import zlib
from collections.abc import Container, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath

from archive.clock import from_iso
from archive.digest import labelled
from archive.disk import storage_error
from archive.errors import BadInput, DigestMismatch, IntegrityError, TornRecord
from archive.shelf import OPEN

PIECE = 1 << 15  # bytes read at a time: most of our records are smaller
MOST = 1 << 28  # bytes of one record, inflated: a damaged stream may otherwise grow a thousandfold
EPOCH = datetime(1970, 1, 1, tzinfo=UTC)  # stands for a date that cannot be read
_MEND_FILE = "restore the file from a copy, or save its good records with `stet recover --salvage`, then run `stet verify`"
_REREAD = re.compile(r"stet-[0-9]{14}-reread-[0-9]")
_OWN_NAME = re.compile(r"[0-9]{4}/[0-9]{2}/[^/]+")


class Fields(Mapping[str, str]):
    """The first value of each header field, by name in any case."""

    __slots__ = ("_values", "pairs")

    def __init__(self, pairs: Iterable[tuple[str, str]]) -> None:
        self.pairs = tuple(pairs)  # every field as it stands, in order
        self._values: dict[str, str] = {}
        for name, value in self.pairs:
            self._values.setdefault(name.lower(), value)

    def __getitem__(self, name: str) -> str:
        return self._values[name.lower()]

    def __iter__(self) -> Iterator[str]:
        return iter(self._values)

    def __len__(self) -> int:
        return len(self._values)


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One WARC record: its fields, its block, and where it lies: file below data/warc, without `.open`; offset and length in bytes."""

    type: str
    record_id: str
    date: datetime
    url: str
    headers: Fields
    block: bytes
    offset: int
    length: int
    filename: str

    @property
    def end(self) -> int:
        """Offset of the first byte behind the record."""
        return self.offset + self.length


def records(path: Path, *, types: Container[str] | None = None, start: int = 0) -> Iterator[Record]:
    """Every whole record of these types (all: None) from `start` on, in order.

    Raises TornRecord behind the last whole record when the file does not end there, StorageError when it cannot be read.
    """
    name = filename_of(path)
    with opened(path) as fd:
        size = os.fstat(fd).st_size
        at = start
        while at < size:
            data, length = member_at(fd, at, size, name)
            record = record_in(data, at, length, name, types)
            if record is not None:
                yield record
            at += length


def record_at(data: Path, filename: str, offset: int, length: int) -> Record:
    """The record at an address, its block compared with its digest.

    Raises BadInput when the name leaves data/warc, IntegrityError when the file is gone, TornRecord when no whole record lies there,
    DigestMismatch when its bytes have changed.
    """
    path = path_of(data, filename)
    with opened(path) as fd:
        size = os.fstat(fd).st_size
        found = length
        if 0 <= offset < size:
            raw, found = member_at(fd, offset, size, filename)
        if not 0 <= offset < size or found != length:
            raise TornRecord(
                f"{filename} holds no record of {length} bytes at {offset}", mend="run `stet reindex`; if it stays so, " + _MEND_FILE
            )
        record = record_in(raw, offset, length, filename, None)
    assert record is not None
    check_block(record)
    return record


def check_block(record: Record) -> None:
    """Raises DigestMismatch when the block is not the one that was written; a record without digest passes only if it is not ours."""
    stated = record.headers.get("warc-block-digest", "")
    if stated.lower() != labelled(record.block):
        raise DigestMismatch(
            f"{record.filename}@{record.offset} no longer matches its digest", mend="restore that file from a copy, then run `stet verify`"
        )


def sealed_files(data: Path) -> list[Path]:
    """Every sealed WARC of the data folder, in order of name: night by night."""
    return sorted((data / "warc").glob("*/*/*.warc.gz"))


def filename_of(path: Path) -> str:
    """The name of a WARC below data/warc, without `.open`; a file that lies elsewhere goes by its last part."""
    name = path.name.removesuffix(OPEN)
    below = "/".join((*path.parts[-3:-1], name))
    return below if _OWN_NAME.fullmatch(below) else name


def is_reread(filename: str) -> bool:
    """Whether a file of this name holds newer readings of pages that lie in other files.

    >>> is_reread("2026/11/stet-20261122031500-reread-00001-7f3a.warc.gz")
    True
    """
    return _REREAD.match(filename.rpartition("/")[2]) is not None


def path_of(data: Path, filename: str) -> Path:
    """Where that file lies, sealed or open tonight. Raises BadInput when the name leaves data/warc, IntegrityError when it is gone."""
    parts = PurePosixPath(filename)
    if parts.is_absolute() or ".." in parts.parts or "\0" in filename:
        raise BadInput(f"{filename!a} is not a file of the archive", mend="name it as it stands below data/warc")
    path = data / "warc" / parts
    if path.is_file():
        return path
    tonight = path.with_name(path.name + OPEN) if parts.name else path
    if tonight.is_file():
        return tonight
    raise IntegrityError(f"{filename} is missing from data/warc", mend="restore it from a copy, then run `stet verify`")


@contextmanager
def opened(path: Path) -> Iterator[int]:
    """A descriptor for reading. Raises StorageError."""
    try:
        fd = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError as error:
        raise storage_error(f"{path} cannot be read", error) from error
    try:
        yield fd
    finally:
        os.close(fd)


def member_at(fd: int, at: int, size: int, name: str) -> tuple[bytes, int]:
    """The gzip member that begins at `at`: its content, checked against its CRC by zlib, and its compressed length.

    Raises TornRecord where none ends, StorageError when the disk does not answer.
    """
    inflate = zlib.decompressobj(31)
    parts: list[bytes] = []
    position, grown = at, 0
    try:
        while not inflate.eof and (piece := os.pread(fd, PIECE, position)):
            parts.append(inflate.decompress(piece))
            position += len(piece)
            grown += len(parts[-1])
            if grown > MOST:
                raise TornRecord(f"{name} is damaged at byte {at}: a record that does not end within {MOST:,} bytes", mend=_MEND_FILE)
    except zlib.error as error:
        raise TornRecord(f"{name} is damaged at byte {at}: {error}", mend=_MEND_FILE) from error
    except OSError as error:
        raise storage_error(f"{name} cannot be read", error) from error
    if not inflate.eof:
        raise TornRecord(f"{name} ends inside a record (last {size - at:,} bytes); all before it are whole", mend="run `stet recover`")
    return b"".join(parts), position - len(inflate.unused_data) - at


def record_in(data: bytes, at: int, length: int, name: str, types: Container[str] | None) -> Record | None:
    """The record inside a member; None when it is of another type. Raises TornRecord when its lengths do not agree."""
    end = data.find(b"\r\n\r\n")
    lines = data[:end].decode("utf-8", "replace").split("\r\n") if end >= 0 else [""]
    if not lines[0].startswith("WARC/1."):
        raise TornRecord(f"{name} holds something at byte {at} that is no WARC record", mend=_MEND_FILE)
    fields = Fields((key.strip(), value.strip()) for key, _, value in (line.partition(":") for line in lines[1:]))
    kind = fields.get("warc-type", "")
    block_at = end + 4
    stated = fields.get("content-length", "")
    if not stated.isascii() or not stated.isdigit() or block_at + int(stated) + 4 != len(data) or not data.endswith(b"\r\n\r\n"):
        raise TornRecord(f"the record at byte {at} of {name} is not as long as it says", mend=_MEND_FILE)
    if types is not None and kind not in types:
        return None
    return Record(
        type=kind,
        record_id=fields.get("warc-record-id", ""),
        date=_date(fields.get("warc-date", "")),
        url=fields.get("warc-target-uri", "").removeprefix("<").removesuffix(">"),
        headers=fields,
        block=data[block_at:-4],
        offset=at,
        length=length,
        filename=name,
    )


def _date(text: str) -> datetime:
    try:
        return from_iso(text)
    except BadInput:
        return EPOCH
