"""Fingerprints: SHA-256 in lower-case hex, and the short ids made from it."""

import hashlib
import re

LABEL = "sha256:"

_ID = re.compile(r"[acmk][0-9a-f]{3,20}")


def sha256_hex(data: bytes) -> str:
    """SHA-256 of the bytes, 64 lower-case hex digits."""
    return hashlib.sha256(data).hexdigest()


def labelled(data: bytes) -> str:
    """SHA-256 as it stands in WARC, CDXJ and DuckDB: `sha256:` and the hex (capture.md section 4: warcio's check reads hex)."""
    return LABEL + sha256_hex(data)


def short_id(letter: str, *parts: str) -> str:
    """A letter and 20 hex digits of the SHA-256 of the parts joined by one blank: the same in Python, SQL and every rebuild.

    >>> short_id("a", "example.org/news")
    'ad70f8315af1065a7c071'
    """
    return letter + sha256_hex(" ".join(parts).encode("utf-8", "surrogatepass"))[:20]


def is_id(text: str) -> bool:
    """Whether a text has the shape of a short id, whole or cut to three digits and more. a: article, c: capture, m: mention, k: check.

    >>> is_id("a1b2"), is_id("bands"), is_id("ad70f8315af1065a7c071"), is_id("ad70f8315af1065a7c0711")
    (True, False, True, False)
    """
    return _ID.fullmatch(text) is not None
