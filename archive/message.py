"""HTTP/1.x messages as bytes: where the head ends, what it says, and what the body is. Pure; nothing is re-serialised.

Lines may end in CRLF or bare LF and the end of the head may be missing, for the parser that took the page off the wire (Twisted's)
accepts both (capture.md section 1, trap 3).
"""

import re
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import brotli
from backports import zstd

from archive.errors import BadInput

LAYERS = 3  # content codings stacked on one body, at most (faults.md section 3)
ZSTD_WINDOW = 23  # log2 of the memory a frame may ask for: 8 MiB, as RFC 9659 bounds it for the web

_STATUS_LINE = re.compile(rb"(HTTP/[0-9]+\.[0-9]+)[ \t]+([0-9]{3})(?:[ \t](.*))?", re.IGNORECASE)
_CHUNK_SIZE = re.compile(rb"[ \t]*([0-9A-Fa-f]{1,15})[ \t]*(?:;.*)?")


@dataclass(frozen=True, slots=True)
class Head:
    """Status line and header fields of one answer: names as received, values unfolded and trimmed. `size` is the head's length in bytes."""

    version: str  # "HTTP/1.1"
    status: int
    reason: str
    headers: tuple[tuple[bytes, bytes], ...]
    size: int
    plain: bool = True  # False: a line of blanks inside; readers disagree on where such a head ends

    def get(self, name: str) -> str | None:
        """The first field of this name, in any case, decoded as Latin-1; None when there is none."""
        return next(iter(self.all(name)), None)

    def all(self, name: str) -> list[str]:
        """Every field of this name, in order."""
        wanted = name.lower().encode("latin-1")
        return [value.decode("latin-1") for key, value in self.headers if key.lower() == wanted]

    @property
    def chunked(self) -> bool:
        """Whether the body came in chunks."""
        return _tokens(self.all("transfer-encoding"))[-1:] == ["chunked"]

    @property
    def codings(self) -> tuple[str, ...]:
        """Content codings in the order they were applied, lower case."""
        return tuple(_tokens(self.all("content-encoding")))

    @property
    def mime(self) -> str | None:
        """Content type without its parameters, as sent; None when none was stated."""
        stated = self.get("content-type")
        return None if stated is None else re.split(r"[;\s]", stated, maxsplit=1)[0]


def parse_head(block: bytes) -> Head:
    """The head of an answer. Raises BadInput when it does not begin with an HTTP/1.x status line."""
    lines = _head_lines(block)
    first, size = next(lines, (b"", 0))
    found = _STATUS_LINE.fullmatch(first.rstrip())
    if found is None:
        raise BadInput(f"not an HTTP answer: it begins with {first[:60]!a}", mend="kept as garbage in the metadata; nothing to do")
    fields: list[tuple[bytes, bytes]] = []
    plain = True
    name: bytes | None = None
    for line, end in lines:
        size = end
        if not line:
            break
        plain = plain and bool(line.strip(_BLANKS))
        if line[:1] in (b" ", b"\t"):
            if fields and name is not None:
                fields[-1] = (fields[-1][0], (fields[-1][1] + b" " + line.strip()).strip())
            continue
        name, colon, value = line.partition(b":")
        if colon:
            fields.append((name.rstrip(b" \t"), value.strip()))
        else:
            name = None
    version, status, reason = found.groups()
    return Head(version.decode("ascii").upper(), int(status), (reason or b"").decode("latin-1").strip(), tuple(fields), size, plain)


_BLANKS = bytes(c for c in range(256) if not bytes([c]).decode("latin-1").strip())


def _head_lines(block: bytes) -> Iterator[tuple[bytes, int]]:
    """Lines without their ends, each with the offset behind it; the empty line that ends the head is the last."""
    start = 0
    while start < len(block):
        end = block.find(b"\n", start)
        end = len(block) if end < 0 else end + 1
        line = block[start:end].rstrip(b"\n").removesuffix(b"\r")
        yield line, end
        if not line:
            return
        start = end


def payload(block: bytes) -> bytes:
    """The body after transfer decoding, before content decoding: what the payload digest is of. Raises BadInput without a head."""
    return payload_behind(parse_head(block), block)


