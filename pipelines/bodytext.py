"""The text of a page: what the card points at, else what trafilatura finds, else (Chinese) readability, else scripts, else all lines."""

import logging
import re
from collections.abc import Iterator, Sequence, Set
from copy import deepcopy
from dataclasses import dataclass, replace
from importlib.metadata import version
from itertools import islice
from typing import Final

import trafilatura
from lxml.etree import strip_elements
from lxml.html import HtmlElement
from readability import Document
from readability.readability import Unparseable
from trafilatura.meta import reset_caches

from pipelines.agreement import agreement, shingles
from pipelines.boilerplate import without
from pipelines.containers import whole
from pipelines.prose import prose_of
from pipelines.scripts import count_scripts
from pipelines.selectors import elements, spoken_by
from pipelines.state import state_text
from pipelines.tree import finder, parse_fragment
from pipelines.trim import trimmed
from pipelines.visible import lines_of, tidy

TRAFILATURA: Final = f"trafilatura {version('trafilatura')}"
READABILITY: Final = f"readability {version('readability-lxml')}"
CARD: Final = "card"
LINES: Final = "lines"
PROSE: Final = "prose"
FEED: Final = "feed"
STATE: Final = "state"

_PAGES_PER_RESET: Final = 1000  # trafilatura and htmldate keep what they have seen
_ENOUGH: Final = 200  # code points from a card's selector that need no second opinion
_LONGER: Final = 3  # times the text on the page: what a script holds is then the article, and the page a frame for it
_SMALL: Final = 500  # code points of a text that is doubted where the second reader has found another
_SMALL_SHARE: Final = 0.26  # ... or share of what the second reader has found
_HEADINGS: Final = 5  # a page has one; those that have more begin with it
_ALIKE: Final = 0.5  # agreement from which the second reader has found the same
_SAME_WORDS: Final = 0.5  # agreement, above which two readings are of the same words
_READABLE_SHARE: Final = 0.3  # of trafilatura's Chinese text; below that readability has missed the article

_PARAGRAPHS: Final = frozenset({"p", "section", "div", "ul", "ol", "table", "blockquote", "article", "h1", "h2", "h3", "h4", "pre"})
_COMPANY: Final = frozenset({"h2", "h3", "h4", "ul", "ol", "blockquote", "pre", "table"})  # of the paragraphs they stand between
_TABLE_PARTS: Final = ("tbody", "thead", "tfoot", "tr", "td", "th", "table")
_VEILED: Final = finder("//*[@style][contains(@style, 'visibility') or contains(@style, 'opacity')]")
_VEIL: Final = re.compile(r"(?:visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0*)?)\s*(?:!important)?\s*;?\s*", re.IGNORECASE)
_read_since_reset = 0  # per process; see _rest

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("readability").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Body:
    """Clean text, one paragraph a line, which reader spoke, by which query if it was the card, and how far a second reader agrees."""

    text: str
    extractor: str
    query: str | None = None
    agreement: float | None = None  # 0 to 1; None where nobody else has read the text

    @property
    def spoke(self) -> str:
        """What to say in the record of who gave the text."""
        return spoken_by(self.query) if self.query else self.extractor


def body_of(
    tree: HtmlElement,
    chosen: Sequence[str] = (),
    dropped: Sequence[str] = (),
    headline: str | None = None,
    recurring: Set[str] = frozenset(),
) -> Body:
    """The article's text in `tree`; empty when the page shows no text at all.

    `chosen` and `dropped` are CSS or XPath of the source's card, for the body and for what is no part of it. A general reader's text does
    not begin with the `headline`; no text holds lines that are known to recur on the host (their digests). The tree is changed.
    """
    for selector in dropped:
        for element in elements(tree, selector):
            if element.getparent() is not None:
                element.drop_tree()
    card = next((Body(text, CARD, selector) for selector in chosen if (text := _selected(tree, selector))), Body("", CARD))
    scripts = _silenced(tree)
    mend(tree)
    prose = prose_of(tree)
    body = card
    if len(card.text) < _ENOUGH:
        general = _general(tree, prose)
        if len(card.text) * 2 < len(general.text):
            body = replace(general, text=trimmed(whole(general.text, tree), tree, (headline, *_headings(tree))))
    if len(body.text) < _ENOUGH and len(state := state_text(scripts)) > _LONGER * max(len(body.text), len(prose)):
        return Body(state, STATE)
    if not body.text:
        return Body(tidy("\n".join(lines_of(tree))), LINES)
    text = without(body.text, recurring)
    return replace(body, text=text, agreement=agreement(shingles(text), shingles(without(prose, recurring))))


