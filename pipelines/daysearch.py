"""The last resorts for a page that states no day beside its headline: its summary, other lines, and htmldate's search."""

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import date
from itertools import chain, islice
from typing import Final
from urllib.parse import urlsplit

from htmldate import find_date
from lxml.html import HtmlElement

from pipelines.dayclaims import LONGEST, VAGUE, Claim, claim
from pipelines.daylabels import among_comments, apart, own_days, stated_as_published, teaser
from pipelines.dayspoken import spoken, spoken_at
from pipelines.daytext import stated
from pipelines.heading import visible_lines
from pipelines.structured import Facts

_NOT_OWN: Final = frozenset({"nav", "footer", "aside"})
_WHOLE: Final = frozenset({"html", "head", "body", "script", "meta", "link"})
_BOXES: Final = frozenset({"div", "li", "article", "section", "td"})
_ALONE: Final = 40  # code points of a line that holds little but a day
_IN_BRACKETS: Final = re.compile(r"\(([^()]{6,60})\)\s*$")
_LINES: Final = 3_000  # of one page


def described(facts: Facts, language: str | None) -> Iterator[Claim]:
    """The day that a summary opens with, or ends with in brackets."""
    for name in ("description", "og:description"):
        for line in facts.meta.get(name, ())[:1]:
            closing = _IN_BRACKETS.search(line)
            found = [*((moment for at, moment in spoken_at(line, language) if at == 0)), *(spoken(closing[1], language) if closing else ())]
            yield from (claim(moment, "meta", VAGUE) for moment in found[:1])


def told_elsewhere(tree: HtmlElement, language: str | None, month: str | None) -> Iterator[Claim]:
    """The first day of a line anywhere on the page that says of itself that it is of the publication, or that lies in the known `month`."""
    body = tree.find(".//body")
    for line in islice(visible_lines(body if body is not None else tree), _LINES):
        says = stated_as_published(line) and (month or ":" in line or "：" in line)
        if len(line) > 2 * LONGEST or not (says or (month and len(line) < _ALONE)):
            continue
        for moment in own_days(line, "", language):
            if moment.day and moment.value.startswith(month or ""):
                yield claim(moment, "text")
                return


def searched(tree: HtmlElement, language: str | None, url: str, earliest: date, latest: date) -> Iterator[Claim]:
    """What htmldate finds outside teasers and margins: right in three of four cases, and none of the wrong ones is marked."""
    own = _own_parts(tree, urlsplit(url).path)
    try:
        found = find_date(own, extensive_search=False, original_date=True, min_date=earliest.isoformat(), max_date=latest.isoformat())
    except (ValueError, TypeError, OverflowError, AttributeError):
        return  # htmldate stumbles over a few malformed attributes; the page then has no day
    if found and (moment := stated(found)) and moment.value not in _of_others(own, language):
        yield claim(moment, "htmldate")


def _own_parts(tree: HtmlElement, path: str) -> HtmlElement:
    """A copy of the page without other stories and margins. A list of stories may hold the page's own: that stays."""
    copy: HtmlElement = deepcopy(tree)
    for part in [part for part in copy.iter() if _holds_others(part)]:
        links = chain(part.iter("a"), part.iterancestors("a"))
        if (parent := part.getparent()) is not None and not (
            len(path) > 1 and any(urlsplit(_address(link)).path == path for link in links)
        ):
            parent.remove(part)
    return copy


def _address(link: HtmlElement) -> str:
    address = link.get("href", "")
    return address if address.startswith(("/", "http://", "https://")) and "[" not in address else ""


def _holds_others(part: HtmlElement) -> bool:
    if part.tag in _WHOLE or among_comments(part):
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
