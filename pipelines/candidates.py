"""Every candidate for each field of a page beside the one that won, and why: for a person who asks how a page was read."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

import trafilatura
from lxml.html import HtmlElement
from readability import Document

from archive.errors import Unreadable
from archive.model import Article, Hints
from pipelines.authors import places
from pipelines.encoding import Decoded, declared, decode
from pipelines.extract import Selectors, read
from pipelines.heading import heading_of
from pipelines.language import detect
from pipelines.scripts import count_scripts
from pipelines.selectors import Choice, values
from pipelines.structured import Facts, facts_of, plain, texts
from pipelines.tree import finder, parse

LONGEST: Final = 300  # code points of a value that is shown

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
_LOCALES: Final = ("language", "content-language", "dc.language", "inlanguage", "og:locale")
_WHY: Final[Mapping[str, str]] = {
    "h1": "the heading that the page's other statements bear out",
    "meta": "the best statement of the page about itself",
    "json-ld": "stated for machines, with its type",
    "title": "no heading and no statement stands before it",
    "byline": "printed beside the headline or under the story; nothing stated for machines names a person",
    "feed": "the seed says it, and the page does not",
    "bom": "a byte order mark is believed before all else",
    "header": "the server's word, and it reads the bytes",
    "utf-8": "the bytes are valid UTF-8 beyond ASCII, whoever says what",
    "detector": "nobody who could be believed declared one; the bytes look like it",
    "fallback": "nothing else reads the bytes",
    "script": "its letters belong to this language",
    "langdetect": "the statistics of its letters, with the page's word as one voter",
    "page": "the text is short, or letters and statistics cannot tell: the page's word decides",
    "seed": "the text is short, or letters and statistics cannot tell: the seed's word decides",
    "words": "its small words stand in the text",
    "none": "neither letters, statistics nor the page can tell",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One value that something claims for a field, and whether it is the one that stands in the record."""

    field: str
    value: str
    source: str
    won: bool = False
    why: str = ""


def candidates(
    body: bytes, *, url: str, content_type: str | None, hints: Hints, selectors: Selectors, fetched_at: datetime
) -> tuple[Candidate, ...]:
    """All candidates of a page, field by field; of each field the one that won is marked, and first.

    Slower than reading the page: what reading stops looking for once it knows is looked for here. A page without text has its other fields.
    """
    try:
        article = read(body, url=url, content_type=content_type, hints=hints, selectors=selectors, fetched_at=fetched_at)
    except Unreadable as error:
        article = Article(title=None, text="", flags=("no-text",), extractor=f"none: {error.what}")
    decoded = decode(body, content_type)
    tree, _ = parse(decoded.text)
    facts = facts_of(tree)
    return tuple(
        sorted(
            (
                *_titles(tree, facts, article, hints, selectors),
                *_dates(article),
                *_authors(facts, article, hints, selectors, tree),
                *_texts(decoded, article),
                *_languages(tree, facts, article, hints),
                *_encodings(body, content_type, decoded),
            ),
            key=lambda one: (_FIELDS.index(one.field), not one.won),
        )
    )


_FIELDS: Final = ("title", "date", "author", "text", "language", "encoding")


def _titles(tree: HtmlElement, facts: Facts, article: Article, hints: Hints, selectors: Selectors) -> Iterator[Candidate]:
    spoke = article.spoke.get("title", "")
    if article.title:
        yield _winner("title", article.title, spoke)
    for query in selectors.get("title", ()):
        yield from (_shown("title", value, f"card: {query}") for value in values(tree, facts, query)[:3])
    yield from (_shown("title", " ".join(element.text_content().split()), "h1") for element in _H1(tree)[:5])
    for name in _TITLES:
        yield from (_shown("title", value, f"meta {name}") for value in facts.meta.get(name, ())[:2])
    yield from (_shown("title", line, "json-ld") for thing in facts.things[:5] for line in texts(thing.get("headline")))
    element = tree.find(".//title")
    if element is not None:
        yield _shown("title", plain(element.text_content()), "title")
    if hints.title:
        yield _shown("title", hints.title, "feed")


