"""Compression: small answers that grow, codings upon codings, codings that lie."""

import gzip
import zlib
from functools import cache

import brotli
from backports import zstd

from tests.hostile.stage import Host, message, rss, story, urlset

MIB = 1024 * 1024
BIG = 300 * MIB
STORY = story().encode()


@cache
def gzip_bomb() -> bytes:
    """300 MiB of blanks."""
    made = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(made.compress(b" " * MIB) for _ in range(BIG // MIB)) + made.flush()


@cache
def deflate_bomb() -> bytes:
    """The same, without the wrapping of gzip."""
    made = zlib.compressobj(9, zlib.DEFLATED, -15)
    return b"".join(made.compress(b" " * MIB) for _ in range(BIG // MIB)) + made.flush()


@cache
def brotli_bomb() -> bytes:
    """The same in a few hundred bytes."""
    made = brotli.Compressor(quality=5)
    return b"".join(made.process(b" " * MIB) for _ in range(BIG // MIB)) + bytes(made.finish())


@cache
def zstd_bomb(window: int = 20) -> bytes:
    """The same, for a reader with room for a window of 2**`window` bytes."""
    made = zstd.ZstdCompressor(options={zstd.CompressionParameter.window_log: window, zstd.CompressionParameter.compression_level: 1})
    return b"".join(made.compress(b" " * MIB) for _ in range(BIG // MIB)) + made.flush()


def wide_window() -> bytes:
    """An honest story in a frame that asks its reader for 128 MiB of memory before the first byte."""
    magic, descriptor, window = b"\x28\xb5\x2f\xfd", b"\x00", bytes([(27 - 10) << 3])
    block = (len(STORY) << 3 | 1).to_bytes(3, "little")
    return magic + descriptor + window + block + STORY


def just_below() -> bytes:
    """60 MiB of blanks: below the limit of a page as decoded, far above that of a feed."""
    made = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(made.compress(b" " * MIB) for _ in range(60)) + made.flush()


def many_members() -> bytes:
    """Ten thousand gzip members of nothing, each to be opened, and one that grows."""
    return gzip.compress(b"") * 10_000 + gzip_bomb()


def coded(body: bytes, *codings: str, mime: str = "text/html; charset=utf-8") -> bytes:
    """An answer that says so of its coding."""
    return message(body, mime, f"Content-Encoding: {', '.join(codings)}")


def host() -> Host:
    """The group's site."""
    site = Host(group="bombs", name="bombs")
    grows = "the body grows past|limit"
    bombs = {"gzip": gzip_bomb(), "deflate": deflate_bomb(), "br": brotli_bomb(), "zstd": zstd_bomb()}
    for coding, bomb in bombs.items():
        site.add(f"/{coding}", coded(bomb, coding), status=200, missing=grows)
        site.add(f"/feed-{coding}", coded(bomb, coding, mime="application/rss+xml"), "feeds", note="undecodable: the body grows past")
    nested = gzip.compress(gzip_bomb())
    site.add("/nested", coded(nested, "gzip", "gzip"), status=200, missing=grows)
    site.add("/nested-br", coded(brotli.compress(nested), "gzip", "gzip", "br"), status=200, missing=grows)
    site.add("/four-layers", coded(gzip.compress(gzip.compress(nested)), *["gzip"] * 4), status=200, missing="4 content codings")
    site.add("/hundred-layers", coded(nested, *["gzip"] * 100), status=200, missing="100 content codings")
    site.add("/many-members", coded(many_members(), "gzip"), status=200, missing=grows)
    site.add("/just-below", coded(just_below(), "gzip"), status=200, missing="no text|empty|limit")
    site.add(
        "/feed-just-below", coded(just_below(), "gzip", mime="application/rss+xml"), "feeds", note="undecodable|limit: feed bytes|empty"
    )
    site.add("/wide-window", coded(wide_window(), "zstd"), status=200, missing="zstd")
    site.add("/zstd-wide-bomb", coded(zstd_bomb(27), "zstd"), status=200, missing="zstd|grows")
    site.add("/lie", coded(STORY, "gzip"), status=200, missing="the body is not gzip")
    site.add("/unknown", coded(STORY, "x-snake-oil"), status=200, missing="unknown content coding")
    site.add("/torn", coded(gzip.compress(STORY)[:-40], "gzip"), status=200, text="The regulator blocked")
    site.add("/tail", coded(gzip.compress(STORY) + b"rubbish" * 100, "gzip"), status=200, text="The regulator blocked")
    site.add(
        "/three-layers", coded(zlib.compress(brotli.compress(gzip.compress(STORY))), "gzip", "br", "deflate"), text="The regulator blocked"
    )
    site.add("/feed-lie", coded(rss("").encode(), "br", mime="application/rss+xml"), "feeds", note="undecodable")
    site.add("/sitemap.xml.gz", message(gzip_bomb(), "application/gzip"), "sitemaps", note="limit: sitemap bytes|no sitemap|broken")
    inside = urlset("").encode().replace(b"</urlset>", b" " * 60 * MIB + b"</urlset>")
    site.add("/padded.xml.gz", message(gzip.compress(inside, 9), "application/gzip"), "sitemaps", note="limit: sitemap bytes|broken")
    return site
