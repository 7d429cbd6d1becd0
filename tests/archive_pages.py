"""Pages for the tests of archive/: exchanges with bytes as servers send them, and writers on a folder of the test's own."""

import datetime as dt
import gzip
from pathlib import Path
from typing import Any

from archive.ledger import Ledger
from archive.model import Exchange, Tls
from archive.writer import WarcWriter

NIGHT = "20261122031500"
AT = dt.datetime(2026, 11, 22, 3, 15, 7, 123456, tzinfo=dt.UTC)
URL = "https://news.example/2026/ban?b=2&a=1"
HTML = "<html><head><title>封号</title></head><body><p>Платформа заблокирована.</p></body></html>".encode()
SQUEEZED = gzip.compress(HTML, mtime=0)
REQUEST = b"GET /2026/ban?b=2&a=1 HTTP/1.1\r\nHost: news.example\r\nUser-Agent: stet/0.1 (+mail@house.example)\r\n\r\n"
TLS = Tls(
    version="TLSv1.3", cipher="TLS_AES_256_GCM_SHA384", sni="news.example", alpn=None, chain=(b"\x30leaf", b"\x30root"), verified=True
)

# Everything a well-meaning library would tidy up: duplicates, odd case, folding, Latin-1 and GBK bytes, no reason, blanks around values.
UNTIDY = (
    b"HTTP/1.1 200 \r\n"
    b"content-TYPE:text/html;charset=GBK\r\n"
    b"Set-Cookie: a=1\r\n"
    b"SET-COOKIE: b=2\r\n"
    b"X-Folded: one\r\n"
    b"\ttwo  \r\n"
    b"X-Latin: caf\xe9\r\n"
    b"X-Gbk: \xb7\xe2\xba\xc5\r\n"
    b"x-empty:\r\n"
    b'ETag: W/"7"\r\n'
    b"\r\n" + "封号".encode("gbk")
)
LF_ONLY = b"HTTP/1.0 200 OK\nContent-Type: text/plain\nContent-Length: 3\n\nabc"
CHUNKED = (
    b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\nContent-Type: text/html\r\nTrailer: X-Sum\r\n\r\n"
    + b"".join(b"%X;name=value\r\n%s\r\n" % (len(part), part) for part in [SQUEEZED[:20], SQUEEZED[20:]])
    + b"0\r\nX-Sum: 1\r\n\r\n"
)
NOT_MODIFIED = b'HTTP/1.1 304 Not Modified\r\nETag: "one"\r\n\r\n'
BLANK_LINE = b"HTTP/1.1 200 OK\r\nX-A: 1\r\n \t\r\nX-B: 2\r\n\r\nbody"


def answer(body: bytes = HTML, *, status: str = "200 OK", more: bytes = b'ETag: "one"\r\n') -> bytes:
    """An ordinary answer with a length."""
    return b"HTTP/1.1 %s\r\nContent-Type: text/html; charset=utf-8\r\n%sContent-Length: %d\r\n\r\n%s" % (
        status.encode(),
        more,
        len(body),
        body,
    )


def exchange(url: str = URL, response: bytes | None = None, *, seconds: float = 0, **more: Any) -> Exchange:
    """An exchange that began some seconds after AT."""
    told: dict[str, Any] = {"request": REQUEST, "peer": ("192.0.2.7", 443), "tls": TLS, "started_at": AT + dt.timedelta(seconds=seconds)}
    return Exchange(url=url, response=answer() if response is None else response, **{**told, **more})


def writer(data: Path, *, source: str = "rfa", night: str = NIGHT, ledger: Ledger | None = None, **more: Any) -> WarcWriter:
    """A writer that asks for no free space unless the test does."""
    own = ledger or Ledger(data / "ledger.jsonl", clock=lambda: AT)
    told: dict[str, Any] = {"info": {"software": "stet 0.1.0", "robots": "obey"}, "free_floor": 0, "clock": lambda: AT}
    return WarcWriter(data, source=source, night=night, ledger=own, token="7f3a", **{**told, **more})


def facts(**more: Any) -> dict[str, Any]:
    """Facts of an article as the deposit hands them down."""
    return {"role": "article", "via": "https://news.example/feed.xml", "asked": URL, "hops": [], "article": {"title": "封号"}, **more}
