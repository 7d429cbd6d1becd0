"""The second reader: lines of prose in the smallest block that holds most of a page's paragraphs. Cheap, and independent of the first."""

from collections import defaultdict
from collections.abc import Iterator
from typing import Final

from lxml.html import HtmlElement

from pipelines.tree import finder
from pipelines.visible import SILENT, blocks_of, tidy

_PARAGRAPHS: Final = "//body//p{0} | //body//pre{0}"
_LOOSE: Final = (
    "//body//*[self::div or self::section or self::td or self::article or self::span or self::font or self::dd or self::main]"
    "[text()[string-length(.) > 30]]{0}"
)
_OUTSIDE: Final = "[not(ancestor::nav or ancestor::footer or ancestor::aside or ancestor::noscript or ancestor::figure)]"
# Where a page leaves one of those open, all its text stands inside: then they are no reason to pass it over
_FINDERS: Final = tuple((finder(_PARAGRAPHS.format(where)), finder(_LOOSE.format(where))) for where in (_OUTSIDE, ""))
_UNSPOKEN: Final = SILENT | {"aside", "footer", "form", "figure", "header", "label"}
_SHORTEST: Final = 20  # code points outside links that make a paragraph; a credit or a button has fewer
_MOST: Final = 0.6  # share of the prose that a child must hold to stand for its parent


def prose_of(tree: HtmlElement) -> str:
    """The running text of a page, one paragraph a line; "" where there is none."""
    body = tree.find("body")
    if body is None:
        return ""
    block = next((found for paragraphs, loose in _FINDERS if (found := _narrowest(body, paragraphs(tree), loose(tree))) is not None), None)
    return tidy("\n".join(prose_lines(block))) if block is not None else ""


def prose_lines(block: HtmlElement) -> Iterator[str]:
    """The lines of a block that are not mostly links."""
    half = len(block.text_content()) / 2
    wrappers = {inner.tag for inner in block.iterdescendants("form", "header", "aside", "footer") if len(inner.text_content()) > half}
    return (line for line, linked in blocks_of(block, _UNSPOKEN - wrappers) if 2 * linked <= len(line))


def _narrowest(body: HtmlElement, paragraphs: list[HtmlElement], loose: list[HtmlElement]) -> HtmlElement | None:
    """The block to which one comes from the body by always going where most of the prose is; None where there is no prose at all."""
    weights: dict[HtmlElement, int] = defaultdict(int)
    for element in paragraphs:
        _add(weights, element, len(element.text_content()) - 2 * sum(len(link.text_content()) for link in element.iter("a")))
    for element in loose:
        _add(weights, element, sum(map(len, element.xpath("text()"))))
    if not weights.get(body):
        return None
    block = body
    while True:
        heaviest = max(block, key=lambda child: weights.get(child, 0), default=None)
        if heaviest is None or weights.get(heaviest, 0) < _MOST * weights[block]:
            return block
        block = heaviest


def _add(weights: dict[HtmlElement, int], element: HtmlElement, weight: int) -> None:
    """Count a paragraph for all blocks that hold it."""
    if weight > _SHORTEST:
        weights[element] += weight
        for holder in element.iterancestors():
            weights[holder] += weight
