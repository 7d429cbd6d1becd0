"""What one sealed file was found to say, kept below data/index, so that a start costs what is new. It may be lost or broken at any time."""

import json
import logging
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from archive.disk import make_folder, replace_file
from archive.reader import filename_of

log = logging.getLogger(__name__)


def cache_of(data: Path, shelf: str, name: str, ending: str = ".json") -> Path:
    """Where the cache of the file of this name stands, on the shelf of those who read it."""
    return data / "index" / shelf / (name.removesuffix(".warc.gz") + ending)


def head_of(path: Path, version: int) -> dict[str, Any]:
    """What a cache of this file begins with: one whose version or size is another says nothing of it. Raises OSError."""
    return {"cache": version, "file": filename_of(path), "size": path.stat().st_size}


def cached(data: Path, shelf: str, path: Path, version: int) -> dict[str, Any] | None:
    """The facts that `store` was given for this file; None where they are not there, not usable, or of another file or version."""
    head = head_of(path, version)
    try:
        kept = json.loads(cache_of(data, shelf, path.name).read_bytes())
        return kept if {name: kept[name] for name in head} == head else None
    except (OSError, ValueError, KeyError, TypeError):
        return None


def store(data: Path, shelf: str, path: Path, version: int, facts: Mapping[str, Any]) -> None:
    """Keep facts for the next start. The file has to be whole: what is behind a tear may yet be mended."""
    content = json.dumps({**head_of(path, version), **facts}, separators=(",", ":"))
    write(cache_of(data, shelf, path.name), content.encode())


def write(cache: Path, content: bytes) -> None:
    """Write a cache, by rename. One that cannot be written costs time at the next start and nothing else: a warning."""
    try:
        make_folder(cache.parent, fsync=False)
        replace_file(cache, content, fsync=False)
    except OSError as error:
        log.warning("the cache %s cannot be written, so the next start does its work again: %s", cache.parent.name, error)
