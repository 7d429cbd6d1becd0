"""The folder of a demo: a stet.toml that leads to loopback, and the data that grows beside it. Nobody else's folder is ever touched."""

import shutil
from pathlib import Path

from archive.clock import utc_now
from archive.errors import StorageError, UsageError
from stet.demo.network import Network
from stet.lock import taken

MARK = "# Written by `stet demo`. Everything in this folder is about an invented news network, and may be deleted."


def make_ready(folder: Path, network: Network) -> None:
    """Make the folder, or empty that of a former demo, and write its stet.toml.

    Raises UsageError for a folder that holds anything else, Locked while a run is at work in it, StorageError when the disk refuses.
    """
    if not _free(folder):
        raise UsageError(
            f"{folder} is there already and is not the folder of a demo; nothing was touched", mend="name another one: stet demo FOLDER"
        )
    try:
        folder.mkdir(parents=True, exist_ok=True)
        _empty(folder / "data")
        (folder / "stet.toml").write_text(settings(network), encoding="utf-8")
    except OSError as error:
        raise StorageError(
            f"{error.filename or folder}: {error.strerror or error}", mend="choose a folder that you may write to"
        ) from error


def settings(network: Network) -> str:
    """The stet.toml of a demo. Waits are for real sites and a floor of free space is for real archives: here both are small."""
    return "\n".join(
        (
            MARK,
            "",
            'data = "data"',
            network.sources_toml(),
            "[night]",
            "start_jitter = 0",
            "",
            "[storage]",
            'free_floor = "64MiB"',
            "",
        )
    )


def _free(folder: Path) -> bool:
    """Whether the folder is new, empty, or a former demo's."""
    if folder.is_symlink() or (folder / "data").is_symlink():
        return False
    if not folder.exists():
        return True
    if not folder.is_dir():
        return False
    written = folder / "stet.toml"
    if not written.is_file():
        return not any(folder.iterdir())
    with written.open(encoding="utf-8", errors="replace") as lines:
        return lines.readline().rstrip("\n") == MARK


def _empty(data: Path) -> None:
    """Take away what a former demo archived, under its own lock. The lock file stays: it is held while this runs."""
    if not data.exists():
        return
    with taken(data, verb="demo", clock=utc_now):
        for entry in data.iterdir():
            if entry.is_dir():
                shutil.rmtree(entry)
            elif entry.name != "lock":
                entry.unlink()
