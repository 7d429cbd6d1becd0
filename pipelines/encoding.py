"""From bytes to text: which encoding a page is in, by the order browsers use, with a detector for pages that declare none."""

import codecs
import re
from dataclasses import dataclass
from typing import Final, Literal

import cchardet

Basis = Literal["bom", "header", "meta", "utf-8", "detector", "fallback"]

_PRESCAN: Final = 8192  # browsers look at 1024 bytes; saved pages with long heads declare later
_COMMENT: Final = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META: Final = re.compile(rb"<meta[\s/][^>]*?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML: Final = re.compile(rb"\A\s*<\?xml[^>]*?encoding\s*=\s*[\"']([\w.:-]+)", re.IGNORECASE)
_HEADER: Final = re.compile(r"charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)

# Labels of the WHATWG Encoding Standard (section 4.2) whose Python codec has another name or must be a wider one.
_LABELS: Final[dict[str, str]] = {
    **dict.fromkeys(("gb2312", "gbk", "x-gbk", "gb_2312-80", "csgb2312", "chinese", "iso-ir-58", "cp936", "ms936", "zh-cn"), "gb18030"),
    **dict.fromkeys(("big5", "big5-hkscs", "cn-big5", "csbig5", "x-x-big5", "cp950", "big5hk"), "big5hkscs"),
    **dict.fromkeys(("shift_jis", "shift-jis", "sjis", "x-sjis", "csshiftjis", "ms_kanji", "ms932", "windows-31j"), "cp932"),
    **dict.fromkeys(("euc-jp", "x-euc-jp", "cseucpkdfmtjapanese"), "euc_jp"),
    **dict.fromkeys(("euc-kr", "ks_c_5601-1987", "ks_c_5601-1989", "ksc5601", "ksc_5601", "korean", "windows-949", "cseuckr"), "cp949"),
    **dict.fromkeys(("iso-8859-1", "iso8859-1", "iso_8859-1", "latin1", "l1", "ascii", "us-ascii", "ansi_x3.4-1968", "x-cp1252"), "cp1252"),
    **dict.fromkeys(("iso-8859-9", "iso8859-9", "iso_8859-9", "latin5", "l5", "x-cp1254"), "cp1254"),
    **dict.fromkeys(("iso-8859-11", "iso8859-11", "tis-620", "dos-874", "windows-874"), "cp874"),
    **dict.fromkeys(("utf8", "unicode-1-1-utf-8", "x-unicode20utf8", "unicode11utf8", "unicode20utf8"), "utf-8"),
    **dict.fromkeys(("utf-16", "utf-16le", "ucs-2", "unicode", "csunicode", "iso-10646-ucs-2"), "utf-16-le"),
    **dict.fromkeys(("macintosh", "mac", "x-mac-roman"), "mac-roman"),
    **dict.fromkeys(("x-mac-cyrillic", "x-mac-ukrainian"), "mac-cyrillic"),
    **dict.fromkeys(("iso-8859-8-i", "logical"), "iso8859-8"),
    "x-cp1250": "cp1250",
    "x-cp1251": "cp1251",
    "utf-16be": "utf-16-be",
}
# Python knows codecs that are no character encodings of the web (zlib, idna, utf-7, rot13): only these are ever used.
_CODECS: Final = frozenset((
    "utf-8",
    "utf-16-le",
    "utf-16-be",
    "gb18030",
    "big5hkscs",
    "cp932",
    "euc_jp",
    "iso2022_jp",
    "cp949",
    "cp866",
    "cp874",
    "koi8-r",
    "koi8-u",
    "mac-roman",
    "mac-cyrillic",
    *(f"cp125{n}" for n in range(9)),
    *(f"iso8859-{n}" for n in (2, 3, 4, 5, 6, 7, 8, 10, 13, 14, 15, 16)),
))  # fmt: skip
_ASCII: Final = bytes(range(128))
_WESTERN: Final = frozenset({"cp1252", "cp1254", "iso8859-15", "mac-roman"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text of a page, the codec that gave it, and who named that codec."""

    text: str
    encoding: str
    basis: Basis


def codec_of(label: str) -> str | None:
    """Turn an encoding label of the web into the Python codec that reads it, or None for a label browsers do not know.

    >>> codec_of("GB2312"), codec_of("Big5"), codec_of("latin1"), codec_of("zlib")
    ('gb18030', 'big5hkscs', 'cp1252', None)
    """
    name = label.strip().lower()
    if name in _LABELS:
        return _LABELS[name]
    try:
        found = codecs.lookup(name).name
    except (LookupError, ValueError):
        return None
    return found if found in _CODECS else None


def decode(body: bytes, content_type: str | None = None) -> Decoded:
    """Text of `body`: by byte order mark, HTTP header, meta or XML declaration, then by detection; never raises.

    Order of the HTML standard (13.2.3.1, "determining the character encoding"), with two departures for damaged declarations:
    a declared encoding that cannot read the bytes gives way to the next candidate, and bytes that are valid multi-byte UTF-8
    are not read as Latin-1 because a server says so by default.
    """
    for mark, codec in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if body.startswith(mark):
            return Decoded(body[len(mark) :].decode(codec, "replace"), codec, "bom")
    named = declared(body, content_type)
    utf8 = _whole(body, "utf-8")
    for codec, basis in named:
        if codec in _WESTERN and utf8 is not None and not body.isascii():
            return Decoded(utf8, "utf-8", "utf-8")
        text = utf8 if codec == "utf-8" and utf8 is not None else _nearly(body, codec)
        if text is not None:
            return Decoded(text, codec, basis)
    if utf8 is not None:
        return Decoded(utf8, "utf-8", "utf-8")
    detected = codec_of(cchardet.detect(body)["encoding"] or "")
    if detected and (text := _nearly(body, detected)) is not None:
        return Decoded(text, detected, "detector")
    codec = named[0][0] if named else "cp1252"
    return Decoded(body.decode(codec, "replace"), codec, named[0][1] if named else "fallback")


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
    return text if text.count("\ufffd") * 50 <= max(beyond, 50) else None
