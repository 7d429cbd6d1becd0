"""What a file holds, read once from end to end: its whole records, the index lines of its whole pages, and the pages to fetch again."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from archive.bundle import bundles, capture_of, stated_mime
from archive.cdxj import CdxLine
from archive.chain import Told
from archive.errors import TornRecord
from archive.reader import Record, records
from archive.writer import index_line


@dataclass(slots=True)
class Survey:
    """What one file holds: each whole record, index lines of whole pages, what to fetch again."""

    told: list[Told] = field(default_factory=list)
    lines: list[CdxLine] = field(default_factory=list)
    again: list[tuple[str, str]] = field(default_factory=list)  # record id and address
    tear: TornRecord | None = None

    @property
    def end(self) -> int:
        """Offset behind the last whole record."""
        return self.told[-1].end if self.told else 0

    @property
    def empty(self) -> bool:
        """Nothing but a warcinfo."""
        return all(record.type == "warcinfo" for record in self.told)


def survey(path: Path) -> Survey:
    """Walk a file once, holding one page at a time."""
    seen = Survey()
    try:
        for bundle in bundles(_noted(records(path), seen)):
            capture = capture_of(bundle)
            if not bundle.whole:
                seen.again.append((bundle.first.record_id, bundle.first.url))
            elif capture and bundle.answer:
                seen.lines.append(index_line(capture, stated_mime(bundle.answer), capture.truncated))
    except TornRecord as tear:
        seen.tear = tear
    return seen


def _noted(found: Iterable[Record], seen: Survey) -> Iterator[Record]:
    for record in found:
        seen.told.append(Told(record.type, record.offset, record.length, record.headers.get("warc-block-digest", "")))
        yield record
