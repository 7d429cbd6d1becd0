"""Reads one page: bytes in, an Article out. Pure: same bytes and facts, same article, in any order and any process."""

from collections.abc import Callable, Mapping, Set
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Final

from lxml.html import HtmlElement

from archive.errors import Unreadable
from archive.model import Article, Hints
from pipelines import binary
from pipelines.agreement import shingles
from pipelines.authors import Writers, authors_of
from pipelines.bodytext import FEED, LINES, STATE, Body, body_of, body_of_fragment
from pipelines.dates import Published, published
from pipelines.encoding import decode
from pipelines.heading import heading_of
from pipelines.language import Language, detect
from pipelines.particulars import Particulars, particulars_of
from pipelines.selectors import chosen, spoken_by, values
from pipelines.structured import Facts, facts_of, plain
from pipelines.titles import MAX_TITLE, Headline, title_of
from pipelines.tree import hold_joiners, parse, release_joiners
from pipelines.visible import tidy

EXTRACT_VERSION: Final = "2026.11.3"

Selectors = Mapping[str, tuple[str, ...]]

_AGREED: Final = 0.3  # agreement of two readers: of texts below it one in ten was not the article, of those above it one in sixty
_STATED: Final = 500  # code points of an articleBody from which on it is held against the text; a shorter one is a summary
_OPENING: Final = 12  # lines of a plain text in which its day may stand
_NO_HINTS: Final = Hints()
_NOTHING_KNOWN: Final[Set[str]] = frozenset()
_NO_SELECTORS: Final[Selectors] = {}
_HTML: Final = ("text/html", "application/xhtml+xml", "application/xml", "text/xml", "application/octet-stream", "")


def read(
    body: bytes,
    *,
    url: str,
    content_type: str | None = None,
    hints: Hints = _NO_HINTS,
    selectors: Selectors = _NO_SELECTORS,
    fetched_at: datetime,
    look: Callable[[HtmlElement], None] | None = None,
    recurring: Set[str] = _NOTHING_KNOWN,
) -> Article:
    """What the page says, as data. `body` is decoded of its content codings; `selectors` are the card's, hints that come first:
    title, body, date, author, tags, drop. `Article.spoke` says of each field who gave it.

    `look` is shown the page's tree while it is still whole. `recurring` are the digests of lines that are known to stand on many pages of
    the host (`pipelines.boilerplate.recurring`): with the same of them, the same page gives the same text.
    Raises Unreadable with the reason when neither the page nor the feed's copy of it gives a text.
    """
    try:
        return _read_page(body, url, content_type, hints, selectors, fetched_at, look, recurring)
    except Unreadable as error:
        if not hints.content or not (fallback := body_of_fragment(hints.content)).text:
            raise Unreadable(error.what) from error
        return _article(parse("<html></html>")[0], url, fallback, hints, selectors, fetched_at, flattened=True)


def _read_page(
    body: bytes,
    url: str,
    content_type: str | None,
    hints: Hints,
    selectors: Selectors,
    fetched_at: datetime,
    look: Callable[[HtmlElement], None] | None,
    recurring: Set[str],
) -> Article:
    kind = (content_type or "").partition(";")[0].strip().lower()
    if not body.strip():
        raise Unreadable("empty body")
    if name := binary.named(body):
        raise Unreadable(f"not a page: {name}")
    if kind not in (*_HTML, "text/plain"):
        raise Unreadable(f"not a page: {kind}")
    decoded = decode(body, content_type)
    if binary.is_binary(decoded.text):
        raise Unreadable("not a page: binary data")
    if kind == "text/plain":
        article = _plain_article(tidy(decoded.text), url, hints, fetched_at)
    else:
        tree, flattened = parse(hold_joiners(decoded.text))
        if look is not None:
            look(tree)
        article = _article(tree, url, None, hints, selectors, fetched_at, flattened=flattened, recurring=recurring)
    return replace(article, flags=(*article.flags, "doubtful-encoding"), quality_score=0.0) if decoded.doubtful else article


