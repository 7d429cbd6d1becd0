"""From bytes to text: which encoding a page is in, by the order browsers use, with a detector for pages that declare none."""

import re
from dataclasses import dataclass
from typing import Final, Literal

import cchardet

from pipelines.charsets import WESTERN, codec_of, text_of

Basis = Literal["bom", "header", "meta", "utf-8", "detector", "fallback"]

_PRESCAN: Final = 8192  # browsers look at 1024 bytes; saved pages with long heads declare later
_COMMENT: Final = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META: Final = re.compile(rb"<meta[\s/][^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML: Final = re.compile(rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)

_ASCII: Final = bytes(range(128))
_ENOUGH_UTF8: Final = 8  # letters beyond ASCII that are valid UTF-8: as many of another encoding never are
_RUNS: Final = re.compile(rb"[\x80-\xff]{3,}")
_RUN_SHARE: Final = 0.6  # of all bytes beyond ASCII that stand in runs: in western text, hardly any does
_FEWEST: Final = 12  # bytes beyond ASCII that can show anything
_HEAD: Final = 2048  # bytes in which UTF-16 shows by its zeros
_ZEROS: Final = 0.2


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page, the codec that gave it, and who named that codec."""

    text: str
    encoding: str
    basis: Basis


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Text of `body`: by byte order mark, HTTP header, meta or XML declaration, then by detection; never raises.

    Order of the HTML standard (13.2.3.1, "determining the character encoding"), with departures for wrong declarations, each only where
    the bytes themselves show it: an encoding that cannot read them gives way to the next candidate; a dozen letters of valid UTF-8 are
    UTF-8; UTF-16 has zeros; bytes that stand in long runs are no western text, though a server says so by default.
    """
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return Decoded(text_of(body[len(mark) :], codec), codec, "bom")
    named = declared(body, content_type)
    if zeros := _utf16(body, named):
        return zeros
    utf8 = _whole(body, "utf-8")
    many = utf8 is not None and len(utf8.encode("ascii", "ignore")) + _ENOUGH_UTF8 <= len(utf8)
    foreign = not many and _in_runs(body)
    for codec, basis in named:
        if codec != "utf-8" and utf8 is not None and not body.isascii() and (many or codec in WESTERN):
            return Decoded(utf8, "utf-8", "utf-8")
        if codec.startswith("utf-16") or (foreign and codec in WESTERN and _better(body, named)):
            continue
        text = utf8 if codec == "utf-8" and utf8 is not None else _nearly(body, codec)
        if text is not None:
            return Decoded(text, codec, basis)
    if utf8 is not None:
        return Decoded(utf8, "utf-8", "utf-8")
    detected = _detected(body)
    if detected and (text := _nearly(body, detected)) is not None:
        return Decoded(text, detected, "detector")
    codec, basis = next(((codec, basis) for codec, basis in named if not codec.startswith("utf-16")), ("cp1252", "fallback"))
    return Decoded(text_of(body, codec), codec, basis)


def declared(body: bytes, content_type: str | None) -> list[tuple[str, Basis]]:
    """Codecs that header and page name, in the order they are believed."""
    found: list[tuple[str, Basis]] = []
    if content_type and (match := _HEADER.search(content_type)) and (codec := codec_of(match[1])):
        found.append((codec, "header"))
    head = _COMMENT.sub(b"", body[:_PRESCAN])
    if (label := _META.search(head) or _XML.search(head)) and (codec := codec_of(label[1].decode("ascii", "replace"))):
        # the standard: a page cannot say utf-16 in ASCII letters, so utf-8 is meant
        found.append(("utf-8" if codec.startswith("utf-16") else codec, "meta"))
    return found


def _utf16(body: bytes, named: list[tuple[str, Basis]]) -> Decoded | None:
    """UTF-16 without a byte order mark: every other byte of its markup is zero. Who names it may have the order of bytes wrong."""
    head = body[:_HEAD]
    even, odd = head[0::2].count(0), head[1::2].count(0)
    if not head or max(even, odd) < _ZEROS * len(head) / 2 or min(even, odd) * 8 > max(even, odd):
        return None
    codec = "utf-16-be" if even > odd else "utf-16-le"
    basis: Basis = next((basis for name, basis in named if name == codec), "detector")
    return Decoded(text_of(body, codec), codec, basis)


def _in_runs(body: bytes) -> bool:
    """Whether bytes beyond ASCII stand side by side, as in scripts other than Latin, and not alone between plain letters."""
    beyond = len(body.translate(None, _ASCII))
    return beyond >= _FEWEST and sum(len(run) for run in _RUNS.findall(body)) >= _RUN_SHARE * beyond


def _better(body: bytes, named: list[tuple[str, Basis]]) -> bool:
    """Whether anything but a western encoding reads the bytes: another declaration, or what they look like."""
    others = [codec for codec, _ in named if codec not in WESTERN and not codec.startswith("utf-16")]
    detected = _detected(body)
    return any(_nearly(body, codec) is not None for codec in (*others, *([detected] if detected and detected not in WESTERN else [])))


def _detected(body: bytes) -> str | None:
    return codec_of(cchardet.detect(body)["encoding"] or "")


def _whole(body: bytes, codec: str) -> str | None:
    try:
        return body.decode(codec)
    except UnicodeDecodeError:
        return None


def _nearly(body: bytes, codec: str) -> str | None:
    """Text if the codec reads all but a few of the letters beyond ASCII (one page in a hundred is cut in mid-letter), else None."""
    if (text := _whole(body, codec)) is not None:
        return text
    text = body.decode(codec, "replace")
    beyond = len(body.translate(None, _ASCII))
    return text_of(body, codec) if text.count("\ufffd") * 50 <= max(beyond, 50) else None
