"""What is said of a visit by those who made it: who asked for which address, the way there, what was read on the page.

The writer adds what the exchange itself shows; see `archive.facts`.
"""

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Literal

from archive.clock import iso
from archive.facts import JSON, SCHEMA
from archive.model import Article, DateClaim, End, Hints, Role

SOFTWARE = "stet 0.1.0"
CHALLENGE = "challenge: "  # before the name of a bot wall that answered in a page's place
CUT: Mapping[End, str] = MappingProxyType({"length": "limit: body bytes", "time": "limit: seconds of one answer"})


def cut_short(end: End) -> str:
    """Why an answer is not whole, in the words of the report: our own limit, or how the connection ended.

    >>> cut_short("length"), cut_short("disconnect")
    ('limit: body bytes', 'cut short: disconnect')
    """
    return CUT.get(end, f"cut short: {end}")


def visit_facts(
    kind: str,
    *,
    role: Role,
    source: str,
    night: str,
    url: str,
    asked: str | None = None,
    hops: Sequence[str] = (),
    via: str | None = None,
    reason: str | None = None,
) -> dict[str, JSON]:
    """Facts of any visit, kept, dropped or failed: who asked for which address, and how the request came there."""
    return {
        "schema": SCHEMA,
        "kind": kind,
        "role": role,
        "source": source,
        "night": night,
        "url": url,
        "asked": asked or url,
        "hops": list(hops),
        "via": via,
        "reason": reason,
        "software": SOFTWARE,
    }


def article_facts(article: Article) -> dict[str, JSON]:
    """What was read on the page, all but the text itself, which stands in the `conversion` record."""
    return {
        "title": article.title,
        "authors": list(article.authors),
        "published_on": article.published_on,
        "published_at": iso(article.published_at) if article.published_at else None,
        "published_precision": article.published_precision,
        "published_from": article.published_from,
        "dates": [{"value": claim.value, "basis": claim.basis} for claim in article.dates],
        "language": article.language,
        "language_rule": article.language_rule,
        "language_confidence": article.language_confidence,
        "extractor": article.extractor,
        "spoke": dict(article.spoke),
        "canonical_url": article.canonical_url,
        "modified_on": article.modified_on,
        "modified_at": iso(article.modified_at) if article.modified_at else None,
        "agencies": list(article.agencies),
        "section": article.section,
        "tags": list(article.tags),
        "lead_image": article.lead_image,
        "licence": article.licence,
        "quality": article.quality,
        "quality_score": article.quality_score,
        "flags": list(article.flags),
    }


def hint_facts(hints: Hints) -> dict[str, JSON]:
    """What the seed said of the page; the feed's own copy of the text stays out, for it stands in the seed's record."""
    return {
        "title": hints.title,
        "published": hints.published,
        "published_from": hints.published_from,
        "modified": hints.modified,
        "language": hints.language,
        "author": hints.author,
        "summary": hints.summary,
        "others": [{"value": claim.value, "basis": claim.basis} for claim in hints.others],
    }


def hints_told(told: object) -> Hints:
    """The hints that a metadata record holds (`hint_facts`); what is not there, or no text, is None."""
    if not isinstance(told, dict):
        return Hints()
    said = {name: value for name, value in told.items() if isinstance(value, str)}
    others = told["others"] if isinstance(told.get("others"), list) else []
    bases: tuple[Literal["feed", "sitemap", "listing"], ...] = ("feed", "sitemap", "listing")
    return Hints(
        title=said.get("title"),
        published=said.get("published"),
        published_from=next((basis for basis in bases if basis == said.get("published_from")), None),
        modified=said.get("modified"),
        language=said.get("language"),
        author=said.get("author"),
        summary=said.get("summary"),
        others=tuple(
            DateClaim(value=claim["value"], basis=claim["basis"])
            for claim in others
            if isinstance(claim, dict) and isinstance(claim.get("value"), str) and isinstance(claim.get("basis"), str)
        ),
    )
