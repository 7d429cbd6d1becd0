"""Finds the byline that a page marks as its author's: elements beside the headline, not other people's comments or other stories."""

import re
from itertools import islice
from typing import Final

from lxml.html import HtmlElement

from pipelines.bywords import words
from pipelines.heading import visible_lines
from pipelines.names import Named, named_in, nobody, person_like
from pipelines.structured import plain
from pipelines.tree import finder

# without their first letters, which may be large
_SIGNS: Final = ("uthor", "utor", "uteur", "yline", "riter", "eporter", "ournalist", "ontributor", "erfasser", "redit")
# one predicate and no union: libxml2 merges two sets of nodes in quadratic time
_MARKED: Final = finder(
    "/descendant::*[self::h1 or self::address or contains(@rel,'author') or contains(@itemprop,'author') or @property='author'"
    " or @id='author' or @id='authors' or @id='byline' or contains(@data-testid,'byline') or @class and ("
    + " or ".join(f"contains(@class,'{sign}')" for sign in _SIGNS)
    + ")]"
)
_IDS: Final = frozenset({"author", "authors", "byline"})
_PLAIN: Final = re.compile(
    r"(?:(?:post|entry|article|story|news|meta|item|field|c|p|h|blog)[-_]{1,2})*"
    r"(?:authors?|autor(?:en|es)?|auteurs?|by-?line|writers?|fn|vcard|verfasser|credit)(?:[-_]{0,2}(?:names?|link|text|text-link))?",
    re.IGNORECASE,
)
_UNSEEN: Final = frozenset({"meta", "script", "style", "link", "body", "html", "img", "svg", "h1"})
_TOKEN: Final = re.compile(
    r"(?:^|[\s_-])(?:authors?|author(?:name|s?link|info|box)?|autor(?:en|es|a|e)?|auteurs?|by-?lines?|writers?|reporters?|journalists?|contributors?|verfasser)(?:$|[\s_-])|(?:^|\s)credit(?:$|\s)|author|byline",
    re.IGNORECASE,
)
_PROFILE: Final = re.compile(
    r"/(?:authors?|autor(?:en|es)?|auteurs?|profil\w*|people|team|staff|person\w*|contributors?|journalists?|by|users?|member|bio|redaktion|yazar\w*)/",
    re.IGNORECASE,
)
_ELSEWHERE: Final = frozenset({"nav", "footer", "aside", "blockquote", "figure", "figcaption", "form", "template", "noscript"})
_MOST: Final = 150  # marked elements
_LARGEST: Final = 2000  # code points of a marked element
_MOST_INSIDE: Final = 400  # elements in a marked element
_CROWD: Final = 5  # people marked alike, from which on they are not the writers of one story
LONGEST: Final = 160  # code points of a line that may be a byline


def marked(tree: HtmlElement, heading: HtmlElement | None) -> Named:
    """Whom the elements name that the page marks as its author's: the first after the headline, else the last before it."""
    found = _MARKED(tree)[:_MOST]
    above = set(heading.iterancestors()) if heading is not None else set()
    apart: dict[HtmlElement, bool] = {}
    listed = [element for element in found if element is not heading and element.tag not in _UNSEEN and _is_mark(element)]
    beside = (
        set()
        if heading is None
        else {level for _, level in zip(range(2), heading.iterancestors(), strict=False) if level.tag not in ("body", "html")}
    )
    listed = [
        element for element in listed if _short(element) and (_beside(element, beside) or not apart_from_story(element, above, apart))
    ]
    inside = {outer for element in listed for outer in element.iterancestors()}
    leaves = [element for element in listed if element not in inside]
    crowds = _crowds(leaves)
    leaves = [element for element in leaves if _beside(element, beside) or element.get("class", "") not in crowds]
    at = found.index(heading) if heading is not None and heading in found else -1
    after = [element for element in leaves if found.index(element) > at]
    before = [element for element in reversed(leaves) if found.index(element) < at]
    outer = [element for element in listed if element in inside]
    for group in (after, before, outer):
        for order, element in enumerate(group):
            names = _said_by(element)
            if not _plainly(element):
                names = Named(tuple(name for name in names.people if person_like(name)), names.agencies)
            if names.people or names.agencies:
                return _together([element, *group[order + 1 :]]) if group is not outer else names
    return Named()


def _is_mark(element: HtmlElement) -> bool:
    if element.tag == "address" or element.get("rel") or element.get("itemprop") or element.get("property") or element.get("id") in _IDS:
        return True
    return _TOKEN.search(element.get("class", "")) is not None or "byline" in element.get("data-testid", "")


