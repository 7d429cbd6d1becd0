"""Where a copy goes: to stdout, made inert for a terminal, or into a file that is complete or not there, and never over another."""

import contextlib
import os
import sys
from pathlib import Path

from archive.errors import BadInput, StorageError, UsageError
from stet.show import inert_text

_READABLE = ("text/", "json", "xml", "html", "javascript")


def to_stdout(content: bytes, media: str, charset: str = "utf-8") -> None:
    """Write to stdout: the bytes as they are into a pipe; on a terminal text only, inert. Raises BadInput for binary on a terminal."""
    if not sys.stdout.isatty():
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    if not any(word in media for word in _READABLE):
        raise BadInput(f"this is {media or 'binary'}, {len(content):,} bytes: not for a terminal", mend="write it to a file with -o FILE")
    try:
        text = content.decode(charset, "replace")
    except LookupError:
        text = content.decode("utf-8", "replace")
    sys.stdout.write(inert_text(text).rstrip("\n") + "\n")


def to_file(path: Path, content: bytes, *, force: bool, data: Path) -> None:
    """Write a file by rename. Raises UsageError if it is there without `force`, is no file, or lies in the archive's own folder."""
    if path.resolve().is_relative_to(data.resolve()):
        raise UsageError(
            f"{path} lies in the data folder, which only the archive writes; nothing was written", mend="choose a place outside it"
        )
    if path.exists() and not path.is_file():  # renaming over a device would take /dev/null from the whole machine
        mend = "choose another name; - is stdout"
        raise UsageError(f"{path} is no file but a folder, a pipe or a device; nothing was written", mend=mend)
    aside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with aside.open("xb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        if force:
            aside.replace(path)
        else:
            path.hardlink_to(aside)  # fails if the name is taken, even by a file made this moment
    except FileExistsError:
        raise UsageError(f"{path} is there already; nothing was written", mend="choose another name, or add --force") from None
    except OSError as error:
        raise StorageError(
            f"{path} cannot be written: {error.strerror or error}", mend="choose a folder that is there and may be written"
        ) from error
    finally:
        with contextlib.suppress(FileNotFoundError, NotADirectoryError, PermissionError):
            aside.unlink()
