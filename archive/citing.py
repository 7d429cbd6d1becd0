"""What archived articles cite and are shown with, and which of those addresses were asked before. Read from the WARC side, as `known` is.

Only the files of the sources in question are looked at, and those of the closing round itself. What one file says is cached under
data/index/citing/; a cache that is missing, older or broken is made again.
"""

import json
import logging
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Self

from archive import filecache
from archive.clock import from_iso, iso
from archive.errors import IntegrityError
from archive.model import CITED_ROLES, WHOLE
from archive.reader import Record, records, sealed_files
from archive.surt import url_key

log = logging.getLogger(__name__)

CITED = "cited"  # the files of the closing round are named for it, as others are for their source
AGAIN_AFTER = timedelta(days=7)  # an address that failed is asked once more
MOST_TRIES = 3  # nights in which an address may fail before it is let go
NIGHTS = 30  # so far back lies what an earlier night may have left over

_SHELF = "citing"
_CACHE = 2  # rises when the rows of a cache change their shape or meaning
_NAME = re.compile(r"stet-(\d{14})-(.+?)-\d{5}-")


@dataclass(frozen=True, slots=True, kw_only=True)
class Citing:
    """One kept article with what it cites and is shown with, in the order of the page."""

    url: str
    source: str
    cites: tuple[str, ...] = ()
    requisites: tuple[str, ...] = ()


@dataclass(slots=True)
class Tries:
    """How often an address was asked: whether it needs no more, in which nights it failed, and when last."""

    settled: bool
    nights: set[str]
    last: datetime


class Asked:
    """The addresses among `keys` that a closing round has asked, or has let go by a rule."""

    def __init__(self) -> None:
        self._tries: dict[str, Tries] = {}

    @classmethod
    def load(cls, data: Path, keys: Iterable[str]) -> Self:
        """What the files of all closing rounds say of these folded addresses."""
        asked, wanted = cls(), frozenset(keys)
        for path in sealed_files(data) if wanted else ():
            if _named(path)[1] == CITED:
                for row in _rows_of(data, path)["asked"]:
                    asked._learn(row, wanted)
        return asked

    def settles(self, key: str, now: datetime) -> bool:
        """Whether this address is not to be asked now: it was kept or let go, failed a short while ago, or failed too often."""
        tries = self._tries.get(key)
        if tries is None:
            return False
        return tries.settled or len(tries.nights) >= MOST_TRIES or now - tries.last < AGAIN_AFTER

    def _learn(self, row: Mapping[str, Any], wanted: frozenset[str]) -> None:
        for key in wanted.intersection(row["keys"]):
            at = from_iso(row["at"])
            tries = self._tries.setdefault(key, Tries(False, set(), at))
            tries.settled |= bool(row["settled"])
            tries.nights.add(row["night"])
            tries.last = max(tries.last, at)


def left_over(data: Path, sources: Iterable[str], *, before: str) -> list[Citing]:
    """What the articles of these sources cite, newest night first: of the last nights before the night `before`."""
    named, nights = frozenset(sources), set[str]()
    found: list[Citing] = []
    for path in sorted(sealed_files(data), key=_named, reverse=True):
        night, source = _named(path)
        if source not in named or night >= before:
            continue
        nights.add(night)
        if len(nights) > NIGHTS:
            break
        found.extend(
            Citing(url=row["url"], source=row["source"], cites=tuple(row["cites"]), requisites=tuple(row["requisites"]))
            for row in _rows_of(data, path)["citing"]
        )
    return found


def _named(path: Path) -> tuple[str, str]:
    """Night and source that a file is named for; empty for a file of another name."""
    found = _NAME.match(path.name)
    return (found[1], found[2]) if found else ("", "")


def _rows_of(data: Path, path: Path) -> dict[str, list[dict[str, Any]]]:
    """What one sealed file says: from its cache, or from the file itself."""
    kept = filecache.cached(data, _SHELF, path, _CACHE)
    if kept is not None and isinstance(kept.get("citing"), list) and isinstance(kept.get("asked"), list):
        return {"citing": kept["citing"], "asked": kept["asked"]}
    rows: dict[str, list[dict[str, Any]]] = {"citing": [], "asked": []}
    try:
        for record in records(path, types={"metadata"}):
            _read(record, rows)
    except IntegrityError as error:
        log.warning("%s (%s)", error.what, error.mend)
        return rows
    filecache.store(data, _SHELF, path, _CACHE, rows)
    return rows


def _read(record: Record, rows: dict[str, list[dict[str, Any]]]) -> None:
    """Take up what one metadata record says of citations, if it says anything."""
    try:
        facts = json.loads(record.block)
    except ValueError:
        return
    if not isinstance(facts, dict):
        return
    if facts.get("role") in CITED_ROLES:
        rows["asked"].append(_asked(facts, record))
    elif facts.get("role") == "article" and facts.get("kind") == "page":
        cites, requisites = (_addresses(facts.get(name)) for name in ("cites", "requisites"))
        if cites or requisites:
            url = str(facts.get("url") or record.url)
            rows["citing"].append({"url": url, "source": str(facts.get("source", "")), "cites": cites, "requisites": requisites})


def _asked(facts: Mapping[str, Any], record: Record) -> dict[str, Any]:
    """One visit: settled when it brought a good answer, as much of one as the limit lets through, or was let go by a rule."""
    addresses = [facts.get("asked"), *_addresses(facts.get("hops")), facts.get("url") or record.url]
    status, fetch = facts.get("status"), facts.get("fetch")
    end = fetch.get("end") if isinstance(fetch, dict) else None
    good = isinstance(status, int) and 200 <= status < 300 and end in (*WHOLE, "length")
    return {
        "keys": list(dict.fromkeys(url_key(str(address)) for address in addresses if address)),
        "settled": facts.get("kind") == "dropped" or (facts.get("kind") == "page" and good),
        "night": str(facts.get("night", "")),
        "at": iso(record.date),
    }


def _addresses(told: object) -> list[str]:
    """The texts of a list; nothing where there is none."""
    return [address for address in told if isinstance(address, str) and address] if isinstance(told, list) else []
