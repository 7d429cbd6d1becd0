"""The ledger: an append-only file of JSON lines, each holding the hash of the line before and its own.

`{"seq":…,"at":…,"kind":…, facts…,"prev":…,"hash":…}`; the hash is the SHA-256 of the line without `hash`, keys sorted, no blanks, ASCII.
Kinds: page, facts (metadata without a page), sealed, indexed (again), recovered, salvaged, source, night, published. A removed or altered
line breaks the chain behind it (faults.md section 6).
"""

import fcntl
import json
import os
import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from archive.clock import Clock, iso, utc_now
from archive.digest import sha256_hex
from archive.disk import FILE_MODE, make_folder, storage_error, sync_folder, write_all
from archive.errors import BrokenChain, StorageError

LEDGER = "ledger.jsonl"  # its name in the data folder

_MEND = "keep the file as it is, restore it from a copy, then run `stet verify`"
_WINDOW = 1 << 14  # bytes looked at first for the last line


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
        self._size, self._seq = -1, 0
        self.head: str | None = None
        self.newest: str | None = None  # when the last line was written, by the clock of then
        self._catch_up()

    def append(self, kind: str, **facts: object) -> dict[str, Any]:
        """Write one line and fsync it; gives the line. A failed write is cut off again and raises StorageError.

        A kernel lock is held meanwhile and a line that another holder of the same file wrote is taken into the chain.
        """
        with self._lock, self._alone():
            self._catch_up()
            line: dict[str, Any] = {"seq": self._seq + 1, "at": iso(self._clock()), "kind": kind, **facts, "prev": self.head}
            line["hash"] = line_hash(line)
            data = _written(line) + b"\n"
            if not self._sound:
                raise StorageError(f"the ledger {self.path} failed before and is not written any more", mend="run `stet recover`")
            try:
                write_all(self._fd, data)
                if self._fsync:
                    os.fsync(self._fd)
            except BaseException as error:
                self._cut(self._size)
                if isinstance(error, OSError):
                    raise storage_error(f"the ledger {self.path} cannot be written", error) from error
                raise
            self._size, self._seq, self.head = self._size + len(data), line["seq"], line["hash"]
            return line

    @contextmanager
    def _alone(self) -> Iterator[None]:
        fcntl.flock(self._fd, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(self._fd, fcntl.LOCK_UN)

    def _catch_up(self) -> None:
        """Take number and hash from the last line on disk, unless it is the one we wrote ourselves."""
        size = os.fstat(self._fd).st_size
        if size == self._size:
            return
        last = _last_line(self._fd, size)
        if last and not last.endswith(b"\n"):
            raise BrokenChain(f"{self.path} ends inside a line", mend="run `stet recover`")
        line = parse(last, f"the last line of {self.path}") if last else None
        self._size = size
        self._seq, self.head, self.newest = (line["seq"], line["hash"], str(line.get("at"))) if line else (0, None, None)

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
                    yield parse(raw[:-1], f"{path} line {number}")

    @staticmethod
    def check(path: Path) -> str | None:
        """Walk the whole chain and give its head. Raises BrokenChain naming the first line that does not follow."""
        head: str | None = None
        for number, line in enumerate(Ledger.lines(path), 1):
            if line["hash"] != line_hash(line):
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
        torn = _last_line(file.fileno(), size)
        if not torn or torn.endswith(b"\n"):
            return None
        with path.with_name(path.name + ".tail").open("ab") as tail:
            tail.write(torn + b"\n")
            tail.flush()
            os.fsync(tail.fileno())
        file.truncate(size - len(torn))
        os.fsync(file.fileno())
    return f"{path.name} ended inside a line: its {len(torn)} bytes were set aside in {path.name}.tail"


def _last_line(fd: int, size: int) -> bytes:
    """The bytes behind the last line end but one: the last line with its end, or what is torn. Empty for an empty file."""
    window = _WINDOW
    while True:
        data = os.pread(fd, window, max(0, size - window))
        at = data.rfind(b"\n", 0, len(data) - 1)
        if at >= 0 or window >= size:
            return data[at + 1 :]
        window *= 4


def _written(line: Mapping[str, Any]) -> bytes:
    return json.dumps(line, separators=(",", ":")).encode()


def line_hash(line: Mapping[str, Any]) -> str:
    """The hash that a line must carry: SHA-256 of all its other facts, keys sorted, no blanks, ASCII."""
    bare = {key: value for key, value in line.items() if key != "hash"}
    return sha256_hex(json.dumps(bare, sort_keys=True, separators=(",", ":")).encode())


def parse(raw: bytes, where: str) -> dict[str, Any]:
    """A line without its end, read. Raises BrokenChain when it is not JSON, lacks what every line has, or is not spelled as we spell it."""
    try:
        line = json.loads(raw)
        if not (isinstance(line["seq"], int) and isinstance(line["hash"], str) and isinstance(line["kind"], str)):
            raise KeyError("seq, kind or hash")
        if _written(line) != raw.removesuffix(b"\n"):  # another spelling of the same JSON has the same hash
            raise ValueError("it is not spelled as it was written")
    except (ValueError, KeyError, TypeError) as error:
        raise BrokenChain(f"{where} is not a ledger line: {error}", mend=_MEND) from error
    return dict(line)
