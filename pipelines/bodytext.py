"""The text of a page: what the card points at, else what trafilatura finds, else (Chinese) readability, else every visible line."""

import logging
import re
from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from importlib.metadata import version
from typing import Final

import trafilatura
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable
from trafilatura.meta import reset_caches

from pipelines.scripts import count_scripts
from pipelines.selectors import elements, spoken_by
from pipelines.tree import finder, parse_fragment, walk

TRAFILATURA: Final = f"trafilatura {version('trafilatura')}"
READABILITY: Final = f"readability {version('readability-lxml')}"
CARD: Final = "card"
LINES: Final = "lines"
FEED: Final = "feed"

_PAGES_PER_RESET: Final = 50  # trafilatura and htmldate keep what they have seen
_ENOUGH: Final = 200  # code points from a card's selector that need no second opinion
_READABLE_SHARE: Final = 0.3  # of trafilatura's Chinese text; below that readability has missed the article

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
_SILENT: Final = frozenset((
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
_PARAGRAPHS: Final = frozenset({"p", "section", "div", "ul", "ol", "table", "blockquote", "article", "h1", "h2", "h3", "h4", "pre"})
_COMPANY: Final = frozenset({"h2", "h3", "h4", "ul", "ol", "blockquote", "pre", "table"})  # of the paragraphs they stand between
_VEILED: Final = finder("//*[contains(@style, 'visibility') or contains(@style, 'opacity')]")
_VEIL: Final = re.compile(r"(?:visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?)\s*(?:!important)?\s*;?\s*", re.IGNORECASE)
_UNWANTED: Final = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x84\x86-\x9f\ufeff\ufffe\uffff]")
_LINE_ENDS: Final = re.compile("\r\n?|[\x85\u2028\u2029]")
_BLANKS: Final = re.compile(r"(?<![ \t])[ \t]*\n[ \t\n]*")  # begins where blanks begin: a long line of them is looked at once

_EMPTY_RUN: Final = re.compile(r"[ \u00a0\u3000]{100,}")  # nothing is published that way; patterns of later readers would crawl along it

_read_since_reset = 0  # per process; see _rest

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("readability").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Body:
    """Clean text, one paragraph a line, which reader spoke, and by which query if it was the card."""

    text: str
    extractor: str
    query: str | None = None

    @property
    def spoke(self) -> str:
        """What to say in the record of who gave the text."""
        return spoken_by(self.query) if self.query else self.extractor


def body_of(tree: HtmlElement, chosen: Sequence[str] = (), dropped: Sequence[str] = ()) -> Body:
    """The article's text in `tree`; empty when the page shows no text at all.

    `chosen` and `dropped` are CSS or XPath of the source's card, for the body and for what is no part of it. The tree is changed.
    """
    for selector in dropped:
        for element in elements(tree, selector):
            if element.getparent() is not None:
                element.drop_tree()
    card = next((Body(text, CARD, selector) for selector in chosen if (text := _selected(tree, selector))), Body("", CARD))
    if len(card.text) >= _ENOUGH:
        return card
    mend(tree)
    general = _general(tree)
    if len(card.text) * 2 >= len(general.text) > 0 or not general.text:
        return card if card.text else Body(tidy("\n".join(lines_of(tree))), LINES)
    return general


def body_of_fragment(markup: str) -> Body:
    """The text of the HTML that a feed carries. Raises Unreadable."""
    return Body(tidy("\n".join(lines_of(parse_fragment(markup)))), FEED)


def _selected(tree: HtmlElement, selector: str) -> str:
    """Text of all elements a selector finds, and of what stands between its paragraphs; one inside another counts once."""
    found = elements(tree, selector)
    inside = set(found)
    outer = [element for element in found if not any(parent in inside for parent in element.iterancestors())]
    return tidy("\n".join(line for element in _with_company(outer) for line in lines_of(element)))


def _with_company(found: Sequence[HtmlElement]) -> Iterator[HtmlElement]:
    """The elements, and the headings, lists and quotes between each and its next sibling: cards often name paragraphs alone."""
    for number, element in enumerate(found):
        yield element
        following = found[number + 1] if number + 1 < len(found) else None
        if element.tag != "p" or following is None or following.getparent() is not element.getparent():
            continue
        for sibling in element.itersiblings():
            if sibling is following:
                break
            if sibling.tag in _COMPANY:
                yield sibling


def mend(tree: HtmlElement) -> None:
    """Repairs for editors' pages: WeChat writes paragraphs as leaf <section>s and hides the article until its script runs."""
    for element in _VEILED(tree):
        if len(element.text_content()) > _ENOUGH:
            element.set("style", _VEIL.sub("", element.get("style", "")))
    for element in list(tree.iter("section")):
        if not any(child.tag in _PARAGRAPHS for child in element.iterdescendants()):
            element.tag = "p"


def _general(tree: HtmlElement) -> Body:
    """trafilatura's text; readability's for a Chinese page where it is long enough to be the article."""
    _rest()
    document = trafilatura.bare_extraction(tree, include_comments=False, with_metadata=False)
    text = tidy(getattr(document, "text", None) or "")
    counts = count_scripts(text[:3000])
    if counts["Hani"] * 2 > counts.total() and not counts["Kana"] * 10 > counts["Hani"]:
        readable = _readable(tree)
        if len(readable) >= _READABLE_SHARE * len(text):
            return Body(readable, READABILITY)
    return Body(text, TRAFILATURA)


def _readable(tree: HtmlElement) -> str:
    """readability's text of a page, or "" where it fails."""
    try:
        summary = Document(deepcopy(tree)).summary(html_partial=True)
    except Unparseable:
        return ""
    return tidy("\n".join(lines_of(parse_fragment(summary))))


def lines_of(element: HtmlElement) -> Iterator[str]:
    """Visible text of an element, a line for each block, in document order; walks without recursion, at any depth."""
    parts: list[str] = []
    silent = 0
    for event, child in walk(element):
        tag = child.tag
        if tag in _SILENT and child is not element:
            silent += 1 if event == "start" else -1
        if tag in _BLOCKS:
            yield " ".join("".join(parts).split())
            parts.clear()
        piece = child.text if event == "start" else None if child is element else child.tail
        if piece and (not silent):
            parts.append(piece)
    yield " ".join("".join(parts).split())


def tidy(text: str) -> str:
    """Text with one paragraph a line and without control characters; letters stay as published (no NFC).

    >>> tidy("One \\r\\n\\n two\\x00\\tthree ")
    'One\\ntwo three'
    """
    text = _LINE_ENDS.sub("\n", text).replace("\t", " ")
    return _BLANKS.sub("\n", _EMPTY_RUN.sub(" ", _UNWANTED.sub("", text))).strip()


def _rest() -> None:
    """Empty the libraries' caches now and then: they change speed, never answers."""
    global _read_since_reset
    _read_since_reset += 1
    if _read_since_reset % _PAGES_PER_RESET == 0:
        reset_caches()
