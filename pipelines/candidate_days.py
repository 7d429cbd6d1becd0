"""Every day that something on a page claims for it: the one that won, those that lost, those thrown out, and why."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Final

from lxml.html import HtmlElement

from archive.model import Article, DateClaim, Hints
from pipelines.candidate import Candidate, quoted, shown
from pipelines.daychanges import changed
from pipelines.dayclaims import (
    TRUST,
    Claim,
    addressed,
    at_top,
    datelines,
    declared,
    labelled,
    named,
    near_headline,
    pieces,
    read_day,
    timed,
    times_of,
)
from pipelines.structured import Facts, texts
from pipelines.tree import finder

_TIMES: Final = finder("//time")
_PIECES: Final = 400  # of visible text in which the words of a day are looked for
_FIRST: Final = "1991-08-06"  # of all pages
_UNSURE: Final = (
    "date",
    "dc.date",
    "article:published_time",
    "datepublished",
    "pubdate",
    "publishdate",
    "dcterms.created",
    "dc.date.issued",
)


def days(
    tree: HtmlElement,
    facts: Facts,
    article: Article,
    hints: Hints,
    url: str,
    fetched_at: datetime,
    language: str | None,
    heading: HtmlElement | None,
) -> Iterator[Candidate]:
    """Candidates for the day of publication; `article` is what was read from the same page."""
    words = _words(tree, facts, language)
    won = article.published_on
    if won:
        yield shown("date", won, article.spoke.get("date", article.published_from or ""), _why_won(article, words), won=True)
    for claim in article.dates:
        if claim.value != won:
            yield shown("date", claim.value, claim.basis, _why_lost(claim, article) + _written(claim.value, words))
    kept = {(claim.value, claim.basis) for claim in article.dates}
    first = [
        *declared(facts, hints, language, {}),
        *timed(times_of(tree), heading, language),
        *addressed(url),
        *near_headline(tree, heading, language),
    ]
    last = [*named(tree, heading, language), *labelled(tree, language), *datelines(tree, language), *at_top(tree, language)]
    for made in dict.fromkeys((*first, *last)):
        if (_value(made), made.basis) not in kept and made.moment.value != won:
            why = _why_impossible(made, fetched_at) or ("not asked: more trusted places name a day" if made in last else "not counted")
            yield shown("date", _value(made), made.basis, f"thrown out: {why}{_written(made.moment.value, words)}")
    for made in changed(times_of(tree), facts, heading, hints, language):
        if made.moment.value != won:
            yield shown("date", _value(made), f"last change, {made.basis}", "kept apart: a change is no publication")
    for source, line in _unread(facts, language):
        yield shown("date", line, source, "thrown out: no day can be read from it")


def _why_won(article: Article, words: dict[str, str]) -> str:
    day, basis = str(article.published_on), article.published_from or ""
    rivals = [claim for claim in article.dates if not _same(claim.value, day)]
    if article.spoke.get("date", "").startswith("card"):
        why = "the card of its source points at it"
    elif len(article.dates) == 1:
        why = "the only claim"
    elif not rivals:
        why = f"all {len(article.dates)} claims agree"
    elif all(_trust(basis) <= _trust(claim.basis) for claim in rivals):
        why = f"trusted most among {len(article.dates)} claims"
    else:
        why = f"borne out by more of the {len(article.dates)} claims than the one that is trusted most"
    return f"{why}; precision: {article.published_precision}{_written(day, words)}"


def _why_lost(claim: DateClaim, article: Article) -> str:
    day, basis = str(article.published_on), article.published_from or ""
    if _same(claim.value, day):
        return "the same day" if len(claim.value) >= len(day) else "the same, less precise"
    if len(claim.value) < len(day):
        return "no more than a month or a year"
    if _trust(claim.basis) > _trust(basis):
        return f"another day, and {claim.basis} is trusted less than {basis}"
    return "another day, borne out by fewer claims" if _trust(claim.basis) < _trust(basis) else "another day, stated later on the page"


def _why_impossible(made: Claim, fetched_at: datetime) -> str:
    latest = (fetched_at.astimezone(UTC) + timedelta(hours=14)).date().isoformat()
    if made.moment.value < _FIRST[: len(made.moment.value)]:
        return "before the first page of the web"
    if made.moment.value > latest[: len(made.moment.value)] or (made.moment.instant and made.moment.instant > fetched_at):
        return "later than the visit"
    return ""


def _words(tree: HtmlElement, facts: Facts, language: str | None) -> dict[str, str]:
    """Day to the words by which the page tells it first, where these are no ISO date."""
    body = tree.find(".//body")
    stated = [line for thing in facts.things for line in texts(thing.get("datePublished"))]
    lines = (*stated, *(line for name in _UNSURE for line in facts.meta.get(name, ())))
    marked = (line for element in _TIMES(tree)[:60] for line in (element.get("datetime") or "", element.text_content()))
    found: dict[str, str] = {}
    visible = (line for piece in pieces((body if body is not None else tree,), _PIECES) for line in piece.split("\n"))
    for line in (*lines, *marked, *visible):
        short = " ".join(line.split())
        if short and (moment := read_day(short, language)):
            found.setdefault(moment.value, short)
    return found


def _written(value: str, words: dict[str, str]) -> str:
    told = words.get(value[:10], "")
    return "" if not told or told.startswith(value[:10]) else f"; written {quoted(told)}"


def _unread(facts: Facts, language: str | None) -> Iterator[tuple[str, str]]:
    for line in (line for thing in facts.things for line in texts(thing.get("datePublished"))):
        if line.strip() and not read_day(line, language):
            yield "json-ld", line
    for name in _UNSURE:
        yield from ((f"meta {name}", line) for line in facts.meta.get(name, ())[:1] if line.strip() and not read_day(line, language))


def _same(value: str, day: str) -> bool:
    size = min(len(value), len(day), 10)
    return value[:size] == day[:size]


def _trust(basis: str) -> int:
    return next((trust for name, trust in TRUST.items() if name == basis), max(TRUST.values()))


def _value(made: Claim) -> str:
    return made.moment.instant.isoformat() if made.moment.instant else made.moment.value