def _article(
    tree: HtmlElement,
    url: str,
    given: Body | None,
    hints: Hints,
    selectors: Selectors,
    fetched_at: datetime,
    *,
    flattened: bool,
    recurring: Set[str] = _NOTHING_KNOWN,
) -> Article:
    """Everything that is read from a tree. What the page says of itself is read before the text, which changes the tree."""
    facts = facts_of(tree)
    declared = declared_language(tree, facts)
    headline = title_of(tree, facts, url, chosen(tree, facts, selectors.get("title", ())))
    if headline.text is None and hints.title:
        headline = Headline(plain(hints.title)[:MAX_TITLE], "feed")
    heading = heading_of(tree, headline.text)
    writers = authors_of(tree, facts, chosen(tree, facts, selectors.get("author", ())), hints.author, url=url, heading=heading)
    dated = {line: spoken_by(query) for query in selectors.get("date", ()) for line in values(tree, facts, query)[:1]}
    spoken = declared or hints.language
    day = published(tree, facts, url=url, hints=hints, fetched_at=fetched_at, language=spoken, selected=dated, heading=heading)
    particulars = particulars_of(tree, facts, url, chosen(tree, facts, selectors.get("tags", ())))
    body = given or body_of(tree, selectors.get("body", ()), selectors.get("drop", ()), headline.text, recurring)
    if not body.text:
        raise Unreadable("no text on the page")
    clean = replace(body, text=release_joiners(body.text))
    language = detect(clean.text, declared, hints.language)
    article = _made(headline, clean, writers, day, language, particulars, partial=flattened)
    if "low-agreement" in article.flags or not _differs_from_stated(body, facts):
        return article
    return replace(article, flags=("low-agreement", *article.flags))


def _plain_article(text: str, url: str, hints: Hints, fetched_at: datetime) -> Article:
    """A page of plain text: its first line is the title if the seed gave none, and its day may stand in one of the first lines."""
    if not text:
        raise Unreadable("no text on the page")
    tree, _ = parse("".join(f"<p>{escape(line)}</p>" for line in text.split("\n")[:_OPENING]))
    language = detect(text, None, hints.language)
    day = published(tree, facts_of(tree), url=url, hints=hints, fetched_at=fetched_at, language=language.code)
    headline = Headline(plain(hints.title)[:MAX_TITLE], "feed") if hints.title else Headline(text.partition("\n")[0][:200], "plain")
    writers = Writers((hints.author,), "feed") if hints.author else Writers()
    return _made(headline, Body(text, "plain"), writers, day, language, Particulars(), partial=False)


def _made(
    headline: Headline, body: Body, writers: Writers, day: Published, language: Language, particulars: Particulars, *, partial: bool
) -> Article:
    spoke = {"title": headline.spoke, "text": body.spoke, "date": day.spoke, "authors": writers.spoke, "tags": particulars.tags_spoke}
    return Article(
        title=(tidy(release_joiners(headline.text)) or None) if headline.text else None,
        text=body.text,
        authors=tuple(release_joiners(author) for author in writers.names),
        agencies=writers.agencies,
        outlet=release_joiners(writers.outlet) if writers.outlet else None,
        published_on=day.on,
        published_at=day.at,
        published_precision=day.precision,
        published_from=day.basis,
        dates=day.claims,
        language=language.code,
        language_rule=language.rule,
        language_confidence=language.confidence,
        extractor=body.extractor,
        spoke={field: who for field, who in spoke.items() if who},
        canonical_url=particulars.canonical_url,
        modified_on=day.modified_on,
        modified_at=day.modified_at,
        section=particulars.section,
        tags=particulars.tags,
        lead_image=particulars.lead_image,
        licence=particulars.licence,
        quality="partial" if partial else "good",
        quality_score=body.agreement,
        flags=tuple(flag for flag, raised in _flags(body, deep=partial).items() if raised),
    )


def _flags(body: Body, *, deep: bool) -> dict[str, bool]:
    """What to know before trusting the text; the words are those of the list `flag` in queries/vocab.toml."""
    return {
        "low-agreement": body.agreement is not None and body.agreement < _AGREED,
        "deep": deep and body.extractor != FEED,
        "lines-only": body.extractor == LINES,
        "feed-text": body.extractor == FEED,
        "state-text": body.extractor == STATE,
    }


def _differs_from_stated(body: Body, facts: Facts) -> bool:
    """Whether the page states a long text of its article for machines, and little of that stands in the text that was read."""
    stated = next(iter(facts.under(["articleBody"])), "")
    if len(stated) < _STATED or body.extractor == FEED:
        return False
    told = shingles(stated)
    return len(told & shingles(body.text)) < _AGREED * len(told)


def declared_language(tree: HtmlElement, facts: Facts) -> str | None:
    """The page's own word: lang of <html> or <body>, then content-language, then og:locale."""
    for element in (tree, tree.find(".//body")):
        if element is not None and (
            word := element.get("lang") or element.get("{http://www.w3.org/XML/1998/namespace}lang") or element.get("xml:lang")
        ):
            return str(word)
    named = tree.xpath("string(//meta[translate(@http-equiv, 'CLANGUET', 'clanguet')='content-language']/@content)")
    return str(named) or facts.first("language", "content-language", "dc.language", "inlanguage", "og:locale")
