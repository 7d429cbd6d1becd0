"""Files that are no pages, whatever their header says: by their first bytes, else by control characters that no text has so many of."""

from typing import Final

_STARTS: Final = (
    (b"%PDF-", "PDF"),
    (b"PK\x03\x04", "ZIP"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"%!PS-", "PostScript"),
    (b"{\\rtf", "RTF"),
)
_BEFORE: Final = b" \t\r\n\x0c\xef\xbb\xbf"  # may stand before them
_HEAD: Final = 1 << 16  # code points that are looked at
# "Binary data bytes" of the MIME Sniffing Standard (section 3): the controls but for tab, line ends, form feed and escape. Zeros are
# counted apart: a damaged page may be full of them, and so is one in UTF-32, but then it has tags.
_CONTROLS: Final = bytes((*range(1, 9), 0x0B, *range(0x0E, 0x1B), *range(0x1C, 0x20)))
_SHARE: Final = 0.05  # compressed data has twice as many; damaged pages a few in all


def named(body: bytes) -> str | None:
    """The format whose first bytes these are, or None."""
    start = body[:64].lstrip(_BEFORE)
    return next((name for magic, name in _STARTS if start.startswith(magic)), None)


def is_binary(text: str) -> bool:
    """Whether decoded text holds so many control characters that its bytes were none.

    >>> is_binary(bytes(range(256)).decode("latin-1")), is_binary("Some words\\x00 with a zero between")
    (True, False)
    """
    head = text[:_HEAD].encode("utf-8", "replace")  # bytes are counted ten times as fast
    said = head.translate(None, b"\0")
    if len(head) - len(said) > _SHARE * len(head) and b"<" not in said:
        return True
    return len(said) - len(said.translate(None, _CONTROLS)) > _SHARE * len(said)
