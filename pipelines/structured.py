"""What a page says of itself for machines: meta tags, JSON-LD, microdata; read once, asked by title, author and date."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import unescape
from typing import Final, TypeAlias

from lxml.html import HtmlElement

from pipelines.tree import finder

Node: TypeAlias = "str | int | float | bool | list[Node] | dict[str, Node] | None"

MAX_SCRIPT: Final = 2_000_000  # code points of one JSON-LD script; longer ones are data, not a description
MAX_NODES: Final = 5_000

# schema.org: the types that describe the page's own text, best first
_ARTICLES: Final = (
    "NewsArticle", "ReportageNewsArticle", "AnalysisNewsArticle", "OpinionNewsArticle", "Article", "BlogPosting", "LiveBlogPosting",
    "SocialMediaPosting", "Report", "ScholarlyArticle", "TechArticle", "Review", "Recipe", "WebPage", "ItemPage", "CreativeWork",
)  # fmt: skip
_SCRIPTS: Final = finder("//script[contains(@type, 'ld+json')]")
_METAS: Final = finder("//meta[@content or @value]")
_CITED: Final = finder("ancestor::*[@itemprop='citation' or @itemprop='comment' or @itemprop='review' or @itemprop='mentions']")
_SPACE: Final = re.compile(r"\s+")
_TAGS: Final = re.compile(r"<[a-zA-Z/][^<>]*>")


@dataclass(frozen=True, slots=True)
class Facts:
    """Statements of the page about itself: `meta` by lower-case name, `things` of JSON-LD that describe the article, best first."""

    meta: Mapping[str, tuple[str, ...]]
    things: tuple[Mapping[str, Node], ...]
    sites: tuple[str, ...]  # names of the site, as the page gives them
    named: Mapping[str, str] = field(default_factory=dict)  # names of JSON-LD things that others refer to by @id
    organisations: frozenset[str] = frozenset()  # names that JSON-LD gives to organisations

    def authors(self) -> list[str]:
        """Names of the authors that the best thing with any states, by name or by reference."""
        return self.under(["author"])

    def under(self, path: Sequence[str]) -> list[str]:
        """What the best thing with anything there states under a path of names; a type at its head asks things of that type only.

        >>> facts = Facts({}, ({"@type": "WebPage", "author": "A"}, {"@type": "NewsArticle", "author": [{"name": "B"}]}), ())
        >>> facts.under(["author"]), facts.under(["NewsArticle", "author"]), facts.under(["author", "name"])
        (['A'], ['B'], ['B'])
        """
        kind, names = (path[0], path[1:]) if path[:1] and path[0][:1].isupper() else (None, path)
        things = (thing for thing in self.things if kind is None or kind in _types(thing))
        return next((found for thing in things if (found := self._people(_below(dict(thing), names)))), [])

    def _people(self, value: Node) -> list[str]:
        match value:
            case list():
                return [name for item in value[:50] for name in self._people(item)]
            case {"@id": str(reference)} if reference in self.named:
                return [self.named[reference]]
            case _:
                return texts(value)

    def first(self, *names: str) -> str | None:
        """The first non-empty meta value under any of these names."""
        return next((value for name in names for value in self.meta.get(name, ())), None)


def facts_of(tree: HtmlElement) -> Facts:
    """Read all statements of `tree`. Broken JSON is skipped: other statements are still there."""
    meta: dict[str, list[str]] = {}
    for element in _METAS(tree):
        value = plain(element.get("content") or element.get("value") or "")
        for attribute in ("property", "name", "itemprop"):
            if value and (name := element.get(attribute)) and not (attribute == "itemprop" and _CITED(element)):
                meta.setdefault(name.strip().lower(), []).append(value)
    nodes = [node for script in _SCRIPTS(tree) for node in _nodes(script.text_content())]
    ranked = sorted((rank, order) for order, node in enumerate(nodes) if (rank := _rank(node)) is not None)
    things = tuple(nodes[order] for _, order in ranked)
    sites = [*meta.get("og:site_name", ()), *meta.get("application-name", ()), *meta.get("apple-mobile-web-app-title", ())]
    for node in nodes:
        if set(_types(node)) & {"WebSite", "Organization", "NewsMediaOrganization"}:
            sites.extend(texts(node.get("name")))
            sites.extend(texts(node.get("alternateName")))
        sites.extend(texts(node.get("publisher")))
    named = {str(node["@id"]): name for node in nodes if "@id" in node for name in texts(node.get("name"))[:1]}
    stated = {name: tuple(values) for name, values in meta.items()}
    return Facts(stated, things, tuple(dict.fromkeys(sites)), named, frozenset(_organisations(nodes)))


def _organisations(nodes: Sequence[Mapping[str, Node]]) -> Iterator[str]:
    """Names of what JSON-LD calls an organisation, as a node of its own, as an author or as a publisher; one person may be both."""
    for node in nodes:
        authors = node.get("author")
        for one in (node, *(authors[:50] if isinstance(authors, list) else [authors])):
            if isinstance(one, dict) and any(kind.endswith("Organization") for kind in _types(one)) and "Person" not in _types(one):
                yield from texts(one.get("name"))
        publishers = node.get("publisher")
        for publisher in publishers[:50] if isinstance(publishers, list) else [publishers]:
            if not (isinstance(publisher, dict) and "Person" in _types(publisher)):
                yield from texts(publisher)


def plain(value: str) -> str:
    """One line of text from a value that may hold entities, tags, soft hyphens or line ends.

    >>> plain("A&amp;B <b>c</b>\\n d")
    'A&B c d'
    """
    if "&" in value:
        value = unescape(value)
    if "<" in value:
        value = _TAGS.sub("", value)
    return _SPACE.sub(" ", value.replace("\u00ad", "")).strip()


def texts(value: Node) -> list[str]:
    """Names in a JSON-LD value: a string, a thing with a name, or a list of them."""
    match value:
        case str():
            return [line] if (line := plain(value)) else []
        case list():
            return [text for item in value[:50] for text in texts(item)]
        case dict():
            return texts(value.get("name")) or texts(value.get("@value"))
        case _:
            return []


def _nodes(script: str) -> Iterator[Mapping[str, Node]]:
    """All objects of one script that may describe a page, outermost first."""
    if len(script) > MAX_SCRIPT:
        return
    text = script.strip().removeprefix("<!--").removesuffix("-->").removeprefix("<![CDATA[").removesuffix("]]>").strip().rstrip(";")
    try:
        root: Node = json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return
    queue: list[Node] = [root]
    for _ in range(MAX_NODES):
        if not queue:
            return
        match queue.pop(0):
            case list() as items:
                queue.extend(items)
            case dict() as node:
                yield node
                queue.extend(node.get(key) for key in ("@graph", "mainEntity", "mainEntityOfPage"))


def _below(node: Node, names: Sequence[str]) -> Node:
    """The value at the end of a path of names; lists on the way are entered."""
    if not names:
        return node
    match node:
        case dict():
            return _below(node.get(names[0]), names[1:])
        case list() as items:
            return [_below(item, names) for item in items[:50]]
        case _:
            return None


def _types(node: Mapping[str, Node]) -> list[str]:
    return [kind.rpartition("/")[2] for kind in texts(node.get("@type"))]


def _rank(node: Mapping[str, Node]) -> int | None:
    """How well a node describes the page's own text; None: not at all."""
    ranks = [_ARTICLES.index(kind) if kind in _ARTICLES else None for kind in _types(node)]
    known = [rank for rank in ranks if rank is not None]
    if known:
        return min(known)
    return len(_ARTICLES) if "headline" in node or "articleBody" in node else None
