"""Reads what a card's queries find on a page: CSS, XPath, `json-ld:PATH` and `meta:NAME`, for the readers to prefer over their own ways."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from lxml.etree import XPath, XPathError
from lxml.html import HtmlElement
from parsel.csstranslator import HTMLTranslator

from pipelines.structured import Facts

JSON_LD: Final = "json-ld:"
META: Final = "meta:"

_XPATH: Final = ("/", "./", "(")
_MOST: Final = 50  # values of one query


@dataclass(frozen=True, slots=True)
class Choice:
    """What the first query that found anything gave, and what to say of it in the record: `card: h1.entry-title`."""

    values: tuple[str, ...] = ()
    spoke: str | None = None


def chosen(tree: HtmlElement, facts: Facts, queries: Sequence[str]) -> Choice:
    """The values of the best query that finds any; an empty choice where none does."""
    for query in queries:
        if found := values(tree, facts, query):
            return Choice(tuple(found), spoken_by(query))
    return Choice()


def spoken_by(query: str) -> str:
    """How the record names a query of a card.

    >>> spoken_by("h1.entry-title")
    'card: h1.entry-title'
    """
    return f"card: {query}"


def values(tree: HtmlElement, facts: Facts, query: str) -> list[str]:
    """Lines of text that a query finds, in order; an element's `datetime` or `content` goes before its text. A broken query finds none."""
    if query.startswith(JSON_LD):
        return facts.under(query.removeprefix(JSON_LD).split("."))[:_MOST]
    if query.startswith(META):
        return list(facts.meta.get(query.removeprefix(META).strip().lower(), ()))[:_MOST]
    found = _found(tree, query)
    texts = [_said(item) if isinstance(item, HtmlElement) else str(item) for item in found[:_MOST]]
    return [line for text in texts if (line := " ".join(text.split()))]


def elements(tree: HtmlElement, query: str) -> list[HtmlElement]:
    """Elements that a query finds; none where it is broken, or asks for something else than elements."""
    return [item for item in _found(tree, query) if isinstance(item, HtmlElement)]


def _said(element: HtmlElement) -> str:
    return str(element.get("datetime") or element.get("content") or element.text_content())


def _found(tree: HtmlElement, query: str) -> list[object]:
    ask = None if query.startswith((JSON_LD, META)) else _compiled(query)
    found = ask(tree) if ask else []
    return found if isinstance(found, list) else [found]


@lru_cache(maxsize=512)
def _compiled(query: str) -> XPath | None:
    try:
        return XPath(query if query.lstrip().startswith(_XPATH) else HTMLTranslator().css_to_xpath(query))
    except (XPathError, ValueError, SyntaxError):
        return None
