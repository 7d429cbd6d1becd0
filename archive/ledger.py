"""The ledger: an append-only file of JSON lines, each holding the hash of the line before and its own.

`{"seq":…,"at":…,"kind":…, facts…,"prev":…,"hash":…}`; the hash is the SHA-256 of the line without `hash`, keys sorted, no blanks, ASCII.
Kinds: page, facts (metadata without a page), sealed, recovered, source, night, published. A removed or altered line breaks the
chain behind it (faults.md section 6).
"""

import json
import os
import threading
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from archive.clock import Clock, iso, utc_now
from archive.digest import sha256_hex
from archive.disk import FILE_MODE, make_folder, storage_error, sync_folder, write_all
from archive.errors import BrokenChain, StorageError

_MEND = "keep the file as it is, restore it from a copy, then run `stet verify`"
_LAST = 1 << 20  # bytes looked at for the last line; one line is never that long


class Ledger:
    """The chain, open for appending by one process. Raises BrokenChain when the file does not end in a whole line."""

    def __init__(self, path: Path, clock: Clock = utc_now, fsync: bool = True) -> None:
        self.path = path
        self._clock = clock
        self._fsync = fsync
        self._lock = threading.Lock()
        self._sound = True
        try:
            make_folder(path.parent, fsync)
            fresh = not path.exists()
            self._fd = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND | os.O_CLOEXEC, FILE_MODE)
            if fresh and fsync:
                sync_folder(path.parent)
        except OSError as error:
            raise storage_error(f"the ledger {path} cannot be opened", error) from error
        last = self._last_line()
        self._seq: int = last["seq"] if last else 0
        self.head: str | None = last["hash"] if last else None

    def append(self, kind: str, **facts: object) -> dict[str, Any]:
        """Write one line and fsync it; gives the line. A failed write is cut off again and raises StorageError."""
        with self._lock:
            line: dict[str, Any] = {"seq": self._seq + 1, "at": iso(self._clock()), "kind": kind, **facts, "prev": self.head}
            line["hash"] = _hash(line)
            data = (json.dumps(line, separators=(",", ":")) + "\n").encode()
            if not self._sound:
                raise StorageError(f"the ledger {self.path} failed before and is not written any more", mend="run `stet recover`")
            before = os.fstat(self._fd).st_size
            try:
                write_all(self._fd, data)
                if self._fsync:
                    os.fsync(self._fd)
            except BaseException as error:
                self._cut(before)
                if isinstance(error, OSError):
                    raise storage_error(f"the ledger {self.path} cannot be written", error) from error
                raise
            self._seq, self.head = line["seq"], line["hash"]
            return line

    def _cut(self, size: int) -> None:
        """Take back a line that was not written well; if even that fails, nothing may follow it."""
        try:
            os.ftruncate(self._fd, size)
        except OSError:
            self._sound = False

    def close(self) -> None:
        """Let go of the file; every line is already on disk."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def __enter__(self) -> "Ledger":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _last_line(self) -> dict[str, Any] | None:
        size = os.fstat(self._fd).st_size
        data = os.pread(self._fd, _LAST, max(0, size - _LAST))
        if not data:
            return None
        if not data.endswith(b"\n"):
            raise BrokenChain(f"{self.path} ends inside a line", mend="run `stet recover`")
        return _parsed(data[:-1].rpartition(b"\n")[2], f"the last line of {self.path}")

    @staticmethod
    def lines(path: Path, *, having: str = "") -> Iterator[dict[str, Any]]:
        """Every line that contains the text `having`, unchecked. Raises BrokenChain at one that is torn or not JSON; no file, no lines."""
        wanted = having.encode()
        if not path.exists():
            return
        with path.open("rb") as file:
            for number, raw in enumerate(file, 1):
                if not raw.endswith(b"\n"):
                    raise BrokenChain(f"{path} line {number} is torn", mend="run `stet recover`")
                if wanted in raw:
                    yield _parsed(raw[:-1], f"{path} line {number}")

    @staticmethod
    def check(path: Path) -> str | None:
        """Walk the whole chain and give its head. Raises BrokenChain naming the first line that does not follow."""
        head: str | None = None
        for number, line in enumerate(Ledger.lines(path), 1):
            if line["hash"] != _hash(line):
                raise BrokenChain(f"{path} line {number} was altered: its hash does not match", mend=_MEND)
            if line.get("prev") != head or line["seq"] != number:
                raise BrokenChain(f"{path} line {number} does not follow the line before it", mend=_MEND)
            head = line["hash"]
        return head


def mend_tail(path: Path) -> str | None:
    """Cut a torn last line into `NAME.tail` and say so; None when the ledger ends well. Such a line was never acknowledged."""
    if not path.exists():
        return None
    with path.open("r+b") as file:
        size = file.seek(0, os.SEEK_END)
        file.seek(max(0, size - _LAST))
        data = file.read()
        torn = data[data.rfind(b"\n") + 1 :]
        if not torn:
            return None
        with path.with_name(path.name + ".tail").open("ab") as tail:
            tail.write(torn + b"\n")
            tail.flush()
            os.fsync(tail.fileno())
        file.truncate(size - len(torn))
        os.fsync(file.fileno())
    return f"{path.name} ended inside a line: its {len(torn)} bytes were set aside in {path.name}.tail"


def _hash(line: Mapping[str, Any]) -> str:
    bare = {key: value for key, value in line.items() if key != "hash"}
    return sha256_hex(json.dumps(bare, sort_keys=True, separators=(",", ":")).encode())


def _parsed(raw: bytes, where: str) -> dict[str, Any]:
    try:
        line = json.loads(raw)
        if not (isinstance(line["seq"], int) and isinstance(line["hash"], str) and isinstance(line["kind"], str)):
            raise KeyError("seq, kind or hash")
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenChain(f"{where} is not a ledger line: {error}", mend=_MEND) from error
    return dict(line)
