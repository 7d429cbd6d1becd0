"""Cuts what a general reader takes along and what is no part of the text: the headline, lines that are links, rights and credits."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from lxml.html import HtmlElement

from pipelines.visible import SILENT, bare, blocks_of

_BULLET: Final = re.compile(r"^[-–•|]+ ")
_HEAD: Final = 5  # lines of a text among which its headline may stand
_KICKER: Final = 120  # code points of a line above the headline
_TEASER: Final = 40  # code points of a line that is cut where it is a link; a shorter one may be a subhead
_LINKED: Final = 0.7  # share of a line that makes it a link
_KEPT: Final = 0.5  # share of a text that must be left: a list of links is what some pages are about
_SHORTEST: Final = 30  # code points of a line of the page that can be one of those
_SILENT: Final = SILENT - {"nav"}
_CREDIT: Final = 90  # code points of the longest line that is nothing but a credit
_CREDITS: Final = re.compile(
    r"\W*(?:©|copyright\b|all rights reserved|alle rechte vorbehalten|tous droits réservés|todos los derechos reservados|todos os direitos"
    r" reservados|все права защищены|版权所有|版權所有|责任编辑|責任編輯|责编|編輯[:：]|编辑[:：]|photo(?: credit| by)?\s?:|photograph\s?:"
    r"|image(?: credit)?\s?:|foto\s?:|bild\s?:|getty images\b)",
    re.IGNORECASE,
)


def trimmed(text: str, tree: HtmlElement, headlines: Iterable[str | None]) -> str:
    """`text` without its headline (and what stands above it), lines that are links to somewhere else, and lines of rights and credits.

    A text of which little would be left stays as it is.
    """
    lines = text.split("\n")
    lines = lines[_begin(lines, {bare(headline) for headline in headlines if headline}) :]
    teasers = [bare(_BULLET.sub("", line)) for line in lines if len(line) >= _TEASER]
    links = _linked_lines(tree, min(map(len, teasers))) if teasers else frozenset()
    kept = [line for line in lines if not _is_link(line, links) and not _is_credit(line)]
    return "\n".join(kept if sum(map(len, kept)) > _KEPT * sum(map(len, lines)) else lines)


def _begin(lines: Sequence[str], headlines: set[str]) -> int:
    """The number of the line after the headline; 0 where the text does not begin with it, or ends with it."""
    for number, line in enumerate(lines[: min(_HEAD, len(lines) - 1)]):
        if bare(line) in headlines:
            return number + 1
        if len(line) >= _KICKER:
            break
    return 0


def _is_link(line: str, links: frozenset[str]) -> bool:
    return len(line) >= _TEASER and bare(_BULLET.sub("", line)) in links


def _is_credit(line: str) -> bool:
    return len(line) < _CREDIT and bool(_CREDITS.match(line))


def _linked_lines(tree: HtmlElement, shortest: int) -> frozenset[str]:
    """The lines of a page that are mostly links, by their letters alone; not those that are too short to be one of `shortest` letters."""
    lines = blocks_of(tree, _SILENT)
    return frozenset(bare(line) for line, linked in lines if 2 * len(line) >= shortest and linked >= _LINKED * max(len(line), _SHORTEST))
