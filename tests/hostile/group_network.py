"""Servers that break off, never answer, speak something else, or never stop: what comes over the wire itself."""

import asyncio

from tests.hostile.stage import Host, Talk, message, redirect, story

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n"
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
STORY = story().encode()


async def silent(talk: Talk) -> None:
    """Takes the request and says nothing."""
    await asyncio.sleep(25)


async def drip_head(talk: Talk) -> None:
    """A head that comes byte by byte, for ever."""
    await talk.send(b"HTTP/1.1 200 OK\r\nX-Slow: ")
    for _ in range(100):
        await talk.send(b"T")
        await asyncio.sleep(0.25)


async def drip_body(talk: Talk) -> None:
    """A body that comes byte by byte, so that no idle timer ever ends it."""
    await talk.send(HEAD + b"\r\n<p>slow")
    for _ in range(100):
        await talk.send(b"a")
        await asyncio.sleep(0.25)


async def broken(talk: Talk) -> None:
    """Half of a story, then a reset."""
    await talk.send(HEAD + b"Content-Length: 100000\r\n\r\n" + STORY)
    await asyncio.sleep(0.1)
    talk.reset()


async def early_hints(talk: Talk) -> None:
    """Interim answers without end."""
    for _ in range(20_000):
        await talk.send(b"HTTP/1.1 103 Early Hints\r\nLink: </style.css>; rel=preload\r\n\r\n")


async def endless(talk: Talk) -> None:
    """A body without end, as fast as it goes."""
    await talk.send(CHUNKED)
    chunk = b"10000\r\n" + b"e" * 65536 + b"\r\n"
    for _ in range(4096):
        await talk.send(chunk)


async def endless_headers(talk: Talk) -> None:
    """Header lines without end."""
    await talk.send(HEAD)
    for number in range(100_000):
        await talk.send(b"X-%d: y\r\n" % number)


async def one_long_header(talk: Talk) -> None:
    """One header line without end."""
    await talk.send(HEAD + b"X-Long: ")
    for _ in range(1000):
        await talk.send(b"l" * 4096)


async def trailers(talk: Talk) -> None:
    """A whole story, and trailers without end behind its last chunk."""
    await talk.send(CHUNKED + b"%x\r\n" % len(STORY) + STORY + b"\r\n0\r\n")
    for number in range(200_000):
        await talk.send(b"X-Trailer-%d: y\r\n" % number)


async def tiny_chunks(talk: Talk) -> None:
    """A body in chunks of one byte with long extensions."""
    await talk.send(CHUNKED)
    for number in range(20_000):
        await talk.send(b"1;" + b"x" * 60 + b"\r\n" + STORY[number : number + 1] + b"\r\n" if number < len(STORY) else b"")
    await talk.send(b"0\r\n\r\n")


async def nothing(talk: Talk) -> None:
    """Closes at once."""


def host() -> Host:
    """The group's site."""
    site = Host(group="network", name="network")
    site.add("/half", message(STORY, length=len(STORY) + 5000), status=200, end="disconnect", missing="cut short: disconnect")
    site.add("/reset", broken, status=200, end="disconnect", missing="cut short: disconnect")
    site.add("/silent", silent, failed="timeout")
    site.add("/drip-head", drip_head, failed="timeout|limit")
    site.add("/drip-body", drip_body, status=200, end="time", note="time")
    site.add("/not-http", b"SSH-2.0-OpenSSH_9.6\r\n" + b"\0" * 64, failed="not-http")
    site.add("/tls-alert", b"\x15\x03\x01\x00\x02\x02\x28", failed="not-http|closed|reset")
    site.add("/binary", bytes(range(256)) * 300, failed="not-http")
    site.add(
        "/huge-head", HEAD + b"".join(b"X-%d: %s\r\n" % (n, b"h" * 8000) for n in range(60)) + b"\r\n" + STORY, failed="limit: headers"
    )
    site.add("/many-headers", HEAD + b"".join(b"X-%d: y\r\n" % n for n in range(5000)) + b"\r\n" + STORY, failed="limit: headers")
    site.add("/endless-headers", endless_headers, failed="limit: headers")
    site.add("/one-long-header", one_long_header, failed="limit: headers")
    site.add("/early-hints", early_hints, failed="limit: headers")
    site.add("/endless", endless, status=200, end="length", note="limit: body bytes")
    site.add("/announced", message(STORY, length=10**13), note="limit: body bytes", asked_at_most=1)
    site.add("/two-lengths", HEAD + b"Content-Length: 5\r\nContent-Length: 900\r\n\r\n" + STORY, failed="not-http")
    site.add("/negative-length", HEAD + b"Content-Length: -5\r\n\r\n" + STORY, failed="not-http")
    site.add("/wide-length", HEAD + b"Content-Length: " + b"9" * 5000 + b"\r\n\r\n" + STORY, failed="not-http|limit")
    site.add("/broken-chunk", CHUNKED + b"zz\r\n" + STORY, end="unspecified|disconnect", missing="cut short")
    site.add("/wide-chunk", CHUNKED + b"F" * 15 + b"\r\n" + STORY, end="unspecified|disconnect|length", missing="cut short")
    site.add("/negative-chunk", CHUNKED + b"-5\r\n" + STORY, end="unspecified|disconnect", missing="cut short")
    site.add("/trailers", trailers)
    site.add("/tiny-chunks", tiny_chunks, status=200, text="The regulator blocked")
    site.add("/no-length", HEAD.replace(b"1.1", b"1.0") + b"\r\n" + STORY, status=200, end="close", text="The regulator blocked")
    site.add("/surplus", HEAD + b"Content-Length: %d\r\n\r\n" % len(STORY) + STORY + message(story("Forged")), status=200, without="Forged")
    site.add("/status-999", message(STORY, status="999 Odd"), status=999, note="999")
    site.add("/status-099", message(STORY, status="099 Odd"), failed="not-http")
    site.add("/unknown-coding", HEAD + b"Transfer-Encoding: rot13\r\n\r\n" + STORY, failed="not-http")
    site.add("/control-headers", message(STORY, "text/html", "X-Evil: a\x1b[31mc\x08"), status=200, text="The regulator")
    site.add("/nul-header", message(STORY, "text/html", "X-Evil: a\x00b"), status=200, text="The regulator")
    site.add("/blank-header", message(STORY, "text/html", "Bad Name\t: 1"), failed="not-http")
    site.add("/bare-line-feeds", HEAD.replace(b"\r", b"") + b"\n" + STORY, status=200, text="The regulator blocked")
    site.add("/empty", message(b""), status=200, missing="empty body")
    site.add("/no-content", b"HTTP/1.1 204 No Content\r\n\r\n", status=204)
    site.add("/closed", nothing, failed="closed|reset")
    site.add("/pictures", message(b"\x89PNG\r\n\x1a\n" + b"\0" * 5000), status=200, missing="not a page: PNG")
    site.add("/gone", message("gone", status="410 Gone"), status=410, note="410")
    site.add("/robot-wall", redirect("/wall"), status=403, note="403")
    site.helpers["/wall"] = message("Are you human?", status="403 Forbidden")
    return site
