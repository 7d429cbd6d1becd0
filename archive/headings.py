"""The header of a WARC record judged: no forged line, nothing twice that must stand once, and the same story as its metadata tells."""

from collections.abc import Iterator

from archive.bundle import Bundle
from archive.clock import iso
from archive.errors import BadHeader, BadInput
from archive.frame import checked
from archive.message import parse_head, payload_behind
from archive.reader import EPOCH, Record
from archive.surt import target_uri

TYPES = frozenset({"warcinfo", "response", "revisit", "request", "metadata", "conversion", "resource"})
_REPEATED = frozenset({"warc-protocol", "warc-concurrent-to"})  # the fields that may stand more than once
_NEEDED = ("WARC-Block-Digest", "Content-Type", "Content-Length")


def wrong_fields(record: Record) -> Iterator[str]:
    """What is wrong with the header, one sentence each."""
    met: set[str] = set()
    for name, value in record.headers.pairs:
        try:
            checked(name, value)
        except BadHeader as error:
            yield error.what
        if name.lower() in met - _REPEATED:
            yield f"{name[:60]!a} stands there twice"
        met.add(name.lower())
    if record.type not in TYPES:
        yield f"WARC-Type {record.type[:60]!a} is none of ours"
    if not (record.record_id.startswith("<urn:uuid:") and record.record_id.endswith(">")):
        yield "WARC-Record-ID is missing or no uuid"
    if record.date == EPOCH:
        yield "WARC-Date is missing or no instant"
    if not record.url and record.type != "warcinfo":
        yield "WARC-Target-URI is missing"
    for name in _NEEDED:
        if not record.headers.get(name):
            yield f"{name} is missing"


def contradictions(bundle: Bundle) -> Iterator[tuple[Record, str]]:
    """Where the header of an answer and its metadata, or the records of one page, do not tell the same story."""
    answer, facts = bundle.answer, bundle.facts
    for part in (bundle.request, bundle.metadata, bundle.conversion):
        if answer is not None and part is not None and part.date != answer.date:
            yield part, "its WARC-Date is not that of its page"
    if answer is None or not facts:
        return
    fetch = facts.get("fetch")
    fetch = fetch if isinstance(fetch, dict) else {}
    if fetch.get("started") not in (None, iso(answer.date)):
        yield answer, f"its WARC-Date is {iso(answer.date)}, its metadata says {fetch['started']}"
    if answer.url != _written(facts.get("url")):
        yield answer, "its WARC-Target-URI is not the address that its metadata names"
    if fetch.get("ip") and answer.headers.get("warc-ip-address") != str(fetch["ip"]).partition("%")[0]:
        yield answer, "its WARC-IP-Address is not the one that its metadata names"


def payload_of(answer: Record) -> bytes:
    """The body of an answer, transfer coding undone. Raises BadInput without a usable head."""
    return payload_behind(parse_head(answer.block), answer.block)


def _written(url: object) -> str:
    try:
        return target_uri(str(url))
    except (BadHeader, BadInput):
        return ""
