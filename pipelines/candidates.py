"""Every candidate for each field of a page beside the one that won, and why: for a person who asks how a page was read."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Final

import trafilatura
from lxml.html import HtmlElement
from readability import Document

from archive.errors import Unreadable
from archive.model import Article, Hints
from pipelines.candidate import Candidate, merged, shown
from pipelines.candidate_days import days
from pipelines.candidate_names import authors, titles
from pipelines.encoding import Decoded, declared, decode
from pipelines.extract import Selectors, declared_language, read
from pipelines.heading import heading_of
from pipelines.langtag import language_and_form
from pipelines.language import detect
from pipelines.legible import OF_LETTERS, OF_SIGNS, legibility
from pipelines.scripts import count_scripts
from pipelines.structured import Facts, facts_of
from pipelines.tree import parse

_FIELDS: Final = ("title", "date", "author", "text", "language", "encoding")
_LOCALES: Final = ("language", "content-language", "dc.language", "inlanguage", "og:locale")
_WHY: Final[Mapping[str, str]] = {
    "bom": "a byte order mark is believed before all else",
    "header": "the server's word, and it reads the bytes",
    "meta": "the page's own word, and it reads the bytes",
    "utf-8": "the bytes are valid UTF-8 beyond ASCII, whoever says what",
    "detector": "nobody who could be believed declared one; the bytes look like it",
    "letters": "in it the letters are common ones; in the declared encoding hardly any is",
    "fallback": "nothing else reads the bytes",
    "script": "its letters belong to this language",
    "langdetect": "the statistics of its letters, with the page's word as one voter",
    "page": "the text is short, or letters and statistics cannot tell: the page's word decides",
    "seed": "the text is short, or letters and statistics cannot tell: the seed's word decides",
    "words": "its small words stand in the text",
    "none": "neither letters, statistics nor the page can tell",
}


def candidates(
    body: bytes, *, url: str, content_type: str | None, hints: Hints, selectors: Selectors, fetched_at: datetime
) -> tuple[Candidate, ...]:
    """All candidates of a page, field by field, each value once; of each field the one that won is marked, and first.

    Slower than reading the page: what reading stops looking for once it knows is looked for here. A page without text has its other fields.
    Raises Unreadable for what is no page at all.
    """
    try:
        article = read(body, url=url, content_type=content_type, hints=hints, selectors=selectors, fetched_at=fetched_at)
    except Unreadable as error:
        if not error.what.startswith("no text"):
            raise
        article = Article(title=None, text="", flags=("no-text",), extractor=f"none: {error.what}")
    decoded = decode(body, content_type)
    tree, _ = parse(decoded.text)
    facts = facts_of(tree)
    spoken, heading = declared_language(tree, facts) or hints.language, heading_of(tree, article.title)
    found = (
        *titles(tree, facts, article, hints, selectors, url),
        *days(tree, facts, article, hints, url, fetched_at, spoken, heading),
        *authors(tree, facts, article, hints, selectors, url),
        *_texts(decoded, article),
        *_languages(tree, facts, article, hints),
        *_encodings(body, content_type, decoded),
    )
    return tuple(sorted(merged(found), key=lambda one: (_FIELDS.index(one.field), not one.won)))


def _texts(decoded: Decoded, article: Article) -> Iterator[Candidate]:
    score = "one reader only" if article.quality_score is None else f"agreement of two readers {article.quality_score:.2f}"
    flags = f"; flags: {', '.join(article.flags)}" if article.flags else ""
    begins = f"{len(article.text)} characters: {' '.join(article.text[:120].split())}"
    yield shown("text", begins, article.spoke.get("text") or article.extractor, score + flags, won=bool(article.text))
    for name, found in (("trafilatura alone", _by_trafilatura(decoded.text)), ("readability alone", _by_readability(decoded.text))):
        yield shown("text", f"{len(found)} characters: {' '.join(found[:120].split())}", name, "another reader, for comparison")


def _by_trafilatura(page: str) -> str:
    return trafilatura.extract(page, include_comments=False) or ""


def _by_readability(page: str) -> str:
    try:
        tree, _ = parse(Document(page).summary(html_partial=True))
    except Exception:  # readability raises whatever its parser does; here it is only one voice
        return ""
    return "\n".join(line for line in (" ".join(piece.split()) for piece in tree.itertext()) if line)


def _languages(tree: HtmlElement, facts: Facts, article: Article, hints: Hints) -> Iterator[Candidate]:
    why = f"{_WHY.get(article.language_rule, '')}; confidence {article.language_confidence:.2f}"
    yield shown("language", article.language, article.language_rule, why, won=True)
    for element, name in ((tree, "html lang"), (tree.find(".//body"), "body lang")):
        if element is not None and (said := element.get("lang") or element.get("xml:lang")):
            yield shown("language", said, name, _why_not_this_tag(said))
    for name in _LOCALES:
        yield from (shown("language", value, f"meta {name}", _why_not_this_tag(value)) for value in facts.meta.get(name, ())[:1])
    if hints.language:
        yield shown("language", hints.language, "the seed's word", _why_not_this_tag(hints.language))
    counts = count_scripts(article.text)
    if counts:
        script, weight = counts.most_common(1)[0]
        yield shown("language", script, "script", f"{weight / counts.total():.0%} of its letters, weighed")
    alone = detect(article.text)
    yield shown("language", alone.code, "the text alone", f"by {alone.rule}, confidence {alone.confidence:.2f}")


def _why_not_this_tag(tag: str) -> str:
    named = language_and_form(tag)
    return f"a voter: names {'-'.join(filter(None, named))}" if named else "thrown out: names no registered language"


def _encodings(body: bytes, content_type: str | None, decoded: Decoded) -> Iterator[Candidate]:
    why = "plain ASCII: every encoding of pages reads these bytes alike" if body.isascii() else _WHY[decoded.basis]
    doubt = "; doubtful: hardly any of its letters is a common one" if decoded.doubtful else ""
    yield shown("encoding", decoded.encoding, decoded.basis, why + doubt, won=True)
    for codec, basis in declared(body, content_type):
        if codec != decoded.encoding:
            yield shown("encoding", codec, basis, _why_not_this_encoding(body, codec))


def _why_not_this_encoding(body: bytes, codec: str) -> str:
    if body.isascii():
        return "reads the bytes alike"
    try:
        text = body.decode(codec)
    except UnicodeDecodeError:
        return "thrown out: it does not read the bytes"
    if codec in OF_LETTERS | OF_SIGNS:
        return f"thrown out: in it there are {legibility(text, codec).score:.2f} times as many common letters as in usual texts"
    return "thrown out: it reads any bytes, and these look like others"
