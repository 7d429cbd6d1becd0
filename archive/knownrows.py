"""One line of text for each page that a sealed file tells of, and the cache that holds the lines of a file.

A line is a letter (kept, dropped, failed; a redirect that was kept is h, one that failed g; r: a held copy was read again), the instant of
the visit, and the fields of a Visit as JSON: a million of them fit into memory, and the two questions asked of most need no parsing.
"""

import json
import logging
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

from archive import filecache
from archive.bundle import PAGE_TYPES, Bundle, bundles, capture_of, capture_told, repeated
from archive.clock import iso
from archive.errors import BadInput, IntegrityError
from archive.message import parse_head
from archive.model import CITED_ROLES, Capture
from archive.reader import Record, records
from archive.recurring import reader_named
from archive.surt import url_key

log = logging.getLogger(__name__)

CACHE = 6  # rises when the lines of a cache change their shape or meaning
STAMP = 28  # where the JSON begins: after a letter and an instant with microseconds
LONGEST_TITLE = 300  # code points
_OUTCOMES = {"page": "kept", "unchanged": "kept", "dropped": "dropped", "failed": "failed"}
_ROLES = ("article", "seed", "robots", "hop")
_FOR_GOOD = (301, 308)


@dataclass(frozen=True, slots=True)
class Row:
    """One page: the keys it is known by (its own first, then those it was asked by), names that it gives itself, and its line."""

    keys: tuple[str, ...]
    also: tuple[str, ...]
    line: str


def stored(fields: Mapping[str, Any]) -> str:
    """The line for the fields of a Visit."""
    hop, failed = fields["role"] == "hop", fields["outcome"] == "failed"
    letter = ("g" if failed else "h") if hop else str(fields["outcome"])[0]  # r for "reread"
    return f"{letter}{fields['timestamp']}{json.dumps(fields, separators=(',', ':'))}"


def fields_of(line: str) -> dict[str, Any]:
    """The fields of a Visit from its line. Raises ValueError for a line of a broken cache."""
    fields: dict[str, Any] = json.loads(line[STAMP:])
    return fields


def load_rows(data: Path, path: Path) -> Iterator[Row]:
    """The rows of one sealed file: from its cache, or from the file itself."""
    cache = filecache.cache_of(data, "known", path.name, ".jsonl")
    head = json.dumps(filecache.head_of(path, CACHE))
    return _cached(cache, head) or _read(path, cache, head)


def _cached(cache: Path, head: str) -> Iterator[Row] | None:
    """The rows of a cache that is whole and belongs to the file as it is; None otherwise."""
    try:
        first, *lines, last = cache.read_text(encoding="utf-8").split("\n")
        if first != head or last != f"{len(lines)}":
            return None
        return iter([_row_of(line) for line in lines])
    except (OSError, ValueError, TypeError):
        return None


def _row_of(line: str) -> Row:
    """A line of a cache: the keys as JSON, a tab, the row's own line. JSON escapes tabs and ends of lines, so neither stands inside."""
    names, _, rest = line.partition("\t")
    keys, also = json.loads(names)
    if not keys or len(rest) <= STAMP or rest[0] not in "kdfhgr":
        raise ValueError("no row")
    return Row(tuple(keys), tuple(also), rest)


def _read(path: Path, cache: Path, head: str) -> Iterator[Row]:
    """The rows as the records say, kept in the cache if the file is whole."""
    rows: list[Row] = []
    try:
        rows.extend(row for bundle in bundles(records(path, types=PAGE_TYPES)) if (row := _row(bundle)))
    except IntegrityError as error:
        log.warning("%s (%s)", error.what, error.mend)
        return iter(rows)
    lines = [f"{json.dumps([row.keys, row.also], separators=(',', ':'))}\t{row.line}" for row in rows]
    filecache.write(cache, "\n".join([head, *lines, f"{len(lines)}"]).encode())
    return iter(rows)


