"""What earlier nights wrote of their sources and seeds: read from the sealed `night` files, each with a cache under data/index/nights/."""

import json
import logging
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from archive import filecache
from archive.clock import from14
from archive.errors import BadInput, StetError
from archive.reader import records, sealed_files

log = logging.getLogger(__name__)

NIGHTS = 90  # so far back
MOST_SEEDS = 200  # of one source in one night
SHELF = "nights"
CACHE = 1  # rises when the rows of a cache change their shape or meaning
_NIGHT_FILE = re.compile(r"stet-(\d{14})-night-")
_SEED = ("url", "shape", "found_on", "outcome", "why", "entries", "new", "newest")
_SOURCE = ("verdict", "kept", "without_text", "without_date", "without_author", "selectors_missed", "robots")


@dataclass(frozen=True, slots=True, kw_only=True)
class NightLines:
    """One night: when it began, whether it was a whole one (no days or pages asked for), and what it says of each source."""

    night: str
    at: datetime
    whole: bool
    sources: Mapping[str, Mapping[str, Any]]  # by source; `seeds` among the facts


def night_lines(data: Path, most: int = NIGHTS, *, cache: bool = True) -> Iterator[NightLines]:
    """The last nights, oldest first. A damaged file gives what is whole in it, and a warning. `cache`: whether caches may be written."""
    files = [path for path in sealed_files(data) if _NIGHT_FILE.match(path.name)][-most:]
    if cache:
        _forget(data, {path.name for path in files})
    for path in files:
        if (told := _of(data, path, store=cache)) is not None:
            yield told


def _of(data: Path, path: Path, *, store: bool) -> NightLines | None:
    kept = filecache.cached(data, SHELF, path, CACHE)
    if kept is not None and isinstance(kept.get("whole"), bool) and isinstance(kept.get("sources"), dict):
        return _lines(path, kept["whole"], kept["sources"])
    sources: dict[str, dict[str, Any]] = {}
    whole = True
    try:
        for record in records(path, types={"metadata"}):
            facts = _facts(record.block)
            if facts.get("kind") == "night_source":
                sources[str(facts.get("source"))] = _short(facts)
            elif facts.get("kind") == "night":
                whole = not facts.get("bounded")
    except StetError as error:
        log.warning("%s (%s)", error.what, error.mend)
        return _lines(path, whole, sources)
    if store:
        filecache.store(data, SHELF, path, CACHE, {"whole": whole, "sources": sources})
    return _lines(path, whole, sources)


def _lines(path: Path, whole: bool, sources: Mapping[str, Mapping[str, Any]]) -> NightLines | None:
    found = _NIGHT_FILE.match(path.name)
    try:
        return NightLines(night=found[1], at=from14(found[1]), whole=whole, sources=dict(sources)) if found else None
    except BadInput:
        return None


def _short(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What is worth a place in the cache."""
    seeds = facts.get("seeds")
    told = [seed for seed in seeds[:MOST_SEEDS] if isinstance(seed, dict)] if isinstance(seeds, list) else []
    return {**{name: facts.get(name) for name in _SOURCE}, "seeds": [{name: seed.get(name) for name in _SEED} for seed in told]}


def _facts(block: bytes) -> Mapping[str, Any]:
    try:
        facts = json.loads(block)
    except ValueError:
        return {}
    return facts if isinstance(facts, dict) else {}


def _forget(data: Path, names: set[str]) -> None:
    """Take away the caches of nights that nobody asks for any more."""
    folder = filecache.cache_of(data, SHELF, "").parent
    if not folder.is_dir():
        return
    wanted = {filecache.cache_of(data, SHELF, name).name for name in names}
    for path in folder.glob("stet-*.json"):
        if path.name not in wanted:
            try:
                path.unlink(missing_ok=True)
            except OSError:
                continue
