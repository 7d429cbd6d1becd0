"""An article that is set in several containers of one kind: general readers take the first of them and lose the rest."""

from collections import Counter
from collections.abc import Sequence
from typing import Final

from lxml.html import HtmlElement

from pipelines.agreement import shingles
from pipelines.prose import prose_lines
from pipelines.visible import bare, tidy

_PARAGRAPH: Final = 60  # code points by which a paragraph is known again
_MOST: Final = 0.6  # share of a text that stands in containers of one kind
_BOXES: Final = 6  # containers of one article; builders of pages that wrap every widget have more
_FULL: Final = 200  # code points of prose in each: a box of buttons is none of them
_LONGER: Final = 1.15  # times the text that was found: below that nothing was lost
_SAME: Final = 0.8  # share of it that must be found again


def whole(text: str, tree: HtmlElement) -> str:
    """The text of all containers over which the article of `tree` is spread, where `text` is that of one; else `text`.

    Containers are of one kind by their element and class, hold prose each, and no article and no headline of their own.
    """
    known = {bare(line) for line in text.split("\n") if len(line) > _PARAGRAPH}
    boxes = _boxes(tree, known)
    if not 2 <= len(boxes) <= _BOXES or len({next(box.iterancestors("article"), None) for box in boxes}) > 1:
        return text
    parts = [tidy("\n".join(prose_lines(box))) for box in boxes]
    together = "\n".join(parts)
    if min(map(len, parts)) < _FULL or len(together) < _LONGER * len(text):
        return text
    mine = shingles(text)
    return together if len(mine & shingles(together)) >= _SAME * len(mine) else text


def _boxes(tree: HtmlElement, known: set[str]) -> Sequence[HtmlElement]:
    """All containers of the kind that holds most of the known paragraphs; one inside another counts once."""
    kinds: Counter[tuple[str, str]] = Counter()
    for paragraph in tree.iter("p"):
        parent, words = paragraph.getparent(), paragraph.text_content()
        if len(words) > _PARAGRAPH and parent is not None and parent.get("class") and (letters := bare(words)) in known:
            kinds[parent.tag, parent.get("class", "")] += len(letters)
    if not kinds:
        return ()
    (tag, name), weight = kinds.most_common(1)[0]
    if weight < _MOST * sum(map(len, known)):
        return ()
    found = [box for box in tree.iter(tag) if box.get("class") == name]
    if any(next(box.iter("article", "h1"), None) is not None for box in found):
        return ()
    inside = set(found)
    return [box for box in found if not any(holder in inside for holder in box.iterancestors())]