def _row(bundle: Bundle) -> Row | None:
    """What one page's records say; None for a page that is not whole, so that it is asked for again, and for lines that are not pages."""
    facts = bundle.facts
    if facts.get("kind") == "reread" and bundle.metadata is not None and bundle.whole:
        return _reread(facts, bundle.metadata)
    outcome = _OUTCOMES.get(str(facts.get("kind")))
    if outcome is None or bundle.metadata is None or not bundle.whole:
        return None
    if facts.get("role") in CITED_ROLES:  # it may be an article of another source, and that is not read yet: archive.citing
        return None
    capture = capture_of(bundle)
    role = facts["role"] if facts.get("role") in _ROLES else "article"
    if facts.get("kind") == "unchanged":
        capture = capture_told(facts.get("same_as"))
    elif outcome == "kept" and not _usable(capture, role, facts):
        outcome = "failed"
    again = facts.get("kind") == "unchanged" or (capture is not None and capture.record_type == "revisit")
    if capture and capture.record_type == "revisit":
        capture = repeated(bundle)
    url = str(facts.get("url") or bundle.metadata.url)
    fields = {
        "url_key": url_key(url),
        "url": url,
        "role": role,
        "outcome": outcome,
        "timestamp": iso(bundle.metadata.date),
        "source": str(facts.get("source", "")),
        "status": facts.get("status"),
        "etag": facts.get("etag"),
        "last_modified": facts.get("last_modified"),
        "payload_digest": facts.get("payload_digest"),
        **_read_of(facts),
        "same": int(again),
        "capture": {**asdict(capture), "timestamp": iso(capture.timestamp)} if capture else None,
        "leads_to": _leads_to(bundle, url) if role == "hop" and facts.get("status") in _FOR_GOOD else None,
    }
    keys, also = _names(str(fields["url_key"]), facts) if outcome != "failed" else ((str(fields["url_key"]),), ())
    return Row(keys, also, stored(fields))


def _names(own: str, facts: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The keys a page is known by, its own first, and those of the names that it gives itself."""
    hops, also = (facts[name] if isinstance(facts.get(name), list) else [] for name in ("hops", "also"))
    keys = dict.fromkeys([own, *(url_key(str(address)) for address in (facts.get("asked"), *hops) if address)])
    return tuple(keys), tuple(url_key(str(address)) for address in also if address)


def _read_of(facts: Mapping[str, Any]) -> dict[str, Any]:
    """What was read on the page, by which rules."""
    article = facts["article"] if isinstance(facts.get("article"), dict) else {}
    rules = facts["rules"] if isinstance(facts.get("rules"), dict) else {}
    return {
        "text_digest": facts.get("text_digest"),
        "reader": reader_named(rules),
        "title": str(article["title"])[:LONGEST_TITLE] if article.get("title") else None,
    }


def _reread(facts: Mapping[str, Any], metadata: Record) -> Row | None:
    """What newer rules read in a copy that is held: no visit of its own, but what the next visit is compared with."""
    copy = capture_told(facts.get("rereads"))
    if copy is None or not facts.get("text_digest"):
        return None
    url = str(facts.get("url") or copy.url)
    place = {"filename": copy.filename, "offset": copy.offset}
    fields = {"role": "article", "outcome": "reread", "timestamp": iso(metadata.date), "capture": place, **_read_of(facts)}
    keys, also = _names(url_key(url), facts)
    return Row((*keys, *also), (), stored(fields))


def _usable(capture: Capture | None, role: str, facts: Mapping[str, Any]) -> bool:
    """Whether a kept answer is what was asked for: whole, no error page, no bot wall in the page's place."""
    if capture is None or capture.truncated or capture.status >= 400 or facts.get("challenge"):
        return False
    return role != "article" or 200 <= capture.status < 300 or capture.record_type == "revisit"  # a 304 nobody asked for is no page


def _leads_to(bundle: Bundle, url: str) -> str | None:
    """Where a redirect leads; None where it does not say so in words that make an address."""
    try:
        location = parse_head(bundle.answer.block).get("Location") if bundle.answer else None
        return urljoin(url, location) if location else None
    except (BadInput, ValueError):
        return None
