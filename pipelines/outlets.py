"""Tells whom a page names as its author although it is no person: the outlet itself, and its desks."""

import re
from typing import Final

from lxml.html import HtmlElement

from pipelines.bywords import words
from pipelines.names import person_like
from pipelines.sitenames import Sites
from pipelines.structured import Facts, plain

_BETWEEN: Final = re.compile(r"\s*[|｜»«›‹·•_]+\s*|\s+[-–—―:]\s+")  # what parts a headline from the site's name in <title>
_ARTICLE: Final = re.compile(r"(?:the|der|die|das|les|het)\s\S")  # no person's name begins so
_SURNAME_STAFF: Final = re.compile(r"([A-ZÀ-Þ][a-zß-ÿ]{2,}) Staff")
_LONGEST: Final = 500  # code points of a <title> that are looked at


class Outlet:
    """What the outlet of a page is called: by itself, by its JSON-LD, by its <title>, by its host."""

    def __init__(self, tree: HtmlElement, facts: Facts, url: str) -> None:
        self.sites = Sites(facts.sites, url)
        self._organisations = {name.casefold() for name in facts.organisations}
        self._words = {word for name in facts.sites for word in name.casefold().split()}
        self._tree = tree
        self._suffixes: set[str] | None = None

    def signs(self, name: str, *, printed: bool = False) -> bool:
        """Does the outlet or one of its desks stand where a person's name should? `printed`: a reader sees it in the byline.

        What has the shape of a person's name counts as a person's even if the site is called so, for many sites are one person's, unless
        JSON-LD calls it an organisation or it holds a word of outlets. So does a single word of the host that signs in the byline.
        """
        small = name.casefold()
        if small in self._organisations or _ARTICLE.match(small) or self._desk(name):
            return True
        worded = words().outlet.search(name) is not None
        if " " in name:
            return (worded or not person_like(name)) and (self.sites.likely(name) or small in self._in_title())
        if self.sites.called(name) or small in self._in_title():
            return True
        return (worded or not printed) and (self.sites.named(name) or small in self._words or (worded and self.sites.likely(name)))

    def _desk(self, name: str) -> bool:
        """Is it a desk? There are people whose surname is Staff."""
        if found := _SURNAME_STAFF.fullmatch(name):
            return words().outlet.search(found[1]) is not None or self.sites.likely(found[1])
        return desk(name)

    def _in_title(self) -> set[str]:
        """First and last piece of a <title> of several: one of them is the site's name, where it is no headline."""
        if self._suffixes is None:
            element = self._tree.find(".//title")
            pieces = _BETWEEN.split(plain(element.text_content())[:_LONGEST]) if element is not None else []
            self._suffixes = {pieces[0].casefold().strip(), pieces[-1].casefold().strip()} if len(pieces) > 1 else set()
        return self._suffixes


def desk(name: str) -> bool:
    """Is it a desk or all who work there: "News Desk", "Online-Redaktion", "编辑部"?

    >>> [desk(name) for name in ("Editorial Team", "Die Redaktion", "Jane Doe")]
    [True, True, False]
    """
    return words().desk.search(name) is not None
