"""The second reader: the paragraphs in the smallest block that holds most of a page's prose. Cheap, and independent of the first one."""

from collections import defaultdict
from typing import Final

from lxml.html import HtmlElement

from pipelines.tree import finder
from pipelines.visible import SILENT, blocks_of, tidy

_OUTSIDE: Final = "[not(ancestor::nav or ancestor::footer or ancestor::aside or ancestor::noscript or ancestor::figure)]"
_PARAGRAPHS: Final = finder(f"//body//p{_OUTSIDE} | //body//pre{_OUTSIDE}")
_LOOSE: Final = finder(
    "//body//*[self::div or self::section or self::td or self::article or self::span or self::font or self::dd or self::main]"
    f"[text()[string-length(.) > 30]]{_OUTSIDE}"
)
_UNSPOKEN: Final = SILENT | {"aside", "footer", "form", "figure", "header", "label"}
_SHORTEST: Final = 20  # code points outside links that make a paragraph; a credit or a button has fewer
_MOST: Final = 0.6  # share of the prose that a child must hold to stand for its parent


def prose_of(tree: HtmlElement) -> str:
    """The running text of a page, one paragraph a line; "" where there is none."""
    weights: dict[HtmlElement, int] = defaultdict(int)
    for element in _PARAGRAPHS(tree):
        _add(weights, element, len(element.text_content()) - 2 * sum(len(link.text_content()) for link in element.iter("a")))
    for element in _LOOSE(tree):
        _add(weights, element, sum(map(len, element.xpath("text()"))))
    node = tree.find("body")
    if node is None or not weights.get(node):
        return ""
    while True:
        heaviest = max(node, key=lambda child: weights.get(child, 0), default=None)
        if heaviest is None or weights.get(heaviest, 0) < _MOST * weights[node]:
            break
        node = heaviest
    return tidy("\n".join(line for line, linked in blocks_of(node, _UNSPOKEN) if 2 * linked <= len(line)))


def _add(weights: dict[HtmlElement, int], element: HtmlElement, weight: int) -> None:
    """Count a paragraph for all blocks that hold it."""
    if weight <= _SHORTEST:
        return
    weights[element] += weight
    for holder in element.iterancestors():
        weights[holder] += weight
