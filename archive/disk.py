"""What we ask of the file system: whole writes, names that survive a power cut, files others cannot read, and errors told as ours."""

import errno
import hashlib
import os
from pathlib import Path

from archive.digest import LABEL
from archive.errors import NoSpace, StorageError

FILE_MODE = 0o640  # the group may read, others may not (faults.md section 5)
FOLDER_MODE = 0o750
PIECE = 1 << 20  # bytes read at a time


def write_all(fd: int, data: bytes) -> None:
    """Write every byte, however many calls it takes. Raises OSError."""
    view = memoryview(data)
    while view:
        view = view[os.write(fd, view) :]


def sync_folder(folder: Path) -> None:
    """Make the names inside a folder survive a power cut. Raises OSError."""
    fd = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
    try:
        os.fsync(fd)
    finally:
        os.close(fd)


def make_folder(folder: Path, fsync: bool = True) -> None:
    """Create the folder and those above it; each new name is synced. Raises OSError."""
    missing = [folder] if not folder.is_dir() else []
    while missing and not missing[-1].parent.is_dir():
        missing.append(missing[-1].parent)
    for new in reversed(missing):
        new.mkdir(mode=FOLDER_MODE, exist_ok=True)
        if fsync:
            sync_folder(new.parent)


def replace_file(path: Path, data: bytes, fsync: bool = True) -> None:
    """Write beside, sync, rename: the file has its old content or the new one, never half of it. Raises OSError."""
    aside = path.with_name(path.name + ".open")
    fd = os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, FILE_MODE)
    try:
        write_all(fd, data)
        if fsync:
            os.fsync(fd)
    finally:
        os.close(fd)
    aside.rename(path)
    if fsync:
        sync_folder(path.parent)


def file_digest(path: Path) -> tuple[str, int]:
    """SHA-256 of a file, labelled, and its length in bytes. Raises OSError."""
    whole, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            whole.update(piece)
            size += len(piece)
    return LABEL + whole.hexdigest(), size


def nearest_folder(path: Path) -> Path:
    """The path itself, or the nearest one above it that is a folder: where it would be made."""
    return next(there for there in (path.absolute(), *path.absolute().parents) if there.is_dir())


def free_bytes(folder: Path) -> int:
    """Bytes that we may still write on the disk of this folder. Raises OSError."""
    numbers = os.statvfs(folder)
    return numbers.f_bavail * numbers.f_frsize


def refuse_below(folder: Path, floor: int) -> None:
    """Raises NoSpace where less is free than the floor; the folder, or the nearest above it that is there, is asked."""
    free = free_bytes(nearest_folder(folder))
    if free < floor:
        raise NoSpace(
            f"disk: {free / 2**30:.1f} GiB free, the floor is {floor / 2**30:.1f} GiB; nobody was asked and nothing written",
            mend="free some space, or lower storage.free_floor",
        )


def storage_error(what: str, error: OSError) -> StorageError:
    """An error of the disk as ours: NoSpace when it is full, StorageError otherwise."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return NoSpace(f"{what}: {error.strerror}", mend="free some space, then run again")
    return StorageError(f"{what}: {error.strerror or error}", mend="look at the disk and its rights, then run again")
