"""Everything on a page that claims to be its headline or its author: what won, what lost, what was thrown out, and why."""

from collections.abc import Iterator, Mapping
from typing import Final

from lxml.html import HtmlElement

from archive.model import Article, Hints
from pipelines.authors import places
from pipelines.candidate import Candidate, quoted, shown
from pipelines.heading import heading_of
from pipelines.names import handle, named_in
from pipelines.selectors import Choice, values
from pipelines.sitenames import Sites
from pipelines.structured import Facts, plain, texts
from pipelines.titles import likeness
from pipelines.tree import finder

Selectors = Mapping[str, tuple[str, ...]]

_H1: Final = finder("//h1")
_TITLES: Final = ("og:title", "twitter:title", "headline", "dc.title", "title", "citation_title")
_AUTHORS: Final = (
    "author",
    "article:author",
    "byl",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "citation_author",
)
_LIKE: Final = 0.5  # share of words from which on two lines bear each other out
_WHY: Final[Mapping[str, str]] = {
    "h1": "the heading that the page's other statements bear out",
    "meta": "the best statement of the page about itself",
    "json-ld": "stated for machines, with its type",
    "title": "no heading and no statement stands before it",
    "byline": "printed beside the headline or under the story; nothing stated for machines names a person",
    "feed": "the seed says it, and the page does not",
    "plain": "the first line of a plain text",
}


def titles(tree: HtmlElement, facts: Facts, article: Article, hints: Hints, selectors: Selectors, url: str) -> Iterator[Candidate]:
    """Candidates for the headline; `article` is what was read from the same page."""
    sites = Sites(facts.sites, url)
    won = article.title or ""
    if won:
        spoke = article.spoke.get("title", "")
        yield shown("title", won, spoke, _why(spoke), won=True)
    for source, value in _titles(tree, facts, hints, selectors):
        yield shown("title", value, source, _why_no_title(value, source, won, sites))


def _titles(tree: HtmlElement, facts: Facts, hints: Hints, selectors: Selectors) -> Iterator[tuple[str, str]]:
    for query in selectors.get("title", ()):
        yield from ((f"card: {query}", value) for value in values(tree, facts, query)[:3])
    yield from (("h1", line) for element in _H1(tree)[:5] if (line := " ".join(element.text_content().split())))
    for name in _TITLES:
        yield from ((f"meta {name}", value) for value in facts.meta.get(name, ())[:2])
    yield from (("json-ld", line) for thing in facts.things[:5] for line in texts(thing.get("headline")))
    element = tree.find(".//title")
    if element is not None:
        yield "title", plain(element.text_content())
    if hints.title:
        yield "feed", hints.title


def _why_no_title(value: str, source: str, won: str, sites: Sites) -> str:
    if sites.named(value):
        return "thrown out: the name of the site"
    if won and value != won and sites.strip(value, [won]) == won:
        return "the headline with the name of the site, which is cut off"
    if source == "h1" and likeness(value, won) < _LIKE:
        return "thrown out: nothing else on the page bears this heading out"
    return (
        "other words for it; the winner is better borne out"
        if likeness(value, won) >= _LIKE
        else "something else; the winner is better borne out"
    )


def authors(tree: HtmlElement, facts: Facts, article: Article, hints: Hints, selectors: Selectors, url: str) -> Iterator[Candidate]:
    """Candidates for the authors: as the page writes them, with what is no name in them told."""
    sites = Sites(facts.sites, url)
    spoke = article.spoke.get("authors", "")
    if article.authors:
        yield shown("author", "; ".join(article.authors), spoke, _why(spoke), won=True)
    if article.agencies:
        yield shown("author", "; ".join(article.agencies), "agencies", "an agency is no person", won=not article.authors)
    for source, value in _authors(facts, hints, selectors, tree):
        yield shown("author", value, source, _why_no_author(value, article, spoke, sites, facts))
    for who, found in places(tree, facts, Choice(), None, heading_of(tree, article.title)):
        if who == "byline" and (names := (*found.people, *found.agencies)):
            value = "; ".join(names)
            yield shown("author", value, "byline", _why_no_author(value, article, spoke, sites, facts))


def _authors(facts: Facts, hints: Hints, selectors: Selectors, tree: HtmlElement) -> Iterator[tuple[str, str]]:
    for query in selectors.get("author", ()):
        yield from ((f"card: {query}", value) for value in values(tree, facts, query)[:3])
    yield from (("json-ld", name) for name in facts.authors())
    for name in _AUTHORS:
        yield from ((f"meta {name}", value) for value in facts.meta.get(name, ())[:3])
    if hints.author:
        yield "feed", hints.author


def _why_no_author(value: str, article: Article, spoke: str, sites: Sites, facts: Facts) -> str:
    found = named_in([value])
    if not found.people:
        return "an agency is no person" if found.agencies else "thrown out: no name, but an address, a role or a stand-in of the system"
    if set(found.people) <= set(article.authors):
        return f"names {quoted('; '.join(found.people))}"
    if all(sites.named(name) or name in facts.organisations for name in found.people):
        return "thrown out: the site or an organisation, which is no person"
    if all(map(handle, found.people)):
        return "thrown out: a login name"
    return f"stands behind {spoke}" if spoke else "thrown out: nothing like a whole name"


def _why(spoke: str) -> str:
    return "the card of its source points at it" if spoke.startswith("card") else _WHY.get(spoke, "")
