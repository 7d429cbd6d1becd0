"""Words of a feed: markup made plain, plain text made markup, and neither with anything that is no text."""

import re
from html import escape

from lxml import etree, html

_NO_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")  # JSON can spell them; no XML can hold them


def plain(markup: str | None) -> str | None:
    """Markup without its tags, on one line; None when nothing is left.

    >>> plain("<p>One &amp; <b>two</b></p>")
    'One & two'
    """
    if not markup or not markup.strip():
        return None
    if "<" in markup or "&" in markup:
        try:
            markup = str(html.fragment_fromstring(markup, create_parent="div").text_content())
        except (etree.ParserError, etree.XMLSyntaxError, ValueError):
            return None
    return " ".join(markup.split()) or None


def marked_up(text: str | None) -> str | None:
    """Plain text as HTML, a paragraph for each block of lines; None when there is none.

    >>> marked_up("a < b\\n\\nc")
    '<p>a &lt; b</p><p>c</p>'
    """
    blocks = [" ".join(block.split()) for block in re.split(r"\n\s*\n", text or "")]
    return "".join(f"<p>{escape(block, quote=False)}</p>" for block in blocks if block) or None


def text_of(value: object) -> str | None:
    """A member of JSON as text, without what is no character; None for what is no text, and for text of nothing."""
    return (_NO_TEXT.sub("", value).strip() or None) if isinstance(value, str) else None
