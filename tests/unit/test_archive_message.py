"""HTTP messages as bytes: heads as they come, bodies out of chunks and codings, and everything that lies about them."""

import gzip
import tracemalloc
import zlib
from collections.abc import Callable

import brotli
import pytest
from backports import zstd

from archive.errors import BadInput
from archive.message import body_of, decoded, parse_head, payload
from tests.archive_pages import BLANK_LINE, CHUNKED, HTML, LF_ONLY, SQUEEZED, UNTIDY

MIB = 1 << 20


def test_an_untidy_head_is_read_without_being_tidied() -> None:
    head = parse_head(UNTIDY)
    assert (head.version, head.status, head.reason) == ("HTTP/1.1", 200, "")
    assert head.all("set-cookie") == ["a=1", "b=2"]
    assert head.get("x-folded") == "one two"
    assert head.get("X-Latin") == "café"
    assert head.get("x-empty") == ""
    assert head.get("x-none") is None
    assert [name for name, _ in head.headers][:3] == [b"content-TYPE", b"Set-Cookie", b"SET-COOKIE"]
    assert (head.mime, UNTIDY[head.size :]) == ("text/html", "封号".encode("gbk"))


def test_bare_line_feeds_end_a_head_too() -> None:
    assert parse_head(LF_ONLY).get("content-type") == "text/plain"
    assert payload(LF_ONLY) == b"abc"


@pytest.mark.parametrize("block", [b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK\r\n", b"HTTP/1.1 200 OK\r\nA: b", b"HTTP/1.1 200 OK\nA: b\n"])
def test_a_head_without_its_end_has_no_body(block: bytes) -> None:
    assert parse_head(block).size == len(block)
    assert payload(block) == b""


def test_a_line_of_blanks_does_not_end_a_head_and_is_told() -> None:
    head = parse_head(BLANK_LINE)
    assert (head.get("x-b"), head.plain, BLANK_LINE[head.size :]) == ("2", False, b"body")


@pytest.mark.parametrize(
    "block", [b"", b"\r\n", b"SSH-2.0-OpenSSH\r\n", b"\x16\x03\x01", b"HTTP/1.1\r\n\r\n", b"HTTP/1.1 abc\r\n\r\n", b"<html>"]
)
def test_what_is_not_http_is_refused(block: bytes) -> None:
    with pytest.raises(BadInput):
        parse_head(block)


def test_chunks_with_extensions_and_trailers_are_put_together() -> None:
    assert payload(CHUNKED) == SQUEEZED
    assert body_of(CHUNKED, MIB) == HTML


@pytest.mark.parametrize("cut", [1, 5, 12, 30])
def test_torn_chunks_give_what_came_before_the_tear(cut: int) -> None:
    whole = payload(CHUNKED)
    torn = payload(CHUNKED[: -len(b"0\r\nX-Sum: 1\r\n\r\n") - cut])
    assert whole.startswith(torn)
    assert len(torn) < len(whole) or cut <= 2


@pytest.mark.parametrize("body", [b"zz\r\nabc", b"-3\r\nabc\r\n", b"", b"3", b"ffffffffffffffff\r\nabc"])
def test_broken_chunk_sizes_end_the_body(body: bytes) -> None:
    assert payload(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: CHUNKED\r\n\r\n3\r\nabc\r\n" + body) == b"abc"


def raw_deflate(data: bytes) -> bytes:
    squeeze = zlib.compressobj(wbits=-15)
    return squeeze.compress(data) + squeeze.flush()


@pytest.mark.parametrize(
    ("coding", "squeezed"),
    [
        ("gzip", gzip.compress(HTML)),
        ("gzip", gzip.compress(HTML[:9]) + gzip.compress(HTML[9:])),
        ("gzip", gzip.compress(HTML) + b"\0\0 padding"),
        ("x-gzip", gzip.compress(HTML)),
        ("deflate", zlib.compress(HTML)),
        ("deflate", raw_deflate(HTML)),
        ("br", brotli.compress(HTML)),
        ("zstd", zstd.compress(HTML)),
        ("zstd", zstd.compress(HTML[:9]) + zstd.compress(HTML[9:])),
        ("identity", HTML),
        ("", HTML),
    ],
)
def test_each_coding_is_undone(coding: str, squeezed: bytes) -> None:
    assert decoded(squeezed, [coding], MIB) == HTML
    assert decoded(b"", [coding], MIB) == b""


def test_three_layers_are_undone_and_four_refused() -> None:
    layered = brotli.compress(zstd.compress(gzip.compress(HTML)))
    assert decoded(layered, ["gzip", "zstd", "br"], MIB) == HTML
    with pytest.raises(BadInput, match="4 content codings"):
        decoded(gzip.compress(layered), ["gzip", "zstd", "br", "gzip"], MIB)


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd", "x-unknown"])
def test_a_coding_that_lies_is_told(coding: str) -> None:
    with pytest.raises(BadInput):
        decoded(b"<html>plain</html>", [coding], MIB)


@pytest.mark.parametrize(
    ("coding", "squeeze"),
    [("gzip", gzip.compress), ("deflate", zlib.compress), ("deflate", raw_deflate), ("br", brotli.compress), ("zstd", zstd.compress)],
)
def test_a_bomb_stops_at_the_limit_and_not_behind_it(coding: str, squeeze: Callable[[bytes], bytes]) -> None:
    bomb = squeeze(bytes(32 * MIB))
    tracemalloc.start()
    with pytest.raises(BadInput, match="grows past"):
        decoded(bomb, [coding], MIB)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 16 * MIB


def test_a_layer_below_the_last_is_held_to_the_limit_too() -> None:
    with pytest.raises(BadInput):
        decoded(gzip.compress(gzip.compress(bytes(8 * MIB))), ["gzip", "gzip"], MIB)
    with pytest.raises(BadInput, match="larger"):
        decoded(bytes(MIB + 1), [], MIB)


def test_a_stream_that_stops_early_gives_what_it_gave() -> None:
    squeezed = gzip.compress(HTML)
    assert HTML.startswith(decoded(squeezed[:-12], ["gzip"], MIB))
    assert decoded(squeezed[:-8], ["gzip"], MIB) == HTML
