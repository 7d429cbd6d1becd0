"""Whose day it is: words beside a day that say it is that of a change or of something else, and places where the days of others stand."""

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from pipelines.dayspoken import spoken_at
from pipelines.daytext import Moment
from pipelines.daywords import OF_CHANGE, OF_OTHERS, OF_PUBLICATION
from pipelines.heading import start_of

CHANGED: Final = re.compile(r"modif|updat|chang|aktualis|refresh", re.IGNORECASE)
PRINTED: Final = re.compile(r"publi|posted|entry-date|created|issued", re.IGNORECASE)
_APART: Final = re.compile(
    r"comments?|commentlist|kommentar\w*|commentaires?|comentarios?|respond|repl(?:y|ies)|related|similar|recommend\w*|recommended|sidebar|teasers?|popular|trending|newsletter"
    r"|footer|copyright|upcoming|most|readmore|more|latest|recent|next|prev|previous|pagination|pager|carousel|slider|ads?|promo|widget_\w+|aside"
)
_LONG_LINK: Final = 30  # code points of a link, from which on it is the headline of another story
_LEVELS: Final = 12  # outwards
_SMALL: Final = 6  # children of a box
_LAYERS: Final = frozenset(
    {"teaser", "more", "latest", "recent", "next", "previous", "prev", "sidebar"}
)  # `teaser-metadata` may be the page's own
_MARGINS: Final = frozenset({"aside", "sidebar", "side-bar"})
_BYLINE_BOX: Final = re.compile(r"meta|byline|author|date|info|publi|posted|credit", re.IGNORECASE)
_TEASER: Final = 300  # code points
_LINE: Final = 90  # code points
_LONGEST_LABEL: Final = 40  # code points
_NEAR: Final = 45  # code points before a day that may tell what it is of
_OF_STORY: Final = ("post", "entry", "article", "story")  # `entry-footer` is the story's own
_LAYOUT: Final = re.compile(r"(?:lay|layout|with|has|no|content|page)\w*[-_]+side-?bar|side-?bar[-_]+\w*main")  # a page that has a margin
_PARTS: Final = re.compile("[-_]+")
_LAST_DIGIT: Final = re.compile(r"\d")
_CLAUSES: Final = re.compile(r"[|｜·•]")
_NAMES: Final = re.compile(r"\b(?:by|von|par|por|door|av|af|oleh|автор)\b|作者|记者|記者", re.IGNORECASE)
_CHANGED_BEHIND: Final = re.compile(r"[日号일\s()（）]{0,4}(?:最終)?(?:更新|修改|최종|수정)")


def own_days(line: str, before: str, language: str | None) -> Iterator[Moment]:
    """Days of a line that neither its words nor a label on the line `before` give to a change or to something else, first to last.

    >>> [day.value for day in own_days("Updated 6 May 2024, published 3 May 2024", "", "en")]
    ['2024-05-03']
    """
    found = list(spoken_at(line, language))
    bounds = [at for at, _ in found] + [len(line)]
    for order, (at, moment) in enumerate(found):
        led = line[bounds[order - 1] : at] if order else f"{before if is_label(before) else ''} {line[:at]}"
        behind = _LAST_DIGIT.split(line[at : bounds[order + 1]])[-1]
        ends = order + 1 == len(found) or (_CHANGED_BEHIND.match(behind) and ":" not in behind and "：" not in behind)
        if stated_as_published(led) or not (of_others(led) or (ends and OF_CHANGE.search(behind))):
            yield moment


