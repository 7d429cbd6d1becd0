"""What a metadata record says of a page: the facts handed down, and what the exchange itself shows."""

import base64
import json
import ssl
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import TypeAlias

from archive.clock import iso
from archive.digest import sha256_hex
from archive.errors import BadInput
from archive.message import Head, parse_head, payload_behind
from archive.model import Capture, Exchange, Tls
from archive.surt import url_key

JSON: TypeAlias = "bool | int | float | str | Sequence[JSON] | Mapping[str, JSON] | None"

SCHEMA = 1


def page_facts(
    facts: Mapping[str, JSON],
    exchange: Exchange,
    head: Head | None,
    *,
    kind: str,
    source: str,
    night: str,
    payload_digest: str | None,
    text_digest: str | None,
    repeats: Capture | None,
) -> dict[str, JSON]:
    """All keys of one metadata record: what was handed in, overlaid with what the exchange shows. `repeats`: whose body a revisit has."""
    return {
        "schema": SCHEMA,
        "role": "article",
        "source": source,
        "night": night,
        **facts,
        "kind": kind,
        "url": exchange.url,
        "url_key": url_key(exchange.url),
        "asked": facts.get("asked") or exchange.url,
        "hops": facts.get("hops") or [],
        "status": head.status if head else None,
        "mime": head.mime if head else None,
        "payload_digest": payload_digest,
        "text_digest": text_digest,
        "etag": _validator(head, "etag"),
        "last_modified": _validator(head, "last-modified"),
        "repeats": capture_facts(repeats) if repeats else None,
        "fetch": fetch_facts(exchange),
    }


def fetch_facts(exchange: Exchange) -> dict[str, JSON]:
    """How the answer was had: instants, end, connection, and the bytes that belong to no record."""
    ip, port = exchange.peer or (None, None)
    return {
        "started": iso(exchange.started_at),
        "first_byte": iso(exchange.first_byte_at) if exchange.first_byte_at else None,
        "ended": iso(exchange.ended_at) if exchange.ended_at else None,
        "end": exchange.end,
        "error": exchange.error,
        "attempts": exchange.attempts,
        "reused": exchange.reused,
        "surplus": exchange.surplus,
        "interim": [_base64(head) for head in exchange.interim],
        "garbage": _base64(exchange.garbage) if exchange.garbage else None,
        "ip": None if exchange.proxied else ip,
        "port": None if exchange.proxied else port,
        "tls": _tls_facts(exchange.tls) if exchange.tls else None,
        "via": "proxy" if exchange.proxied else None,
    }


def answered(exchange: Exchange) -> tuple[Head | None, bytes]:
    """Head and payload of the answer, or None and nothing where no usable head came."""
    if not exchange.response:
        return None, b""
    try:
        head = parse_head(exchange.response)
    except BadInput:
        return None, b""
    return head, payload_behind(head, exchange.response)


@lru_cache(maxsize=256)
def chain_pem(chain: tuple[bytes, ...]) -> tuple[bytes, str]:
    """The certificates of a connection (DER, leaf first) as the PEM text of their `resource` record, and its SHA-256 in hex.

    Kept for the chains seen last: the pages of one host share one chain.
    """
    pem = "".join(ssl.DER_cert_to_PEM_cert(der) for der in chain).encode("ascii")
    return pem, sha256_hex(pem)


def chain_uri(digest: str) -> str:
    """The address of a chain: the SHA-256 of its PEM text, which is also the digest of the record's block."""
    return f"urn:stet:chain:sha256:{digest}"


def as_block(facts: Mapping[str, JSON]) -> bytes:
    """The facts as the block of a metadata record: compact JSON, UTF-8. Raises BadInput when they are not JSON."""
    try:
        return json.dumps(facts, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8", "replace")
    except (TypeError, ValueError) as error:
        raise BadInput(f"these facts cannot be written as JSON: {error}") from error


def _validator(head: Head | None, name: str) -> str | None:
    """A field that will be sent back to the server another night: nothing that could forge a line in that request."""
    value = head.get(name) if head else None
    return value if value and value.isprintable() else None


def _tls_facts(tls: Tls) -> dict[str, JSON]:
    return {
        "version": tls.version,
        "cipher": tls.cipher,
        "sni": tls.sni,
        "alpn": tls.alpn,
        "leaf_sha256": sha256_hex(tls.chain[0]) if tls.chain else None,
        "chain_sha256": chain_pem(tls.chain)[1] if tls.chain else None,
        "verified": tls.verified,
    }


def capture_facts(capture: Capture) -> dict[str, JSON]:
    """Where a capture lies, as another record names it."""
    return {
        "url": capture.url,
        "timestamp": iso(capture.timestamp),
        "status": capture.status,
        "mime": capture.mime,
        "payload_digest": capture.payload_digest,
        "filename": capture.filename,
        "offset": capture.offset,
        "length": capture.length,
        "record_id": capture.record_id,
    }


def _base64(data: bytes) -> str:
    return base64.b64encode(data).decode("ascii")