def _plainly(element: HtmlElement) -> bool:
    """Does the mark say that this is the author, and not only something about the author? There a single word will do."""
    if element.tag == "address" or any(element.get(name) for name in ("rel", "itemprop", "property")) or element.get("id") in _IDS:
        return True
    return any(_PLAIN.fullmatch(token) for token in element.get("class", "").split())


def apart_from_story(element: HtmlElement, above: set[HtmlElement], known: dict[HtmlElement, bool]) -> bool:
    """Does the element stand in other people's comments, in other stories, in a biography or outside the story?"""
    path: list[HtmlElement] = []
    answer = False
    for outer in (element, *element.iterancestors()):
        if outer in above or outer.tag in ("body", "html"):
            break
        if outer in known:
            answer = known[outer]
            break
        path.append(outer)
        if (
            (outer.tag in _ELSEWHERE and not (outer.tag == "footer" and _in_article(outer)))
            or _named_apart(outer)
            or (outer.tag == "a" and outer is not element)
        ):
            answer = True
            break
    for outer in path:
        known[outer] = answer
    return answer


def _short(element: HtmlElement) -> bool:
    """Whether it holds no more text, and no more elements, than a byline with a biography does."""
    if len(element) and next(islice(element.iter(), _MOST_INSIDE, None), None) is not None:
        return False
    length = 0
    for text in element.itertext():
        length += len(text)
        if length > _LARGEST:
            return False
    return True


def _crowds(leaves: list[HtmlElement]) -> set[str]:
    """Classes that mark many people at once: those who comment, or the writers of other stories."""
    named: dict[str, set[str]] = {}
    for element in leaves:
        named.setdefault(element.get("class", ""), set()).add(_text(element)[:LONGEST])
    return {mark for mark, names in named.items() if mark and len(names) > _CROWD}


def _beside(element: HtmlElement, beside: set[HtmlElement]) -> bool:
    """Does it stand in the same box as the headline, whatever that box is called?"""
    return any(level in beside for _, level in zip(range(3), element.iterancestors(), strict=False))


def _in_article(element: HtmlElement) -> bool:
    return any(outer.tag == "article" for outer in element.iterancestors())


def _named_apart(element: HtmlElement) -> bool:
    marks = f"{element.get('class', '')} {element.get('id', '')} {element.get('itemprop', '')}".casefold()
    return any(words().apart.match(part) for token in marks.split() for part in _parts(token)) if marks.strip() else False


def _parts(token: str) -> list[str]:
    """A class name and its parts; what belongs to the story itself stays whole: `entry-footer`."""
    return [token] if token.startswith(("post", "entry", "article")) else [token, *re.split("[-_]+", token)]


def _said_by(element: HtmlElement) -> Named:
    """The names in one marked element: of its parts marked as names, of its links to people, else of its first line that has any."""
    inner = [part for part in element.iterdescendants() if part.get("itemprop") == "name" or "fn" in part.get("class", "").split()][:10]
    if inner and (names := named_in(_text(part) for part in inner)).people:
        return names
    links = [link for link in element.iter("a") if link.get("rel") == "author" or _PROFILE.search(link.get("href") or "")][:20]
    if links and (names := named_in(_text(link) for link in links)).people:
        return names
    while len(element) == 1 and not (element.text or "").strip() and not (element[0].tail or "").strip():
        element = element[0]
    parts = [line for part in element if isinstance(part.tag, str) and (line := _text(part))]
    if len(parts) > 1 and all(person_like(line) for line in parts):
        return named_in(parts)
    opening = next((piece for text in element.itertext() if (piece := plain(text))), "")
    if len(element) and person_like(opening) and (names := named_in([opening])).people:
        return names
    for line in visible_lines(element):
        if len(line) <= LONGEST and not nobody(line) and ((names := named_in([line])).people or names.agencies):
            people = tuple(name for name in names.people if len(name.split()) <= 6)
            if people or names.agencies:
                return Named(people, names.agencies)
    return Named()


def _together(group: list[HtmlElement]) -> Named:
    """The names of the first element and of those that stand with it in one byline."""
    first = group[0]
    outer = [
        level
        for _, level in zip(range(2), first.iterancestors(), strict=False)
        if len(" ".join(level.text_content().split())) < 2 * LONGEST
    ]
    found = [_said_by(element) for element in group[:20] if element is first or any(level in outer for level in element.iterancestors())]
    people = dict.fromkeys(name for names in found for name in names.people)
    agencies = dict.fromkeys(name for names in found for name in names.agencies)
    return Named(tuple(people), tuple(agencies))


def _text(element: HtmlElement) -> str:
    return plain(element.get("content") or element.text_content())
