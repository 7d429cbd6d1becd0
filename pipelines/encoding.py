"""From bytes to text: which encoding a page is in, by the order browsers use, with a detector for pages that declare none."""

import re
from dataclasses import dataclass, replace
from typing import Final, Literal

import cchardet

from pipelines.charsets import LATIN, WESTERN, codec_of, text_of
from pipelines.legible import OF_LETTERS, OF_SIGNS, Legibility, legibility

Basis = Literal["bom", "header", "meta", "utf-8", "detector", "letters", "fallback"]

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
_ALONE: Final = re.compile(rb"(?<![\x80-\xff])(?:(?<=[a-zA-Z])[\x80-\xff]{1,2}|[\x80-\xff]{1,2}(?=[a-zA-Z]))(?![\x80-\xff])")
_ALONE_SHARE: Final = 0.5  # of bytes beyond ASCII that stand alone beside plain letters, as the accents of Latin scripts do

_ISO_2022: Final = re.compile(rb"\x1b\$[@B][!-~]{2}")
_JUDGED: Final = OF_LETTERS | OF_SIGNS
_DOUBT: Final = 0.7  # of the letters that usual texts have, below which an encoding is doubted
_TELLING: Final = 40  # letters from which on a doubt that nothing else explains is told
_RIVALS: Final = (
    "gb18030", "big5hkscs", "cp932", "euc_jp", "cp949", "cp1251", "koi8-r", "koi8-u", "iso8859-5", "cp866",
    "cp1253", "cp1255", "cp1256", "cp874",
)  # fmt: skip
_CLEARLY: Final = 0.85  # what a rival must have at least
_BEATS: Final = 1.4  # how much more than the encoding it is to replace
_BEATS_BY_KANA: Final = 1.1  # and where both have the kana


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page, the codec that gave it, who named that codec, and whether the text looks like none all the same."""

    text: str
    encoding: str
    basis: Basis
    doubtful: bool = False


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Text of `body`: by byte order mark, HTTP header, meta or XML declaration, then by detection; never raises.

    Order of the HTML standard (13.2.3.1, "determining the character encoding"), with departures for wrong declarations, each only where
    the bytes themselves show it: an encoding that cannot read them gives way to the next candidate; a dozen letters of valid UTF-8 are
    UTF-8; UTF-16 has zeros; bytes that stand in long runs are no Latin text, though a server says so by default; letters that hardly any
    text uses give way to an encoding in which the same bytes are common ones (`pipelines.legible`).
    """
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return Decoded(text_of(body[len(mark) :], codec), codec, "bom")
    named = declared(body, content_type)
    if zeros := _utf16(body, named):
        return zeros
    if body.isascii() and _ISO_2022.search(body):
        return Decoded(
            text_of(body, "iso2022_jp"), "iso2022_jp", next((basis for name, basis in named if name == "iso2022_jp"), "detector")
        )
    utf8 = _whole(body, "utf-8")
    many = utf8 is not None and len(utf8.encode("ascii", "ignore")) + _ENOUGH_UTF8 <= len(utf8)
    foreign = not many and _in_runs(body)
    for codec, basis in named:
        if codec != "utf-8" and utf8 is not None and not body.isascii() and (many or codec in WESTERN):
            return Decoded(utf8, "utf-8", "utf-8")
        if codec.startswith("utf-16") or (foreign and codec in LATIN and _better(body, named)):
            continue
        text = utf8 if codec == "utf-8" and utf8 is not None else _nearly(body, codec)
        if text is not None:
            return _judged(body, Decoded(text, codec, basis), named)
    if utf8 is not None:
        return Decoded(utf8, "utf-8", "utf-8")
    detected = _detected(body)
    if detected and (text := _nearly(body, detected)) is not None:
        return _judged(body, Decoded(text, detected, "detector"), named)
    codec, basis = next(((codec, basis) for codec, basis in named if not codec.startswith("utf-16")), ("cp1252", "fallback"))
    return _judged(body, Decoded(text_of(body, codec), codec, basis), named)


def _judged(body: bytes, found: Decoded, named: list[tuple[str, Basis]]) -> Decoded:
    """What was found, or what its bytes say in an encoding that suits their letters far better; doubtful where neither looks like text."""
    if found.encoding == "utf-8" and "\ufffd" not in found.text:
        return found
    own = _looks(body, found)
    if own is None or own.letters < _FEWEST:
        return replace(found, doubtful=_is_lost(found.text, body))
    kana = own.kana and found.encoding == "gb18030"
    accents = found.encoding in _JUDGED and (found.encoding in OF_LETTERS or own.score < _DOUBT) and _in_accents(body)
    if own.score >= _DOUBT and not kana and not accents:
        return found
    if accents:
        detected = _detected(body)
        codec = detected if detected in LATIN else "cp1252"
        return Decoded(text_of(body, codec), codec, _who_named(codec, named))
    best, most = found, max(_CLEARLY, own.score * (_BEATS_BY_KANA if kana else _BEATS))
    for codec in _RIVALS:
        if codec != found.encoding and (text := _nearly(body, codec)) is not None and (score := legibility(text, codec).score) > most:
            best, most = Decoded(text, codec, _who_named(codec, named)), score
    doubtful = best is found and own.score < _DOUBT and own.letters >= _TELLING
    return replace(best, doubtful=doubtful or _is_lost(best.text, body))


def _looks(body: bytes, found: Decoded) -> Legibility | None:
    """How the text looks; None where its letters cannot tell: those of Latin scripts have no common ones beyond ASCII."""
    if found.encoding in _JUDGED:
        return legibility(found.text, found.encoding)
    lost = _is_lost(found.text, body) if found.encoding == "utf-8" else found.encoding in LATIN and _in_runs(body)
    return Legibility(len(body.translate(None, _ASCII)), 0.0) if lost else None


def _who_named(codec: str, named: list[tuple[str, Basis]]) -> Basis:
    return next((basis for name, basis in named if name == codec), "letters")


def _is_lost(text: str, body: bytes) -> bool:
    """Whether more than a few of the bytes beyond ASCII are no letters in this encoding."""
    beyond = len(body.translate(None, _ASCII))
    return text.count("\ufffd") * 50 > max(beyond, 50)


def _in_accents(body: bytes) -> bool:
    """Whether bytes beyond ASCII stand alone beside plain letters, as in words with accents."""
    beyond = len(body.translate(None, _ASCII))
    return beyond >= _FEWEST and sum(map(len, _ALONE.findall(body))) >= _ALONE_SHARE * beyond


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
    """Whether anything but an encoding of Latin letters reads the bytes: another declaration, or what they look like."""
    others = [codec for codec, _ in named if codec not in LATIN and not codec.startswith("utf-16")]
    detected = _detected(body)
    return any(_nearly(body, codec) is not None for codec in (*others, *([detected] if detected and detected not in LATIN else [])))


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
