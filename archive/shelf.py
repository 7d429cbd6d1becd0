"""The file being written: created exclusively, locked, appended in whole batches or not at all, renamed off `.open` when sealed."""

import contextlib
import fcntl
import hashlib
import os
from collections.abc import Iterable
from pathlib import Path

from archive.cdxj import CdxLine, sorted_bytes
from archive.digest import LABEL, sha256_hex
from archive.disk import FILE_MODE, make_folder, replace_file, storage_error, sync_folder, write_all
from archive.errors import StorageError

OPEN = ".open"


class OpenWarc:
    """One `.warc.gz.open` of ours. `size` is the committed length; whatever a failed write left behind it is cut off."""

    def __init__(self, final: Path, *, fsync: bool) -> None:
        """Create and lock the file. Raises StorageError, also when either name is taken."""
        self.final = final
        self.path = final.with_name(final.name + OPEN)
        self.size = 0
        self._fsync = fsync
        self._sound = True
        self._hash = hashlib.sha256()
        try:
            make_folder(final.parent, fsync)
            if final.exists():
                raise FileExistsError(17, "the name is taken")
            self._fd = os.open(self.path, os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, FILE_MODE)
            try:
                fcntl.flock(self._fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if fsync:
                    sync_folder(final.parent)
            except OSError:
                os.close(self._fd)
                raise
        except OSError as error:
            raise storage_error(f"{self.path} cannot be opened", error) from error

    def append(self, data: bytes) -> None:
        """Write the batch and fsync it. On failure the file is cut back to what it was; raises StorageError."""
        if not self._sound:
            raise StorageError(
                f"{self.path} failed before and is not written any more", mend="run again: `stet recover` saves what is whole"
            )
        try:
            write_all(self._fd, data)
            if self._fsync:
                os.fsync(self._fd)
        except BaseException as error:
            self._cut(self.size)
            if isinstance(error, OSError):
                raise storage_error(f"{self.path} cannot be written; the page in hand is not kept, all before it are", error) from error
            raise
        self._before = self.size, self._hash.copy()
        self.size += len(data)
        self._hash.update(data)

    def take_back(self) -> None:
        """Cut off the batch appended last: its ledger line could not be written, so it was never kept."""
        size, self._hash = self._before
        self._cut(size)
        self.size = size

    def _cut(self, size: int) -> None:
        """Cut back; after a failure here (or of fsync) nothing more is written and recovery finds the tear."""
        try:
            os.ftruncate(self._fd, size)
            os.lseek(self._fd, size, os.SEEK_SET)
            if self._fsync:
                os.fsync(self._fd)
        except OSError:
            self._sound = False

    def seal(self, lines: Iterable[CdxLine]) -> dict[str, str | int]:
        """Index beside it, fsync, rename, folder fsync; gives the facts for the ledger. Raises StorageError and leaves `.open` standing."""
        try:
            index = sorted_bytes(lines)
            os.ftruncate(self._fd, self.size)
            if self._fsync:
                os.fsync(self._fd)
            replace_file(index_path(self.final), index, self._fsync)
            self.path.rename(self.final)
            if self._fsync:
                sync_folder(self.final.parent)
        except OSError as error:
            raise storage_error(f"{self.path} cannot be sealed; all its pages are kept", error) from error
        finally:
            self.close()
        return {"bytes": self.size, "sha256": LABEL + self._hash.hexdigest(), "cdxj_sha256": LABEL + sha256_hex(index)}

    def discard(self) -> None:
        """Remove a file that holds no page."""
        with contextlib.suppress(OSError):
            self.path.unlink()
        self.close()

    def close(self) -> None:
        """Let go of the file and its lock."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1


def index_path(warc: Path) -> Path:
    """Where the index of a WARC stands: the same name with .cdxj instead of .warc.gz."""
    return warc.with_name(warc.name.removesuffix(OPEN).removesuffix(".warc.gz") + ".cdxj")
