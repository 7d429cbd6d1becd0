"""What the archive knows of addresses, from the metadata records of its sealed files: the last visit to each, and how it ended.

Read from the WARC side, never from the published index, so that a night that was killed or not published is not fetched again. What one
file says is cached under data/index/known/; a cache that is missing, older or broken is made again, so start-up costs what is new.
"""

import json
import logging
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any, Self
from urllib.parse import urljoin

from archive.bundle import PAGE_TYPES, Bundle, bundles, capture_of, repeated
from archive.clock import from_iso, iso
from archive.disk import make_folder, replace_file
from archive.errors import BadInput, IntegrityError
from archive.message import parse_head
from archive.model import Capture, Visit
from archive.reader import filename_of, records, sealed_files
from archive.surt import url_key

log = logging.getLogger(__name__)

CACHE = 2  # rises when the rows of a cache change their shape or meaning
_OUTCOMES = {"page": "kept", "dropped": "dropped", "failed": "failed"}
_ROLES = ("article", "seed", "robots", "hop")
_FOR_GOOD = (301, 308)

Row = list[Any]  # [keys, {fields of Visit}]: the keys are the page's own, then those it was asked by


class Known:
    """Addresses and their last visits. Visits are made when asked for; until then they are rows."""

    def __init__(self) -> None:
        self._rows: dict[str, dict[str, Any]] = {}

    @classmethod
    def load(cls, data: Path) -> Self:
        """Everything the sealed files say, in order of their names. A damaged file gives what is whole in it, and a warning."""
        known = cls()
        for path in sealed_files(data):
            for keys, fields in _rows_of(data, path):
                known._learn(keys, fields)
        return known

    def get(self, url: str) -> Visit | None:
        """The last visit to this address, folded by `url_key`; addresses that led to a kept or dropped page count as that page."""
        fields = self._rows.get(url_key(url))
        return None if fields is None else _visit(fields)

    def __len__(self) -> int:
        return len(self._rows)

    def _learn(self, keys: list[str], fields: dict[str, Any]) -> None:
        own = keys[0]
        for key in keys:
            before = self._rows.get(key)
            if before is None or _displaces(fields, before, alias=key != own):
                self._rows[key] = _inherited(fields, before)


def _displaces(new: dict[str, Any], old: dict[str, Any], *, alias: bool) -> bool:
    """Newest wins, but a failure never hides a page that was kept or dropped, and the page a redirect led to stands before the redirect."""
    if new["outcome"] == "failed" and old["outcome"] != "failed":
        return False
    if old["outcome"] == "failed" and new["outcome"] != "failed":
        return True
    if alias and old["role"] == "hop":
        return True
    if new["role"] == "hop" and old["role"] != "hop" and new["url_key"] != old["url_key"]:
        return False
    return bool(new["timestamp"] >= old["timestamp"])


def _inherited(new: dict[str, Any], old: dict[str, Any] | None) -> dict[str, Any]:
    """A 304 need not repeat its validators: they stay those of the answer it confirms."""
    if old is None or new["status"] != 304 or new["payload_digest"] != old["payload_digest"]:
        return new
    return {**new, "etag": new["etag"] or old["etag"], "last_modified": new["last_modified"] or old["last_modified"]}


def _rows_of(data: Path, path: Path) -> Iterator[Row]:
    """The rows of one sealed file: from its cache, or from the file itself."""
    cache = data / "index" / "known" / (path.name.removesuffix(".warc.gz") + ".json")
    size = path.stat().st_size
    try:
        kept = json.loads(cache.read_bytes())
        if kept["cache"] == CACHE and kept["file"] == filename_of(path) and kept["size"] == size:
            return iter(kept["rows"])
    except (OSError, ValueError, KeyError, TypeError):
        pass  # not there, or not usable: made again below
    rows: list[Row] = []
    try:
        rows.extend(row for bundle in bundles(records(path, types=PAGE_TYPES)) if (row := _row(bundle)))
    except IntegrityError as error:
        log.warning("%s (%s)", error.what, error.mend)
        return iter(rows)
    _store(cache, {"cache": CACHE, "file": filename_of(path), "size": size, "rows": rows})
    return iter(rows)


def _store(cache: Path, content: dict[str, Any]) -> None:
    try:
        make_folder(cache.parent, fsync=False)
        replace_file(cache, json.dumps(content, separators=(",", ":")).encode(), fsync=False)
    except OSError as error:
        log.warning("the cache of known addresses cannot be written, so the next start reads the WARC again: %s", error)


def _row(bundle: Bundle) -> Row | None:
    """What one page's records say; None for a page that is not whole, so that it is asked for again, and for lines that are not pages."""
    facts = bundle.facts
    outcome = _OUTCOMES.get(str(facts.get("kind")))
    if outcome is None or bundle.metadata is None or not bundle.whole:
        return None
    capture = capture_of(bundle)
    role = facts["role"] if facts.get("role") in _ROLES else "article"
    if outcome == "kept" and (capture is None or capture.truncated or capture.status >= 400 or (role == "article" and _no_page(capture))):
        outcome = "failed"
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
        "capture": {**asdict(capture), "timestamp": iso(capture.timestamp)} if capture else None,
        "leads_to": _leads_to(bundle, url) if role == "hop" and facts.get("status") in _FOR_GOOD else None,
    }
    asked = [facts.get("asked"), *(facts.get("hops") or [])] if outcome != "failed" else []
    keys = dict.fromkeys([fields["url_key"], *(url_key(str(address)) for address in asked if address)])
    return [list(keys), fields]


def _no_page(capture: Capture) -> bool:
    """Whether an answer brought no page: a 304 nobody asked for, a 300 without a way on. The tally counts these as failed, too."""
    return not 200 <= capture.status < 300 and capture.record_type != "revisit"


def _leads_to(bundle: Bundle, url: str) -> str | None:
    """Where a redirect leads; None where it does not say so in words that make an address."""
    try:
        location = parse_head(bundle.answer.block).get("Location") if bundle.answer else None
        return urljoin(url, location) if location else None
    except (BadInput, ValueError):
        return None


def _visit(fields: dict[str, Any]) -> Visit:
    try:
        told = fields["capture"]
        capture = Capture(**{**told, "timestamp": from_iso(told["timestamp"])}) if told else None
        return replace(Visit(**{**fields, "timestamp": from_iso(fields["timestamp"]), "capture": None}), capture=capture)
    except (TypeError, KeyError) as error:
        raise BadInput(f"the cache of known addresses is broken: {error}", mend="remove data/index/known; it is made again") from error
