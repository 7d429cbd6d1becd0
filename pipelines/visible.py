"""What a reader of the page would see, line by line, and the form in which text is kept."""

import re
from collections.abc import Iterator
from typing import Final

from lxml.html import HtmlElement

from pipelines.tree import walk

_BLOCKS: Final = frozenset((
    "address",
    "article",
    "aside",
    "blockquote",
    "body",
    "br",
    "dd",
    "details",
    "div",
    "dl",
    "dt",
    "fieldset",
    "figcaption",
    "figure",
    "footer",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "header",
    "hr",
    "li",
    "main",
    "nav",
    "ol",
    "option",
    "p",
    "pre",
    "section",
    "summary",
    "table",
    "td",
    "th",
    "tr",
    "ul",
))  # fmt: skip
SILENT: Final = frozenset((
    "head",
    "script",
    "style",
    "noscript",
    "template",
    "iframe",
    "svg",
    "math",
    "object",
    "button",
    "select",
    "textarea",
    "input",
    "audio",
    "video",
    "canvas",
    "nav",
))  # fmt: skip

_UNWANTED: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_LINE_ENDS: Final = re.compile("\r\n?|[\x85\u2028\u2029]")

_NO_LETTERS: Final = re.compile(r"[\W_]+")
_EMPTY_RUN: Final = re.compile(r"[ \u00a0\u3000]{100,}")  # nothing is published that way; patterns of later readers would crawl along it


def lines_of(element: HtmlElement) -> Iterator[str]:
    """Visible text of an element, a line for each block, in document order; walks without recursion, at any depth."""
    return (line for line, _ in blocks_of(element))


def blocks_of(element: HtmlElement, silent: frozenset[str] = SILENT) -> Iterator[tuple[str, int]]:
    """The lines of an element, each with the number of its code points that stand in links; `silent` elements below it say nothing."""
    parts: list[str] = []
    hushed = linked = links = 0
    for event, child in walk(element):
        tag, begins = child.tag, event == "start"
        if tag in silent and child is not element:
            hushed += 1 if begins else -1
        elif tag == "a":
            links += 1 if begins else -1
        elif parts and tag in _BLOCKS:
            yield " ".join("".join(parts).split()), linked
            parts.clear()
            linked = 0
        piece = child.text if begins else None if child is element else child.tail
        if piece and not hushed:
            parts.append(piece)
            if links:
                linked += len(piece)
    yield " ".join("".join(parts).split()), linked


def tidy(text: str) -> str:
    """Text with one paragraph a line and without control characters; letters stay as published (no NFC).

    >>> tidy("One \\r\\n\\n two\\x00\\tthree ")
    'One\\ntwo three'
    """
    text = _EMPTY_RUN.sub(" ", _UNWANTED.sub("", _LINE_ENDS.sub("\n", text).replace("\t", " ")))
    return "\n".join(filter(None, (line.strip(" ") for line in text.split("\n")))).strip()


def bare(line: str) -> str:
    """The letters and digits of a line, by which it is known again however it is spaced and pointed.

    >>> bare("- Read  more: “Here”!")
    'readmorehere'
    """
    return _NO_LETTERS.sub("", line).casefold()