def payload_behind(head: Head, block: bytes) -> bytes:
    """The same, for a head already read."""
    body = block[head.size :]
    return _dechunked(body) if head.chunked else body


def _dechunked(body: bytes) -> bytes:
    """Chunks put together. A torn tail or a broken size line ends it: what came before is given back."""
    parts: list[bytes] = []
    at = 0
    while (end := body.find(b"\n", at)) >= 0:
        size = _CHUNK_SIZE.fullmatch(body[at:end].removesuffix(b"\r"))
        if size is None:
            break
        length = int(size.group(1), 16)
        if length == 0:
            break
        parts.append(body[end + 1 : end + 1 + length])
        at = end + 1 + length
        at += 2 if body[at : at + 2] == b"\r\n" else 1
    return b"".join(parts)


def body_of(block: bytes, limit: int) -> bytes:
    """The body as a reader sees it: transfer and content codings undone, at most `limit` bytes. Raises BadInput."""
    head = parse_head(block)
    return decoded(payload_behind(head, block), head.codings, limit)


def decoded(payload: bytes, codings: Sequence[str], limit: int) -> bytes:
    """The payload with its content codings undone, last applied first; `limit` in bytes holds for every layer.

    A stream that merely stops early gives what it gave; one that lies about its coding, names an unknown one, stacks more than three
    or grows past the limit raises BadInput.
    """
    wanted = [coding for coding in codings if coding not in ("identity", "")]
    if len(wanted) > LAYERS:
        raise BadInput(f"{len(wanted)} content codings on one body; at most {LAYERS} are undone")
    for coding in reversed(wanted):
        decode = _DECODERS.get(coding)
        if decode is None:
            raise BadInput(f"unknown content coding {coding[:40]!a}")
        try:
            payload = decode(payload, limit) if payload else b""
        except (zlib.error, brotli.error, zstd.ZstdError) as error:
            raise BadInput(f"the body is not {coding}, as its header says: {error}") from error
    if len(payload) > limit:
        raise BadInput(f"the body is larger than {limit} bytes")
    return payload


def _within(data: bytes, limit: int) -> bytes:
    if len(data) > limit:
        raise BadInput(f"the body grows past {limit} bytes when decoded")
    return data


def _gunzip(data: bytes, limit: int) -> bytes:
    """Every member; bytes behind the last one that are no member are ignored, as browsers do."""
    out = b""
    while data:
        member = zlib.decompressobj(31)
        try:
            out += member.decompress(data, limit + 1 - len(out))
        except zlib.error:
            if out:
                break
            raise
        _within(out, limit)
        if not member.eof:
            break
        data = member.unused_data
    return out


def _inflate(data: bytes, limit: int) -> bytes:
    """zlib-wrapped as RFC 9110 says, or raw as many servers send it."""
    try:
        return _within(zlib.decompressobj(15).decompress(data, limit + 1), limit)
    except zlib.error:
        return _within(zlib.decompressobj(-15).decompress(data, limit + 1), limit)


def _unbrotli(data: bytes, limit: int) -> bytes:
    stream = brotli.Decompressor()
    out = stream.process(data, output_buffer_limit=limit + 1)
    while not stream.is_finished() and len(out) <= limit and (more := stream.process(b"", output_buffer_limit=limit + 1 - len(out))):
        out += more
    return _within(out, limit)


def _unzstd(data: bytes, limit: int) -> bytes:
    out = b""
    while data:
        frame = zstd.ZstdDecompressor(options={zstd.DecompressionParameter.window_log_max: ZSTD_WINDOW})
        out += frame.decompress(data, limit + 1 - len(out))
        _within(out, limit)
        if not frame.eof:
            break
        data = frame.unused_data
    return out


_DECODERS: dict[str, Callable[[bytes, int], bytes]] = {
    "gzip": _gunzip,
    "x-gzip": _gunzip,
    "deflate": _inflate,
    "br": _unbrotli,
    "zstd": _unzstd,
}


def _tokens(values: Sequence[str]) -> list[str]:
    return [token for value in values for part in value.split(",") if (token := part.strip().lower())]
