"""Where on a page the headline stands, and the lines that a reader sees after it."""

from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from pipelines.titles import likeness
from pipelines.tree import finder, walk

_HEADS: Final = finder("//h1[not(ancestor::nav or ancestor::footer)]")
_LESSER: Final = finder("/descendant::*[self::h2 or self::h3][not(ancestor::nav or ancestor::footer)]")
_UNSEEN: Final = frozenset(
    {"script", "style", "noscript", "template", "head", "title", "option", "button", "select", "svg", "textarea", "iframe"}
)
_INLINE: Final = frozenset((
    "a", "abbr", "b", "bdi", "big", "cite", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "tt", "u",
    "time", "address",
))  # fmt: skip
_LONGEST: Final = 1000  # code points of a heading that are compared
_STEPS: Final = 2_000  # into and out of elements, on the way to the first words of one
_MOST: Final = 40  # elements that may be the headline


def heading_of(tree: HtmlElement, title: str | None) -> HtmlElement | None:
    """The element that prints the headline: of all h1 the one most like `title`, a lesser heading that says the same, else the first h1."""
    heads = _HEADS(tree)[:_MOST]
    if title and len(heads) != 1:
        best = max(heads, key=lambda head: likeness(_said(head), title), default=None)
        if best is not None and likeness(_said(best), title) >= 0.5:
            return best
        best = next((head for head in _LESSER(tree)[:_MOST] if likeness(_said(head), title) >= 0.9), None)
        if best is not None:
            return best
    return heads[0] if heads else None


def _said(head: HtmlElement) -> str:
    return start_of(head, _LONGEST)


def start_of(element: HtmlElement, most: int) -> str:
    """The first code points of an element's text, however long it is, and however many empty elements stand in it."""
    if len(element) == 0:
        return (element.text or "")[:most] if isinstance(element.tag, str) else ""
    parts: list[str] = []
    length = 0
    for event, child in islice(walk(element), _STEPS):
        piece = child.text if event == "start" else child.tail if child is not element else None
        if piece and (event == "end" or isinstance(child.tag, str)):
            parts.append(piece)
            length += len(piece)
            if length >= most:
                break
    return "".join(parts)[:most]


def following(start: HtmlElement) -> Iterator[HtmlElement]:
    """The trees that come after `start` in document order, outwards."""
    for level in (start, *start.iterancestors()):
        yield from level.itersiblings()


def visible_lines(start: HtmlElement, skipped: frozenset[HtmlElement] = frozenset()) -> Iterator[str]:
    """The lines that a reader sees in an element, broken where blocks break them; `skipped` elements are passed over."""
    parts: list[str] = []
    hidden: HtmlElement | None = None
    for event, element in walk(start):
        if hidden is None and event == "start" and (element.tag in _UNSEEN or element in skipped):
            hidden = element
        if element.tag not in _INLINE and (line := " ".join("".join(parts).split())):
            yield line
            parts.clear()
        elif element.tag not in _INLINE:
            parts.clear()
        if hidden is None and event == "start":
            parts.append(element.text or "")
        if event == "end":
            if hidden is element:
                hidden = None
            if hidden is None and element is not start:
                parts.append(element.tail or "")
    if line := " ".join("".join(parts).split()):
        yield line