def _dates(article: Article) -> Iterator[Candidate]:
    basis = article.published_from or ""
    if article.published_on:
        why = f"trusted most among {len(article.dates)} claims, or borne out by more of them; precision: {article.published_precision}"
        yield _shown("date", article.published_on, article.spoke.get("date", basis), won=True, why=why)
    for claim in article.dates:
        yield _shown("date", claim.value, claim.basis)
    if article.modified_on:
        yield _shown("date", article.modified_on, "last change", why="kept apart: a change is no publication")


def _authors(facts: Facts, article: Article, hints: Hints, selectors: Selectors, tree: HtmlElement) -> Iterator[Candidate]:
    if article.authors:
        yield _winner("author", "; ".join(article.authors), article.spoke.get("authors", ""))
    if article.agencies:
        yield _shown("author", "; ".join(article.agencies), "agencies", why="an agency is no person")
    for query in selectors.get("author", ()):
        yield from (_shown("author", value, f"card: {query}") for value in values(tree, facts, query)[:3])
    yield from (_shown("author", name, "json-ld") for name in facts.authors())
    for name in _AUTHORS:
        yield from (_shown("author", value, f"meta {name}") for value in facts.meta.get(name, ())[:3])
    if hints.author:
        yield _shown("author", hints.author, "feed")
    for who, named in places(tree, facts, Choice(), None, heading_of(tree, article.title)):
        if who == "byline" and (named.people or named.agencies):
            yield _shown("author", "; ".join((*named.people, *named.agencies)), "byline")


def _texts(decoded: Decoded, article: Article) -> Iterator[Candidate]:
    score = "one reader only" if article.quality_score is None else f"agreement of two readers {article.quality_score:.2f}"
    flags = f"; flags: {', '.join(article.flags)}" if article.flags else ""
    begins = f"{len(article.text)} characters: {' '.join(article.text[:120].split())}"
    yield _shown("text", begins, article.spoke.get("text") or article.extractor, won=bool(article.text), why=score + flags)
    for name, found in (("trafilatura alone", _by_trafilatura(decoded.text)), ("readability alone", _by_readability(decoded.text))):
        yield _shown("text", f"{len(found)} characters: {' '.join(found[:120].split())}", name)


def _by_trafilatura(page: str) -> str:
    return trafilatura.extract(page, include_comments=False) or ""


def _by_readability(page: str) -> str:
    try:
        tree, _ = parse(Document(page).summary(html_partial=True))
    except Exception:  # readability raises whatever its parser does; here it is only one voice
        return ""
    return "\n".join(line for line in (" ".join(piece.split()) for piece in tree.itertext()) if line)


def _languages(tree: HtmlElement, facts: Facts, article: Article, hints: Hints) -> Iterator[Candidate]:
    yield _shown("language", article.language, article.language_rule, won=True, why=_WHY.get(article.language_rule, ""))
    for element, name in ((tree, "html lang"), (tree.find(".//body"), "body lang")):
        if element is not None and (said := element.get("lang") or element.get("xml:lang")):
            yield _shown("language", said, name)
    for name in _LOCALES:
        yield from (_shown("language", value, f"meta {name}") for value in facts.meta.get(name, ())[:1])
    if hints.language:
        yield _shown("language", hints.language, "the seed's word")
    counts = count_scripts(article.text)
    if counts:
        script, weight = counts.most_common(1)[0]
        yield _shown("language", script, "script", why=f"{weight / counts.total():.0%} of its letters, weighed")
    alone = detect(article.text)
    yield _shown("language", alone.code, "the text alone", why=f"by {alone.rule}, confidence {alone.confidence:.2f}")


def _encodings(body: bytes, content_type: str | None, decoded: Decoded) -> Iterator[Candidate]:
    why = "the page's own word, and it reads the bytes" if decoded.basis == "meta" else _WHY.get(decoded.basis, "")
    yield _shown("encoding", decoded.encoding, decoded.basis, won=True, why=why)
    for codec, basis in declared(body, content_type):
        yield _shown("encoding", codec, basis)


def _winner(field: str, value: str, spoke: str) -> Candidate:
    why = "the card of its source points at it" if spoke.startswith("card") else _WHY.get(spoke, "")
    return _shown(field, value, spoke, won=True, why=why)


def _shown(field: str, value: str, source: str, *, won: bool = False, why: str = "") -> Candidate:
    return Candidate(field=field, value=value[:LONGEST], source=source, won=won, why=why)
