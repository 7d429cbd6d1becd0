"""The last resort for a page that states no day: htmldate's search, on what is the page's own, and without days that are of something else."""

from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from itertools import islice
from typing import Final

from htmldate import find_date
from lxml.html import HtmlElement

from pipelines.dayclaims import LONGEST, Claim, claim
from pipelines.daylabels import apart, own_days, teaser
from pipelines.dayspoken import spoken
from pipelines.daytext import stated
from pipelines.heading import visible_lines

_NOT_OWN: Final = frozenset({"nav", "footer", "aside"})
_WHOLE: Final = frozenset({"html", "head", "body", "script", "meta", "link"})
_BOXES: Final = frozenset({"div", "li", "article", "section", "td"})
_LINES: Final = 3_000  # of one page


def searched(tree: HtmlElement, language: str | None, earliest: date, latest: date) -> Iterator[Claim]:
    """What htmldate finds outside comments, teasers and margins: right in three of four cases, and none of the wrong ones is marked."""
    own = _own_parts(tree)
    try:
        found = find_date(own, extensive_search=False, original_date=True, min_date=earliest.isoformat(), max_date=latest.isoformat())
    except (ValueError, TypeError, OverflowError, AttributeError):
        return  # htmldate stumbles over a few malformed attributes; the page then has no day
    if found and (moment := stated(found)) and moment.value not in _of_others(own, language):
        yield claim(moment, "htmldate")


def _own_parts(tree: HtmlElement) -> HtmlElement:
    """A copy of the page without comments, other stories and margins."""
    copy: HtmlElement = deepcopy(tree)
    alien = [part for part in copy.iter() if _holds_others(part)]
    for part in alien:
        if (parent := part.getparent()) is not None:
            parent.remove(part)
    return copy


def _holds_others(part: HtmlElement) -> bool:
    if part.tag in _WHOLE:
        return False
    if part.tag in _NOT_OWN and not any(outer.tag == "article" for outer in part.iterancestors()):
        return True
    return apart(part) or (part.tag in _BOXES and teaser(part))


def _of_others(tree: HtmlElement, language: str | None) -> set[str]:
    """Days that the page's lines name, and name as those of a change or of something else only."""
    named: set[str] = set()
    own: set[str] = set()
    before = ""
    body = tree.find(".//body")
    for line in islice(visible_lines(body if body is not None else tree), _LINES):
        short, label = line[: 4 * LONGEST], before
        before = short
        if any(map(str.isdigit, short)):
            named |= {moment.value for moment in spoken(short, language)}
            own |= {moment.value for moment in own_days(short, label, language)}
    return named - own
