"""Text from the web made harmless for whoever shows it: nothing in it moves a cursor, colours a line or turns the reading direction."""

import re

# Control characters (C0, DEL, C1), line and paragraph separators, every bidi control, and lone surrogates.
DANGEROUS = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]")
_NAMED = {"\t": "\\t", "\n": "\\n", "\r": "\\r"}


def _escaped(found: re.Match[str]) -> str:
    code = ord(found[0])
    return _NAMED.get(found[0]) or (f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}")


def inert(text: str) -> str:
    r"""The text on one line, with nothing in it that moves a cursor, colours a line or turns the reading direction.

    >>> inert("a\x1b[31mb\u202ec")
    'a\\x1b[31mb\\u202ec'
    """
    return DANGEROUS.sub(_escaped, text)
