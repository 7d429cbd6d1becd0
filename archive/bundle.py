"""The records that lie side by side for one page, put together again: answer, request, metadata, conversion."""

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

from archive.clock import from_iso
from archive.errors import BadInput, IntegrityError
from archive.message import parse_head
from archive.model import Capture
from archive.reader import Record

ANSWERS = ("response", "revisit")
TEXT_AT = "text_at"  # fact of a newer reading whose text an older record holds (archive.texts)
PAGE_TYPES = frozenset({"response", "revisit", "request", "metadata", "conversion"})


@dataclass(frozen=True, kw_only=True)
class Bundle:
    """One page as it lies in the file; a part that was not written, or not whole, is None. A page that was read again lies there as
    metadata and conversion, both referring to an answer in another file.
    """

    answer: Record | None = None
    request: Record | None = None
    metadata: Record | None = None
    conversion: Record | None = None

    @property
    def parts(self) -> tuple[Record, ...]:
        """The records that are there, in the order in which they are written."""
        return tuple(record for record in (self.answer, self.request, self.metadata, self.conversion) if record is not None)

    @property
    def first(self) -> Record:
        """The record that stands first."""
        return self.parts[0]

    @cached_property
    def facts(self) -> dict[str, Any]:
        """What the metadata record says; empty without one or when it cannot be read."""
        if self.metadata is None:
            return {}
        try:
            facts = json.loads(self.metadata.block)
        except ValueError:
            return {}
        return facts if isinstance(facts, dict) else {}

    @property
    def whole(self) -> bool:
        """Whether every record that was to be written is there: a page torn in its last record is to be fetched again."""
        facts = self.facts
        return bool(facts) and (not facts.get("text_digest") or self.conversion is not None or bool(facts.get(TEXT_AT)))


def bundles(found: Iterable[Record]) -> Iterator[Bundle]:
    """Records in file order, page by page; warcinfo and resource records belong to none. What `found` raises comes after the last one."""
    current: Bundle | None = None
    try:
        for record in found:
            if record.type not in PAGE_TYPES:
                continue
            joined = _joined(current, record) if current else None
            if joined is None:
                if current is not None:
                    yield current
                joined = _joined(Bundle(), record)
            current = joined
    except IntegrityError:
        if current is not None:
            yield current
        raise
    if current is not None:
        yield current


def _joined(bundle: Bundle, record: Record) -> Bundle | None:
    """The bundle with this record in it; None when the record begins another page."""
    ids = {part.record_id for part in (bundle.answer, bundle.request) if part is not None}
    if bundle.answer is None and bundle.metadata is not None and (elsewhere := bundle.metadata.headers.get("warc-refers-to")):
        ids.add(elsewhere)
    fresh = bundle == Bundle()
    match record.type:
        case "response" | "revisit" if fresh:
            return replace(bundle, answer=record)
        case "request" if fresh or (bundle.request is None and record.headers.get("warc-concurrent-to") in ids):
            return replace(bundle, request=record)
        case "metadata" if fresh or (bundle.metadata is None and record.headers.get("warc-concurrent-to") in ids):
            return replace(bundle, metadata=record)
        case "conversion" if fresh or (bundle.conversion is None and record.headers.get("warc-refers-to") in ids):
            return replace(bundle, conversion=record)
    return None


def capture_of(bundle: Bundle) -> Capture | None:
    """The address of the bundle's answer as a noun, from its records alone; None without an answer or its metadata."""
    answer, facts = bundle.answer, bundle.facts
    if answer is None or not facts:
        return None
    return Capture(
        url=answer.url,
        timestamp=answer.date,
        status=int(facts.get("status") or 0),
        mime=str(facts.get("mime") or ""),
        payload_digest=str(facts.get("payload_digest") or ""),
        filename=answer.filename,
        offset=answer.offset,
        length=answer.length,
        record_id=answer.record_id,
        record_type="revisit" if answer.type == "revisit" else "response",
        truncated=answer.headers.get("warc-truncated"),
    )


def repeated(bundle: Bundle) -> Capture | None:
    """The capture whose body a revisit repeats, as its metadata names it; None for anything else."""
    if bundle.answer is None or bundle.answer.type != "revisit":
        return None
    return capture_told(bundle.facts.get("repeats"))


def capture_told(told: object) -> Capture | None:
    """A capture as a metadata record names it (`archive.facts.capture_facts`); None where it does not."""
    if not isinstance(told, dict):
        return None
    try:
        return Capture(
            url=str(told["url"]),
            timestamp=from_iso(str(told["timestamp"])),
            status=int(told["status"]),
            mime=str(told["mime"]),
            payload_digest=str(told["payload_digest"]),
            filename=str(told["filename"]),
            offset=int(told["offset"]),
            length=int(told["length"]),
            record_id=str(told["record_id"]),
        )
    except (KeyError, TypeError, ValueError, BadInput):
        return None


def stated_mime(answer: Record) -> str | None:
    """Content type as the answer itself states it, for its index line."""
    try:
        return parse_head(answer.block).mime
    except BadInput:
        return None
