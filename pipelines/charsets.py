"""Names of encodings as the web writes them, and the codec that reads each: the labels of the WHATWG Encoding Standard (section 4.2).

Where the standard means a wider encoding than the label says (gb2312 is GB18030, latin1 is windows-1252), so do we. Labels that it gives to
its decoder of nothing (hz-gb-2312, iso-2022-kr, utf-7) and `x-user-defined` name no codec here.
"""

import codecs
from collections.abc import Mapping
from typing import Final

_LABELS: Final[Mapping[str, str]] = {
    "utf-8": "unicode-1-1-utf-8 unicode11utf8 unicode20utf8 utf-8 utf8 x-unicode20utf8",
    "cp866": "866 cp866 csibm866 ibm866",
    "iso8859-2": "csisolatin2 iso-8859-2 iso-ir-101 iso8859-2 iso88592 iso_8859-2 iso_8859-2:1987 l2 latin2",
    "iso8859-3": "csisolatin3 iso-8859-3 iso-ir-109 iso8859-3 iso88593 iso_8859-3 iso_8859-3:1988 l3 latin3",
    "iso8859-4": "csisolatin4 iso-8859-4 iso-ir-110 iso8859-4 iso88594 iso_8859-4 iso_8859-4:1988 l4 latin4",
    "iso8859-5": "csisolatincyrillic cyrillic iso-8859-5 iso-ir-144 iso8859-5 iso88595 iso_8859-5 iso_8859-5:1988",
    "iso8859-6": "arabic asmo-708 csiso88596e csiso88596i csisolatinarabic ecma-114 iso-8859-6 iso-8859-6-e iso-8859-6-i iso-ir-127 "
    "iso8859-6 iso88596 iso_8859-6 iso_8859-6:1987",
    "iso8859-7": "csisolatingreek ecma-118 elot_928 greek greek8 iso-8859-7 iso-ir-126 iso8859-7 iso88597 iso_8859-7 iso_8859-7:1987 "
    "sun_eu_greek",
    "iso8859-8": "csiso88598e csisolatinhebrew hebrew iso-8859-8 iso-8859-8-e iso-ir-138 iso8859-8 iso88598 iso_8859-8 iso_8859-8:1988 "
    "visual csiso88598i iso-8859-8-i logical",
    "iso8859-10": "csisolatin6 iso-8859-10 iso-ir-157 iso8859-10 iso885910 l6 latin6",
    "iso8859-13": "iso-8859-13 iso8859-13 iso885913",
    "iso8859-14": "iso-8859-14 iso8859-14 iso885914",
    "iso8859-15": "csisolatin9 iso-8859-15 iso8859-15 iso885915 iso_8859-15 l9",
    "iso8859-16": "iso-8859-16",
    "koi8-r": "cskoi8r koi koi8 koi8-r koi8_r",
    "koi8-u": "koi8-ru koi8-u",
    "mac-roman": "csmacintosh mac macintosh x-mac-roman",
    "cp874": "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620 windows-874",
    "cp1250": "cp1250 windows-1250 x-cp1250",
    "cp1251": "cp1251 windows-1251 x-cp1251",
    "cp1252": "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 iso_8859-1:1987 "
    "l1 latin1 us-ascii windows-1252 x-cp1252",
    "cp1253": "cp1253 windows-1253 x-cp1253",
    "cp1254": "cp1254 csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 iso_8859-9:1989 l5 latin5 windows-1254 x-cp1254",
    "cp1255": "cp1255 windows-1255 x-cp1255",
    "cp1256": "cp1256 windows-1256 x-cp1256",
    "cp1257": "cp1257 windows-1257 x-cp1257",
    "cp1258": "cp1258 windows-1258 x-cp1258",
    "mac-cyrillic": "x-mac-cyrillic x-mac-ukrainian",
    "gb18030": "chinese csgb2312 csiso58gb231280 gb2312 gb_2312 gb_2312-80 gbk iso-ir-58 x-gbk gb18030",
    "big5hkscs": "big5 big5-hkscs cn-big5 csbig5 x-x-big5",
    "euc_jp": "cseucpkdfmtjapanese euc-jp x-euc-jp",
    "iso2022_jp": "csiso2022jp iso-2022-jp",
    "cp932": "csshiftjis ms932 ms_kanji shift-jis shift_jis sjis windows-31j x-sjis",
    "cp949": "cseuckr csksc56011987 euc-kr iso-ir-149 korean ks_c_5601-1987 ks_c_5601-1989 ksc5601 ksc_5601 windows-949",
    "utf-16-be": "unicodefffe utf-16be",
    "utf-16-le": "csunicode iso-10646-ucs-2 ucs-2 unicode unicodefeff utf-16 utf-16le",
}
# What pages and servers write beside the standard, and detectors answer.
_BESIDE: Final[Mapping[str, str]] = {
    "gb18030": "cp936 ms936 windows-936 euc-cn x-euc-cn zh-cn gb-18030 gb18030-2000 gb18030-2022 utf8gbk",
    "big5hkscs": "cp950 big5hk big5hkscs big-5 windows-950 x-windows-950 zh-tw",
    "cp932": "cp932 ms-kanji x-ms-cp932 windows-932 shiftjis",
    "cp949": "cp949 ms949 uhc euckr x-windows-949 johab-euc",
    "euc_jp": "eucjp euc_jp ujis",
    "iso2022_jp": "iso2022jp jis",
    "cp874": "tis620 cp874 x-windows-874",
    "cp1252": "latin-1 iso_8859_1 iso8859_1 ansi",
    "utf-8": "utf_8 utf-8-sig utf8mb4",
    "mac-cyrillic": "maccyrillic mac-cyrillic",
}
_CODECS: Final[Mapping[str, str]] = {
    label: codec for table in (_LABELS, _BESIDE) for codec, labels in table.items() for label in labels.split()
}
WESTERN: Final = frozenset(("cp1252", "cp1254", "iso8859-15", "mac-roman"))
LATIN: Final = WESTERN | {
    "cp1250", "cp1257", "cp1258", "iso8859-2", "iso8859-3", "iso8859-4", "iso8859-10", "iso8859-13", "iso8859-14", "iso8859-16",
}  # fmt: skip


def codec_of(label: str) -> str | None:
    """The Python codec that reads what this label names, or None for a label that browsers do not know.

    >>> codec_of("GB2312"), codec_of(" Big5 "), codec_of("latin1"), codec_of("zlib")
    ('gb18030', 'big5hkscs', 'cp1252', None)
    """
    return _CODECS.get(label.strip(" \t\n\f\r").lower())


def text_of(body: bytes, codec: str) -> str:
    """The text of `body`; a byte that the codec does not know becomes U+FFFD, but in the windows encodings a control, as in the standard.

    >>> text_of(b"a\\x81b", "cp1252"), text_of(b"a\\xffb", "utf-8")
    ('a\\x81b', 'a�b')
    """
    return body.decode(codec, "stet-windows" if codec.startswith("cp125") or codec == "cp874" else "replace")


def _as_control(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeDecodeError):
        raise error
    return "".join(chr(byte) if byte < 0xA0 else "\ufffd" for byte in error.object[error.start : error.end]), error.end


codecs.register_error("stet-windows", _as_control)
