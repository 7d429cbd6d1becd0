"""An answer and its exact bytes on the wire: status line, header fields in the order and case given, and one of two framings."""

import gzip
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus

CHUNK = 700  # bytes; small, so that every page comes in several chunks


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What an address answers. `fields` go out as they stand; validators and length are added by `on_the_wire`."""

    status: int = 200
    fields: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    etag: str | None = None
    last_modified: datetime | None = None
    chunked: bool = False
    odd_case: bool = False  # header names as some servers write them


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """The parts of a request that decide the answer. Header names are in lower case."""

    method: str
    host: str
    path: str
    headers: dict[str, str]

    @property
    def conditional(self) -> bool:
        """Whether the asker holds an earlier copy."""
        return bool(self.headers.keys() & {"if-none-match", "if-modified-since"})

    @property
    def keeps_open(self) -> bool:
        """Whether more requests may follow on the connection."""
        return self.headers.get("connection", "").lower() != "close"


def read_request(head: bytes) -> Request:
    """The request that these bytes ask. Raises ValueError when they are no HTTP/1.1 request."""
    first, *lines = head.decode("latin-1").rstrip("\r\n").split("\r\n")
    method, target, version = first.split(" ")
    if version != "HTTP/1.1":
        raise ValueError(f"not HTTP/1.1: {version}")
    headers = {name.strip().lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
    host = headers.get("host", "").rpartition(":")[0] if ":" in headers.get("host", "") else headers.get("host", "")
    if not target.startswith("/"):  # absolute form, as sent to a proxy
        target = "/" + target.split("/", 3)[-1]
    return Request(method=method, host=host.lower(), path=target, headers=headers)


def compressed(answer: Answer) -> Answer:
    """The same answer with its body in gzip. The bytes are the same on every run."""
    fields = (*answer.fields, ("Content-Encoding", "gzip"), ("Vary", "Accept-Encoding"))
    return replace(answer, body=gzip.compress(answer.body, mtime=0), fields=fields)


def fingerprint(body: bytes, *, weak: bool = False) -> str:
    """An entity tag for these bytes."""
    return f'{"W/" if weak else ""}"{len(body):x}-{zlib.crc32(body):08x}"'


def unchanged(answer: Answer, request: Request) -> bool:
    """Whether the asker's copy is still good: the entity tag decides, and the day only where no tag was sent (RFC 9110, 13.1.3)."""
    if tags := request.headers.get("if-none-match"):
        theirs = {tag.strip().removeprefix("W/") for tag in tags.split(",")}
        return answer.etag is not None and answer.etag.removeprefix("W/") in theirs
    if (since := request.headers.get("if-modified-since")) and answer.last_modified:
        try:
            return answer.last_modified <= parsedate_to_datetime(since)
        except ValueError:
            return False
    return False


def on_the_wire(answer: Answer, request: Request, now: datetime) -> bytes:
    """The bytes to send: the answer, or 304 when the asker's copy is still good; HEAD gets the head alone."""
    still_good = answer.status == 200 and unchanged(answer, request)
    status = HTTPStatus(304 if still_good else answer.status)
    fields = [("Date", format_datetime(now, usegmt=True)), *_validators(answer)]
    if not still_good:
        fields += answer.fields
        fields.append(("Transfer-Encoding", "chunked") if answer.chunked else ("Content-Length", str(len(answer.body))))
    if not request.keeps_open:
        fields.append(("Connection", "close"))
    if answer.odd_case:
        fields = _odd(fields)
    head = f"HTTP/1.1 {status.value} {status.phrase}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields) + "\r\n"
    if still_good or request.method == "HEAD":
        return head.encode("latin-1")
    return head.encode("latin-1") + (b"".join(_chunks(answer.body)) if answer.chunked else answer.body)


def _validators(answer: Answer) -> Iterator[tuple[str, str]]:
    if answer.etag:
        yield "ETag", answer.etag
    if answer.last_modified:
        yield "Last-Modified", format_datetime(answer.last_modified, usegmt=True)


def _chunks(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), CHUNK):
        piece = body[start : start + CHUNK]
        yield f"{len(piece):x}\r\n".encode() + piece + b"\r\n"
    yield b"0\r\n\r\n"


def _odd(fields: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Fields as a row of caches and balancers leaves them: odd case, and the same name more than once."""
    odd = [(name.upper() if number % 2 else name.swapcase(), value) for number, (name, value) in enumerate(fields)]
    extra = [("set-Cookie", "edition=eu; Path=/"), ("SET-COOKIE", "seen=1; Path=/"), ("x-CACHE", "MISS"), ("X-Cache", "HIT from edge-2")]
    return odd[:2] + extra + odd[2:]