def is_label(line: str) -> bool:
    """May a line be the label of what stands after it?"""
    return (
        len(line) <= _LONGEST_LABEL and (line.endswith((":", "：")) or len(line) <= _LONGEST_LABEL // 2) and not any(map(str.isdigit, line))
    )


def stated_as_published(line: str) -> bool:
    """Does a line say that what it names is the publication?"""
    return OF_PUBLICATION.search(line) is not None


def of_others(led: str) -> bool:
    """Do the words before a day say that it is not the day of publication?"""
    if OF_PUBLICATION.search(led):
        return False
    clause = _CLAUSES.split(led)[-1][-_NEAR:]
    return OF_CHANGE.search(led) is not None or (OF_OTHERS.search(clause) is not None and not _NAMES.search(clause))


def marks_of(element: HtmlElement) -> str:
    """What an element's attributes say of a day in it."""
    return " ".join(filter(None, (element.get("itemprop"), element.get("class"), element.get("property"))))


def is_changed(element: HtmlElement) -> bool:
    """Do attributes or words in or before an element say that its day is that of a change? `published updated`: it never was."""
    marks, led = marks_of(element), led_by(element)
    if CHANGED.search(marks) or OF_CHANGE.search(start_of(element, _LINE)) or OF_CHANGE.search(led):
        return not is_published(element)
    return False


def is_published(element: HtmlElement) -> bool:
    """Do an element's attributes, its parent's class or the words before it say that its day is that of publication?"""
    outer = element.getparent()
    marks = f"{marks_of(element)} {outer.get('class', '') if outer is not None else ''}"
    return PRINTED.search(marks) is not None or stated_as_published(led_by(element))


def led_by(element: HtmlElement) -> str:
    """The words right before an element: on its own line, else a label beside it or beside what holds it."""
    for level in (element, element.getparent()):
        if level is None or level.tag in ("body", "html"):
            return ""
        before, outer = level.getprevious(), level.getparent()
        inline = before.tail if before is not None else outer.text if outer is not None else None
        if inline and inline.strip():
            return " ".join(inline.split())[-_LINE:]
        if before is not None:
            label = " ".join(start_of(before, _LINE).split())
            return label if is_label(label) else ""
    return ""


def apart(element: HtmlElement) -> bool:
    """Do its tag, class or id say that it holds comments, other stories or what is to come? A margin in <article> is the story's."""
    found = _places(element.get("class", ""), element.get("id", ""), element.tag == "aside")
    return bool(found) and (not found <= _MARGINS or not any(outer.tag == "article" for outer in element.iterancestors()))


@lru_cache(maxsize=4096)
def _places(classes: str, name: str, margin: bool) -> frozenset[str]:
    """The words of a class and an id that say so; one page has few that differ."""
    tokens = (token for token in f"{classes} {name}".casefold().split() if not (token.startswith(_OF_STORY) or _LAYOUT.match(token)))
    found = {
        word
        for token in tokens
        for word in _PARTS.split(token)
        if _APART.fullmatch(word) and not (word in _LAYERS and _BYLINE_BOX.search(token))
    }
    return frozenset(found | {"aside"} if margin else found)


def among_comments(element: HtmlElement) -> bool:
    """Do its class or id say that it holds comments?"""
    return any(
        word.startswith(("comment", "kommentar", "respond", "repl"))
        for word in _places(element.get("class", ""), element.get("id", ""), False)
    )


def elsewhere(element: HtmlElement, story: set[HtmlElement]) -> bool:
    """Does an element stand among comments, teasers or in a margin? `story`: what holds the headline, never such a place."""
    for level, outer in zip(range(_LEVELS), (element, *element.iterancestors()), strict=False):
        if outer in story or outer.tag in ("body", "html"):
            return False
        if apart(outer) or (level < 3 and teaser(outer)):
            return True
    return False


def teaser(element: HtmlElement) -> bool:
    """Is it a small box with a link as long as a headline?"""
    if not 0 < len(element) <= _SMALL or element.tag in ("a", "span", "time") or _BYLINE_BOX.search(element.get("class", "")):
        return False
    links = islice(element.iter("a"), _SMALL)
    return any(len(start_of(link, _LONG_LINK).strip()) == _LONG_LINK for link in links) and len(start_of(element, _TEASER)) < _TEASER
