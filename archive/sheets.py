"""An exchange as the records that keep it: response or revisit, request, metadata, conversion; one date on all (capture.md section 2)."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from archive.bundle import TEXT_AT
from archive.clock import iso
from archive.digest import LABEL, labelled
from archive.facts import JSON, SCHEMA, answered, as_block, capture_facts, chain_pem, chain_uri, page_facts
from archive.frame import Fields, Sheet, new_record_id
from archive.message import Head
from archive.model import Capture, Exchange, Tls
from archive.surt import target_uri
from archive.texts import TextPlace

METADATA_URI = "urn:stet:metadata:"
REREAD = "reread"  # kind of the facts, and name of the files, of pages that were read again
IDENTICAL = "http://netpreserve.org/warc/1.1/revisit/identical-payload-digest"
NOT_MODIFIED = "http://netpreserve.org/warc/1.1/revisit/server-not-modified"

_ANSWER = "application/http; msgtype=response"
_REQUEST = "application/http; msgtype=request"
_TRUNCATED = ("disconnect", "length", "time", "unspecified")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Folder:
    """What all records of one page share: the names of night and source, and the warcinfo of the file they go into."""

    source: str
    night: str
    warcinfo_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """One page as sheets, and the facts that its index line needs."""

    sheets: tuple[Sheet, ...]  # the answer first
    url: str
    head: Head
    payload_digest: str
    mime: str
    truncated: str | None


def page_sheets(
    folder: Folder,
    exchange: Exchange,
    facts: Mapping[str, JSON],
    *,
    text: str | None,
    language: str | None,
    refers_to: Capture | None,
) -> Kept | None:
    """The records of a page that was answered; None when no usable head came. Raises BadHeader on an address that cannot be written."""
    head, payload = answered(exchange)
    if head is None:
        return None
    digest = labelled(payload)
    same = refers_to if refers_to and (head.status == 304 or digest == refers_to.payload_digest) else None
    if same:
        digest = same.payload_digest
    mime = head.mime or (same.mime if same else None) or ""
    common = _common(folder, exchange)
    answer = _revisit(common, exchange, head, same) if same else _response(common, exchange, head, digest)
    sheets = [answer]
    if exchange.request:
        sheets.append(_request(common, exchange, (("WARC-Concurrent-To", answer.record_id),)))
    words = None if text is None else text.encode("utf-8", "replace")
    told = page_facts(
        facts,
        exchange,
        head,
        kind="page",
        source=folder.source,
        night=folder.night,
        payload_digest=digest,
        text_digest=None if words is None else labelled(words),
        repeats=same,
    )
    sheets.append(_metadata(common, as_block({**told, "mime": mime or None}), answer.record_id))
    if words is not None:
        sheets.append(_conversion(common, words, language, answer.record_id))
    return Kept(
        sheets=tuple(sheets), url=target_uri(exchange.url), head=head, payload_digest=digest, mime=mime, truncated=_truncated(exchange)
    )


def failure_sheets(folder: Folder, exchange: Exchange, facts: Mapping[str, JSON], kind: str) -> tuple[Sheet, ...]:
    """The records of a page that is not kept: its metadata, and for a failed one the request if bytes were sent."""
    head, payload = answered(exchange)
    told = page_facts(
        facts,
        exchange,
        head,
        kind=kind,
        source=folder.source,
        night=folder.night,
        payload_digest=labelled(payload) if head else None,
        text_digest=None,
        repeats=None,
    )
    common = _common(folder, exchange)
    if kind == "dropped" or not exchange.request:
        return (_metadata(common, as_block(told), None),)
    request = _request(common, exchange, ())
    return request, _metadata(common, as_block(told), request.record_id)


def facts_sheet(folder: Folder, url: str, date: str, facts: Mapping[str, JSON]) -> Sheet:
    """A metadata record that belongs to no exchange: the lines of a night."""
    return _metadata(
        (("WARC-Date", date), ("WARC-Target-URI", target_uri(url)), ("WARC-Warcinfo-ID", folder.warcinfo_id)), as_block(facts), None
    )


def reread_sheets(
    folder: Folder,
    capture: Capture,
    date: str,
    facts: Mapping[str, JSON],
    *,
    text: str | None,
    language: str | None,
    held: TextPlace | None = None,
) -> tuple[Sheet, ...]:
    """The records of a capture that was read again, kind `reread`: what its page says by newer rules, and the text. Both refer to the
    answer as it lies in its own file, and carry the date of the reading. A text that is `held` already is named and not written again.
    """
    words = None if text is None else text.encode("utf-8", "replace")
    same = held if words is not None and held is not None and labelled(words) == held.digest else None
    common = (("WARC-Date", date), ("WARC-Target-URI", target_uri(capture.url)), ("WARC-Warcinfo-ID", folder.warcinfo_id))
    told = {
        "schema": SCHEMA,
        "night": folder.night,
        **facts,
        "kind": REREAD,
        "rereads": capture_facts(capture),
        "text_digest": None if words is None else labelled(words),
        **({TEXT_AT: same.facts()} if same else {}),
    }
    said = _metadata(common, as_block(told), None)
    sheets = [replace(said, fields=(*said.fields, ("WARC-Refers-To", capture.record_id)))]
    if words is not None and same is None:
        sheets.append(_conversion(common, words, language, capture.record_id))
    return tuple(sheets)


def chain_sheet(folder: Folder, exchange: Exchange, tls: Tls) -> Sheet:
    """The certificate chain of the connection as a `resource` under an address made of its digest."""
    pem, digest = chain_pem(tls.chain)
    fields = (
        ("WARC-Date", iso(exchange.started_at)),
        ("WARC-Target-URI", chain_uri(digest)),
        ("WARC-Warcinfo-ID", folder.warcinfo_id),
        ("WARC-Payload-Digest", LABEL + digest),
    )
    return Sheet(type="resource", record_id=new_record_id(), fields=fields, content_type="application/pem-certificate-chain", block=pem)


def _common(folder: Folder, exchange: Exchange) -> Fields:
    return (
        ("WARC-Date", iso(exchange.started_at)),
        ("WARC-Target-URI", target_uri(exchange.url)),
        ("WARC-Warcinfo-ID", folder.warcinfo_id),
    )


def _peer(exchange: Exchange) -> Fields:
    if exchange.peer is None or exchange.proxied:
        return ()
    return (("WARC-IP-Address", exchange.peer[0].partition("%")[0]),)


def _connection(exchange: Exchange, head: Head) -> Fields:
    """Peer, protocols (one field each, no comma list), cipher, and why the body ends early if it does."""
    fields = [*_peer(exchange), ("WARC-Protocol", head.version.lower())]
    if exchange.tls:
        fields.append(("WARC-Protocol", exchange.tls.version.lower().replace("tlsv", "tls/")))
        fields.append(("WARC-Cipher-Suite", exchange.tls.cipher))
    if truncated := _truncated(exchange):
        fields.append(("WARC-Truncated", truncated))
    return tuple(fields)


def _truncated(exchange: Exchange) -> str | None:
    return exchange.end if exchange.end in _TRUNCATED else None


def _response(common: Fields, exchange: Exchange, head: Head, digest: str) -> Sheet:
    """Payload digest in the header only where all readers find the same payload: no chunks, no line of blanks (capture.md section 4)."""
    agreed = not head.all("transfer-encoding") and head.plain
    fields = (*common, *_connection(exchange, head), *((("WARC-Payload-Digest", digest),) if agreed else ()))
    return Sheet(type="response", record_id=new_record_id(), fields=fields, content_type=_ANSWER, block=exchange.response)


def _revisit(common: Fields, exchange: Exchange, head: Head, same: Capture) -> Sheet:
    """The head as received; the body is that of `same`."""
    fields = (
        *common,
        *_connection(exchange, head),
        ("WARC-Profile", NOT_MODIFIED if head.status == 304 else IDENTICAL),
        *((("WARC-Refers-To", same.record_id),) if same.record_id else ()),
        ("WARC-Refers-To-Target-URI", target_uri(same.url)),
        ("WARC-Refers-To-Date", iso(same.timestamp)),
        ("WARC-Payload-Digest", same.payload_digest),
    )
    return Sheet(type="revisit", record_id=new_record_id(), fields=fields, content_type=_ANSWER, block=exchange.response[: head.size])


def _request(common: Fields, exchange: Exchange, concurrent: Fields) -> Sheet:
    return Sheet(
        type="request",
        record_id=new_record_id(),
        fields=(*common, *concurrent, *_peer(exchange)),
        content_type=_REQUEST,
        block=exchange.request,
    )


def _metadata(common: Fields, block: bytes, concurrent_to: str | None) -> Sheet:
    """JSON under an address of its own, made of the page's.

    Under the page's own address, tools that make their own index (pywb 2.10, cdxj-indexer 1.5 and so WACZ) list the JSON as one more copy
    of the page, and pywb showed it in the page's place: seen here, and webrecorder/pywb#366 tells of the same for older types.
    """
    named = ((name, value if name != "WARC-Target-URI" or value.startswith("urn:") else METADATA_URI + value) for name, value in common)
    fields = (*named, *((("WARC-Concurrent-To", concurrent_to),) if concurrent_to else ()))
    return Sheet(type="metadata", record_id=new_record_id(), fields=fields, content_type="application/json", block=block)


def _conversion(common: Fields, words: bytes, language: str | None, answer_id: str) -> Sheet:
    told = (("WARC-Identified-Content-Language", language),) if language and _LANGUAGE.fullmatch(language) else ()
    fields = (*common, ("WARC-Refers-To", answer_id), *told)
    return Sheet(type="conversion", record_id=new_record_id(), fields=fields, content_type="text/plain; charset=utf-8", block=words)