def _headings(tree: HtmlElement) -> list[str]:
    return [element.text_content() for element in islice(tree.iter("h1"), _HEADINGS)]


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


def _silenced(tree: HtmlElement) -> list[HtmlElement]:
    """The scripts of a page, taken out with all that shows nothing, for each reader would copy it; JSON-LD stays."""
    scripts = [script for script in tree.iter("script") if "ld+json" not in script.get("type", "")]
    for script in scripts:
        script.tag = "style"
    strip_elements(tree, "style", "svg", "link", "meta", with_tail=False)
    return scripts


def mend(tree: HtmlElement) -> None:
    """Repairs for editors' pages: WeChat writes paragraphs as leaf <section>s and hides the article until its script runs."""
    for element in _VEILED(tree):
        if len(element.text_content()) > _ENOUGH:
            element.set("style", _VEIL.sub("", element.get("style", "")))
    for element in list(tree.iter("section")):
        if not any(child.tag in _PARAGRAPHS for child in element.iterdescendants()):
            element.tag = "p"
    for table in [one for one in tree.iter("table") if _lays_out(one)]:
        for part in [table, *table.iter(*_TABLE_PARTS)]:
            part.tag = "div"


def _lays_out(table: HtmlElement) -> bool:
    """Whether a table is the page's layout and no table of figures: a cell of it holds whole paragraphs."""
    return any(sum(child.tag in _PARAGRAPHS for child in cell) > 1 and len(cell.text_content()) > _ENOUGH for cell in table.iter("td"))


def _general(tree: HtmlElement, prose: str) -> Body:
    """trafilatura's text; readability's for a Chinese page where it is long enough to be the article."""
    _rest()
    text = _quick(tree)
    if _missed(text, prose):
        text = _thorough(tree)
    counts = count_scripts(text[:3000])
    if counts["Hani"] * 2 > counts.total() and not counts["Kana"] * 10 > counts["Hani"]:
        readable = _readable(tree)
        if len(readable) >= _READABLE_SHARE * len(text):
            return Body(readable, READABILITY)
    if "\n" not in text and "\n" in prose and agreement(shingles(text), shingles(prose)) > _SAME_WORDS:
        return Body(prose, PROSE)  # of a short page trafilatura gives all words on one line, menus and byline among them
    return Body(text, TRAFILATURA)


def _missed(text: str, prose: str) -> bool:
    """Whether trafilatura's own rules may have missed the article: they found little, and the second reader another text, or little too."""
    small = len(text) < max(_SMALL, _SMALL_SHARE * len(prose)) or len(prose) < _SMALL
    return small and agreement(shingles(text), shingles(prose)) < _ALIKE


def _quick(tree: HtmlElement) -> str:
    return tidy(getattr(trafilatura.bare_extraction(tree, fast=True, include_comments=False), "text", None) or "")


def _thorough(tree: HtmlElement) -> str:
    """With readability and justext, which trafilatura asks for a second and a third opinion."""
    return tidy(getattr(trafilatura.bare_extraction(tree, include_comments=False), "text", None) or "")


def _readable(tree: HtmlElement) -> str:
    """readability's text of a page, or "" where it fails."""
    try:
        summary = Document(deepcopy(tree)).summary(html_partial=True)
    except Unparseable:
        return ""
    return tidy("\n".join(lines_of(parse_fragment(summary))))


def _rest() -> None:
    """Empty the libraries' caches now and then: they change speed, never answers."""
    global _read_since_reset
    _read_since_reset += 1
    if _read_since_reset % _PAGES_PER_RESET == 0:
        reset_caches()
