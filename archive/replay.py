"""An address and a moment -> the page as it was: found by CDXJ, checked before a byte is shown, revisits followed to their body."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from archive.bundle import Bundle, bundles, repeated
from archive.cdxj import REVISIT, CdxLine, find, parse_line
from archive.clock import from14, from_iso, to14
from archive.digest import labelled
from archive.errors import BadHeader, BadInput, DigestMismatch, IntegrityError, NotArchived, StetError, TornRecord
from archive.message import Head, decoded, parse_head, payload_behind
from archive.model import Capture
from archive.reader import Record, check_block, path_of, record_at, records
from archive.surt import surt, target_uri

_MEND = "run `stet verify`; the address may be of an older index: `stet reindex` makes it anew"


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """A page as it was. `record` is the answer of this visit, `origin` the record its body lies in: the same, or the one it repeats."""

    capture: Capture
    record: Record
    origin: Record
    head: Head  # of this visit
    payload: bytes  # after transfer decoding, before content decoding
    text: str | None
    metadata: dict[str, Any]
    request: bytes

    def body(self, limit: int) -> bytes:
        """The payload as a browser would read it, at most `limit` bytes. Raises BadInput when its coding lies or it grows past that."""
        return decoded(self.payload, parse_head(self.origin.block).codings, limit)


def copies(data: Path, url: str) -> list[Capture]:
    """Every copy of this address that a sealed file holds, oldest first, from the index lines alone.

    Times are whole seconds and record ids are empty, for CDXJ has no more; `open_copy` takes them as they are. Raises BadInput on a
    broken index.
    """
    key = surt(_written(url))
    found = [_capture(line, folder) for path, folder in _indexes(data) for line in find(path, key)]
    return sorted(found, key=lambda capture: (capture.timestamp, capture.filename, capture.offset))


def every_copy(data: Path) -> Iterator[Capture]:
    """Every copy of every address, as `copies` gives them, file by file; reads all indexes. Raises BadInput on a broken one."""
    for path, folder in _indexes(data):
        for raw in path.read_text(encoding="ascii", errors="replace").splitlines():
            yield _capture(parse_line(raw), folder)


def open_copy(data: Path, capture: Capture) -> Copy:
    """The copy at this address, with everything written beside it; URL, time, kind and digests are compared first.

    Raises DigestMismatch where they do not agree, NotArchived when the body of a revisit is nowhere, and what `record_at` raises.
    """
    record = record_at(data, capture.filename, capture.offset, capture.length)
    _compare(capture, record)
    bundle = _beside(data, record)
    head = parse_head(record.block)
    origin, body = record, bundle
    if record.type == "revisit":
        origin = _origin(data, bundle, record)
        body = bundle if bundle.conversion else _beside(data, origin)
    payload = payload_behind(parse_head(origin.block), origin.block)
    stated = capture.payload_digest or bundle.facts.get("payload_digest")
    if stated and labelled(payload) != stated:
        raise DigestMismatch(f"the body at {record.filename}@{record.offset} no longer matches its payload digest", mend=_MEND)
    return Copy(
        capture=capture,
        record=record,
        origin=origin,
        head=head,
        payload=payload,
        text=body.conversion.block.decode("utf-8", "replace") if body.conversion else None,
        metadata=bundle.facts,
        request=bundle.request.block if bundle.request else b"",
    )


def _compare(capture: Capture, record: Record) -> None:
    """Raises DigestMismatch unless the record is the one that the address speaks of (faults.md section 6)."""
    same = (
        record.type == capture.record_type
        and record.url == _written(capture.url)
        and to14(record.date) == to14(capture.timestamp)
        and capture.record_id in ("", record.record_id)
    )
    if not same:
        raise DigestMismatch(
            f"{capture.filename}@{capture.offset} holds another record than {capture.url} of {to14(capture.timestamp)}", mend=_MEND
        )


def _beside(data: Path, record: Record) -> Bundle:
    """The records written with this one; each is checked like it."""
    try:
        bundle = next(bundles(islice(records(path_of(data, record.filename), start=record.offset), 4)))
    except IntegrityError:
        return Bundle(answer=record)
    for part in (bundle.request, bundle.metadata, bundle.conversion):
        if part is not None:
            check_block(part)
    return bundle


def _origin(data: Path, bundle: Bundle, revisit: Record) -> Record:
    """The response whose body a revisit repeats: where its metadata says, else found by URL and time as any replay tool finds it."""
    url = revisit.headers.get("warc-refers-to-target-uri", revisit.url)
    when = to14(from_iso(revisit.headers.get("warc-refers-to-date", "")))
    digest = revisit.headers.get("warc-payload-digest", "")
    told = repeated(bundle)
    problem: StetError | None = None
    for candidate in _candidates(data, told, url, when, digest):
        try:
            record = record_at(data, candidate.filename, candidate.offset, candidate.length)
            _compare(candidate, record)
        except (IntegrityError, BadInput) as error:
            problem = error
            continue
        return record
    if isinstance(problem, DigestMismatch | TornRecord):
        raise problem
    raise NotArchived(
        f"{revisit.filename}@{revisit.offset} repeats a body of {url} at {when} that this archive does not hold",
        mend="bring the file that holds it back, then try again",
    )


def _candidates(data: Path, told: Capture | None, url: str, when: str, digest: str) -> Iterator[Capture]:
    """Where the body may lie; the indexes are asked only if it is not where it was told, so that a broken one costs nothing here."""
    if told:
        yield told
    for copy in copies(data, url):
        if copy.record_type == "response" and to14(copy.timestamp) == when and copy.payload_digest == digest:
            yield copy


def _indexes(data: Path) -> Iterator[tuple[Path, str]]:
    """Every index of a sealed file, in order of name, and its folder below data/warc."""
    root = data / "warc"
    for path in sorted(root.glob("*/*/*.cdxj")):
        yield path, path.parent.relative_to(root).as_posix()


def _capture(line: CdxLine, folder: str) -> Capture:
    return Capture(
        url=line.url,
        timestamp=from14(line.timestamp),
        status=int(line.status) if line.status and line.status.isdigit() else 0,
        mime=line.mime or "",
        payload_digest=line.digest,
        filename=f"{folder}/{line.filename}",
        offset=line.offset,
        length=line.length,
        record_id="",
        record_type="revisit" if line.mime == REVISIT else "response",
        truncated=line.truncated,
    )


def _written(url: str) -> str:
    """The address as records carry it; one that no record can carry stays as it is and will not be found."""
    try:
        return target_uri(url)
    except BadHeader:
        return url
